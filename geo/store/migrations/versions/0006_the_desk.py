"""What the desk works with: documents to be read, feeds, what is withheld from readers, and corrections."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from geo.store.withholding import withhold_all

revision = "0006"
down_revision = "0005"

APPEND_ONLY_SQLITE = {
    "correction_update_refused": "BEFORE UPDATE ON correction",
    "correction_delete_refused": "BEFORE DELETE ON correction",
    # REPLACE removes rows without asking the triggers of DELETE
    "correction_replace_refused": "BEFORE INSERT ON correction WHEN EXISTS"
    " (SELECT 1 FROM correction WHERE number = NEW.number)",
    "revision_replace_refused": "BEFORE INSERT ON revision WHEN EXISTS"
    " (SELECT 1 FROM revision WHERE sequence = NEW.sequence)",
}
APPEND_ONLY_POSTGRESQL = """
CREATE TRIGGER correction_change_refused BEFORE UPDATE OR DELETE OR TRUNCATE ON correction
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    """Make the tables; none of them is bound by a key, for a document may name an article that is not there yet."""
    _make_documents()
    _make_feeds()
    _make_withheld()
    op.create_table(
        "correction",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("incident_id", sa.String(64), nullable=False, index=True),
        sa.Column("time", sa.String(40), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    _refuse_changes_of_the_past()
    # whom the articles name that are there already: from now on each is looked through as it is added
    withhold_all(op.get_bind(), time=datetime.now(UTC))


def _make_documents() -> None:
    op.create_table(
        "document",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("start", sa.BigInteger),
        sa.Column("length", sa.BigInteger),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("feed_id", sa.String(64)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("holder", sa.String(64)),
        sa.Column("held_until", sa.Double),
        sa.Column("not_before", sa.Double),
        sa.Column("article_id", sa.String(64), index=True),
        sa.Column("code", sa.String(64)),
        sa.Column("message", sa.Text),
        sa.Column("added", sa.String(40), nullable=False),
        sa.Column("ended", sa.String(40)),
        sa.Index("ix_document_state", "state", "number"),  # the queue: what is pending, in its order
        sa.Index("ix_document_holder", "holder"),
    )


def _make_feeds() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("checked", sa.String(40)),
        sa.Column("next_due", sa.Double),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("message", sa.Text),
    )


def _make_withheld() -> None:
    op.create_table(
        "release",
        sa.Column("incident_id", sa.String(64), primary_key=True),
        sa.Column("precision", sa.String(16)),
        sa.Column("not_before", sa.String(40)),
        sa.Column("hidden", sa.JSON, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("time", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "withheld_name",
        sa.Column("article_id", sa.String(64), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
    )


def _refuse_changes_of_the_past() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(APPEND_ONLY_POSTGRESQL)
        return
    for name, when in APPEND_ONLY_SQLITE.items():
        table = name.partition("_")[0]
        op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{table}s are append-only'); END")
