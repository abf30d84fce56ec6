"""An editor's correction of a place name in a report: searching the gazetteer, and keeping the choice."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from geo.corrections import correct_name
from geo.errors import BorderIncidentsError
from geo.model import Article, Place, Resolution
from geo.text import LONGEST_NAME, display_text
from geo.ui.scene import Scene
from geo.ui.shared import Shared
from geo.ui.state import keep, kept
from geo.wording.words import Words

_LOG = logging.getLogger(__name__)
_MOST_FOUND = 12
_LONGEST_QUESTION = 80
_SOUGHT, _SAID, _EDITOR = "sought", "said", "editor"


def describe_editing(scene: Scene) -> dict[str, Any] | None:
    """Words and state of the correction; None where nobody may write."""
    if scene.shared.editing is None:
        return None
    words = scene.words
    names = ("edit", "choose", "no_place", "search", "search_go", "nothing", "who", "holds")
    return {**{name: words(f"article.{name}") for name in names}, "editor": kept(_EDITOR, "")}


def find_sought(scene: Scene, article: Article) -> tuple[int, list[Place]] | None:
    """The name that was last searched for in this report, and the places that bear what was asked for."""
    asked = kept(_SOUGHT, None)
    if asked is None or asked[0] != article.id:
        return None
    return asked[1], list(scene.shared.gazetteer.find(asked[2]))[:_MOST_FOUND]


def last_word(article: Article) -> str:
    """What came of the last correction in this report; empty when there was none."""
    said: tuple[str, str] = kept(_SAID, ("", ""))
    return said[1] if said[0] == article.id else ""


def seek(article: Article, asked: Any) -> None:
    """Remember what an editor searches for; ``asked`` is what the browser sent."""
    if isinstance(asked, dict) and isinstance(asked.get("k"), int) and isinstance(asked.get("query"), str):
        keep(_SOUGHT, (article.id, asked["k"], asked["query"][:_LONGEST_QUESTION]))


def correct(shared: Shared, words: Words, article: Article, toponyms: tuple[Resolution, ...], choice: Any) -> None:
    """Keep an editor's choice, and say what came of it; ``choice`` is what the browser sent."""
    store = shared.editing
    whole = store.article(article.id) if store else None  # what readers see of it may have gaps
    if store is None or whole is None or not _is_choice(choice, len(toponyms)):
        return
    name, who = toponyms[choice["k"]].toponym.text, choice["who"][:LONGEST_NAME]
    keep(_EDITOR, who)
    keep(_SOUGHT, None)
    try:
        border, time = shared.border.code, datetime.now(UTC)
        correct_name(store, whole, name, choice["place"], border=border, who=who, time=time)
        shared.store.changes += 1
        said = words("article.kept", name=words.name(display_text(name)))
    except BorderIncidentsError as error:
        _LOG.exception("a correction could not be kept")
        said = words("article.not_kept", reason=str(error))
    keep(_SAID, (article.id, said))


def _is_choice(choice: Any, count: int) -> bool:
    return (
        isinstance(choice, dict)
        and isinstance(choice.get("k"), int)
        and 0 <= choice["k"] < count
        and isinstance(choice.get("who"), str)
        and (choice.get("place", "") is None or isinstance(choice.get("place"), str))
    )
