"""The published scorers as functions: they print, here their figures are returned."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
ACCURACY_KM = 161
"""The radius of 100 miles within which the field counts a place as found."""

sys.path.insert(0, str(FOLDER))  # the scorers import one another by their bare names
GEOPARSING, GOLD, NARRATIVES, PLACES = (
    import_module(f"score_{name}") for name in ("geoparsing", "gold", "narratives", "places")
)

distance_km: Callable[[float, float, float, float], float] = GEOPARSING.distance_km
pair: Callable[[list[Any], list[Any]], dict[int, tuple[int, bool]]] = GEOPARSING.pair
"""Gold toponym to (found toponym, exact), by position."""


def figures_of(scorer: Callable[..., None], *arguments: object) -> dict[str, float]:
    """The figures that a scorer prints on its last line; a list of precision, recall and F becomes three."""
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(io.StringIO()):
        scorer(*arguments)
    return flatten(json.loads(printed.getvalue().splitlines()[-1]))


def flatten(figures: dict[str, Any]) -> dict[str, float]:
    """Figures by name: ``exact_P_R_F`` becomes ``exact_P``, ``exact_R`` and ``exact_F``; unknown ones are left out."""
    flat: dict[str, float] = {}
    for name, value in figures.items():
        if isinstance(value, list):
            stem, *parts = name.split("_")
            flat |= {f"{stem}_{part}": number for part, number in zip(parts, value, strict=True)}
        elif value is not None:
            flat[name] = value
    return flat
