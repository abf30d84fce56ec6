"""``publish``: an edition with its data and a page for each incident, as static files that any web server can serve."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from geo.edition.corrections_page import write_corrections_page
from geo.edition.incident_page import name_page, write_incident_page
from geo.edition.material import Material
from geo.edition.page import write_edition
from geo.edition.papers import describe_about
from geo.errors import UsageError
from geo.exchange.corrections_feed import write_corrections_feed
from geo.exchange.csv import write_csv
from geo.exchange.feed import Addresses, choose_newest, write_feed
from geo.exchange.files import explain_full_disk, write_whole
from geo.exchange.formats import Setting
from geo.exchange.geojson import write_geojson
from geo.exchange.rights import find_kept_back
from geo.memory import without_collection
from geo.wording.corrected import list_corrected

MANIFEST = "published.json"
"""Names the files of a publication, so that the next one removes what it no longer has, and nothing else."""
PAGES = "incidents"
"""Folder of the pages of incidents."""

_CORRECTIONS = ("corrections.html", "corrections.atom")
_OURS = re.compile(
    r"index\.html|incidents\.(?:csv|geojson)|feed\.atom|corrections\.(?:html|atom)|incidents/[A-Za-z0-9._-]+\.html"
)
"""What a manifest may name: a file of any other name was not written by us, whatever a manifest says."""


def publish(folder: Path, material: Material) -> list[str]:
    """Write everything into a folder and return the names of the files.

    Each file is whole or the one before; one whose content stays is not touched. What an earlier publication had and
    this one has not is removed before anything else, a withdrawn incident first of all. Raises UsageError when the
    folder cannot be made, ExportError when the disk is full.
    """
    material = replace(material, corrections_page=_CORRECTIONS[0])
    with explain_full_disk(str(folder)), without_collection():
        _make_folder(folder / PAGES)
        names = ["index.html", "incidents.geojson", "incidents.csv", "feed.atom", *_CORRECTIONS]
        names += [f"{PAGES}/{name_page(incident.id)}" for incident in material.incidents]
        before = _read_manifest(folder)
        _refuse_foreign(folder, set(names) - set(before))
        _write_manifest(folder, {*before, *names}, material)
        for name in sorted(set(before) - set(names)):
            (folder / name).unlink(missing_ok=True)
        for name, content in _list_files(material):
            _write_changed(folder / name, content)
        _write_manifest(folder, names, material)
    return names


def _refuse_foreign(folder: Path, names: Collection[str]) -> None:
    """Raise UsageError for a file of a name that is needed, which no earlier publication wrote."""
    foreign = next((name for name in sorted(names) if (folder / name).exists()), None)
    if foreign:
        raise UsageError(
            f"{folder / foreign} is there already and was not published by this command; name an empty folder"
        )


def _list_files(material: Material) -> Iterator[tuple[str, bytes]]:
    yield "index.html", _written(lambda stream: write_edition(stream, material))
    about = describe_about(material)
    for index, incident in enumerate(material.incidents):
        yield f"{PAGES}/{name_page(incident.id)}", write_incident_page(material, index, about).encode()
    snapshot, selection = material.snapshot, material.selection
    yield "feed.atom", _written(lambda stream: _write_feed(stream, material))
    yield from _write_corrections(material)
    yield "incidents.csv", _written(lambda stream: write_csv(stream, selection))
    yield (
        "incidents.geojson",
        _written(lambda s: write_geojson(s, selection, border=snapshot.border, gazetteer=snapshot.gazetteer)),
    )


def _write_feed(stream: BytesIO, material: Material) -> None:
    """The newest changes, with the addresses of what stands beside the feed."""
    snapshot, words = material.snapshot, material.words
    setting = Setting(store=material.store, border=snapshot.border, gazetteer=snapshot.gazetteer, words=words)
    ids = choose_newest(material.store, list(snapshot.ids))
    place = {id_: index for index, id_ in enumerate(snapshot.ids)}
    newest = replace(material.selection, incidents=[material.incidents[place[id_]] for id_ in ids])
    addresses = Addresses("feed.atom", "index.html", lambda id_: f"{PAGES}/{quote(name_page(id_))}")
    write_feed(stream, newest, setting, addresses)


def _write_corrections(material: Material) -> Iterator[tuple[str, bytes]]:
    """Page and feed of what was corrected of these incidents; of a whole edition also of those that were withdrawn.

    An edition of a part says nothing of an incident that was withdrawn: nobody can tell whether it would belong to it.
    """
    words, shown = material.words, {incident.id for incident in material.incidents}
    kept_back = find_kept_back(material.store)
    corrected = [
        one
        for one in list_corrected(material.store, words, without=kept_back)
        if one.incident_id in shown or (one.withdrawn and not material.selection.query)
    ]
    page, feed = _CORRECTIONS
    addresses = Addresses(feed, page, lambda id_: f"{PAGES}/{quote(name_page(id_))}")
    yield page, write_corrections_page(corrected, words, addresses, "index.html").encode()
    border = material.snapshot.border.code
    yield feed, _written(lambda stream: write_corrections_feed(stream, corrected, border, words, addresses))


def _written(write: Callable[[BytesIO], None]) -> bytes:
    stream = BytesIO()
    write(stream)
    return stream.getvalue()


def _write_changed(path: Path, content: bytes) -> None:
    with suppress(OSError):
        if path.read_bytes() == content:
            return
    with write_whole(path) as stream:
        stream.write(content)


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path} cannot be made: {error.strerror}") from error


def _read_manifest(folder: Path) -> list[str]:
    """Names of the files of an earlier publication; none where there is no manifest that can be read."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf8"))
    except (OSError, ValueError):
        return []
    names = told.get("files", []) if isinstance(told, Mapping) else []
    return [name for name in names if isinstance(name, str) and _OURS.fullmatch(name)]


def _write_manifest(folder: Path, names: Collection[str], material: Material) -> None:
    selection = material.selection
    told = {"filter": selection.query, "data_revision": selection.revision, "files": sorted(names)}
    _write_changed(folder / MANIFEST, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
