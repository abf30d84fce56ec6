"""Two persons for what is published, where a newsroom wants it: worked out from the history, and kept nowhere else.

An incident has been reviewed by whoever was the last to accept or change it as it now stands. With two persons, only
another one may publish it; a change after a review is reviewed by the one who made it, and by nobody before.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.errors import NotAllowed, UsageError
from geo.model import Revision
from geo.people import Person
from geo.settings import read_option
from geo.text import editor_name


def persons_needed() -> int:
    """How many persons an incident passes before it is published, 1 or 2; raises UsageError for any other option."""
    written = read_option("BORDER_INCIDENTS_SIGN_OFF")
    if written not in ("1", "2"):
        raise UsageError(f"BORDER_INCIDENTS_SIGN_OFF is {written!r}; it may be 1 or 2")
    return int(written)


def find_reviewer(history: Sequence[Revision]) -> str | None:
    """Who answers for a reviewed incident as it now stands: the last who accepted or changed it."""
    return history[-1].who if history else None


def check_second(person: Person, history: Sequence[Revision], needed: int) -> None:
    """Raise NotAllowed when two persons are needed, and this one reviewed the incident as it now stands."""
    name = editor_name(person.name)
    reviewer = find_reviewer(history)
    if needed == 2 and reviewer is not None and reviewer.casefold() == name.casefold():
        raise NotAllowed(f"{name} was the last to review or change this incident; a second person must publish it")
