"""What every search engine must do: run by `test_whoosh_index`, and by the next engine unchanged.

A test class that derives from `SearchContract` gives a fixture `index`: an empty SearchIndex that
knows countries by `webapp.annotation.gazetteer.code_of`.
"""

import datetime as dt
import itertools
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webapp.model import Span
from webapp.search import (
    Ask,
    Cross,
    Entry,
    EntryQuote,
    Filters,
    Heard,
    Kind,
    Order,
    SearchIndex,
    Value,
    parse,
)

WORDS = [f"word{n}" for n in range(40)]


def entry(number: int, text: str, title: str = "Untitled", **more: Any) -> Entry:
    """An article of 1 March 2026 by Wire, unless `more` says otherwise."""
    date = more.pop("date", dt.date(2026, 3, 1))
    more.setdefault("source", "Wire")
    return Entry(number, title, text, date=date, day=date, **more)


def quote(number: int, text: str, words: str, **more: Any) -> EntryQuote:
    """The quote of these words in the text; pieces are parted by a bar."""
    starts = [(text.index(piece), piece) for piece in words.split("|")]
    pieces = tuple(Span(start, start + len(piece)) for start, piece in starts)
    return EntryQuote(number, pieces, more.pop("kind", "direct"), **more)


HARBOUR = "The storms of March.\n\n“The river of Iraq is calm,” she said. “It rained again.”"
COUNCIL = "A flood followed the storm. The council pays $1.5bn. He said that France would help."
RIVER = (
    "Governments met; Iraq's river fell. Well-known U.S. aides saw 1,000 boats.\n\nA storm came."
)


def collection() -> list[Entry]:
    ana, ben = ("ana-bek", "Ana Běk"), ("ben-o-hara", "Ben O’Hara")
    return [
        entry(
            1,
            HARBOUR,
            "Harbour calm",
            countries=("IQ",),
            speakers=(ana,),
            quotes=(
                quote(11, HARBOUR, "“The river of Iraq is calm,”|“It rained again.”",
                      speaker="ana-bek", about=("IQ",)),
            ),
        ),
        entry(
            2,
            COUNCIL,
            "Café Müller",
            source="The Evening Post",
            author="Ilse Vermeulen",
            date=dt.date(2025, 12, 24),
            countries=("FR",),
            speakers=(ben,),
            quotes=(
                quote(21, COUNCIL, "that France would help", kind="indirect",
                      speaker="ben-o-hara", about=("FR",)),
            ),
        ),
        entry(3, RIVER, "River news", countries=("IQ", "US"), language="de"),
    ]  # fmt: skip


