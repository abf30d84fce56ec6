"""What happened, when and where: the incidents a few sentences report, each once, and no more precisely than said."""

from __future__ import annotations

from datetime import date

import pytest

from geo.articles.making import make_article
from geo.borders import Border
from geo.gazetteer import open_gazetteer
from geo.model import Incident, Reading
from geo.pipeline import Tools, load_tools, read_article
from geo.taxonomy import EVENT_TYPE_OF

PUBLISHED = date(2025, 10, 15)
"""A Wednesday."""


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools()


def read(text: str, tools: Tools, language: str = "en") -> Reading:
    return read_article(make_article(text, published=PUBLISHED, language=language), tools)


def read_one(text: str, tools: Tools, language: str = "en") -> Incident:
    (incident,) = read(text, tools, language).incidents
    return incident


def where(incident: Incident, role: str = "event") -> list[str]:
    """Places of one role with their precision."""
    return [f"{p.place.id if p.place else None} {p.precision}" for p in incident.places if p.role == role]


# ---- what happened ---------------------------------------------------------------------------------------------------
TYPES = (
    ("Taliban fighters and Pakistani troops exchanged fire near Chaman on Sunday.", "Armed clash"),
    ("The two sides exchanged mortar fire at Kharlachi on Sunday.", "Armed clash"),
    ("Militants attacked an army post in Kurram on Monday.", "Armed clash"),
    ("Gunmen killed two policemen in Bannu on Sunday.", "Armed clash"),
    ("Soldiers and militants traded fire in Tirah on Wednesday.", "Armed clash"),
    ("Pakistani jets carried out air strikes in Paktika province on Friday.", "Air/drone strike"),
    ("A drone strike hit a house in Barmal district on Friday.", "Air/drone strike"),
    ("Mortar shells fired from across the border hit Spin Boldak on Monday.", "Shelling/artillery/missile attack"),
    ("Troops shelled villages in Kunar on Saturday.", "Shelling/artillery/missile attack"),
    ("A suicide bomber blew himself up outside a mosque in Peshawar on Monday.", "Suicide bomb"),
    ("A roadside bomb hit a police van in Quetta on Monday.", "Remote explosive/landmine/IED"),
    ("A landmine killed a herder near Ghulam Khan on Tuesday.", "Remote explosive/landmine/IED"),
    ("Militants threw a grenade at a police post in Quetta on Monday.", "Grenade"),
    ("Gunmen shot dead three labourers in Panjgur on Monday.", "Attack"),
    ("Gunmen abducted four engineers in Tank on Monday.", "Abduction/forced disappearance"),
    ("Hundreds of traders protested in Quetta on Monday.", "Peaceful protest"),
    ("Police arrested six suspects in Quetta on Monday.", "Arrests"),
    ("The army defused a bomb in Bannu on Monday.", "Disrupted weapons use"),
    ("Afghanistan and Pakistan agreed to a ceasefire in Doha on Sunday.", "Agreement"),
    ("The Torkham crossing was closed on Sunday.", "closure"),
    ("The Torkham crossing was reopened on Tuesday.", "reopening"),
)


@pytest.mark.parametrize(("sentence", "kind"), TYPES)
def test_a_sentence_is_one_incident_of_its_kind(sentence: str, kind: str, tools: Tools) -> None:
    incident = read_one(sentence, tools)
    assert (incident.sub_event_type, incident.event_type) == (kind, EVENT_TYPE_OF[kind])
    assert not incident.background
    assert incident.status == "draft"


NO_INCIDENT = (
    "The president warned that an attack in Quetta could follow.",
    "Fighters warned they would attack Quetta.",
    "Pakistan denied that any strike had taken place in Kabul.",
    "Six people died in a bus accident near Zhob on Monday.",
    "An earthquake killed nine people in Kunar on Monday.",
    "The minister said that trade through Chaman had doubled.",
    "Militant attacks in Khyber Pakhtunkhwa have increased since the start of the year.",
    "The Durand Line was drawn in 1893.",
    "Markets in Zhob were crowded on Monday.",
)


@pytest.mark.parametrize("sentence", NO_INCIDENT)
def test_threats_denials_accidents_and_statistics_are_no_incidents(sentence: str, tools: Tools) -> None:
    assert read(sentence, tools).incidents == ()


