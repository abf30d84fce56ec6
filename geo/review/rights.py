"""Who may do what: an editor changes what is not published yet, a publisher what readers see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from geo.errors import NotAllowed, UsageError
from geo.people import Person, Role
from geo.store import Change, Store
from geo.text import display_text, editor_name

LONGEST_REASON = 2000
"""Letters of a reason that are kept."""

_NEEDED: dict[str, Role] = {
    "review": "editor",
    "edit": "editor",
    "merge": "editor",
    "split": "editor",
    "reject": "editor",
    "restore": "editor",
    "undo": "editor",
    "publish": "publisher",
    "correct": "publisher",
    "release": "publisher",
}
"""The role that each act needs at least."""
_SAID = {
    "review": "accept incidents",
    "edit": "change incidents",
    "merge": "merge incidents",
    "split": "split incidents",
    "reject": "reject incidents",
    "restore": "restore incidents",
    "undo": "undo a change",
    "publish": "publish incidents",
    "correct": "correct published incidents",
    "release": "decide what of an incident is released",
}


def may(person: Person, act: str) -> bool:
    """Whether a person's role lets them do an act: review, edit, merge, split, reject, restore, undo, publish ..."""
    return person.may(_NEEDED[act])


def check_right(person: Person, act: str) -> None:
    """Raise NotAllowed, in one sentence, when a person's role does not let them do an act."""
    if not may(person, act):
        who = "publishers" if _NEEDED[act] == "publisher" else "editors and publishers"
        raise NotAllowed(f"{editor_name(person.name)} is signed in as {person.role}; only {who} may {_SAID[act]}")


@contextmanager
def acting(store: Store, person: Person, act: str, time: datetime) -> Iterator[Change]:
    """One act of a person, kept whole or not at all; raises NotAllowed, or UsageError for a store that is read only."""
    check_right(person, act)
    if store.read_only:
        raise UsageError(f"{store.name} was opened for reading only; nothing can be changed in it")
    with store.change(who=editor_name(person.name), time=time) as change:
        yield change


def clean_reason(reason: str) -> str:
    """A reason on one line, without what could disguise it, of bounded length."""
    return " ".join(display_text(reason).split())[:LONGEST_REASON]
