"""An edition leaves, counts and sums up what the server does, whatever is asked for and whatever it holds."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from filter_world import Told, filters, take, worlds
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from map_page import MapServer, serve
from playwright.sync_api import Browser, Page

from geo.edition.facts import describe_facts
from geo.filters import KEYS, Filter, Link, read_link, write_filter, write_link
from geo.model import Claim, Scope, Span
from geo.snapshot import Snapshot, count_facets, count_outside, cut_snapshot, encode_points, encode_times, match, rank
from geo.snapshot.counting import summarise
from geo.snapshot.matching import count_loosened
from geo.snapshot.records import as_day
from geo.text import arabic_variants
from geo.wording.naming import name_province
from geo.wording.summary import find_days, find_period, say_when, sum_up, write_heading
from geo.wording.words import LANGUAGES, Words, read_words

pytestmark = pytest.mark.browser

CROSSINGS = [["border:torkham", [34.1223, 71.0937]]]
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
ASK = """async ([facts, variants, points, times, crossings, query]) => {
    const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
    const load = (name) => import(`/assets/edition/${name}.js`);
    const { readMarks } = await load("facts");
    const { Spelling } = await load("spelling");
    const { readLink, writeFilter } = await load("link");
    const { countChoices, countLoosened } = await load("counts");
    const { summarise, rank } = await load("summary");
    const marks = readMarks(bytes(points), bytes(times));
    const world = { facts, marks, spelling: new Spelling(variants), points: new Map(crossings) };
    const { link: { filter }, problems } = readLink(query);
    const counts = countChoices(world, filter);
    return {
        query: writeFilter(filter),
        problems,
        left: [...counts.mask.keys()].filter((i) => counts.mask[i]),
        counts: Object.fromEntries(Object.entries(counts.by).map(([key, found]) => [key, Object.fromEntries(found)])),
        loosened: Object.fromEntries(countLoosened(world, filter)),
        disputed: rank(facts, counts.mask, "disputed"),
        summary: summarise(facts, counts.mask),
    };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page that can load the edition's modules."""
    with serve(MapServer(answers={})) as server:
        opened = browser.new_page()
        opened.goto(f"{server.address}/assets/edition/facts.js")
        yield opened
        opened.close()


@st.composite
def totals(draw: st.DrawFn) -> tuple[Scope, ...]:
    """Figures for several of the incidents together, or for one at several places."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        ids = draw(st.lists(st.integers(0, 8), min_size=1, max_size=4, unique=True))
        low = draw(st.none() | st.integers(0, 40))
        claim = Claim(
            metric="killed", subject="people", low=low, high=draw(st.sampled_from([low, None])), claimant_party="un",
            span=Span(start=0, end=3), article_id="a1", scope=f"s{number}",
        )  # fmt: skip
        found.append(Scope(id=f"s{number}", incidents=tuple(f"i{i}" for i in ids), places=("AF-KHO",), claims=(claim,)))
    return tuple(found)


def ask(page: Page, snapshot: Snapshot, outside: dict[str, int], query: str) -> dict[str, Any]:
    """What the edition's modules say of a filter."""
    facts, *files = carry(snapshot, outside)
    answer: dict[str, Any] = page.evaluate(ASK, [facts, arabic_variants(), *files, CROSSINGS, query])
    return answer


def carry(snapshot: Snapshot, outside: dict[str, int]) -> tuple[Any, str, str]:
    """What an edition carries of a snapshot: its facts, then points and times as text."""
    points, times = (b64encode(encode(snapshot)).decode() for encode in (encode_points, encode_times))
    return json.loads(json.dumps(describe_facts(snapshot, outside))), points, times


@settings(max_examples=60, phases=PHASES, deadline=None)
@given(worlds(), totals(), filters, filters)
@example((), (), Filter(), Filter())
def test_an_edition_leaves_and_counts_what_the_server_does(
    page: Page, world: tuple[Told, ...], scopes: tuple[Scope, ...], held: Filter, wanted: Filter
) -> None:
    ids = {one.incident.id for one in world}
    known = [scope for scope in scopes if set(scope.incidents) <= ids]
    snapshot = take(*(one.incident for one in world), scopes=known)
    kept = match(snapshot, held)
    edition = cut_snapshot(snapshot, kept)
    seen = ask(page, edition, dict(count_outside(snapshot, kept)), write_filter(wanted))
    assert seen["query"] == write_filter(wanted)
    assert seen["problems"] == []
    assert seen["left"] == match(snapshot, wanted)[kept].nonzero()[0].tolist()
    facets = count_facets(edition, wanted)
    numbers = {"border_km", "located_km", "killed", "wounded"}
    assert {key: found for key, found in seen["counts"].items()} == {
        key: dict(facets.counts[key]) for key in facets.counts
    }
    assert numbers < set(seen["counts"])
    assert seen["loosened"] == count_loosened(edition, wanted)


@settings(max_examples=40, phases=PHASES, deadline=None)
@given(worlds(), totals(), filters, filters)
def test_an_edition_sums_up_what_the_server_does(
    page: Page, world: tuple[Told, ...], scopes: tuple[Scope, ...], held: Filter, wanted: Filter
) -> None:
    ids = {one.incident.id for one in world}
    snapshot = take(*(o.incident for o in world), scopes=[scope for scope in scopes if set(scope.incidents) <= ids])
    kept = match(snapshot, held)
    matched = match(snapshot, wanted) & kept
    seen = ask(page, cut_snapshot(snapshot, kept), dict(count_outside(snapshot, kept)), write_filter(wanted))
    expected, gap = summarise(snapshot, wanted, matched), summarise(snapshot, wanted, matched).gap
    assert seen["summary"] == {
        "incidents": expected.incidents,
        "province": expected.province,
        "inProvince": expected.in_province,
        "killedLow": expected.killed_low,
        "killedHigh": expected.killed_high,
        "moreThan": expected.more_than,
        "gap": gap and {"start": as_day(gap.start), "end": as_day(gap.end), "night": gap.night},
    }
    number = kept.cumsum() - 1
    assert seen["disputed"] == number[rank(snapshot, matched, by="disputed")].tolist()


SAY = """async ([facts, variants, points, times, crossings, query, lang, said, names]) => {
    const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
    const load = (name) => import(`/assets/edition/${name}.js`);
    const { readMarks } = await load("facts");
    const { Spelling } = await load("spelling");
    const { readLink } = await load("link");
    const { Scene, firstManner } = await load("edition");
    const { Words } = await load("words");
    const { writeTitle, writeSummary } = await load("sentences");
    const marks = readMarks(bytes(points), bytes(times));
    const world = { facts, marks, spelling: new Spelling(variants), points: new Map(crossings) };
    const papers = { names: { province: names }, asked: [null, null] };
    const edition = { world, texts: {}, papers, words: new Words(lang, said) };
    const scene = new Scene(edition, readLink(query).link, firstManner());
    return [writeTitle(scene), writeSummary(scene)];
}"""


@settings(max_examples=60, phases=PHASES, deadline=None)
@given(worlds(), totals(), filters, st.sampled_from(LANGUAGES))
def test_an_edition_says_what_the_server_says(
    page: Page, world: tuple[Told, ...], scopes: tuple[Scope, ...], wanted: Filter, language: str
) -> None:
    ids = {one.incident.id for one in world}
    snapshot = take(*(o.incident for o in world), scopes=[scope for scope in scopes if set(scope.incidents) <= ids])
    words, gazetteer = Words(language), snapshot.gazetteer
    names = {code: name_province(code, gazetteer, words) for code in snapshot.labels["province"].values}
    facts, *files = carry(snapshot, {total.id: 0 for total in snapshot.totals})
    query = write_filter(wanted)
    seen = page.evaluate(
        SAY, [facts, arabic_variants(), *files, CROSSINGS, query, language, read_words(language), names]
    )
    period = find_period(wanted, find_days(snapshot))
    summary = sum_up(summarise(snapshot, wanted), say_when(wanted, period, words), gazetteer, words)
    assert seen == [write_heading(wanted, period, words), summary]


def test_an_edition_knows_every_key_of_a_link(page: Page) -> None:
    known = page.evaluate("import('/assets/edition/link.js').then(({ KEYS }) => KEYS)")
    assert known == list(KEYS)


texts = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(["a,b", "c\\", "ä ö", "%2C+&=#", "خوست"])


@settings(max_examples=150, phases=PHASES, deadline=None)
@given(
    filters, texts, st.lists(texts, max_size=3), st.none() | st.tuples(st.floats(0, 3000), st.floats(0, 3000)),
    st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 24)),
)  # fmt: skip
def test_a_link_is_spelt_alike_in_an_edition(
    page: Page, wanted: Filter, text: str, actors: list[str], stretch: Any, view: Any
) -> None:
    told = Filter(**{**{name: getattr(wanted, name) for name in Filter.__slots__}, "text": text, "actors": tuple(actors), "stretch": stretch})  # noqa: E501  # fmt: skip
    link = write_link(Link(filter=told, view=view, tab="table"))
    read = page.evaluate(
        """async (query) => {
            const { readLink, writeLink } = await import("/assets/edition/link.js");
            const { link, problems } = readLink(query);
            return [writeLink(link), problems.map(({ key }) => key)];
        }""",
        link,
    )
    expected, problems = read_link(link)
    assert read == [write_link(expected), [problem.key for problem in problems]]
