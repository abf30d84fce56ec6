"""Sessions end by themselves, and attempts wait: by a clock that the test turns."""

from __future__ import annotations

import asyncio
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.types import Message, Receive, Scope, Send

from geo.desk.door import COOKIE, Door
from geo.desk.gate import Gate
from geo.desk.sessions import IDLE_S, LONGEST_S, Attempts, Identity, Sessions
from geo.desk.signing import sign_routes
from geo.people import People, Person
from geo.ui.health import HEALTH

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the client's HTTP library may be an older one than it likes
    from starlette.testclient import TestClient

WHO = Identity(name="Omar")


def pass_gate(gate: Gate, scope: Scope, receive: Receive, send: Send) -> None:
    """Let a request pass, in a thread of its own: the browser of other tests keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(gate(scope, receive, send))).result()


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_session_ends_when_nothing_is_done_in_it() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    token = sessions.begin(WHO)
    clock.now = IDLE_S - 1
    assert sessions.find(token) == WHO
    clock.now = IDLE_S
    assert sessions.find(token) is None


def test_a_session_that_is_used_ends_after_a_working_day() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    token = sessions.begin(WHO)
    while clock.now + IDLE_S - 1 < LONGEST_S:
        clock.now += IDLE_S - 1
        assert sessions.find(token, touch=True) == WHO
    clock.now = LONGEST_S
    assert sessions.find(token, touch=True) is None


def test_looking_for_news_keeps_no_session_alive() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    token = sessions.begin(WHO)
    for moment in range(0, IDLE_S, 600):
        clock.now = float(moment)
        sessions.find(token)
    clock.now = IDLE_S
    assert sessions.find(token) is None


def test_the_token_itself_is_kept_nowhere() -> None:
    sessions = Sessions()
    token = sessions.begin(WHO)
    assert token not in repr(vars(sessions))


def test_each_failure_after_the_fifth_doubles_the_wait_up_to_a_quarter_of_an_hour() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    waits = []
    for _ in range(18):
        waits.append(attempts.begin(["name:omar"]))
        if waits[-1]:
            clock.now += waits[-1]
            assert attempts.begin(["name:omar"]) == 0
    assert waits[:5] == [0.0] * 5
    assert waits[5:10] == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert max(waits) == 900


def test_a_name_waits_whatever_address_asks_and_an_address_whatever_name() -> None:
    attempts = Attempts(Clock())
    for n in range(5):
        attempts.begin(["name:omar", f"client:10.0.0.{n}"])
    assert attempts.begin(["name:omar", "client:10.0.0.99"]) > 0
    assert attempts.begin(["name:vera", "client:10.0.0.99"]) == 0
    for n in range(5):
        attempts.begin([f"name:{n}", "client:10.0.0.7"])
    assert attempts.begin(["name:zarghuna", "client:10.0.0.7"]) > 0


def test_success_begins_anew_and_an_hour_forgets() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(5):
        attempts.begin(["name:omar"])
    attempts.succeed(["name:omar"])
    assert attempts.begin(["name:omar"]) == 0
    for _ in range(4):
        attempts.begin(["name:omar"])
    assert attempts.begin(["name:omar"]) > 0
    clock.now += 3601
    assert attempts.begin(["name:omar"]) == 0


@given(
    path=st.text(max_size=40).map("/{}".format) | st.sampled_from(["/", "/_stcore/stream", "/media/x", "/auth/login"]),
    method=st.sampled_from(["GET", "POST", "PUT", "HEAD", "DELETE"]),
    cookie=st.binary(max_size=60),
    kind=st.sampled_from(["http", "websocket"]),
)
def test_nothing_without_a_session_passes_the_gate(path: str, method: str, cookie: bytes, kind: str) -> None:
    reached, sent = [], []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope["path"])

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": kind, "path": path, "method": method, "query_string": b"", "scheme": "http",
        "headers": [(b"cookie", COOKIE.encode() + b"=" + cookie)],
    }  # fmt: skip
    door = Door(people=People(Path("/nonexistent/people.json")))
    pass_gate(Gate(app, door), scope, receive, send)
    assert set(reached) <= {HEALTH, "/sign-in", "/sign-out"} or path.startswith("/sign-in/fonts/")
    assert reached or sent


def test_an_open_page_is_shut_when_its_session_ends(tmp_path: Path) -> None:
    clock = Clock()
    people = People(tmp_path / "people.json")
    people.add(_editor(), "four words are enough")
    door = Door(people=people, sessions=Sessions(clock))
    token = door.sessions.begin(WHO)
    messages = iter([{"type": "websocket.receive", "bytes": b"1"}, {"type": "websocket.receive", "bytes": b"2"}])
    heard, sent = [], []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        heard.append(await receive())
        clock.now += IDLE_S
        heard.append(await receive())

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": [(b"cookie", f"{COOKIE}={token}".encode())]}
    pass_gate(Gate(app, door), scope, receive, send)
    assert [message["type"] for message in heard] == ["websocket.receive", "websocket.disconnect"]
    assert sent == [{"type": "websocket.close", "code": 4401}]


def _editor() -> Person:
    return Person(name="Omar", role="editor")


def test_who_has_a_network_of_addresses_has_no_more_attempts(tmp_path: Path) -> None:
    """Of IPv6 everybody has as many addresses as they like."""
    people = People(tmp_path / "people.json")
    people.add(Person(name="Omar", role="editor"), "four words are enough")
    app, statuses = Starlette(routes=sign_routes(Door(people=people))), []
    for number in range(6):
        client = TestClient(app, client=(f"2001:db8:1:2::{number}", 50_000), cookies={"border_incidents_form": "a"})
        form = {"name": f"Name {number}", "password": "not this password", "form": "a"}
        statuses.append(client.post("/sign-in", data=form).status_code)
    assert statuses == [403] * 5 + [429]


def test_nobody_is_kept_out_by_a_stranger_who_tries_their_name(tmp_path: Path) -> None:
    people = People(tmp_path / "people.json")
    people.add(Person(name="Omar", role="editor"), "four words are enough")
    door = Door(people=people)
    assert isinstance(door.sign_in("Omar", "four words are enough", "192.0.2.1"), str)
    for number in range(6):
        door.sign_in("Omar", "not this password", f"198.51.100.{number}")
    waits = door.sign_in("Omar", "four words are enough", "203.0.113.5")
    assert isinstance(waits, float), "from elsewhere the name has to wait"
    assert isinstance(door.sign_in("Omar", "four words are enough", "192.0.2.1"), str)
