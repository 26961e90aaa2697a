"""The collection through its door: nothing is lost, nothing doubled, what is stored is found."""

import datetime as dt
import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from support import leaves_files_open

import webapp.store
from webapp.annotation import annotate, annotate_article, version
from webapp.config import Settings
from webapp.errors import BadInput, BadQuery, NotFound, Unavailable
from webapp.finding import asked
from webapp.library import EVERYTHING, Library, open_library
from webapp.model import Annotations, Article, Quote, QuoteKind, Removed, Span
from webapp.search import Filters, find_hits, parse
from webapp.search.index import FACETS
from webapp.search.whoosh_index import WhooshIndex
from webapp.store import open_store
from webapp.store.schema import metadata

RIVER = Article("The river rose", "The river rose\n\n“It rose,” said Anna Kovac.", source="Wire")


def numbered(number: int) -> Article:
    day = dt.date(2026, 1, 1) + dt.timedelta(days=number % 20)
    return Article(f"Story {number}", f"Story {number}\n\nThe unique{number} river.", published=day)


def ids(library: Library, text: str) -> list[int]:
    return [hit.summary.article.id for hit in library.search(text).hits]


def test_an_article_is_stored_whole_and_found(library: Library) -> None:
    article_id = library.add(RIVER)
    assert article_id is not None
    library.catch_up()
    assert library.article(article_id).article == replace(RIVER, id=article_id)
    assert ids(library, "river") == [article_id]


def test_the_same_article_again_adds_nothing(library: Library) -> None:
    assert library.add(RIVER) is not None
    assert library.add(replace(RIVER, source="Another")) is None
    assert library.count() == 1


def test_articles_are_listed_newest_first_in_pages(library: Library) -> None:
    for number in range(45):
        library.add(numbered(number))
    pages = [library.page(number) for number in (1, 2, 3)]
    assert [len(page.summaries) for page in pages] == [20, 20, 5]
    listed = [summary.article for page in pages for summary in page.summaries]
    assert [a.published for a in listed] == sorted((a.published for a in listed), reverse=True)
    assert len({a.id for a in listed}) == 45
    assert library.page(99) == pages[2]
    assert library.page(-3) == pages[0]
    newer, here, older = listed[4:7]
    view = library.article(here.id)
    assert (view.newer, view.older) == (newer, older)


def test_what_is_not_there_is_told(library: Library) -> None:
    with pytest.raises(NotFound, match="no such article"):
        library.article(7)
    with pytest.raises(NotFound, match="no such quote"):
        library.quote(7)
    with pytest.raises(BadQuery, match="2,000"):
        library.search("a" * 2001)


def test_search_counts_facets_over_all_hits_and_filters_by_them(filled: Library) -> None:
    result = filled.search("", folded=False)
    assert result.total == filled.count()
    assert set(result.facets) == set(FACETS)
    for facet, names in result.facets.items():
        for name in names:
            narrowed = filled.search("", Filters(((facet, name.id),)), folded=False)
            without = filled.search("", Filters(excluded=((facet, name.id),)), folded=False)
            assert (narrowed.total, without.total) == (name.count, result.total - name.count)


def test_facets_of_quotes_count_quotes(filled: Library) -> None:
    result = filled.search("", kind="quotes")
    assert result.total == result.quotes_total > filled.count()
    for facet, names in result.facets.items():
        for name in names:
            narrowed = filled.search("", Filters(((facet, name.id),)), kind="quotes")
            assert narrowed.total == name.count, (facet, name)


def test_quotes_are_found_by_what_is_said_by_whom_about_what(filled: Library) -> None:
    (hit,) = filled.search("said:lock by:kovac", kind="quotes").quotes
    assert hit.speaker is not None
    assert (hit.speaker.name, hit.cue) == ("Anna Kovac", "said")
    assert [span.of(hit.words.text) for span in hit.words.hits] == ["lock", "lock"]
    assert hit.article.title == "Lock keepers win a quiet spring"


def test_an_article_is_shown_with_its_best_quotes(filled: Library) -> None:
    (hit,) = filled.search("lock breaks").hits
    assert hit.quotes[0].words.text.startswith("“A lock that never sleeps")
    assert hit.more == len(find_hits(hit.summary.article.text, parse("lock breaks").query)) - len(
        hit.snippet.hits
    ) - len(hit.title.hits)


def test_a_search_that_finds_nothing_offers_others(filled: Library) -> None:
    result = filled.search("almanak lock")
    assert result.missing == ("almanak",)
    assert [(other.query, other.count) for other in result.instead] == [
        ("almanac lock", 1),
        ("lock", filled.search("lock").total),
    ]


def test_every_hit_is_given_in_order(filled: Library) -> None:
    hits = list(filled.every_hit("", EVERYTHING, "quotes"))
    assert len(hits) == filled.search("", kind="quotes").total


