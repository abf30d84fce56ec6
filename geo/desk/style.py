"""The style of the desk: the dashboard's type and colours, and its own sheets."""

from __future__ import annotations

from functools import cache

from geo.ui.style import write_style

_SHEETS = (
    "fonts/fonts.css", "page/tokens.css", "page/frame.css", "page/page.css", "page/lists.css", "page/tabs.css",
    "page/article.css", "page/panels.css", "page/focus.css",
    "desk/desk.css", "desk/review.css", "desk/form.css", "desk/pages.css", "desk/small.css",
)  # fmt: skip


@cache
def desk_style() -> str:
    """All styles as one element."""
    return write_style(_SHEETS)
