"""Who may sign in at the desk, and what each may do: one file with a hash for each password, never a password.

    {"people": [{"name": "Zarghuna", "role": "editor", "hash": "$argon2id$...", "email": null}]}

The file is for its owner alone (mode 0600), and written whole or not at all. Whoever is taken out of it, or given
another role, has that from their next step on, for it is read again whenever it has changed.
"""

from __future__ import annotations

import json
import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from secrets import token_hex
from threading import BoundedSemaphore, Lock
from typing import Any, Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from geo.errors import DataError, UsageError
from geo.settings import default_store, read_option

Role = Literal["viewer", "editor", "publisher"]
ROLES: tuple[Role, ...] = get_args(Role)
"""What people may do, each more than the one before: read; change what is not published; publish and correct."""

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 1000
"""Characters. NIST SP 800-63B asks for eight at least and no other rule; twelve keep a stolen file useless longer."""
LONGEST_NAME, LONGEST_EMAIL = 80, 254
MACHINE = "machine"
"""Whom the history names where no person did something."""

_AT_ONCE = BoundedSemaphore(2)
"""Passwords are checked two at a time: each takes argon2 64 MB, and sign-ins must not fill the memory."""
_WRITING = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who may sign in."""

    name: str
    """As the history shows it; no two people share one, capitals or not."""
    role: Role
    email: str | None = None
    """By which an identity provider (OIDC) knows them; None when they sign in with a password alone."""

    def may(self, role: Role) -> bool:
        """Whether they may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


