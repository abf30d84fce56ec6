"""The legend below the map, in the reader's language."""

from __future__ import annotations

from geo.wording.words import Words

_SHADED = (
    "key.density", "key.metric", "key.none", "key.unknown", "key.zero", "metric.incidents",
    "metric.killed", "metric.wounded",
)  # fmt: skip
"""Words of the legend of a shaded layer, those apart that the map says."""


def legend_words(words: Words) -> dict[str, str]:
    """Words of the legend below the map, shorter than those inside it."""
    short = {
        f"legend_{kind}": words(f"precision.{kind}") for kind in ("exact", "near", "adm2", "adm1", "line", "total")
    }
    shades = {key.replace(".", "_"): words(f"map.{key}") for key in _SHADED}
    return {**short, **shades, "legend_title": words("map.legend.title"), "legend_crossing": words("map.legend.shut")}
