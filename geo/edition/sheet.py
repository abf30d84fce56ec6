"""The style of an edition: the page's own sheets, and the frame that Streamlit gives the page elsewhere."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from geo.settings import web_folder

_SHEETS = (
    "vendor/leaflet.css", "page/tokens.css", "page/frame.css", "page/page.css", "page/lists.css", "page/tabs.css",
    "page/panels.css", "page/small.css", "page/facets.css", "page/focus.css", "map/map.css", "time/time.css",
    "edition/edition.css",
)  # fmt: skip
_FILE = re.compile(r"url\((?:\./)?([\w/-]+\.(?:svg|png))\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_KINDS = {".svg": "image/svg+xml", ".png": "image/png"}


@cache
def edition_style() -> str:
    """All rules but those of the fonts, with the pictures they name in themselves."""
    return "\n".join(_read(web_folder() / name) for name in _SHEETS)


def _read(path: Path) -> str:
    text = _COMMENT.sub("", path.read_text(encoding="utf8"))

    def carry(found: re.Match[str]) -> str:
        file = path.parent / found[1]
        if not file.is_file():
            return "none"  # Leaflet's own marks and buttons, which nothing of ours shows
        return f"url(data:{_KINDS[file.suffix]};base64,{b64encode(file.read_bytes()).decode()})"

    return re.sub(r"\n\s*\n+", "\n", _FILE.sub(carry, text)).strip()
