"""The page and the feed of corrections, which the dashboard serves to whoever asks.

/border-incidents/corrections            what was corrected, newest first    ?lang=
/border-incidents/corrections.atom       the same as a feed                  ?lang=
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.edition.corrections_page import write_corrections_page
from geo.exchange.corrections_feed import write_corrections_feed
from geo.exchange.feed import Addresses
from geo.exchange.rights import find_kept_back, is_shared
from geo.settings import read_option
from geo.ui.bodies import Body, Kept, make_body
from geo.ui.sending import answered, send
from geo.ui.shared import Shared
from geo.wording.corrected import Corrected, list_corrected
from geo.wording.words import LANGUAGES, Words

CORRECTIONS = "/border-incidents/corrections"
"""Path of the page; that of the feed ends in ``.atom``."""

_HTML, _ATOM = "text/html; charset=utf-8", "application/atom+xml; charset=utf-8"


def correction_routes(shared: Callable[[], Shared]) -> list[Route]:
    """The routes of page and feed; ``shared`` gives the data when it is first asked for."""
    kept = Kept()

    def answer(make: Callable[[Shared, Words], Body]) -> Callable[[Request], Response]:
        def send_made(request: Request) -> Response:
            ready, words = shared(), _words_asked_for(request)
            key = (make, ready.store.state(), words.language, is_shared())
            return send(request, kept.get(key, lambda: make(ready, words)), versioned=False)

        return send_made

    return [
        Route(CORRECTIONS, answered(answer(_make_page))),
        Route(f"{CORRECTIONS}.atom", answered(answer(_make_feed))),
    ]


def corrections_address(words: Words) -> str:
    """Where the page is, in the reader's language."""
    return f"{CORRECTIONS}{_ask(words)}"


def _words_asked_for(request: Request) -> Words:
    language = request.query_params.get("lang", "en")
    return Words(language if language in LANGUAGES else "en")


def _make_page(shared: Shared, words: Words) -> Body:
    page = write_corrections_page(_list(shared, words), words, _addresses("", words), f"/{_ask(words)}")
    return make_body(page.encode(), _HTML)


def _make_feed(shared: Shared, words: Words) -> Body:
    stream = BytesIO()
    addresses = _addresses(read_option("BORDER_INCIDENTS_PUBLIC_URL").rstrip("/"), words)
    write_corrections_feed(stream, _list(shared, words), shared.border.code, words, addresses)
    return make_body(stream.getvalue(), _ATOM)


def _list(shared: Shared, words: Words) -> list[Corrected]:
    without = find_kept_back(shared.store) if is_shared() else frozenset[str]()
    return list_corrected(shared.store, words, without=without)


def _addresses(base: str, words: Words) -> Addresses:
    language = "" if words.language == "en" else f"&lang={words.language}"
    return Addresses(
        feed=f"{base}{CORRECTIONS}.atom{_ask(words)}",
        page=f"{base}{CORRECTIONS}{_ask(words)}",
        incident=lambda id_: f"{base}/?incident={quote(id_, safe='')}{language}",
    )


def _ask(words: Words) -> str:
    return "" if words.language == "en" else f"?lang={words.language}"
