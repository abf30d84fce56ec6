"""The gate: no request but the sign-in's own reaches the desk without a session, whatever it asks for.

It stands before Streamlit, so pages, the websocket, uploads, media and our own data are all behind it. An open page
shuts when its session ends, and when its person is taken out.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.desk.door import COOKIE, Door
from geo.desk.provider import read_login
from geo.people import Person
from geo.ui.health import HEALTH
from geo.ui.sending import refuse

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
_OPEN = (HEALTH, SIGN_IN, SIGN_OUT)
_OF_PROVIDERS = ("/auth/login", "/oauth2callback")
"""Streamlit's own: the way to an identity provider and back."""
_FONTS = f"{SIGN_IN}/fonts/"
_UPLOADS = "/_stcore/upload_file"
_SIGNED_OUT = 4401
"""Code of a websocket that is shut because its session has ended."""
_ONCE_MORE = '<!doctype html><meta http-equiv="refresh" content="0"><title>…</title>'
"""A link from another site comes without the cookie; asked for again from here, it comes with it."""


class Gate:
    """ASGI middleware that lets in who is signed in."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer in place of the app."""
        if scope["type"] == "http":
            await self._pass_request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._pass_websocket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _pass_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path in _OPEN or path.startswith(_FONTS) or (self._door.providers and path in _OF_PROVIDERS):
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        person = self._door.who(token_of(headers), touch=path == "/")
        refused = _refuse(scope, headers, self._door) if person is None else _refuse_role(scope, person)
        return await (refused or self._app)(scope, receive, send)

    async def _pass_websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = token_of(Headers(scope=scope))
        if self._door.who(token) is None:
            await receive()
            return await send({"type": "websocket.close", "code": _SIGNED_OUT})

        async def watch() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and self._door.who(token, touch=True) is None:
                await send({"type": "websocket.close", "code": _SIGNED_OUT})
                return {"type": "websocket.disconnect", "code": _SIGNED_OUT}
            return message

        return await self._app(scope, watch, send)


def token_of(headers: Headers) -> str | None:
    """The token that a browser sends, if it sends one."""
    return cookie_parser(headers.get("cookie", "")).get(COOKIE)


def _refuse(scope: Scope, headers: Headers, door: Door) -> Response:
    """The sign-in in place of the page; of anything else, that it needs one."""
    if scope["path"] != "/" or scope["method"] not in ("GET", "HEAD"):
        return refuse(401, "Sign in to see this.")
    if headers.get("sec-fetch-site") == "cross-site" and not read_login(headers, door):
        return HTMLResponse(_ONCE_MORE, headers={"Cache-Control": "no-store"})
    query = scope["query_string"].decode("latin-1")
    to = f"?to={quote(f'?{query}', safe='')}" if query else ""
    return RedirectResponse(f"{SIGN_IN}{to}", 303, {"Cache-Control": "no-store"})


def _refuse_role(scope: Scope, person: Person) -> Response | None:
    """Who only reads sends no files."""
    if scope["path"].startswith(_UPLOADS) and not person.may("editor"):
        return refuse(403, "A viewer adds nothing.")
    return None
