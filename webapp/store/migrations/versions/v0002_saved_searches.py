"""Searches that are kept under a name."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "saved_searches",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("query", sa.JSON),
        sa.Column("filters", sa.JSON, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
    )