def test_suggestions_lead_to_what_they_say(filled: Library) -> None:
    for start in ("kov", "ira", "alm", "ferry alm"):
        for suggestion in filled.suggest(start):
            assert filled.search(suggestion.query).problems == ()
    assert 'speaker:"Anna Kovac"' in [s.query for s in filled.suggest("kov")]
    assert "country:IQ" in [s.query for s in filled.suggest("ira")]
    assert "ferry almanac" in [s.query for s in filled.suggest("ferry alm")]
    assert filled.suggest("  ") == ()


def test_a_saved_search_knows_what_is_new(library: Library) -> None:
    library.add(numbered(1))
    library.catch_up()
    library.save("rivers", "river", Filters((("year", "2026"),)), "articles")
    assert [new for _, new in library.saved()] == [0]
    library.add(numbered(2))
    library.catch_up()
    ((search, new),) = library.saved()
    assert (search.name, new) == ("rivers", 1)
    query, filters, kind = asked(search)
    assert (str(query), filters, kind) == ("river", Filters((("year", "2026"),)), "articles")
    library.looked("rivers")
    assert [new for _, new in library.saved()] == [0]
    library.forget("rivers")
    with pytest.raises(NotFound):
        library.forget("rivers")
    with pytest.raises(NotFound):
        library.saved_search("rivers")
    with pytest.raises(BadInput, match="a name"):
        library.save("  ", "river", EVERYTHING, "articles")


def test_a_search_shows_the_hit_in_the_passage(filled: Library) -> None:
    hit = filled.search("almanac").hits[0]
    assert [span.of(hit.snippet.text) for span in hit.snippet.hits] == ["almanac"]
    assert hit.summary.article.title == "Lock keepers win a quiet spring"


def test_results_come_in_pages_and_by_date(library: Library) -> None:
    for number in range(45):
        library.add(numbered(number))
    library.catch_up()
    pages = [library.search("river", page=page, newest_first=True) for page in (1, 2, 3)]
    found = [hit.summary.article for page in pages for hit in page.hits]
    assert len({article.id for article in found}) == 45 == pages[0].total
    dates = [article.published for article in found]
    assert dates == sorted(dates, reverse=True)


def test_other_articles_with_a_speaker_or_country(filled: Library) -> None:
    article = filled.search('title:"lock keepers"').hits[0].summary.article
    others = filled.search("", Filters((("speaker", "anna-kovac"),))).total - 1
    assert others >= 1
    assert filled.others_with_speaker("anna-kovac", article.id) == others


# The index is derived


def test_a_deleted_index_is_built_again(library: Library, home: Path) -> None:
    library.add(RIVER)
    library.catch_up()
    shutil.rmtree(home / "search")
    assert library.catch_up() == 1
    assert len(ids(library, "river")) == 1


def _empty(folder: Path) -> None:
    next(folder.rglob("*.toc")).write_bytes(b"")


