"""The language of articles, and removals that can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    language = sa.Column("language", sa.String(8), nullable=False, server_default="en")
    op.add_column("articles", language)
    op.create_table(
        "removed",
        sa.Column("article_id", sa.Integer, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("rows", sa.Text, nullable=False),
    )
