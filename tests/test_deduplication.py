"""One incident told by several reports is one; incidents apart in day, place or kind stay apart, in any order."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from geo.articles.making import make_article
from geo.deduplication import find_same, join_incidents
from geo.model import Incident
from geo.pipeline import load_tools, read_article

PUBLISHED = date(2025, 10, 15)


@pytest.fixture(scope="module", autouse=True)
def _tools() -> None:
    """Opened before any test, so that none waits for them."""
    load_tools()


def report(text: str, outlet: str, published: date = PUBLISHED) -> Incident:
    """The one incident an outlet reports."""
    url = f"https://{outlet}.example/{len(text)}"
    (incident,) = read_article(make_article(text, url=url, published=published, language="en"), load_tools()).incidents
    return incident


def pair(first: str, second: str) -> tuple[Incident, Incident]:
    return report(first, "first"), report(second, "second")


def gather(reports: Iterable[Incident]) -> list[list[Incident]]:
    """Groups of reports of one incident, taken in one by one as the store does."""
    groups: list[list[Incident]] = []
    for incident in reports:
        shown = [join_incidents(group) for group in groups]
        same = find_same(incident, shown)
        if same is None:
            groups.append([incident])
        else:
            groups[shown.index(same)].append(incident)
    return groups


# ---- one or two ------------------------------------------------------------------------------------------------------
ONE = (
    ("A suicide bomber killed seven people at a market in Quetta on Monday, police said.",
     "Seven people were killed on Monday when a suicide bomber struck a market in Quetta, a doctor said."),
    ("Troops exchanged fire near Spin Boldak on Sunday. The Taliban said nine Pakistani soldiers were killed.",
     "Fighting broke out near Spin Boldak on Sunday. Pakistan said 15 Taliban fighters were killed."),
    ("Pakistani jets carried out air strikes in Paktika province on Friday.",
     "Air strikes hit a village in Barmal district in Paktika on October 10, residents said."),
    ("The Torkham crossing was closed on Sunday.", "Pakistan closed the Torkham crossing on October 12, traders said."),
    ("Gunmen shot dead three labourers in Panjgur on Monday.", "On October 13, gunmen killed three men in Panjgur."),
    ("Mortar shells hit Goshta district on Saturday, wounding four villagers.",
     "Shelling on Saturday wounded four people in Goshta district, residents said."),
    ("Pakistani jets carried out air strikes in Barmal on Friday.",
     "Air strikes hit Barmal on Friday, Taliban forces said."),
    ("Troops fought the Pakistani Taliban in Wana in the night of October 8-9.",
     "A raid by the TTP on a post in Wana was beaten off on October 9."),
    ("A suicide bombing claimed by the TTP killed seven people in Quetta on Monday.",
     "A suicide bombing claimed by Islamic State killed seven people in Quetta on Monday."),
)  # fmt: skip


@pytest.mark.parametrize(("first", "second"), ONE)
def test_two_reports_of_one_incident_are_one(first: str, second: str) -> None:
    known, again = pair(first, second)
    assert find_same(again, [known]) is known
    assert find_same(known, [again]) is again


TWO = (
    ("other day", "A suicide bomber killed seven people in Quetta on Monday.",
     "A suicide bomber killed seven people in Quetta on October 9."),
    ("far town", "A suicide bomber killed seven people in Quetta on Monday.",
     "A suicide bomber killed seven people in Peshawar on Monday."),
    ("other province", "Air strikes hit Paktika province on Friday.", "Air strikes hit Kunar province on Friday."),
    ("other district", "Mortar shells hit Goshta district on Saturday.", "Shells hit Spera district on Saturday."),
    ("other kind", "The Torkham crossing was closed on Sunday.", "Troops exchanged fire at Torkham on Sunday."),
    ("opened again", "The Torkham crossing was closed on Sunday.", "The Torkham crossing was reopened on Tuesday."),
    ("other force", "Pakistani jets struck Spin Boldak on Friday.", "Afghan drones struck Spin Boldak on Friday."),
    ("other group", "A suicide bombing claimed by the TTP killed seven people in Quetta on Monday.",
     "A suicide bombing claimed by Islamic State killed three people in Quetta on Monday."),
    ("protest", "A suicide bomber killed seven people in Quetta on Monday.",
     "Hundreds of traders protested in Quetta on Monday."),
    ("only a country", "Air strikes killed ten people in Afghanistan on Friday.",
     "Drone strikes killed ten people in Afghanistan on Friday."),
    ("no place", "Five soldiers died in a clash on Sunday.", "Five soldiers died in a clash on Sunday, the army said."),
)  # fmt: skip


@pytest.mark.parametrize(("apart", "first", "second"), TWO)
def test_reports_that_differ_in_day_place_or_kind_stay_apart(apart: str, first: str, second: str) -> None:
    known, other = pair(first, second)
    assert find_same(other, [known]) is None, apart
    assert find_same(known, [other]) is None, apart


def test_a_group_that_both_name_tells_what_day_and_kind_leave_open() -> None:
    night = report("Troops fought the Pakistani Taliban in Wana on October 9.", "first")
    night = replace(night, dates=replace(night.dates, start=date(2025, 10, 8)))
    raid = replace(report("A raid by the TTP hit Wana on October 9.", "second"), sub_event_type="Attack")
    raid = replace(raid, event_type="Violence against civilians")
    assert find_same(raid, [night]) is night
    assert find_same(replace(raid, actors=()), [night]) is None


def test_two_incidents_of_one_article_are_never_joined() -> None:
    known = report("A suicide bomber killed seven people in Quetta on Monday.", "first")
    assert find_same(replace(known, id="another"), [known]) is None


def test_nothing_known_is_nothing_found() -> None:
    assert find_same(report("A suicide bomber killed seven people in Quetta on Monday.", "first"), []) is None


# ---- what is joined --------------------------------------------------------------------------------------------------
RIVALS = (
    "A bomb killed six people in Quetta on Monday, police said.",
    "A bomb killed nine people in Quetta on Monday, residents said.",
)


def test_joined_claims_stand_side_by_side_each_with_its_article() -> None:
    known, again = pair(*RIVALS)
    joined = join_incidents([known, again])
    assert [(claim.best, claim.claimant_party) for claim in joined.claims] == [(6, "state:PK"), (9, "local")]
    assert [claim.article_id for claim in joined.claims] == [*known.articles, *again.articles]
    assert joined.articles == (*known.articles, *again.articles)
    toll = joined.totals["killed"]
    assert (toll.low, toll.best, toll.high) == (6, None, 9)


def test_a_joined_incident_keeps_the_id_of_its_first_report() -> None:
    known, again = pair(*RIVALS)
    assert join_incidents([known, again]).id == known.id
    assert join_incidents([again, known]).id == again.id
    assert join_incidents([known]) == known


def test_the_town_is_kept_where_another_report_only_names_the_province() -> None:
    town, province = pair(
        "Shelling on Saturday wounded four people in Goshta district, residents said.",
        "Shelling wounded four people in Nangarhar province on Saturday.",
    )
    for order in ([town, province], [province, town]):
        assert [place.precision for place in join_incidents(order).places] == ["adm2"]


def test_the_finest_date_is_kept() -> None:
    day, week = pair("Troops clashed in Kurram on October 8.", "Troops clashed in Kurram last week.")
    for order in ([day, week], [week, day]):
        dates = join_incidents(order).dates
        assert (dates.start, dates.precision) == (date(2025, 10, 8), "day")


def test_a_part_stays_a_part_of_its_own_whole() -> None:
    known, again = pair(
        "A bomb killed six people in Quetta on Monday, police said.",
        "A bomb in Quetta on Monday killed nine people, including two children.",
    )
    joined = join_incidents([known, again])
    assert [(claim.best, claim.subset_of) for claim in joined.claims] == [(6, None), (9, None), (2, 1)]
    assert joined.totals["killed"].high == 9


def test_an_incident_is_background_only_while_every_report_recalls_it() -> None:
    known, again = pair(*RIVALS)
    recalled = replace(again, background=True)
    assert not join_incidents([recalled, known]).background
    assert join_incidents([recalled, replace(known, background=True)]).background


# ---- in any order ----------------------------------------------------------------------------------------------------
MANY = (
    "A suicide bomber killed seven people at a market in Quetta on Monday, police said.",
    "Seven people were killed on Monday when a suicide bomber struck a market in Quetta, a doctor said.",
    "A suicide bomber killed eight people in Peshawar on Monday.",
    "On Monday a suicide bomber struck a mosque in Peshawar, killing eight people.",
    "The Torkham crossing was closed on Sunday.",
    "Pakistan closed the Torkham crossing on October 12, traders said.",
    "Air strikes hit Kunar province on Friday.",
    "Hundreds of traders protested in Quetta on Monday.",
)


def ids(groups: Sequence[Sequence[Incident]]) -> set[frozenset[str]]:
    return {frozenset(incident.id for incident in group) for group in groups}


@pytest.mark.parametrize("seed", range(6))
def test_the_same_reports_are_joined_in_any_order(seed: int) -> None:
    reports = [report(text, f"outlet{number}") for number, text in enumerate(MANY)]
    expected = ids([reports[0:2], reports[2:4], reports[4:6], reports[6:7], reports[7:8]])
    random.Random(seed).shuffle(reports)
    assert ids(gather(reports)) == expected


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_joining_counts_the_same_toll_in_any_order(order: tuple[int, int]) -> None:
    reports = pair(*RIVALS)
    joined = join_incidents([reports[number] for number in order])
    assert joined == join_incidents([reports[number] for number in order])
    assert joined.totals == join_incidents(reports).totals
    assert {claim.best for claim in joined.claims} == {6, 9}
