"""The form of an incident: every field that a person may change, as it is now, with what it may be."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

from geo.desk.scene import DeskScene
from geo.desk.state import kept
from geo.model import (
    Actor,
    ActorKind,
    Claim,
    ClaimStatus,
    DatePrecision,
    Incident,
    IncidentPlace,
    Metric,
    PlaceRole,
    Precision,
    Stance,
)
from geo.store.records import dump_record
from geo.taxonomy import SUB_EVENT_TYPES
from geo.text import display_text
from geo.ui.article import describe_choice
from geo.wording.figures import name_party
from geo.wording.naming import name_place
from geo.wording.words import Words

_PARTIES = ("author", "un", "ngo", "medical", "local", "media", "other")
_SUBJECTS = ("civilians", "militants", "people", "objects")
_SIDES = ("attacker", "target", "party")
_MOST_FOUND = 12


def describe_form(scene: DeskScene, incident: Incident) -> dict[str, Any]:
    """Values, choices and labels; what is sent back is the same values, changed."""
    return {
        "record": _describe_record(scene, incident),
        "choices": _describe_choices(scene, incident),
        "found": _describe_found(scene, incident),
    }


def _describe_record(scene: DeskScene, incident: Incident) -> dict[str, Any]:
    return {
        "title": display_text(incident.title),
        "sub_event_type": incident.sub_event_type,
        "dates": {
            "start": incident.dates.start.isoformat() if incident.dates.start else "",
            "end": incident.dates.end.isoformat() if incident.dates.end else "",
            "precision": incident.dates.precision,
        },
        "places": [_describe_place(place, scene.words) for place in incident.places],
        "claims": [_dump_whole(claim) for claim in incident.claims],
        "actors": [_dump_whole(actor) for actor in incident.actors],
        "tags": list(incident.tags),
        "background": incident.background,
    }


def _dump_whole(record: Claim | Actor) -> dict[str, Any]:
    """A record as JSON with every field, so that a form that changes nothing gives the same back."""
    dumped = dump_record(record)
    return {one.name: dumped.get(one.name, getattr(record, one.name)) for one in fields(record)}


def _describe_place(place: IncidentPlace, words: Words) -> dict[str, Any]:
    """A place as the form has it; ``name`` is for the eye, the rest goes back."""
    names = ("adm1", "role", "precision", "radius_km", "border_km_start", "border_km_end", "side")
    return {
        "name": name_place(place.place, words) if place.place else "",
        "place": place.place.id if place.place else None,
        **{name: getattr(place, name) for name in names},
    }


def _describe_choices(scene: DeskScene, incident: Incident) -> dict[str, Any]:
    words, border = scene.words, scene.shared.border
    states = [f"state:{code}" for code in border.countries]
    groups = [claim.claimant_party for claim in incident.claims if claim.claimant_party.startswith("group:")]
    claimants = list(dict.fromkeys([*states, *groups, *_PARTIES, *(c.claimant_party for c in incident.claims)]))
    subjects = [f"forces:{code}" for code in border.countries]
    told = [claim.subject_party for claim in incident.claims if claim.subject_party]
    return {
        "kinds": [[event, [[sub, sub] for sub in subs]] for event, subs in SUB_EVENT_TYPES.items()],
        "precision": _name_all("precision", get_args(Precision), words),
        "place_role": _name_all("desk.place_role", get_args(PlaceRole), words),
        "date_precision": _name_all("desk.date_precision", get_args(DatePrecision), words),
        "metric": _name_all("metric", get_args(Metric), words),
        "stance": _name_all("desk.stance", get_args(Stance), words),
        "claim_status": _name_all("desk.claim_status", get_args(ClaimStatus), words),
        "claimant": [[party, name_party(party, words)] for party in claimants],
        "subject": [
            ["", "–"],
            *([one, _name_subject(one, words)] for one in dict.fromkeys([*subjects, *_SUBJECTS, *told])),
        ],
        "actor_kind": _name_all("desk.actor_kind", [kind.replace(" ", "_") for kind in get_args(ActorKind)], words),
        "side": [["", "–"], *_name_all("desk.side", _SIDES, words)],
    }


def _name_all(stem: str, values: Any, words: Words) -> list[list[str]]:
    return [
        [value.replace("_", " ") if stem == "desk.actor_kind" else value, words(f"{stem}.{value}")] for value in values
    ]


def _name_subject(subject: str, words: Words) -> str:
    key = f"subject.{subject.replace(':', '_')}"
    return words(key) if words.has(key) else display_text(subject)


def _describe_found(scene: DeskScene, incident: Incident) -> dict[str, Any] | None:
    """What a search for a place of the form found: for which place, and the places of that name."""
    sought = kept("sought_place")
    if sought is None or sought[0] != incident.id:
        return None
    found = list(scene.shared.gazetteer.find(sought[2]))[:_MOST_FOUND]
    return {"n": sought[1], "places": [describe_choice(scene.snapshot_scene, place) for place in found]}
