"""When articles were published to the minute, titles before a correction, imports, feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("articles", sa.Column("published_at", sa.String(40)))
    op.add_column("articles", sa.Column("headline", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "drafts",
        sa.Column(
            "import_id",
            sa.Integer,
            sa.ForeignKey("imports.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("article", sa.JSON),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("article_id", sa.Integer),
    )
    op.create_index("drafts_by_outcome", "drafts", ["import_id", "outcome", "position"])
    op.create_table(
        "feeds",
        sa.Column("address", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("modified", sa.Text, nullable=False),
        sa.Column("checked", sa.DateTime),
        sa.Column("problem", sa.Text, nullable=False),
    )
    op.create_table(
        "feed_entries",
        sa.Column(
            "feed", sa.Text, sa.ForeignKey("feeds.address", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("entry", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
