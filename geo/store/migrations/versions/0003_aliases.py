"""What editors say a name means."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table; each of its rows has its revisions in the chain."""
    op.create_table(
        "alias",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("border", sa.String(16), nullable=False),
        sa.Column("place_id", sa.String(128)),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("time", sa.String(40), nullable=False),
        sa.Column("article_id", sa.String(64), nullable=False),
    )
