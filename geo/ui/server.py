"""What the app's own process serves beside Streamlit: the browser's files, the map's data, files to download.

    /border-incidents/assets/{file}                     the files of geo/web; map.js, page.js, words/{language}.json
    /border-incidents/assets/@{version}/{file}            the same, of a version
    /border-incidents/static/{file}                     Streamlit's own files, compressed
    /border-incidents/data/{border}/{run}/basemap         what the map draws under the data
    /border-incidents/data/{border}/{run}/revision        the key of the newest data, for open pages
    /border-incidents/data/{border}/{run}/points | times  every mark as typed arrays      ?rev=
    /border-incidents/data/{border}/{run}/losses          lowest claims of dead, wounded  ?rev=
    /border-incidents/data/{border}/{run}/marks           what the map says in words      ?rev=&lang=&to=
    /border-incidents/data/{border}/{run}/mask            one bit for each incident       ?FILTER&rev=
    /border-incidents/api/incidents.{ending}             the incidents of a filter       ?FILTER&lang=
    /border-incidents/picture.png                       what a link shows, for its preview            ?LINK
    /border-incidents/health                            whether the store answers, as JSON
    /border-incidents/corrections, corrections.atom     what was corrected, as a page and as a feed   ?lang=
    /border-incidents/qr.svg                            the QR code of an address of this dashboard   ?address=
    /                                                   Streamlit's page with a preview for those who are sent the link

An address that names its version (``v``, ``@``, or ``rev`` and the run) may be kept for ever; any other is asked for
again each time, and answered in a line when nothing has changed. The run may be left out: it tells this process's
revisions from those of the same number that another store had at the same address, which a browser may still hold.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from secrets import token_hex
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore, Thread

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.errors import BorderIncidentsError, UsageError
from geo.exchange.asked import describe_filter
from geo.exchange.files import explain_full_disk
from geo.exchange.formats import PACKED, SERVED, Format, Setting
from geo.exchange.table import Selection, select_incidents
from geo.filters import Link, Problem, read_link, write_filter, write_link
from geo.maps import layer_script
from geo.pictures import LAYERS, qr_svg
from geo.settings import data_folder, read_option, web_folder
from geo.snapshot import (
    Snapshot,
    encode_losses,
    encode_marks,
    encode_mask,
    encode_points,
    encode_times,
    list_known,
    match,
    match_mask,
    rank,
)
from geo.ui.bodies import Body, Kept, make_body
from geo.ui.corrections import correction_routes
from geo.ui.editions import make_edition
from geo.ui.front import list_static, preload_data, preload_frame, read_page
from geo.ui.health import health_route, look_at
from geo.ui.log import start_server_log
from geo.ui.parts import SCRIPT, VERSIONED, page_script
from geo.ui.preview import base_of, draw_picture, draw_sheet, leads_here, picture_link, write_tags
from geo.ui.ready import Ready
from geo.ui.scene import Scene
from geo.ui.sending import IN_MEMORY, AnswerError, answered, send, send_written
from geo.ui.shared import Shared, open_shared
from geo.ui.state import say_problem
from geo.wording.words import LANGUAGES, Words

PREFIX = "/border-incidents"

RUN = token_hex(4)
"""Names this run of the process; any other name is answered as well, since several processes may serve one page."""

_LOG = logging.getLogger(__name__)

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".gif": "image/gif",
    ".txt": "text/plain; charset=utf-8",
}
"""Kinds of file that are served; a file of any other kind is not there."""
_COMPRESSED = frozenset({".woff2", ".png"})
_BYTES = "application/octet-stream"

_DRAWN_AT_ONCE = 4
"""Requests that may wait for a picture; more would keep every other answer waiting."""
_LONGEST_WAIT_S = 2.0

Draw = Callable[[Shared, Snapshot, Link], bytes]


def routes(shared: Callable[[], Shared] = open_shared) -> list[Route]:
    """The routes, for ``st.App(script, routes=routes())``; ``shared`` gives the data when it is first asked for."""
    server = _server_of(shared)
    return [
        Route(f"{PREFIX}/assets/{{name:path}}", answered(server.send_asset, at_once=True)),
        Route(f"{PREFIX}/data/{{border}}/{{name}}", answered(server.send_data)),
        Route(f"{PREFIX}/data/{{border}}/{{run}}/{{name}}", answered(server.send_data)),
        Route(f"{PREFIX}/api/incidents.{{ending}}", answered(server.send_file)),
        Route(f"{PREFIX}/picture.png", answered(server.send_picture)),
        Route(f"{PREFIX}/qr.svg", answered(server.send_code)),
        health_route(look_at(shared)),
        *correction_routes(shared),
        Route(f"{PREFIX}/static/{{name:path}}", answered(server.send_static, at_once=True)),
        Route(f"{PREFIX}/{{rest:path}}", answered(server.send_nothing)),
        Route("/", answered(server.send_page)),
    ]


@asynccontextmanager
async def begin(_: object) -> AsyncIterator[None]:
    """What the app does as it starts: it gets ready beside the server, so that nobody is the first reader."""
    start_server_log()
    Thread(target=prepare, name="getting ready", daemon=True).start()
    yield


def prepare(shared: Callable[[], Shared] = open_shared) -> None:
    """Open the store and take its snapshot, with all that a first page asks for; who comes meanwhile waits for it."""
    try:
        _server_of(shared).ready.make(shared(), shared().snapshot())
        gc.collect()
        gc.freeze()  # or each full collection would look through all of the snapshot, and every reader wait for it
    except BorderIncidentsError:
        _LOG.exception("the app could not get ready; its first reader will be told why")


def data_address(border: str) -> str:
    """Where this process serves a border's data, for ``maps.build_map`` and the timeline."""
    return f"{PREFIX}/data/{border}/{RUN}"


