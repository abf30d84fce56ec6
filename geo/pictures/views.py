"""Pictures of what a link shows."""

from __future__ import annotations

from datetime import date

from geo.filters import Link
from geo.pictures.captions import caption
from geo.pictures.ground import read_ground
from geo.pictures.marks import choose_marks
from geo.pictures.scene import World
from geo.pictures.sheets import draw_page, draw_preview
from geo.snapshot import Snapshot, match
from geo.wording.words import Words

LAYERS = ("incidents", "provinces")
"""What a picture can show of the incidents."""


def draw_link_page(
    snapshot: Snapshot, link: Link, words: Words, *, shown: str = "", as_of: date | None = None
) -> bytes:
    """A page to print as PNG, 1600 by 1040 pixels, of what a link shows; the same bytes for the same view and data.

    ``shown``: the filter in words, ``as_of``: day of the newest report. Raises DataError when the border's basemap has
    not been built.
    """
    world = see(snapshot, link, words)
    return draw_page(world, caption(world, link.filter, shown=shown, as_of=as_of), link.view)


def draw_link_preview(snapshot: Snapshot, link: Link, words: Words) -> bytes:
    """The picture that goes with a link as PNG, 1200 by 630 pixels; the same bytes for the same view and data.

    Raises DataError when the border's basemap has not been built.
    """
    world = see(snapshot, link, words)
    return draw_preview(world, caption(world, link.filter, shown="", as_of=None), link.view)


def see(snapshot: Snapshot, link: Link, words: Words) -> World:
    """What a link's picture is drawn from."""
    matched = match(snapshot, link.filter)
    return World(
        snapshot=snapshot,
        ground=read_ground(snapshot.border),
        matched=matched,
        chosen=choose_marks(snapshot, matched),
        words=words,
        opened=snapshot.index_of(link.incident) if link.incident else None,
        until=link.filter.end,
        layer=link.layer or LAYERS[0],
    )
