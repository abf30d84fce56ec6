"""Which Nominatim server may be asked, and under what name we ask it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from geo import __version__
from geo.errors import UsageError
from geo.settings import read_option

PUBLIC_DOMAIN = "openstreetmap.org"
"""Its server is run on donations; its policy wants every application to name somebody who can be written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A Nominatim server."""

    scheme: str
    domain: str
    """Host, with port and path where it has them."""
    contact: str
    """Mail address or page of the people who ask; empty when they are the server's own."""

    @property
    def name(self) -> str:
        """The server's address: its answers are kept, and its turns given, under this name."""
        return f"{self.scheme}://{self.domain}"

    @property
    def user_agent(self) -> str:
        """Who asks: this program, its version and whom to write to."""
        return f"border-incidents/{__version__}" + (f" ({self.contact})" if self.contact else "")


def read_service() -> Service | None:
    """The server that the options name; None when they name none. Raises UsageError when it must not be asked."""
    address = read_option("BORDER_INCIDENTS_NOMINATIM").strip()
    return make_service(address, contact=read_option("BORDER_INCIDENTS_CONTACT")) if address else None


def make_service(address: str, *, contact: str = "") -> Service:
    """The server at an address such as ``https://nominatim.example.org``.

    Raises UsageError when it is no web address, or is the public server and nobody is named to be written to.
    """
    try:
        parts = urlsplit(address.strip())
        sound = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.query:
        raise UsageError("BORDER_INCIDENTS_NOMINATIM wants a server's address, as in https://nominatim.example.org")
    contact = contact.strip()
    if not contact.isascii() or not contact.isprintable():
        raise UsageError("BORDER_INCIDENTS_CONTACT wants a mail address or a page in plain letters")
    host = str(parts.hostname).rstrip(".")
    public = host == PUBLIC_DOMAIN or host.endswith(f".{PUBLIC_DOMAIN}")
    if public and not ("@" in contact or "://" in contact):
        raise UsageError(
            f"{host} may only be asked by people it can write to: "
            "set BORDER_INCIDENTS_CONTACT to a mail address or a page of yours"
        )
    return Service(scheme=parts.scheme, domain=(parts.netloc.lower() + parts.path).strip("/"), contact=contact)
