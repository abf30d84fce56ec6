"""Streamlit's own page and its files, served so that the browser asks for all it will need in the first moment.

Without that it finds out in steps: Streamlit's program, then the widgets that the first redraw needs, then our parts,
then what these import. And Streamlit sends its files as they are, 2 MB where half a megabyte would do.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from streamlit import file_util

from geo.maps import map_assets
from geo.ui.parts import SCRIPT, versioned_assets
from geo.ui.style import page_style

_WIDGETS = ("BidiComponent", "ButtonGroup", "ComponentInstance", "Html", "Slider", "TextInput")
"""Streamlit's modules, by the first part of their file names, that draw what stands on our page."""
_IMPORTED = re.compile(r"""(?:from|import)\s*["'](\.{1,2}/[^"']+\.js)["']""")
_UNUSED_FONT = re.compile(r"""<link\s+rel="preload"\s+href="[^"]*/SourceSans[^>]*>""")
"""The page is set in our own fonts; Streamlit's is then fetched only where a character of it is drawn."""
_INLINE = re.compile(r"<!-- [^<>]*prerenderReady[^<>]*-->\s*<script>\s*window\.prerenderReady = false\s*</script>")
"""A word to machines that index pages; without it the page has no script of its own, and no other need be allowed."""
_BODY = re.compile(r"<body\b[^>]*>")
"""Our style stands in the body, for Streamlit adds its own to the head, and of equal rules the last wins."""
_FRAMES = {"true": "whole", "map": "map"}
"""The class of a page by how a link embeds it."""
_LATER = 'fetchpriority="low"'
"""The server is to be asked for the page's content before all of these have come."""
_FONT = "fonts/public-sans-latin-wght-normal.woff2"


def read_page(prefix: str, embed: str = "", *, script: str = SCRIPT, style: Callable[[], str] = page_style) -> str:
    """Streamlit's page with our style and the addresses of all scripts in its head; files are below ``prefix``.

    ``embed`` is what a link says of the frame the page stands in: "true", or "map" for the bare map. The style is told
    by classes of the root element, so that nothing shows that goes away again.
    """
    kind = _FRAMES.get(embed.lower())
    page = _make_page(prefix, script, style)
    return page.replace("<html ", f'<html class="embedded embedded-{kind}" ', 1) if kind else page


@cache
def _make_page(prefix: str, script: str, style: Callable[[], str]) -> str:
    page = (_static_folder() / "index.html").read_text(encoding="utf8")
    page = _INLINE.sub("", _UNUSED_FONT.sub("", page, count=1), count=1).replace('"./static/', f'"{prefix}/static/')
    font = f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{versioned_assets()}/{_FONT}">'
    modules = [f"{prefix}/static/js/{name}" for name in _list_widgets() if name not in page]
    modules.append(f"{versioned_assets()}/{script}")
    links = [f'<link rel="modulepreload" crossorigin {_LATER} href="{address}">' for address in modules]
    page = page.replace("</head>", "\n".join([font, *links, "</head>"]), 1)
    return _BODY.sub(lambda body: f"{body.group()}\n{style()}", page, count=1)


def preload_frame() -> str:
    """Links to what the map's frame will ask for, which comes long after the page."""
    links = [f'<link rel="preload" as="{kind}" {_LATER} href="{url}">' for kind, url in map_assets(versioned_assets())]
    declared = sys.modules.get("streamlit_folium")  # by the first page that is drawn; until then nothing serves it
    if declared is not None and declared.__file__:
        build = Path(declared.__file__).parent / "frontend" / "build"
        for script in build.glob("static/js/main.*.js"):
            address = f"/component/streamlit_folium.st_folium/{script.relative_to(build).as_posix()}"
            links.append(f'<link rel="preload" as="script" {_LATER} href="{address}">')
    return "\n".join(links)


def preload_data(addresses: Iterable[str]) -> str:
    """Links that let the browser fetch data before the program that draws it is there."""
    return "\n".join(f'<link rel="preload" as="fetch" crossorigin {_LATER} href="{address}">' for address in addresses)


@cache
def list_static() -> Mapping[str, Path]:
    """Streamlit's own files by their names below its ``static``, which hold a hash of what is in them."""
    folder = _static_folder() / "static"
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def _static_folder() -> Path:
    return Path(file_util.get_static_dir())


def _list_widgets() -> Iterator[str]:
    """Files of the widgets on our page and of all they import; none where Streamlit names its files otherwise."""
    folder = _static_folder() / "static" / "js"
    first = [path.name for path in sorted(folder.glob("*.js")) if path.name.partition(".")[0] in _WIDGETS]
    yield from _follow(folder, first)


def _follow(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """The files named and those they import, each once."""
    waiting, seen = [name for name in names if (folder / name).is_file()], set[str]()
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        yield name
        text = (folder / name).read_text(encoding="utf8")
        beside = ((folder / name).parent / imported for imported in _IMPORTED.findall(text))
        waiting.extend(path.resolve().relative_to(folder.resolve()).as_posix() for path in beside)
