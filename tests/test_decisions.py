"""What a person says of two incidents is remembered and stronger than the rules, whatever is added or read again."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from geo.articles import make_article
from geo.corrections import tell_again
from geo.decisions import merge_incidents, split_incident
from geo.errors import UsageError
from geo.model import Article, Incident
from geo.pipeline import add_article, join_reading, load_tools, read_article
from geo.store import Change, Store, open_store

NOW = datetime(2025, 11, 20, tzinfo=UTC)
QUETTA = "A suicide bomber killed seven people at a market in Quetta on Monday, police said."
PESHAWAR = "A suicide bomber killed eight people in Peshawar on Monday."
KUNAR = "Air strikes hit Kunar province on Friday."


def article(text: str, outlet: str) -> Article:
    url = f"https://{outlet}.example/1"
    return make_article(text, url=url, published=date(2025, 10, 15), language="en")


@pytest.fixture(scope="module", autouse=True)
def _tools() -> None:
    load_tools()


@pytest.fixture
def store(any_store: Store) -> Store:
    """A new store, as a file and on a server."""
    return any_store


def add(store: Store, text: str, outlet: str) -> Incident:
    """The one incident shown that an outlet reports."""
    (incident,) = add_article(store, article(text, outlet), load_tools(), time=NOW).incidents
    return incident


def merge(store: Store, kept: Incident, other: Incident, minute: int = 0) -> Incident:
    return merge_incidents(store, kept.id, other.id, who="night desk", time=NOW + timedelta(minutes=minute))


def split(store: Store, incident: Incident, outlet: str, text: str = QUETTA, minute: int = 0) -> tuple[Incident, ...]:
    time = NOW + timedelta(minutes=minute)
    return split_incident(store, incident.id, article(text, outlet).id, who="night desk", time=time)


def shown(store: Store) -> list[Incident]:
    return [incident for incident in store.load_incidents() if incident.status != "withdrawn"]


def partition(store: Store) -> set[frozenset[str]]:
    """Which articles are shown as one incident."""
    assert store.check() == []
    return {frozenset(incident.articles) for incident in shown(store)}


def read_again(store: Store, told: Article, *, leave_out: bool = False) -> None:
    """Read an article anew, as after a correction; ``leave_out``: as if it told of nothing."""
    reading = join_reading(read_article(told, load_tools()), load_tools().border)
    with store.change(time=NOW) as change:
        tell_again(change, replace(reading, incidents=()) if leave_out else reading, reason="read again")


# ---- merging ---------------------------------------------------------------------------------------------------------
def test_merged_incidents_are_one_with_all_claims_and_the_id_that_was_kept(store: Store) -> None:
    kept, other = add(store, QUETTA, "a"), add(store, PESHAWAR, "b")
    merged = merge(store, kept, other)
    assert shown(store) == [merged]
    assert (merged.id, merged.articles) == (kept.id, (*kept.articles, *other.articles))
    assert {claim.best for claim in merged.claims} == {7, 8}
    assert store.check() == []


def test_the_id_of_the_incident_merged_away_leads_to_the_one_kept(store: Store) -> None:
    kept, other = add(store, QUETTA, "a"), add(store, PESHAWAR, "b")
    merged = merge(store, kept, other)
    assert store.incident(other.id) == merged
    (gone,) = store.load_incidents([other.id])
    assert gone.status == "withdrawn"
    last = store.revisions(f"incident:{other.id}")[-1]
    assert (last.who, last.reason) == ("night desk", f"merged into incident {kept.id}")


def test_a_decision_is_in_the_chain_of_revisions_with_its_reason(store: Store) -> None:
    kept, other = add(store, QUETTA, "a"), add(store, PESHAWAR, "b")
    merge_incidents(store, kept.id, other.id, who=" night \n desk ", time=NOW, reason="one attack,\ntwo datelines")
    (decision,) = store.decisions()
    assert (decision.verdict, decision.who, decision.reason) == ("same", "night desk", "one attack, two datelines")
    (revision,) = store.revisions(f"decision:{decision.id}")
    assert (revision.who, revision.reason) == ("night desk", "one attack, two datelines")


def test_a_later_report_joins_what_was_merged_whichever_part_it_tells_of(store: Store) -> None:
    merged = merge(store, add(store, QUETTA, "a"), add(store, PESHAWAR, "b"))
    assert add(store, QUETTA, "c").id == merged.id
    assert add(store, PESHAWAR, "d").id == merged.id
    assert len(shown(store)) == 1


def test_what_was_merged_stays_so_when_an_article_is_read_again(store: Store) -> None:
    kept, other = add(store, QUETTA, "a"), add(store, PESHAWAR, "b")
    merge(store, kept, other)
    expected = partition(store)
    for text, outlet in ((QUETTA, "a"), (PESHAWAR, "b")):
        read_again(store, article(text, outlet))
        assert partition(store) == expected
        read_again(store, article(text, outlet), leave_out=True)
        read_again(store, article(text, outlet))
        assert partition(store) == expected
    assert [incident.id for incident in shown(store)] == [kept.id]


def test_a_merged_incident_keeps_the_review_of_the_one_kept(store: Store) -> None:
    kept, other = add(store, QUETTA, "a"), add(store, PESHAWAR, "b")
    with store.change(who="Editor", time=NOW) as change:
        change.show(replace(kept, status="reviewed", version=2), reason="checked")
    assert merge(store, kept, other).status == "reviewed"


def test_nothing_joins_an_incident_that_was_merged_away(store: Store) -> None:
    merge(store, add(store, KUNAR, "k"), add(store, QUETTA, "a"))
    add(store, QUETTA, "b")
    assert [incident.articles for incident in shown(store)] == [
        tuple(article(text, outlet).id for text, outlet in ((KUNAR, "k"), (QUETTA, "a"), (QUETTA, "b")))
    ]


# ---- splitting -------------------------------------------------------------------------------------------------------
def test_the_incident_split_off_has_the_id_of_its_report(store: Store) -> None:
    whole = add(store, QUETTA, "a")
    add(store, QUETTA, "b")
    rest, off = split(store, whole, "b")
    assert rest.id == whole.id != off.id
    assert store.reports_of(off.id)[0].id == off.id
    assert (rest.articles, off.articles) == ((article(QUETTA, "a").id,), (article(QUETTA, "b").id,))
    assert store.revisions(f"incident:{off.id}")[-1].reason == f"split off from incident {rest.id}"


def test_where_the_first_report_is_split_off_each_side_has_the_id_of_a_report_of_its_own(store: Store) -> None:
    whole = add(store, QUETTA, "a")
    add(store, QUETTA, "b")
    add(store, QUETTA, "c")
    rest, off = split(store, whole, "a")
    assert off.id == whole.id
    assert rest.id == store.reports_of(rest.id)[0].id
    assert len(rest.articles) == 2
    assert store.check() == []


def test_what_was_split_is_not_joined_again_by_a_third_report(store: Store) -> None:
    whole = add(store, QUETTA, "a")
    add(store, QUETTA, "b")
    split(store, whole, "b")
    assert add(store, QUETTA, "c").id == whole.id
    assert sorted(len(incident.articles) for incident in shown(store)) == [1, 2]


def test_what_was_split_stays_so_when_an_article_is_read_again(store: Store) -> None:
    whole = add(store, QUETTA, "a")
    add(store, QUETTA, "b")
    split(store, whole, "b")
    expected = partition(store)
    for outlet in ("a", "b"):
        read_again(store, article(QUETTA, outlet), leave_out=True)
        read_again(store, article(QUETTA, outlet))
        assert partition(store) == expected


def test_a_merge_can_be_taken_back_by_the_id_of_the_incident_merged_away(store: Store) -> None:
    kept, other = add(store, QUETTA, "a"), add(store, PESHAWAR, "b")
    merge(store, kept, other)
    rest, off = split_incident(store, kept.id, other.id, who="Editor", time=NOW + timedelta(minutes=1))
    assert (rest.claims, off.claims, off.status) == (kept.claims, other.claims, "draft")
    assert {decision.verdict for decision in store.decisions()} == {"different"}
    assert store.incident(other.id) == off


def test_the_later_decision_on_a_pair_wins(store: Store) -> None:
    whole = add(store, QUETTA, "a")
    add(store, QUETTA, "b")
    rest, off = split(store, whole, "b", minute=1)
    merge(store, rest, off, minute=2)
    read_again(store, article(QUETTA, "b"), leave_out=True)
    read_again(store, article(QUETTA, "b"))
    assert len(shown(store)) == 1
    (decision,) = store.decisions()
    assert (decision.verdict, len(store.revisions(f"decision:{decision.id}"))) == ("same", 2)


# ---- what makes no sense ---------------------------------------------------------------------------------------------
def test_a_decision_that_makes_no_sense_is_refused_and_nothing_is_kept(store: Store) -> None:
    here, there = add(store, QUETTA, "a"), add(store, PESHAWAR, "b")
    revision = store.data_revision()
    cases = [
        (lambda: merge_incidents(store, here.id, here.id, who="E", time=NOW), "one incident already"),
        (lambda: merge_incidents(store, here.id, "none", who="E", time=NOW), "no incident 'none'"),
        (lambda: merge_incidents(store, "none", here.id, who="E", time=NOW), "no incident 'none'"),
        (lambda: split_incident(store, "none", "x", who="E", time=NOW), "no incident 'none'"),
        (lambda: split_incident(store, here.id, there.articles[0], who="E", time=NOW), "not among those"),
        (lambda: split_incident(store, here.id, here.articles[0], who="E", time=NOW), "no other report"),
    ]
    for decide, sentence in cases:
        with pytest.raises(UsageError, match=sentence):
            decide()
    assert store.data_revision() == revision


def test_an_incident_without_reports_or_withdrawn_is_not_merged(store: Store) -> None:
    here = add(store, QUETTA, "a")
    with store.change(time=NOW) as change:
        change.show(replace(here, id="imported", articles=()), reason="import")
        change.show(replace(here, id="gone", articles=(), status="withdrawn"), reason="import")
    for id_, sentence in (("imported", "not read from an article"), ("gone", "is withdrawn")):
        with pytest.raises(UsageError, match=sentence):
            merge_incidents(store, here.id, id_, who="E", time=NOW)


def test_a_store_for_reading_only_takes_no_decision(store: Store, store_address: str) -> None:
    here, there = add(store, QUETTA, "a"), add(store, PESHAWAR, "b")
    with closing(open_store(store_address, read_only=True)) as reader, pytest.raises(UsageError, match="reading only"):
        merge_incidents(reader, here.id, there.id, who="E", time=NOW)


def test_a_merge_that_fails_half_way_leaves_nothing_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = add(store, QUETTA, "a"), add(store, PESHAWAR, "b")
    revision = store.data_revision()

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Change, "move_report", fail)
    with pytest.raises(ZeroDivisionError):
        merge(store, here, there)
    assert (store.data_revision(), store.decisions(), len(shown(store))) == (revision, (), 2)


# ---- in any order ----------------------------------------------------------------------------------------------------
CLUSTERS = (QUETTA, PESHAWAR, KUNAR)
"""Three incidents; reports of one tell it in the same words, so the rules join them."""


@dataclass(frozen=True)
class Said:
    """A decision on two reports, each named by its cluster and number."""

    verdict: str
    kept: tuple[int, int]
    other: tuple[int, int]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[Said]]:
    """Reports, and decisions in the order in which they are taken: first who leaves, then what is one."""
    sizes = [draw(st.integers(1, 3)) for _ in CLUSTERS]
    reports = [(cluster, number) for cluster, size in enumerate(sizes) for number in range(size)]
    leaving = [report for report in reports if report[1] > 0 and draw(st.booleans())]
    splits = [Said("different", (cluster, 0), (cluster, number)) for cluster, number in leaving]
    pair = st.tuples(st.sampled_from(reports), st.sampled_from(reports)).filter(lambda two: two[0][0] != two[1][0])
    merges = [Said("same", *two) for two in draw(st.lists(pair, max_size=3))]
    return reports, [*splits, *merges]


def expect(reports: Sequence[tuple[int, int]], decisions: Sequence[Said]) -> set[frozenset[tuple[int, int]]]:
    """The partition by hand: clusters without those who leave, then joined by each merge."""
    left = {said.other for said in decisions if said.verdict == "different"}
    groups: dict[tuple[int, int], frozenset[tuple[int, int]]] = {}
    for report in reports:
        together = {report} if report in left else {r for r in reports if r[0] == report[0]} - left
        groups[report] = frozenset(together)
    for said in decisions:
        if said.verdict == "same":
            joined = groups[said.kept] | groups[said.other]
            groups.update(dict.fromkeys(joined, joined))
    return set(groups.values())


def decide(store: Store, said: Said, minute: int) -> None:
    kept, other = (
        next(i.id for i in shown(store) if article(CLUSTERS[cluster], f"n{cluster}-{number}").id in i.articles)
        for cluster, number in (said.kept, said.other)
    )
    time = NOW + timedelta(minutes=minute)
    if said.verdict == "same" and kept != other:
        merge_incidents(store, kept, other, who="Editor", time=time)
    elif said.verdict == "different" and kept == other:
        cluster, number = said.other
        split_incident(store, kept, article(CLUSTERS[cluster], f"n{cluster}-{number}").id, who="Editor", time=time)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(world=worlds(), seed=st.integers(0, 2**32))
def test_the_same_articles_and_decisions_give_the_same_incidents_in_any_order(
    new_address: Callable[[], str], world: tuple[list[tuple[int, int]], list[Said]], seed: int
) -> None:
    """Each decision comes once its two reports are there, splits of a report before what is said of it later."""
    reports, decisions = world
    expected = expect(reports, decisions)
    apart = [{said.kept, said.other} for said in decisions if said.verdict == "different"]
    assume(not any(pair <= group for pair in apart for group in expected))  # or a merge takes a split back
    dice = random.Random(seed)
    waiting = dice.sample(reports, len(reports))
    pending, there = list(enumerate(decisions)), set()
    with closing(open_store(new_address())) as store:
        while waiting or pending:
            ready = [item for item in pending[:1] if {item[1].kept, item[1].other} <= there]
            if ready and (not waiting or dice.random() < 0.5):
                pending.remove(ready[0])
                decide(store, ready[0][1], ready[0][0])
            else:
                cluster, number = waiting.pop()
                add(store, CLUSTERS[cluster], f"n{cluster}-{number}")
                there.add((cluster, number))
        ids = {report: article(CLUSTERS[report[0]], f"n{report[0]}-{report[1]}").id for report in reports}
        assert partition(store) == {frozenset(ids[report] for report in group) for group in expected}
