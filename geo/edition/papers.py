"""What is the same in an edition whatever its reader asks for: names of values, head, methodology, citation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from geo.edition.facts import Json
from geo.edition.material import Material
from geo.exchange.table import LICENCE, attribution_of, describe_selection
from geo.filters import LISTS, read_link
from geo.snapshot import summarise
from geo.snapshot.records import as_day
from geo.text import arabic_variants, display_text
from geo.wording.figures import name_party, name_subject_of
from geo.wording.legend import legend_words
from geo.wording.methodology import describe_methodology
from geo.wording.naming import name_country, name_province
from geo.wording.summary import find_days, find_period, name_border, say_when, sum_up, write_heading

_SPEEDS = (1, 2, 4)


def describe_papers(material: Material) -> Json:
    """The JSON that ``geo/web/edition/edition.js`` calls Papers."""
    words, snapshot, papers = material.words, material.snapshot, material.papers
    border, asked = snapshot.border, read_link(material.selection.query)[0].filter
    as_of = words.day(papers.latest) if papers.latest else words("time.undated")
    return {
        "lang": words.language,
        "border": border.code,
        "countries": list(border.countries),
        "asked": [None if day is None else as_day(day) for day in (asked.start, asked.end)],
        "stretches": {code: list(ends) for code, ends in border.stretches.items()},
        "kicker": name_border(border, snapshot.gazetteer, words),
        "as_of": words(
            "app.as_of", date=as_of, pages=words.count("count.pages", papers.pages),
            outlets=words.count("count.outlets", papers.outlets),
        ),
        "as_of_short": words("app.as_of.short", date=words.day(papers.latest, short=True) if papers.latest else as_of),
        "samples": words("app.samples") if papers.samples else "",
        "names": _name_values(material),
        "variants": arabic_variants(),
        "legend": legend_words(words),
        "prose": describe_methodology(words, material.corrections_page),
        "about": describe_about(material),
        "speeds": [[speed, words("play.times", n=words.isolate(str(speed)))] for speed in _SPEEDS],
    }  # fmt: skip


def describe_preview(material: Material) -> tuple[str, str]:
    """Heading and summary of all that the edition holds, for whoever is sent its address."""
    snapshot, words = material.snapshot, material.words
    wanted = read_link(material.selection.query)[0].filter
    period = find_period(wanted, find_days(snapshot))
    summary = summarise(material.wholly, wanted, np.ones(len(snapshot), dtype=bool))
    said = sum_up(summary, say_when(wanted, period, words), snapshot.gazetteer, words)
    return write_heading(wanted, period, words), said.replace("**", "")


def describe_about(material: Material) -> Json:
    """Filter, revision, time, licence and citation, as the foot of the edition shows them."""
    words, selection = material.words, material.selection
    told = describe_selection(selection)
    rows = [
        ["edition.filter", selection.asked or words("edition.all")],
        ["edition.incidents", words.number(len(material.incidents))],
        ["edition.revision", words.number(selection.revision)],
        ["edition.time", f"{words.day(selection.time.date())}, {words.isolate(f'{selection.time:%H:%M} UTC')}"],
        ["edition.licence", f"{LICENCE}. {attribution_of(selection)}"],
    ]
    return {
        "title": words("edition.title"),
        "rows": [[words(key), value] for key, value in rows],
        "note": words("edition.note", status=words("status.draft")),
        "search": words("edition.search"),
        "citation": told["citation"],
        "copy": words("edition.copy"),
        "copied": words("share.copied"),
    }


def _name_values(material: Material) -> Mapping[str, Mapping[str, str]]:
    """What the values that incidents bear, and those the edition was asked for, are called."""
    snapshot, words = material.snapshot, material.words
    gazetteer = snapshot.gazetteer

    def has(key: str, value: str) -> str:
        return words(f"{key}.{value}") if words.has(f"{key}.{value}") else display_text(value)

    namers: Mapping[str, Callable[[str], str]] = {
        "country": lambda code: name_country(code, gazetteer, words),
        "side": lambda code: name_country(code, gazetteer, words),
        "province": lambda code: name_province(code, gazetteer, words),
        "actor": lambda name: name_actor(name, material),
        "claimant": lambda party: name_party(party, words),
        "source": display_text,
        "status": lambda status: has("status", status),
        "language": lambda code: has("language.of", code),
    }
    asked = read_link(material.selection.query)[0].filter
    names: dict[str, dict[str, str]] = {}
    for key, name in namers.items():
        values = {*snapshot.labels[key].values, *getattr(asked, LISTS[key])}
        names[key] = {value: name(value) for value in sorted(values)}
    names["country"] |= {code: namers["country"](code) for code in snapshot.border.countries}
    names["country"] |= {c: namers["country"](c) for c in sorted({p[:2] for p in snapshot.labels["province"].values})}
    return names


def name_actor(name: str, material: Material) -> str:
    """An actor as it is called; a party that a link names as claims call it."""
    words = material.words
    if words.has(f"subject.{name.replace(':', '_')}"):
        return name_subject_of(name, words)
    return name_party(name, words) if name.startswith(("group:", "state:")) else display_text(name)
