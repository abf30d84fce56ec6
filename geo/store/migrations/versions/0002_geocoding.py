"""Answers of geocoding services, and when each service may be asked next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the two tables; they hold no part of what was read or is shown, and have no revisions."""
    op.create_table(
        "geocoding_answer",
        sa.Column("service", sa.String(255), primary_key=True),
        sa.Column("question_hash", sa.String(64), primary_key=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("results", sa.JSON, nullable=False),
        sa.Column("asked", sa.String(40), nullable=False),
    )
    op.create_table(
        "geocoding_turn",
        sa.Column("service", sa.String(255), primary_key=True),
        sa.Column("next_free", sa.Double, nullable=False),
    )