# ---- when ------------------------------------------------------------------------------------------------------------
DATES = (
    ("on Sunday", "2025-10-12 2025-10-12 day"),
    ("on Wednesday", "2025-10-15 2025-10-15 day"),
    ("on Thursday", "2025-10-09 2025-10-09 day"),
    ("yesterday", "2025-10-14 2025-10-14 day"),
    ("last Friday", "2025-10-10 2025-10-10 day"),
    ("on October 3", "2025-10-03 2025-10-03 day"),
    ("on 3 October 2025", "2025-10-03 2025-10-03 day"),
    ("between October 8 and October 10", "2025-10-08 2025-10-10 days"),
    ("on the night of October 11-12", "2025-10-11 2025-10-12 day"),
    ("last week", "2025-10-06 2025-10-12 week"),
    ("in September", "2025-09-01 2025-09-30 month"),
)


@pytest.mark.parametrize(("words", "expected"), DATES)
def test_a_date_is_as_precise_as_its_words(words: str, expected: str, tools: Tools) -> None:
    dates = read_one(f"Troops clashed in Kurram {words}.", tools).dates
    assert f"{dates.start} {dates.end} {dates.precision}" == expected


BACKGROUND = (
    ("Clashes in Kurram killed five people on Monday. In August 2021, a suicide bomber killed 60 people in Kabul.",
     "2021-08-01 month geonames:1138958"),
    ("A bomb wounded two policemen in Quetta on Monday. Last year, gunmen killed nine labourers in Panjgur.",
     "2024-01-01 year geonames:1168446"),
    ("In 2014, gunmen killed more than 130 children in Peshawar. On Monday, police arrested a suspect in Quetta.",
     "2014-01-01 year geonames:1168197"),
    ("Jets struck Paktika on Friday. On March 9, 2022, a blast wounded two policemen in Barmal district.",
     "2022-03-09 day border:barmal-district"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BACKGROUND)
def test_an_older_event_is_background_with_its_own_date_and_place(text: str, expected: str, tools: Tools) -> None:
    incidents = read(text, tools).incidents
    (recalled,) = (incident for incident in incidents if incident.background)
    (place,) = recalled.places
    assert place.place is not None
    assert f"{recalled.dates.start} {recalled.dates.precision} {place.place.id}" == expected
    (news,) = (incident for incident in incidents if not incident.background)
    assert news.dates.start is not None
    assert news.dates.start >= date(2025, 10, 10)


# ---- where -----------------------------------------------------------------------------------------------------------
PRECISIONS = (
    ("A roadside bomb hit a police van in Quetta on Monday.", "geonames:1167528 exact"),
    ("Gunmen opened fire on a patrol near Wana on Monday.", "geonames:1162634 near"),
    ("A drone strike hit a house in Barmal district on Friday.", "border:barmal-district adm2"),
    ("Pakistani jets carried out air strikes in Paktika province on Friday.", "adm1:AF-PKA adm1"),
    ("Fighting erupted along the Durand Line on Saturday.", "border:durand-line line"),
    ("Pakistan carried out airstrikes in Afghanistan on Friday.", "country:AF country"),
    ("The Torkham crossing was closed on Sunday.", "border:torkham exact"),
)


@pytest.mark.parametrize(("sentence", "expected"), PRECISIONS)
def test_a_place_is_as_precise_as_its_words(sentence: str, expected: str, tools: Tools) -> None:
    incident = read_one(sentence, tools)
    assert where(incident) == [expected]
    assert (incident.places[0].radius_km is not None) == expected.endswith("near")


PLACELESS = (
    "Five soldiers died in a clash on Sunday, the army said.",
    "Gunmen killed nine labourers on Sunday, police said.",
)


@pytest.mark.parametrize("sentence", PLACELESS)
def test_an_incident_without_a_place_is_kept_and_put_nowhere(sentence: str, tools: Tools) -> None:
    assert where(read_one(sentence, tools)) == ["None unknown"]


def test_two_places_of_one_battle_are_one_incident(tools: Tools) -> None:
    incident = read_one("Afghan and Pakistani forces clashed in Khost and Paktika on Friday.", tools)
    assert where(incident) == ["adm1:AF-KHO adm1", "adm1:AF-PKA adm1"]


def test_what_falls_on_two_provinces_is_an_incident_in_each(tools: Tools) -> None:
    reading = read("Pakistani air strikes killed nine people in Khost and Paktika on Friday.", tools)
    assert [where(incident) for incident in reading.incidents] == [["adm1:AF-KHO adm1"], ["adm1:AF-PKA adm1"]]
    (scope,) = reading.scopes
    assert scope.incidents == tuple(incident.id for incident in reading.incidents)
    assert [claim.best for claim in scope.claims] == [9]
    assert not any(incident.totals for incident in reading.incidents)


def test_incidents_that_are_counted_are_told_apart(tools: Tools) -> None:
    reading = read("Troops killed 13 militants in two separate operations in Lakki Marwat and Bannu on Sunday.", tools)
    assert [where(incident) for incident in reading.incidents] == [
        ["border:lakki-marwat adm2"],
        ["border:bannu-district adm2"],
    ]
    assert len(reading.scopes) == 1


def test_a_sum_over_a_province_covers_the_incidents_told_after_it(tools: Tools) -> None:
    text = (
        "Security forces killed 31 militants in two operations in Khyber Pakhtunkhwa on Monday. In the first "
        "operation, in Lakki Marwat, 14 militants were killed. In Bannu, 17 others were neutralised."
    )
    reading = read(text, tools)
    assert [incident.totals["killed"].best for incident in reading.incidents] == [14, 17]
    assert [claim.best for claim in reading.scopes[0].claims] == [31]
    assert len(reading.scopes[0].incidents) == 2


def test_where_fire_came_from_is_not_where_it_fell(tools: Tools) -> None:
    incident = read_one("Mortar fire from Kurram hit villages in Khost on Monday.", tools)
    assert where(incident, "event") == ["adm1:AF-KHO adm1"]
    assert where(incident, "origin") == ["border:kurram adm2"]


def test_the_place_of_the_speaker_is_not_the_place_of_the_event(tools: Tools) -> None:
    incident = read_one("An official in Landi Kotal said the Torkham crossing was closed on Monday.", tools)
    assert where(incident) == ["border:torkham exact"]


# ---- how many incidents ----------------------------------------------------------------------------------------------
TWO = (
    "A clash in Kurram on Sunday killed two soldiers. A roadside bomb wounded three policemen in Quetta on Monday.",
    "Jets bombed a camp in Nangarhar on Friday. Two days later, a suicide bomber attacked a police station in Bannu.",
    "Rockets hit a market in Barmal on Friday. A separate blast in Zhob on Saturday killed two people.",
)


@pytest.mark.parametrize("text", TWO)
def test_different_events_are_different_incidents_with_their_own_figures(text: str, tools: Tools) -> None:
    first, second = read(text, tools).incidents
    assert first.id != second.id
    assert not set(where(first)) & set(where(second))
    assert first.dates.start != second.dates.start
    boundary = text.index(".") + 1
    assert all(claim.span.end <= boundary for claim in first.claims)
    assert all(claim.span.start >= boundary for claim in second.claims)


SAME = (
    "Troops exchanged fire near Spin Boldak on Sunday. The firing killed two civilians, officials said.",
    "A bomb hit a van in Quetta on Monday. The blast wounded two policemen. The explosion broke windows.",
    "Jets struck Paktika on Friday. The strikes killed two villagers, residents said.",
)


@pytest.mark.parametrize("text", SAME)
def test_what_is_taken_up_again_is_the_same_incident(text: str, tools: Tools) -> None:
    incident = read_one(text, tools)
    assert [claim.best for claim in incident.claims] == [2]


# ---- other languages -------------------------------------------------------------------------------------------------
TRANSLATED = (
    ("ur", "طورخم سرحد اتوار کو بند کر دی گئی۔", "closure 2025-10-12 border:torkham exact"),
    ("ur", "کوئٹہ میں پیر کو خودکش حملے میں سات افراد ہلاک ہوئے۔", "Suicide bomb 2025-10-13 geonames:1167528 exact"),
    ("ur", "اتوار کو کنڑ میں فضائی حملہ ہوا۔", "Air/drone strike 2025-10-12 adm1:AF-KNR adm1"),
    ("ps", "د تورخم دروازه د دوشنبې په ورځ وتړل شوه.", "closure 2025-10-13 border:torkham exact"),
    ("ps", "د یکشنبې په ورځ په کونړ کې هوايي برید وشو.", "Air/drone strike 2025-10-12 adm1:AF-KNR adm1"),
    ("fa", "گذرگاه تورخم روز دوشنبه بسته شد.", "closure 2025-10-13 border:torkham exact"),
    ("fa", "روز یکشنبه در اسپین بولدک درگیری شد.", "Armed clash 2025-10-12 border:spin-boldak-district adm2"),
)


@pytest.mark.parametrize(("language", "sentence", "expected"), TRANSLATED)
def test_incidents_in_urdu_pashto_and_dari(language: str, sentence: str, expected: str, tools: Tools) -> None:
    incident = read_one(sentence, tools, language)
    assert f"{incident.sub_event_type} {incident.dates.start} {where(incident)[0]}" == expected


# ---- other borders ---------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def elsewhere() -> Tools:
    """A border no data was made for, as a straight line: what is read here asks for no more."""
    line = Border(
        code="KH-TH", countries=("KH", "TH"), names={"en": "Cambodia-Thailand border"}, note=(),
        coordinates=((11.65, 102.91), (14.4, 104.68)), km=(0.0, 360.0), breaks=(), left=("TH",), stretches={},
    )  # fmt: skip
    return Tools(gazetteer=open_gazetteer(border="KH-TH"), border=line)


ELSEWHERE = (
    ("Thai and Cambodian troops exchanged fire in Surin province on Monday.", "Armed clash", "adm1:TH-32 adm1"),
    ("Thai jets bombed a depot in Sisaket province on Monday.", "Air/drone strike", "adm1:TH-33 adm1"),
    ("Cambodian rockets hit a market in Sisaket province on Monday.", "Shelling/artillery/missile attack",
     "adm1:TH-33 adm1"),
)  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "expected"), ELSEWHERE)
def test_another_border_is_read_by_the_same_rules(sentence: str, kind: str, expected: str, elsewhere: Tools) -> None:
    incident = read_one(sentence, elsewhere)
    assert incident.sub_event_type == kind
    assert where(incident) == [expected]
    assert incident.dates.start == date(2025, 10, 13)


