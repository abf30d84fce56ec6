"""The corpora: articles with what is right about them, in a form that one of the scorers reads."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from . import scorers

FOLDER_OPTION = "BORDER_INCIDENTS_CORPORA"
"""Environment variable naming the folder of corpora that may not be shipped: geoparsing/ and incidents/."""

Record = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """Articles and the right answers for them."""

    name: str
    kind: str
    """``gold``, ``geoparsing``, ``narratives`` or ``places``: the scorer's name."""
    path: Path
    """A folder for gold, else one file."""
    options: tuple[object, ...] = ()
    """What the maker of the input takes beside the paths."""

    def sha256(self) -> str:
        """Hash over all files, in the order of their names."""
        files = sorted(self.path.glob("*.json")) if self.path.is_dir() else [self.path]
        hashes = "".join(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n" for file in files)
        return hashlib.sha256(hashes.encode()).hexdigest()

    def questions(self) -> list[str]:
        """The articles as lines for ``read``, without the answers."""
        return _MAKERS[self.kind](self)

    def score(self, answers: Path) -> dict[str, float]:
        """The scorer's figures for the answers of ``read``."""
        scorer = scorers.GOLD.score if self.kind == "gold" else getattr(scorers, self.kind.upper()).main
        return scorers.figures_of(scorer, str(self.path), str(answers), *((False,) if self.kind == "gold" else ()))


def gold_corpora() -> list[Corpus]:
    """The project's own annotated articles."""
    folders = sorted((scorers.FOLDER / "gold").iterdir())
    return [Corpus(name=f"gold-{f.name}", kind="gold", path=f) for f in folders if any(f.glob("*.json"))]


def other_corpora() -> list[Corpus]:
    """The corpora of the folder that the environment names; none where it names none."""
    named = os.environ.get(FOLDER_OPTION)
    if not named:
        return []
    folder = Path(named)
    narratives = folder / "incidents" / "narratives_dev.csv"
    return [
        Corpus(name="lgl", kind="geoparsing", path=folder / "geoparsing" / "lgl.jsonl"),
        Corpus(name="geowebnews", kind="geoparsing", path=folder / "geoparsing" / "geowebnews.jsonl"),
        Corpus(name="narratives", kind="narratives", path=narratives, options=(False,)),
        Corpus(name="narratives-hidden", kind="narratives", path=narratives, options=(True,)),
        Corpus(name="ucdp-places", kind="places", path=folder / "incidents" / "ucdp_places_dev.csv"),
    ]


def read_lines(path: Path) -> list[str]:
    """Lines of a file of JSON Lines: split at line feeds alone, for U+2028 may stand inside a line."""
    return [line for line in path.read_text(encoding="utf8").split("\n") if line]


def _make(maker: Callable[..., None], corpus: Corpus) -> list[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "questions.jsonl"
        maker(str(corpus.path), str(path), *corpus.options)
        return read_lines(path)


def _strip(corpus: Corpus) -> list[str]:
    """Lines of a geoparsing corpus without its toponyms."""
    records = map(json.loads, read_lines(corpus.path))
    return [json.dumps({"id": r["id"], "text": r["text"]}, ensure_ascii=False) for r in records]


_MAKERS: dict[str, Callable[[Corpus], list[str]]] = {
    "gold": lambda corpus: _make(scorers.GOLD.make, corpus),
    "narratives": lambda corpus: _make(scorers.NARRATIVES.make, corpus),
    "places": lambda corpus: _make(scorers.PLACES.make, corpus),
    "geoparsing": _strip,
}
