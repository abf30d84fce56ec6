"""What the reader asked for, and the link that says it."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.codes import RENAMED_PROVINCES
from geo.filters import (
    KEYS,
    PRECISIONS,
    STATUSES,
    Filter,
    Known,
    Link,
    loosen_filter,
    read_link,
    without_dates,
    write_filter,
    write_link,
)
from geo.gazetteer import open_gazetteer

KNOWN = Known(
    countries={"AF", "PK"},
    provinces={"AF-NAN", "AF-PKA", "PK-KP"},
    types={"clash": ("clash",), "strike": ("strike",), "battles": ("clash",), "air/drone strike": ("strike",)},
    places={"border:torkham"},
    incidents={"5f3c"},
    tabs={"map", "table"},
    languages={"en", "ur"},
)

words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
several = st.lists(words, max_size=3)
kilometres = st.floats(0, 20_000)
lists = {"countries": several, "provinces": several, "types": several, "actors": several, "sides": several}
codes = st.sampled_from(["AF", "PK", "AF-NAN", "PK-KP"])
filters = st.builds(
    Filter,
    start=st.none() | st.dates(max_value=date(2020, 1, 1)),
    end=st.none() | st.dates(min_value=date(2020, 1, 1)),
    countries=st.lists(codes, max_size=3),
    provinces=st.lists(codes, max_size=3),
    types=st.lists(st.sampled_from(["clash", "strike", "other"]), max_size=3),
    actors=several,
    claimants=st.lists(st.sampled_from(["state:AF", "un", "group:TTP, Khost", "database:UCDP", "media"]), max_size=3),
    precisions=st.lists(st.sampled_from(PRECISIONS), max_size=3),
    within=st.none() | st.tuples(st.sampled_from(["border:torkham", "geonames:1"]), kilometres),
    border_km=st.none() | kilometres,
    stretch=st.none() | st.tuples(kilometres, kilometres),
    sides=st.lists(codes, max_size=2),
    statuses=st.lists(st.sampled_from(STATUSES), max_size=3),
    sources=several,
    languages=st.lists(st.sampled_from(["en", "ps", "zh-hans"]), max_size=2),
    killed=st.none() | st.integers(1, 10**9 - 1),
    wounded=st.none() | st.integers(1, 10**9 - 1),
    located_km=st.none() | kilometres,
    text=st.just("") | words,
)
names = st.none() | st.sampled_from(["5f3c", "map", "ur"])
views = st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 24))
links = st.builds(
    Link,
    filter=filters,
    view=st.none() | views,
    incident=names,
    layer=names,
    tab=names,
    lang=names,
    rev=st.none() | st.integers(0, 10**15 - 1),
)


@given(links)
def test_a_link_that_was_written_reads_as_the_view_it_was_written_for(link: Link) -> None:
    assert read_link(write_link(link)) == (link, ())


@given(links)
def test_a_view_has_one_link(link: Link) -> None:
    written = write_link(link)
    assert write_link(read_link(written)[0]) == written


@given(links)
def test_a_link_survives_being_encoded_again_by_a_browser_or_by_streamlit(link: Link) -> None:
    decoded = parse_qs(write_link(link))
    assert read_link(decoded)[0] == link
    assert read_link(urlencode(decoded, doseq=True))[0] == link


@given(st.text(max_size=300))
def test_no_string_makes_reading_fail(query: str) -> None:
    link, _ = read_link(query, KNOWN)
    assert read_link(write_link(link), KNOWN)[0] == link


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=60)))
def test_no_value_makes_reading_fail(values: dict[str, str]) -> None:
    link, _ = read_link(values, KNOWN)
    assert read_link(write_link(link), KNOWN) == (link, ())


def test_a_link_can_be_read_by_people() -> None:
    wanted = Filter(
        start=date(2025, 3, 1), provinces=("PK-KP", "AF-NAN"), within=("border:torkham", 25), claimants=("state:AF",)
    )
    assert write_link(Link(filter=wanted, view=(34.1, 71.0, 8.25))) == (
        "from=2025-03-01&province=AF-NAN,PK-KP&claimant=state:AF&within_km=border:torkham,25&view=34.1,71,8.25"
    )


def test_limits_in_numbers_and_the_language_of_reports_stand_in_the_link() -> None:
    wanted = Filter(killed=10, wounded=5, located_km=25, languages=("ur", "en"), text="gate")
    assert write_filter(wanted) == "language=en,ur&killed=10&wounded=5&located_km=25&q=gate"
    assert read_link("killed=010&language=EN,ur&located_km=25.0&q=gate&wounded=5")[0].filter == wanted


def test_the_filter_of_the_command_line_is_the_same_string() -> None:
    query = "from=2025-03-01&to=2025-03-31&province=AF-NAN,PK-KP"
    link, problems = read_link(f"?{query}", KNOWN)
    assert problems == ()
    assert write_filter(link.filter) == query


@pytest.mark.parametrize(
    ("query", "key", "values"),
    [
        ("from=yesterday", "link.bad_date", {"value": "yesterday"}),
        ("to=2025-02-30", "link.bad_date", {"value": "2025-02-30"}),
        ("from=20250301", "link.bad_date", {"value": "20250301"}),
        ("from=2025-03-31&to=2025-03-01", "link.reversed", {}),
        ("province=AF-XXX", "link.bad_province", {"value": "AF-XXX"}),
        ("country=Atlantis", "link.bad_value", {"key": "country", "value": "Atlantis"}),
        ("type=parade", "link.bad_type", {"value": "parade"}),
        ("claimant=state:Kabul", "link.bad_value", {"key": "claimant", "value": "state:Kabul"}),
        ("precision=perfect", "link.bad_value", {"key": "precision", "value": "perfect"}),
        ("status=secret", "link.bad_value", {"key": "status", "value": "secret"}),
        ("border_km=inf", "link.bad_number", {"key": "border_km", "value": "inf"}),
        ("border_km=nan", "link.bad_number", {"key": "border_km", "value": "nan"}),
        ("border_km=1e9", "link.bad_number", {"key": "border_km", "value": "1e9"}),
        ("border_km=-5", "link.bad_number", {"key": "border_km", "value": "-5"}),
        ("border_km=99999", "link.bad_number", {"key": "border_km", "value": "99999"}),
        ("km=120", "link.bad_value", {"key": "km", "value": "120"}),
        ("km=-5-20", "link.bad_value", {"key": "km", "value": "-5-20"}),
        ("km=0-99999", "link.bad_value", {"key": "km", "value": "0-99999"}),
        ("located_km=near", "link.bad_number", {"key": "located_km", "value": "near"}),
        ("killed=0", "link.bad_number", {"key": "killed", "value": "0"}),
        ("killed=-3", "link.bad_number", {"key": "killed", "value": "-3"}),
        ("wounded=2.5", "link.bad_number", {"key": "wounded", "value": "2.5"}),
        ("wounded=dozens", "link.bad_number", {"key": "wounded", "value": "dozens"}),
        ("language=Klingon!", "link.bad_value", {"key": "language", "value": "klingon!"}),
        ("within_km=25", "link.bad_value", {"key": "within_km", "value": "25"}),
        ("within_km=border:torkham,far", "link.bad_number", {"key": "within_km", "value": "far"}),
        ("within_km=border:nowhere,25", "link.bad_value", {"key": "within_km", "value": "border:nowhere"}),
        ("view=34,70", "link.bad_view", {"value": "34,70"}),
        ("view=95,70,6", "link.bad_view", {"value": "95,70,6"}),
        ("view=34,nan,6", "link.bad_view", {"value": "34,nan,6"}),
        ("view=34,70,1e3", "link.bad_view", {"value": "34,70,1e3"}),
        ("incident=gone", "link.bad_incident", {}),
        ("tab=cellar", "link.bad_value", {"key": "tab", "value": "cellar"}),
        ("lang=tlh", "link.bad_value", {"key": "lang", "value": "tlh"}),
        ("rev=first", "link.bad_number", {"key": "rev", "value": "first"}),
        ("colour=red", "link.unknown_key", {"key": "colour"}),
    ],
)
def test_a_bad_value_is_named_and_the_rest_of_the_link_still_counts(
    query: str, key: str, values: dict[str, str]
) -> None:
    link, problems = read_link(f"{query}&q=torkham", KNOWN)
    assert [problem.key for problem in problems] == [key]
    assert values.items() <= problems[0].values.items()
    assert link.filter.text == "torkham"


def test_reversed_dates_are_swapped() -> None:
    wanted = read_link("from=2025-03-31&to=2025-03-01")[0].filter
    assert (wanted.start, wanted.end) == (date(2025, 3, 1), date(2025, 3, 31))


def test_the_good_values_of_a_list_stay_when_one_is_bad() -> None:
    link, problems = read_link("province=AF-NAN,AF-XXX,pk-kp", KNOWN)
    assert link.filter.provinces == ("AF-NAN", "PK-KP")
    assert len(problems) == 1


def test_labels_of_acled_mean_the_categories_they_are_drawn_as() -> None:
    assert read_link("type=Battles,Air/drone strike", KNOWN)[0].filter.types == ("clash", "strike")


def test_a_list_may_stand_in_several_keys() -> None:
    assert read_link("source=Dawn&source=BBC,Reuters")[0].filter.sources == ("BBC", "Dawn", "Reuters")


@pytest.mark.parametrize("key", ["embed", "embed_options", "utm_source", "fbclid"])
def test_keys_that_others_add_are_no_fault_of_the_link(key: str) -> None:
    assert read_link(f"{key}=true", KNOWN) == (Link(), ())


@pytest.mark.parametrize("key", ["q", "source", "incident", "province", "view", "within_km", "from", "border_km"])
def test_an_absurdly_long_value_is_refused_and_shown_short(key: str) -> None:
    link, problems = read_link(f"{key}={'9' * 5_000}&to=2025-03-01", KNOWN)
    assert link == Link(filter=Filter(end=date(2025, 3, 1)))
    assert all(len(problem.values["value"]) < 50 for problem in problems)
    assert len(problems) == 1


def test_a_link_of_megabytes_is_cut_short() -> None:
    link, problems = read_link("q=torkham&source=" + "a," * 1_000_000, KNOWN)
    assert link.filter.text == "torkham"
    assert problems


def test_control_characters_and_half_surrogates_are_dropped() -> None:
    assert read_link({"q": "Mir\x00 \ud800Ali\n"})[0].filter.text == "Mir Ali"


def test_the_filter_without_dates_is_what_the_map_asks_its_mask_for() -> None:
    wanted = Filter(start=date(2025, 3, 1), end=date(2025, 3, 2), sides=("AF",))
    assert without_dates(wanted) == Filter(sides=("AF",))


def test_each_limit_can_be_loosened_alone() -> None:
    wanted = Filter(start=date(2025, 3, 1), provinces=("AF-NAN",), border_km=5)
    assert loosen_filter(wanted) == {
        "from": Filter(provinces=("AF-NAN",), border_km=5),
        "province": Filter(start=date(2025, 3, 1), border_km=5),
        "border_km": Filter(start=date(2025, 3, 1), provinces=("AF-NAN",)),
    }
    numbers = Filter(languages=("en",), killed=5, wounded=1, located_km=25)
    assert list(loosen_filter(numbers)) == ["language", "killed", "wounded", "located_km"]


def test_a_link_to_a_province_that_was_renamed_opens_what_bears_its_place_now() -> None:
    gazetteer = open_gazetteer(border="AF-PK")
    known = Known(provinces={code for code in RENAMED_PROVINCES.values() if gazetteer.adm1(code)})
    for then, now in RENAMED_PROVINCES.items():
        assert gazetteer.adm1(then) is None, then
        link, problems = read_link(f"province={then}", known)
        assert (link.filter.provinces, problems) == ((now,), ())
    assert write_link(read_link("province=PK-TA,PK-KP")[0]) == "province=PK-KP"


def test_a_link_with_all_its_state_stays_short() -> None:
    wanted = Filter(
        start=date(2025, 10, 1), end=date(2025, 11, 30), provinces=("AF-KHO", "AF-PKA", "PK-KP"),
        types=("clash", "strike"), precisions=("exact", "near"), claimants=("state:AF", "un"), border_km=25.0,
        killed=5, text="Spin Boldak",
    )  # fmt: skip
    link = Link(
        filter=wanted, view=(33.51234, 69.91234, 7.125), incident="5f3c0c6e-8f5a-5d2b-9a58-6a3d5f0b7c11",
        layer="killed", tab="table", lang="ps", rev=10_500,
    )  # fmt: skip
    assert len(write_link(link)) < 300
    assert read_link(write_link(link))[0] == link