# ---- what every incident carries -------------------------------------------------------------------------------------
def test_an_incident_quotes_its_sentence_and_reads_the_same_twice(tools: Tools) -> None:
    text = "Markets were open. A roadside bomb hit a police van in Quetta on Monday. Schools stayed shut."
    first, second = read_one(text, tools), read_one(text, tools)
    assert first == second
    assert first.quote is not None
    assert text[first.quote.start : first.quote.end] == "A roadside bomb hit a police van in Quetta on Monday."
    assert text[first.quote.start : first.quote.end] not in first.title


@pytest.mark.parametrize(
    "sentence",
    [
        "Militants captured three policemen in Bannu on Monday, police said.",
        "Afghan forces destroyed five Pakistani posts near Spin Boldak on Sunday.",
    ],
)
def test_what_is_captured_or_destroyed_tells_of_an_incident(sentence: str, tools: Tools) -> None:
    incident = read_one(sentence, tools)
    assert incident.sub_event_type == "Armed clash"
    assert [claim.best for claim in incident.claims] in ([3], [5])


def test_those_harmed_in_a_place_were_harmed_there(tools: Tools) -> None:
    assert where(read_one("Shells killed six villagers in Barmal district on Monday.", tools)) == [
        "border:barmal-district adm2"
    ]


