"""What a search found, as people see it: hits with passages and quotes, out of the store."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nsmallest

from webapp import store
from webapp.annotation.gazetteer import short_names
from webapp.model import (
    Annotations,
    Article,
    Hit,
    Name,
    Quote,
    QuoteHit,
    SavedSearch,
    Snippet,
    Span,
    Summary,
)
from webapp.search import (
    Entry,
    EntryQuote,
    Filters,
    Kind,
    Query,
    Told,
    Value,
    best_snippet,
    find_hits,
    from_json,
)
from webapp.store import Connection

BEST_QUOTES = 2
"""Quotes shown with an article that a search found."""

People = Mapping[str, tuple[str, str]]
"""The slug of a speaker in an article -> slug and name of the person."""

LONGEST_QUOTE = 400
"""Code points of a quote in a result; longer ones are cut at a word."""


def entries(connection: Connection, ids: Sequence[int]) -> list[Entry]:
    """What the index is given of these articles."""
    found = store.annotations.many(connection, ids)
    days = store.articles.days(connection, ids)
    told = store.similar.story_of(connection, ids)
    known = store.people.slugs(connection, ids)
    people = {i: _people(found[i], known[i]) for i in ids}
    firsts = store.repeats.firsts(connection, ids)
    return [
        Entry(
            id=article.id,
            title=article.title,
            text=article.text,
            source=article.source,
            author=article.author,
            language=article.language,
            date=article.published,
            day=days[article.id],
            speakers=tuple(dict(people[article.id].values()).items()),
            aliases=tuple(_aliases(found[article.id], people[article.id])),
            countries=tuple(c.code for c in found[article.id].countries),
            quotes=tuple(_entry_quotes(found[article.id], people[article.id], firsts)),
            story=told[article.id],
        )
        for article in store.articles.by_ids(connection, ids)
    ]


def _people(found: Annotations, known: People) -> People:
    """The persons of an article's speakers; a speaker who was not related to others yet is one."""
    return {s.id: known.get(s.id, (s.id, s.name)) for s in found.speakers}


def _aliases(found: Annotations, people: People) -> Iterator[tuple[str, str]]:
    """The names that this article has for its speakers, where they differ from those of people."""
    for speaker in found.speakers:
        slug, name = people[speaker.id]
        if speaker.name != name:
            yield slug, speaker.name


def _entry_quotes(
    found: Annotations, people: People, firsts: Mapping[int, int]
) -> Iterator[EntryQuote]:
    mentions = [(m.span, country.code) for country in found.countries for m in country.mentions]
    mentions.sort()
    held = held_by(found.quotes, [span for span, _ in mentions])
    for quote, inside in zip(found.quotes, held, strict=True):
        about = tuple(dict.fromkeys(mentions[at][1] for at in inside))
        yield EntryQuote(
            id=quote.id,
            pieces=quote.content,
            kind=quote.kind.value,
            speaker=people[quote.speaker][0] if quote.speaker else "",
            about=about,
            confidence=quote.confidence,
            first=firsts.get(quote.id, 0),
        )


def held_by(quotes: Sequence[Quote], spans: Sequence[Span]) -> list[list[int]]:
    """For each quote the numbers of the spans that one of its pieces holds.

    `spans` ascend. One walk over both: an article can have thousands of each.
    """
    held: list[list[int]] = [[] for _ in quotes]
    pieces = sorted(
        (piece, number) for number, quote in enumerate(quotes) for piece in quote.content
    )
    open_: list[tuple[Span, int]] = []
    at = 0
    for which, span in enumerate(spans):
        while at < len(pieces) and pieces[at][0].start <= span.start:
            open_.append(pieces[at])
            at += 1
        open_ = [(piece, number) for piece, number in open_ if piece.end > span.start]
        for piece, number in open_:
            if piece.holds(span):
                held[number].append(which)
    return held


def summaries(connection: Connection, found: Sequence[Article]) -> tuple[Summary, ...]:
    """Articles with who speaks in them and which countries they name."""
    ids = [article.id for article in found]
    speakers = store.annotations.names_of(connection, store.speakers, ids)
    countries = store.annotations.names_of(connection, store.countries, ids)
    quotes = store.annotations.quotes_of(connection, ids)
    return tuple(
        Summary(a, tuple(speakers[a.id]), tuple(countries[a.id]), quotes.get(a.id, 0))
        for a in found
    )


def names(values: Iterable[Value]) -> tuple[Name, ...]:
    """Values of a facet with their names; countries by their English ones."""
    return tuple(Name(v.key, short_names().get(v.name, v.name), v.count) for v in values)


