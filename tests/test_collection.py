"""The collection that the tests share is what tests/collection.py says of it."""

from collections import Counter
from itertools import combinations

import pytest
from collection import NAMESAKES, ONE_PERSON, SAME_WORDS, Made, made_articles

from webapp.annotation import annotate_article
from webapp.importing.similarity import body, is_same_story, likeness
from webapp.library import Library
from webapp.model import Annotations, Article

MADE = list(made_articles())
Stored = list[tuple[Article, Annotations]]


@pytest.fixture(scope="module")
def stored(filled: Library) -> Stored:
    return list(filled.everything())


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.article.title)
def test_what_is_found_is_the_truth(made: Made) -> None:
    found = annotate_article(made.article)
    names = {speaker.id: speaker.name for speaker in found.speakers}
    quotes = [(names[q.speaker], q.kind, q.words(made.article.text)) for q in found.quotes]
    assert quotes == [(said.speaker, said.kind, said.words) for said in made.said]
    country = made.said[0].country
    assert [c.code for c in found.countries] == [country]
    about = [said.words for said in made.said if said.country == country]
    assert [q.words(made.article.text) for q in found.quotes_about(country)] == about


def test_no_made_article_is_a_version_of_another() -> None:
    pairs = combinations([body(made.article) for made in MADE], 2)
    assert not any(is_same_story(likeness(*pair)) for pair in pairs)


def test_nobody_says_a_made_sentence_twice() -> None:
    said = Counter((said.speaker, said.words) for made in MADE for said in made.said)
    assert set(said.values()) == {1}


def test_there_are_sixty_articles_and_none_has_a_made_country_but_the_made(stored: Stored) -> None:
    made = {made.article.title for made in MADE}
    codes = {said.country for made in MADE for said in made.said} - {""}
    assert len(stored) >= 60
    for article, found in stored:
        assert (article.title in made) == bool(codes & {c.code for c in found.countries})


@pytest.mark.parametrize("spellings", ONE_PERSON, ids=lambda spellings: spellings[0])
def test_a_person_is_heard_under_each_spelling(stored: Stored, spellings: tuple[str, ...]) -> None:
    heard = {s.name for _, found in stored for s in found.speakers if found.quotes_by(s.id)}
    assert set(spellings) <= heard


@pytest.mark.parametrize(("name", "one", "other"), NAMESAKES)
def test_namesakes_have_roles_of_their_own(stored: Stored, name: str, one: str, other: str) -> None:
    roles = [s.role for _, found in stored for s in found.speakers if s.name == name]
    assert any(one in role for role in roles)
    assert any(other in role for role in roles)


@pytest.mark.parametrize(("words", "times"), SAME_WORDS)
def test_several_articles_print_a_quote(stored: Stored, words: str, times: int) -> None:
    printed = [a for a, found in stored if any(words in q.words(a.text) for q in found.quotes)]
    assert len(printed) == times
    assert len({article.source for article in printed}) > 1
