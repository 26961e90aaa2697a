"""Why an import was broken off, and whether it is of a feed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("imports", sa.Column("problem", sa.Text, nullable=False, server_default=""))
    op.add_column("imports", sa.Column("feed", sa.Text, nullable=False, server_default=""))
