"""The words of the page: the same keys and placeholders in every language, none empty."""

from __future__ import annotations

import json
import re
from typing import cast

import pytest

from geo.settings import data_folder

LANGUAGES = ("en", "ur", "ps", "fa")
PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


def words_of(language: str) -> dict[str, str]:
    """All sentences and labels of ``language`` by key; a key that stands twice fails."""

    def once(pairs: list[tuple[str, str]]) -> dict[str, str]:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), f"{language}: a key stands twice"
        return dict(pairs)

    text = (data_folder() / "words" / f"{language}.json").read_text(encoding="utf-8")
    return cast("dict[str, str]", json.loads(text, object_pairs_hook=once))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_the_keys_of_english_in_the_same_order(language: str) -> None:
    assert list(words_of(language)) == list(words_of("en"))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_translation_keeps_the_placeholders_of_its_english_sentence(language: str) -> None:
    english, other = words_of("en"), words_of(language)
    lost = [
        key for key in english if sorted(PLACEHOLDER.findall(english[key])) != sorted(PLACEHOLDER.findall(other[key]))
    ]
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_empty_or_carries_stray_space_or_markup(language: str) -> None:
    bad = [key for key, value in words_of(language).items() if not value or value != value.strip() or "<" in value]
    assert bad == []


def test_a_plural_has_both_its_forms() -> None:
    keys = set(words_of("en"))
    for key in keys:
        stem, _, form = key.rpartition(".")
        if form in {"one", "other"} and stem not in {"event", "party", "party.short"}:
            assert {f"{stem}.one", f"{stem}.other"} <= keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_twelve_months_long_and_short(language: str) -> None:
    words = words_of(language)
    assert all(f"month.{n}" in words and f"month.short.{n}" in words for n in range(1, 13))
