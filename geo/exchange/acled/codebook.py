"""The codes of ACLED, from its Codebook (2023 and 2024 editions) and the columns of its exports of 2023 and later.

Armed Conflict Location & Event Data Project, "ACLED Codebook": sections on event and sub-event types, disorder types,
actors and inter codes, interaction codes, spatial precision, time precision, and reported fatalities.
"""

from __future__ import annotations

from geo.taxonomy import BORDER_ACTION, EVENT_TYPE_OF, SUB_EVENT_TYPES

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
"""The 31 columns, in the order of the exports."""

INTER = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/Other forces",
)  # fmt: skip
"""Kinds of actor: code 1 is the first. Exports since 2024 have the words, those before the number."""

_OTHER_NAMES = {
    "state forces": 1, "rebel groups": 2, "rebel forces": 2, "political militias": 3, "identity militias": 4,
    "communal militias": 4, "communal militia": 4, "rioter": 5, "protester": 6, "civilian": 7, "external forces": 8,
    "other forces": 8, "external/other force": 8, "others": 8,
}  # fmt: skip

EVENT_TYPES = tuple(event for event in SUB_EVENT_TYPES if event != BORDER_ACTION)
"""The six event types."""

PARENT_OF = {sub: event for sub, event in EVENT_TYPE_OF.items() if event != BORDER_ACTION}
"""Event type that each of the 25 sub-event types belongs to."""

POLITICAL_VIOLENCE, DEMONSTRATIONS = "Political violence", "Demonstrations"
STRATEGIC_DEVELOPMENTS = "Strategic developments"

_DISORDER_OF_EVENT = {
    "Battles": POLITICAL_VIOLENCE,
    "Explosions/Remote violence": POLITICAL_VIOLENCE,
    "Violence against civilians": POLITICAL_VIOLENCE,
    "Protests": DEMONSTRATIONS,
    "Riots": DEMONSTRATIONS,
    STRATEGIC_DEVELOPMENTS: STRATEGIC_DEVELOPMENTS,
}
_DISORDER_OF_SUB = {
    "Mob violence": POLITICAL_VIOLENCE,
    "Excessive force against protesters": f"{POLITICAL_VIOLENCE}; {DEMONSTRATIONS}",
}

CIVILIAN_TARGETING = "Civilian targeting"

CASUALTY_WORDS = {"tens": 10, "dozens": 12, "hundreds": 100}
"""Numbers that ACLED takes for words without one (Codebook, "Reported fatalities")."""

PRECISION_OF_GEO = {1: "exact", 2: "near", 3: "adm1"}
GEO_OF_PRECISION = {"exact": "1", "near": "2", "adm2": "2", "adm1": "3", "line": "3"}
"""Spatial precision: 1 a town, 2 a small area around it, 3 a larger region. There is none for a whole country."""

TIME_OF_PRECISION = {"day": "1", "days": "2", "week": "2", "month": "3"}
"""Time precision: 1 the day, 2 the week, 3 the month. There is none for a year."""


def inter_code(written: str) -> int | None:
    """The code of a kind of actor, 0 for none, written as a number or in words; None when it is neither."""
    text = written.strip().removesuffix(".0").lower()
    if text in ("", "0"):
        return 0
    if text.isascii() and text.isdigit():
        return int(text) if len(text) == 1 and 1 <= int(text) <= len(INTER) else None
    names = [name.lower() for name in INTER]
    return names.index(text) + 1 if text in names else _OTHER_NAMES.get(text)


def interaction_code(one: int, two: int) -> str:
    """The number of an interaction: the smaller code first, 0 last ("Sole ... action")."""
    low, high = sorted(code for code in (one, two)) if one and two else (max(one, two), 0)
    return f"{low}{high}"


def interaction_words(one: int, two: int) -> str:
    """The words of an interaction: "State forces-Rebel group", "Protesters only"."""
    if not one and not two:
        return ""
    if not one or not two:
        return f"{INTER[max(one, two) - 1]} only"
    low, high = sorted((one, two))
    return f"{INTER[low - 1]}-{INTER[high - 1]}"


def read_interaction(written: str) -> str | None:
    """The number of an interaction written as a number or in words; empty for none, None when it is neither."""
    text = written.strip().removesuffix(".0")
    if text in ("", "0", "00"):
        return ""
    if text.isascii() and text.isdigit():
        known = len(text) == 2 and text[0] in "12345678" and text[1] in "012345678"
        return text if known else None
    lower = text.lower()
    if lower.endswith(" only") or lower.startswith("sole "):
        code = inter_code(lower.removesuffix(" only").removeprefix("sole "))
        return f"{code}0" if code else None
    first, _, second = text.partition("-")
    codes = inter_code(first), inter_code(second)
    return interaction_code(*codes) if codes[0] and codes[1] else None  # type: ignore[arg-type]


def disorder_type(event_type: str, sub_event_type: str) -> str:
    """The disorder type that follows from an event's types; empty when they are not ACLED's."""
    return _DISORDER_OF_SUB.get(sub_event_type) or _DISORDER_OF_EVENT.get(event_type, "")
