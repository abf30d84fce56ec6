"""The same incident told by several reports: found by place, day, kind, figures and parties, joined claim by claim."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from geo.borders import measure_km
from geo.model import Actor, Claim, DateRange, Decision, Flag, Incident, IncidentPlace
from geo.taxonomy import event_category
from geo.totals import count_totals

SAME_PLACE_KM = 15.0
"""Points closer than this may be one incident; twin towns at a crossing lie 5 to 12 km apart."""

_FINENESS = {"exact": 0, "near": 1, "adm2": 2, "adm1": 3, "line": 4, "country": 5, "unknown": 6}
_DATE_FINENESS = {"day": 0, "days": 1, "week": 2, "month": 3, "year": 4, "unknown": 5}
_VIOLENT = frozenset(("clash", "strike", "shelling", "bombing", "raid"))
_MIXED_UP = frozenset((frozenset(("clash", "raid")), frozenset(("clash", "shelling")), frozenset(("bombing", "raid"))))
"""Kinds that two reports of one incident may give it."""
_LONE = ("single_source", "belligerent_source")
"""Flags of an incident whose figures all come from one party."""
_WEAPONS = re.compile(r"\b(?:jets|warplanes|aircraft|drones|air ?strikes|strikes|artillery)$")
"""Ends the name of forces that strike: "Pakistani jets"; of "Afghan forces" only the sentence says what they did."""


def find_same(report: Incident, known: Sequence[Incident]) -> Incident | None:
    """The shown incident that a report tells of again; None when it is a new one."""
    likeliest = find_likeliest(report, {incident.id: (incident,) for incident in known})
    return next((incident for incident in known if incident.id in likeliest), None)


def find_likeliest(report: Incident, told: Mapping[str, Sequence[Incident]]) -> list[str]:
    """Ids of the incidents that a report tells of again, several only where they are equally likely.

    ``told`` has, by the id of each incident, what it is compared by: the incident itself, or its reports one by one,
    of which the one most like the report counts.
    """
    scores = {id_: max((_likeness(report, one) for one in reports), default=0.0) for id_, reports in told.items()}
    best = max(scores.values(), default=0.0)
    return [id_ for id_, score in scores.items() if score == best > 0.0]


def find_decided(
    report_id: str, decisions: Sequence[Decision], shown: Mapping[str, str]
) -> tuple[str | None, set[str]]:
    """The incident that persons put a report into, None for no one, and those they keep it out of.

    ``decisions`` come earliest first; ``shown`` has the incident of each report. Where one report of an incident was
    told apart from this one, another that is the same does not join them again.
    """
    met = [(decision.verdict, shown.get(_partner(decision, report_id))) for decision in decisions]
    apart = {id_ for verdict, id_ in met if id_ is not None and verdict == "different"}
    same = [id_ for verdict, id_ in met if id_ is not None and verdict == "same"]
    return next((id_ for id_ in reversed(same) if id_ not in apart), None), apart


def find_split_off(decisions: Sequence[Decision], shown: Mapping[str, str], among: Sequence[str]) -> set[str]:
    """Those of some incidents that a person split off from another of them."""
    pairs = [
        (shown.get(decision.kept_id), shown.get(decision.other_id))
        for decision in decisions
        if decision.verdict == "different"
    ]
    return {other for kept, other in pairs if other is not None and kept != other and {kept, other} <= set(among)}


def join_incidents(reports: Sequence[Incident], *, copied: Collection[str] = ()) -> Incident:
    """One incident out of what several articles tell of it: the finest date and places, every claim, all sources.

    Claims stay side by side, each with its article; the toll is counted anew over all of them. The result has the id
    of the first report. It is background only when every report recalls it. ``copied`` are the articles that only
    repeat another: who makes a claim in one of them makes it no second time.
    """
    news = [report for report in reports if not report.background] or list(reports)
    first = news[0]
    claims = tuple(_gather_claims(reports))
    articles = tuple(dict.fromkeys(article for report in [first, *reports] for article in report.articles))
    return replace(
        first,
        id=reports[0].id,
        dates=min((report.dates for report in news), key=_date_rank),
        places=tuple(_gather_places(news)),
        actors=tuple({actor.name: actor for report in reversed(reports) for actor in report.actors}.values()),
        claims=claims,
        totals=count_totals(claims),
        articles=articles,
        copied=tuple(article for article in articles if article in copied),
        background=all(report.background for report in reports),
        flags=tuple(dict.fromkeys(_gather_flags(reports, [c for c in claims if c.article_id not in copied]))),
    )


def _partner(decision: Decision, report_id: str) -> str:
    """The other report of a decision on a report; empty when it is on two others."""
    pair = (decision.kept_id, decision.other_id)
    return pair[1 - pair.index(report_id)] if report_id in pair else ""


def _likeness(report: Incident, known: Incident) -> float:
    """How sure it is that two reports tell of one incident; 0 when they cannot."""
    if report.articles == known.articles or not _same_days(report.dates, known.dates):
        return 0.0
    kind = _kind_score(report, known)
    place = _place_score(report, known)
    if not kind or not place:
        return 0.0
    figures = _figure_score(report, known)
    exact_day = report.dates.precision == known.dates.precision == "day" and report.dates.start == known.dates.start
    score = kind + place + figures + _party_score(report, known, place) + (1.0 if exact_day else 0.0)
    return score if score >= 3.0 else 0.0


def _same_days(left: DateRange, right: DateRange) -> bool:
    """Whether the days overlap; days told by one report as a night and by another as a day may lie side by side."""
    if left.start is None or right.start is None:
        return False
    rules = left.rule + right.rule
    slack = timedelta(days=1 if "inferred" in rules or "publication" in rules else 0)
    return left.start <= _end(right) + slack and right.start <= _end(left) + slack


def _end(dates: DateRange) -> date:
    return dates.end or dates.start or date.max


def _kind_score(left: Incident, right: Incident) -> float:
    if left.sub_event_type == right.sub_event_type:
        return 1.0
    kinds = event_category(left.event_type, left.sub_event_type), event_category(right.event_type, right.sub_event_type)
    if kinds[0] == kinds[1] and kinds[0] in _VIOLENT:
        return 0.8
    return 0.5 if frozenset(kinds) in _MIXED_UP else 0.0


def _place_score(left: Incident, right: Incident) -> float:
    """2 for the same town or a near point, 1.5 for one within the other's district or stretch, 1 for one province."""
    pairs = [(a, b) for a in _events(left) for b in _events(right)]
    return max((_pair_score(a, b) for a, b in pairs), default=0.0)


