"""A Nominatim server is asked seldom, slowly and once; what it says is checked, and what goes wrong is explained."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from geopy.exc import (
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

from geo.errors import UsageError
from geo.fetch import ask_service
from geo.gazetteer import Gazetteer
from geo.geocoding import NominatimGeocoder, make_service, open_geocoder
from geo.store import Store, open_store
from tests.geocoding.bad_server import DRIP, HANG, PLACE, Answer, BadServer
from tests.geocoding.conftest import Clock, make_geocoder

ROOT = Path(__file__).resolve().parents[2]


def place(**changes: object) -> Mapping[str, object]:
    """The village, changed."""
    return {**PLACE, **changes}


# What is found


def test_a_found_place_is_a_location_with_the_keys_of_the_gazetteer(
    server: BadServer, geocoder: NominatimGeocoder
) -> None:
    server.say([PLACE])
    found = geocoder.geocode("Zarkot")
    assert (found.address, found.latitude, found.longitude) == ("Zarkot, Khost, Afghanistan", 33.28, 69.95)
    wanted = {"id": "osm:node/6", "kind": "settlement", "country": "AF", "adm1": "AF-KHO", "source": "nominatim"}
    assert wanted.items() <= found.raw.items()
    assert "OpenStreetMap" in found.raw["attribution"]


def test_the_server_is_told_who_asks_and_what_is_wanted(server: BadServer, geocoder: NominatimGeocoder) -> None:
    geocoder.geocode("Zarkot", country_codes=["PK", "AF"], viewbox=[(32, 69), (34, 71)], bounded=True, language="ps")
    (asked,) = server.asked
    assert asked.user_agent.startswith("border-incidents/")
    assert "desk@example.org" in asked.user_agent
    assert asked.query["q"] == ["Zarkot"]
    assert asked.query["countrycodes"] == ["af,pk"]
    assert asked.query["viewbox"] == ["69.0,32.0,71.0,34.0"]
    assert asked.query["accept-language"] == ["ps"]


def test_several_answers_are_a_list_of_at_most_the_limit(server: BadServer, geocoder: NominatimGeocoder) -> None:
    server.say([place(osm_id=number) for number in range(8)])
    assert len(geocoder.geocode("Zarkot", exactly_one=False, limit=3)) == 3
    assert len(geocoder.geocode("Zarkot", exactly_one=False)) == 8
    assert len(server.asked) == 1


def test_a_point_is_answered_with_what_is_there(server: BadServer, geocoder: NominatimGeocoder) -> None:
    server.say(Answer(json.dumps(PLACE).encode()))
    assert geocoder.reverse((33.28, 69.95)).raw["name"] == "Zarkot"
    assert server.asked[0].path == "/reverse"


def test_a_point_at_sea_has_no_answer(server: BadServer, geocoder: NominatimGeocoder) -> None:
    server.say(Answer(b'{"error": "Unable to geocode"}'))
    assert geocoder.reverse("0, 0") is None


# What is kept


def test_an_answer_is_kept_and_the_server_not_asked_again(
    server: BadServer, store: Store, clock: Clock, geocoder: NominatimGeocoder
) -> None:
    server.say([PLACE])
    first = geocoder.geocode("Zarkot")
    again = make_geocoder(server.address, store, clock).geocode("  zarkot ")
    assert (first, first.raw) == (again, again.raw)
    assert len(server.asked) == 1


def test_that_nothing_was_found_is_kept_for_a_month(
    server: BadServer, clock: Clock, geocoder: NominatimGeocoder
) -> None:
    assert geocoder.geocode("Nowhere at all") is None
    clock.go_on(days=29)
    assert geocoder.geocode("Nowhere at all") is None
    assert len(server.asked) == 1
    clock.go_on(days=2)
    server.say([PLACE])
    assert geocoder.geocode("Nowhere at all") is not None


def test_questions_that_differ_are_asked_apart(server: BadServer, geocoder: NominatimGeocoder) -> None:
    server.say([PLACE])
    for options in ({}, {"language": "ps"}, {"country_codes": "AF"}, {"viewbox": ["32,69", "34,71"]}):
        geocoder.geocode("Zarkot", **options)
    geocoder.reverse((33.28, 69.95))
    assert len(server.asked) == 5


def test_a_store_that_may_only_be_read_answers_what_it_holds_and_asks_nobody(
    server: BadServer, store: Store, clock: Clock, geocoder: NominatimGeocoder
) -> None:
    server.say([PLACE])
    geocoder.geocode("Zarkot")
    reader = make_geocoder(server.address, open_store(store.name, read_only=True), clock)
    assert reader.geocode("Zarkot") is not None
    with pytest.raises(GeocoderServiceError, match="reading only"):
        reader.geocode("Another")
    assert len(server.asked) == 1


# What goes wrong


FAILURES = [
    (Answer(status=500), GeocoderServiceError, "status 500", 3),
    (Answer(status=503), GeocoderTimedOut, "status 503", 3),
    (Answer(status=403), GeocoderInsufficientPrivileges, "may have blocked", 1),
    (Answer(status=404), GeocoderServiceError, "status 404", 3),
    (Answer(status=301, headers={"Location": "https://example.org/"}), GeocoderQueryError, "name the address", 1),
    (Answer(body=HANG), GeocoderTimedOut, r"no answer within 0\.3 seconds", 3),
    (Answer(body=DRIP), GeocoderTimedOut, "did not end in time", 3),
    (Answer(body=b"<!DOCTYPE html><title>Welcome</title>"), GeocoderParseError, "not JSON: it begins '<!DOCTYPE", 1),
    (Answer(body=b"[" * 100_000), GeocoderParseError, "not JSON", 1),
    (Answer(body=b'{"a": NaN}'), GeocoderParseError, "on the globe", 1),
    (Answer(body=b'["Khost"]'), GeocoderParseError, "not a list of places", 1),
    (Answer(body=b"[" + b" " * 2_000_000 + b"]"), GeocoderParseError, "longer than 1,000,000 bytes", 1),
    (Answer(body=b'{"error": "Bad query"}'), GeocoderQueryError, "Bad query", 1),
]


@pytest.mark.parametrize(("answer", "error", "reason", "requests"), FAILURES)
def test_a_bad_answer_is_an_error_of_geopy_with_the_servers_name_and_a_reason(
    server: BadServer, geocoder: NominatimGeocoder, answer: Answer, error: type[Exception], reason: str, requests: int
) -> None:
    """What may pass is tried three times."""
    server.say(answer)
    with pytest.raises(error, match=f"^{server.address}: .*{reason}"):
        geocoder.geocode("Zarkot")
    assert len(server.asked) == requests
    server.say([PLACE])
    assert geocoder.geocode("Zarkot") is not None, "a failure is not kept"


def test_pauses_between_tries_grow(server: BadServer, clock: Clock, geocoder: NominatimGeocoder) -> None:
    """Two seconds, then four."""
    start = clock.now()
    server.say(Answer(status=500), Answer(status=500), [PLACE])
    assert geocoder.geocode("Zarkot") is not None
    assert (clock.now() - start).total_seconds() == pytest.approx(6)


def test_a_server_that_is_asked_too_much_says_how_long_it_is_left_alone(
    server: BadServer, clock: Clock, geocoder: NominatimGeocoder
) -> None:
    start = clock.now()
    server.say(Answer(status=429, headers={"Retry-After": "7"}), [PLACE])
    assert geocoder.geocode("Zarkot") is not None
    assert (clock.now() - start).total_seconds() == pytest.approx(7)


def test_for_a_longer_pause_nobody_waits_and_nobody_asks(
    server: BadServer, store: Store, clock: Clock, geocoder: NominatimGeocoder
) -> None:
    server.say(Answer(status=429, headers={"Retry-After": "120"}), [PLACE])
    for other in (geocoder, make_geocoder(server.address, store, clock)):
        with pytest.raises(GeocoderRateLimited, match="left alone for another 120 seconds") as caught:
            other.geocode("Zarkot")
        assert caught.value.retry_after == pytest.approx(120)
    assert len(server.asked) == 1


def test_a_server_that_is_not_there_is_unavailable(store: Store, clock: Clock) -> None:
    geocoder = make_geocoder("http://127.0.0.1:9", store, clock)
    with pytest.raises(GeocoderUnavailable, match="cannot be reached"):
        geocoder.geocode("Zarkot")


def test_one_who_waits_too_long_is_told_so(store: Store, clock: Clock, geocoder: NominatimGeocoder) -> None:
    """Somebody else has the turn and takes it again and again."""
    name = geocoder._service.name
    take_turn = store.answers.take_turn

    def always_take_first(service: str, *, lease_s: float) -> float:
        take_turn(name, lease_s=2)
        return take_turn(service, lease_s=lease_s)

    store.answers.take_turn = always_take_first
    with pytest.raises(GeocoderRateLimited, match="others are waiting"):
        geocoder.geocode("Zarkot")


def test_a_turn_that_is_never_ended_comes_free_again(store: Store, clock: Clock, geocoder: NominatimGeocoder) -> None:
    """As when a process dies while it asks."""
    start = clock.now()
    assert store.answers.take_turn(geocoder._service.name, lease_s=5) == 0
    assert geocoder.geocode("Zarkot") is None
    assert (clock.now() - start).total_seconds() == pytest.approx(5)


# What is not believed


def test_a_place_in_another_country_than_asked_is_refused(server: BadServer, geocoder: NominatimGeocoder) -> None:
    server.say([place(address={"country_code": "fr"})])
    with pytest.raises(GeocoderParseError, match="'Zarkot' lies in FR, not in AF or PK as asked"):
        geocoder.geocode("Zarkot", country_codes=["AF", "PK"])


def test_of_several_places_only_those_that_fit_are_kept(server: BadServer, geocoder: NominatimGeocoder) -> None:
    server.say([place(address={}), place(osm_id=7), place(lat="x")])
    found = geocoder.geocode("Zarkot", country_codes="af", exactly_one=False)
    assert [location.raw["id"] for location in found] == ["osm:node/7"]


@pytest.mark.parametrize("lat", ["95", "-90.1", "nan", "inf", "1e400", "", None, [33.3], {}])
def test_a_place_off_the_globe_is_refused(server: BadServer, geocoder: NominatimGeocoder, lat: object) -> None:
    server.say([place(lat=lat)])
    with pytest.raises(GeocoderParseError, match="is no lat on the globe"):
        geocoder.geocode("Zarkot")


def test_a_place_far_from_the_point_asked_about_is_refused(server: BadServer, geocoder: NominatimGeocoder) -> None:
    server.say([PLACE])
    with pytest.raises(GeocoderParseError, match="more than 100 km"):
        geocoder.reverse((11.5, 104.9))


def test_names_lose_what_could_disguise_them_and_their_excess(server: BadServer, geocoder: NominatimGeocoder) -> None:
    server.say([place(name="Za\u202erkot", display_name="Zarkot\0" + "x" * 10_000)])
    found = geocoder.geocode("Zarkot")
    assert found.raw["name"] == "Zarkot"
    assert len(found.address) == 500


@pytest.mark.parametrize("query", ["", "  , ", "x" * 501, {}, {"street": ""}, {"planet": "Mars"}, 7, b"Khost"])
def test_what_is_no_name_is_not_asked(server: BadServer, geocoder: NominatimGeocoder, query: object) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(query)
    assert server.asked == []


def test_hostile_letters_reach_the_server_as_letters(server: BadServer, geocoder: NominatimGeocoder) -> None:
    geocoder.geocode("Za\0rkot\ud800 &limit=99")
    assert server.asked[0].query["q"] == ["Zarkot\ufffd &limit=99"]


# One second for all


ASK = """
import sys
from geo.fetch import ask_service
from geo.geocoding import NominatimGeocoder, make_service
from geo.store import open_store

