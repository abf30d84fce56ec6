"""The folium map: a small, never changing frame whose own layer draws everything in the browser.

``build_map`` gives a fresh map for each rerun; its script is always the same, so Streamlit never reloads its frame.
Basemap and incidents come by address; what changes travels in ``show_command``, a feature group without features.
A page that serves the map answers these addresses:

    {assets_url}/vendor, /map, /fonts     the files of geo/web
    {assets_url}/map.js                   layer_script()
    {data_url}/basemap, /points, /marks, /mask     see geo/web/map/source.js and points.js
"""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import folium
from branca.element import MacroElement
from folium.map import Layer
from folium.template import Template

from geo.borders import Border
from geo.scripts import join_modules, module_name
from geo.settings import web_folder

LAYERS = ("incidents", "provinces", "killed", "wounded", "density")
"""What the map can show of the incidents; the first one unless a link names another. See geo/web/map/layers.js."""

_PUBLIC = {
    "startIncidents": "layer", "renderLegend": "legend", "sourceAt": "source", "themeNamed": "tokens",
    "drawShape": "shapes", "roundBreaks": "classes",
}  # fmt: skip
"""What the script gives, and the module of geo/web/map that it comes from."""

_ENTITIES = {ord(c): f"&#{ord(c)};" for c in "`${}\\"}
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&{}$`\\'\"\u2028\u2029%#"}

_LEAFLET: Mapping[str, Any] = {
    "minZoom": 4, "maxZoom": 13, "zoomSnap": 0.125, "zoomDelta": 0.5, "wheelPxPerZoomLevel": 120,
    "attributionControl": False,
    # The layer draws each step of a zoom itself; Leaflet's stretching of the old picture would only blur it.
    "zoomAnimation": False, "fadeAnimation": False, "markerZoomAnimation": False,
}  # fmt: skip


def safe_text(text: str) -> str:
    """The text as folium may carry it: shown as it is, executed nowhere.

    branca renders what it is given a second time as a template and puts it into JavaScript template literals, so
    beside HTML's own characters, backtick, dollar, braces and backslash become entities.
    """
    return html.escape(text, quote=True).translate(_ENTITIES)


def script_data(value: object) -> str:
    """A JavaScript expression for a value: parsed from a string in which no template or HTML can begin."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f'JSON.parse("{text.translate(_ESCAPES)}")'


@cache
def layer_script() -> str:
    """All modules of the layer as one classic script, which sets ``borderMap``; for a server or a page of its own."""
    names = {public: f"map/{module}.js" for public, module in _PUBLIC.items()}
    public = ", ".join(f"{name}: {module_name(module)}.{name}" for name, module in names.items())
    return (
        f'"use strict";\n(() => {{\n{join_modules(*names.values())}\nglobalThis.borderMap = {{ {public} }};\n}})();\n'
    )


@cache
def layer_version() -> str:
    """A short hash of the layer's script and style; addresses that carry it may be cached for ever."""
    style = (web_folder() / "map" / "map.css").read_bytes()
    return hashlib.sha256(layer_script().encode() + style).hexdigest()[:12]


class IncidentLayer(Layer):
    """The layer that draws basemap and incidents on canvas, from data it fetches by address."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            borderMap.startIncidents({{ this._parent.get_name() }}, {{ this.options_script }});
        {% endmacro %}
        """
    )

    def __init__(self, *, data_url: str, legend: bool | str = "auto") -> None:
        super().__init__(name="incidents", overlay=True, control=False, show=False)
        self._name = "IncidentLayer"
        self.options_script = script_data({"data_url": data_url, "legend": legend})


class _BorderMap(folium.Map):
    """A folium map that loads our own copy of Leaflet and nothing else."""

    def __init__(self, *, assets_url: str, location: tuple[float, float]) -> None:
        super().__init__(location=location, zoom_start=6, tiles=None, zoom_control="topright", **_LEAFLET)
        # Set on the instance: the lists of the class are shared by every map of the process.
        self.default_js = [(address, address) for kind, address in map_assets(assets_url) if kind == "script"]
        self.default_css = [(address, address) for kind, address in map_assets(assets_url) if kind == "style"]


def map_assets(assets_url: str) -> tuple[tuple[str, str], ...]:
    """What the map's frame fetches: kind ("script", "style") and address of each, in the order of their use."""
    version = layer_version()
    return (
        ("script", f"{assets_url}/vendor/leaflet.js"),
        ("script", f"{assets_url}/map.js?v={version}"),
        ("style", f"{assets_url}/vendor/leaflet.css"),
        ("style", f"{assets_url}/fonts/fonts.css"),
        ("style", f"{assets_url}/map/map.css?v={version}"),
    )


def build_map(border: Border, *, assets_url: str, data_url: str, legend: bool | str = "auto") -> folium.Map:
    """A fresh map of a border, the same script every time, with the incident layer on it.

    ``legend``: inside the map's box True, False, or "auto" (where the box is large enough).
    """
    lats, lons = zip(*border.coordinates, strict=True)
    middle = ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    border_map = _BorderMap(assets_url=assets_url, location=middle)
    IncidentLayer(data_url=data_url, legend=legend).add_to(border_map)
    return border_map


class _Show(MacroElement):
    """Hands a command to the layer of the map that the group is added to."""

    # streamlit-folium keeps every group it ever added in window.feature_group; emptying it cures the leak.
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            if (window.feature_group) window.feature_group.length = 0;
            {{ this._parent._parent.get_name() }}.incidents.show({{ this.command_script }});
        {% endmacro %}
        """
    )

    def __init__(self, command: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no annotations
        self._name = "Show"
        self.command_script = script_data(dict(command))


def show_command(
    *,
    rev: int,
    query: str = "",
    dates: tuple[int | None, int | None] = (None, None),
    selected: int | str | None = None,
    opened: bool = False,
    view: tuple[float, float, float] | None = None,
    **page: object,
) -> folium.FeatureGroup:
    """What the map is to show now, for ``feature_group_to_add``.

    rev: data revision. query: the filter without its dates, as the mask address takes it. dates: first and last day
    since 1970-01-01. selected: incident index or id; opened: the others go faint. view: lat, lon, zoom; None fits the
    incidents. ``page``: layer (one of LAYERS), theme ("light", "dark"), lang, rtl, words (see words.js), channel
    (name of the BroadcastChannel that the map shares with the page of this session).
    """
    command = {
        "rev": rev, "query": query, "from": dates[0], "to": dates[1], "selected": selected, "opened": opened,
        "view": view, **page,
    }  # fmt: skip
    group = folium.FeatureGroup(name="incidents shown", control=False)
    _Show(command).add_to(group)
    return group
