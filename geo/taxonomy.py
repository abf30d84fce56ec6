"""The field's names for what happened: ACLED's event types, the border's own actions, and the seven categories drawn.

Labels are those of the ACLED Codebook (2024), word for word; UCDP's type of violence is derived at export.
"""

from __future__ import annotations

from typing import Literal

Category = Literal["clash", "strike", "shelling", "bombing", "raid", "crossings", "other"]

CATEGORIES: tuple[Category, ...] = ("clash", "strike", "shelling", "bombing", "raid", "crossings", "other")
"""The categories that shape and colour stand for, in the order of legends."""

BORDER_ACTION = "border_action"
"""Event type of closures, reopenings and refused crossings, which ACLED files under "Other"."""

SUB_EVENT_TYPES: dict[str, tuple[str, ...]] = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    ),
    BORDER_ACTION: ("closure", "reopening", "crossing refused"),
}  # fmt: skip
"""Sub-event types by event type: the 25 of ACLED and the border's own three."""

EVENT_TYPE_OF: dict[str, str] = {sub: event for event, subs in SUB_EVENT_TYPES.items() for sub in subs}
"""Event type of each sub-event type."""

_CATEGORY_OF_EVENT: dict[str, Category] = {
    "Battles": "clash",
    "Violence against civilians": "raid",
    "Strategic developments": "crossings",
    BORDER_ACTION: "crossings",
}
_CATEGORY_OF_SUB: dict[str, Category] = {
    "Air/drone strike": "strike",
    "Shelling/artillery/missile attack": "shelling",
    "Grenade": "shelling",
    "Suicide bomb": "bombing",
    "Remote explosive/landmine/IED": "bombing",
    "Mob violence": "raid",
    "Arrests": "raid",
    "Disrupted weapons use": "raid",
    "Looting/property destruction": "other",
    "Sexual violence": "other",
}


def event_category(event_type: str, sub_event_type: str) -> Category:
    """The category an incident is drawn and filtered by; "other" for protests and whatever has none of its own."""
    return _CATEGORY_OF_SUB.get(sub_event_type) or _CATEGORY_OF_EVENT.get(event_type, "other")
