"""Whether a process can serve: what a load balancer or a container asks it, answered without names or secrets.

Streamlit's own ``/_stcore/health`` says that the program runs; this says that its store answers as well.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from geo import __version__
from geo.errors import BorderIncidentsError
from geo.ui.shared import Shared

HEALTH = "/border-incidents/health"
"""Path of the answer, on the dashboard and on the desk."""

Look = Callable[[], Mapping[str, object]]
"""Asks the store something cheap and says what may be told; raises BorderIncidentsError when it does not answer."""

_LOG = logging.getLogger(__name__)


def health_route(look: Look) -> Route:
    """A route that says ``{"status": "ok", ...}`` with what ``look`` tells, or 503 and ``"unavailable"``."""
    return Route(HEALTH, _answer(look))


def look_at(shared: Callable[[], Shared]) -> Look:
    """What the dashboard tells: the revision its store is at, how many incidents readers see, and the version."""

    def look() -> Mapping[str, object]:
        ready = shared()
        revision = ready.store.data_revision()  # asked first: a snapshot is kept when the store is gone
        return {"revision": revision, "incidents": len(ready.snapshot().ids), "version": __version__}

    return look


def _answer(look: Look) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        try:
            told = {"status": "ok", **await run_in_threadpool(look)}
        except BorderIncidentsError:
            _LOG.exception("the store does not answer")
            return _say({"status": "unavailable"}, 503)
        return _say(told, 200)

    return answer


def _say(told: Mapping[str, object], status: int) -> Response:
    return JSONResponse(dict(told), status, {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
