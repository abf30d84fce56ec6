"""An edition as one HTML file: its data, packed; the dashboard's own modules and styles; and the slots they fill."""

from __future__ import annotations

import hashlib
import html
import json
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from string import Template
from typing import Any, BinaryIO

from geo.edition.beside import working_beside
from geo.edition.facts import describe_facts
from geo.edition.fonts import Letters, edition_fonts
from geo.edition.material import Material
from geo.edition.papers import describe_papers, describe_preview
from geo.edition.script import edition_script
from geo.edition.sheet import edition_style
from geo.edition.texts import describe_texts, encode_details
from geo.errors import DataError
from geo.memory import without_collection
from geo.settings import web_folder
from geo.snapshot import describe_marks, encode_losses, encode_points, encode_times, fold_places
from geo.snapshot.losses import describe_totals
from geo.wording.words import Words, read_words

_TABS = ("map", "table", "claims", "methodology")
MANY = 1_000
"""Incidents from which on speed counts for more than the last kilobytes, and another process helps."""
_UNUSED = ("article.", "correct", "desk.", "error.", "queue.", "role.")
"""Beginnings of words that an edition never says."""


def write_edition(stream: BinaryIO, material: Material) -> None:
    """Write the one file: the same bytes for the same incidents, filter, revision, time and language."""
    many = len(material.incidents) > MANY
    with (
        without_collection(),
        working_beside(lambda: pack(encode_details(material.details)).encode(), beside=many) as details,
        ThreadPoolExecutor(max_workers=1) as packer,
    ):
        waiting = {name: packer.submit(pack, data) for name, data in _list_parcels(material)}
        fonts = edition_fonts(_list_letters(material, read_basemap(material), cut=not many))
        parcels = {name: packed.result() for name, packed in waiting.items()} | {"details": details().decode()}
        stream.write(_write_page(material, fonts, parcels).encode())


def pack(data: bytes) -> str:
    """Bytes as the browser unpacks them: zlib, then base64."""
    return b64encode(zlib.compress(data, 9)).decode()


def _list_parcels(material: Material) -> Iterator[tuple[str, bytes]]:
    """What the file carries but the details, by the id of its element; first what packs slowly."""
    snapshot = material.snapshot
    yield "facts", _encode(describe_facts(snapshot, material.outside))
    yield "points", encode_points(snapshot)
    yield "times", encode_times(snapshot)
    yield "losses", encode_losses(material.wholly)
    yield "marks", _encode(_describe_marks(material))
    yield "basemap", read_basemap(material)
    yield "words", _encode(_choose_words(material.words))
    yield "papers", _encode(describe_papers(material))
    yield "texts", _encode(describe_texts(material))


def read_basemap(material: Material) -> bytes:
    """What the map draws under the data; raises DataError when it has not been built."""
    folder = material.snapshot.border.folder
    path = folder / "basemap.json" if folder else None
    if path is None or not path.is_file():
        raise DataError(
            f"the basemap of {material.snapshot.border.code} has not been built: run data/build_boundaries.py"
        )
    return path.read_bytes()


def _describe_marks(material: Material) -> Mapping[str, object]:
    """What the map says in words; ids and titles stand among the facts and texts."""
    marks = describe_marks(material.snapshot, material.words)
    places = marks["places"]
    assert isinstance(places, list)
    kept = {name: value for name, value in marks.items() if name not in ("incident_ids", "titles")}
    return {**kept, "places": fold_places(places), "totals": describe_totals(material.wholly)}


def _choose_words(words: Words) -> Mapping[str, str]:
    said = read_words(words.language)
    return {key: text for key, text in said.items() if not key.startswith(_UNUSED) or key == "article.read"}


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


# ---- the page ------------------------------------------------------------------------------------------------------


def _write_page(material: Material, fonts: str, parcels: Mapping[str, str]) -> str:
    words = material.words
    script, style = edition_script(), f"{fonts}\n{edition_style()}"
    title, summary = map(html.escape, describe_preview(material))
    carried = "\n".join(
        f'<script type="application/octet-stream" id="{name}">{parcel}</script>' for name, parcel in parcels.items()
    )
    return f"""<!DOCTYPE html>
<html lang="{words.language}" dir="ltr" class="{"rtl" if words.rtl else ""}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_write_policy(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Border Incidents">
<meta name="description" content="{summary}">
<meta property="og:type" content="website">
<meta property="og:site_name" content="{html.escape(words("app.title"))}">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{summary}">
<link rel="icon" href="data:image/svg+xml;base64,{_icon()}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{_write_body(words)}
{carried}
<script>{script}</script>
</body>
</html>
"""


def _write_policy(script: str) -> str:
    """What the browser may load: what is in the file, and nothing from anywhere else."""
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data: blob:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _write_body(words: Words) -> str:
    """The frame, with a slot for each part; the parts' own modules fill them."""
    keys = {"no_script": "edition.no_script", "filters": "filter.open", "search": "filter.search"}
    keys |= {"dates": "filter.dates", "title": "app.title", **{tab: f"tab.{tab}" for tab in _TABS}}
    frame = (web_folder() / "edition" / "frame.html").read_text(encoding="utf8")
    return Template(frame).substitute({name: html.escape(words(key)) for name, key in keys.items()})


def _list_letters(material: Material, basemap: bytes, *, cut: bool) -> Letters:
    """Every character that stands in something the edition may show."""
    words, map_ = material.words, json.loads(basemap)
    found: set[str] = set(basemap.decode())
    found.update(*read_words(words.language).values())
    for article in material.articles.values():
        found.update(article.text, article.publisher or "", *(source.outlet for source in article.sources))
    found.update(*(said.reason for told in material.corrections.values() for said in told))
    for incident in material.incidents:
        found.update(incident.title, *(actor.name for actor in incident.actors))
        for place in incident.places:
            found.update(*((place.place.name, *place.place.names.values()) if place.place else ()))
    line = "".join([*map_["line"]["names"].values(), *_as_list(map_["line"].get("note")), words("map.line.note")])
    return Letters(
        upright="".join(sorted(found)), italic="".join(sorted(set(line))), urdu=words.language == "ur", cut=cut
    )


def _as_list(value: Any) -> Sequence[str]:
    return value if isinstance(value, list) else [value or ""]


@cache
def _icon() -> str:
    return b64encode((web_folder() / "page" / "icon.svg").read_bytes().strip()).decode()
