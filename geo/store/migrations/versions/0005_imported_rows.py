"""Rows of other databases' files, cell for cell, and the heads of their columns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables; a report may be forgotten and its row stay, so no key binds the two."""
    op.create_table(
        "import_layout",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("columns", sa.JSON, nullable=False),
    )
    op.create_table(
        "imported_row",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("scheme", sa.String(16), nullable=False, index=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("layout_id", sa.String(64), sa.ForeignKey("import_layout.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("cells", sa.JSON, nullable=False),
    )
