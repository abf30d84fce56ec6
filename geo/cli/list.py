"""``list``: the incidents of the store, one a line."""

from __future__ import annotations

import argparse
import json

from geo.cli.selection import select
from geo.cli.sheet import write_dates, write_place, write_toll
from geo.cli.streams import write_line
from geo.exchange.table import Selection, stored_as_record
from geo.model import Incident, Toll
from geo.taxonomy import event_category
from geo.text import display_text

_NOTHING = Toll()


def run(arguments: argparse.Namespace) -> int:
    """Print the incidents that match, newest first."""
    selection, _ = select(arguments, local=True)
    for incident in selection.incidents:
        write_line(_write_record(incident, selection) if arguments.json else _describe(incident))
    return 0


def _write_record(incident: Incident, selection: Selection) -> str:
    return json.dumps(stored_as_record(incident, selection), ensure_ascii=False, separators=(",", ":"))


def _describe(incident: Incident) -> str:
    tolls = [f"{name} {write_toll(incident.totals.get(name, _NOTHING))}" for name in ("killed", "wounded")]
    columns = (
        write_dates(incident.dates).ljust(24),
        event_category(incident.event_type, incident.sub_event_type).ljust(9),
        "; ".join(map(write_place, incident.places)) or "no place",
        ", ".join(tolls),
        "recalled" if incident.background else incident.status,
        incident.id,
    )
    return "  ".join(map(display_text, columns))
