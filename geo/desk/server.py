"""What the desk's process serves beside Streamlit, all of it behind the gate but the sign-in and the health check.

/sign-in, /sign-out                                 the door (geo.desk.signing)
/border-incidents/assets/{file}                     the files of geo/web; desk.js
/border-incidents/static/{file}                     Streamlit's own files, compressed
/border-incidents/data/{border}/{run}/basemap         what the small map draws
/border-incidents/desk/revision                       number of the newest revision, for pages that are open
/border-incidents/health                            whether the store answers, as JSON
/                                                   Streamlit's page with our style
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from threading import Thread

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from geo.desk.door import Door, open_door
from geo.desk.gate import Gate
from geo.desk.shared import open_attendant, open_desk
from geo.desk.signing import sign_routes
from geo.desk.style import desk_style
from geo.errors import BorderIncidentsError
from geo.ui.bodies import Body, make_body
from geo.ui.front import read_page
from geo.ui.guarding import EDITORS, guard
from geo.ui.health import health_route
from geo.ui.log import start_server_log
from geo.ui.parts import DESK_SCRIPT, page_script
from geo.ui.sending import answered, send
from geo.ui.server import PREFIX
from geo.ui.server import routes as dashboard_routes
from geo.ui.shared import Shared

REVISION = f"{PREFIX}/desk/revision"
_LOG = logging.getLogger(__name__)
_KEPT = ("/assets/", "/static/", "/data/")
"""Of the dashboard's routes those that the desk needs."""


def routes(door: Callable[[], Door] = open_door, shared: Callable[[], Shared] = open_desk) -> list[Route]:
    """The routes, for ``st.App(script, routes=routes())``."""
    kept = [route for route in dashboard_routes(shared) if route.path.startswith(tuple(PREFIX + end for end in _KEPT))]
    return [
        *sign_routes(door()),
        Route(f"{PREFIX}/assets/{DESK_SCRIPT}", answered(_send_script, at_once=True)),
        Route(f"{PREFIX}/assets/{{version}}/{DESK_SCRIPT}", answered(_send_script, at_once=True)),
        *kept,
        Route(REVISION, answered(lambda _: _tell_revision(shared()))),
        health_route(lambda: _look(shared())),
        Route(f"{PREFIX}/{{rest:path}}", answered(_send_nothing)),
        Route("/", answered(_send_page)),
    ]


def middleware(door: Callable[[], Door] = open_door) -> list[Middleware]:
    """What each request passes first: the limits of editors, then the gate."""
    return [guard(EDITORS), Middleware(Gate, door=door())]


@asynccontextmanager
async def begin(_: object) -> AsyncIterator[None]:
    """Open the store and take its snapshot beside the server, so that the first editor does not wait for them.

    What a desk before it left unread is read.
    """
    start_server_log()
    Thread(target=_prepare, name="getting ready", daemon=True).start()
    yield


def _prepare() -> None:
    try:
        open_desk().snapshot()
        open_attendant().resume()
    except BorderIncidentsError:
        _LOG.exception("the desk could not get ready; its first editor will be told why")


def _look(shared: Shared) -> dict[str, object]:
    """Nothing to tell those who have not signed in but that the store answers."""
    shared.store.data_revision()
    return {}


def _tell_revision(shared: Shared) -> Response:
    return PlainTextResponse(str(shared.store.data_revision()), headers={"Cache-Control": "no-store"})


def _send_script(request: Request) -> Response:
    return send(request, _script(), versioned="version" in request.path_params)


@cache
def _script() -> Body:
    return make_body(page_script(DESK_SCRIPT).encode(), "text/javascript; charset=utf-8")


def _send_page(request: Request) -> Response:
    page = read_page(PREFIX, script=DESK_SCRIPT, style=desk_style)
    response = send(request, make_body(page.encode(), "text/html; charset=utf-8"), versioned=False)
    response.headers.update(_HEADERS)
    return response


def _send_nothing(_: Request) -> Response:
    return PlainTextResponse("There is nothing at this address.", 404, {"Cache-Control": "no-store"})


_HEADERS = {"Cache-Control": "no-store", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
"""The desk stands in no frame, and says to no other site where its editors come from."""
