"""The style of the page: every sheet of geo/web in one element."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from geo.settings import web_folder
from geo.ui.parts import versioned_assets

_STYLES = (
    "fonts/fonts.css", "page/tokens.css", "page/frame.css", "page/page.css", "page/lists.css", "page/tabs.css",
    "page/article.css", "page/panels.css", "page/small.css", "page/facets.css", "page/focus.css",
    "page/share.css", "page/embed.css",
    "map/map.css", "time/time.css",
)  # fmt: skip


@cache
def page_style() -> str:
    """All styles as one element, which stands in the page's body from the first moment (``geo.ui.front``)."""
    return write_style(_STYLES)


def write_style(names: Iterable[str]) -> str:
    """Sheets by their names below geo/web, as one element."""
    return f"<style>{''.join(map(_read_sheet, names))}</style>"


def _read_sheet(name: str) -> str:
    """A sheet whose files are named by their full address, since the style lies elsewhere than they do."""
    sheet = (web_folder() / name).read_text(encoding="utf8")
    return sheet.replace("url(./", f"url({versioned_assets()}/{name.partition('/')[0]}/")
