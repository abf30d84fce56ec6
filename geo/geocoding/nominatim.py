"""A Nominatim server as a geopy geocoder that asks it as its policy wants: seldom, slowly, once, and under our name."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import (
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.geocoders import Nominatim
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from geo.errors import FetchError, StoreError
from geo.geocoding.answers import Result, check_results, make_location, read_results
from geo.geocoding.questions import (
    LONGEST_NAME,
    Codes,
    Coordinates,
    Viewbox,
    choose,
    clean_text,
    read_bounds,
    read_codes,
    read_limit,
    read_name,
    read_point,
)
from geo.geocoding.service import Service

SPACING_S = 1.0
"""From an answer to the next request, whoever asks: the public server's policy is one request a second and one at a
time. Counted from request to request, it came out as 0.86 s where a process woke up late."""
TIMEOUT_S = 10.0
PATIENCE_S = 30.0
"""A caller whose turn does not come within this is told so."""
ATTEMPTS = 3
FIRST_PAUSE_S = 2.0
"""All processes leave the server alone for this long after it fails; twice as long after the second time."""
KEEP_FOUND = timedelta(days=365)
KEEP_MISSING = timedelta(days=30)
"""That nothing was found is asked again sooner: maps grow."""
KEEP_REFUSED = timedelta(days=1)
"""An answer that was nonsense is asked for again the next day, where it is kept at all."""
ANSWERS_ASKED = 10


class FetchedReply(Protocol):
    """What geocoding needs of a reply."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def body(self) -> bytes: ...


class Fetch(Protocol):
    """Asks an address; ``geo.fetch.ask_service`` is one. Raises FetchError."""

    def __call__(self, url: str, *, headers: Mapping[str, str], timeout_s: float) -> FetchedReply: ...


class AnswerCache(Protocol):
    """Answers kept for all processes, and whose turn it is; ``geo.store.Answers`` is one. Raises StoreError."""

    def find_answer(self, service: str, question: str) -> tuple[list[Result], datetime] | None:
        """The results kept for a question and when it was asked; None when it never was."""

    def keep_answer(self, service: str, question: str, results: Sequence[Result], *, asked: datetime) -> None:
        """Keep the results, none for "nothing found"."""

    def take_turn(self, service: str, *, lease_s: float) -> float:
        """0 when the turn is taken, else the seconds until it may be free; a turn not ended is free after a lease."""

    def end_turn(self, service: str, *, pause_s: float) -> None:
        """Give the turn back; nobody gets it before the pause is over."""


class Question(NamedTuple):
    """One request: how it is put to geopy's Nominatim, and what an answer must fit."""

    key: str
    """The same for the same question, whatever its case, spaces and order of countries."""
    put: Callable[[Nominatim, float], list[Mapping[str, Any]]]
    countries: frozenset[str] = frozenset()
    near: tuple[float, float] | None = None


class NominatimGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Asks one Nominatim server, through geopy's own ``Nominatim``.

    Answers come from the cache where it has them. Raises geopy's exceptions, each with the server's address and a
    reason a person can act on; nothing that failed is kept, and what was refused only with ``keep_refused``.
    """

    def __init__(  # noqa: PLR0913  the parameters are geopy's, and what reading asks otherwise
        self,
        service: Service,
        *,
        cache: AnswerCache,
        fetch: Fetch,
        timeout: float | None = DEFAULT_SENTINEL,
        attempts: int = ATTEMPTS,
        patience_s: float = PATIENCE_S,
        keep_refused: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        timeout = TIMEOUT_S if timeout is DEFAULT_SENTINEL or timeout is None else timeout
        super().__init__(timeout=timeout, user_agent=service.user_agent)
        self._service = service
        self._cache = cache
        self._attempts = attempts
        self._patience_s = patience_s
        self._keep_refused = keep_refused
        self._sleep = sleep
        self._now = now
        self.may_ask: Callable[[], bool] = lambda: True
        """Asked before the server is; what is kept is answered in any case."""
        self._nominatim = _PlainNominatim(
            scheme=service.scheme,
            domain=service.domain,
            user_agent=service.user_agent,
            adapter_factory=lambda **options: _Adapter(fetch, **options),
        )

    def geocode(  # noqa: PLR0913  the parameters are geopy's
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        language: str | bool = "en",
        country_codes: Codes = None,
        viewbox: Viewbox = None,
        bounded: bool = False,
        timeout: float | None = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """The place or places of a name, as the server ranks them; only those in ``country_codes`` where given."""
        codes, most, bounds = read_codes(country_codes), read_limit(limit), read_bounds(viewbox)
        wanted = max(most, ANSWERS_ASKED)
        name = _read_structured(query) if isinstance(query, Mapping) else ", ".join(read_name(query))
        asked = {
            "search": name, "countries": sorted(codes), "language": language, "viewbox": bounds, "bounded": bounded,
            "limit": wanted,
        }  # fmt: skip

        def put(nominatim: Nominatim, timeout_s: float) -> list[Mapping[str, Any]]:
            said: list[Mapping[str, Any]] = nominatim.geocode(
                name, exactly_one=False, limit=wanted, language=language, addressdetails=True,
                country_codes=[code.lower() for code in sorted(codes)], viewbox=viewbox, bounded=bounded,
                timeout=timeout_s,
            )  # fmt: skip
            return said

        results = self._answer(Question(_write_key(asked), put, codes), timeout)
        return choose(list(map(make_location, results)), exactly_one=exactly_one, most=most)

    def reverse(
        self,
        query: Coordinates,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        language: str | bool = "en",
        timeout: float | None = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """What is at a point (latitude, longitude), as exactly as the server knows."""
        point, most = read_point(query), read_limit(limit)
        here = (round(point.latitude, 5), round(point.longitude, 5))

        def put(nominatim: Nominatim, timeout_s: float) -> list[Mapping[str, Any]]:
            said: list[Mapping[str, Any]] = nominatim.reverse(here, language=language, timeout=timeout_s)
            return said

        question = Question(_write_key({"reverse": here, "language": language}), put, near=here)
        results = self._answer(question, timeout)
        return choose(list(map(make_location, results)), exactly_one=exactly_one, most=most)

    def _answer(self, question: Question, timeout: float | None) -> list[Result]:
        """The results of a question, kept or asked for; the cache's own failures become geopy's."""
        patience = self.timeout if timeout is DEFAULT_SENTINEL or timeout is None else timeout
        try:
            kept = self._find_kept(question)
            if kept is not None:
                return kept
            self._check_may_ask(question)
            return self._ask(question, patience)
        except StoreError as error:
            raise GeocoderServiceError(f"{self._service.name} is not asked: {error}") from error

    def _find_kept(self, question: Question) -> list[Result] | None:
        kept = self._cache.find_answer(self._service.name, question.key)
        if kept is None:
            return None
        results, asked = kept
        return results if self._now() - asked < (KEEP_FOUND if results else KEEP_MISSING) else None

    def _check_may_ask(self, question: Question) -> None:
        """Raises when the server is to be left alone, or has answered this with nonsense a short while ago."""
        if not self.may_ask():
            raise GeocoderUnavailable(f"{self._service.name} is left alone for a while")
        refused = self._cache.find_answer(self._refused, question.key) if self._keep_refused else None
        if refused is not None and self._now() - refused[1] < KEEP_REFUSED:
            raise GeocoderParseError(f"{self._service.name}: its answer was refused lately, and is not asked for again")

    @property
    def _refused(self) -> str:
        """The name under which it is kept which answers of the server were refused."""
        return f"{self._service.name} refused"

    def _ask(self, question: Question, timeout_s: float) -> list[Result]:
        """Ask in turn, as often as there are attempts; whatever makes the server fail, all processes pause."""
        name = self._service.name
        for attempt in range(1, self._attempts + 1):
            self._wait_for_turn(timeout_s)
            kept = self._find_kept(question)  # another process may have asked the same while this one waited
            if kept is not None:
                self._cache.end_turn(name, pause_s=0)
                return kept
            try:
                results = self._put(question, timeout_s)
            except GeocoderServiceError as error:
                self._cache.end_turn(name, pause_s=_pause_after(error, attempt))
                if self._keep_refused and isinstance(error, GeocoderParseError):
                    self._cache.keep_answer(self._refused, question.key, [], asked=self._now())
                if attempt == self._attempts or not _may_pass(error):
                    raise self._explain(error) from error
            else:
                self._cache.keep_answer(name, question.key, results, asked=self._now())
                self._cache.end_turn(name, pause_s=SPACING_S)
                return results
        raise AssertionError("the last attempt returns or raises")

    def _put(self, question: Question, timeout_s: float) -> list[Result]:
        said = question.put(self._nominatim, timeout_s)
        return check_results(said, countries=question.countries, near=question.near)

    def _wait_for_turn(self, timeout_s: float) -> None:
        name, waited = self._service.name, 0.0
        while wait := self._cache.take_turn(name, lease_s=timeout_s + SPACING_S):
            if wait > self._patience_s or waited > self._patience_s:
                message = (
                    f"{name} is left alone for another {wait:.0f} seconds: it asked for that, or others are waiting"
                )
                raise GeocoderRateLimited(message, retry_after=wait)
            step = min(wait, SPACING_S)  # who has the turn may end it early
            self._sleep(step)
            waited += step

    def _explain(self, error: GeocoderServiceError) -> GeocoderServiceError:
        """The same error with the server's name and, where we know it, what may be behind it."""
        message = f"{self._service.name}: {error}"
        if isinstance(error, GeocoderInsufficientPrivileges):
            message += "; its operator may have blocked this program or this address"
        if isinstance(error, GeocoderRateLimited):
            return GeocoderRateLimited(message, retry_after=error.retry_after)
        return type(error)(message)


