"""Colours of what happened, as the browser's map has them (``geo/web/map/tokens.js``), for files that carry styles."""

from __future__ import annotations

COLOURS = {
    "clash": "#A83A00", "strike": "#0072B2", "shelling": "#B57F00", "bombing": "#8F2F7D", "raid": "#00806A",
    "crossings": "#3D3C39", "other": "#55524B",
}  # fmt: skip
"""By category."""
ACCENT, SECOND, LAND = "#8E1F33", "#55524B", "#FFFEFB"
