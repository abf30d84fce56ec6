"""Names that the gazetteer left open, asked of a server while articles are added; whatever it does, reading goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from geo.articles import make_article
from geo.cli import main
from geo.corrections import correct_name
from geo.fetch import ask_service
from geo.geocoding import Locator, NominatimGeocoder, locating, make_service
from geo.ingest import queue_sources, work
from geo.ingest.asking import ask_again, list_unanswered
from geo.model import Article, Incident
from geo.pipeline import UNANSWERED, Added, Tools, add_article, ask_for_places, load_tools
from geo.store import Store, open_store
from tests.geocoding.bad_server import HANG, PLACE, Answer, BadServer
from tests.geocoding.conftest import Clock

NOON = datetime(2025, 10, 14, 12, tzinfo=UTC)
TEXT = "At least four people were killed in an airstrike in {} village in Khost province, officials said on Monday."
NAMES = ("Zark", "Marz", "Quell", "Sorb", "Torb", "Vark", "Lurz", "Nomb", "Fesk")
MANY = " ".join(
    f"Two people were killed in a clash in {name} village on Monday."
    for name in ("Zarkotabad", "Marzobad", "Quellobad", "Sorbobad")
)


@dataclass
class Desk:
    """Adds articles to a store and asks a server for their places, with a clock of the test's."""

    store: Store
    tools: Tools
    count: int = field(default=0)

    def add(self, text: str = TEXT.format("Zarkotabad")) -> Added:
        """What becomes of another article with this text."""
        self.count += 1
        return add_article(self.store, self.write(f"{text} Report {self.count}."), self.tools, time=NOON)

    @staticmethod
    def write(text: str) -> Article:
        """An article of that Tuesday."""
        return make_article(text, published=date(2025, 10, 14), language="en")


@pytest.fixture
def desk(server: BadServer, store: Store, clock: Clock) -> Desk:
    return open_desk(server.address, store, clock)


def open_desk(address: str, store: Store, clock: Clock) -> Desk:
    """What ``ask_for_places`` makes, but that it waits by moving the clock on, and less long."""
    geocoder = NominatimGeocoder(
        make_service(address), cache=store.answers, fetch=ask_service, timeout=0.3, attempts=1,
        patience_s=locating.PATIENCE_S, keep_refused=True, sleep=clock.sleep, now=clock.now,
    )  # fmt: skip
    locator = Locator(geocoder, countries=("AF", "PK"), now=lambda: clock.time.timestamp())
    return Desk(store, replace(load_tools("AF-PK"), locator=locator))


def place(number: int = 6, **changed: object) -> dict[str, object]:
    """The village as the server describes it, with some of it changed."""
    return {**PLACE, "name": "Zarkotabad", "osm_id": number, **changed}


def only(added: Added) -> Incident:
    """The one incident of an article."""
    (incident,) = added.incidents
    return incident


def named(store: Store, added: Added, name: str = "Zarkotabad") -> tuple[str | None, float, str]:
    """Id of the place that a name means, its score and the reason."""
    reading = store.reading(added.article.id)
    assert reading
    found = next(one for one in reading.toponyms if one.toponym.text == name)
    return found.place.id if found.place else None, found.score, found.reason


# What is found


def test_a_place_only_the_server_knows_is_the_incidents_and_says_where_it_is_from(
    server: BadServer, desk: Desk
) -> None:
    server.say([place()])
    added = desk.add()
    (where,) = only(added).places
    assert where.place
    assert (where.place.id, where.place.lat, where.place.lon, where.adm1) == ("osm:node/6", 33.28, 69.95, "AF-KHO")
    assert where.precision == "exact"
    assert where.distance_to_border_km is not None
    assert UNANSWERED not in added.flags
    assert named(desk.store, added) == (
        "osm:node/6", locating.SCORE_IN_PROVINCE,
        "found by Nominatim, not in the gazetteer, in a province the article names "
        "(© OpenStreetMap contributors, ODbL 1.0)",
    )  # fmt: skip
    (asked,) = server.asked
    assert (asked.query["q"], asked.query["countrycodes"]) == (["Zarkotabad"], ["af,pk"])


def test_it_is_less_sure_than_the_gazetteer_and_comes_up_for_a_person(server: BadServer, desk: Desk) -> None:
    server.say([place()])
    added = desk.add("Two people were killed in a clash in Zarkotabad village on Monday.")
    assert named(desk.store, added)[:2] == ("osm:node/6", locating.SCORE)
    assert "place_unsure" in [flag.code for flag in only(added).flags]


