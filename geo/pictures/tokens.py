"""Colours, shapes and sizes of the pictures: those of the browser's map (geo/web/map/tokens.js) in its light theme."""

from __future__ import annotations

PAPER = "#FBFAF6"
INK = "#1F1E1B"
SECOND = "#55524B"
THIRD = "#716D64"
RULE = "#DDD8CC"
STRONG_RULE = "#B9B3A5"
ACCENT = "#8E1F33"
LAND = "#FFFEFB"
OTHER_LAND = "#EFECE3"
SEA = "#E3E7E6"
PROVINCE_EDGE = "#DCD6C8"
COUNTRY_EDGE = "#A9A294"
RAMP = ("#F3DAD3", "#E3B1A9", "#CC8280", "#AD5159", "#8E1F33")
"""One hue from few to many, in steps that every kind of eye tells apart."""
ON_RAMP = ("#1F1E1B", "#1F1E1B", "#1F1E1B", "#FFFFFF", "#FFFFFF")
"""Colour of words on each step, at least 4.5 to 1."""

EVENTS = {
    "clash": "#A83A00",
    "strike": "#0072B2",
    "shelling": "#B57F00",
    "bombing": "#8F2F7D",
    "raid": "#00806A",
    "crossings": "#3D3C39",
    "other": "#55524B",
}
"""Colour of each event category."""
SHAPES = {
    "clash": "circle",
    "strike": "triangle",
    "shelling": "square",
    "bombing": "diamond",
    "raid": "chevron",
    "crossings": "bar",
    "other": "open",
}
"""Shape of each event category, the second channel beside its colour."""
STACK = ("clash", "shelling", "strike", "raid", "bombing", "crossings", "other")
"""Event categories as the timeline stacks them, from the foot."""

# Sizes in units: CSS pixels of the browser's map.
MARK = 12.0
HALO = 1.6
PLATE = 16.0
RING = 11.0
SELECTED_RING = 12.0
DISC_MIN = 9.0
CROSSING = 5.6
CLUSTER = 13.0
GRID_CELL = 48.0
GRID_ABOVE = 4_000
"""More marks than this in view become count bubbles, as in the browser."""
MOST_SPOTS = 400
"""So do more spots than this: nobody can zoom into a picture to part what hides one another."""

OPENED_OTHERS = 0.18
"""Opacity of everything else while one incident is open."""
NEAR_KM = 10.0
"""Radius where the report says "near" and no distance."""
DISTRICT_KM = 15.0
"""Radius of a district whose area is not known."""
