"""How QGIS draws the layers: the colours and hatches of the dashboard's map, as QML."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from geo.exchange.colours import ACCENT, COLOURS, LAND, SECOND

_SHAPES = {
    "clash": "circle", "strike": "triangle", "shelling": "square", "bombing": "diamond", "raid": "pentagon",
    "crossings": "line", "other": "circle",
}  # fmt: skip


def _options(**values: str) -> str:
    return "".join(
        f"<Option type='QString' name={quoteattr(name)} value={quoteattr(v)}/>" for name, v in values.items()
    )


def _colour(code: str, alpha: int = 255) -> str:
    red, green, blue = (int(code[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def _layer(kind: str, inner: str = "", /, **values: str) -> str:
    options = f"<Option type='Map'>{_options(**values)}</Option>"
    return f"<layer class='{kind}' enabled='1' pass='0' locked='0'>{options}{inner}</layer>"


def _symbol(name: str, kind: str, *layers: str) -> str:
    return f"<symbol type='{kind}' name='{name}' alpha='1' clip_to_extent='1'>{''.join(layers)}</symbol>"


def _style(renderer: str) -> str:
    return (
        f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis styleCategories='Symbology'>{renderer}</qgis>"
    )


def _single(symbol: str) -> str:
    return _style(f"<renderer-v2 type='singleSymbol'><symbols>{symbol}</symbols></renderer-v2>")


def _marker(category: str) -> str:
    filled = "255,255,255,0" if category == "other" else _colour(COLOURS[category])
    edge = COLOURS[category] if category in ("other", "crossings") else LAND
    return _layer(
        "SimpleMarker", name=_SHAPES[category], color=filled, outline_color=_colour(edge), outline_width="0.4",
        size="2.6", angle="180" if category == "strike" else "90" if category == "crossings" else "0",
    )  # fmt: skip


def _incidents() -> str:
    """By what happened, as the legend of the dashboard."""
    categories = "".join(
        f"<category render='true' symbol='{number}' value='{category}' label='{category}'/>"
        for number, category in enumerate(COLOURS)
    )
    symbols = "".join(_symbol(str(n), "marker", _marker(category)) for n, category in enumerate(COLOURS))
    return _style(
        f"<renderer-v2 type='categorizedSymbol' attr='category'><categories>{categories}</categories>"
        f"<symbols>{symbols}</symbols></renderer-v2>"
    )


def _hatch(colour: str, angle: int, distance: str, width: str) -> str:
    line = _symbol("@0@1", "line", _layer("SimpleLine", line_color=_colour(colour, 150), line_width=width))
    colour = _colour(colour, 150)
    return _layer("LinePatternFill", line, angle=str(angle), distance=distance, color=colour, line_width=width)


def _outline(colour: str, width: str, style: str) -> str:
    return _layer(
        "SimpleFill", style="no", outline_color=_colour(colour), outline_width=width, outline_style=style
    )  # fmt: skip


STYLES: Mapping[str, str] = {
    "incidents": _incidents(),
    "areas": _single(_symbol("0", "fill", _hatch(SECOND, 45, "1.6", "0.2"), _outline(SECOND, "0.3", "solid"))),
    "stretches": _single(_symbol("0", "line", _layer("SimpleLine", line_color=_colour(SECOND, 110), line_width="3"))),
    "totals": _single(_symbol("0", "fill", _hatch(ACCENT, -45, "2.6", "0.2"), _outline(ACCENT, "0.4", "solid"))),
    "border": _single(
        _symbol("0", "line", _layer("SimpleLine", line_color=_colour(ACCENT), line_width="0.5", line_style="dash"))
    ),
}
"""QML by layer."""
