"""What is sent to browsers, as it is and compressed, and kept for who asks for it next."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

_COMPRESS_FROM = 1_000
"""Bytes; below, the header of a compressed answer eats what it saves."""
_ANSWERS_KEPT = 24
"""Answers of the latest revisions that are kept of a kind: points, times, marks in each language; or pictures."""


@dataclass(frozen=True)
class Body:
    """Something to send, as it is and compressed."""

    plain: bytes
    kind: str
    """Content type."""
    tag: str
    """Names the content: equal content, equal tag."""
    packed: bytes | None
    """gzip; None where that saves nothing."""


@dataclass
class Kept:
    """Bodies made lately, by what they are."""

    bodies: OrderedDict[tuple[object, ...], Body] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def get(self, key: tuple[object, ...], make: Callable[[], Body]) -> Body:
        """The body of a key; made by the first to ask, others wait for it."""
        with self.lock:
            if key not in self.bodies:
                self.bodies[key] = make()
            self.bodies.move_to_end(key)
            while len(self.bodies) > _ANSWERS_KEPT:
                self.bodies.popitem(last=False)
            return self.bodies[key]


def make_body(plain: bytes, kind: str, *, compress: bool = True) -> Body:
    """A body from its bytes."""
    tag = hashlib.sha256(plain).hexdigest()[:20]
    worth = compress and len(plain) >= _COMPRESS_FROM
    packed = gzip.compress(plain, compresslevel=6, mtime=0) if worth else None
    return Body(plain, kind, tag, packed if packed and len(packed) < len(plain) else None)
