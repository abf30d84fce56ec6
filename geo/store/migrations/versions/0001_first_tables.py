"""The first tables: articles, readings, reports, incidents with their parts, scopes, and the chain of revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

APPEND_ONLY_SQLITE = """
CREATE TRIGGER revision_{action}_refused BEFORE {action} ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END
"""
APPEND_ONLY_POSTGRESQL = (
    """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'revisions are append-only'; END $$
""",
    """
CREATE TRIGGER revision_change_refused BEFORE UPDATE OR DELETE OR TRUNCATE ON revision
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
""",
)


def upgrade() -> None:
    """Make the tables, and let no revision be changed or removed."""
    _create_articles()
    _create_incidents()
    _create_scopes_and_claims()
    _create_revisions()


def _create_articles() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("url", sa.Text, index=True),
        sa.Column("publisher", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("published", sa.Date),
        sa.Column("retrieved", sa.String(40)),
        sa.Column("language", sa.String(16)),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("own_wording", sa.Boolean, nullable=False),
        sa.Column("rest", sa.JSON, nullable=False),
    )
    op.create_table(
        "source",
        sa.Column("article_id", sa.String(64), sa.ForeignKey("article.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("outlet", sa.Text, nullable=False, index=True),
        sa.Column("url", sa.Text),
        sa.Column("published", sa.Date),
    )
    op.create_table(
        "reading",
        sa.Column("article_id", sa.String(64), sa.ForeignKey("article.id"), primary_key=True),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("toponyms", sa.JSON, nullable=False),
        sa.Column("flags", sa.JSON, nullable=False),
    )


def _create_incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("event_type", sa.Text, nullable=False),
        sa.Column("sub_event_type", sa.Text, nullable=False),
        sa.Column("date_start", sa.Date, index=True),
        sa.Column("date_end", sa.Date),
        sa.Column("date_precision", sa.String(16), nullable=False),
        sa.Column("background", sa.Boolean, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("killed_low", sa.BigInteger),
        sa.Column("killed_best", sa.BigInteger),
        sa.Column("killed_high", sa.BigInteger),
        sa.Column("wounded_low", sa.BigInteger),
        sa.Column("wounded_best", sa.BigInteger),
        sa.Column("wounded_high", sa.BigInteger),
        sa.Column("rest", sa.JSON, nullable=False),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("article_id", sa.String(64), sa.ForeignKey("article.id"), nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("incident_id", sa.String(64), sa.ForeignKey("incident.id"), nullable=False, index=True),
        sa.Column("record", sa.JSON, nullable=False),
    )
    op.create_table(
        "incident_article",
        sa.Column("incident_id", sa.String(64), sa.ForeignKey("incident.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("article_id", sa.String(64), sa.ForeignKey("article.id"), nullable=False, index=True),
    )
    op.create_table(
        "incident_place",
        sa.Column("incident_id", sa.String(64), sa.ForeignKey("incident.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("place_id", sa.String(128)),
        sa.Column("name", sa.Text),
        sa.Column("kind", sa.String(16)),
        sa.Column("country", sa.String(8)),
        sa.Column("lat", sa.Double),
        sa.Column("lon", sa.Double),
        sa.Column("adm1", sa.String(32), index=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("precision", sa.String(16), nullable=False),
        sa.Column("radius_km", sa.Double),
        sa.Column("border_km_start", sa.Double),
        sa.Column("border_km_end", sa.Double),
        sa.Column("distance_to_border_km", sa.Double),
        sa.Column("side", sa.String(8)),
        sa.Column("nearest_crossing", sa.String(128)),
        sa.Column("rest", sa.JSON, nullable=False),
    )
    op.create_table(
        "actor",
        sa.Column("incident_id", sa.String(64), sa.ForeignKey("incident.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("side", sa.String(16)),
        sa.Column("party", sa.Text),
        sa.Column("aliases", sa.JSON, nullable=False),
    )
    op.create_table(
        "flag",
        sa.Column("incident_id", sa.String(64), sa.ForeignKey("incident.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("code", sa.String(64), nullable=False, index=True),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("span_start", sa.Integer),
        sa.Column("span_end", sa.Integer),
    )


def _create_scopes_and_claims() -> None:
    op.create_table(
        "scope",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("article_id", sa.String(64), sa.ForeignKey("article.id"), nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
    )
    op.create_table(
        "scope_incident",
        sa.Column("scope_id", sa.String(64), sa.ForeignKey("scope.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("report_id", sa.String(64), nullable=False, index=True),
    )
    op.create_table(
        "scope_place",
        sa.Column("scope_id", sa.String(64), sa.ForeignKey("scope.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("place", sa.String(128), nullable=False),
    )
    op.create_table(
        "claim",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("incident_id", sa.String(64), sa.ForeignKey("incident.id"), index=True),
        sa.Column("scope_id", sa.String(64), sa.ForeignKey("scope.id"), index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("metric", sa.String(16), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("subject_party", sa.Text),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("low", sa.BigInteger),
        sa.Column("best", sa.BigInteger),
        sa.Column("high", sa.BigInteger),
        sa.Column("qualifier", sa.Text),
        sa.Column("claimant", sa.Text, nullable=False),
        sa.Column("claimant_party", sa.Text, nullable=False),
        sa.Column("stance", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("subset_of", sa.Integer),
        sa.Column("scope", sa.String(64), nullable=False),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        sa.Column("article_id", sa.String(64), nullable=False),
        sa.CheckConstraint("(incident_id IS NULL) <> (scope_id IS NULL)", name="one_holder"),
    )


def _create_revisions() -> None:
    op.create_table(
        "revision",
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("time", sa.String(40), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.String(128), nullable=False, index=True),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        for statement in APPEND_ONLY_POSTGRESQL:
            op.execute(statement)
    else:
        for action in ("UPDATE", "DELETE"):
            op.execute(APPEND_ONLY_SQLITE.format(action=action))
