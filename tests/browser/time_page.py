"""A page with nothing but the timeline, and made-up times in its file format."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from map_data import CATEGORIES, PRECISIONS, day, read_basemap
from map_page import MapServer

from geo.borders import open_border

MAGIC = 0x31544942
BORDER = open_border("AF-PK")
COLUMNS = {
    "km": "<f4", "km_end": "<f4", "incident": "<u4", "start": "<u2", "end": "<u2",
    "category": "u1", "precision": "u1", "side": "u1", "flags": "u1",
}  # fmt: skip
WHOLE_BORDER, FIRST_MARK = 1, 2

PAGE = """<!doctype html><html><head><meta charset="utf-8">
<link rel="stylesheet" href="/assets/fonts/fonts.css"><link rel="stylesheet" href="/assets/time/time.css">
<style>body {margin: 12px; background: BACKGROUND} p {margin: 0}</style></head><body>
<div id="time"></div>
<script type="module">
import { renderTime } from "/assets/time/time.js";
window.heard = [];
window.released = [];
window.ear = new BroadcastChannel("test");
window.ear.onmessage = (message) => window.heard.push(message.data);
const onDates = (from, to) => window.released.push([from, to]);
window.brushed = [];
const onStretch = (stretch) => window.brushed.push(stretch);
const {button, shadow, ...command} = COMMAND;
let element = document.getElementById("time");
if (shadow) {
  const root = element.attachShadow({mode: "open"});
  root.append(document.createElement("style"), document.createElement("div"));
  root.firstChild.textContent = await (await fetch("/assets/time/time.css")).text();
  document.querySelector("link[href*=time]").remove();
  element = root.lastChild;
}
window.time = renderTime(element, {data_url: "/data", onDates, onStretch, playButton: Boolean(button)});
window.time.show(command).catch(() => { window.failed = true });
</script></body></html>"""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One incident at one place."""

    category: str
    start: str | None
    end: str | None = None
    km: float | tuple[float, float] | None = None
    precision: str = "exact"
    side: int = 1
    whole: bool = False
    incident: int | None = None
    """None: an incident of its own."""


@dataclass(frozen=True, kw_only=True)
class TimeWorld:
    """What the timeline's addresses answer."""

    marks: Sequence[Mark]
    scopes: Sequence[Mapping[str, object]] = ()
    history: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)
    """Day and new state by crossing, oldest first."""
    titles: Sequence[str] = field(default_factory=tuple)

    def incidents(self) -> list[int]:
        """Incident of each mark."""
        return [i if mark.incident is None else mark.incident for i, mark in enumerate(self.marks)]

    def times(self) -> bytes:
        """The bytes of /times."""
        incidents = self.incidents()
        ranges = [mark.km if isinstance(mark.km, tuple) else (mark.km, mark.km) for mark in self.marks]
        dates = [(mark.start, mark.end or mark.start) for mark in self.marks]
        return pack_times(
            km=[np.nan if low is None else low for low, _ in ranges],
            km_end=[np.nan if high is None else high for _, high in ranges],
            incident=incidents,
            start=[day(start) if start else 0 for start, _ in dates],
            end=[day(end) if end else 0 for _, end in dates],
            category=[CATEGORIES.index(mark.category) for mark in self.marks],
            precision=[PRECISIONS.index(mark.precision) for mark in self.marks],
            side=[mark.side for mark in self.marks],
            flags=[
                mark.whole * WHOLE_BORDER + (n not in incidents[:i]) * FIRST_MARK
                for i, (n, mark) in enumerate(zip(incidents, self.marks, strict=True))
            ],
        )

    def answers(self) -> dict[str, bytes]:
        """Bodies by the last part of the address."""
        ids = [f"incident-{n}" for n in range(max(self.incidents(), default=-1) + 1)]
        marks = {
            "rev": 1, "categories": CATEGORIES, "places": [], "scopes": list(self.scopes), "incident_ids": ids,
            "crossings": {}, "crossing_history": dict(self.history), "titles": list(self.titles),
        }  # fmt: skip
        return {
            "basemap": json.dumps(read_basemap()).encode(),
            "marks": json.dumps(marks).encode(),
            "times": self.times(),
        }


def pack_times(**columns: object) -> bytes:
    """The times file: header, then each column padded to four bytes."""
    arrays = [np.asarray(columns[name], dtype=kind).tobytes() for name, kind in COLUMNS.items()]
    header = struct.pack("<4I", MAGIC, len(columns["km"]), 0, 0)  # type: ignore[arg-type]
    return header + b"".join(array + bytes(-len(array) % 4) for array in arrays)


class TimeServer(MapServer):
    """Answers the timeline's addresses from memory."""

    def page(self, command: Mapping[str, object]) -> bytes:
        """The timeline alone, with one command."""
        background = "#15171A" if command.get("theme") == "dark" else "#FBFAF6"
        stretches = {adm1: list(stretch) for adm1, stretch in BORDER.stretches.items()}
        text = json.dumps({"rev": 1, "channel": "test", "stretches": stretches, **command}).replace("<", "\\u003c")
        return PAGE.replace("BACKGROUND", background).replace("COMMAND", text).encode()


