"""Who is signed in, and who tried too often: in the memory of this process, and nowhere else."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from secrets import token_urlsafe
from threading import Lock

LONGEST_S, IDLE_S = 12 * 3600, 2 * 3600
"""A working day; and a long lunch, after which an open desk in an empty room shuts itself."""
_MOST_SESSIONS = 10_000
_FREE, _LONGEST_WAIT_S, _FORGOTTEN_S = 5, 900, 3600
_MOST_WATCHED = 20_000

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whom a session is of: by name in the people file, or by the address that an identity provider vouched for."""

    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class _Session:
    identity: Identity
    began: float
    seen: float


class Sessions:
    """Sessions by the hash of their token, which only its browser knows; they end by themselves."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._sessions: OrderedDict[str, _Session] = OrderedDict()

    def begin(self, identity: Identity) -> str:
        """A new session's token."""
        token, now = token_urlsafe(32), self._clock()
        with self._lock:
            self._sessions = OrderedDict((key, one) for key, one in self._sessions.items() if _lives(one, now))
            self._sessions[_hash(token)] = _Session(identity, now, now)
            while len(self._sessions) > _MOST_SESSIONS:
                self._sessions.popitem(last=False)
        return token

    def find(self, token: str | None, *, touch: bool = False) -> Identity | None:
        """Whose session a token is of, None when of nobody's; ``touch`` when somebody did something in it."""
        if not token:
            return None
        key, now = _hash(token), self._clock()
        with self._lock:
            session = self._sessions.get(key)
            if session is None or not _lives(session, now):
                self._sessions.pop(key, None)
                return None
            if touch:
                self._sessions[key] = replace(session, seen=now)
            return session.identity

    def end(self, token: str | None) -> None:
        """End a session, if there is one."""
        if token:
            with self._lock:
                self._sessions.pop(_hash(token), None)


def _lives(session: _Session, now: float) -> bool:
    return now - session.began < LONGEST_S and now - session.seen < IDLE_S


class Attempts:
    """How often a name or an address has failed lately: five times free, then each failure doubles the wait.

    An attempt counts as failed until it has succeeded, so that many at once are no way around it.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._known: OrderedDict[str, None] = OrderedDict()

    def begin(self, keys: Sequence[str]) -> float:
        """Seconds to wait before the next attempt; 0 when it may be made, and it is counted then."""
        now = self._clock()
        with self._lock:
            wait = max((self._wait(_hash(key), now) for key in keys), default=0.0)
            if wait <= 0:
                for key in keys:
                    self._count(_hash(key), now)
        return max(0.0, wait)

    def succeed(self, keys: Sequence[str]) -> None:
        """The attempt of these succeeded: they begin anew."""
        with self._lock:
            for key in keys:
                self._failed.pop(_hash(key), None)

    def remember(self, key: str) -> None:
        """Remember what succeeded, for as long as this process lives."""
        with self._lock:
            self._known[_hash(key)] = None
            self._known.move_to_end(_hash(key))
            while len(self._known) > _MOST_WATCHED:
                self._known.popitem(last=False)

    def knows(self, key: str) -> bool:
        """Whether it succeeded before."""
        return _hash(key) in self._known

    def _wait(self, key: str, now: float) -> float:
        count, last = self._failed.get(key, (0, now))
        if count < _FREE or now - last > _FORGOTTEN_S:
            return 0.0
        return last + min(_LONGEST_WAIT_S, 2.0 ** min(count - _FREE, 10)) - now

    def _count(self, key: str, now: float) -> None:
        count, last = self._failed.pop(key, (0, now))
        self._failed[key] = (1 if now - last > _FORGOTTEN_S else count + 1, now)
        while len(self._failed) > _MOST_WATCHED:
            self._failed.popitem(last=False)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
