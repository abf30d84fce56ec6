"""The door of the desk: who comes in, by password or by an identity provider, and who it is that asks."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from geo.desk.sessions import Attempts, Identity, Sessions
from geo.errors import UsageError
from geo.people import People, Person, name_key, read_people
from geo.settings import read_option
from geo.text import display_text, editor_name

COOKIE = "border_incidents_desk"
"""Holds the token of a session; scripts cannot read it, and other sites cannot send it."""
_FRESH_S = 600
"""How old the word of an identity provider may be; a session of ours is then as long as any."""


@dataclass(eq=False)
class Door:
    """Who may come in, and who is in."""

    people: People
    public_url: str = ""
    """Address at which editors reach the desk; empty when it is the one listened at."""
    providers: tuple[str, ...] = ()
    """Identity providers of Streamlit's secrets; with any, nobody signs in with a password."""
    unknown: str = "refuse"
    """What becomes of those whom a provider vouches for and the people file does not name: refuse, or viewer."""
    sessions: Sessions = field(default_factory=Sessions)
    attempts: Attempts = field(default_factory=Attempts)
    _used: dict[str, float] = field(default_factory=dict, repr=False)

    def who(self, token: str | None, *, touch: bool = False) -> Person | None:
        """Whoever holds a token, with the role they have now; None for nobody, and for those who were taken out."""
        identity = self.sessions.find(token, touch=touch)
        return self._person(identity) if identity else None

    def sign_in(self, name: str, password: str, client: str) -> str | float | None:
        """The token of a new session; seconds to wait after too many attempts; None when name or password is wrong."""
        named = f"name:{name_key(name)[:200]}"
        known = f"{named} client:{client}"
        # who signed in from there before does not wait because a stranger tries that name from elsewhere
        keys = [known if self.attempts.knows(known) else named, f"client:{client}"]
        wait = self.attempts.begin(keys)
        if wait > 0:
            return wait
        person = self.people.check(name, password)
        if person is None:
            return None
        self.attempts.succeed([*keys, named])
        self.attempts.remember(known)
        return self.sessions.begin(Identity(name=person.name))

    def admit(self, told: dict[str, Any]) -> str | None:
        """The token of a session for whom a provider has just vouched, once for each time; None for others."""
        email, issued = told.get("email"), told.get("iat")
        if not isinstance(email, str) or told.get("email_verified") is False or not isinstance(issued, int | float):
            return None
        login = f"{told.get('iss')} {told.get('sub')} {issued}"
        now = time.time()
        self._used = {key: until for key, until in self._used.items() if until > now}
        if not -_FRESH_S < now - issued < _FRESH_S or login in self._used:
            return None
        identity = Identity(name=_name_of(told, email), email=email)
        if self._person(identity) is None:
            return None
        self._used[login] = now + 2 * _FRESH_S
        return self.sessions.begin(identity)

    def _person(self, identity: Identity) -> Person | None:
        if identity.email is None:
            return None if self.providers else self.people.find(identity.name)
        known = self.people.find_email(identity.email)
        if known is None and self.unknown == "viewer":
            return Person(name=identity.name, role="viewer", email=identity.email)
        return known


def _name_of(told: dict[str, Any], email: str) -> str:
    name = told.get("name")
    return editor_name(display_text(name)) if isinstance(name, str) and name.strip() else email


@cache
def open_door() -> Door:
    """The door of this process, as the settings say."""
    unknown = read_option("BORDER_INCIDENTS_UNKNOWN_PEOPLE")
    if unknown not in ("refuse", "viewer"):
        raise UsageError(f"BORDER_INCIDENTS_UNKNOWN_PEOPLE is {unknown!r}, neither refuse nor viewer")
    return Door(
        people=read_people(),
        public_url=read_option("BORDER_INCIDENTS_DESK_URL"),
        providers=list_providers(),
        unknown=unknown,
    )


def list_providers() -> tuple[str, ...]:
    """Names of the identity providers in Streamlit's secrets; "default" for one that has no name."""
    from streamlit.auth_util import get_secrets_auth_section

    section = get_secrets_auth_section()
    found = section.to_dict() if section else {}
    named = tuple(name for name, value in found.items() if isinstance(value, dict) and "client_id" in value)
    return named or (("default",) if "client_id" in found else ())
