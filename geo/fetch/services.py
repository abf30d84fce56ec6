"""Questions to a service that the operator named by its address, such as a Nominatim server: one GET, within limits.

The address is the operator's own and may be on this machine or network, so it is not judged here; addresses that
readers or articles name must never come this way.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from time import monotonic

import httpx

from geo.errors import FetchError

MOST_BYTES = 1_000_000
"""Ten places with all their names are about 20 kB; what is much longer is no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a service said."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes


def ask_service(url: str, *, headers: Mapping[str, str], timeout_s: float) -> Reply:
    """One GET without redirects, cookies or the environment's proxies.

    Raises FetchError with ``code`` timeout, unreachable, too_large or broken.
    """
    deadline = monotonic() + timeout_s
    try:
        with (
            httpx.Client(verify=_tls(), trust_env=False, timeout=timeout_s) as client,
            client.stream("GET", url, headers=dict(headers)) as reply,
        ):
            return Reply(status=reply.status_code, headers=dict(reply.headers), body=_read_body(reply, deadline))
    except httpx.TimeoutException as error:
        raise FetchError(f"no answer within {timeout_s:g} seconds", "timeout") from error
    except (httpx.ConnectError, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise FetchError(f"it cannot be reached: {error}", "unreachable") from error
    except httpx.HTTPError as error:
        raise FetchError(f"the connection broke: {error}", "broken") from error


@cache
def _tls() -> ssl.SSLContext:
    """The authorities trusted, read once: that takes longer than most answers."""
    return httpx.create_ssl_context(trust_env=False)


def _read_body(reply: httpx.Response, deadline: float) -> bytes:
    body = bytearray()
    for piece in reply.iter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise FetchError(f"the answer is longer than {MOST_BYTES:,} bytes", "too_large")
        if monotonic() > deadline:  # the client's own limit counts from byte to byte
            raise FetchError("the answer did not end in time", "timeout")
    return bytes(body)
