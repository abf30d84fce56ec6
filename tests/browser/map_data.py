"""Made-up incidents in the map's own formats, set like October 2025 on the AF-PK line."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from geo.settings import data_folder

MAGIC = 0x31504942
CATEGORIES = ("clash", "strike", "shelling", "bombing", "raid", "crossings", "other")
PRECISIONS = ("exact", "near", "adm2", "adm1", "line", "country", "unknown")
EPOCH = date(1970, 1, 1).toordinal()


def day(text: str) -> int:
    """Days since 1970-01-01 of an ISO date."""
    return date.fromisoformat(text).toordinal() - EPOCH


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where something happened."""

    label: str
    precision: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    adm1: str | None = None
    border_km: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """One incident."""

    category: str
    spots: tuple[Spot, ...]
    start: str = "2025-10-15"
    end: str | None = None


@dataclass(frozen=True, kw_only=True)
class World:
    """What the map's addresses answer."""

    events: Sequence[Event]
    scopes: Sequence[dict[str, object]] = ()
    crossings: dict[str, str] = field(default_factory=dict)

    def places(self) -> list[Spot]:
        """Every spot once."""
        return list(dict.fromkeys(spot for event in self.events for spot in event.spots))

    def marks(self) -> dict[str, object]:
        """The JSON of /marks."""
        places = [
            {
                "id": f"test:{i}", "label": spot.label, "names": {}, "kind": "settlement", "adm1": spot.adm1,
                "lat": spot.lat, "lon": spot.lon, "radius_km": spot.radius_km, "border_km": spot.border_km,
                "uncertainty_km": None,
            }
            for i, spot in enumerate(self.places())
        ]  # fmt: skip
        ids = [f"incident-{i}" for i in range(len(self.events))]
        return {
            "rev": 1, "categories": CATEGORIES, "places": places, "scopes": list(self.scopes),
            "incident_ids": ids, "crossings": self.crossings,
        }  # fmt: skip

    def points(self) -> bytes:
        """The bytes of /points."""
        index = {spot: i for i, spot in enumerate(self.places())}
        pairs = [(n, event, spot) for n, event in enumerate(self.events) for spot in event.spots]
        drawn = [spot if spot.precision in PRECISIONS[:3] else None for _, _, spot in pairs]
        return pack_points(
            incidents=len(self.events),
            lon=[spot.lon if spot else np.nan for spot in drawn],
            lat=[spot.lat if spot else np.nan for spot in drawn],
            incident=[n for n, _, _ in pairs],
            place=[index[spot] for _, _, spot in pairs],
            start=[day(event.start) for _, event, _ in pairs],
            end=[day(event.end or event.start) for _, event, _ in pairs],
            category=[CATEGORIES.index(event.category) for _, event, _ in pairs],
            precision=[PRECISIONS.index(spot.precision) for _, _, spot in pairs],
        )


def pack_points(*, incidents: int, **columns: object) -> bytes:
    """The points file: header, then each column padded to four bytes."""
    kinds = {
        "lon": "<f4", "lat": "<f4", "incident": "<u4", "place": "<u4", "start": "<u2", "end": "<u2",
        "category": "u1", "precision": "u1",
    }  # fmt: skip
    arrays = [np.asarray(columns[name], dtype=kind).tobytes() for name, kind in kinds.items()]
    header = struct.pack("<4I", MAGIC, len(columns["lon"]), incidents, 0)  # type: ignore[arg-type]
    return header + b"".join(array + bytes(-len(array) % 4) for array in arrays)


def read_basemap() -> dict[str, object]:
    """The project's AF-PK basemap."""
    return json.loads((data_folder() / "borders" / "AF-PK" / "basemap.json").read_text(encoding="utf8"))


def exact(label: str, lat: float, lon: float) -> Spot:
    """A named town or site."""
    return Spot(label=label, precision="exact", lat=lat, lon=lon)


def district(label: str, lat: float, lon: float, radius_km: float) -> Spot:
    """A district without outline."""
    return Spot(label=label, precision="adm2", lat=lat, lon=lon, radius_km=radius_km)


def province(label: str, adm1: str) -> Spot:
    """A province."""
    return Spot(label=label, precision="adm1", adm1=adm1)


