"""The head of the desk: its pages, what was said last, who is signed in, the languages."""

from __future__ import annotations

from typing import Any

from geo.desk.news import say_news
from geo.desk.scene import DeskScene
from geo.desk.state import PAGES, change_state, forget_said, last_said, open_page
from geo.ui.parts import slot
from geo.wording.words import LANGUAGES, Words


def head_slot() -> str:
    """The slot of the head."""
    return slot("head", _describe, went=open_page, spoke=_speak, dismissed=lambda _: forget_said())


def _describe(scene: DeskScene) -> dict[str, Any]:
    words, person, said = scene.words, scene.person, last_said()
    waiting, stuck = len(scene.waiting), scene.shared.store.documents.count().quarantined
    counts = {"review": waiting, "documents": stuck}
    return {
        "brand": words("app.title"),
        "kicker": words("desk.title"),
        "pages": [
            [page, words(f"desk.{page}"), words.number(counts[page]) if counts.get(page) else ""] for page in PAGES
        ],
        "open": scene.state.page,
        "label": words("desk.pages"),
        "name": person.name,
        "role": words(f"desk.role.{person.role}"),
        "sign_out": words("sign.out"),
        "language": words("language.choose"),
        "lang": words.language,
        "languages": [[code, Words(code)("language.name")] for code in LANGUAGES],
        "said": [said.tone, said.text] if said else None,
        "news": say_news(scene),
        "close": words("action.close"),
    }


def _speak(language: Any) -> None:
    if language in LANGUAGES:
        change_state(lang=language)
