"""What every search engine must do: run by `test_whoosh_index`, and by the next engine unchanged.

A test class that derives from `SearchContract` gives a fixture `index`: an empty SearchIndex that
knows countries by `webapp.annotation.gazetteer.code_of`.
"""

import datetime as dt
import itertools
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webapp.model import Span
from webapp.search import Ask, Entry, EntryQuote, Filters, Kind, SearchIndex, Value, parse

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

    @settings(max_examples=200, deadline=2000, suppress_health_check=list(HealthCheck))
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
