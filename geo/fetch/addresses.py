"""Addresses as people, feeds and redirects write them, read once into the parts that are connected to.

What is judged and what is connected to are the same parts, so that no second parser can understand them otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from geo.errors import FetchError

LONGEST = 4096
"""Characters of the longest address: four times the longest one seen in feeds of news."""
PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PATH_SIGNS = "/%:@!$&'()*+,;=-._~|[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a page is."""

    scheme: str
    """``http`` or ``https``."""
    host: str
    """A name in ASCII and small letters, or a number of IPv4 or IPv6 without brackets."""
    port: int
    """80 or 443."""
    target: str
    """Path and query, in ASCII; begins with a slash."""

    @property
    def authority(self) -> str:
        """Host and, where it is not the scheme's own, port, as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port, for which one robots.txt stands."""
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.origin + self.target


def read_address(written: str) -> Address:
    """The parts of an http or https address; raises FetchError (``bad_address``) with what is wrong with it."""
    if len(written) > LONGEST:
        raise _bad(f"the address is longer than {LONGEST:,} characters")
    parts = _split(written.strip())
    if parts.scheme not in PORTS:
        raise _bad("only addresses that begin with http:// or https:// are fetched")
    if "@" in parts.netloc:
        raise _bad("addresses with a user name are not fetched")
    return Address(
        scheme=parts.scheme, host=_read_host(parts.netloc), port=_read_port(parts), target=_write_target(parts)
    )


def follow(where: Address, location: str) -> Address:
    """The address a redirect leads to, read as strictly as the first; raises FetchError as ``read_address`` does."""
    try:
        return read_address(urljoin(str(where), location.strip()))
    except ValueError as error:
        raise _bad("it leads on to something that is no address") from error


def _split(written: str) -> SplitResult:
    if _CONTROL.search(written):
        raise _bad("the address holds a control character or a backslash")
    try:
        return urlsplit(written)
    except ValueError as error:  # brackets that do not close, or hold no number of IPv6
        raise _bad("it is no address") from error


def _read_port(parts: SplitResult) -> int:
    try:
        port = parts.port or PORTS[parts.scheme] if parts.port != 0 else 0
    except ValueError as error:
        raise _bad("the port of the address is no number") from error
    if port not in PORTS.values():
        raise _bad(f"port {port} is not fetched from, only 80 and 443")
    return port


def _read_host(netloc: str) -> str:
    if netloc.startswith("["):
        return _read_ipv6(netloc[1:].partition("]")[0])
    host = _to_ascii(netloc.partition(":")[0]).removesuffix(".")
    labels = host.split(".")
    if not host or len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise _bad("the address has no valid host name")
    if _NUMBER.fullmatch(labels[-1]):  # 2130706433, 0x7f.1 and 0177.0.0.1 are forms of 127.0.0.1 to many resolvers
        return _read_ipv4(host)
    return host


def _to_ascii(host: str) -> str:
    """The name as the network knows it; signs that only look like digits, dots or letters become what they mean."""
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise _bad("the address has no valid host name") from error


def _read_ipv4(host: str) -> str:
    try:
        return str(IPv4Address(host))
    except ValueError as error:
        raise _bad("the host is a number, but not written as one of IPv4 is") from error


def _read_ipv6(host: str) -> str:
    try:
        number = IPv6Address(host)
    except ValueError as error:
        raise _bad("the host in brackets is no number of IPv6") from error
    if number.scope_id is not None:
        raise _bad("a number with a zone belongs to this machine's own networks and is not fetched")
    return str(number)


def _write_target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_PATH_SIGNS)
    query = quote(parts.query, safe=_PATH_SIGNS + "?")
    return f"{path}?{query}" if query else path


def _bad(message: str) -> FetchError:
    return FetchError(message, "bad_address")
