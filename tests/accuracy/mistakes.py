"""What went wrong in a corpus, one line each, for the person who improves the rules."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from . import scorers
from .corpora import Corpus, Record
from .judging import Judged, judge_toponyms

AROUND = 40
"""Characters of context on each side."""
MOST_COMMON = 25


def list_mistakes(corpus: Corpus, answers: Sequence[Record]) -> Iterator[str]:
    """Lines "what | article | name | details", then how often each comes."""
    lines = list(_LISTERS[corpus.kind](corpus, answers))
    yield from lines
    counts = Counter(tuple(line.split(" | ")[:3:2]) for line in lines)
    yield ""
    yield from (f"{number:5}  {' | '.join(what)}" for what, number in counts.most_common(MOST_COMMON))
    kinds = Counter(line.split(" | ")[0] for line in lines)
    yield "in all: " + ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())


def _list_toponyms(corpus: Corpus, answers: Sequence[Record]) -> Iterator[str]:
    for judged in judge_toponyms(corpus, answers):
        line = _describe(judged)
        if line:
            yield line


def _list_gold(corpus: Corpus, answers: Sequence[Record]) -> Iterator[str]:
    yield from _list_toponyms(corpus, answers)
    by_id = {answer["id"]: answer for answer in answers}
    for article, incidents, scopes in scorers.GOLD.load_gold(str(corpus.path)):
        found = by_id[article["id"]]
        yield from _list_incidents(article["id"], incidents, found["incidents"])
        yield from _list_claims(article, incidents, scopes, found)


def _describe(judged: Judged) -> str | None:
    """The line for a toponym; None when nothing is wrong with it."""
    found, gold, article = judged.found, judged.gold, judged.article["id"]
    if found is None and gold is not None:
        return f"missed | {article} | {gold['text']} | {_context(judged.article, gold)}"
    if found is None:
        return None
    place = found["place"]
    named = f"{place['name']} ({place['kind']} {place['adm1'] or place['country']})" if place else "no place"
    reading = f"{named}, {found['score']:.2f}: {found['reason']}"
    if gold is None:
        return f"extra | {article} | {found['text']} | {reading} | {_context(judged.article, found)}"
    if place is None:
        return f"no place | {article} | {found['text']} | {found['reason']} | {_context(judged.article, found)}"
    if judged.right is False:
        away = "" if judged.km is None else f", {judged.km:.0f} km off"
        return f"wrong place | {article} | {found['text']} | {reading}{away} | {_context(judged.article, found)}"
    roles = [gold.get("role"), *scorers.GOLD.as_list(gold.get("accept_roles"))]
    if gold.get("role") and found["role"] not in [r.replace("background_event", "background") for r in roles]:
        context = _context(judged.article, found)
        return f"wrong role | {article} | {found['text']} | {found['role']}, not {gold['role']} | {context}"
    return None


def _context(article: Record, name: Record) -> str:
    text, start, end = article["text"], name["start"], name["end"]
    piece = f"{text[max(0, start - AROUND) : start]}[{text[start:end]}]{text[end : end + AROUND]}"
    return " ".join(piece.split())


def _list_incidents(article: str, gold: list[Record], found: list[Record]) -> Iterator[str]:
    """Incidents without a partner of the same type, date and province."""
    pairs = scorers.GOLD.assign(gold, found, _same_incident)
    hit = {id(a) for a, _ in pairs} | {id(b) for _, b in pairs}
    for incident in gold:
        if id(incident) not in hit and not incident["optional"]:
            kind = " or ".join(sorted(incident["types"]))
            yield f"missed incident | {article} | {kind} | {incident['date_start']} {sorted(incident['adm1'])}"
    for incident in found:
        if id(incident) not in hit:
            where = f"{sorted(scorers.GOLD.found_adm1(incident))}{' background' if incident['background'] else ''}"
            yield f"extra incident | {article} | {incident['sub_event_type']} | {incident['date_start']} {where}"


def _same_incident(gold: Record, found: Record) -> bool:
    tests = (scorers.GOLD.same_type, scorers.GOLD.same_date, scorers.GOLD.same_place)
    return all(test(gold, found) for test in tests)


def _list_claims(article: Record, incidents: list[Record], scopes: list[list[Record]], found: Record) -> Iterator[str]:
    """Claims without a partner of the same metric, figure, stance and parties."""
    wanted: dict[object, Record] = {}
    for claim in [c for i in incidents for c in i["claims"]] + [c for scope in scopes for c in scope]:
        wanted.setdefault((claim["metrics"][0], claim["where"], claim["best"]), claim)
    given = [c for holder in [*found["incidents"], *found["scopes"]] for c in holder["claims"]]
    given = [c for c in given if not scorers.GOLD.overlaps(c, article.get("ignore_claims") or [])]
    pairs = scorers.GOLD.assign(list(wanted.values()), given, scorers.GOLD.same_figure, scorers.GOLD.same_claim)
    hit = {id(a) for a, _ in pairs} | {id(b) for _, b in pairs}
    for claim in wanted.values():
        if id(claim) not in hit:
            start, end = claim["where"]
            parties = f"{claim['claimants'][0]}: {claim['stances'][0]}, {claim['subjects'][0]}"
            context = "" if start is None else _context(article, {"start": start, "end": end})
            yield f"missed claim | {article['id']} | {claim['metrics'][0]} {_figure(claim)} | {parties} | {context}"
    for claim in given:
        if id(claim) not in hit:
            parties = f"{claim['claimant_party']}: {claim['stance']}, {claim['subject_party']}"
            figure, context = f"{claim['metric']} {_figure(claim)}", _context(article, claim)
            yield f"extra claim | {article['id']} | {figure} | {parties} | {context}"


def _figure(claim: Record) -> str:
    return "/".join("-" if claim[k] is None else str(claim[k]) for k in ("low", "best", "high"))


def _list_narratives(corpus: Corpus, answers: Sequence[Record]) -> Iterator[str]:
    """Narratives whose first incident has another figure, day or place than was coded."""
    by_id = {answer["id"]: answer for answer in answers}
    texts = {record["id"]: record["text"] for record in map(json.loads, corpus.questions())}
    for row in _rows(corpus):
        found = [i for i in by_id[row["eventid"]]["incidents"] if not i["background"]]
        text = " ".join(texts[row["eventid"]].split())
        if len(found) != 1:
            yield f"{len(found)} incidents | {row['eventid']} | {[i['sub_event_type'] for i in found]} | {text}"
        for what, detail in _narrative_faults(row, found[0] if found else {}):
            yield f"{what} | {row['eventid']} | {detail} | {text}"


def _narrative_faults(row: dict[str, str], first: Record) -> Iterator[tuple[str, str]]:
    for metric, column in (("killed", "nkill"), ("wounded", "nwound")):
        gold = scorers.NARRATIVES.number(row[column])
        said = ((first.get("totals") or {}).get(metric) or {}).get("best")
        if said != gold and not (gold == 0 and said is None):
            yield metric, f"{said}, not {gold}"
    day = int(float(row["iday"] or 0))
    coded = f"{int(float(row['iyear'])):04d}-{int(float(row['imonth'])):02d}-{day:02d}"
    if day and first.get("date_start") != coded:
        yield "date", f"{first.get('date_start')}, not {coded}"
    lat = scorers.NARRATIVES.number(row["latitude"])
    place = next((p["place"] for p in first.get("places", []) if (p["place"] or {}).get("lat") is not None), None)
    if lat is not None and place is None:
        yield "not placed", f"{row['city']}, {row['provstate']}"
    elif lat is not None and place is not None:
        km = scorers.distance_km(lat, float(row["longitude"]), place["lat"], place["lon"])
        if km > 25:
            yield "wrong place", f"{place['name']} ({place['kind']} {place['adm1'] or place['country']}), {km:.0f} km"


def _list_places(corpus: Corpus, answers: Sequence[Record]) -> Iterator[str]:
    """Place descriptions that were put in another province, or more than 25 km away."""
    by_id = {answer["id"]: answer for answer in answers}
    texts = {record["id"]: record["text"] for record in map(json.loads, corpus.questions())}
    finest = scorers.PLACES.FINEST_FIRST
    for row in _rows(corpus):
        places = [t["place"] for t in by_id[row["id"]]["toponyms"] if t["place"]]
        place = min(places, key=lambda p: finest.index(p["kind"]), default=None)
        named = f"{place['name']} ({place['kind']} {place['adm1'] or place['country']})" if place else "nothing"
        precision, code = int(float(row["where_prec"])), scorers.PLACES.adm1_code(row["location_adm1_name"])
        if precision <= 4 and code and (not place or place["adm1"] != code):
            yield f"wrong province | {row['id']} | {named} | not {code} | {texts[row['id']]}"
        km = _km_from(row, place)
        if precision <= 2 and (km is None or km > 25):
            away = "no point" if km is None else f"{km:.0f} km off"
            yield f"wrong place | {row['id']} | {named} | {away} | {texts[row['id']]}"


def _rows(corpus: Corpus) -> list[dict[str, str]]:
    with corpus.path.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def _km_from(row: dict[str, str], place: Record | None) -> float | None:
    if place is None or place["lat"] is None:
        return None
    return scorers.distance_km(float(row["latitude"]), float(row["longitude"]), place["lat"], place["lon"])


_Lister = Callable[[Corpus, Sequence[Record]], Iterator[str]]
_LISTERS: dict[str, _Lister] = {
    "gold": _list_gold,
    "geoparsing": _list_toponyms,
    "narratives": _list_narratives,
    "places": _list_places,
}
