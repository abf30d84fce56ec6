"""How the incidents were read, what is missing, where everything comes from: the text of the Methodology tab."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from geo.settings import data_folder
from geo.wording.words import Words

_SECTIONS = ("sources", "places", "figures", "claims", "border", "corrections", "accuracy", "limits", "licence")
_PRECISIONS = ("exact", "near", "adm2", "adm1", "line", "total")
_MOST_PARAGRAPHS = 4


@cache
def describe_methodology(words: Words, corrections: str = "") -> dict[str, Any]:
    """The sections of the tab in one language; with the address of the page of corrections, where there is one."""
    sections = {name: _describe_section(name, words) for name in _SECTIONS}
    if corrections:
        sections["corrections"]["link"] = [words("corrections.title"), corrections]
    return {"lead": words("methodology.title"), "sections": list(sections.values())}


def _describe_section(name: str, words: Words) -> dict[str, Any]:
    keys = [f"methodology.{name}.{n}" for n in range(1, _MOST_PARAGRAPHS + 1)]
    section: dict[str, Any] = {
        "title": words(f"methodology.{name}"),
        "paragraphs": [words(key) for key in keys if words.has(key)],
    }
    if name == "places":
        section["marks"] = [[p, words(f"precision.{p}"), words(f"methodology.mark.{p}")] for p in _PRECISIONS]
    if name == "licence":
        section["sources"] = _list_licences()
    return section


def _list_licences() -> list[list[str]]:
    """Source, licence and attribution of every data file, each once."""
    files = tomllib.loads((data_folder() / "SOURCES.toml").read_text(encoding="utf8"))["file"]
    return [list(row) for row in dict.fromkeys((f["source"], f["licence"], f["attribution"]) for f in files)]
