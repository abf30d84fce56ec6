"""Which words are places, and how they are meant: as a place, a government, a people, or no place at all."""

from __future__ import annotations

import json
from datetime import date

import pytest

from geo.articles.making import make_article
from geo.exchange.contract import reading_as_record
from geo.gazetteer import open_gazetteer
from geo.model import Article, Reading, Resolution
from geo.pipeline import load_tools, read_article
from geo.recognition import find_toponyms
from geo.resolution import resolve_toponyms
from geo.text import prepare_document


def read(text: str, language: str = "en") -> Reading:
    return read_article(make_article(text, published=date(2025, 10, 15), language=language), load_tools())


def found(text: str, language: str = "en") -> list[Resolution]:
    return list(read(text, language).toponyms)


def names(text: str, language: str = "en") -> list[str]:
    return [resolution.toponym.text for resolution in found(text, language)]


@pytest.fixture(scope="module", autouse=True)
def _tools() -> None:
    """Opened before any test, so that none waits for them."""
    load_tools()


# ---- no places -------------------------------------------------------------------------------------------------------
PERSONS: tuple[tuple[str, list[str]], ...] = (
    ("Imran Khan and Shehbaz Sharif met in Lahore.", ["Lahore"]),
    ("Defence Minister Khawaja Muhammad Asif visited Chaman.", ["Chaman"]),
    ("Mr Lahore said nothing.", []),
    ("Colonel Tariq Khost resigned.", []),
    ("Florence Nightingale nursed the wounded.", []),
    ("Governor Farhan Quetta Khan spoke in Peshawar.", ["Peshawar"]),
    ("Captain Paris Hilton was not on the list.", []),
)