def test_statistics_are_no_incident_and_their_figures_are_kept(tools: Tools) -> None:
    text = (
        "The tracker logged 23 attacks in Khyber Pakhtunkhwa and Balochistan this month. Together they cost 38 lives. "
        "On 12 October a roadside bomb killed two policemen in Bannu."
    )
    reading = read(text, tools)
    assert [incident.sub_event_type for incident in reading.incidents] == ["Remote explosive/landmine/IED"]
    assert [(scope.incidents, [claim.best for claim in scope.claims]) for scope in reading.scopes] == [((), [38])]


def test_the_month_of_may_is_no_maybe(tools: Tools) -> None:
    incident = read_one("- 3 May, North Waziristan: Quadcopters dropped munitions on a village near Mir Ali.", tools)
    assert incident.sub_event_type == "Air/drone strike"
    assert str(incident.dates.start) == "2025-05-03"


@pytest.mark.parametrize(
    "sentence",
    [
        "Kabul lodged a protest over the closure of schools in Kunar.",
        "Claims that fighters attacked civilians near Chaman are false.",
        "Who attacked the post in Chaman?",
        "The Torkham crossing remained closed on Monday.",
        "Train service to Chaman was suspended on Monday.",
        "Both capitals have traded accusations since the ceasefire of October 2021.",
    ],
)
def test_what_is_said_asked_or_still_so_is_no_incident(sentence: str, tools: Tools) -> None:
    assert read(sentence, tools).incidents == ()


