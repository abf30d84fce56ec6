"""Who may ask how much: rates for each client, and the size of what is sent to us.

A client is an address, of IPv6 a network of 64 bits; it is known by a hash whose key this process makes up and forgets.
Addresses come from the connection, or from the ``X-Forwarded-For`` of a web server in front that
BORDER_INCIDENTS_PROXIES names, which ``serve`` tells uvicorn. Who works on this machine is not counted.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import token_bytes
from time import monotonic

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.settings import read_option
from geo.ui.origins import is_named_as_here, is_own_page
from geo.ui.sending import refuse

CLIENTS_KEPT = 20_000
"""Clients remembered at most; who was longest away is forgotten first, and starts anew."""
_COSTLY = ("/border-incidents/api/", "/border-incidents/picture.png", "/border-incidents/qr.svg")
"""What takes long to make: files, editions, pictures."""
_SESSIONS = "/_stcore/stream"
_PUBLIC = ("BORDER_INCIDENTS_PUBLIC_URL", "BORDER_INCIDENTS_DESK_URL")
"""Options that name where readers and editors reach us, which a web server in front may tell us otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many requests at once, and then so many a second."""

    burst: int
    per_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one client may ask of a program."""

    most_body: int
    """Bytes of a request's body, and of one message from an open page."""
    pages: Rate = Rate(burst=600, per_second=20)  # frozen
    """Pages and their files: a first visit asks for some 60, and a newsroom may share one address."""
    sessions: Rate = Rate(burst=60, per_second=1)
    """Pages opened: each takes memory for as long as it stays open."""
    costly: Rate = Rate(burst=30, per_second=0.5)
    """Exports, pictures and editions."""


READERS = Limits(most_body=64_000)
"""Readers of the dashboard send nothing larger than a filter."""
EDITORS = Limits(most_body=25_000_000)
"""Editors at the desk send reports: 20 MB is the largest that is read."""


def guard(limits: Limits, *, only_here: bool = False) -> Middleware:
    """The middleware that keeps to these limits, for ``st.App(middleware=[...])``.

    With ``only_here`` it answers this machine alone, under its own names: for who may write without a sign-in.
    """
    return Middleware(Guard, limits=limits, only_here=only_here)


class Rates:
    """How much each client may still ask: a bucket of tokens that fills again with time."""

    def __init__(self, rates: Mapping[str, Rate], *, now: Callable[[], float] = monotonic) -> None:
        self._rates = rates
        self._now = now
        self._key = token_bytes(16)
        self._buckets: OrderedDict[tuple[str, bytes], tuple[float, float]] = OrderedDict()

    def take(self, kind: str, client: str) -> float:
        """0 when the client may ask, else the seconds until it may again."""
        rate, key, now = self._rates[kind], (kind, self._hash(client)), self._now()
        left, since = self._buckets.pop(key, (float(rate.burst), now))
        left = min(float(rate.burst), left + (now - since) * rate.per_second)
        allowed = left >= 1
        self._buckets[key] = (left - 1 if allowed else left, now)
        if len(self._buckets) > CLIENTS_KEPT:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - left) / rate.per_second

    def _hash(self, client: str) -> bytes:
        return hashlib.blake2b(client.encode(), key=self._key, digest_size=8).digest()


class _TooLargeError(Exception):
    """A body that goes on beyond the limit."""


class Guard:
    """Refuses, before anything is done, what a client asks too often or sends too large; each with a sentence."""

    def __init__(
        self, app: ASGIApp, *, limits: Limits, only_here: bool = False, now: Callable[[], float] = monotonic
    ) -> None:
        self._app = app
        self._only_here = only_here
        self._most_body = limits.most_body
        rates = {"pages": limits.pages, "sessions": limits.sessions, "costly": limits.costly}
        self._rates = Rates(rates, now=now)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refused = self._refuse(scope)
        if refused is not None:
            await _answer(refused, scope, receive, send)
        elif scope["type"] == "websocket":
            await self._app(scope, self._watch_messages(receive, send), send)
        else:
            await self._pass_on(scope, receive, send)

    def _refuse(self, scope: Scope) -> Response | None:
        headers, client = Headers(scope=scope), client_of(scope)
        if self._only_here and not is_named_as_here(headers):
            return refuse(403, "This dashboard is for this machine alone, as localhost; serve --public-url shares it.")
        # asked before Streamlit, which would ask a server on the internet whether the page is of this machine
        if scope["type"] == "websocket" and not is_own_page(headers, *map(read_option, _PUBLIC)):
            return refuse(403, "Only pages of this program open connections to it.")
        wait = self._rates.take(_kind_of(scope["path"]), client) if client else 0.0
        if wait:
            seconds = math.ceil(wait)
            answer = refuse(429, f"Too much is asked from your address. Try again in {seconds} seconds.")
            answer.headers["Retry-After"] = str(seconds)
            return answer
        told = headers.get("content-length", "0")
        if not told.isdecimal() or int(told) > self._most_body:
            return self._say_too_large()
        return None

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        received, started = 0, False

        async def count() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._most_body:
                raise _TooLargeError
            return message

        async def note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, count, note)
        except _TooLargeError:
            if not started:
                await self._say_too_large()(scope, receive, send)

    def _watch_messages(self, receive: Receive, send: Send) -> Receive:
        async def watch() -> Message:
            message = await receive()
            if len(message.get("bytes") or message.get("text") or b"") > self._most_body:
                await send({"type": "websocket.close", "code": 1009})
                return {"type": "websocket.disconnect", "code": 1009}
            return message

        return watch

    def _say_too_large(self) -> Response:
        return refuse(413, f"What was sent is larger than {self._most_body:,} bytes, the most that is taken here.")


def _kind_of(path: str) -> str:
    if path.startswith(_COSTLY):
        return "costly"
    return "sessions" if path == _SESSIONS else "pages"


def client_of(scope: Scope) -> str:
    """The client's address, of IPv6 its network; empty for this machine's own people."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host  # a socket of this machine has no address, a test's client a name
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    if address.is_loopback:
        return ""
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


async def _answer(refused: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """The refusal; to one who wants a websocket in place of it, where the server can, else by closing."""
    if scope["type"] == "http":
        await refused(scope, receive, send)
    elif "websocket.http.response" in scope.get("extensions", {}):
        start = {"type": "websocket.http.response.start", "status": refused.status_code, "headers": refused.raw_headers}
        await send(start)
        await send({"type": "websocket.http.response.body", "body": refused.body})
    else:
        await send({"type": "websocket.close", "code": 1013})
