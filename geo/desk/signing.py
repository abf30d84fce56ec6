"""Signing in and out: plain HTML forms, which work without a script, and answer every failure with one sentence.

GET  /sign-in                the form, or the way to the identity provider; ?to= what was asked for, ?lang=
POST /sign-in                name, password
POST /sign-out
GET  /sign-in/fonts/{name}   the page's fonts, which need no session
"""

from __future__ import annotations

import hmac
import ipaddress
from secrets import token_urlsafe
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from geo.desk.door import COOKIE, Door
from geo.desk.gate import SIGN_IN, SIGN_OUT, token_of
from geo.desk.provider import login_cookies, read_login
from geo.desk.sign_page import write_first_page, write_sign_page
from geo.desk.words import desk_words
from geo.settings import web_folder
from geo.ui.guarding import client_of
from geo.ui.origins import is_own_page
from geo.ui.sending import refuse
from geo.wording.words import LANGUAGES, Words

_FORM_COOKIE = "border_incidents_form"
"""Tells that a form which is sent was got from here: the form has the same token, which no other site can know."""
_LARGEST_FORM = 16_384
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}


def sign_routes(door: Door) -> list[Route]:
    """The routes of the door."""
    signing = _Signing(door)
    return [
        Route(SIGN_IN, signing.show, methods=["GET"]),
        Route(SIGN_IN, signing.sign_in, methods=["POST"]),
        Route(SIGN_OUT, signing.sign_out, methods=["POST"]),
        Route(f"{SIGN_IN}/fonts/{{name}}", _send_font, methods=["GET"]),
    ]


class _Signing:
    def __init__(self, door: Door) -> None:
        self._door = door

    async def show(self, request: Request) -> Response:
        """The form; who is signed in, or was just vouched for by a provider, is let through."""
        if self._door.who(token_of(request.headers)) is not None:
            return RedirectResponse("/" + _safe_query(request.query_params.get("to", "")), 303, _HEADERS)
        told = read_login(request.headers, self._door)
        token = self._door.admit(told) if told else None
        if token:
            return self._let_in(request, token, "")
        answer = await run_in_threadpool(self._page, request, "sign.unknown" if told else "")
        for name in login_cookies(request.headers) if told else ():
            answer.delete_cookie(name)
        return answer

    async def sign_in(self, request: Request) -> Response:
        """A session for the right name and password; else the form again, with a sentence."""
        form = await _read_form(request)
        if self._door.providers or form is None or not _is_ours(request, self._door, form):
            return refuse(403, "This form was not got from here, or is too old. Open the sign-in page again.")
        client = client_of(request.scope)
        found = await run_in_threadpool(self._door.sign_in, form.get("name", ""), form.get("password", ""), client)
        if isinstance(found, str):
            return self._let_in(request, found, form.get("to", ""))
        if found is None:
            return await run_in_threadpool(self._page, request, "sign.wrong", form, 403)
        answer = await run_in_threadpool(self._page, request, "sign.wait", form, 429, int(found) + 1)
        answer.headers["Retry-After"] = str(int(found) + 1)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """End the session, here and in the browser."""
        if not _is_same_origin(request, self._door):
            return refuse(403, "Only the desk's own page signs out.")
        self._door.sessions.end(token_of(request.headers))
        answer = RedirectResponse(SIGN_IN, 303, _HEADERS)
        answer.delete_cookie(COOKIE)
        return answer

    def _page(
        self, request: Request, said: str = "", form: dict[str, str] | None = None, status: int = 200, wait_s: int = 0
    ) -> Response:
        words = _words_for(request, form)
        if not self._door.people and not self._door.providers and _is_here(request):
            return HTMLResponse(write_first_page(words, self._door.people.path), 200, _HEADERS)
        asked = form or {"to": _safe_query(request.query_params.get("to", ""))}
        token = request.cookies.get(_FORM_COOKIE) or token_urlsafe(24)
        sentence = words(said, n=words.number(wait_s)) if said else ""
        page = write_sign_page(words, asked, token, sentence, self._door.providers)
        answer = HTMLResponse(page, status, _HEADERS)
        _set_cookie(answer, request, self._door, _FORM_COOKIE, token)
        return answer

    def _let_in(self, request: Request, token: str, to: str) -> Response:
        answer = RedirectResponse("/" + _safe_query(to), 303, _HEADERS)
        for name in login_cookies(request.headers):
            answer.delete_cookie(name)
        answer.delete_cookie(_FORM_COOKIE)
        _set_cookie(answer, request, self._door, COOKIE, token)
        return answer


async def _read_form(request: Request) -> dict[str, str] | None:
    """The fields of a form; None when it is none, or larger than any of ours."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_FORM:
            return None
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return None
    return {name: values[0] for name, values in fields.items()}


def _is_ours(request: Request, door: Door, form: dict[str, str]) -> bool:
    """Whether a form was got from here by the browser that sends it."""
    token = request.cookies.get(_FORM_COOKIE, "")
    is_same = hmac.compare_digest(token.encode(), form.get("form", "").encode())
    return bool(token) and is_same and _is_same_origin(request, door)


def _is_same_origin(request: Request, door: Door) -> bool:
    """Whether a request comes from our own page; a program that says nothing of where it comes from is no browser."""
    if "origin" not in request.headers:
        return request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    return is_own_page(request.headers, door.public_url)


def _is_here(request: Request) -> bool:
    """Whether who asks works on this machine."""
    host = request.client.host if request.client else ""
    try:
        return ipaddress.ip_address(host).is_loopback and request.url.hostname in ("localhost", "127.0.0.1", "::1")
    except ValueError:
        return False


def _safe_query(to: str) -> str:
    """What was asked for before the sign-in: a query of our own page, never another address."""
    return to if to.startswith("?") and to.isascii() and to.isprintable() and len(to) < 2000 else ""


def _set_cookie(answer: Response, request: Request, door: Door, name: str, value: str) -> None:
    secure = request.url.scheme == "https" or door.public_url.startswith("https://")
    answer.set_cookie(name, value, httponly=True, samesite="strict", secure=secure, path="/")


def _words_for(request: Request, form: dict[str, str] | None) -> Words:
    """The language that was chosen, else one that the browser asks for."""
    accepted = [part.split(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(",")]
    wanted = [(form or {}).get("lang"), request.query_params.get("lang"), *accepted]
    return desk_words(next((language for language in wanted if language in LANGUAGES), "en"))


async def _send_font(request: Request) -> Response:
    name = request.path_params["name"]
    fonts = {path.name: path for path in (web_folder() / "fonts").glob("*.woff2")}
    if name not in fonts:
        return refuse(404, "There is no such font here.")
    headers = {"Cache-Control": "public, max-age=604800", "X-Content-Type-Options": "nosniff"}
    return Response(fonts[name].read_bytes(), media_type="font/woff2", headers=headers)