def test_an_incident_without_a_place_has_the_one_named_beside_it(tools: Tools) -> None:
    text = "Afghan troops opened fire on army positions late on Monday, Islamabad said. The posts lie in Kurram."
    assert where(read_one(text, tools)) == ["border:kurram adm2"]


def test_entries_under_a_heading_lie_there(tools: Tools) -> None:
    text = (
        "Nangarhar\n- 13 October: A mortar shell killed a woman in the village of Xqzt.\n"
        "- 14 October: Police defused a bomb in Jalalabad."
    )
    assert [incident.places[0].adm1 for incident in read(text, tools).incidents] == ["AF-NAN", "AF-NAN"]


def test_a_live_blog_tells_one_story(tools: Tools) -> None:
    text = (
        "14:10 Two border guards have been killed, officials say.\n\n12:30 The firing goes on.\n\n"
        "11:05 Afghan and Pakistani forces are exchanging fire at Torkham."
    )
    incident = read_one(text, tools)
    assert incident.sub_event_type == "Armed clash"
    assert [claim.best for claim in incident.claims] == [2]


def test_what_came_days_before_another_event_is_dated_by_it(tools: Tools) -> None:
    text = (
        "Shelling killed two villagers in Kurram on 13 October. Three days before the shelling, two guards were shot "
        "dead in Bannu."
    )
    assert [str(incident.dates.start) for incident in read(text, tools).incidents] == ["2025-10-13", "2025-10-10"]


def test_a_month_after_a_full_stop_dates_what_is_told_behind_it(tools: Tools) -> None:
    reading = read(
        "Four soldiers were killed on Wednesday by a bomb in Datta Khel.\n\n"
        "This is the third such funeral this year. In February, a sepoy died when militants stormed a post in Bajaur.",
        tools,
    )
    assert [(str(incident.dates.start)[:7], incident.background) for incident in reading.incidents] == [
        ("2025-10", False), ("2025-02", True),
    ]  # fmt: skip


def test_an_old_strike_without_a_place_does_not_date_the_news(tools: Tools) -> None:
    reading = read(
        "Five men carrying diesel were shot dead in southern Helmand, their relatives said on Tuesday.\n\n"
        "Last November, villagers say, a drone killed two traders near the bazaar.",
        tools,
    )
    assert [[claim.best for claim in incident.claims] for incident in reading.incidents] == [[5], [2]]
    assert reading.incidents[0].dates.start == date(2025, 10, 14)


def test_what_the_news_comes_a_week_after_is_background(tools: Tools) -> None:
    reading = read(
        "Nine people were killed in fighting in Khost on Monday.\n\n"
        "The upsurge comes less than a week after a drone strike on a bus near Barmal in which six passengers died.",
        tools,
    )
    assert [(incident.sub_event_type, incident.background) for incident in reading.incidents] == [
        ("Armed clash", False), ("Air/drone strike", True),
    ]  # fmt: skip


def test_a_truce_that_is_violated_is_no_agreement(tools: Tools) -> None:
    reading = read(
        "Two porters were killed when troops opened fire on posts in Khost on Monday.\n\n"
        "This is the second violation of the ceasefire this month.",
        tools,
    )
    assert [incident.sub_event_type for incident in reading.incidents] == ["Attack"]