@lru_cache(maxsize=2)
def _server_of(shared: Callable[[], Shared]) -> _Server:
    """The one that answers from some data, so that what was made ready is what is sent."""
    return _Server(shared)


class _Server:
    """Answers requests from what the process shares."""

    def __init__(self, shared: Callable[[], Shared]) -> None:
        self._shared = shared
        self._kept = Kept()
        self._pictures = Kept()
        self._turns = BoundedSemaphore(_DRAWN_AT_ONCE)
        self.ready = Ready(self.warm)

    def send_asset(self, request: Request) -> Response:
        """A script, style, font or table of words."""
        version, name = _split_version(request.path_params["name"])
        body = _read_asset(name)
        if body is None:
            raise AnswerError(404, "There is no such file here.")
        return send(request, body, versioned="v" in request.query_params or version is not None)

    def send_static(self, request: Request) -> Response:
        """One of Streamlit's files, which carry a hash of their content in their names."""
        path = list_static().get(request.path_params["name"])
        if path is None or path.suffix not in _TYPES:
            raise AnswerError(404, "There is no such file here.")
        return send(request, _read_file(path, 0), versioned=True)

    def warm(self, snapshot: Snapshot) -> None:
        """Make what every reader's map and timeline ask for."""
        self._kept.get((snapshot.key, "points"), lambda: make_body(encode_points(snapshot), _BYTES))
        self._kept.get((snapshot.key, "times"), lambda: make_body(encode_times(snapshot), _BYTES))
        self._describe(snapshot, "en", None)
        for name in ("map.js", SCRIPT):
            _script(name)
        for path in list_static().values():
            if path.suffix == ".js" and path.name in read_page(PREFIX):
                _read_file(path, 0)

    def send_data(self, request: Request) -> Response:
        """What the map and the timeline draw."""
        shared, name = self._shared(), request.path_params["name"]
        if request.path_params["border"] != shared.border.code:
            raise AnswerError(404, "This dashboard does not show that border.")
        if name == "basemap":
            return send(request, _read_basemap(shared), versioned="run" in request.path_params)
        if name == "revision":
            return send(request, make_body(self.ready.newest(shared).encode(), _TYPES[".txt"]), versioned=False)
        if name not in ("points", "times", "losses", "marks", "mask"):
            raise AnswerError(404, "There is no such data here.")
        snapshot = _snapshot_asked_for(request, shared)
        body = _make_mask(request, snapshot) if name == "mask" else self._make_data(request, snapshot, name)
        return send(request, body, versioned="rev" in request.query_params and "run" in request.path_params)

    def _make_data(self, request: Request, snapshot: Snapshot, name: str) -> Body:
        columns = {"points": encode_points, "times": encode_times, "losses": encode_losses}
        if encode := columns.get(name):
            return self._kept.get((snapshot.key, name), lambda: make_body(encode(snapshot), _BYTES))
        link, _ = read_link(request.url.query, list_known(snapshot, languages=LANGUAGES))
        return self._describe(snapshot, link.lang or "en", link.filter.end)

    def _describe(self, snapshot: Snapshot, language: str, until: date | None) -> Body:
        def make() -> Body:
            return make_body(encode_marks(snapshot, Words(language), until=until), _TYPES[".json"])

        return self._kept.get((snapshot.key, "marks", language, until), make)

    def send_file(self, request: Request) -> Response:
        """The incidents of a filter as a file."""
        ending, shared = request.path_params["ending"], self._shared()
        if ending == "png":
            return self._send_sheet(request, shared)
        if ending == "html":
            return self._send_edition(request, shared)
        if ending not in SERVED:
            raise AnswerError(404, f"Incidents can be had here as {', '.join(f'.{name}' for name in SERVED)}.")
        served = SERVED[ending]
        stream = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by who sends it
        with explain_full_disk("the file"):
            served.write(stream, *_select(request, shared, served))  # type: ignore[arg-type]
        response = send_written(request, stream, served.kind, compress=ending not in PACKED)
        if served.attached:
            response.headers["Content-Disposition"] = f'attachment; filename="border-incidents.{ending}"'
        return response

    def _send_edition(self, request: Request, shared: Shared) -> Response:
        """The incidents of a filter as one file that needs no server."""
        link, problems = read_link(request.url.query, list_known(shared.snapshot(), languages=LANGUAGES))
        if problems:
            raise AnswerError(400, _say_unusable(problems))
        if not self._turns.acquire(timeout=_LONGEST_WAIT_S):
            raise AnswerError(503, "Many editions are being made at the moment. Try again soon.")
        try:
            edition = make_edition(shared, link)
        except UsageError as error:
            raise AnswerError(400, f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
        finally:
            self._turns.release()
        response = send(request, make_body(edition, "text/html; charset=utf-8"), versioned=False)
        response.headers["Content-Disposition"] = 'attachment; filename="border-incidents.html"'
        return response

    def send_picture(self, request: Request) -> Response:
        """The picture that goes with a link; what cannot be used of the link is left out, as on the page."""
        shared = self._shared()
        snapshot = shared.snapshot()
        link = picture_link(read_link(request.url.query, list_known(snapshot, languages=LANGUAGES, layers=LAYERS))[0])
        return send(request, self._draw("preview", draw_picture, shared, snapshot, link), versioned=False)

    def send_code(self, request: Request) -> Response:
        """The QR code of a link; of no other address, for a code that we draw is trusted to lead here."""
        address = request.query_params.get("address", "")
        if not leads_here(address, request.headers.get("host", ""), read_option("BORDER_INCIDENTS_PUBLIC_URL")):
            raise AnswerError(400, "Only links to this dashboard get a code here.")
        try:
            code = qr_svg(address)
        except ValueError:
            raise AnswerError(400, "This link is too long for a QR code.") from None
        return send(request, make_body(code.encode(), _TYPES[".svg"]), versioned=False)

    def _send_sheet(self, request: Request, shared: Shared) -> Response:
        """A page to print; a link that cannot be used is refused, for a page must not show more than was asked."""
        snapshot = shared.snapshot()
        link, problems = read_link(request.url.query, list_known(snapshot, languages=LANGUAGES, layers=LAYERS))
        if problems:
            raise AnswerError(400, _say_unusable(problems))
        page = self._draw("page", draw_sheet, shared, snapshot, picture_link(link))
        response = send(request, page, versioned=False)
        response.headers["Content-Disposition"] = 'attachment; filename="border-incidents.png"'
        return response

    def _draw(self, kind: str, draw: Draw, shared: Shared, snapshot: Snapshot, link: Link) -> Body:
        """A picture, from memory or drawn now, one at a time; who would wait long is asked to come again."""
        if not self._turns.acquire(timeout=_LONGEST_WAIT_S):
            raise AnswerError(503, "Many pictures are being drawn at the moment. Try again soon.")
        try:
            return self._pictures.get(
                (snapshot.key, kind, write_link(link)),
                lambda: make_body(draw(shared, snapshot, link), _TYPES[".png"], compress=False),
            )
        finally:
            self._turns.release()

    def send_page(self, request: Request) -> Response:
        """Streamlit's own page, which says in its head what the link shows."""
        page = read_page(PREFIX, request.query_params.get("embed", ""))
        try:
            page = page.replace("</head>", f"{self._describe_link(request)}</head>", 1)
        except Exception:  # noqa: BLE001  # the page must come, with a preview or without
            _LOG.exception("the preview of a link could not be made")
        return send(request, make_body(page.encode(), "text/html; charset=utf-8"), versioned=False)

    def send_nothing(self, _: Request) -> Response:
        """Anything else under our prefix: never Streamlit's page, which would look like an answer."""
        raise AnswerError(404, "There is nothing at this address.")

    def _describe_link(self, request: Request) -> str:
        """Tags with title, summary and picture of what a link shows, and what its page will fetch."""
        shared = self._shared()
        snapshot = shared.snapshot()
        link, _ = read_link(request.url.query, list_known(snapshot, languages=LANGUAGES))
        scene = Scene(shared=shared, snapshot=shared.public(snapshot), link=link, words=Words(link.lang or "en"))
        tags = write_tags(
            scene, query=request.url.query, public=read_option("BORDER_INCIDENTS_PUBLIC_URL"),
            base=base_of(request.url.scheme, request.headers.get("host", "")), picture=f"{PREFIX}/picture.png",
        )  # fmt: skip
        return "\n".join([*tags, preload_frame(), preload_data(_list_data(scene)), ""])


def _snapshot_asked_for(request: Request, shared: Shared) -> Snapshot:
    """The snapshot of the revision that the address names, or of the newest."""
    asked = request.query_params.get("rev")
    if asked is None:
        return shared.snapshot()
    found = shared.keeper.named(asked)
    if found is None:
        raise AnswerError(404, "The data has moved on since this was asked for. Reload the page.")
    return found


def _make_mask(request: Request, snapshot: Snapshot) -> Body:
    link, _ = read_link(request.url.query, list_known(snapshot))
    return make_body(encode_mask(match_mask(snapshot, link.filter)), _BYTES)


def _say_unusable(problems: Sequence[Problem]) -> str:
    return " ".join(["The filter cannot be used:", *(say_problem(problem, Words("en")) for problem in problems)])


def _select(request: Request, shared: Shared, served: Format) -> tuple[Selection, Setting]:
    """The incidents of a filter; one that cannot be used is refused, for a file must not hold more than was asked."""
    snapshot = shared.snapshot()
    link, problems = read_link(request.url.query, list_known(snapshot, languages=LANGUAGES))
    if problems:
        raise AnswerError(400, _say_unusable(problems))
    if link.asof is not None:
        raise AnswerError(400, "Files hold the data as it is now: leave asof out of the address.")
    setting = Setting(
        store=shared.store,
        border=shared.border,
        gazetteer=shared.gazetteer,
        words=Words(link.lang or "en"),
        public_url=read_option("BORDER_INCIDENTS_PUBLIC_URL"),
    )
    ids: Sequence[str] = [snapshot.ids[index] for index in rank(snapshot, match(snapshot, link.filter))]
    ids = served.choose(shared.store, ids) if served.choose else ids
    query, asked = write_filter(link.filter), describe_filter(link.filter, shared.gazetteer, setting.words)
    return select_incidents(shared.store, ids, query=query, asked=asked, time=datetime.now(UTC)), setting


def _list_data(scene: Scene) -> list[str]:
    """Addresses of what map and timeline will fetch, spelt as they do (geo/web/map/source.js, geo/web/time)."""
    here, rev = data_address(scene.shared.border.code), scene.snapshot.key
    language = "" if scene.words.language == "en" else f"&lang={scene.words.language}"
    names = ("basemap", f"points?rev={rev}", f"marks?rev={rev}{language}", f"times?rev={rev}")
    return [f"{here}/{name}" for name in names]


# ---- files ---------------------------------------------------------------------------------------------------------


def _read_asset(name: str) -> Body | None:
    """A file of the browser's; None when there is none of that name."""
    if name in ("map.js", SCRIPT):
        return _script(name)
    path = _list_assets().get(name)
    return _read_file(path, path.stat().st_mtime_ns) if path else None


def _split_version(name: str) -> tuple[str | None, str]:
    """Version and name of a file in an address; None for one that names no version."""
    version, _, rest = name.partition("/")
    return (version, rest) if version.startswith(VERSIONED) and rest else (None, name)


@cache
def _list_assets() -> dict[str, Path]:
    """Every file that may be sent, by its name in an address; no other name leads anywhere, whatever it is made of."""
    web, words = web_folder(), data_folder() / "words"
    files = {path.relative_to(web).as_posix(): path for path in web.rglob("*") if path.suffix in _TYPES}
    return files | {f"words/{path.name}": path for path in words.glob("*.json")}


@lru_cache(maxsize=256)
def _read_file(path: Path, _: int) -> Body:
    """The file as it was changed last."""
    return make_body(path.read_bytes(), _TYPES[path.suffix], compress=path.suffix not in _COMPRESSED)


@cache
def _script(name: str) -> Body:
    script = {"map.js": layer_script, SCRIPT: page_script}[name]
    return make_body(script().encode(), _TYPES[".js"])


def _read_basemap(shared: Shared) -> Body:
    path = shared.border.folder / "basemap.json" if shared.border.folder else None
    if path is None or not path.is_file():
        raise AnswerError(404, "The basemap of this border has not been built.")
    return _read_file(path, path.stat().st_mtime_ns)