@pytest.mark.parametrize(("sentence", "expected"), PERSONS)
def test_the_name_of_a_person_is_no_place(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


ORGANISATIONS: tuple[tuple[str, list[str]], ...] = (
    ("Reuters reported from Islamabad.", ["Islamabad"]),
    ("Dawn reported a blast in Mastung.", ["Mastung"]),
    ("Haqqani Network fighters crossed near Ghulam Khan.", ["Ghulam Khan"]),
    ("The Red Cross sent tents to Bajaur.", ["Bajaur"]),
)


@pytest.mark.parametrize(("sentence", "expected"), ORGANISATIONS)
def test_the_name_of_an_organisation_is_no_place(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


WORDS: tuple[tuple[str, list[str]], ...] = (
    ("March was quiet in Zhob.", ["Zhob"]),
    ("In May, traders gathered at Torkham.", ["Torkham"]),
    ("By August the post in Wana was empty.", ["Wana"]),
    ("On Sunday and Monday the market in Spin Boldak stayed shut.", ["Spin Boldak"]),
    ("Troops may march on Kandahar.", ["Kandahar"]),
    ("Nobody was hurt.", []),
)


@pytest.mark.parametrize(("sentence", "expected"), WORDS)
def test_months_days_and_plain_words_are_no_places(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


# ---- how a name is meant ---------------------------------------------------------------------------------------------
ROLES = (
    ("Kabul said its forces had returned fire.", "Kabul", "metonym"),
    ("Islamabad rejected the accusation.", "Islamabad", "metonym"),
    ("Kabul accused Islamabad of violating its airspace.", "Islamabad", "metonym"),
    ("Talks between Kabul and Islamabad collapsed.", "Kabul", "metonym"),
    ("A bomb went off in Kabul on Monday.", "Kabul", "event"),
    ("A bomb killed three people in Islamabad on Monday.", "Islamabad", "event"),
    ("Pakistani troops fired on a post.", "Pakistani", "demonym"),
    ("Afghan refugees returned home.", "Afghan", "demonym"),
    ("Soldiers fired at Iranian smugglers.", "Iranian", "demonym"),
    ("ZHOB: Troops killed four militants in a raid in Musakhel on Monday.", "ZHOB", "mention"),
    ("An official in Landi Kotal said the Torkham crossing was closed on Monday.", "Landi Kotal", "mention"),
    ("An official in Landi Kotal said the Torkham crossing was closed on Monday.", "Torkham", "event"),
    ("Shells hit Khost on Monday. The wounded were taken to a hospital in Kabul.", "Khost", "event"),
    ("Shells hit Khost on Monday. The wounded were taken to a hospital in Kabul.", "Kabul", "mention"),
)


@pytest.mark.parametrize(("sentence", "name", "role"), ROLES)
def test_a_name_is_meant_as_its_sentence_says(sentence: str, name: str, role: str) -> None:
    assert [r.toponym.role for r in found(sentence) if r.toponym.text == name] == [role]


# ---- which place -----------------------------------------------------------------------------------------------------
PLACES = (
    ("Shells landed near the Torkham crossing.", "Torkham", "border:torkham"),
    ("Troops clashed along the Durand Line.", "Durand Line", "border:durand-line"),
    ("Mortars fell in Spera district of Khost province.", "Spera", "border:spera-district"),
    ("Mortars fell in Spera district of Khost province.", "Khost", "adm1:AF-KHO"),
    ("Fighting near Angoor Adda spread to Wana.", "Angoor Adda", "border:angoor-adda"),
    ("Gunmen fired in Kandahar province.", "Kandahar", "adm1:AF-KAN"),
    ("A strike hit Barmal district.", "Barmal", "border:barmal-district"),
    ("Soldiers patrolled North Waziristan.", "North Waziristan", "border:north-waziristan"),
    ("The Kurram valley was quiet.", "Kurram valley", "border:kurram-valley"),
    ("Traders left Khyber Pakhtunkhwa.", "Khyber Pakhtunkhwa", "adm1:PK-KP"),
    ("Rockets were fired from Afghanistan.", "Afghanistan", "country:AF"),
)


@pytest.mark.parametrize(("sentence", "name", "place"), PLACES)
def test_a_name_is_the_place_its_sentence_speaks_of(sentence: str, name: str, place: str) -> None:
    places = [r.place.id if r.place else None for r in found(sentence) if r.toponym.text == name]
    assert places == [place]


LISTS = (
    ("Fighting was reported in Kunar, Nangarhar, Khost and Paktika provinces.", "AF-KNR AF-NAN AF-KHO AF-PKA"),
    ("The provinces of Zabul, Helmand and Nimroz stayed calm.", "AF-ZAB AF-HEL AF-NIM"),
    ("Forces were moved to Badakhshan, Nuristan, and Paktia.", "AF-BDS AF-NUR AF-PIA"),
    ("Schools closed in Balochistan and Khyber Pakhtunkhwa.", "PK-BA PK-KP"),
)


@pytest.mark.parametrize(("sentence", "codes"), LISTS)
def test_every_province_of_a_list_is_found(sentence: str, codes: str) -> None:
    places = [resolution.place for resolution in found(sentence)]
    assert [place.adm1 for place in places if place and place.kind == "adm1"] == codes.split()


TRANSLATED = (
    ("ur", "ضلع کرم میں جھڑپ میں پانچ اہلکار ہلاک ہوئے۔", "border:kurram"),
    ("ur", "چمن میں دھماکے میں تین افراد زخمی ہوئے۔", "border:chaman-district"),
    ("ps", "په خوست ولایت کې درې تنه ووژل شول.", "adm1:AF-KHO"),
    ("ps", "په سپین بولدک کې نښته وشوه.", "border:spin-boldak-district"),
    ("fa", "در ولایت پکتیکا ده غیرنظامی کشته شدند.", "adm1:AF-PKA"),
    ("fa", "گذرگاه تورخم روز دوشنبه بسته شد.", "border:torkham"),
)


@pytest.mark.parametrize(("language", "sentence", "place"), TRANSLATED)
def test_places_in_urdu_pashto_and_dari(language: str, sentence: str, place: str) -> None:
    assert [r.place.id for r in found(sentence, language) if r.place] == [place]


OTHER_BORDERS = (
    ("IN-PK", "Shells fell along the Line of Control on Monday.", "Line of Control", "region:line-of-control"),
    ("KH-TH", "Shots were heard in Sisaket province.", "Sisaket", "adm1:TH-33"),
    ("AM-AZ", "Soldiers fired near Goris on Monday.", "Goris", "geonames:174895"),
    ("CO-VE", "Guerrillas fought near Cucuta on Monday.", "Cucuta", "geonames:3685533"),
    ("CD-RW", "Shells hit Goma on Monday.", "Goma", "geonames:216281"),
    ("ET-SD", "Soldiers clashed in Gedaref state.", "Gedaref", "adm1:SD-GD"),
)


@pytest.mark.parametrize(("border", "sentence", "name", "place"), OTHER_BORDERS)
def test_other_borders_are_read_as_this_one_is(border: str, sentence: str, name: str, place: str) -> None:
    document, gazetteer = prepare_document(sentence, language="en"), open_gazetteer(border=border)
    resolutions = resolve_toponyms(document, find_toponyms(document, gazetteer), gazetteer, border=border)
    assert [r.place.id for r in resolutions if r.place and r.toponym.text == name] == [place]


# ---- what every answer carries ---------------------------------------------------------------------------------------
EVERY_KIND = (
    "ZHOB: Kabul and Islamabad traded blame after Afghan troops fired near Chaman, Spin Boldak and the Durand Line."
)


def test_every_answer_says_its_rule_and_its_reason_and_stands_in_the_text() -> None:
    toponyms = found(EVERY_KIND)
    assert len(toponyms) == 7
    for resolution in toponyms:
        span = resolution.toponym.span
        assert resolution.toponym.text in EVERY_KIND[span.start : span.end]
        assert resolution.toponym.rule
        assert resolution.reason
        assert 0 < resolution.score <= 1


def test_an_unknown_place_is_never_guessed() -> None:
    for resolution in found("Shots were heard in the village of Qwxzabad on Monday."):
        assert resolution.place is None
        assert resolution.reason


# ---- hostile input ---------------------------------------------------------------------------------------------------
HOSTILE = (
    "{{7*7}} ${7*7} `id` <script>alert('Kabul')</script> in Khost",
    "Kabul\x00Khost \ud800 \udfff killed 5 in Zhob",
    "\u202eأبغلخ\u202c Chaman \u200b\u200c\u200d\ufeff Torkham",
    "'; DROP TABLE incidents; -- in Quetta",
    "KABUL KHOST CHAMAN ZHOB QUETTA WANA TANK",
    "((((((((((Peshawar[[[[[[[[[[",
    "99999999999999999999999999999 killed in Khost on Monday",
    "\u0660\u0661\u0662 \u06f0\u06f1\u06f2 \u0967\u0968 in Kurram",
    "in " * 200,
    "🪖💥🇦🇫🇵🇰 Torkham 🇵🇰",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["en", "ur", "ps", "fa"])
def test_no_text_breaks_reading_and_every_span_holds_its_words(text: str, language: str) -> None:
    article = Article(id="hostile", text=text, published=date(2025, 10, 15), language=language)
    reading = read_article(article, load_tools())
    for resolution in reading.toponyms:
        span = resolution.toponym.span
        assert 0 <= span.start < span.end <= len(article.text)
    assert json.loads(json.dumps(reading_as_record(reading, article)))["id"] == "hostile"
