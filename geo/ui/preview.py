"""What goes with a link that is sent to somebody: title, summary and a picture of the very view.

Tags of the Open Graph protocol (ogp.me), which messengers, networks and feeds read.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace

from geo.exchange.asked import describe_filter
from geo.filters import Link, write_link
from geo.pictures import draw_link_page, draw_link_preview
from geo.snapshot import Snapshot
from geo.ui.head import plain_summary, write_title
from geo.ui.scene import Scene
from geo.ui.shared import Shared
from geo.wording.words import Words

SIZE = (1200, 630)
"""Pixels of the picture; the shape that previews are shown in."""
_LONGEST = 300
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?\Z")


def write_tags(scene: Scene, *, query: str, public: str, base: str, picture: str) -> list[str]:
    """The tags of a page's head, escaped.

    ``query``: of the link as it was sent. ``public``: address of the dashboard, empty when none is set. ``base``: where
    this request reached it, empty when that cannot be told safely. ``picture``: path of the picture.
    """
    title, summary = write_title(scene), plain_summary(scene)
    tags = {
        "og:type": "website", "og:site_name": scene.words("app.title"), "og:title": title, "og:description": summary,
    }  # fmt: skip
    if public:
        tags["og:url"] = f"{public}?{query}"
    if origin := _origin_of(public) or base:
        asked = write_link(picture_link(scene.link))
        tags |= _describe_picture(f"{origin}{picture}{'?' if asked else ''}{asked}", f"{title}. {summary}")
    lines = [f'<meta property="{name}" content="{_escape(text)}" />' for name, text in tags.items()]
    named = {"description": summary, **({"twitter:card": "summary_large_image"} if "og:image" in tags else {})}
    return [*lines, *(f'<meta name="{name}" content="{_escape(text)}" />' for name, text in named.items())]


def _describe_picture(address: str, alt: str) -> Mapping[str, str]:
    return {
        "og:image": address,
        "og:image:type": "image/png",
        "og:image:width": str(SIZE[0]),
        "og:image:height": str(SIZE[1]),
        "og:image:alt": alt,
    }


def base_of(scheme: str, host: str) -> str:
    """The address that a request named, for links to the same place; empty when its host is no name of one."""
    return f"{scheme}://{host}" if scheme in ("http", "https") and _HOST.match(host) else ""


def leads_here(address: str, host: str, public: str) -> bool:
    """Whether an address is one of this dashboard: below its public one, or at the host that a request named."""
    if public and re.match(rf"{re.escape(public.rstrip('/'))}/?(?:[?#]|\Z)", address):
        return True
    return bool(_HOST.match(host)) and re.match(rf"https?://{re.escape(host)}/", address) is not None


def picture_link(link: Link) -> Link:
    """What of a link its picture depends on."""
    return replace(link, tab=None, rev=None, asof=None)


def draw_picture(shared: Shared, snapshot: Snapshot, link: Link) -> bytes:
    """The picture that goes with a link, as PNG."""
    return draw_link_preview(shared.public(snapshot), link, Words(link.lang or "en"))


def draw_sheet(shared: Shared, snapshot: Snapshot, link: Link) -> bytes:
    """A page to print of a link, as PNG."""
    words = Words(link.lang or "en")
    shown = describe_filter(link.filter, shared.gazetteer, words)
    as_of = shared.papers(snapshot).latest
    return draw_link_page(shared.public(snapshot), link, words, shown=shown, as_of=as_of)


def _origin_of(public: str) -> str:
    """Scheme and host of an address; the picture's path is counted from there."""
    found = re.match(r"https?://[^/?#]+", public)
    return found.group() if found else ""


def _escape(text: str) -> str:
    return html.escape(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
