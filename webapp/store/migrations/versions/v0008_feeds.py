"""When feeds may be asked again, removals by what was in the article, and all moments in UTC."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("feeds", sa.Column("begun", sa.DateTime))
    op.add_column("feeds", sa.Column("rests_until", sa.DateTime))
    op.add_column("feeds", sa.Column("gone", sa.Boolean, nullable=False, server_default="0"))
    content = sa.Column("content_hash", sa.String(64), nullable=False, server_default="")
    op.add_column("removed", content)
    op.execute("UPDATE removed SET content_hash = json_extract(rows, '$.articles[0].content_hash')")
    # These two were noted by the machine's own clock, all others in UTC.
    for table in ("removed", "imports"):
        op.execute(f"UPDATE {table} SET at = strftime('%Y-%m-%d %H:%M:%f', at, 'utc')")
