"""The tables: a column for what is filtered, sorted or joined, JSON for the rest of a record.

Nothing here is peculiar to SQLite. Days are dates, moments are UTC in ISO form, figures are 64-bit.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

article = Table(
    "article",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("url", Text, index=True),
    Column("publisher", Text),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("published", Date),
    Column("retrieved", String(40)),
    Column("language", String(16)),
    Column("sha256", String(64), nullable=False),
    Column("own_wording", Boolean, nullable=False),
    Column("rest", JSON, nullable=False),
)

source = Table(
    "source",
    metadata,
    Column("article_id", String(64), ForeignKey("article.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("outlet", Text, nullable=False, index=True),
    Column("url", Text),
    Column("published", Date),
)

reading = Table(
    "reading",
    metadata,
    Column("article_id", String(64), ForeignKey("article.id"), primary_key=True),
    Column("language", String(16), nullable=False),
    Column("toponyms", JSON, nullable=False),
    Column("flags", JSON, nullable=False),
)

incident = Table(
    "incident",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("sub_event_type", Text, nullable=False),
    Column("date_start", Date, index=True),
    Column("date_end", Date),
    Column("date_precision", String(16), nullable=False),
    Column("background", Boolean, nullable=False),
    Column("status", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("killed_low", BigInteger),
    Column("killed_best", BigInteger),
    Column("killed_high", BigInteger),
    Column("wounded_low", BigInteger),
    Column("wounded_best", BigInteger),
    Column("wounded_high", BigInteger),
    Column("rest", JSON, nullable=False),
)

report = Table(
    "report",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("article_id", String(64), ForeignKey("article.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("incident_id", String(64), ForeignKey("incident.id"), nullable=False, index=True),
    Column("record", JSON, nullable=False),
)

incident_article = Table(
    "incident_article",
    metadata,
    Column("incident_id", String(64), ForeignKey("incident.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("article_id", String(64), ForeignKey("article.id"), nullable=False, index=True),
)

incident_place = Table(
    "incident_place",
    metadata,
    Column("incident_id", String(64), ForeignKey("incident.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("place_id", String(128)),
    Column("name", Text),
    Column("kind", String(16)),
    Column("country", String(8)),
    Column("lat", Double),
    Column("lon", Double),
    Column("adm1", String(32), index=True),
    Column("role", String(16), nullable=False),
    Column("precision", String(16), nullable=False),
    Column("radius_km", Double),
    Column("border_km_start", Double),
    Column("border_km_end", Double),
    Column("distance_to_border_km", Double),
    Column("side", String(8)),
    Column("nearest_crossing", String(128)),
    Column("rest", JSON, nullable=False),
)

actor = Table(
    "actor",
    metadata,
    Column("incident_id", String(64), ForeignKey("incident.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("side", String(16)),
    Column("party", Text),
    Column("aliases", JSON, nullable=False),
)

scope = Table(
    "scope",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("article_id", String(64), ForeignKey("article.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
)

scope_incident = Table(
    "scope_incident",
    metadata,
    Column("scope_id", String(64), ForeignKey("scope.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("report_id", String(64), nullable=False, index=True),
)

scope_place = Table(
    "scope_place",
    metadata,
    Column("scope_id", String(64), ForeignKey("scope.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("place", String(128), nullable=False),
)

claim = Table(
    "claim",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("incident_id", String(64), ForeignKey("incident.id"), index=True),
    Column("scope_id", String(64), ForeignKey("scope.id"), index=True),
    Column("position", Integer, nullable=False),
    Column("metric", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("subject_party", Text),
    Column("unit", Text, nullable=False),
    Column("low", BigInteger),
    Column("best", BigInteger),
    Column("high", BigInteger),
    Column("qualifier", Text),
    Column("claimant", Text, nullable=False),
    Column("claimant_party", Text, nullable=False),
    Column("stance", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("subset_of", Integer),
    Column("scope", String(64), nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("article_id", String(64), nullable=False),
    CheckConstraint("(incident_id IS NULL) <> (scope_id IS NULL)", name="one_holder"),
)

flag = Table(
    "flag",
    metadata,
    Column("incident_id", String(64), ForeignKey("incident.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("code", String(64), nullable=False, index=True),
    Column("detail", Text, nullable=False),
    Column("span_start", Integer),
    Column("span_end", Integer),
)

revision = Table(
    "revision",
    metadata,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("time", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("what", String(128), nullable=False, index=True),
    Column("before", Text),
    Column("after", Text),
    Column("reason", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

alias = Table(
    "alias",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name_key", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("border", String(16), nullable=False),
    Column("place_id", String(128)),
    Column("who", Text, nullable=False),
    Column("time", String(40), nullable=False),
    Column("article_id", String(64), nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kept_id", String(64), nullable=False, index=True),
    Column("other_id", String(64), nullable=False, index=True),
    Column("verdict", String(16), nullable=False),
    Column("who", Text, nullable=False),
    Column("time", String(40), nullable=False),
    Column("reason", Text, nullable=False),
)

import_layout = Table(
    "import_layout",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("columns", JSON, nullable=False),
)

imported_row = Table(
    "imported_row",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("scheme", String(16), nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("layout_id", String(64), ForeignKey("import_layout.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("cells", JSON, nullable=False),
)

document = Table(
    "document",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("start", BigInteger),
    Column("length", BigInteger),
    Column("sha256", String(64), nullable=False),
    Column("body", LargeBinary),
    Column("facts", JSON, nullable=False),
    Column("feed_id", String(64)),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("holder", String(64)),
    Column("held_until", Double),
    Column("not_before", Double),
    Column("article_id", String(64), index=True),
    Column("code", String(64)),
    Column("message", Text),
    Column("added", String(40), nullable=False),
    Column("ended", String(40)),
    Index("ix_document_state", "state", "number"),  # the queue: what is pending, in its order
    Index("ix_document_holder", "holder"),
)

feed = Table(
    "feed",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("address", Text, nullable=False),
    Column("title", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("checked", String(40)),
    Column("next_due", Double),
    Column("failures", Integer, nullable=False),
    Column("message", Text),
)

release = Table(
    "release",
    metadata,
    Column("incident_id", String(64), primary_key=True),
    Column("precision", String(16)),
    Column("not_before", String(40)),
    Column("hidden", JSON, nullable=False),
    Column("who", Text, nullable=False),
    Column("time", String(40), nullable=False),
    Column("reason", Text, nullable=False),
)

withheld_name = Table(
    "withheld_name",
    metadata,
    Column("article_id", String(64), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("who", Text, nullable=False),
)

correction = Table(
    "correction",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("incident_id", String(64), nullable=False, index=True),
    Column("time", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("reason", Text, nullable=False),
)

geocoding_answer = Table(
    "geocoding_answer",
    metadata,
    Column("service", String(255), primary_key=True),
    Column("question_hash", String(64), primary_key=True),
    Column("question", Text, nullable=False),
    Column("results", JSON, nullable=False),
    Column("asked", String(40), nullable=False),
)

geocoding_turn = Table(
    "geocoding_turn",
    metadata,
    Column("service", String(255), primary_key=True),
    Column("next_free", Double, nullable=False),
)

PARTS_OF_INCIDENT = (incident_place, incident_article, actor, claim, flag)
"""Tables whose rows are written anew whenever their incident changes."""
