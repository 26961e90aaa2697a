"""The tables of the store. Changing one needs a migration beside it in `migrations/versions/`."""

import datetime as dt

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

metadata = MetaData()


class Moment(TypeDecorator[dt.datetime]):
    """A time with its time zone, as ISO 8601: SQLite's own kind forgets the zone."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: object) -> str | None:
        return value.isoformat() if value else None

    def process_result_value(self, value: str | None, _dialect: object) -> dt.datetime | None:
        return dt.datetime.fromisoformat(value) if value else None


HEAD = "0008"
"""The newest migration: the store is up to date when the database says so."""


def _article_id(*, primary_key: bool = False) -> Column[int]:
    reference = ForeignKey("articles.id", ondelete="CASCADE")
    return Column("article_id", Integer, reference, nullable=False, primary_key=primary_key)


articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("content_hash", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    # The title that it came with, "" unless it was corrected.
    Column("headline", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("dateline", Text, nullable=False),
    Column("url", Text, nullable=False),
    # ISO 639-1; of other languages than English only the countries are known.
    Column("language", String(8), nullable=False, server_default="en"),
    Column("published", Date),
    Column("published_at", Moment(40)),
    # The day that orders the list: published, else imported.
    Column("day", Date, nullable=False),
    Column("imported_at", DateTime, nullable=False),
    Index("articles_by_day", "day", "id"),
    sqlite_autoincrement=True,
)

# What the annotator found, whole; the three tables below are for questions across articles.
annotations = Table(
    "annotations",
    metadata,
    _article_id(primary_key=True),
    Column("version", String(40), nullable=False),
    Column("found", JSON, nullable=False),
)

# A quote keeps its id through re-annotation: it is known again by its words and what surrounds
# them. `position` is its place among the article's quotes, NULL when no longer found. `words` is
# its content without what stands between its pieces, NULL where that is `exact`; `person_id` who
# says it.
quotes = Table(
    "quotes",
    metadata,
    Column("id", Integer, primary_key=True),
    _article_id(),
    Column("position", Integer),
    Column("exact", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Column("words", Text),
    Column("person_id", Integer),
    Index("quotes_by_article", "article_id", "position"),
    Index("quotes_by_person", "person_id", "article_id"),
    sqlite_autoincrement=True,
)

# These two have one shape: article, key, name, how often.
speakers = Table(
    "speakers",
    metadata,
    _article_id(primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("quotes", Integer, nullable=False),
    Index("speakers_by_slug", "slug"),
)

countries = Table(
    "countries",
    metadata,
    _article_id(primary_key=True),
    Column("code", String(2), primary_key=True),
    Column("name", Text, nullable=False),
    Column("mentions", Integer, nullable=False),
    Index("countries_by_code", "code"),
)

# Articles that the index has not seen yet, written in the transaction that changes the article.
changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("article_id", Integer, nullable=False),
    sqlite_autoincrement=True,
)

# Searches under a name, as structure; `seen` is the last article that was there at the last look.
saved_searches = Table(
    "saved_searches",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("query", JSON),
    Column("filters", JSON, nullable=False),
    Column("seen", Integer, nullable=False),
)

# What finds articles of nearly the same words: each has 32 numbers, and those of one story share
# some. The rows are kept by number, so a look-up reads neighbours.
bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    _article_id(primary_key=True),
    Index("bands_by_article", "article_id"),
    sqlite_with_rowid=False,
)

# The story of an article: the id of the first that told it, which may be its own or be gone. One
# without a row was stored before stories were looked for.
stories = Table(
    "stories",
    metadata,
    _article_id(primary_key=True),
    Column("story", Integer, nullable=False),
    Index("stories_by_story", "story"),
)

# What was removed, whole: `rows` are the article's rows of all tables as JSON. Times are in UTC,
# here and below.
removed = Table(
    "removed",
    metadata,
    Column("article_id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("rows", Text, nullable=False),
    Column("content_hash", String(64), nullable=False, server_default=""),
)

# What somebody adds on the page: `state` is reading, ready (to be looked at), saving or done.
imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("problem", Text, nullable=False, server_default=""),
    Column("feed", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

# The articles of an import as they were understood, to be looked at and corrected before they are
# stored; `name` is the file or address. `outcome` is "" until it is known: new, there, left, failed
# (then `problem` says why). Of what is known the article is no longer kept.
drafts = Table(
    "drafts",
    metadata,
    Column("import_id", Integer, ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("article", JSON),
    Column("outcome", String(8), nullable=False),
    Column("problem", Text, nullable=False),
    Column("article_id", Integer),
    Index("drafts_by_outcome", "import_id", "outcome", "position"),
)

# Feeds that are kept: `etag` and `modified` are what the site said last (RFC 9110), `problem` why
# the last try failed, "" when it did not.
feeds = Table(
    "feeds",
    metadata,
    Column("address", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("checked", DateTime),
    Column("problem", Text, nullable=False),
    Column("begun", DateTime),
    Column("rests_until", DateTime),
    Column("gone", Boolean, nullable=False, server_default="0"),
)

# Entries of feeds that were taken, by their ids: taken once, also when the article is removed.
feed_entries = Table(
    "feed_entries",
    metadata,
    Column("feed", Text, ForeignKey("feeds.address", ondelete="CASCADE"), primary_key=True),
    Column("entry", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# Speakers across articles: `webapp.identity` decides who is who. A slug stays once it is given.
people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    sqlite_autoincrement=True,
)

# What a person can be looked up by; and under which names and in which roles articles have them,
# with the reason for counting each to this person ("" of the first).
people_keys = Table(
    "people_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("person_id", Integer, ForeignKey("people.id"), primary_key=True),
    sqlite_with_rowid=False,
)
people_variants = Table(
    "people_variants",
    metadata,
    Column("person_id", Integer, ForeignKey("people.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("why", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Which person a speaker of an article (`speakers.slug`) is.
appearances = Table(
    "appearances",
    metadata,
    _article_id(primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("person_id", Integer, ForeignKey("people.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Index("appearances_by_person", "person_id", "article_id"),
)

# Quotes that say what an earlier one says: `first` is that quote's id, which has no row and may be
# gone.
repeats = Table(
    "repeats",
    metadata,
    Column("quote_id", Integer, primary_key=True, autoincrement=False),
    _article_id(),
    Column("first", Integer, nullable=False),
    Index("repeats_by_first", "first"),
    Index("repeats_by_article", "article_id"),
)

# What finds quotes of the same words, see `webapp.repeats`.
fingerprints = Table(
    "fingerprints",
    metadata,
    Column("fingerprint", BigInteger, primary_key=True, autoincrement=False),
    Column("quote_id", Integer, primary_key=True, autoincrement=False),
    _article_id(),
    Index("fingerprints_by_article", "article_id"),
    sqlite_with_rowid=False,
)
