"""Which incidents may leave this machine: those of ACLED stay, unless the user states by what right they may go.

ACLED's terms of use let who has an account work with the data and forbid handing its rows on; what is made here for
others (exports, editions, feeds, links, the interface) therefore asks here first. An ACLED file made from the user's
own ACLED rows is the user's copy of them, and may be written.
"""

from __future__ import annotations

from collections.abc import Collection

from geo.settings import read_option
from geo.store import Past, Store

STAYS = "acled"
"""The database whose rows stay where they were imported."""


def stated_right() -> str:
    """By what right ACLED's incidents may leave, in the user's words; empty when none is stated."""
    return " ".join(read_option("BORDER_INCIDENTS_ACLED_RIGHT").split())


def name_terms(outlets: Collection[str]) -> list[str]:
    """A sentence for each database among the outlets of a selection: whose it is, and on what terms it is here.

    Of a Nominatim server as well, where one is asked for places: what it answers is OpenStreetMap's.
    """
    terms = {
        "UCDP GED": "Incidents of UCDP GED: Uppsala Conflict Data Program (CC BY 4.0).",
        "ACLED": f"Incidents of ACLED (acleddata.com), by this right: {stated_right() or 'none, for use here only'}.",
    }
    asked = ["Places with an id of osm: © OpenStreetMap contributors (ODbL 1.0)."]
    return [
        *(asked if read_option("BORDER_INCIDENTS_NOMINATIM") else []),
        *(sentence for outlet, sentence in terms.items() if outlet in outlets),
    ]


def is_shared() -> bool:
    """Whether others than the people of this machine reach the dashboard."""
    return bool(read_option("BORDER_INCIDENTS_SHARED") or read_option("BORDER_INCIDENTS_PUBLIC_URL"))


def find_kept_back(store: Store) -> frozenset[str]:
    """Ids of the incidents that may not leave: those that a row of ACLED tells or told, alone or among others."""
    return frozenset() if stated_right() else store.incidents_from(STAYS)


def find_kept_back_then(past: Past, store: Store) -> frozenset[str]:
    """Those of the incidents that have changed since: whatever they were joined with, then or now."""
    articles = store.articles_from(STAYS)
    told = {id_: was.articles for id_, was in past.incidents.items() if was is not None}
    return frozenset(id_ for id_, reports in told.items() if articles.intersection(reports))
