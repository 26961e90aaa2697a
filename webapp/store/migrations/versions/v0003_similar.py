"""Articles of nearly the same words: the numbers that find them, and which story each tells."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _article_id() -> sa.Column[int]:
    reference = sa.ForeignKey("articles.id", ondelete="CASCADE")
    return sa.Column("article_id", sa.Integer, reference, nullable=False, primary_key=True)


def upgrade() -> None:
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
        _article_id(),
        sqlite_with_rowid=False,
    )
    op.create_index("bands_by_article", "bands", ["article_id"])
    op.create_table("stories", _article_id(), sa.Column("story", sa.Integer, nullable=False))
    op.create_index("stories_by_story", "stories", ["story"])
