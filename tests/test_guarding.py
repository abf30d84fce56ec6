"""How much a client may ask of a program, and how large what it sends may be."""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from served import serve
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from geo.settings import app_file
from geo.ui.guarding import CLIENTS_KEPT, EDITORS, READERS, Guard, Limits, Rate, Rates, guard

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the client's HTTP library may be an older one than it likes
    from starlette.testclient import TestClient, WebSocketDenialResponse, WebSocketTestSession

LIMITS = Limits(
    most_body=100,
    pages=Rate(burst=5, per_second=1),
    sessions=Rate(burst=2, per_second=0.1),
    costly=Rate(burst=2, per_second=0.1),
)
FILE = "/border-incidents/api/incidents.csv"
Opened = Callable[[str], TestClient]


@dataclass
class Clock:
    """A time that only tests move on."""

    time: float = 100.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_client(clock: Clock) -> Opened:
    """Clients at addresses of their own, of one program."""

    async def count(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    async def listen(websocket: WebSocket) -> None:
        await websocket.accept()
        with suppress(WebSocketDisconnect):
            await websocket.send_text(str(len(await websocket.receive_text())))

    guarded = Starlette(
        routes=[Route("/{rest:path}", count, methods=["GET", "POST"]), WebSocketRoute("/_stcore/stream", listen)],
        middleware=[Middleware(Guard, limits=LIMITS, now=clock)],
    )
    return lambda address: TestClient(guarded, client=(address, 50_000))


def test_who_asks_too_often_is_told_when_to_come_again(open_client: Opened, clock: Clock) -> None:
    client = open_client("203.0.113.7")
    assert [client.get("/").status_code for _ in range(6)] == [200] * 5 + [429]
    refused = client.get("/")
    assert refused.headers["retry-after"] == "1"
    assert refused.text == "Too much is asked from your address. Try again in 1 seconds."
    clock.time += 1
    assert client.get("/").status_code == 200
    assert client.get("/").status_code == 429


def test_what_takes_long_to_make_is_counted_apart_and_strictly(open_client: Opened) -> None:
    client = open_client("203.0.113.7")
    costly = [FILE, "/border-incidents/picture.png", "/border-incidents/api/incidents.html"]
    assert [client.get(path).status_code for path in costly] == [200, 200, 429]
    assert client.get(FILE).headers["retry-after"] == "10"
    assert client.get("/border-incidents/data/AF-PK/points").status_code == 200


def test_one_client_takes_nothing_from_another(open_client: Opened) -> None:
    assert [open_client("203.0.113.7").get(FILE).status_code for _ in range(3)][-1] == 429
    assert open_client("203.0.113.8").get(FILE).status_code == 200


def test_a_network_of_64_bits_is_one_client(open_client: Opened) -> None:
    """Whoever has an IPv6 address has as many as they like."""
    asked = [open_client(f"2001:db8:1:2::{number}").get(FILE).status_code for number in (1, 2, 3)]
    assert asked == [200, 200, 429]
    assert open_client("2001:db8:1:3::1").get(FILE).status_code == 200


def test_an_address_of_version_4_written_as_one_of_6_is_the_same(open_client: Opened) -> None:
    asked = [open_client(host).get(FILE).status_code for host in ("203.0.113.7", "::ffff:203.0.113.7", "203.0.113.7")]
    assert asked == [200, 200, 429]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "::ffff:127.0.0.1", ""])
def test_who_works_on_this_machine_is_not_counted(open_client: Opened, host: str) -> None:
    client = open_client(host)
    assert {client.get(FILE).status_code for _ in range(10)} == {200}


def test_pages_are_not_opened_without_end(open_client: Opened) -> None:
    client = open_client("203.0.113.7")
    for _ in range(2):
        with client.websocket_connect("/_stcore/stream") as page:
            page.send_text("hello")
            assert page.receive_text() == "5"
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect("/_stcore/stream"):
        pass
    assert (refused.value.status_code, refused.value.headers["retry-after"]) == (429, "10")


@pytest.mark.parametrize("host", ["203.0.113.7", "127.0.0.1"])
def test_a_body_beyond_the_limit_is_refused_whoever_sends_it(open_client: Opened, host: str) -> None:
    client = open_client(host)
    assert client.post("/", content=b"x" * 100).text == "100"
    refused = client.post("/", content=b"x" * 101)
    assert (refused.status_code, refused.text) == (
        413, "What was sent is larger than 100 bytes, the most that is taken here.",
    )  # fmt: skip


def test_a_body_that_does_not_say_its_length_is_cut_off(open_client: Opened) -> None:
    client = open_client("127.0.0.1")
    assert client.post("/", content=iter([b"x" * 50, b"x" * 50])).text == "100"
    assert client.post("/", content=iter([b"x" * 50] * 3)).status_code == 413


@pytest.mark.parametrize("length", ["-1", "many", "9" * 30])
def test_a_length_that_is_none_is_refused(open_client: Opened, length: str) -> None:
    assert open_client("127.0.0.1").post("/", content=b"", headers={"content-length": length}).status_code == 413


