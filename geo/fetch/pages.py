"""Pages and feeds from addresses that articles, feeds and people name: fetched politely, and never from within."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import monotonic

from geo import __version__
from geo.errors import FetchError
from geo.fetch import robots
from geo.fetch.addresses import Address, follow, read_address
from geo.fetch.getting import Got, Headers, Limits, get
from geo.fetch.network import INTERNET, Deadline, Network
from geo.settings import byte_limit, read_option

PAGE_KINDS = frozenset({
    "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf", "message/rfc822",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
})  # fmt: skip
"""Media types that can be read as an article."""
FEED_KINDS = frozenset({
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/json", "application/xml",
    "application/rdf+xml", "text/xml",
})  # fmt: skip
"""Media types of feeds."""
MOST_REDIRECTS = 5
TIMEOUT_S = 10.0
"""From the first question to the last byte, with robots.txt and redirects."""
ROBOTS_DAY_S = 86_400.0
"""How long a robots.txt counts; the RFC says at most a day."""
ROBOTS_AGAIN_S = 600.0
"""After how long one that could not be had is asked for again."""
_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_MOST_SITES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was found at an address."""

    address: str
    """The last address, after all redirects."""
    status: int
    """200, or 304 when nothing has changed since ``etag`` or ``last_modified``."""
    headers: Headers
    """Names in small letters."""
    kind: str
    """Media type in small letters, without parameters; empty with 304."""
    body: bytes
    """Empty with 304."""
    moved: bool = False
    """Whether every redirect on the way said that it holds for good: the page is to be asked for where it is now."""

    @property
    def charset(self) -> str | None:
        """The encoding the server names; None when it names none."""
        found = re.search(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", self.headers.get("content-type", ""), re.I)
        return found[1] if found else None

    @property
    def etag(self) -> str | None:
        """To be sent with the next question, with ``last_modified``."""
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        """As the server writes it; None when it does not."""
        return self.headers.get("last-modified")


class Fetcher:
    """Fetches pages over one network and remembers what sites ask of robots; may be shared by threads."""

    def __init__(
        self, network: Network = INTERNET, *, timeout_s: float = TIMEOUT_S, clock: Callable[[], float] = monotonic
    ) -> None:
        self._network = network
        self._timeout_s = timeout_s
        self._clock = clock
        self._rules: dict[str, tuple[float, robots.Rules | None]] = {}
        self._lock = threading.Lock()

    def fetch_page(
        self,
        address: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        most_bytes: int | None = None,
        kinds: Collection[str] = PAGE_KINDS,
    ) -> Page:
        """The page at an address, over at most five redirects, each of them judged anew.

        ``most_bytes`` is BORDER_INCIDENTS_LARGEST_FILE_MB unless said. With ``etag`` or ``last_modified`` of an earlier
        fetch the answer may be 304. Raises FetchError with ``code`` bad_address, not_allowed, robots, timeout,
        unreachable, too_large, kind, or status (then with ``status`` and ``retry_after_s``).
        """
        where = read_address(address)
        limits = Limits(deadline=Deadline(self._timeout_s), most_bytes=most_bytes or byte_limit(), kinds=kinds)
        headers = {"Accept": _accept(kinds), **_conditions(etag, last_modified)}
        moves: list[int] = []
        for _ in range(MOST_REDIRECTS + 1):
            if not self._find_rules(where, limits.deadline).allow(where.target):
                raise FetchError("the site asks robots not to fetch this page", "robots")
            got = self._get(where, headers, limits)
            if got.status not in _REDIRECTS:
                return replace(_finish(where, got), moved=bool(moves) and set(moves) <= set(_FOR_GOOD))
            moves.append(got.status)
            where = _follow(where, got)
        raise FetchError(f"it leads on more than {MOST_REDIRECTS} times", "status")

    def find_delay(self, address: str) -> float | None:
        """Seconds the site of an address asks for between two requests, by what is remembered; None when unknown."""
        with self._lock:
            kept = self._rules.get(read_address(address).origin)
        return kept[1].delay_s if kept and kept[1] else None

    def _get(self, where: Address, headers: Headers, limits: Limits) -> Got:
        return get(where, headers={"User-Agent": name_self(), **headers}, limits=limits, network=self._network)

    def _find_rules(self, where: Address, deadline: Deadline) -> robots.Rules:
        """What the site of an address asks of robots; raises FetchError when that cannot be had."""
        now = self._clock()
        with self._lock:
            until, rules = self._rules.get(where.origin, (now, None))
        if now >= until:
            rules = self._fetch_rules(where, deadline)
            with self._lock:
                self._rules.pop(where.origin, None)
                while len(self._rules) >= _MOST_SITES:
                    self._rules.pop(next(iter(self._rules)))
                self._rules[where.origin] = (now + (ROBOTS_AGAIN_S if rules is None else ROBOTS_DAY_S), rules)
        if rules is None:
            said = "the site's robots.txt cannot be had now, so nothing is fetched from it"
            raise FetchError(said, "robots", retry_after_s=ROBOTS_AGAIN_S)
        return rules

    def _fetch_rules(self, where: Address, deadline: Deadline) -> robots.Rules | None:
        """A site's rules; all is allowed where there is no file, and None stands for a server that cannot tell."""
        limits = Limits(deadline=deadline, most_bytes=10 * robots.MOST_BYTES, kinds=None)
        at = follow(where, "/robots.txt")
        for _ in range(MOST_REDIRECTS + 1):
            got = self._get(at, {}, limits)
            if got.status not in _REDIRECTS:
                break
            at = _follow(at, got)
        if got.status == HTTPStatus.OK:
            return robots.read_rules(got.body)
        return None if got.status >= 500 or got.status == HTTPStatus.TOO_MANY_REQUESTS else robots.EVERYTHING


def name_self() -> str:
    """What this program tells servers of itself: its name, and whom to ask where the settings say so."""
    contact = "".join(sign for sign in read_option("BORDER_INCIDENTS_CONTACT") if sign.isascii() and sign.isprintable())
    return f"{robots.NAME}/{__version__}" + (f" (+{contact})" if contact else "")


def _accept(kinds: Collection[str]) -> str:
    return ", ".join([*sorted(kinds), "*/*;q=0.1"])


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    given = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in given.items() if value and value.isascii() and value.isprintable()}


def _follow(where: Address, got: Got) -> Address:
    written = got.headers.get("location", "").encode("latin-1")
    if not written:
        raise FetchError("it leads on without saying where to", "status")
    try:
        return follow(where, written.decode())  # letters beyond ASCII come as UTF-8, against the standard
    except UnicodeDecodeError:
        return follow(where, written.decode("latin-1"))


def _finish(where: Address, got: Got) -> Page:
    if got.status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        phrase = {status.value: status.phrase for status in HTTPStatus}.get(got.status, "no status known")
        wait = _read_wait(got.headers.get("retry-after", ""))
        raise FetchError(
            f"the server answered {got.status} ({phrase})", "status", status=got.status, retry_after_s=wait
        )
    kind = got.kind if got.status == HTTPStatus.OK else ""
    return Page(address=str(where), status=got.status, headers=got.headers, kind=kind, body=got.body)


def _read_wait(written: str) -> float | None:
    """Seconds from a Retry-After header, which may also be a moment."""
    if written.isascii() and written.isdigit():
        return float(written[:9])
    try:
        return max(0.0, (parsedate_to_datetime(written) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
