"""What is known of the feeds that are watched: when each was looked at, and what its server asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, Row, select
from sqlalchemy.dialects import postgresql, sqlite

from geo.errors import StoreError
from geo.store.engine import explain_errors
from geo.store.tables import feed


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is known of one feed."""

    address: str
    """As it stands in the list of feeds."""
    title: str | None = None
    """As the feed names itself."""
    etag: str | None = None
    """Of the feed as it was last read, for the next question."""
    last_modified: str | None = None
    """The same as its server writes it."""
    checked: datetime | None = None
    """When it was asked for last; None for never."""
    next_due: float | None = None
    """Seconds since 1970 before which it is to be left alone; None where nothing stands against asking."""
    failures: int = 0
    """How often in a row it could not be read."""
    message: str | None = None
    """Why it could not be read the last time; None when it could."""

    @property
    def id(self) -> str:
        """Names it, also in what was found in it."""
        return hashlib.sha256(self.address.encode()).hexdigest()


class Feeds:
    """The states of feeds, shared by all processes that open the store; safe to share between threads."""

    def __init__(self, engine: Engine, name: str, *, read_only: bool) -> None:
        self._engine = engine
        self._name = name
        self._read_only = read_only

    def load(self, addresses: Sequence[str]) -> list[FeedState]:
        """What is known of each feed, in the order asked for; nothing but the address of one that is new."""
        ids = [FeedState(address=address).id for address in addresses]
        with explain_errors(self._name), self._engine.begin() as connection:
            found = {row.id: _read(row) for row in connection.execute(select(feed).where(feed.c.id.in_(ids)))}
        return [found.get(id_, FeedState(address=address)) for id_, address in zip(ids, addresses, strict=True)]

    def keep(self, state: FeedState) -> None:
        """Keep what is known of a feed now."""
        if self._read_only:
            raise StoreError(f"{self._name} was opened for reading only")
        names = ("address", "title", "etag", "last_modified", "next_due", "failures", "message")
        values = {name: getattr(state, name) for name in names}
        values["checked"] = state.checked.astimezone(UTC).isoformat() if state.checked else None
        with explain_errors(self._name), self._engine.execution_options(writing=True).begin() as connection:
            insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(feed)
            insert = insert.values(id=state.id, **values)
            connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=values))


def _read(row: Row[tuple[object, ...]]) -> FeedState:
    names = ("address", "title", "etag", "last_modified", "next_due", "failures", "message")
    checked = datetime.fromisoformat(row.checked) if row.checked else None
    return FeedState(**{name: getattr(row, name) for name in names}, checked=checked)