def test_only_names_in_sentences_of_incidents_are_asked_for(server: BadServer, desk: Desk) -> None:
    desk.add(
        "Two people were killed in a clash in Khost on Monday. The weather was fine. "
        "The minister visited Zarkotabad village to open a school and talk about roads."
    )
    assert server.asked == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ([], "Nominatim knows no settlement, district or area of it"),
        ([place(addresstype="shop")], "Nominatim knows no settlement, district or area of it"),
        ([place(lat="36.7", lon="67.1")], "found by Nominatim only more than 200 km from all else the article names"),
        (
            [place(1, lat="33.1"), place(2, lat="33.6")],
            "Nominatim knows 2 places of this name and nothing tells them apart",
        ),
    ],
)
def test_what_does_not_fit_the_article_leaves_the_place_open_and_says_why(
    server: BadServer, desk: Desk, said: list[dict[str, object]], reason: str
) -> None:
    server.say(said)  # type: ignore[arg-type]
    added = desk.add()
    id_, _, told = named(desk.store, added)
    assert id_ is None
    assert told.endswith(reason)
    assert UNANSWERED not in added.flags


def test_of_two_places_the_one_in_a_province_that_the_article_names_is_meant(server: BadServer, desk: Desk) -> None:
    elsewhere = place(1, lat="33.0", lon="70.3", address={"country_code": "pk", "ISO3166-2-lvl4": "PK-KP"})
    server.say([elsewhere, place(2)])
    assert named(desk.store, desk.add())[0] == "osm:node/2"


# Nothing is asked twice


BAD = [
    Answer(body=b"<!DOCTYPE html><title>Welcome</title>"),
    Answer(body=json.dumps([place(address={"country_code": "fr"})]).encode()),
    Answer(body=json.dumps([place(lat="nan")]).encode()),
    Answer(body=b"[" + b" " * 2_000_000 + b"]"),
]


@pytest.mark.parametrize("answer", [Answer(json.dumps([place()]).encode()), Answer(b"[]"), *BAD])
def test_whatever_was_answered_is_not_asked_again_by_any_process(
    server: BadServer, desk: Desk, clock: Clock, answer: Answer
) -> None:
    server.say(answer)
    desk.add()
    clock.go_on(days=0)
    clock.sleep(3600)
    open_desk(server.address, desk.store, clock).add(TEXT.format("Zarkotabad") + " Another report.")
    assert len(server.asked) == 1


@pytest.mark.parametrize("answer", BAD)
def test_nonsense_leaves_the_place_open_flagged_and_is_asked_again_the_next_day(
    server: BadServer, desk: Desk, clock: Clock, answer: Answer
) -> None:
    server.say(answer, [place()])
    added = desk.add()
    assert added.flags.count(UNANSWERED) == 1
    assert UNANSWERED in [flag.code for flag in only(added).flags]
    assert named(desk.store, added)[0] is None
    clock.go_on(days=2)
    (asked,) = ask_again(desk.store, desk.tools, time=NOON)
    assert (asked.article.id, asked.found, asked.open) == (added.article.id, ("Zarkotabad",), ())
    assert len(server.asked) == 2


# Reading goes on


FAILING = [Answer(status=500), Answer(status=503), Answer(status=403), Answer(body=HANG)]


@pytest.mark.parametrize("answer", FAILING)
def test_a_server_that_fails_is_soon_left_alone_and_asked_again_later(
    server: BadServer, desk: Desk, clock: Clock, answer: Answer
) -> None:
    """Three failures in a row; the other names and the next articles are read without it."""
    server.say(answer)
    for _ in range(2):
        added = desk.add(MANY)
        assert added.incidents
    asked = len(server.asked)
    assert 1 <= asked <= locating.FAILURES
    start = clock.time
    for _ in range(5):
        added = desk.add(MANY)
    assert (len(server.asked), clock.time) == (asked, start), "nobody asks and nobody waits"
    assert added.flags.count(UNANSWERED) == 1
    clock.sleep(locating.PAUSE_S + 1)
    server.say([place()])
    assert named(desk.store, desk.add())[0] == "osm:node/6"


def test_a_server_that_wants_to_be_left_alone_is_and_nobody_waits(server: BadServer, desk: Desk, clock: Clock) -> None:
    server.say(Answer(status=429, headers={"Retry-After": "1800"}))
    start = clock.time
    for _ in range(3):
        assert UNANSWERED in desk.add(MANY).flags
    assert len(server.asked) == 1
    assert (clock.time - start).total_seconds() < 3 * (locating.BUDGET_S + locating.PATIENCE_S)