address, store, *names = sys.argv[1:]
geocoder = NominatimGeocoder(make_service(address), cache=open_store(store).answers, fetch=ask_service)
for name in names:
    geocoder.geocode(name)
"""


def test_two_processes_share_one_request_a_second(server: BadServer, store: Store) -> None:
    """And what one of them has asked, the other does not."""
    server.say([PLACE])
    names = (("one", "two", "both"), ("three", "both"))
    command = [sys.executable, "-c", ASK, server.address, store.name]
    asking = [subprocess.Popen([*command, *listed], cwd=ROOT) for listed in names]
    assert [process.wait(timeout=60) for process in asking] == [0, 0]
    assert sorted(asked.query["q"][0] for asked in server.asked) == ["both", "one", "three", "two"]
    moments = sorted(asked.moment for asked in server.asked)
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 1.0


# Which server


def test_without_the_option_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch, gazetteer: Gazetteer, store: Store
) -> None:
    monkeypatch.delenv("BORDER_INCIDENTS_NOMINATIM", raising=False)
    geocoder = open_geocoder(gazetteer, cache=store.answers, fetch=ask_service)
    assert len(geocoder.geocoders) == 1
    assert geocoder.geocode("Zarkotabad-e-Nowhere") is None


def test_the_server_is_asked_only_for_what_the_gazetteer_does_not_know(
    monkeypatch: pytest.MonkeyPatch, server: BadServer, gazetteer: Gazetteer, store: Store
) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_NOMINATIM", server.address)
    server.say([PLACE])
    geocoder = open_geocoder(gazetteer, cache=store.answers, fetch=ask_service)
    assert geocoder.geocode("Spin Boldak").raw["source"] == "gazetteer"
    assert geocoder.reverse((33.34, 69.92)).raw["source"] == "gazetteer"
    assert server.asked == []
    assert geocoder.geocode("Zarkotabad-e-Nowhere").raw["source"] == "nominatim"
    assert len(server.asked) == 1


READ = """
import sys, geo.cli
status = geo.cli.main(["read"])
assert not {"geo.fetch", "geo.geocoding"} & set(sys.modules)
sys.exit(status)
"""


def test_reading_articles_never_asks_anybody(server: BadServer) -> None:
    article = json.dumps({"id": "1", "text": "Shells fell on Zarkotabad near Torkham, officials said on Sunday."})
    environment = {**os.environ, "BORDER_INCIDENTS_NOMINATIM": server.address}
    command = [sys.executable, "-c", READ]
    done = subprocess.run(
        command, input=article, text=True, env=environment, cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["error"] is None
    assert server.asked == []


@pytest.mark.parametrize("contact", ["", "   ", "the news desk"])
@pytest.mark.parametrize(
    "host", ["nominatim.openstreetmap.org", "NOMINATIM.openstreetmap.org.", "openstreetmap.org:443"]
)
def test_the_public_server_may_not_be_asked_without_somebody_to_write_to(host: str, contact: str) -> None:
    with pytest.raises(UsageError, match="set BORDER_INCIDENTS_CONTACT"):
        make_service(f"https://{host}", contact=contact)


def test_the_public_server_is_told_whom_to_write_to() -> None:
    service = make_service("https://nominatim.openstreetmap.org/", contact="desk@example.org")
    assert service.name == "https://nominatim.openstreetmap.org"
    assert service.user_agent.endswith("(desk@example.org)")


@pytest.mark.parametrize(
    "address",
    ["nominatim.example.org", "ftp://example.org", "file:///etc/passwd", "https://", "https://a:b@example.org",
     "http://[::1", "http://example.org:99999", "https://example.org/?q="],
)  # fmt: skip
def test_what_is_no_servers_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="as in https://"):
        make_service(address)


@pytest.mark.parametrize("contact", ["désk@example.org", "desk@example.org\r\nX-Evil: 1"])
def test_a_contact_that_would_break_the_request_is_refused(contact: str) -> None:
    with pytest.raises(UsageError, match="plain letters"):
        make_service("https://nominatim.example.org", contact=contact)
