"""Which stored articles tell one story in nearly the same words."""

from collections.abc import Sequence

from webapp import store
from webapp.importing.similarity import bands, body, is_same_story, likeness, signature
from webapp.model import Article
from webapp.store import Connection, Store

_MOST_CANDIDATES = 6
"""Articles whose texts are compared with one; it may be among them itself."""

_BATCH = 20


def bands_of(article: Article) -> tuple[int, ...]:
    """The numbers that an article shares with others of its story."""
    return bands(signature(body(article)))


def tell(connection: Connection, article: Article, alike: Sequence[int]) -> bool:
    """Keep the story of an article, and the bands by which later ones find it; whether another
    article tells the same."""
    story = _story(connection, article, alike)
    store.similar.put(connection, article.id, alike, story or article.id)
    return bool(story)


def _story(connection: Connection, article: Article, alike: Sequence[int]) -> int:
    """The story of another article that is nearly the same as this one; 0 when there is none."""
    candidates = store.similar.candidates(connection, alike, _MOST_CANDIDATES)
    for other in store.articles.by_ids(connection, candidates):
        if other.id != article.id and is_same_story(likeness(body(article), body(other))):
            return store.similar.story_of(connection, [other.id])[other.id]
    return 0


def find(opened: Store) -> int:
    """Tell the stories of articles that were stored before stories were looked for, and note these
    changes; how many tell the same as another."""
    joined = 0
    while due := _untold(opened):
        for article in due:
            alike = bands_of(article)
            with opened.write() as connection:
                there = store.articles.get(connection, article.id)  # it may be removed meanwhile
                if there and tell(connection, article, alike):
                    store.changes.note(connection, article.id)
                    joined += 1
    return joined


def _untold(opened: Store) -> list[Article]:
    with opened.read() as connection:
        return store.articles.by_ids(connection, store.similar.untold(connection, _BATCH))