def test_a_message_beyond_the_limit_ends_the_page(open_client: Opened) -> None:
    with open_client("127.0.0.1").websocket_connect("/_stcore/stream") as page:
        page.send_text("x" * 101)
        assert page.receive() == {"type": "websocket.close", "code": 1009}


def test_no_address_is_remembered_and_not_without_end(clock: Clock) -> None:
    rates = Rates({"costly": Rate(burst=1, per_second=0.01)}, now=clock)
    for number in range(CLIENTS_KEPT + 10):
        rates.take("costly", f"client {number}")
    assert len(rates._buckets) == CLIENTS_KEPT
    assert not any(b"client" in key for _, key in rates._buckets)
    assert rates.take("costly", f"client {CLIENTS_KEPT}") > 0, "lately seen"
    assert rates.take("costly", "client 0") == 0, "long forgotten"


def test_another_process_knows_a_client_by_another_hash() -> None:
    rate = {"pages": Rate(burst=1, per_second=1)}
    assert Rates(rate)._hash("203.0.113.7") != Rates(rate)._hash("203.0.113.7")


def test_the_server_takes_in_no_larger_message_than_an_editor_may_send() -> None:
    """The guard sees a message when the server has all of it."""
    config = tomllib.loads((app_file().parent / ".streamlit" / "config.toml").read_text())
    assert config["server"]["maxMessageSize"] * 1_000_000 == EDITORS.most_body


@pytest.mark.parametrize(("proxies", "believed"), [("127.0.0.1,::1", True), ("10.0.0.0/8", False), ("", False)])
def test_who_the_client_is_is_believed_of_the_named_web_servers_alone(
    tmp_path: Path, proxies: str, believed: bool
) -> None:
    """What says it speaks for another is counted under that name, or is this machine itself, which is not counted."""
    with serve(tmp_path, BORDER_INCIDENTS_PROXIES=proxies) as served:
        asked = [
            httpx.get(f"{served.address}/border-incidents/qr.svg?address=x", headers={"X-Forwarded-For": "203.0.113.7"})
            for _ in range(READERS.costly.burst + 5)
        ]
        assert ({answer.status_code for answer in asked} == {400, 429}) is believed
        other = {"X-Forwarded-For": "203.0.113.8"}
        assert httpx.get(f"{served.address}/border-incidents/qr.svg?address=x", headers=other).status_code == 400


# ---- whose pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("only_here", [False, True])
@pytest.mark.parametrize(
    "origin",
    ["http://localhost:3000", "http://127.0.0.1:1", "http://0.0.0.0", "https://evil.example", "null", "http://["],
)
def test_no_page_of_another_port_or_site_opens_a_connection(origin: str, *, only_here: bool) -> None:
    """A browser sends the cookie of ``localhost`` from each of its ports."""
    with pytest.raises(WebSocketDenialResponse) as refused, open_page(only_here, "localhost:8502", origin):
        pass
    assert (refused.value.status_code, refused.value.text) == (
        403,
        "Only pages of this program open connections to it.",
    )


@pytest.mark.parametrize("only_here", [False, True])
@pytest.mark.parametrize("host", ["localhost:8502", "127.0.0.1:8502", "[::1]:8502"])
def test_a_page_of_its_own_opens_a_connection(host: str, *, only_here: bool) -> None:
    for origin in (f"http://{host}", None):
        with open_page(only_here, host, origin) as page:
            page.send_text("hello")
            assert page.receive_text() == "5"


def test_the_public_address_is_its_own_whatever_host_a_server_in_front_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_DESK_URL", "https://desk.example.org")
    with open_page(False, "127.0.0.1:8502", "https://desk.example.org"):
        pass
    with pytest.raises(WebSocketDenialResponse), open_page(False, "127.0.0.1:8502", "https://desk.example.org:8443"):
        pass


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "localhost.evil.example", "192.0.2.7", "["])
def test_who_may_write_without_a_sign_in_is_asked_for_by_a_name_of_this_machine(host: str) -> None:
    """A site can have its name point to 127.0.0.1, and is then the same origin as the program there."""
    client = client_of(only_here=True)
    assert client.get("/", headers={"Host": host}).status_code == 403
    assert client_of(only_here=False).get("/", headers={"Host": host}).status_code == 200
    with pytest.raises(WebSocketDenialResponse), open_page(True, host, f"http://{host}"):
        pass


def client_of(*, only_here: bool) -> TestClient:
    async def answer(_: Request) -> PlainTextResponse:
        return PlainTextResponse("here")

    async def listen(websocket: WebSocket) -> None:
        await websocket.accept()
        with suppress(WebSocketDisconnect):
            await websocket.send_text(str(len(await websocket.receive_text())))

    routes = [Route("/", answer), WebSocketRoute("/_stcore/stream", listen)]
    return TestClient(Starlette(routes=routes, middleware=[guard(READERS, only_here=only_here)]))


def open_page(only_here: bool, host: str, origin: str | None) -> WebSocketTestSession:
    headers = {"Host": host} | ({"Origin": origin} if origin else {})
    return client_of(only_here=only_here).websocket_connect("/_stcore/stream", headers=headers)
