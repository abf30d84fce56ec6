"""What the tests of coded databases share: a store, the tools, and files in and out of it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from geo.exchange.coded.atlas import Atlas
from geo.exchange.coded.exporting import Written, write_coded
from geo.exchange.coded.scheme import Terms
from geo.exchange.schemes import SCHEMES
from geo.exchange.table import select_incidents
from geo.imports import Imported, import_file
from geo.model import Incident
from geo.pipeline import Tools, load_tools
from geo.store import Store
from tests.coded.rows import read_file

NOON = datetime(2025, 11, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Desk:
    """A store that files come into and go out of."""

    store: Store
    tools: Tools

    @property
    def terms(self) -> Terms:
        return Terms(atlas=Atlas(self.tools.gazetteer), border=self.tools.border)

    def bring_in(self, scheme: str, data: bytes) -> Imported:
        return import_file(self.store, io.BytesIO(data), SCHEMES[scheme], self.tools, time=NOON)

    def take_out(self, scheme: str) -> tuple[list[dict[str, str]], Written]:
        """The rows of an export, and what it says of itself."""
        stream = io.BytesIO()
        selection = select_incidents(self.store, time=NOON, local=scheme == "acled")
        written = write_coded(stream, selection, SCHEMES[scheme], self.terms, store=self.store)
        return read_file(stream.getvalue()), written

    def only(self) -> Incident:
        """The one incident that is shown."""
        (incident,) = self.store.load_incidents()
        return incident

    def edit(self, incident: Incident) -> None:
        """A person changes an incident."""
        with self.store.change(who="Editor", time=NOON) as change:
            change.show(incident, reason="corrected")


@pytest.fixture(scope="session")
def tools() -> Tools:
    return load_tools("AF-PK")


@pytest.fixture
def desk(any_store: Store, tools: Tools) -> Desk:
    """A desk with an empty store, as a file and on a server."""
    return Desk(any_store, tools)