class People:
    """The people of a file, as they are now; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[object, dict[str, _Entry]] = (None, {})

    def __bool__(self) -> bool:
        """Whether there is anybody."""
        return bool(self._entries())

    def list(self) -> list[Person]:
        """Everyone, by name."""
        return [entry.person for _, entry in sorted(self._entries().items())]

    def find(self, name: str) -> Person | None:
        """The person of a name; None when there is none."""
        entry = self._entries().get(name_key(name))
        return entry.person if entry else None

    def find_email(self, email: str) -> Person | None:
        """The person whom an identity provider knows by an address; None when there is none."""
        wanted = email.strip().casefold()
        return next((person for person in self.list() if person.email and person.email.casefold() == wanted), None)

    def check(self, name: str, password: str) -> Person | None:
        """The person whose password this is; None when it is not, after as long a while as for one who is unknown.

        A hash made with weaker parameters than today's is made anew.
        """
        entry = self._entries().get(name_key(name))
        hash_ = entry.hash if entry and entry.hash else _hash_of_nobody()
        with _AT_ONCE:
            right = _verifies(hash_, password[: LONGEST_PASSWORD + 1])
        if not right or entry is None or not entry.hash:
            return None
        if _hasher().check_needs_rehash(entry.hash):
            with suppress(OSError, DataError):  # a file that cannot be written keeps nobody out
                self._keep(replace(entry, hash=_hash(password)))
        return entry.person

    def add(self, person: Person, password: str | None) -> None:
        """Add someone; without a password they sign in by their mail address only.

        Raises UsageError when the name or the address is taken or unusable, or the password too short.
        """
        clean = replace(person, name=_clean_name(person.name), email=_clean_email(person.email))
        if password is None and clean.email is None:
            raise UsageError(f"{clean.name} needs a password, or an address that an identity provider knows")
        entry = _Entry(person=clean, hash=None if password is None else _hash(check_password(password)))
        with _changing(self.path):  # two who add one name at once: the second is told
            if self.find(clean.name):
                raise UsageError(
                    f"there is somebody called {clean.name} already; remove them first, or change their role"
                )
            if clean.email and (other := self.find_email(clean.email)):
                raise UsageError(f"{clean.email} is the address of {other.name} already")
            self._write({**self._entries(), name_key(clean.name): entry})

    def remove(self, name: str) -> Person:
        """Take someone out, and give who it was; raises UsageError when there is nobody of that name."""
        person = self._expect(name).person
        with _changing(self.path):
            self._write({key: entry for key, entry in self._entries().items() if key != name_key(name)})
        return person

    def set_role(self, name: str, role: Role) -> Person:
        """Give someone another role; raises UsageError when there is nobody of that name."""
        entry = self._expect(name)
        changed = replace(entry, person=replace(entry.person, role=role))
        self._keep(changed)
        return changed.person

    def set_password(self, name: str, password: str) -> Person:
        """Give someone another password; raises UsageError when it is too short or there is nobody of that name."""
        entry = self._expect(name)
        self._keep(replace(entry, hash=_hash(check_password(password))))
        return entry.person

    def _expect(self, name: str) -> _Entry:
        entry = self._entries().get(name_key(name))
        if entry is None:
            raise UsageError(f"there is nobody called {_clean_name(name)} in {self.path}")
        return entry

    def _keep(self, entry: _Entry) -> None:
        with _changing(self.path):
            self._write({**self._entries(), name_key(entry.person.name): entry})

    def _entries(self) -> dict[str, _Entry]:
        """The file as it is now; read again when it is another, or longer, or newer."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return {}
        state = (found.st_ino, found.st_mtime_ns, found.st_size)
        if self._read[0] != state:
            _check_mode(self.path, found.st_mode)
            self._read = state, _read_entries(self.path)
        return self._read[1]

    def _write(self, entries: dict[str, _Entry]) -> None:
        people = [_as_json(entry) for _, entry in sorted(entries.items())]
        text = json.dumps({"people": people}, ensure_ascii=False, indent=2) + "\n"
        _write_private(self.path, text.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    person: Person
    hash: str | None


def people_file() -> Path:
    """Where the people stand: BORDER_INCIDENTS_PEOPLE, else a file of the user's beside their store."""
    named = read_option("BORDER_INCIDENTS_PEOPLE")
    return Path(named).expanduser() if named else default_store().with_name("people.json")


def read_people(path: Path | None = None) -> People:
    """The people of a file, or of the one that the settings name; nobody where there is no file.

    Raises DataError when it is no such file.
    """
    people = People(path or people_file())
    people.list()
    return people


def check_password(password: str) -> str:
    """The password, where it can be one; raises UsageError that says what is wrong with it."""
    if len(password) < SHORTEST_PASSWORD:
        raise UsageError(f"a password needs {SHORTEST_PASSWORD} characters at least; several words are easy to keep")
    if len(password) > LONGEST_PASSWORD:
        raise UsageError(f"a password has {LONGEST_PASSWORD:,} characters at most")
    return password


@cache
def _hasher() -> PasswordHasher:
    """argon2id with the library's parameters, which are those of RFC 9106 for little memory."""
    return PasswordHasher()


def _hash(password: str) -> str:
    with _AT_ONCE:
        return _hasher().hash(password)


@cache
def _hash_of_nobody() -> str:
    """A hash to check against where there is no person, so that the answer takes as long."""
    return _hasher().hash(token_hex(16))


def _verifies(hash_: str, password: str) -> bool:
    try:
        return _hasher().verify(hash_, password)
    except (VerificationError, InvalidHashError):
        return False


def name_key(name: str) -> str:
    """The same for names that look the same: whatever capitals, blanks or forms of Unicode they are written in."""
    return unicodedata.normalize("NFKC", " ".join(unicodedata.normalize("NFKC", name).split()).casefold())


def _clean_name(name: str) -> str:
    clean = unicodedata.normalize("NFC", " ".join(name.split()))
    if name_key(clean) == MACHINE:
        raise UsageError(f"{clean!r} is what the history calls the program; take another name")
    if not clean or len(clean) > LONGEST_NAME or not clean.isprintable():
        raise UsageError(f"{clean[:LONGEST_NAME]!r} is no name: it needs 1 to {LONGEST_NAME} visible characters")
    return clean


def _clean_email(email: str | None) -> str | None:
    clean = (email or "").strip()
    if not clean:
        return None
    name, at, host = clean.partition("@")
    if not (name and at and host) or len(clean) > LONGEST_EMAIL or " " in clean or not clean.isprintable():
        raise UsageError(f"{clean[:LONGEST_EMAIL]!r} is no mail address")
    return clean


def _as_json(entry: _Entry) -> dict[str, object]:
    person = entry.person
    return {"name": person.name, "role": person.role, "hash": entry.hash, "email": person.email}


def _read_entries(path: Path) -> dict[str, _Entry]:
    try:
        found = json.loads(path.read_text(encoding="utf8"))["people"]
        entries = {name_key(entry.person.name): entry for entry in map(_read_entry, found)}
        if len(entries) < len(found):
            raise ValueError("two of them have the same name")
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(f"{path} is no list of people: {error}") from error
    return entries


def _check_mode(path: Path, mode: int) -> None:
    """Raise DataError where others than the owner may write the file: each of them could sign in as anybody."""
    if os.name == "posix" and mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise DataError(f"{path} can be written by others than its owner: set its mode to 0600, and look who is in it")


def _read_entry(found: Any) -> _Entry:
    role, hash_, email = found["role"], found.get("hash"), found.get("email")
    if role not in ROLES:
        raise ValueError(f"{role!r} is none of the roles {', '.join(ROLES)}")
    if not (hash_ is None or isinstance(hash_, str)) or not (email is None or isinstance(email, str)):
        raise ValueError("hash and email are text or null")
    return _Entry(person=Person(name=_clean_name(found["name"]), role=role, email=email), hash=hash_)


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """One change at a time, in this process and, where the system has such locks, in all."""
    path = _real(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with _WRITING, path.with_name(f".{path.name}.lock").open("w") as held:
        with suppress(ImportError):  # Windows has none
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _real(path: Path) -> Path:
    """Where a link leads, so that the file there is changed and the link stays."""
    return Path(os.path.realpath(path))


def _write_private(path: Path, content: bytes) -> None:
    """The whole file in place of the old one, for its owner's eyes only."""
    path = _real(path)
    beside = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
