"""What the queue of the desk asks the store: narrow questions about many incidents, each answered by an index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, and_, func, select

from geo.store.store import Store
from geo.store.tables import flag, incident, incident_article, report, revision

_BATCH = 500
"""Ids in one question, as in ``geo.store.rows``."""
_FEW = 5_000
"""Incidents that are asked for by their ids; of more all are looked at."""


def find_flagged(store: Store, codes: Collection[str]) -> list[str]:
    """Ids of the incidents that bear one of these flags, each as often as it does."""
    with store._reading() as connection:
        return list(connection.execute(select(flag.c.incident_id).where(flag.c.code.in_(codes))).scalars())


def find_of_status(store: Store, statuses: Collection[str]) -> list[str]:
    """Ids of the incidents of some statuses."""
    with store._reading() as connection:
        return list(connection.execute(select(incident.c.id).where(incident.c.status.in_(statuses))).scalars())


def count_news(store: Store, statuses: Collection[str], ids: Sequence[str] | None = None) -> dict[str, int]:
    """How many reports of each incident came after it was checked: those whose article it does not name.

    Of the incidents of these statuses, or of those of them whose ids are given.
    """
    with store._reading() as connection:
        return dict(_count_news(connection, statuses, ids if ids is None or len(ids) <= _FEW else None))


def find_told(store: Store, article_ids: Sequence[str]) -> dict[str, list[str]]:
    """Ids of the incidents that each of these articles reports, in the order it tells of them."""
    told: dict[str, list[str]] = {}
    with store._reading() as connection:
        for start in range(0, len(article_ids), _BATCH):
            named = report.c.article_id.in_(article_ids[start : start + _BATCH])
            query = select(report.c.article_id, report.c.incident_id).where(named)
            for article_id, incident_id in connection.execute(query.order_by(report.c.article_id, report.c.position)):
                told.setdefault(article_id, []).append(incident_id)
    return {article_id: list(dict.fromkeys(ids)) for article_id, ids in told.items()}


def find_changed(store: Store, since: int) -> set[str]:
    """Ids of the incidents that were changed, or reported anew, after a data revision."""
    c = revision.c
    with store._reading() as connection:
        found = connection.execute(select(c.what).where(c.sequence > since)).scalars().all()
        parted = [what.partition(":") for what in found]
        articles = [id_ for kind, _, id_ in parted if kind == "article"]
        changed = {id_ for kind, _, id_ in parted if kind == "incident"}
        for start in range(0, len(articles), _BATCH):
            batch = articles[start : start + _BATCH]
            query = select(report.c.incident_id).where(report.c.article_id.in_(batch))
            changed.update(connection.execute(query).scalars())
        return changed


def _count_news(
    connection: Connection, statuses: Collection[str], ids: Sequence[str] | None
) -> Iterator[tuple[str, int]]:
    named = and_(
        incident_article.c.incident_id == report.c.incident_id, incident_article.c.article_id == report.c.article_id
    )
    query = (
        select(report.c.incident_id, func.count())
        .join(incident, incident.c.id == report.c.incident_id)
        .outerjoin(incident_article, named)
        .where(incident.c.status.in_(statuses), incident_article.c.article_id.is_(None))
        .group_by(report.c.incident_id)
    )
    if ids is None:
        yield from ((id_, count) for id_, count in connection.execute(query))
        return
    for start in range(0, len(ids), _BATCH):
        batch = query.where(report.c.incident_id.in_(ids[start : start + _BATCH]))
        yield from ((id_, count) for id_, count in connection.execute(batch))