class SearchContract:
    """The contract; ids of articles are 1 to 3, of quotes 11 and 21."""

    @pytest.fixture
    def index(self) -> SearchIndex:
        raise NotImplementedError

    @pytest.fixture
    def harbour(self, index: SearchIndex) -> SearchIndex:
        index.put(collection())
        return index

    @pytest.mark.parametrize(
        ("text", "articles", "quotes"),
        [
            # words in any form
            ("storm", (1, 2, 3), ()),
            ("STORMS", (1, 2, 3), ()),
            ("governing", (3,), ()),
            ("government", (3,), ()),
            ("rain", (1,), (11,)),
            ("cafe muller", (2,), ()),
            ("the iraq", (1, 3), (11,)),
            ("unheard", (), ()),
            # exactly
            ('"storms"', (1,), ()),
            ('"storm"', (2, 3), ()),
            ('"storms of march"', (1,), ()),
            ('"march of storms"', (), ()),
            ('"river of iraq"', (1,), (11,)),
            ('"harbour calm"', (1,), ()),
            # beginnings, slips, nearness
            ("governm*", (3,), ()),
            ("gouvernment~", (), ()),
            ("governmemt~", (), ()),
            ("governmants~", (3,), ()),
            ("rievr~", (1, 3), (11,)),
            ('"calm river"~4', (1,), (11,)),
            ('"calm river"~3', (), ()),
            ('"flood storm council"~5', (2,), ()),
            # together
            ("flood /s storm", (2,), ()),
            ("storm /s council", (), ()),
            ("storm /p council", (2,), ()),
            ("storms /p river", (), ()),
            ("(river OR boats) /s calm", (1,), (11,)),
            ("same:sentence(river calm)", (1,), (11,)),
            ("said:river /s said:calm", (1,), (11,)),
            ("said:river /s said:rained", (), ()),
            # logic
            ("storm flood", (2,), ()),
            ("storm -flood", (1, 3), ()),
            ("-storm", (), (11, 21)),
            ("march OR governments", (1, 3), ()),
            ("(storm OR river) -flood", (1, 3), (11,)),
            ("-flood -river", (), (21,)),
            # fields
            ("title:cafe", (2,), (21,)),
            ("title:storm", (), ()),
            ("text:cafe", (), ()),
            ("speaker:bek", (1,), (11,)),
            ('speaker:"ana bek"', (1,), (11,)),
            ('speaker:"bek ana"', (), ()),
            ("speaker:ohara", (2,), (21,)),
            ("by:o’hara", (2,), (21,)),
            ("by:oha*", (2,), (21,)),
            ("country:iq", (1, 3), (11,)),
            ("country:france", (2,), (21,)),
            ("country:iraqi", (1, 3), (11,)),
            ("about:iraq", (1,), (11,)),
            ("about:us", (), ()),
            ("source:wire", (1, 3), (11,)),
            ('source:"evening post"', (2,), (21,)),
            ("author:vermeulen", (2,), (21,)),
            ("lang:de", (3,), ()),
            ("kind:indirect", (2,), (21,)),
            ("said:calm", (1,), (11,)),
            ("said:calming", (1,), (11,)),
            ("said:storms", (), ()),
            ('said:"is calm"', (1,), (11,)),
            ('said:"calm she"', (), ()),
            ("date:2026-03", (1, 3), (11,)),
            ("date:2025", (2,), (21,)),
            ("date:2025-12..2026-02", (2,), (21,)),
            ("date:2026-03-02..", (), ()),
            # conditions on one quote
            ("said:calm by:bek about:iraq", (1,), (11,)),
            ("said:help by:bek", (), ()),
            ("by:bek -about:iraq", (), ()),
            ("by:bek -about:france", (1,), (11,)),
            ("about:iraq storms", (1,), ()),
            ("said:help OR said:calm", (1, 2), (11, 21)),
            # how things are written
            ("$1.5bn", (2,), ()),
            ("1000", (3,), ()),
            ("1,000 boats", (3,), ()),
            ("U.S.", (3,), ()),
            ("well-known", (3,), ()),
            ("known", (3,), ()),
            ("iraq’s", (1, 3), (11,)),
        ],
    )
    def test_what_a_search_finds(
        self, harbour: SearchIndex, text: str, articles: tuple[int, ...], quotes: tuple[int, ...]
    ) -> None:
        query = parse(text).query
        found, told = harbour.search(Ask(query)), harbour.search(Ask(query, kind="quotes"))
        assert (tuple(sorted(found.ids)), tuple(sorted(told.ids))) == (articles, quotes)
        assert (found.articles, found.quotes) == (len(articles), len(quotes))
        assert (told.articles, told.quotes) == (len(articles), len(quotes))

    @pytest.mark.parametrize(
        ("chosen", "excluded", "kind", "ids"),
        [
            ([("country", "IQ")], [], "articles", (1, 3)),
            ([("country", "IQ"), ("country", "US")], [], "articles", (3,)),
            ([("speaker", "ana-bek")], [], "articles", (1,)),
            ([("speaker", "nobody")], [], "articles", ()),
            ([("source", "Wire")], [], "articles", (1, 3)),
            ([("source", "Wire"), ("source", "The Evening Post")], [], "articles", (1, 2, 3)),
            ([("year", "2025")], [], "articles", (2,)),
            ([("year", "2025"), ("country", "IQ")], [], "articles", ()),
            ([("year", "0000999999999")], [], "articles", ()),
            ([("kind", "direct")], [], "articles", (1,)),
            ([("kind", "spoken"), ("year", "later"), ("country", "??")], [], "articles", ()),
            ([], [("country", "IQ")], "articles", (2,)),
            ([], [("source", "Wire"), ("year", "2025")], "articles", ()),
            ([], [("speaker", "ana-bek")], "quotes", (21,)),
            ([("country", "IQ")], [], "quotes", (11,)),
            ([("speaker", "ana-bek"), ("speaker", "ben-o-hara")], [], "quotes", (11, 21)),
            ([("kind", "indirect")], [], "quotes", (21,)),
            ([("year", "2026")], [], "quotes", (11,)),
        ],
    )
    def test_filters(
        self,
        harbour: SearchIndex,
        chosen: list[tuple[str, str]],
        excluded: list[tuple[str, str]],
        kind: Kind,
        ids: tuple[int, ...],
    ) -> None:
        filters = Filters(tuple(chosen), tuple(excluded))
        assert tuple(sorted(harbour.search(Ask(None, filters, kind)).ids)) == ids

    def test_what_came_after_an_article(self, harbour: SearchIndex) -> None:
        assert harbour.search(Ask(None, Filters(after=2))).ids == (3,)
        assert harbour.search(Ask(None, Filters(after=1), "quotes")).ids == (21,)

    def test_facets_count_all_hits(self, harbour: SearchIndex) -> None:
        found = harbour.search(Ask(None, stop=1, facets=2))
        assert found.facets["country"] == (Value("IQ", "IQ", 2), Value("FR", "FR", 1))
        assert found.facets["source"][0] == Value("Wire", "Wire", 2)
        assert found.facets["year"] == (Value("2025", "2025", 1), Value("2026", "2026", 2))
        assert {value.key for value in found.facets["kind"]} == {"direct", "indirect"}
        told = harbour.search(Ask(None, kind="quotes")).facets
        assert Value("ana-bek", "Ana Běk", 1) in told["speaker"]
        assert {value.key for value in told["country"]} == {"IQ", "FR"}

    def test_values_of_a_facet_by_name(self, harbour: SearchIndex) -> None:
        assert [v.key for v in harbour.values(Ask(None), "speaker", "be")] == [
            "ana-bek",
            "ben-o-hara",
        ]
        assert [v.key for v in harbour.values(Ask(None), "speaker", "ana b")] == ["ana-bek"]
        assert harbour.values(Ask(parse("flood").query), "speaker", "ana") == ()
        assert [v.key for v in harbour.values(Ask(None), "source", "even")] == ["The Evening Post"]

    def test_pages_follow_each_other(self, index: SearchIndex) -> None:
        index.put(entry(n, f"storm {'x ' * n}") for n in range(1, 31))
        query = parse("storm").query
        whole = index.search(Ask(query, stop=30)).ids
        parts = [index.search(Ask(query, start=at, stop=at + 7)).ids for at in range(0, 30, 7)]
        assert tuple(itertools.chain(*parts)) == whole
        assert len(set(whole)) == 30

    def test_newest_first(self, harbour: SearchIndex) -> None:
        assert harbour.search(Ask(parse("storm").query, newest_first=True)).ids == (3, 1, 2)
        assert harbour.search(Ask(None)).ids == (3, 1, 2)

    def test_a_title_counts_more(self, index: SearchIndex) -> None:
        index.put([entry(1, "ferry a b c"), entry(2, "x y z ferry", "Ferry"), entry(3, "ferry d")])
        assert index.search(Ask(parse("ferry").query)).ids[0] == 2

    def test_the_word_itself_counts_more_than_its_other_forms(self, index: SearchIndex) -> None:
        index.put([entry(1, "many ferries came"), entry(2, "many ferry came")])
        assert index.search(Ask(parse("ferry").query)).ids == (2, 1)
        assert index.search(Ask(parse("ferries").query)).ids == (1, 2)

    def test_recent_articles_count_a_little_more(self, index: SearchIndex) -> None:
        old, new = dt.date(2016, 1, 1), dt.date(2026, 1, 1)
        rest = " and then it left" * 10
        index.put([entry(1, f"ferry now{rest}", date=new), entry(2, f"ferry{rest}", date=old)])
        query = parse("ferry").query
        assert index.search(Ask(query)).ids == (1, 2)
        assert index.search(Ask(query, recency=False)).ids == (2, 1)

    def test_a_word_that_stands_nowhere_is_named(self, harbour: SearchIndex) -> None:
        assert harbour.search(Ask(parse("storm xyzzy").query)).missing == ("xyzzy",)
        assert harbour.instead("strom") == ("storm",)

    def test_suggestions(self, harbour: SearchIndex) -> None:
        assert ("speaker", Value("ana-bek", "Ana Běk", 1)) in harbour.suggest("an")
        assert ("source", Value("the evening post", "The Evening Post", 1)) in harbour.suggest(
            "eve"
        )
        assert [v.key for kind, v in harbour.suggest("sto") if kind == "word"] == [
            "storm",
            "storms",
        ]

    # Stories

    @pytest.fixture
    def wired(self, index: SearchIndex) -> SearchIndex:
        """Articles 1, 2 and 4 tell one story, 3 its own."""
        first, last = dt.date(2026, 3, 1), dt.date(2026, 3, 9)
        rained = quote(41, HARBOUR, "“It rained again.”")
        index.put([
            entry(1, HARBOUR, date=first, story=1, speakers=(("ana-bek", "Ana"),)),
            entry(2, f"{HARBOUR} Storms.", "Storms", date=first, story=1, source="Post"),
            entry(3, COUNCIL, "Storms", date=first, story=3, source="Post"),
            entry(4, HARBOUR, date=last, story=1, quotes=(rained,)),
        ])  # fmt: skip
        return index

    @pytest.mark.parametrize(
        ("text", "newest_first", "ids", "others"),
        [
            ("storms", False, (2, 3), (2, 0)),  # the best one of the story
            ("storms", True, (4, 3), (2, 0)),  # the newest one
            ("", False, (4, 3), (2, 0)),
            ("source:post", True, (3, 2), (0, 0)),
            ("source:wire river", True, (4,), (1,)),
        ],
    )
    def test_one_article_stands_for_its_story(
        self,
        wired: SearchIndex,
        text: str,
        newest_first: bool,
        ids: tuple[int, ...],
        others: tuple[int, ...],
    ) -> None:
        ask = Ask(parse(text).query, newest_first=newest_first)
        found = wired.search(ask)
        assert found.ids == ids
        assert tuple(found.told[article].others for article in ids) == others
        assert {article: told.story for article, told in found.told.items()} == {
            article: 3 if article == 3 else 1 for article in ids
        }
        assert (found.articles, found.folded) == (len(ids), sum(others))
        told = wired.search(replace(ask, kind="quotes"))
        assert (told.articles, told.folded) == (len(ids), 0)
        every = wired.search(replace(ask, folded=False))
        assert (every.articles, every.folded) == (len(ids) + sum(others), 0)
        assert not any(told.others for told in every.told.values())

    def test_pages_of_stories_follow_each_other(self, wired: SearchIndex) -> None:
        ask = Ask(parse("storms").query)
        pages = [wired.search(replace(ask, start=at, stop=at + 1)) for at in range(3)]
        assert [page.ids for page in pages] == [(2,), (3,), ()]
        assert {(page.articles, page.folded) for page in pages} == {(2, 2)}

    def test_within_a_story_all_its_articles_are_found(self, wired: SearchIndex) -> None:
        story = Filters((("story", "1"),))
        found = wired.search(Ask(None, story))
        assert (found.ids, found.articles, found.folded) == ((4, 2, 1), 3, 0)
        assert found.facets["source"] == (Value("Wire", "Wire", 2), Value("Post", "Post", 1))
        assert wired.search(Ask(None, Filters(excluded=(("story", "1"),)))).ids == (3,)
        assert wired.search(Ask(None, Filters((("story", "1"), ("source", "Post"))))).ids == (2,)
        assert wired.search(Ask(None, story, "quotes")).ids == (41,)
        for nonsense in ("2", "x", "", "9" * 30, "9" * 5000, "²"):
            assert wired.search(Ask(None, Filters((("story", nonsense),)))).ids == ()

    def test_facets_of_stories_lead_to_what_they_count(self, wired: SearchIndex) -> None:
        found = wired.search(Ask(None))
        assert found.facets["source"] == (Value("Post", "Post", 2), Value("Wire", "Wire", 1))
        assert found.facets["year"] == (Value("2026", "2026", 2),)
        assert wired.values(Ask(None), "source", "pos") == (Value("Post", "Post", 2),)
        assert wired.values(Ask(None, folded=False), "source", "wi") == (Value("Wire", "Wire", 2),)
        for facet, values in found.facets.items():
            for value in values:
                narrowed = wired.search(Ask(None, Filters(((facet, value.key),))))
                assert narrowed.articles == value.count, (facet, value)

    def test_stories_stay_right_through_update_and_delete(self, wired: SearchIndex) -> None:
        def told() -> dict[int, int]:
            return {i: t.others for i, t in wired.search(Ask(None)).told.items()}

        wired.put([], [4])
        assert told() == {2: 1, 3: 0}
        wired.put([], [1])  # the story outlives its first article
        assert told() == {2: 0, 3: 0}
        wired.put([entry(5, HARBOUR, story=1), entry(3, COUNCIL, story=1)])
        assert told() == {5: 2}
        wired.put([entry(3, COUNCIL)])
        assert told() == {5: 1, 3: 0}

    def test_random_stories_are_folded_as_a_plain_reading_does(self, index: SearchIndex) -> None:
        dice = random.Random(3)
        stories = {n: dice.choice((n, dice.randint(1, 40))) for n in range(1, 201)}
        days = {n: dt.date(2026, 1, 1 + dice.randrange(9)) for n in stories}
        sources = {n: dice.choice("ABC") for n in stories}
        for few in (list(stories)[:90], list(stories)[90:]):  # two segments
            index.put(
                entry(n, " ".join(dice.choices(WORDS[:6], k=4)), date=days[n], source=sources[n],
                      story=stories[n])
                for n in few
            )  # fmt: skip
        for word, newest_first in itertools.product([*WORDS[:6], ""], (True, False)):
            ask = Ask(parse(word).query, newest_first=newest_first, stop=999)
            every = index.search(replace(ask, folded=False)).ids
            best = {stories[n]: n for n in reversed(every)}
            found = index.search(ask)
            assert found.ids == tuple(n for n in every if best[stories[n]] == n)
            counts = Counter(stories[n] for n in every)
            assert {n: t.others + 1 for n, t in found.told.items()} == {
                n: counts[stories[n]] for n in best.values()
            }
            told = Counter(source for _, source in {(stories[n], sources[n]) for n in every})
            assert {v.key: v.count for v in found.facets["source"]} == told

    # What is counted over all hits

    @pytest.fixture
    def spoken(self, index: SearchIndex) -> SearchIndex:
        """Quotes by Ana, Ben and somebody about Iraq and France; articles 1 and 2 tell one story
        and print one sentence; article 5, of an unknown day, was removed and came back."""

        def said(number: int, speaker: str, *about: str, **more: Any) -> EntryQuote:
            words = "“It rained again.”"
            return quote(number, HARBOUR, words, speaker=speaker, about=about, **more)

        ana, ben = ("ana-bek", "Ana Běk"), ("ben-o-hara", "Ben O’Hara")
        march, april = dt.date(2026, 3, 1), dt.date(2026, 4, 9)
        entries = [
            entry(1, HARBOUR, date=march, story=1, speakers=(ana,), quotes=(
                said(11, "ana-bek", "IQ", first=11, confidence=0.9), said(12, "", "IQ"))),
            entry(2, HARBOUR, date=april, story=1, speakers=(ana,), source="Post", quotes=(
                said(21, "ana-bek", "IQ", first=11, confidence=0.4),
                said(22, "ana-bek", "FR", "IQ"))),
            entry(3, COUNCIL, date=april, speakers=(ana, ben), quotes=(
                quote(31, COUNCIL, "that France would help", speaker="ben-o-hara", about=("FR",)),
                quote(32, COUNCIL, "A flood", speaker="ana-bek"))),
            entry(4, RIVER, date=dt.date(1969, 12, 31)),
            entry(5, HARBOUR, date=None, speakers=(ben,), quotes=(said(51, "ben-o-hara"),)),
            entry(6, HARBOUR, date=april, speakers=(("cai-moe", "Cai Moe"),), quotes=(
                said(61, "cai-moe", "US"),)),
        ]  # fmt: skip
        for some in (entries[:3], entries[3:]):  # two segments
            index.put(some)
        index.put([], [5, 6])
        index.put([entries[4]])
        return index

    @pytest.mark.parametrize(
        ("text", "chosen", "kind", "counts"),
        [
            ("", [], "quotes", {"2026-03": 2, "2026-04": 4}),
            ("", [], "articles", {"1969-12": 1, "2026-04": 2}),  # of a story its newest
            ("flood", [], "articles", {"2026-04": 1}),
            ("flood", [], "quotes", {"2026-04": 1}),
            ("", [("speaker", "ana-bek")], "quotes", {"2026-03": 1, "2026-04": 3}),
            ("", [("country", "IQ"), ("confidence", "50")], "quotes", {"2026-03": 1}),
            ("", [("since", "2026-03-02")], "quotes", {"2026-04": 4}),
            ("", [("until", "2026-03-01")], "quotes", {"2026-03": 2}),
            ("", [("source", "Post"), ("first", "11")], "quotes", {"2026-04": 1}),
            ("unheard", [], "quotes", {}),
        ],
    )
    def test_months(
        self,
        spoken: SearchIndex,
        text: str,
        chosen: list[tuple[str, str]],
        kind: Kind,
        counts: dict[str, int],
    ) -> None:
        found = spoken.months(Ask(parse(text).query, Filters(tuple(chosen)), kind))
        assert found == tuple(Value(month, month, number) for month, number in counts.items())

    def test_months_of_every_version_of_a_story(self, spoken: SearchIndex) -> None:
        counts = {value.key: value.count for value in spoken.months(Ask(None, folded=False))}
        assert counts == {"1969-12": 1, "2026-03": 1, "2026-04": 2}

    @pytest.mark.parametrize(
        ("text", "chosen", "rows", "columns", "cells"),
        [
            ("", [], {"ana-bek": 4, "ben-o-hara": 2}, {"IQ": 4, "FR": 2}, [(3, 1), (0, 1)]),
            ("flood", [], {}, {}, []),
            ("france", [], {"ben-o-hara": 1}, {"FR": 1}, [(1,)]),
            ("", [("country", "FR")], {"ana-bek": 1, "ben-o-hara": 1}, {"FR": 2}, [(1,), (1,)]),
            ("", [("speaker", "ben-o-hara")], {"ben-o-hara": 2}, {"FR": 1}, [(1,)]),
            ("", [("since", "2026-04-01")], {"ana-bek": 3, "ben-o-hara": 1}, {"FR": 2, "IQ": 2},
             [(1, 2), (1, 0)]),
            ("", [("confidence", "50")], {"ana-bek": 1}, {"IQ": 1}, [(1,)]),
            ("", [("source", "Post"), ("first", "11")], {"ana-bek": 1}, {"IQ": 1}, [(1,)]),
            # Chosen, and so there without a quote; nobody is there whom no article quotes.
            ("", [("speaker", "ben-o-hara"), ("country", "IQ"), ("speaker", "cai-moe"),
                  ("speaker", "nobody")],
             {"ben-o-hara": 0}, {"IQ": 0}, [(0,)]),
            ("", [("country", "?"), ("country", "A1"), ("country", "france")], {}, {}, []),
        ],
    )  # fmt: skip
    def test_speakers_across_countries(
        self,
        spoken: SearchIndex,
        text: str,
        chosen: list[tuple[str, str]],
        rows: dict[str, int],
        columns: dict[str, int],
        cells: list[tuple[int, ...]],
    ) -> None:
        found = spoken.cross(Ask(parse(text).query, Filters(tuple(chosen)), "quotes"), (9, 9))
        assert [(value.key, value.count) for value in found.rows] == list(rows.items())
        assert [(value.key, value.count) for value in found.columns] == list(columns.items())
        assert found.cells == tuple(cells)
        assert (found.speakers, found.countries) == (len(rows), len(columns))

    def test_which_speakers_and_countries_come_first(self, spoken: SearchIndex) -> None:
        def order(size: tuple[int, int], *leading: str) -> tuple[list[str], list[str]]:
            found = spoken.cross(Ask(None, kind="quotes"), size, *leading)
            assert (found.speakers, found.countries) == (2, 2)
            return [value.key for value in found.rows], [value.key for value in found.columns]

        assert order((1, 1)) == (["ana-bek"], ["IQ"])
        assert order((9, 1)) == (["ana-bek"], ["IQ"])  # nobody else speaks about what is shown
        assert order((2, 1), "ben-o-hara", "FR") == (["ana-bek", "ben-o-hara"], ["FR"])
        assert order((2, 2), "nobody", "nowhere") == (["ana-bek", "ben-o-hara"], ["IQ", "FR"])
        assert order((0, 0)) == ([], [])

    def test_a_cell_and_a_total_count_what_their_filters_find(self, index: SearchIndex) -> None:
        dice = random.Random(5)
        people = [(f"p{n}", f"P {n}") for n in range(9)]
        codes = ("IQ", "FR", "US", "XK", "ZZ")
        for start in (1, 61):  # two segments
            index.put(
                entry(n, HARBOUR, date=dt.date(2026, 1, 1 + n % 28), source=dice.choice("AB"),
                      speakers=people, quotes=[
                          quote(n * 10 + i, HARBOUR, "“It rained again.”",
                                speaker=dice.choice([*people, ("", "")])[0],
                                about=dice.sample(codes, dice.randrange(4)))
                          for i in range(dice.randrange(6))])
                for n in range(start, start + 60)
            )  # fmt: skip
        index.put([], range(5, 120, 7))
        common = (("source", "A"), ("since", "2026-01-09"))
        ask = Ask(None, Filters(common), "quotes")

        def number(*chosen: tuple[str, str]) -> int:
            return index.search(replace(ask, filters=Filters((*common, *chosen)))).quotes

        found = index.cross(ask, (5, 9))
        assert (len(found.rows), found.speakers, found.countries) == (5, 9, 5)
        for row, cells in zip(found.rows, found.cells, strict=True):
            assert row.count == number(("speaker", row.key))
            for column, cell in zip(found.columns, cells, strict=True):
                assert cell == number(("speaker", row.key), ("country", column.key))
                assert column.count == number(("country", column.key))

    @pytest.mark.parametrize(
        ("order", "having", "speakers"),
        [
            ("name", "", ["ana-bek", "ben-o-hara"]),
            ("quotes", "", ["ana-bek", "ben-o-hara"]),
            ("latest", "", ["ana-bek", "ben-o-hara"]),
            ("name", "o'h", ["ben-o-hara"]),
            ("name", "moe", []),  # whose only article was removed
            ("name", "?!", []),
            ("name", "unheard", []),
        ],
    )
    def test_speakers_who_are_heard(
        self, spoken: SearchIndex, order: Order, having: str, speakers: list[str]
    ) -> None:
        found, total = spoken.heard(order, having, 0, 20)
        assert ([heard.speaker.key for heard in found], total) == (speakers, len(speakers))
        april = dt.date(2026, 4, 9)
        assert all(heard.last == april for heard in found)

    def test_speakers_are_told_in_parts_with_quotes_and_last_day(self, index: SearchIndex) -> None:
        names = [("a", "Émile Zorn"), ("b", "Zoe Adler"), ("c", "Ann Dee"), ("d", "Eli Roe")]
        days = [dt.date(2026, 1, 1), dt.date(2026, 2, 1), None, dt.date(2025, 1, 1)]
        for n, (name, day) in enumerate(zip(names, days, strict=True), 1):
            some = [quote(n * 10 + i, HARBOUR, "“It rained again.”", speaker=name[0])
                    for i in range((2, 1, 3, 1)[n - 1])]  # fmt: skip
            index.put([entry(n, HARBOUR, date=day, speakers=(name, ("e", "Silent")), quotes=some)])
        orders: dict[Order, str] = {"name": "cdab", "quotes": "cabd", "latest": "badc"}
        for order, slugs in orders.items():
            parts = [index.heard(order, "", at, at + 3) for at in (0, 3, 6)]
            assert "".join(one.speaker.key for part, _ in parts for one in part) == slugs
            assert {total for _, total in parts} == {4}
        (first, *_), _ = index.heard("quotes", "", 0, 1)
        assert first == Heard(Value("c", "Ann Dee", 3), None)
        assert index.heard("latest", "", 0, 1)[0][0] == Heard(Value("b", "Zoe Adler", 1), days[1])

    def test_an_empty_index_has_no_counts(self, index: SearchIndex) -> None:
        ask = Ask(None, Filters((("speaker", "ana-bek"),)), "quotes")
        assert index.months(ask) == ()
        assert index.cross(ask, (9, 9), "ana-bek", "IQ") == Cross()
        assert [index.heard(order, "a", 0, 9) for order in get_args(Order)] == [((), 0)] * 3

    def test_a_beginning_of_too_many_words_is_cut_and_says_so(self, index: SearchIndex) -> None:
        index.put([entry(1, " ".join(f"abc{n}" for n in range(300)))])
        assert "more than 200 words" in index.search(Ask(parse("abc*").query)).problems[0]

    def test_no_country_is_said(self, harbour: SearchIndex) -> None:
        assert "no country" in harbour.search(Ask(parse("about:atlantis").query)).problems[0]

    def test_searches_stay_right_through_add_update_and_delete(self, index: SearchIndex) -> None:
        truth: dict[int, str] = {}
        dice = random.Random(7)
        for step in range(30):
            new = {dice.randrange(60): dice.choice(WORDS) for _ in range(5)}
            gone = [key for key in list(truth) if dice.random() < 0.1 and key not in new]
            index.put([entry(number, word) for number, word in new.items()], gone)
            truth = {key: word for key, word in truth.items() if key not in gone} | new
            assert index.ids() == tuple(sorted(truth)), step
            for word in WORDS[::8]:
                found = index.search(Ask(parse(word).query, stop=99)).ids
                assert sorted(found) == sorted(k for k, w in truth.items() if w == word)

    def test_the_same_article_twice_in_a_batch_is_found_once(self, index: SearchIndex) -> None:
        index.put([entry(1, "storm"), entry(1, "storm again")])
        assert index.search(Ask(parse("storm").query)).ids == (1,)

    def test_random_queries_find_what_a_plain_reading_finds(self, index: SearchIndex) -> None:
        dice = random.Random(11)
        texts = {n: dice.choices(WORDS, k=30) for n in range(1, 151)}
        index.put(entry(n, " ".join(words), words[0]) for n, words in texts.items())
        for first, second in itertools.pairwise(WORDS):
            for text, holds in _pairs(first, second).items():
                found = index.search(Ask(parse(text).query, stop=999))
                assert sorted(found.ids) == [n for n, w in texts.items() if holds(w)], text

    @settings(max_examples=200, suppress_health_check=list(HealthCheck))
    @given(
        text=st.text(max_size=200)
        | st.text('storm iraq"()~*-:/spOR ..said:by:date:2026', max_size=80)
    )
    def test_any_text_can_be_searched(self, harbour_once: SearchIndex, text: str) -> None:
        query = parse(text).query
        found = harbour_once.search(Ask(query))
        assert found.articles == len(found.ids) <= 3
        assert harbour_once.search(Ask(query, kind="quotes")).quotes <= 2


def _pairs(first: str, second: str) -> dict[str, Callable[[list[str]], bool]]:
    """Queries of two words, and what tells whether an article of these words should be found."""
    return {
        f"{first} {second}": lambda w: first in w and second in w,
        f"{first} OR {second}": lambda w: first in w or second in w,
        f"{first} -{second}": lambda w: first in w and second not in w,
        f'"{first} {second}"': lambda w: (first, second) in itertools.pairwise(w),
        f'"{first} {second}"~3': lambda w: any(
            {first, second} <= set(w[at : at + 4]) for at in range(len(w))
        ),
    }