def test_a_server_that_is_not_there_leaves_places_open(store: Store, clock: Clock) -> None:
    added = open_desk("http://127.0.0.1:9", store, clock).add()
    assert UNANSWERED in added.flags
    assert len(added.incidents) == 1


def test_what_is_kept_is_answered_while_the_server_is_left_alone(server: BadServer, desk: Desk) -> None:
    server.say([place()], Answer(status=500))
    desk.add()
    desk.add(MANY.replace("Zarkotabad", "Torbobad"))
    desk.add(MANY.replace("Zarkotabad", "Torbobad"))
    asked = len(server.asked)
    assert named(desk.store, desk.add())[0] == "osm:node/6"
    assert len(server.asked) == asked


def test_an_article_asks_for_few_names_and_waits_only_so_long(server: BadServer, desk: Desk, clock: Clock) -> None:
    text = " ".join(
        f"Two people were killed in a clash in Zarkoba{end}{end} village on Monday." for end in "abcdefghij"
    )
    start = clock.time
    added = desk.add(text)
    assert UNANSWERED in added.flags
    assert len(server.asked) <= locating.MOST_NAMES
    assert (clock.time - start).total_seconds() <= locating.BUDGET_S + locating.PATIENCE_S


# Asked again


def test_places_left_open_are_found_when_the_server_is_back(server: BadServer, desk: Desk, clock: Clock) -> None:
    server.say(Answer(status=500))
    added = desk.add()
    assert list_unanswered(desk.store) == [added.article.id]
    assert [asked.open for asked in ask_again(desk.store, desk.tools, time=NOON)] == [("Zarkotabad",)]
    clock.sleep(locating.PAUSE_S + 1)
    server.say([place()])
    (asked,) = ask_again(desk.store, desk.tools, time=NOON)
    assert (asked.found, asked.open) == (("Zarkotabad",), ())
    incident = desk.store.incident(only(added).id)
    assert incident
    assert incident.places[0].place
    assert incident.places[0].place.id == "osm:node/6"
    assert UNANSWERED not in [flag.code for flag in incident.flags]
    assert list_unanswered(desk.store) == []
    assert desk.store.check() == []


@pytest.fixture
def option(server: BadServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server named by its option, as an operator does."""
    monkeypatch.setenv("BORDER_INCIDENTS_NOMINATIM", server.address)
    yield


@pytest.mark.usefixtures("option")
def test_add_and_geocode_ask_the_server_that_the_option_names(
    server: BadServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, report = str(tmp_path / "store.sqlite"), tmp_path / "report.txt"
    report.write_text(TEXT.format("Zarkotabad"))
    server.say(Answer(body=b"no JSON"), [place()])
    assert main(["add", "--store", store, str(report)]) == 0
    assert UNANSWERED in capsys.readouterr().out
    assert main(["geocode", "--store", store]) == 3, "asked today already"
    out, err = capsys.readouterr()
    assert out.endswith("\t-\tZarkotabad\n")
    assert err == "0 places found, 1 names still not answered for\n"
    assert len(server.asked) == 1


def test_geocode_without_a_server_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("BORDER_INCIDENTS_NOMINATIM", raising=False)
    assert main(["geocode", "--store", str(tmp_path / "store.sqlite")]) == 2
    assert "names no server" in capsys.readouterr().err


@pytest.mark.usefixtures("option")
def test_several_processes_ask_once(server: BadServer, tmp_path: Path) -> None:
    server.say([place()])
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"{TEXT.format('Zarkotabad')} Report {number}.")
    store = open_store(tmp_path / "store.sqlite")
    list(queue_sources(store, [str(tmp_path / f"{number}.txt") for number in range(6)], time=NOON))
    counts = work(store, load_tools("AF-PK"), jobs=2)
    assert (counts.done, counts.pending) == (6, 0)
    assert len(server.asked) == 1
    places = {place.place.id for one in store.load_incidents() for place in one.places if place.place}
    assert places == {"osm:node/6"}
    store.close()


@pytest.mark.usefixtures("option")
def test_a_correction_of_another_name_keeps_what_the_server_found(server: BadServer, store: Store) -> None:
    server.say([place()])
    desk = Desk(store, ask_for_places(load_tools("AF-PK"), store))
    added = desk.add(TEXT.format("Zarkotabad") + " The army in Wana said nothing.")
    correct_name(store, added.article, "Wana", None, border="AF-PK", who="an editor", time=NOON)
    assert named(store, added)[0] == "osm:node/6"
    assert len(server.asked) == 1