def _cut(folder: Path) -> None:
    segment = next(folder.rglob("*.seg"))
    segment.write_bytes(segment.read_bytes()[: segment.stat().st_size // 2])


@leaves_files_open
@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("damage", [_empty, _cut])
def test_a_damaged_index_is_repaired_while_serving(
    library: Library, home: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[Path], object]
) -> None:
    library.add(RIVER)
    library.catch_up()
    library.close()
    damage(home / "search")
    with pytest.raises(Unavailable, match="being rebuilt"):
        library.search("river")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            assert len(ids(library, "river")) == 1
            break
        except Unavailable:
            time.sleep(0.05)
    assert "search index is damaged" in caplog.text


def test_an_index_that_lost_articles_is_noticed(
    library: Library, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library.add(RIVER)
    library.catch_up()
    WhooshIndex(home / "search").rebuild([])
    library.catch_up()
    assert len(ids(library, "river")) == 1
    assert "does not agree" in caplog.text


def test_reindex_builds_the_same_again(library: Library) -> None:
    for number in range(5):
        library.add(numbered(number))
    assert library.reindex() == 5
    assert ids(library, "unique3") == [4]


# One writer at a time, readers undisturbed


def test_writers_and_readers_at_once(home: Path) -> None:
    first, second = open_library(Settings(home)), open_library(Settings(home))
    first.catch_up()
    with ThreadPoolExecutor(6) as pool:
        added = [pool.submit(lib.add, numbered(n)) for n in range(30) for lib in (first, second)]
        read = [pool.submit(second.page) for _ in range(30)]
        searched = [pool.submit(first.search, "river") for _ in range(10)]
        synced = [pool.submit(lib.catch_up) for lib in (first, second)]
        assert sum(job.result() is not None for job in added) == 30
        for job in [*read, *searched, *synced]:
            job.result()
    first.catch_up()
    assert first.count() == 30 == second.search("river").total
    first.close()
    second.close()


# The store


def test_the_migrations_make_the_tables_that_the_code_knows(home: Path) -> None:
    store = open_store(home / "dateline.sqlite")
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    store.close()


def test_what_an_older_version_removed_is_known_by_its_content_and_in_utc(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    home.mkdir()
    engine = create_engine(f"sqlite:///{home / 'dateline.sqlite'}")
    config = Config()
    migrations = Path(webapp.store.__file__).with_name("migrations")
    config.set_main_option("script_location", str(migrations))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        rows = json.dumps({"articles": [{"content_hash": "a1"}]})
        connection.exec_driver_sql(
            "INSERT INTO removed VALUES (7, 'Rain', '2026-03-14 08:30:00.250000', ?)", (rows,)
        )
        connection.commit()
    engine.dispose()
    store = open_store(home / "dateline.sqlite")
    with store.read() as connection:
        content = connection.exec_driver_sql("SELECT content_hash FROM removed").scalar_one()
        one = webapp.store.removed.get(connection, 7)
    store.close()
    monkeypatch.undo()
    time.tzset()
    assert content == "a1"
    assert one == Removed(7, "Rain", dt.datetime(2026, 3, 13, 23, 30, 0, 250_000))


def test_a_store_of_a_newer_version_is_left_alone(home: Path) -> None:
    path = home / "dateline.sqlite"
    store = open_store(path)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(Unavailable, match="newer Dateline"):
        open_store(path)


def test_a_store_that_another_process_brings_up_to_date_is_waited_for(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.store.store.WAIT_SECONDS", 0.1)
    home.mkdir()
    with FileLock(home / "dateline.lock"), pytest.raises(Unavailable, match="Another Dateline"):
        open_store(home / "dateline.sqlite")


def test_a_file_that_is_no_store_is_told(home: Path) -> None:
    home.mkdir()
    (home / "dateline.sqlite").write_text("This is no database. " * 100)
    with pytest.raises(Unavailable, match="cannot be used"):
        open_store(home / "dateline.sqlite")


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="cannot be made"):
        open_store(tmp_path / "file" / "dateline.sqlite")


def test_quotes_keep_their_address_when_an_article_is_annotated_again(home: Path) -> None:
    from webapp.store import annotations, articles

    text = "One\n\n“A,” said X. “B,” said Y. “A,” said Z."
    spans = [Span(5, 9), Span(18, 22), Span(31, 35)]
    first = Annotations("1", tuple(Quote((s,), QuoteKind.DIRECT) for s in spans))
    second = replace(first, version="2", quotes=first.quotes[1:])
    store = open_store(home / "dateline.sqlite")
    with store.write() as connection:
        key = articles.add(connection, Article("One", text))
        assert key is not None
        annotations.put(connection, key, text, first)
        before = annotations.get(connection, key).quotes
        annotations.put(connection, key, text, second)
        assert annotations.get(connection, key).quotes == before[1:]
        assert annotations.article_of_quote(connection, before[0].id) == key
        annotations.put(connection, key, text, first)
        assert annotations.get(connection, key).quotes == before
    store.close()


# Annotating


def shout(article: Article) -> Annotations:
    """An annotator of a newer version, for another process too: the first paragraph is said."""
    return Annotations(
        "2", (Quote((Span(0, len(article.text.partition("\n")[0])),), QuoteKind.DIRECT),)
    )


def upgraded(home: Path) -> Library:
    return Library(open_store(home / "dateline.sqlite"), WhooshIndex(home / "search"), shout, "2")


def test_many_articles_are_added_by_several_processes_in_order(library: Library) -> None:
    articles = [numbered(number) for number in range(20)]
    assert list(library.add_each([*articles, articles[3]], jobs=2)) == [*range(1, 21), None]
    library.catch_up()
    assert library.article(7).article.title == "Story 6"
    assert library.search("river").total == 20


def test_annotating_again_goes_on_where_it_was_and_keeps_addresses(
    library: Library, home: Path
) -> None:
    for number in range(4):
        library.add(Article(f"“Yes {number}”", f"“Yes {number}”\n\n“No,” said Anna Kovac."))
    kept = next(q.id for q in library.article(1).found.quotes if q.words("“Yes 0”") == "“Yes 0”")
    newer = upgraded(home)
    assert newer.count_outdated() == 4
    walk = newer.annotate_again(jobs=1)
    assert next(walk) == 1
    walk.close()
    assert newer.count_outdated() == 3
    assert list(newer.annotate_again(jobs=1)) == [2, 3, 4]
    assert newer.count_outdated() == 0
    assert newer.article(1).found.version == "2"
    assert [q.id for q in newer.article(1).found.quotes] == [kept]
    assert list(newer.annotate_again(jobs=1)) == []
    newer.close()


# Any text

NASTY = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from("\x00\x07\u202e\u200fשلا😀“”\"'‘’\n<&"),
    max_size=400,
)


@pytest.fixture(scope="module")
def any_text(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = open_library(Settings(tmp_path_factory.mktemp("any")))
    opened.reindex()
    yield opened
    opened.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(NASTY)
def test_any_text_is_stored_annotated_and_searched(any_text: Library, text: str) -> None:
    article_id = any_text.add(Article(text[:40], text))
    any_text.catch_up()
    if article_id is not None:
        view = any_text.article(article_id)
        assert view.article.text == text
        assert len(view.found.quotes) == len(annotate(text).quotes)


def test_a_removal_is_whole_and_can_be_taken_back(library: Library) -> None:
    article_id = library.add(RIVER)
    assert article_id is not None
    library.catch_up()
    (quote,) = library.article(article_id).found.quotes
    assert library.remove(article_id) == RIVER.title
    assert library.search("").total == 0 == library.count()
    assert library.others_with_speaker("anna-kovac", 0) == 0
    with pytest.raises(NotFound):
        library.article(article_id)
    assert [(one.id, one.title) for one in library.removed()] == [(article_id, RIVER.title)]
    library.bring_back(article_id)
    assert ids(library, "river") == [article_id]
    assert library.quote(quote.id).article == replace(RIVER, id=article_id)
    with pytest.raises(NotFound):
        library.bring_back(article_id)


def test_what_an_older_version_removed_is_brought_back(library: Library, home: Path) -> None:
    article_id = library.add(RIVER)
    assert article_id is not None
    library.remove(article_id)
    with closing(sqlite3.connect(home / "dateline.sqlite")) as connection, connection:
        newer = ("appearances", "repeats", "fingerprints")
        paths = ", ".join(f"'$.{table}'" for table in newer)
        connection.execute(f"UPDATE removed SET rows = json_remove(rows, {paths})")
    library.bring_back(article_id)
    assert list(library.article(article_id).people.values()) == ["anna-kovac"]


def test_what_came_again_since_its_removal_is_not_brought_back(library: Library) -> None:
    article_id = library.add(RIVER)
    assert article_id is not None
    library.remove(article_id)
    assert library.add(RIVER) is not None
    with pytest.raises(NotFound, match="is there again"):
        library.bring_back(article_id)


def test_an_article_is_corrected_and_found_by_that(library: Library) -> None:
    article_id = library.add(RIVER)
    assert article_id is not None
    right = replace(RIVER, id=article_id, title="The flood", source="The Courier")
    library.edit(replace(right, published=dt.date(2024, 5, 1)))
    assert ids(library, "title:flood source:courier date:2024") == [article_id]
    with pytest.raises(NotFound):
        library.edit(replace(right, id=99))
    with pytest.raises(BadInput):
        library.edit(replace(right, title=" "))


def test_articles_that_tell_the_same_know_each_other(library: Library) -> None:
    body = " ".join(f"The council of town {n} met and spoke of its old bridge." for n in range(20))
    first = library.add(Article("One headline", f"One headline\n\n{body}", source="Wire"))
    second = library.add(Article("Another one", f"Another one\n\n{body} It ended.", source="Post"))
    third = library.add(RIVER)
    assert first is not None
    assert second is not None
    assert third is not None
    assert [a.id for a in library.article(first).alike] == [second]
    assert [a.id for a in library.article(second).alike] == [first]
    assert library.article(third).alike == ()
    one, other, differences = library.compared(first, second)
    assert (one.id, other.id) == (first, second)
    assert "It ended." in "".join(d.other for d in differences if d.kind != "same")


def test_only_articles_in_other_languages_are_annotated_again_when_their_rules_change(
    library: Library, home: Path
) -> None:
    library.add(RIVER)
    french = library.add(Article("Le fleuve", "Le fleuve\n\nIl monte.", language="fr"))
    newer = Library(
        open_store(home / "dateline.sqlite"),
        WhooshIndex(home / "search"),
        lambda article: replace(annotate_article(article), version="names-9"),
        version(),
        "names-9",
    )
    assert newer.count_outdated() == 1
    assert list(newer.annotate_again(jobs=1)) == [french]
    assert newer.count_outdated() == 0
    newer.close()


def test_of_another_language_the_countries_are_known(library: Library) -> None:
    text = "Le fleuve\n\n« Il monte », a dit Anne Leroy à Berlin. La France et Iraq attendent."
    article_id = library.add(Article("Le fleuve", text, language="fr"))
    assert article_id is not None
    library.catch_up()
    found = library.article(article_id).found
    assert found.quotes == ()
    assert {"FR", "IQ"} <= {country.code for country in found.countries}
    assert ids(library, "lang:fr") == [article_id]
