"""Whether a request is meant for this program: opened by a page of its own, under a name that is its own.

A browser sends our cookie from every port of this machine, and reaches it for a page whose name was turned to
127.0.0.1 (DNS rebinding). It also says truly whose page it shows (``Origin``) and which name it asked for (``Host``).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers

_HERE = frozenset(("localhost", "127.0.0.1", "::1", ""))
"""Names of this machine that nobody else can have; a program that names no host is no browser."""


def is_own_page(headers: Headers, *public: str) -> bool:
    """Whether the page that asks is ours: of the host it asks, or of a public address; also where no browser asks."""
    origin = headers.get("origin")
    return origin is None or _netloc(origin) in {headers.get("host", "").lower(), *map(_netloc, public)} - {""}


def is_named_as_here(headers: Headers) -> bool:
    """Whether a request asks for this machine by a name of its own."""
    try:
        name = urlsplit(f"//{headers.get('host', '')}").hostname
    except ValueError:
        return False
    return (name or "").rstrip(".") in _HERE


def _netloc(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
