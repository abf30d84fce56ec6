"""What was corrected of published incidents, as readers are told, with who did it."""

from __future__ import annotations

import json
from typing import Any

from geo.desk.scene import DeskScene
from geo.desk.state import open_incident
from geo.model import Correction
from geo.text import display_text
from geo.ui.parts import slot
from geo.wording.naming import write_title
from geo.wording.words import Words

_MOST = 200
_LONGEST_VALUE = 300


def corrections_slot() -> str:
    """The slot of the page of corrections."""
    return slot("corrections", _describe, opened=open_incident)


def _describe(scene: DeskScene) -> dict[str, Any] | None:
    if scene.state.page != "corrections":
        return None
    words, store = scene.words, scene.shared.store
    found = store.corrections()[:_MOST]
    incidents = {one.id: one for one in store.load_incidents(list(dict.fromkeys(c.incident_id for c in found)))}
    titles = {id_: write_title(incident, words) for id_, incident in incidents.items()}
    return {
        "title": words("desk.corrections"),
        "lead": words("desk.corrections.lead"),
        "none": words("desk.corrections.none"),
        "items": [_describe_one(one, titles.get(one.incident_id, one.incident_id), words) for one in found],
        "to": "←" if words.rtl else "→",
    }


def _describe_one(correction: Correction, title: str, words: Words) -> dict[str, Any]:
    return {
        "n": correction.number,
        "id": correction.incident_id,
        "when": f"{words.day(correction.time.date())} {words.isolate(f'{correction.time:%H:%M}')} UTC",
        "who": display_text(correction.who),
        "title": title,
        "changes": [
            [_name_field(change.field, words), *(_write(change.field, v, words) for v in (change.before, change.after))]
            for change in correction.changes
        ],
        "reason": display_text(correction.reason),
    }


def _name_field(field: str, words: Words) -> str:
    key = f"desk.w.n_{field}"
    return words(key) if words.has(key) else field


def _write(field: str, value: object, words: Words) -> str:
    key = f"desk.status.{value}"
    return words(key) if field == "status" and words.has(key) else _write_value(value, words)


def _write_value(value: object, words: Words) -> str:
    """A value as a line may hold it: names of places and figures of claims, else the value itself."""
    if isinstance(value, list):
        return words.join([_write_value(one, words) for one in value]) or "–"
    if isinstance(value, dict):
        place = value.get("place")
        named = (place.get("name") if isinstance(place, dict) else None) or value.get("name")
        figures = [value[key] for key in ("low", "best", "high", "start", "end") if value.get(key) is not None]
        value = named or "–".join(dict.fromkeys(str(one) for one in figures)) or json.dumps(value, ensure_ascii=False)
    return display_text("–" if value is None or value == "" else str(value))[:_LONGEST_VALUE]
