"""The tables of the store. Changing one needs a migration beside it in `migrations/versions/`."""

from sqlalchemy import (
    JSON,
    BigInteger,
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
)

metadata = MetaData()

HEAD = "0004"
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
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("dateline", Text, nullable=False),
    Column("url", Text, nullable=False),
    # ISO 639-1; of other languages than English only the countries are known.
    Column("language", String(8), nullable=False, server_default="en"),
    Column("published", Date),
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
# them. `position` is its place among the article's quotes, NULL when no longer found.
quotes = Table(
    "quotes",
    metadata,
    Column("id", Integer, primary_key=True),
    _article_id(),
    Column("position", Integer),
    Column("exact", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Index("quotes_by_article", "article_id", "position"),
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

# Articles that tell the story of an earlier one: `story` is the id of the first, which has no row
# and may be gone.
stories = Table(
    "stories",
    metadata,
    _article_id(primary_key=True),
    Column("story", Integer, nullable=False),
    Index("stories_by_story", "story"),
)

# What was removed, whole: `rows` are the article's rows of all tables as JSON.
removed = Table(
    "removed",
    metadata,
    Column("article_id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("rows", Text, nullable=False),
)
