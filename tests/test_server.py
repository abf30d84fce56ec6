"""What the app's own process serves: files, the map's data, downloads, and a page with a preview of its link."""

from __future__ import annotations

import gzip
import html
import json
import re
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import streamlit_folium
from PIL import Image
from starlette.applications import Starlette

from geo.errors import StoreError
from geo.exchange.formats import SERVED
from geo.filters import Filter
from geo.model import Article as Report
from geo.model import DateRange, Incident, IncidentPlace, Place, Reading, Source
from geo.pictures import qr_svg
from geo.pipeline import load_tools
from geo.snapshot import SnapshotKeeper, encode_mask, encode_points, encode_times, match
from geo.store import open_store
from geo.ui import server
from geo.ui.server import PREFIX, data_address, make_body, routes
from geo.ui.shared import Shared

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the client's HTTP library may be an older one than it likes
    from starlette.testclient import TestClient

NOON = datetime(2025, 11, 26, 12, tzinfo=UTC)
DATA = f"{PREFIX}/data/AF-PK"
FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Shared]:
    """Three incidents: two in Kandahar, one with a hostile title."""
    store, tools = open_store(tmp_path / "incidents.sqlite"), load_tools("AF-PK")
    with store.change(time=NOON) as change:
        article = Report(id="a1", text="Text.", language="en", sources=(Source(outlet="The Desk"),))
        change.add_article(article, Reading(article_id="a1", language="en"))
        for number in range(3):
            change.show(incident(number), reason="test")
    yield Shared(store=store, tools=tools, keeper=SnapshotKeeper(store, tools.border, tools.gazetteer))
    store.close()


def incident(number: int) -> Incident:
    """A clash in October 2025."""
    day = date(2025, 10, 10 + number)
    place = Place(id=f"test:{number}", name=f"Village {number}", kind="settlement", country="AF", lat=31.0, lon=66.4)
    return Incident(
        id=f"i{number}",
        title="</script><script>alert(1)</script> {{7*7}} ${7*7}",
        event_type="Battles",
        sub_event_type="Armed clash",
        dates=DateRange(start=day, end=day, precision="day"),
        places=(IncidentPlace(place=place, adm1="AF-KAN" if number else "AF-HEL", precision="exact", side="AF"),),
        articles=("a1",),
    )


@pytest.fixture
def client(shared: Shared) -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: shared)))


