"""One GET within limits: of time, of bytes as they come and as they unfold, and of what kind of thing comes."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

import httpcore

from geo.errors import FetchError
from geo.fetch.addresses import Address
from geo.fetch.network import Deadline, GuardedBackend, Network

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is taken from a server."""

    deadline: Deadline
    most_bytes: int
    """Of the body, both as it comes and unfolded."""
    kinds: Collection[str] | None
    """Media types in small letters; None for any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """What a server said to one GET."""

    status: int
    headers: Headers
    """Names in small letters; of several of one name, the last."""
    kind: str
    """Media type in small letters, without parameters; empty when the server names none."""
    body: bytes
    """Empty unless the status is 200."""


def get(where: Address, *, headers: Headers, limits: Limits, network: Network) -> Got:
    """One GET without redirects, cookies or proxies; raises FetchError.

    Its ``code`` is not_allowed, unreachable, timeout, too_large or kind.
    """
    url = httpcore.URL(scheme=where.scheme, host=where.host, port=where.port, target=where.target)
    sent = [("Host", where.authority), ("Accept-Encoding", "gzip"), ("Connection", "close"), *headers.items()]
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=network.tls(), network_backend=GuardedBackend(network, limits.deadline)
            ) as pool,
            pool.stream("GET", url, headers=sent) as answer,
        ):
            return _take(answer, limits)
    except httpcore.TimeoutException as error:
        raise FetchError(f"it did not answer within {limits.deadline.seconds:g} seconds", "timeout") from error
    except httpcore.ConnectError as error:
        raise FetchError(_explain(error), "unreachable") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchError("the server broke the connection off or does not speak HTTP", "unreachable") from error


def _explain(error: Exception) -> str:
    if isinstance(error.__cause__ or error.__context__, ssl.SSLCertVerificationError):
        return "the server's certificate is not valid for this name"
    return "no encrypted connection could be made"


def _take(answer: httpcore.Response, limits: Limits) -> Got:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if answer.status != 200:
        return Got(status=answer.status, headers=headers, kind=kind, body=b"")
    if limits.kinds is not None and kind not in limits.kinds:
        told = f"it is of the kind {kind[:60]!r}" if kind else "it does not say of what kind it is"
        raise FetchError(f"{told}, which is not read", "kind")
    return Got(status=200, headers=headers, kind=kind, body=_read_body(answer, headers, limits))


def _read_body(answer: httpcore.Response, headers: Headers, limits: Limits) -> bytes:
    """The body, unfolded piece by piece and never further than is allowed."""
    if _promised(headers) > limits.most_bytes:
        raise _too_large(limits)
    unfold = _choose_unfolding(headers.get("content-encoding", ""), limits)
    body, came = bytearray(), 0
    for piece in answer.iter_stream():
        came += len(piece)
        for part in unfold(piece, limits.most_bytes - len(body) + 1):
            body += part
        if max(came, len(body)) > limits.most_bytes:
            raise _too_large(limits)
    return bytes(body)


def _promised(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _choose_unfolding(coding: str, limits: Limits) -> Callable[[bytes, int], Iterator[bytes]]:
    match coding.strip().lower():
        case "" | "identity":
            return lambda piece, most: iter((piece,))
        case "gzip" | "x-gzip":
            return _Gunzip().unfold
        case other:  # brotli and others are not asked for, and their bombs are the worst: a billionth of the size
            raise FetchError(f"it is packed as {other[:30]!r}, which was not asked for", "kind")


class _Gunzip:
    """Unpacks piece by piece, never more than is asked for."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)

    def unfold(self, piece: bytes, most: int) -> Iterator[bytes]:
        try:
            yield self._inflate.decompress(piece, most)
        except zlib.error as error:
            raise FetchError("what it sent cannot be unpacked", "unreachable") from error


def _too_large(limits: Limits) -> FetchError:
    return FetchError(f"it is larger than {limits.most_bytes / 1_000_000:g} MB, the most that is read", "too_large")