def _events(incident: Incident) -> list[IncidentPlace]:
    return [place for place in incident.places if place.role != "origin" and place.place is not None]


def _pair_score(a: IncidentPlace, b: IncidentPlace) -> float:
    if a.place is None or b.place is None:
        return 0.0
    if a.place.id == b.place.id:
        return 0.0 if a.precision == "country" else 2.0 if a.precision != "adm1" else 1.2
    here, there = _point_of(a), _point_of(b)
    if here is not None and there is not None:
        km = measure_km(*here, *there)
        reach = max(SAME_PLACE_KM, a.radius_km or 0.0, b.radius_km or 0.0)
        return 2.0 if km <= SAME_PLACE_KM else 1.5 if km <= reach else 0.0
    return 1.0 if "adm1" in (a.precision, b.precision) and a.adm1 is not None and a.adm1 == b.adm1 else 0.0


def _point_of(joined: IncidentPlace) -> tuple[float, float] | None:
    """Where a place is, when it is no larger than a district."""
    place = joined.place
    if place is None or joined.precision not in ("exact", "near", "adm2") or place.lat is None or place.lon is None:
        return None
    return place.lat, place.lon


def _figure_score(left: Incident, right: Incident) -> float:
    """1 when a figure is told by both, else 0."""
    return 1.0 if _figures(left) & _figures(right) else 0.0


def _figures(incident: Incident) -> set[tuple[str, int]]:
    return {(claim.metric, claim.best) for claim in incident.claims if claim.best is not None and claim.best > 1}


def _party_score(left: Incident, right: Incident, place: float) -> float:
    """0.5 where both tell of the same parties in one town; -1.5 where different ones strike it, else 0.

    On one day a town may be struck twice, so other attackers outweigh the day; a figure told by both outweighs them,
    since rival accounts of one strike name rival attackers.
    """
    struck = _attackers(left), _attackers(right)
    if all(struck) and not struck[0] & struck[1]:
        return -1.5
    armed = _armed(left), _armed(right)
    groups = {party for party in armed[0] & armed[1] if party.startswith("group:")}
    agree = groups or struck[0] & struck[1] or (armed[0] == armed[1] and len(armed[0]) > 1)
    # of a province that says little: a group is at war in all of it
    return 0.5 if agree and place >= 1.5 else 0.0


def _armed(incident: Incident) -> set[str]:
    """Parties of an incident that are known by name; militants may be anyone."""
    parties = (actor.party or "" for actor in incident.actors)
    return {party for party in parties if party.startswith(("forces:", "group:"))}


def _attackers(incident: Incident) -> set[str]:
    """Those of them that the report says struck."""
    return {actor.party for actor in incident.actors if actor.party in _armed(incident) and _strikes(actor)}


def _strikes(actor: Actor) -> bool:
    armed = any(_WEAPONS.search(alias.lower()) for alias in actor.aliases)
    return actor.side == "attacker" or (actor.side is None and armed)


def _date_rank(dates: DateRange) -> tuple[int, bool]:
    return _DATE_FINENESS[dates.precision], not dates.text


def _gather_places(reports: Sequence[Incident]) -> list[IncidentPlace]:
    """Every place told, each once, at its finest; a province gives way to the town in it that others name."""
    kept: dict[str, IncidentPlace] = {}
    for report in reports:
        for place in report.places:
            key = f"{place.role}:{place.place.id}" if place.place else ""
            known = kept.get(key)
            if known is None or _FINENESS[place.precision] < _FINENESS[known.precision]:
                kept[key] = place
    placed = [place for place in kept.values() if place.place is not None]
    fine = {place.adm1 for place in placed if _FINENESS[place.precision] < _FINENESS["adm1"]}
    single = [place for place in placed if not (place.precision == "adm1" and place.adm1 in fine and len(reports) > 1)]
    return single or placed or list(kept.values())


def _gather_claims(reports: Sequence[Incident]) -> list[Claim]:
    claims: list[Claim] = []
    for report in reports:
        offset = len(claims)
        for claim in report.claims:
            whole = claim.subset_of + offset if claim.subset_of is not None else None
            claims.append(replace(claim, subset_of=whole))
    return claims


def _gather_flags(reports: Sequence[Incident], independent: Sequence[Claim]) -> Iterator[Flag]:
    """Every flag; those of a lone source only while no second party gives figures in a report of its own."""
    parties = {claim.claimant_party for claim in independent if claim.stance == "asserts" and claim.status == "current"}
    for flag in (flag for report in reports for flag in report.flags):
        if len(parties) < 2 or flag.code not in _LONE:
            yield flag
