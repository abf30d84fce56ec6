"""Addresses of pages as feeds give them, brought to the one form by which a page is known again."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from geo.errors import FetchError
from geo.fetch.addresses import read_address

_TRACKING = re.compile(
    r"utm_[a-z_]+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|"
    r"at_(medium|campaign|custom\d|link_\w+|ptr_name|format|bbc_team)|cmpid|ns_(mchannel|source|campaign|linkname|fee)",
    re.IGNORECASE,
)
"""Names of parameters that say by which way a reader came, and nothing of the page; those of the BBC among them."""


def clean_address(written: str, base: str = "") -> str | None:
    """The address of a page, complete and without fragment and tracking; None for what is no http or https address."""
    try:
        address = read_address(urljoin(base, written.strip()) if written.strip() else "")
    except (FetchError, ValueError):
        return None
    path, mark, query = address.target.partition("?")
    kept = [part for part in query.split("&") if not _TRACKING.fullmatch(part.partition("=")[0])]
    return address.origin + path + (mark + "&".join(kept) if any(kept) else "")