def hits(
    connection: Connection,
    kind: Kind,
    ids: Sequence[int],
    query: Query | None,
    told: Mapping[int, Told],
) -> tuple[Hit, ...] | tuple[QuoteHit, ...]:
    """What a search found, in the order of the ids; `told` has the stories of articles."""
    if kind == "quotes":
        return _quote_hits(connection, ids, query, told)
    return _article_hits(connection, ids, query, told)


def _article_hits(
    connection: Connection, ids: Sequence[int], query: Query | None, told: Mapping[int, Told]
) -> tuple[Hit, ...]:
    """Articles in the order of the ids, with their best passages and quotes."""
    shown = summaries(connection, store.articles.by_ids(connection, ids))
    found = store.annotations.many(connection, ids) if query else {}
    return tuple(_hit(s, query, found.get(s.article.id), told[s.article.id]) for s in shown)


def _hit(summary: Summary, query: Query | None, found: Annotations | None, told: Told) -> Hit:
    article = summary.article
    title = Snippet(article.title, find_hits(article.title, query))
    start = article.body_start
    body = article.text[start:]
    hits = find_hits(body, query)
    snippet = best_snippet(body, hits)
    placed = [Span(hit.start + start, hit.end + start) for hit in hits]
    quotes = _best_quotes(article, found, placed) if found else ()
    more = len(hits) - len(snippet.hits)
    return Hit(summary, title, snippet, more, quotes, told.story, told.others)


def _best_quotes(
    article: Article, found: Annotations, hits: Sequence[Span]
) -> tuple[QuoteHit, ...]:
    """The quotes that have most of the hits."""
    numbered = enumerate(map(len, held_by(found.quotes, hits)))
    best = nsmallest(BEST_QUOTES, ((-number, at) for at, number in numbered if number))
    return tuple(_quote_hit(article, found, found.quotes[at], hits) for _, at in best)


def _quote_hits(
    connection: Connection, ids: Sequence[int], query: Query | None, told: Mapping[int, Told]
) -> tuple[QuoteHit, ...]:
    """Quotes in the order of the ids; those that are no longer found are left out."""
    where = store.annotations.articles_of_quotes(connection, ids)
    articles = {a.id: a for a in store.articles.by_ids(connection, set(where.values()))}
    found = store.annotations.many(connection, list(articles))
    people = store.people.slugs(connection, list(articles))
    printed = store.repeats.articles(connection, ids)
    hits = {i: find_hits(article.text, query) for i, article in articles.items()}
    made = []
    for quote_id in ids:
        place = where.get(quote_id, 0)
        quote = found[place].quote(quote_id) if place in found else None
        if quote is not None:
            hit = _quote_hit(articles[place], found[place], quote, hits[place])
            first, others = told.get(quote_id, Told(quote_id))
            person, _ = people[place].get(quote.speaker, ("", ""))
            hit = replace(hit, first=first, others=others, articles=printed[quote_id])
            made.append(replace(hit, person=person))
    return tuple(made)


def _quote_hit(
    article: Article, found: Annotations, quote: Quote, hits: Iterable[Span]
) -> QuoteHit:
    text = article.text
    return QuoteHit(
        article=article,
        quote=quote,
        words=_words(text, quote, hits),
        speaker=found.speaker(quote.speaker),
        cue=quote.cue.of(text) if quote.cue else "",
        source=quote.source.of(text) if quote.source else "",
        countries=found.countries_in([quote]),
    )


def _words(text: str, quote: Quote, hits: Iterable[Span]) -> Snippet:
    """The words of a quote as `Quote.words` gives them, with the hits in them; cut when long."""
    marked: list[Span] = []
    base = 0
    for piece in quote.content:
        inside = [hit for hit in hits if piece.holds(hit)]
        shift = base - piece.start
        marked += [Span(hit.start + shift, hit.end + shift) for hit in inside]
        base += len(piece) + len(" … ")
    words = quote.words(text).replace("\n", " ")
    if len(words) <= LONGEST_QUOTE:
        return Snippet(words, tuple(marked))
    return best_snippet(words, tuple(marked))


def asked(search: SavedSearch) -> tuple[Query | None, Filters, Kind]:
    """What a saved search asks for."""
    chosen, excluded = (
        tuple((str(facet), str(key)) for facet, key in search.filters.get(name, ()))
        for name in ("chosen", "excluded")
    )
    query = from_json(search.query) if search.query else None
    return query, Filters(chosen, excluded), "quotes" if search.kind == "quotes" else "articles"