def _may_pass(error: GeocoderServiceError) -> bool:
    """Whether asking again may help: a busy, slow or failing server, not one that refuses or talks nonsense."""
    passing = GeocoderRateLimited | GeocoderTimedOut | GeocoderUnavailable
    return isinstance(error, passing) or type(error) is GeocoderServiceError


def _pause_after(error: GeocoderServiceError, attempt: int) -> float:
    if not _may_pass(error):
        return SPACING_S
    asked = float(error.retry_after or 0) if isinstance(error, GeocoderRateLimited) else 0.0
    return max(FIRST_PAUSE_S * 2.0 ** (attempt - 1), asked)


class _PlainNominatim(Nominatim):  # type: ignore[misc]  # geopy has no types
    """geopy's Nominatim up to the answer, which it would turn into locations unchecked."""

    def _parse_json(self, places: object, exactly_one: bool) -> object:
        return places


class _Adapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Lets geopy ask through the fetcher it is handed."""

    def __init__(self, fetch: Fetch, *, proxies: object, ssl_context: object) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._fetch = fetch

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> object:
        """The places of the answer, as the server describes them."""
        return read_results(self._get(url, timeout, headers))

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """The answer as text; geopy's Nominatim has no use for it."""
        return self._get(url, timeout, headers).decode(errors="replace")

    def _get(self, url: str, timeout: float, headers: Mapping[str, str]) -> bytes:
        try:
            reply = self._fetch(url, headers=headers, timeout_s=timeout)
        except FetchError as error:
            raise _FAILURES.get(error.code, GeocoderServiceError)(str(error)) from error
        if 300 <= reply.status < 400:
            raise GeocoderQueryError(f"it sends elsewhere (status {reply.status}): name the address it leads to")
        if reply.status >= 400:
            raise AdapterHTTPError(
                f"it answers with status {reply.status}", status_code=reply.status, headers=reply.headers, text=None
            )
        return reply.body


_FAILURES = {
    "timeout": GeocoderTimedOut, "unreachable": GeocoderUnavailable, "too_large": GeocoderParseError,
}  # fmt: skip


def _read_structured(query: Mapping[str, str]) -> dict[str, str]:
    """The fields of an address that Nominatim knows; raises GeocoderQueryError when there are none."""
    known = Nominatim.structured_query_params
    fields = {key: clean_text(str(value)) for key, value in query.items() if value and key in known}
    if not any(fields.values()) or sum(map(len, fields.values())) > LONGEST_NAME:
        raise GeocoderQueryError(f"an address of at most {LONGEST_NAME} letters is wanted")
    return fields


def _write_key(asked: Mapping[str, Any]) -> str:
    return json.dumps(asked, ensure_ascii=False, sort_keys=True).casefold()