EIGHT = ["AF-HEL", "AF-KAN", "AF-ZAB", "AF-PKA", "AF-KHO", "AF-PIA", "AF-NAN", "AF-KNR"]
AUTUMN = TimeWorld(
    marks=(
        *(Mark(category="clash", start="2025-10-11", end="2025-10-12", precision="adm1", km=BORDER.stretches[adm1],
               incident=0) for adm1 in EIGHT),
        Mark(category="bombing", start="2025-09-02", km=1290.0, side=2, incident=1),
        Mark(category="bombing", start="2025-09-02", km=600.0, incident=2),
        Mark(category="raid", start="2025-09-12", km=1690.0, side=2, incident=3),
        Mark(category="raid", start="2025-09-13", km=1190.0, side=2, incident=4),
        Mark(category="crossings", start="2025-09-30", km=1690.0, side=0, incident=5),
        Mark(category="bombing", start="2025-09-30", km=600.0, incident=6),
        Mark(category="clash", start="2025-10-07", km=(1500.0, 1590.0), precision="adm2", side=2, incident=7),
        Mark(category="strike", start="2025-10-09", km=1470.0, incident=8),
        Mark(category="strike", start="2025-10-09", km=(938.0, 1248.0), precision="adm1", incident=9),
        Mark(category="bombing", start="2025-10-10", km=1290.0, side=2, incident=10),
        Mark(category="clash", start="2025-10-11", km=300.0, incident=11),
        Mark(category="crossings", start="2025-10-11", end="2025-10-31", km=1565.0, side=0, incident=12),
        Mark(category="clash", start="2025-10-14", km=560.0, side=2, incident=13),
        Mark(category="clash", start="2025-10-14", km=(1385.0, 1470.0), precision="line", side=0, incident=14),
        Mark(category="clash", start="2025-10-15", km=(1380.0, 1430.0), precision="adm2", incident=15),
        Mark(category="shelling", start="2025-10-15", km=684.0, incident=16),
        Mark(category="strike", start="2025-10-15", km=1520.0, incident=17),
        Mark(category="raid", start="2025-10-15", km=(1600.0, 1680.0), precision="adm2", side=2, incident=18),
        Mark(category="crossings", start="2025-10-15", end="2025-10-17", whole=True, side=0, incident=19,
             precision="line", km=(0.0, 2221.0)),
        Mark(category="crossings", start="2025-10-18", end="2025-10-19", whole=True, side=0, incident=20,
             precision="line", km=(0.0, 2221.0)),
        Mark(category="strike", start="2025-10-17", km=(1100.0, 1200.0), precision="near", incident=21),
        Mark(category="bombing", start="2025-10-17", km=(1270.0, 1300.0), precision="near", side=2, incident=22),
        Mark(category="raid", start="2025-10-24", km=1300.0, side=2, incident=23),
        Mark(category="raid", start="2025-10-24", km=(1300.0, 1390.0), precision="adm2", side=2, incident=24),
        Mark(category="crossings", start="2025-10-25", end="2025-10-30", whole=True, side=0, incident=25,
             precision="line", km=(0.0, 2221.0)),
        Mark(category="other", start="2025-10-28", km=1900.0, incident=26),
        Mark(category="other", start="2025-10-29", km=2000.0, side=2, incident=27),
        Mark(category="shelling", start="2025-11-06", km=684.0, incident=28),
        Mark(category="bombing", start="2025-11-10", km=1170.0, side=2, incident=29),
        Mark(category="bombing", start="2025-11-11", km=1565.0, side=2, incident=30),
        Mark(category="strike", start="2025-11-24", km=1290.0, incident=31),
        Mark(category="strike", start="2025-11-24", km=1620.0, incident=32),
        *(Mark(category="bombing", start=f"{month}-1{i % 10}", km=250.0 + 97 * i, incident=33 + i)
          for i, month in enumerate(["2021-01", "2021-08", "2022-02", "2022-11", "2023-06", "2024-03", "2024-12",
                                     "2025-02", "2025-03", "2025-05", "2025-08"])),
        Mark(category="bombing", start=None, km=900.0, incident=44),
    ),
    scopes=(
        {
            "id": "scope-0", "category": "clash", "incidents": [0], "adm1": EIGHT, "border_km": [178.0, 1760.0],
            "start": day("2025-10-11"), "end": day("2025-10-12"), "figures": ["58", "23"], "what": "soldiers killed",
            "when": "11–12 October", "where": "One total for eight provinces",
        },
        {
            "id": "scope-1", "category": "shelling", "incidents": [16], "adm1": [], "border_km": [178.0, 1760.0],
            "start": day("2025-10-10"), "end": day("2025-10-17"), "figures": ["37"], "what": "civilians killed",
            "when": "10–17 October", "where": "One total for the border",
        },
    ),
    history={
        "border:torkham": [(day("2025-10-12"), "shut"), (day("2025-11-01"), "partly"), (day("2025-11-20"), "partly")],
        "border:kharlachi": [(day("2025-10-12"), "shut"), (day("2025-10-13"), "shut")],
        "border:ghulam-khan": [(day("2025-10-12"), "shut"), (day("2025-10-13"), "shut")],
        "border:angoor-adda": [(day("2025-10-12"), "shut"), (day("2025-10-20"), "shut")],
        "border:friendship-gate": [(day("2025-10-12"), "shut"), (day("2025-10-13"), "shut")],
    },
)  # fmt: skip
OCTOBER = {"from": day("2025-10-01"), "to": day("2025-10-31")}


def crowd(count: int, *, seed: int = 7) -> dict[str, bytes]:
    """Many incidents near the line over five years."""
    rng = np.random.default_rng(seed)
    first, last = day("2021-01-01"), day("2025-11-26")
    start = np.sort(first + ((last - first) * rng.random(count) ** 0.6).astype(int))
    km = np.clip(rng.choice([300.0, 684, 1180, 1410, 1565, 1700], size=count) + rng.normal(0, 120, count), 0, 2221)
    times = pack_times(
        km=km, km_end=km, incident=np.arange(count), start=start, end=start, category=rng.integers(0, 7, size=count),
        precision=np.zeros(count), side=rng.integers(0, 3, size=count), flags=np.full(count, FIRST_MARK),
    )  # fmt: skip
    return {**AUTUMN.answers(), "times": times, "marks": TimeWorld(marks=()).answers()["marks"]}
