"""Share: the link that gives what is seen, how to cite it, code to embed it, files of it, and its feed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from geo.edition.page import MANY
from geo.exchange.formats import SERVED
from geo.settings import read_option
from geo.ui.head import write_title
from geo.ui.parts import slot
from geo.ui.scene import Scene
from geo.wording.naming import write_days
from geo.wording.naming import write_title as name_incident
from geo.wording.words import Words

API = "/border-incidents/api/incidents"
QR = "/border-incidents/qr.svg"
"""Where the app's own process draws the QR code of a link."""

_GROUPS = {"table": ("csv", "xlsx"), "map": ("gpkg", "kml", "geojson"), "read": ("html", "png", "docx")}
"""Endings of files by what they are for; others stand in a group of their own."""
_NAMES = {"gpkg": "GeoPackage", "geojson": "GeoJSON"}
"""What a format is called where that is not its ending in capitals."""
_EDITION, _SHEET, _FEED = "html", "png", "atom"
"""Served as well: the edition; the page to print, which follows the whole link; and the feed, which nobody keeps."""


def share_slot() -> str:
    """The slot of what is in the Share popover."""
    return slot("share", describe_share)


def describe_share(scene: Scene) -> dict[str, Any]:
    """Words, the citation, addresses of files, and the public address where one is set."""
    words = scene.words
    return {
        "title": words("share.title"),
        "about": words("share.about"),
        "base": public_address(),
        "local_only": words("share.local_only"),
        "labels": {
            "link": words("share.copy_link"),
            "cite": words("edition.copy"),
            "summary": words("share.copy_summary"),
            "copied": words("share.copied"),
        },
        "citation": _describe_citation(scene),
        "qr": {"address": QR, "alt": words("share.qr"), "failed": words("share.qr_failed")},
        "embed": {
            "title": words("share.embed"),
            "frame": write_title(scene),
            "kinds": [[kind, words(f"share.embed.{kind}")] for kind in ("whole", "map")],
            "code": words("share.embed.code"),
            "copy": words("share.copy_embed"),
        },
        **_describe_files(scene),
    }


def public_address() -> str:
    """The address at which readers reach the dashboard; empty where none is set."""
    return read_option("BORDER_INCIDENTS_PUBLIC_URL")


def _describe_citation(scene: Scene) -> dict[str, Any]:
    """How to cite what is seen; ``{accessed}`` and ``{link}`` are the browser's to fill."""
    words, publisher = scene.words, read_option("BORDER_INCIDENTS_PUBLISHER")
    made = scene.shared.store.time_of(scene.snapshot.revision)
    return {
        "form": words("share.citation.published" if publisher else "share.citation"),
        "title": _name_view(scene),
        "publisher": publisher,
        "rev": words.number(scene.snapshot.revision),
        "day": words.day(made.date()) if made else words("time.undated"),
        "months": [words.month(date(2000, month, 1)) for month in range(1, 13)],
    }


def _name_view(scene: Scene) -> str:
    """The title of the view, which has its period; of an opened incident its own, with its days."""
    words, incident = scene.words, scene.incident
    if incident is None or scene.beside != "incident":
        return write_title(scene)
    title, dates = words.name(name_incident(incident, words)), write_days(incident, words)
    return words("share.citation.incident", title=title, dates=dates)


def _describe_files(scene: Scene) -> dict[str, Any]:
    """Every file that is served, and the feed; none of past data, for they hold what is known today."""
    words = scene.words
    if scene.snapshot.past is not None:
        return {"past": words("share.past_files")}
    return {
        "download": words.count("share.download", len(scene.order)),
        "files": _list_files(words, edition=len(scene.order) <= MANY),
        "carries": words("share.carries"),
        "feed": {
            "title": words("share.feed"),
            "about": words("share.feed.about"),
            "address": f"{API}.{_FEED}",
            "copy": words("share.feed.copy"),
        },
    }


def _list_files(words: Words, *, edition: bool) -> list[list[Any]]:
    """Groups of files by what they are for; of each use, format, address, and whether it follows the whole link."""
    served = [*(ending for ending in SERVED if ending != _FEED), _SHEET, *([_EDITION] if edition else [])]
    known = [ending for endings in _GROUPS.values() for ending in endings]
    groups = {**_GROUPS, "more": [ending for ending in served if ending not in known]}
    return [
        [words(f"share.group.{group}"), [_describe_file(ending, words) for ending in endings if ending in served]]
        for group, endings in groups.items()
        if any(ending in served for ending in endings)
    ]


def _describe_file(ending: str, words: Words) -> Sequence[Any]:
    use = words(f"share.format.{ending}") if words.has(f"share.format.{ending}") else ""
    return use, _NAMES.get(ending, ending.upper()), f"{API}.{ending}", ending == _SHEET
