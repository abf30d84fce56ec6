"""Share: the link that gives what is seen, code to embed it, its summary, and files of it."""

from __future__ import annotations

from typing import Any

from geo.settings import read_option
from geo.ui.parts import slot
from geo.ui.scene import Scene

API = "/border-incidents/api/incidents"
FILES = (("csv", "CSV"), ("geojson", "GeoJSON"))
"""Ending and name of each format that the app serves."""


def share_slot() -> str:
    """The slot of what is in the Share popover."""
    return slot("share", describe_share)


def describe_share(scene: Scene) -> dict[str, Any]:
    """Words, addresses of files, and the public address where one is set."""
    words, found = scene.words, len(scene.order)
    return {
        "title": words("share.title"),
        "about": words("share.about"),
        "base": read_option("BORDER_INCIDENTS_PUBLIC_URL"),
        "local_only": words("share.local_only"),
        "labels": {
            "link": words("share.copy_link"),
            "embed": words("share.copy_embed"),
            "summary": words("share.copy_summary"),
            "copied": words("share.copied"),
        },
        "embed_title": words("app.title"),
        "download": words.count("share.download", found),
        "files": [[words(f"share.format.{ending}"), name, f"{API}.{ending}"] for ending, name in FILES],
        "carries": words("share.carries"),
    }
