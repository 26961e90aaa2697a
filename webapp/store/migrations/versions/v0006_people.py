"""Speakers across articles, and quotes that several articles have."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _article_id(*, primary_key: bool = False) -> sa.Column[int]:
    reference = sa.ForeignKey("articles.id", ondelete="CASCADE")
    return sa.Column("article_id", sa.Integer, reference, nullable=False, primary_key=primary_key)


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "people_keys",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "people_variants",
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, primary_key=True),
        sa.Column("why", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "appearances",
        _article_id(primary_key=True),
        sa.Column("slug", sa.Text, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
    )
    op.create_index("appearances_by_person", "appearances", ["person_id", "article_id"])
    op.add_column("quotes", sa.Column("words", sa.Text))
    op.add_column("quotes", sa.Column("person_id", sa.Integer))
    op.create_index("quotes_by_person", "quotes", ["person_id", "article_id"])
    op.create_table(
        "repeats",
        sa.Column("quote_id", sa.Integer, primary_key=True, autoincrement=False),
        _article_id(),
        sa.Column("first", sa.Integer, nullable=False),
    )
    op.create_index("repeats_by_first", "repeats", ["first"])
    op.create_index("repeats_by_article", "repeats", ["article_id"])
    op.create_table(
        "fingerprints",
        sa.Column("fingerprint", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("quote_id", sa.Integer, primary_key=True, autoincrement=False),
        _article_id(),
        sqlite_with_rowid=False,
    )
    op.create_index("fingerprints_by_article", "fingerprints", ["article_id"])
