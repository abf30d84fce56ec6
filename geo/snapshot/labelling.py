"""The labels of incidents: one for each key of the link that takes a list."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.borders import Border
from geo.snapshot.labels import Codes, Labels, as_objects, factorize, make_labels
from geo.snapshot.records import Marks, Spots, Total
from geo.snapshot.rows import LINE, PRECISIONS, Rows, find_positions
from geo.taxonomy import CATEGORIES
from geo.text import match_key


def label_incidents(
    rows: Rows, border: Border, spots: Spots, marks: Marks, *, category: Codes, totals: Sequence[Total]
) -> dict[str, Labels]:
    """What incidents can be asked for by, by key of the link."""
    every = np.arange(rows.count)
    sides = as_objects([None, *border.countries])
    sources, languages = _label_articles(rows)
    return {
        "country": _label_countries(rows, border),
        "province": make_labels(rows.count, marks.incident, spots.adm1[marks.spot]),
        "type": make_labels(rows.count, every, as_objects(CATEGORIES)[category]),
        "precision": _label_precisions(rows.count, spots, marks, totals),
        "side": make_labels(rows.count, marks.incident, sides[marks.side]),
        "status": make_labels(rows.count, every, rows.incidents("status")),
        "actor": _label_actors(rows),
        "claimant": _label_claimants(rows),
        "source": sources,
        "language": languages,
    }


def _label_countries(rows: Rows, border: Border) -> Labels:
    """Countries of the event places; what happens along the line belongs to both."""
    placed = rows.event_rows
    incident = rows.place_incident[placed]
    line = incident[rows.precision[placed] == LINE]
    code, provinces = factorize(rows.places("adm1")[placed])
    of_province = as_objects([*(province[:2] for province in provinces), None])[code]
    country = rows.places("country")[placed]
    named = np.where(pd.isna(country), of_province, country)
    return make_labels(
        rows.count,
        np.concatenate([incident, *(line for _ in border.countries)]),
        np.concatenate([named, *(np.full(len(line), code, dtype=object) for code in border.countries)]),
    )


def _label_precisions(count: int, spots: Spots, marks: Marks, totals: Sequence[Total]) -> Labels:
    """Precisions of the event places, and those that two further words name: a total, the whole line."""
    names = as_objects(PRECISIONS)[spots.precision[marks.spot]]
    whole = marks.incident[spots.whole[marks.spot]]
    several = {index for total in totals if len(total.places) > 1 for index in total.incidents}
    covered = np.array(sorted(several), dtype=np.int64)
    return make_labels(
        count,
        np.concatenate([marks.incident, whole, covered]),
        np.concatenate([names, np.full(len(whole), "border", object), np.full(len(covered), "total", object)]),
    )


def _label_actors(rows: Rows) -> Labels:
    """Actors by name and by party."""
    both = np.concatenate([rows.column("actor", "name"), rows.column("actor", "party")])
    return make_labels(rows.count, np.tile(rows.actor_incident, 2), both, spell=match_key)


def _label_claimants(rows: Rows) -> Labels:
    """Parties that claim something of an incident, alone or together with others."""
    party, scope = rows.column("claim", "claimant_party"), rows.column("claim", "scope_id")
    covered = pd.DataFrame({"scope": rows.column("scope_incident", "scope_id"), "incident": rows.scope_incident})
    scoped = pd.notna(scope)
    joined = pd.DataFrame({"scope": scope[scoped], "party": party[scoped]}).merge(covered, on="scope")
    return make_labels(
        rows.count,
        np.concatenate([rows.claim_incident, joined["incident"].to_numpy(dtype=np.int64)]),
        np.concatenate([party, joined["party"].to_numpy(dtype=object)]),
    )


def _label_articles(rows: Rows) -> tuple[Labels, Labels]:
    """Outlets and languages of the articles that report an incident; a publisher only where no source is named."""
    incident, article = rows.article_pairs
    named = find_positions(rows.column("article", "id"), rows.column("source", "article_id"))
    outlets = pd.DataFrame({"article": named, "outlet": rows.column("source", "outlet")})
    publishers = pd.DataFrame({"outlet": rows.column("article", "publisher")}).rename_axis("article").reset_index()
    alone = publishers[~publishers["article"].isin(named)]
    told = pd.DataFrame({"incident": incident, "article": article}).merge(pd.concat([outlets, alone]), on="article")
    told_by = told["incident"].to_numpy(dtype=np.int64), told["outlet"].to_numpy(dtype=object)
    languages = rows.column("article", "language")[article]
    return make_labels(rows.count, *told_by, spell=match_key), make_labels(
        rows.count, incident, languages, spell=str.lower
    )