# ---- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("map.js", "text/javascript"),
        ("map/map.css", "text/css"),
        ("vendor/leaflet.js", "text/javascript"),
        ("fonts/public-sans-latin-wght-normal.woff2", "font/woff2"),
        ("words/ur.json", "application/json"),
    ],
)
def test_the_browser_s_files_are_served_with_their_kind(client: TestClient, name: str, kind: str) -> None:
    answer = client.get(f"{PREFIX}/assets/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.content


@pytest.mark.parametrize(
    "name",
    [
        "../server.py", "%2e%2e/ui/server.py", "..%2fui%2fserver.py", "map/../../ui/server.py", "/etc/passwd",
        "%2fetc%2fpasswd", "..\\ui\\server.py", "....//ui/server.py", "map", "", ".", "words/../../SOURCES.toml",
        "words/en.json%00.js", "map/map.css/", "file:///etc/passwd", "__init__.py",
    ],
)  # fmt: skip
def test_no_name_leads_out_of_the_browser_s_folder(client: TestClient, name: str) -> None:
    answer = client.get(f"{PREFIX}/assets/{name}")
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "import" not in answer.text


def test_an_address_with_its_version_may_be_kept_for_ever(client: TestClient) -> None:
    assert client.get(f"{PREFIX}/assets/map.js?v=abc").headers["cache-control"] == FOR_EVER
    assert client.get(f"{PREFIX}/assets/map.js").headers["cache-control"] == "no-cache"
    assert client.get(f"{PREFIX}/assets/@abc/page/part.js").headers["cache-control"] == FOR_EVER
    assert client.get(f"{PREFIX}/assets/@abc/../server.py").status_code == 404


def test_the_page_names_all_that_it_will_need_and_it_is_there(client: TestClient) -> None:
    page = client.get("/").text
    named = set(re.findall(r'<link rel="(?:modulepreload|preload)"[^>]* href="([^"]+)"', page))
    assert {name.partition("?")[0].rpartition("/")[2] for name in named} >= {"basemap", "points", "marks", "times"}
    assert any(name.endswith("/page.js") for name in named)
    assert any("/static/js/Slider" in name for name in named)
    build = Path(streamlit_folium.__file__).parent / "frontend" / "build"
    ours = {name for name in named if name.startswith(PREFIX)}
    (frame,) = named - ours
    assert (build / frame.removeprefix("/component/streamlit_folium.st_folium/")).is_file()
    assert not [name for name in ours if client.get(name).headers.get("cache-control") not in (FOR_EVER, "no-cache")]
    assert "SourceSans" not in page


def test_the_page_has_no_script_of_its_own(client: TestClient) -> None:
    """So that a policy need allow none: Caddy's says that scripts are files of this address."""
    assert re.findall(r"<script(?![^>]*\ssrc=)", client.get("/").text) == []
    assert re.findall(r"<[^>]+\son\w+\s*=", client.get("/").text) == []


def test_streamlit_s_files_travel_compressed_and_stay(client: TestClient) -> None:
    name = re.search(r'src="([^"]+/index[^"]+)"', client.get("/").text)
    assert name
    script = client.get(name[1], headers={"accept-encoding": "gzip"})
    assert (script.headers["content-encoding"], script.headers["cache-control"]) == ("gzip", FOR_EVER)
    assert client.get(f"{PREFIX}/static/../index.html").status_code == 404


def test_text_travels_compressed_and_fonts_as_they_are(client: TestClient) -> None:
    style = client.get(f"{PREFIX}/assets/map/map.css", headers={"accept-encoding": "gzip"})
    assert style.headers["content-encoding"] == "gzip"
    assert style.headers["vary"] == "Accept-Encoding"
    assert int(style.headers["content-length"]) < len(style.content)
    plain = client.get(f"{PREFIX}/assets/map/map.css", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == style.content
    font = client.get(f"{PREFIX}/assets/fonts/public-sans-latin-wght-normal.woff2")
    assert "content-encoding" not in font.headers


def test_what_has_not_changed_is_answered_in_a_line(client: TestClient) -> None:
    first = client.get(f"{PREFIX}/assets/map/map.css")
    again = client.get(f"{PREFIX}/assets/map/map.css", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_compressed_bodies_are_the_same_every_time() -> None:
    text = b"the same " * 1_000
    assert make_body(text, "text/plain") == make_body(text, "text/plain")
    assert gzip.decompress(make_body(text, "text/plain").packed or b"") == text
    assert make_body(b"short", "text/plain").packed is None


# ---- data ----------------------------------------------------------------------------------------------------------


def test_the_map_gets_its_points_marks_and_times(client: TestClient, shared: Shared) -> None:
    snapshot = shared.snapshot()
    rev = snapshot.revision
    assert client.get(f"{DATA}/points?rev={rev}").content == encode_points(snapshot)
    assert client.get(f"{DATA}/times?rev={rev}").content == encode_times(snapshot)
    marks = client.get(f"{DATA}/marks?rev={rev}").json()
    assert (marks["rev"], marks["incident_ids"]) == (rev, ["i2", "i1", "i0"])
    assert client.get(f"{DATA}/basemap").json()["provinces"]


def test_the_mask_is_that_of_the_same_link(client: TestClient, shared: Shared) -> None:
    snapshot = shared.snapshot()
    wanted = match(snapshot, Filter(provinces=("AF-KAN",)))
    answer = client.get(f"{DATA}/mask?province=AF-KAN&rev={snapshot.revision}")
    assert answer.content == encode_mask(wanted) == bytes([0b011])
    nonsense = client.get(f"{DATA}/mask?province=AF-KAN&type=parade&foo=bar&rev={snapshot.revision}")
    assert nonsense.content == answer.content


def test_a_revision_may_be_kept_for_ever_only_under_the_name_of_this_run(client: TestClient, shared: Shared) -> None:
    rev = shared.snapshot().revision
    assert client.get(f"{data_address('AF-PK')}/points?rev={rev}").headers["cache-control"] == FOR_EVER
    assert client.get(f"{data_address('AF-PK')}/points").headers["cache-control"] == "no-cache"
    assert client.get(f"{DATA}/points?rev={rev}").headers["cache-control"] == "no-cache"
    assert client.get(f"{DATA}/another/points?rev={rev}").status_code == 200


def test_a_page_still_being_drawn_gets_the_revision_it_began_with(client: TestClient, shared: Shared) -> None:
    before = shared.snapshot()
    with shared.store.change(time=NOON) as change:
        change.show(incident(5), reason="test")
    after = shared.snapshot()
    assert client.get(f"{DATA}/points?rev={before.revision}").content == encode_points(before)
    assert client.get(f"{DATA}/points?rev={after.revision}").content == encode_points(after)
    gone = client.get(f"{DATA}/points?rev={after.revision + 1}")
    assert (gone.status_code, gone.headers["cache-control"]) == (404, "no-store")


def test_marks_come_in_the_language_and_as_of_the_day_of_the_link(client: TestClient) -> None:
    answer = client.get(f"{DATA}/marks?lang=ur&to=2025-10-31")
    assert answer.status_code == 200
    assert json.loads(answer.content)["crossings"] == {}


@pytest.mark.parametrize(
    "address",
    [
        f"{DATA}/secrets", f"{PREFIX}/data/AM-AZ/points", f"{PREFIX}/data/..%2f..%2fAF-PK/basemap", f"{PREFIX}/nothing",
        f"{DATA}/points?rev=1e9", f"{DATA}/points?rev=-1", f"{DATA}/points?rev=%D9%A3", f"{DATA}/points?rev={'9' * 99}",
        f"{PREFIX}/api/incidents.exe", f"{PREFIX}/data",
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_in_a_sentence_without_paths(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert re.fullmatch(r"[A-Z][\w ,.]+\.", answer.text)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_nothing_can_be_posted(client: TestClient) -> None:
    assert client.post(f"{DATA}/points").status_code == 405


def test_a_store_that_cannot_be_read_is_said_without_its_path(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Shared:
        raise StoreError("/home/somebody/incidents.sqlite is damaged")

    client = TestClient(Starlette(routes=routes(broken)))
    answer = client.get(f"{DATA}/points")
    assert answer.status_code == 503
    assert "somebody" not in answer.text
    assert "is damaged" in caplog.text


# ---- downloads -----------------------------------------------------------------------------------------------------


def test_the_incidents_of_a_filter_can_be_had_as_a_file(client: TestClient) -> None:
    answer = client.get(f"{PREFIX}/api/incidents.csv?province=AF-HEL")
    assert answer.headers["content-disposition"] == 'attachment; filename="border-incidents.csv"'
    assert "Village 0" in answer.text
    assert "Village 1" not in answer.text
    features = client.get(f"{PREFIX}/api/incidents.geojson?province=AF-KAN").json()
    assert features["about"]["filter"] == "province=AF-KAN"


def test_a_filter_that_cannot_be_used_gives_no_file(client: TestClient) -> None:
    answer = client.get(f"{PREFIX}/api/incidents.csv?province=AF-XXX")
    assert answer.status_code == 400
    assert answer.text == "The filter cannot be used: No province has the code “AF-XXX”."


def test_every_format_can_be_had_and_its_filter_obeyed(client: TestClient) -> None:
    for ending in SERVED:
        answer = client.get(f"{PREFIX}/api/incidents.{ending}?province=AF-HEL")
        assert (answer.status_code, answer.headers["content-type"]) == (200, SERVED[ending].kind)
        assert ("content-disposition" in answer.headers) == SERVED[ending].attached
        assert answer.content


def test_an_unchanged_feed_is_answered_in_a_line(client: TestClient) -> None:
    answer = client.get(f"{PREFIX}/api/incidents.atom?province=AF-KAN")
    assert answer.text.count("<entry>") == 2
    again = client.get(
        f"{PREFIX}/api/incidents.atom?province=AF-KAN", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


# ---- the page ------------------------------------------------------------------------------------------------------


def test_the_page_says_in_its_head_what_its_link_shows(client: TestClient) -> None:
    page = client.get("/?from=2025-10-01&to=2025-10-31&province=AF-KAN").text
    assert '<meta property="og:title" content="Border incidents, October 2025" />' in page
    (described,) = re.findall(r'<meta property="og:description" content="([^"]*)" />', page)
    assert described.lower().startswith(("two incidents", "2 incidents"))
    assert "Kandahar" in described
    assert '<div id="root">' in page


def test_a_preview_speaks_the_language_of_the_link(client: TestClient) -> None:
    assert "سرحدی" in client.get("/?lang=ur").text


def test_nothing_of_a_link_gets_into_the_page_as_markup(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_PUBLIC_URL", "https://example.org/")
    page = client.get('/?q="><script>alert(1)</script>&province=<b>&foo="><img src=x>').text
    head = page[: page.index("</head>")]
    assert "alert(1)</script>" not in head
    assert "<img" not in head
    assert 'property="og:url" content="https://example.org/?' in head


# ---- pictures ------------------------------------------------------------------------------------------------------


def image_of(page: str) -> str | None:
    found = re.findall(r'<meta property="og:image" content="([^"]*)" />', page)
    return html.unescape(found[0]) if found else None


def test_a_preview_names_the_picture_of_that_very_view(client: TestClient) -> None:
    query = "from=2025-10-01&to=2025-10-31&province=AF-KAN&view=31,66.4,8&incident=i1&lang=ur"
    page = client.get(f"/?{query}&rev=1&tab=table").text
    address = image_of(page)
    assert address is not None
    base, _, asked = address.partition("?")
    assert base == f"http://testserver{PREFIX}/picture.png"
    assert sorted(asked.split("&")) == sorted(query.split("&"))
    picture = client.get(address)
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert Image.open(BytesIO(picture.content)).size == (1200, 630)
    for tag in ("og:image:width", "og:image:height", "og:image:alt", "twitter:card"):
        assert f'"{tag}"' in page
    assert '"twitter:card" content="summary_large_image"' in page


def test_the_picture_s_address_is_the_public_one_where_that_is_set(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_PUBLIC_URL", "https://desk.example.org/")
    assert image_of(client.get("/").text) == f"https://desk.example.org{PREFIX}/picture.png"


@pytest.mark.parametrize("host", ['x"><script>', "a b", "evil.example/path", "user@evil.example", "-", "x" * 300, ""])
def test_a_host_that_is_none_gets_into_no_address(client: TestClient, host: str) -> None:
    page = client.get("/", headers={"host": host}).text
    assert image_of(page) is None
    assert "og:title" in page


def test_a_picture_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"{PREFIX}/picture.png?type=clash")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(f"{PREFIX}/picture.png?type=clash", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{PREFIX}/picture.png?type=strike").headers["etag"] != first.headers["etag"]


def test_what_a_link_cannot_mean_is_left_out_of_its_picture(client: TestClient) -> None:
    plain = client.get(f"{PREFIX}/picture.png").content
    assert client.get(f"{PREFIX}/picture.png?province=AF-XXX&foo=<b>&view=x&rev=9&tab=claims").content == plain
    assert client.get(f"{PREFIX}/picture.png?q={'x' * 20_000}").status_code == 200


def test_a_page_to_print_is_had_like_other_files(client: TestClient) -> None:
    answer = client.get(f"{PREFIX}/api/incidents.png?type=clash&lang=ps")
    assert Image.open(BytesIO(answer.content)).size == (1600, 1040)
    assert answer.headers["content-disposition"] == 'attachment; filename="border-incidents.png"'
    assert client.get(f"{PREFIX}/api/incidents.png?province=AF-XXX").status_code == 400


def test_incidents_that_may_not_leave_are_in_no_picture(
    shared: Shared, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = client.get(f"{PREFIX}/picture.png").content
    monkeypatch.setattr(shared.store, "incidents_from", lambda _: frozenset({"i0", "i1", "i2"}))
    alone = TestClient(Starlette(routes=routes(lambda: shared)))
    assert alone.get(f"{PREFIX}/picture.png").content != whole


def test_the_page_comes_even_when_its_preview_cannot_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Shared:
        raise StoreError("damaged")

    page = TestClient(Starlette(routes=routes(broken))).get("/")
    assert page.status_code == 200
    assert '<div id="root">' in page.text
    assert "og:title" not in page.text


def test_streamlit_takes_the_routes() -> None:
    import streamlit as st

    assert st.App("app.py", routes=server.routes()) is not None


def test_answers_are_made_once(client: TestClient, shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    rev, made = shared.snapshot().revision, []

    def encode(snapshot: object) -> bytes:
        made.append(snapshot)
        return np.zeros(4).tobytes()

    monkeypatch.setattr(server, "encode_points", encode)
    for _ in range(3):
        client.get(f"{DATA}/points?rev={rev}")
    assert len(made) == 1


def test_a_large_file_is_sent_in_pieces_and_is_the_same(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get(f"{PREFIX}/api/incidents.geojson").content
    monkeypatch.setattr("geo.ui.sending.IN_MEMORY", 10)
    pieces = client.get(f"{PREFIX}/api/incidents.geojson")
    assert pieces.headers["content-length"] == str(len(pieces.content))
    assert pieces.headers["cache-control"] == "no-store"
    assert json.loads(pieces.content)["features"] == json.loads(whole)["features"]


# ---- codes and frames ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["http://testserver/?type=clash&rev=3", "https://testserver/", "http://testserver/x"]
)
def test_the_code_of_a_link_is_that_of_its_every_character(client: TestClient, address: str) -> None:
    answer = client.get(f"{PREFIX}/qr.svg", params={"address": address})
    assert answer.content == qr_svg(address).encode()
    assert answer.headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(
    "address",
    [
        "", "https://elsewhere.example/", "http://testserver.example/", "http://testserver@elsewhere.example/",
        "http://testserver:80@elsewhere.example/", "javascript://testserver/%0aalert(1)", "//testserver/",
        "http://testserver", "https://desk.example.org.elsewhere.example/", "\nhttp://testserver/",
    ],
)  # fmt: skip
def test_no_code_leads_elsewhere(client: TestClient, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_PUBLIC_URL", "https://desk.example.org")
    assert client.get(f"{PREFIX}/qr.svg", params={"address": address}).status_code == 400


def test_a_code_leads_to_the_public_address(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_PUBLIC_URL", "https://desk.example.org/border/")
    for address in ("https://desk.example.org/border/?rev=3", "https://desk.example.org/border"):
        assert client.get(f"{PREFIX}/qr.svg", params={"address": address}).content == qr_svg(address).encode()


def test_a_link_too_long_for_a_code_is_refused_in_a_sentence(client: TestClient) -> None:
    answer = client.get(f"{PREFIX}/qr.svg", params={"address": f"http://testserver/?q={'x' * 3_000}"})
    assert (answer.status_code, answer.text) == (400, "This link is too long for a QR code.")


@pytest.mark.parametrize(("embed", "kind"), [("true", "whole"), ("TRUE", "whole"), ("map", "map")])
def test_a_page_in_a_frame_says_so_before_anything_is_drawn(client: TestClient, embed: str, kind: str) -> None:
    page = client.get("/", params={"embed": embed})
    assert f'<html class="embedded embedded-{kind}" ' in page.text
    assert not {"x-frame-options", "content-security-policy"} & set(page.headers)


@pytest.mark.parametrize("embed", ["", "false", '"><script>alert(1)</script>'])
def test_any_other_page_is_whole(client: TestClient, embed: str) -> None:
    page = client.get("/", params={"embed": embed}).text
    assert '<html class="embedded' not in page
    assert "<script>alert(1)" not in page


def test_the_edition_of_a_filter_is_one_file_that_names_no_other(client: TestClient) -> None:
    answer = client.get(f"{PREFIX}/api/incidents.html?type=clash")
    assert answer.headers["content-disposition"] == 'attachment; filename="border-incidents.html"'
    assert answer.text.lower().startswith("<!doctype html>")
    assert not re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//', answer.text)
    assert client.get(f"{PREFIX}/api/incidents.html?province=XX-1").status_code == 400


def test_files_and_editions_of_past_data_are_refused(client: TestClient) -> None:
    for ending in ("csv", "geojson", "atom"):
        assert client.get(f"{PREFIX}/api/incidents.{ending}?asof=1").status_code == 400


BAD_LINKS = ("within_km=,", "within_km=,,,", "from=2025-12-01&to=2025-01-01", "q=" + "a" * 20_000)


@pytest.mark.parametrize("query", BAD_LINKS)
def test_no_link_however_bad_breaks_what_is_served(client: TestClient, query: str) -> None:
    for path in ("/", f"{PREFIX}/picture.png", f"{PREFIX}/api/incidents.geojson", f"{PREFIX}/data/AF-PK/mask"):
        assert client.get(f"{path}?{query}").status_code in (200, 400), path
