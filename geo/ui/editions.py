"""The edition of what a link shows, made by the app's own process; ``border-incidents publish`` makes larger ones."""

from __future__ import annotations

from io import BytesIO

from geo.edition.material import gather_material
from geo.edition.page import MANY, write_edition
from geo.errors import StoreError, UsageError
from geo.exchange.asked import describe_filter
from geo.exchange.table import select_incidents
from geo.filters import Link, write_filter
from geo.snapshot import match
from geo.snapshot.matching import HIDDEN
from geo.ui.shared import Shared
from geo.wording.words import Words

_ATTEMPTS = 3


def make_edition(shared: Shared, link: Link) -> bytes:
    """The one file, with the incidents that the link's filter leaves, in the link's language.

    Raises UsageError for more incidents than are written without a copy of the process, which a server must not make.
    """
    words = Words(link.lang or "en")
    asked = describe_filter(link.filter, shared.gazetteer, words)
    for _ in range(_ATTEMPTS):
        snapshot = shared.public(shared.snapshot())
        found = (match(snapshot, link.filter) & ~snapshot.labels["status"].find([HIDDEN])).nonzero()[0]
        if len(found) > MANY:
            raise UsageError(f"an edition is made here of at most {MANY:,} incidents; narrow the filter")
        ids, time = [snapshot.ids[int(index)] for index in found], shared.store.time_of(snapshot.revision)
        if time is None:
            raise UsageError("there is nothing to make an edition of yet")
        selection = select_incidents(shared.store, ids, query=write_filter(link.filter), asked=asked, time=time)
        if selection.revision == snapshot.revision:
            stream = BytesIO()
            write_edition(stream, gather_material(shared.store, snapshot, selection, words))
            return stream.getvalue()
    raise StoreError("the data changes faster than an edition can be made; try again in a moment")
