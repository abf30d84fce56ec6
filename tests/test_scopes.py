"""One figure for many places: each place found, joined to its polygon, and the figure counted once."""

from __future__ import annotations

import random
from datetime import date

import pytest

from geo.articles.making import make_article
from geo.boundaries import province_of
from geo.model import Reading
from geo.pipeline import load_tools, read_article

ALONG_THE_LINE = {
    "Badakhshan": "AF-BDS", "Nuristan": "AF-NUR", "Kunar": "AF-KNR", "Nangarhar": "AF-NAN", "Paktia": "AF-PIA",
    "Khost": "AF-KHO", "Paktika": "AF-PKA", "Zabul": "AF-ZAB", "Kandahar": "AF-KAN", "Helmand": "AF-HEL",
    "Nimroz": "AF-NIM", "Khyber Pakhtunkhwa": "PK-KP", "Balochistan": "PK-BA",
}  # fmt: skip
SENTENCES = (
    "The Taliban said {n} Pakistani soldiers were killed in overnight attacks in {places}.",
    "At least {n} people were killed in clashes across {places} provinces on Saturday, the defence ministry said.",
    "Fighting was reported in {places}. The ministry said {n} soldiers had been killed in all.",
    "Attacks launched from {places} killed {n} soldiers, a Taliban spokesman said.",
    "{n} fighters died in the provinces of {places} overnight, officials said.",
    "Clashes in {places} left {n} dead, according to the army.",
)
ARABIC_SCRIPT = {
    "ur": ("کم از کم {n} افراد {places} میں ہونے والی جھڑپوں میں ہلاک ہوئے، حکام نے بتایا۔", " اور ",
           "کنڑ:AF-KNR ننگرہار:AF-NAN خوست:AF-KHO پکتیکا:AF-PKA پکتیا:AF-PIA قندھار:AF-KAN ہلمند:AF-HEL زابل:AF-ZAB"),
    "fa": ("مقام‌ها گفتند در درگیری‌ها در ولایت‌های {places} {n} سرباز کشته شدند.", " و ",
           "کنر:AF-KNR ننگرهار:AF-NAN خوست:AF-KHO پکتیکا:AF-PKA پکتیا:AF-PIA قندهار:AF-KAN هلمند:AF-HEL زابل:AF-ZAB"),
    "ps": ("چارواکو وویل چې په {places} ولایتونو کې په نښتو کې {n} سرتېري ووژل شول.", " او ",
           "کونړ:AF-KNR ننګرهار:AF-NAN خوست:AF-KHO پکتیکا:AF-PKA پکتیا:AF-PIA کندهار:AF-KAN هلمند:AF-HEL زابل:AF-ZAB"),
}  # fmt: skip


def read(text: str, language: str) -> Reading:
    article = make_article(text, published=date(2025, 10, 12), language=language)
    return read_article(article, load_tools())


def check_one_total(reading: Reading, codes: set[str], figure: int) -> None:
    """Each place is found and lies in the polygon of its code; the figure stands in one scope and in no toll."""
    found = {r.place.adm1: r.place for r in reading.toponyms if r.place and r.place.kind == "adm1"}
    assert codes <= found.keys()
    for code in codes:
        lat, lon = found[code].lat, found[code].lon
        assert lat is not None
        assert lon is not None
        assert province_of(lat, lon) == code
    holders = [scope for scope in reading.scopes if any(claim.best == figure for claim in scope.claims)]
    assert [set(scope.places) for scope in holders] == [codes]
    tolls = [incident.totals["killed"] for incident in reading.incidents if "killed" in incident.totals]
    assert all(toll.best != figure for toll in tolls)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("seed", range(8))
def test_any_provinces_in_any_order_are_one_scope_with_its_total_counted_once(sentence: str, seed: int) -> None:
    chance = random.Random(f"{sentence}{seed}")
    names = chance.sample(list(ALONG_THE_LINE), chance.randint(2, 8))
    figure = chance.randint(11, 90)
    places = f"{', '.join(names[:-1])}{chance.choice([' and ', ', and '])}{names[-1]}"
    reading = read(sentence.format(n=figure, places=places), "en")
    check_one_total(reading, {ALONG_THE_LINE[name] for name in names}, figure)


@pytest.mark.parametrize("language", ARABIC_SCRIPT)
@pytest.mark.parametrize("seed", range(6))
def test_provinces_listed_in_urdu_pashto_and_dari_are_one_scope(language: str, seed: int) -> None:
    sentence, last, pairs = ARABIC_SCRIPT[language]
    codes = dict(pair.split(":") for pair in pairs.split())
    chance = random.Random(f"{language}{seed}")
    names = chance.sample(list(codes), chance.randint(2, 8))
    figure = chance.randint(11, 90)
    reading = read(sentence.format(n=figure, places="، ".join(names[:-1]) + last + names[-1]), language)
    check_one_total(reading, {codes[name] for name in names}, figure)


