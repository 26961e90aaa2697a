"""Articles, annotations, what they say across articles, and the changes for the index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _article_id(*, primary_key: bool = False) -> sa.Column[int]:
    reference = sa.ForeignKey("articles.id", ondelete="CASCADE")
    return sa.Column("article_id", sa.Integer, reference, nullable=False, primary_key=primary_key)


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("content_hash", sa.String(64), nullable=False, unique=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("title", "text", "author", "source", "dateline", "url")
        ),
        sa.Column("published", sa.Date),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("imported_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("articles_by_day", "articles", ["day", "id"])
    op.create_table(
        "annotations",
        _article_id(primary_key=True),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("found", sa.JSON, nullable=False),
    )
    op.create_table(
        "quotes",
        sa.Column("id", sa.Integer, primary_key=True),
        _article_id(),
        sa.Column("position", sa.Integer),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("exact", "prefix", "suffix")),
        sqlite_autoincrement=True,
    )
    op.create_index("quotes_by_article", "quotes", ["article_id", "position"])
    for table, key, count in (("speakers", "slug", "quotes"), ("countries", "code", "mentions")):
        op.create_table(
            table,
            _article_id(primary_key=True),
            sa.Column(key, sa.Text if key == "slug" else sa.String(2), primary_key=True),
            sa.Column("name", sa.Text, nullable=False),
            sa.Column(count, sa.Integer, nullable=False),
        )
        op.create_index(f"{table}_by_{key}", table, [key])
    op.create_table(
        "changes",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
