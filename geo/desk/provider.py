"""What an identity provider (OIDC) says of somebody: Streamlit signs them in there and keeps its word in a cookie.

``st.login`` leads to the address that ``login_address`` gives. The word, which Streamlit has signed, is taken once, for
a session of ours, which ends like any other.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from geo.desk.door import Door


def login_address(provider: str) -> str:
    """Where a provider's sign-in begins: what ``st.login`` would lead to."""
    return f"/auth/login?provider={encode_provider_token(provider)}"


def read_login(headers: Headers, door: Door) -> dict[str, Any] | None:
    """What a provider said of whose browser this is, when its word is here and Streamlit has signed it."""
    if not door.providers:
        return None
    cookies = _cookies(headers)

    def read_one(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None

    found = get_cookie_with_chunks(read_one, USER_COOKIE_NAME)
    try:
        told = json.loads(found) if found else None
    except ValueError:
        return None
    return told if isinstance(told, dict) and told.get("is_logged_in") is True else None


def login_cookies(headers: Headers) -> list[str]:
    """Names of the cookies that hold a provider's word, which is not needed any more once it was taken."""
    return [name for name in _cookies(headers) if name.startswith((USER_COOKIE_NAME, TOKENS_COOKIE_NAME))]


def _cookies(headers: Headers) -> dict[str, str]:
    return cookie_parser(headers.get("cookie", ""))