def test_a_total_over_a_list_of_entries_is_a_scope_of_the_incidents_they_tell() -> None:
    reading = read(
        "Four people were killed and 17 wounded in Kunar, Khost and Paktika over the weekend, the ministry said.\n\n"
        "• Kunar: A drone struck a minibus near Asadabad on Saturday. Six people were treated, the governor said.\n"
        "• Khost: Shells fell on Alisher on Saturday morning. Windows were broken in a school.\n"
        "• Paktika: A drone set a grain store at Barmal alight on Sunday. There were no casualties, he said.",
        "en",
    )
    assert [{place.adm1 for place in incident.places} for incident in reading.incidents] == [
        {"AF-KNR"}, {"AF-KHO"}, {"AF-PKA"},
    ]  # fmt: skip
    (scope,) = reading.scopes
    assert set(scope.places) == {"AF-KNR", "AF-KHO", "AF-PKA"}
    assert set(scope.incidents) == {incident.id for incident in reading.incidents}
    assert [claim.best for claim in scope.claims] == [4, 17]


@pytest.mark.parametrize(
    ("sentence", "figure", "places"),
    [
        (
            "At least 70 people have been killed on both sides since fighting broke out in September, the UN says.",
            70,
            (),
        ),
        (
            "More than 500 people have died in Khyber Pakhtunkhwa and Balochistan since January.",
            500,
            ("PK-KP", "PK-BA"),
        ),
        ("Over the past three months 90 civilians have been killed by shelling, the mission says.", 90, ()),
    ],
)
def test_a_running_total_is_no_figure_of_the_incident_it_is_told_with(
    sentence: str, figure: int, places: tuple[str, ...]
) -> None:
    reading = read(f"Two people were killed when a shell hit a house near Spin Boldak on Saturday. {sentence}", "en")
    (incident,) = reading.incidents
    assert incident.totals["killed"].best == 2
    assert incident.dates.start == date(2025, 10, 11)
    (scope,) = reading.scopes
    assert [claim.best or claim.low for claim in scope.claims] == [figure]
    assert scope.places == places
    assert scope.incidents == ()


def test_a_total_since_the_day_of_the_news_is_that_of_the_incident() -> None:
    (incident,) = read("Fighting in Spin Boldak has killed 12 people since 10 October, officials said.", "en").incidents
    assert incident.totals["killed"].best == 12


def test_the_worst_since_a_month_is_no_total_since_it() -> None:
    text = "Nine people were killed in Khost on Saturday, in the deadliest attack since July, police said."
    (incident,) = read(text, "en").incidents
    assert incident.totals["killed"].best == 9


def test_a_toll_of_eight_days_is_no_clash_and_covers_the_provinces_the_next_sentence_names() -> None:
    reading = read(
        "Thirty-one civilians died on the Afghan side of the border between 2 and 9 October, the mission said.\n\n"
        "Its figures cover Khost, Kunar and Paktika.\n\n"
        "Four people were killed in Kabul on 9 October.",
        "en",
    )
    (total,) = reading.scopes
    assert set(total.places) == {"AF-KHO", "AF-KNR", "AF-PKA"}
    assert [claim.best for claim in total.claims] == [31]
    assert [[claim.best for claim in incident.claims] for incident in reading.incidents] == [[4]]


def test_a_figure_for_the_whole_country_is_not_that_of_the_town_named_after_it() -> None:
    reading = read(
        "Two people were killed in Kabul on 9 October.\n\n"
        "On 10 October the mission counted 35 dead in the whole country; most of them were in Spin Boldak.",
        "en",
    )
    assert [[claim.best for claim in incident.claims] for incident in reading.incidents] == [[2]]
    assert [(scope.places, [claim.best for claim in scope.claims]) for scope in reading.scopes] == [((), [35])]


@pytest.mark.parametrize(
    ("days", "first"),
    [(("Sunday", "Tuesday", "Friday"), "2025-10-05"), (("Sunday", "Saturday", "Thursday"), "2025-10-12")],
)
def test_the_day_of_publication_at_the_head_of_a_digest_is_that_of_the_week_it_goes_through(
    days: tuple[str, ...], first: str
) -> None:
    towns = ("Khost", "Asadabad", "Spin Boldak")
    entries = [f"{day}: A drone strike killed two people in {town}." for day, town in zip(days, towns, strict=True)]
    reading = read("\n\n".join(["The week on the border", *entries]), "en")
    assert str(reading.incidents[0].dates.start) == first
