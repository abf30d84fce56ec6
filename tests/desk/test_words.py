"""The desk's words: the same in every language, none missing where the page asks for it, none that nobody asks for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from geo.desk.words import desk_words
from geo.settings import data_folder, web_folder
from geo.wording.words import LANGUAGES, read_words

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
DESK = data_folder() / "words" / "desk"
CODE = "".join(path.read_text(encoding="utf8") for path in sorted((ROOT / "geo" / "desk").glob("*.py")))
SCRIPTS = {path.stem: path.read_text(encoding="utf8") for path in sorted((web_folder() / "desk").glob("*.js"))}


def own_words(language: str) -> dict[str, str]:
    """The words of the desk alone."""
    words: dict[str, str] = json.loads((DESK / f"{language}.json").read_text(encoding="utf8"))
    return words


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_the_keys_and_placeholders_of_english(language: str) -> None:
    english, other = own_words("en"), own_words(language)
    assert list(english) == list(other)
    differ = [key for key in english if set(PLACEHOLDER.findall(english[key])) != set(PLACEHOLDER.findall(other[key]))]
    assert differ == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_empty_or_carries_stray_space_or_markup(language: str) -> None:
    assert [
        key for key, value in own_words(language).items() if not value or value != value.strip() or "<" in value
    ] == []


def test_the_desk_says_nothing_in_place_of_the_dashboard() -> None:
    assert own_words("en").keys().isdisjoint(read_words("en"))
    assert desk_words("en").has("map.label") and desk_words("en").has("sign.title")


def test_every_word_that_a_script_asks_for_is_there() -> None:
    asked = {name: set(re.findall(r"\bwords\.(\w+)", text)) for name, text in SCRIPTS.items() if name != "spans"}
    known = own_words("en")
    review = {f"desk.w.{key}" for name, keys in asked.items() if name != "add" for key in keys}
    added = {f"desk.add.w.{key}" for key in asked["add"]}
    assert (review | added) - known.keys() == set()


def test_every_word_is_asked_for_somewhere() -> None:
    scripts = "".join(SCRIPTS.values())
    idle = []
    for key in own_words("en"):
        stem, _, last = key.rpartition(".")
        shown = key in CODE or f"{stem}.{{" in CODE or f'"{stem}"' in CODE
        written = stem in ("desk.w", "desk.add.w") and re.search(rf"words\.{last}\b|words\[`", scripts)
        if not (shown or written or last == "other"):
            idle.append(key)
    assert idle == []