EIGHT = {
    "AF-HEL": "Helmand", "AF-KAN": "Kandahar", "AF-ZAB": "Zabul", "AF-PKA": "Paktika",
    "AF-KHO": "Khost", "AF-PIA": "Paktia", "AF-NAN": "Nangarhar", "AF-KNR": "Kunar",
}  # fmt: skip
NIGHT = Event(
    category="clash",
    start="2025-10-11",
    end="2025-10-12",
    spots=(
        *(province(name, adm1) for adm1, name in EIGHT.items()),
        Spot(label="Durand Line", precision="line", border_km=(300.0, 1745.0)),
    ),
)
TOTAL: dict[str, object] = {
    "id": "scope-0", "category": "clash", "incidents": [0], "adm1": list(EIGHT), "border_km": [300.0, 1745.0],
    "start": day("2025-10-11"), "end": day("2025-10-12"), "figures": ["58", "23"], "what": "soldiers killed",
    "when": "11–12 October", "where": "One total for eight provinces",
}  # fmt: skip

MIR_ALI = Spot(label="Mir Ali", precision="near", lat=32.98, lon=70.27)
OCTOBER = World(
    events=(
        NIGHT,
        Event(category="strike", spots=(exact("Kabul", 34.53, 69.17),), start="2025-10-09"),
        Event(category="strike", spots=(exact("Kabul", 34.53, 69.17),)),
        Event(category="shelling", spots=(exact("Spin Boldak", 31.005, 66.40),)),
        Event(category="clash", spots=(exact("Bahram Chah", 29.43, 64.03),)),
        Event(category="bombing", spots=(exact("Dera Ismail Khan", 31.83, 70.90),), start="2025-10-10"),
        Event(category="raid", spots=(exact("Spinwam", 33.19, 70.40),), start="2025-10-24"),
        Event(category="bombing", spots=(MIR_ALI,), start="2025-10-17"),
        Event(category="raid", spots=(district("Mohmand", 34.50, 71.35, 27),)),
        Event(category="clash", spots=(district("Orakzai", 33.70, 71.00, 22),), start="2025-10-07"),
        Event(category="clash", spots=(district("Zazi Maidan", 33.62, 69.98, 15),)),
        Event(category="raid", spots=(district("Kurram", 33.75, 70.12, 18),), start="2025-10-25"),
        Event(category="strike", spots=(district("Urgun, Barmal", 32.86, 69.22, 24),), start="2025-10-17"),
        Event(category="clash", spots=(district("Shorabak", 30.15, 66.20, 25),), start="2025-10-11"),
        Event(category="strike", spots=(province("Paktika", "AF-PKA"),), start="2025-10-17"),
        Event(category="clash", spots=(Spot(label="Kurram line", precision="line", border_km=(1385.0, 1470.0)),)),
        Event(category="crossings", spots=(Spot(label="Afghanistan", precision="country"),), start="2025-10-19"),
    ),
    scopes=(TOTAL,),
    crossings={
        "border:torkham": "shut", "border:kharlachi": "shut", "border:ghulam-khan": "shut",
        "border:angoor-adda": "shut", "border:friendship-gate": "shut",
    },
)  # fmt: skip


def scatter(count: int, *, seed: int = 7) -> dict[str, bytes | str]:
    """Many incidents near the line: the answers of /points and /marks."""
    rng = np.random.default_rng(seed)
    coordinates = np.array(read_basemap()["line"]["coordinates"])  # type: ignore[index, call-overload]
    near = coordinates[rng.integers(len(coordinates), size=count)] + rng.normal(0, 0.6, (count, 2))
    start = rng.integers(day("2021-01-01"), day("2025-11-26"), size=count)
    points = pack_points(
        incidents=count, lon=near[:, 0], lat=near[:, 1], incident=np.arange(count), place=np.arange(count) % 500,
        start=start, end=start, category=rng.integers(0, 6, size=count),
        precision=rng.choice([0, 0, 0, 1, 2], size=count),
    )  # fmt: skip
    place = {
        "names": {},
        "kind": "settlement",
        "adm1": None,
        "lat": 33.0,
        "lon": 70.0,
        "radius_km": None,
        "border_km": None,
    }
    places = [{**place, "id": f"p{i}", "label": f"Place {i}"} for i in range(500)]
    marks = {"rev": 1, "categories": CATEGORIES, "places": places, "scopes": [], "crossings": {}}
    return {"points": points, "marks": json.dumps(marks)}
