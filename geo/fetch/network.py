"""Connections to the public internet and to nothing else, judged at the moment they are made.

A name is resolved once, every address it has must be public, and the connection goes to one of these very addresses.
To judge a name first and let a client resolve it again is no protection: the second answer may be another one (DNS
rebinding). No option, environment variable or proxy changes that; tests put a network of their own in its place.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from time import monotonic
from typing import Any

import httpcore
import httpx

from geo.errors import FetchError

IpAddress = IPv4Address | IPv6Address
_GLOBAL_IPV6 = IPv6Network("2000::/3")
_TEREDO = IPv6Network("2001::/32")
_NAT64 = IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = (
    IPv4Network("192.0.0.0/24"),  # protocol assignments, of which older versions of Python know only some
    IPv4Network("192.88.99.0/24"),  # relays of 6to4, given up by RFC 7526
    IPv4Network("168.63.129.16/32"),  # public by its number, but to machines in Azure their host's own service
)
CONNECT_S = 4.0
"""Seconds for one address of a host; what is left of the whole time goes to its next one."""


class Deadline:
    """The moment at which a fetch must have ended."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = monotonic() + seconds

    def left_s(self) -> float:
        """Seconds left; raises FetchError (``timeout``) when there are none."""
        left = self._end - monotonic()
        if left <= 0:
            raise FetchError(f"it did not answer within {self.seconds:g} seconds", "timeout")
        return left


@dataclass(frozen=True, slots=True)
class Network:
    """How names become addresses and how these are reached; tests put both in place, the rule between them stays."""

    resolve: Callable[[str], Iterable[str]]
    """The addresses of a host name; raises OSError when it has none."""
    backend: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)
    tls: Callable[[], ssl.SSLContext] = lambda: _trust_public_authorities()


def is_public(address: IpAddress) -> bool:
    """Whether an address belongs to the public internet, also by what it wraps: mapped, 6to4, NAT64."""
    if isinstance(address, IPv4Address):
        return (
            address.is_global
            and not (address.is_multicast or address.is_reserved)
            and not any(address in network for network in _NOT_PUBLIC)
        )
    wrapped = address.ipv4_mapped or address.sixtofour
    if wrapped is None and address in _NAT64:
        wrapped = IPv4Address(int(address) & 0xFFFF_FFFF)
    if wrapped is not None:
        return is_public(wrapped)
    return address.is_global and address in _GLOBAL_IPV6 and address not in _TEREDO


def look_up(host: str) -> list[str]:
    """The addresses the system's resolver gives for a name, in its order."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


INTERNET = Network(look_up)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only, and lets no step outlast the deadline."""

    def __init__(self, network: Network, deadline: Deadline) -> None:
        self._network = network
        self._deadline = deadline

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **kwargs: Any
    ) -> httpcore.NetworkStream:
        """A connection to the first address that answers; raises FetchError ``not_allowed`` or ``unreachable``."""
        for address in self._judge(host):
            limit = min(CONNECT_S, self._deadline.left_s())
            try:
                stream = self._network.backend.connect_tcp(address, port, limit)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            return _TimedStream(stream, self._deadline)
        self._deadline.left_s()
        raise FetchError("the server cannot be reached", "unreachable")

    def _judge(self, host: str) -> Sequence[str]:
        """The addresses of a host; one that is not public condemns all, for a name has no honest reason to mix them."""
        addresses = dict.fromkeys(self._resolve(host))
        if not all(is_public(ip_address(address)) for address in addresses):
            raise FetchError("the address leads into a private or local network, which is never fetched", "not_allowed")
        return list(addresses)

    def _resolve(self, host: str) -> list[str]:
        try:
            return [str(ip_address(host))]
        except ValueError:
            return _resolve_in_time(self._network.resolve, host, self._deadline)


class _TimedStream(httpcore.NetworkStream):
    """A connection every step of which ends at the deadline, so that a server that drips its answer gains nothing."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left_s())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left_s())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left_s())
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _resolve_in_time(resolve: Callable[[str], Iterable[str]], host: str, deadline: Deadline) -> list[str]:
    """What the resolver says, asked in a thread: the system's cannot be told when to give up."""
    found: list[str] = []
    failed: list[Exception] = []

    def ask() -> None:
        try:
            found.extend(resolve(host))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=ask, daemon=True, name=f"resolve {host}")
    thread.start()
    thread.join(deadline.left_s())
    answer = list(found)
    if thread.is_alive():
        raise FetchError("the name server did not answer in time", "timeout")
    if failed or not answer:
        raise FetchError("no server of this name was found", "unreachable")
    return answer


_TLS: list[ssl.SSLContext] = []


def _trust_public_authorities() -> ssl.SSLContext:
    """The authorities trusted, read once: that takes longer than most answers."""
    if not _TLS:
        _TLS.append(httpx.create_ssl_context(trust_env=False))
    return _TLS[0]
