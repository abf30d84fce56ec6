"""Floors: the figures no change may fall below, pinned together with a checksum of what they were measured on."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PATH = Path(__file__).with_name("floors.toml")
WITHOUT_FLOOR = frozenset(
    {"articles", "articles_missing", "gold", "predicted", "scoped_figures", "narratives", "rows", "of", "of_adm1"}
    | {"mean_km"}  # a few names found on the wrong continent move it more than all others together
)
"""Figures that describe a corpus, or say little."""
LOWER_IS_BETTER = frozenset({"median_km", "incidents_per_narrative"})
"""Figures that must not rise above what is pinned."""
HEADING = """\
# What `make accuracy` must not fall below (for kilometres and incidents per narrative: not rise above). Written by
# `python -m tests.accuracy --pin`, which lowers nothing unless it is told --lower too, or the corpus has changed: say
# why in the commit. sha256 is of the corpus, so that changed answers cannot pass for better reading.
"""

Figures = Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure beside its floor."""

    corpus: str
    figure: str
    value: float
    floor: float | None
    """None for a figure without one."""

    @property
    def fallen(self) -> bool:
        """True when the value is on the wrong side of the floor."""
        if self.floor is None:
            return False
        return self.value > self.floor if self.figure in LOWER_IS_BETTER else self.value < self.floor


@dataclass(frozen=True, kw_only=True)
class Floors:
    """The pinned floors of one corpus."""

    sha256: str | None
    """Hash of the corpus they were measured on; None when nothing is pinned."""
    values: Figures

    def compare(self, corpus: str, figures: Figures) -> list[Row]:
        """Every figure with its floor; a floor whose figure is missing counts as zero."""
        missing = {name: 0.0 for name in self.values if name not in figures}
        return [
            Row(corpus=corpus, figure=name, value=value, floor=self.values.get(name))
            for name, value in {**figures, **missing}.items()
        ]


def load_floors(path: Path = PATH) -> dict[str, Floors]:
    """Floors by corpus."""
    pinned = tomllib.loads(path.read_text(encoding="utf8")) if path.is_file() else {}
    return {
        corpus: Floors(sha256=table["sha256"], values={k: v for k, v in table.items() if k != "sha256"})
        for corpus, table in pinned.items()
    }


def floor_of(figure: str, value: float) -> float:
    """The floor a measured value sets: the hundredth below, so that one name in a thousand is no alarm."""
    if figure in LOWER_IS_BETTER:
        return math.ceil(value * 10) / 10
    return math.floor(value * 100 + 1e-9) / 100


def pin(sha256: str, figures: Figures) -> Floors:
    """Floors from measured figures."""
    values = {name: floor_of(name, value) for name, value in figures.items() if name not in WITHOUT_FLOOR}
    return Floors(sha256=sha256, values=values)


def lowered(before: Floors | None, after: Floors) -> list[str]:
    """A line for every floor that a new pinning makes easier to pass."""
    old = before.values if before else {}
    rows = [Row(corpus="", figure=k, value=after.values.get(k, 0.0), floor=v) for k, v in old.items()]
    return [f"{row.figure} from {row.floor} to {row.value}" for row in rows if row.fallen]


def keep_highest(before: Floors | None, after: Floors) -> Floors:
    """The new floors, but no lower than those pinned before on the same corpus."""
    if before is None or before.sha256 != after.sha256:
        return after
    kept = {
        name: (min if name in LOWER_IS_BETTER else max)(value, before.values.get(name, value))
        for name, value in {**before.values, **after.values}.items()
    }
    return Floors(sha256=after.sha256, values=kept)


def write_floors(floors: Mapping[str, Floors], path: Path = PATH) -> None:
    """Write the floors of all corpora, each as a table."""
    tables = [
        f'\n[{corpus}]\nsha256 = "{pinned.sha256}"\n' + "".join(f"{k} = {v}\n" for k, v in pinned.values.items())
        for corpus, pinned in sorted(floors.items())
    ]
    path.write_text(HEADING + "".join(tables), encoding="utf8")
