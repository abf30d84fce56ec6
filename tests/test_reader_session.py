"""A reader's open page over its websocket: it is told nothing that is held back, and nothing it sends is written."""

from __future__ import annotations

import ast
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from urllib.parse import unquote_plus, urlsplit

import pytest
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from geo.settings import PACKAGE_FOLDER
from tests.browser.page_reader import serve
from tests.leaving_world import (
    COARSE,
    DELAYED,
    HIDDEN,
    OPEN,
    WORDS,
    article_of,
    fill,
    find_secrets,
    incident_of,
    unpack,
)

_PATIENCE_S = 60
_LIMIT = 64 * 1024 * 1024
LINKS = [
    "", *(f"incident={incident_of(word)}" for word in WORDS), "incident=i-twin", "tab=article:a-twin", "tab=table",
    *(f"tab=article:{article_of(word)}" for word in WORDS), "tab=claims", "tab=province:AF-KHO", f"q={COARSE}",
    f"q={HIDDEN}", "asof=3", f"asof=12&incident={incident_of(COARSE)}", "asof=12&incident=i-twin", "rev=2", "lang=ur",
    f"embed=true&incident={incident_of(DELAYED)}",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("leaving")
    fill(found / "incidents.sqlite").close()
    return found


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Of a dashboard that readers reach."""
    with serve(folder, BORDER_INCIDENTS_SHARED="1") as found:
        yield found


class Session:
    """One reader's page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.sent: list[bytes] = []
        """All that the server sent, unpacked."""
        self.sender = ""
        """Id of the part that tells the server what readers do."""

    def ask(self, message: BackMsg) -> None:
        """Send a message, and take in all of the run that answers it."""
        self._socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(self._socket.recv(_PATIENCE_S))  # type: ignore[arg-type]
            self.sent.extend(list_texts(answer))
            element = answer.delta.new_element
            assert not element.HasField("exception"), element.exception.message
            if element.HasField("bidi_component"):
                self.sender = element.bidi_component.id
            if answer.HasField("script_finished"):
                return

    def visit(self, query: str) -> None:
        """Open a link."""
        message = BackMsg()
        message.rerun_script.query_string = query
        self.ask(message)

    def act(self, acts: list[list[object]]) -> None:
        """Do in parts of the page what a browser would tell of."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = trigger_id(self.sender)
        state.json_trigger_value = json.dumps([{"event": "acted", "value": acts}])
        self.ask(message)


def trigger_id(sender: str) -> str:
    """Streamlit's own name for what a part of the page sends."""
    from streamlit.components.v2.bidi_component.main import _make_trigger_id

    return _make_trigger_id(sender, "events")


@contextmanager
def open_session(address: str) -> Iterator[Session]:
    host = urlsplit(address).netloc
    with connect(
        f"ws://{host}/_stcore/stream", origin=Origin(f"http://{host}"), subprotocols=[Subprotocol("streamlit")],
        max_size=_LIMIT,
    ) as socket:  # fmt: skip
        yield Session(socket)


def list_texts(message: Message) -> Iterator[bytes]:
    """Every text in a message, whatever it is in; packed ones unpacked."""
    for field, value in message.ListFields():
        values = list(value.values()) if hasattr(value, "values") else value if field.is_repeated else [value]
        for each in values:
            if isinstance(each, Message):
                yield from list_texts(each)
            elif isinstance(each, bytes):
                yield unpack(each)
            elif isinstance(each, str):
                yield each.encode()


def digest(folder: Path) -> str:
    """Of all that is in the store."""
    with closing(sqlite3.connect(folder / "incidents.sqlite")) as file:
        return hashlib.sha256("\n".join(file.iterdump()).encode()).hexdigest()


def list_acts() -> list[tuple[str, str]]:
    """Part and name of everything that can be done in the page, as its modules register it."""
    found = set()
    for path in sorted((PACKAGE_FOLDER / "ui").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("slot", "describe_too"):
                keys = [k.value for k in node.keywords if k.arg == "key"] or node.args[:1]
                key = keys[0].value if isinstance(keys[0], ast.Constant) else ""
                found.update((str(key), k.arg) for k in node.keywords if k.arg not in (None, "key"))
    return sorted((key, name) for key, name in found if name)


def test_no_page_says_what_is_held_back(address: str) -> None:
    for link in LINKS:
        with open_session(address) as session:
            session.visit(link)
            asked = set(find_secrets(unquote_plus(link).encode()))
            said = b"\n".join(session.sent)
            assert len(said) > 1000, link
            assert set(find_secrets(said)) <= asked, link


def test_the_open_incident_is_said(address: str) -> None:
    """What the test above looks at is all that a reader is told: a word that may leave is in it."""
    with open_session(address) as session:
        session.visit(f"incident={incident_of(OPEN)}")
        assert OPEN.encode() in b"\n".join(session.sent)
        assert b"Names of victims are withheld" in b"\n".join(session.sent)


VALUES: list[object] = [
    True, 1, "x", incident_of(OPEN), article_of(OPEN), "AF-KHO",
    {"k": 0, "who": "x", "place": "geonames:1134720", "query": OPEN}, {"k": 0, "who": "x", "place": None}, ["x", 1],
    {"id": incident_of(OPEN), "status": "published", "title": "x"},
]  # fmt: skip


def test_no_act_of_a_reader_writes(folder: Path, address: str) -> None:
    acts = list_acts()
    assert ("article", "corrected") in acts
    before = digest(folder)
    number = count(1)
    for link in (f"tab=article:{article_of(OPEN)}", f"incident={incident_of(OPEN)}"):
        for value in VALUES:
            fired = [[next(number), key, name, value] for key, name in acts]
            for some in (fired, *([one] for one in fired if one[2] in ("corrected", "sought"))):
                with open_session(address) as session, suppress(AssertionError):
                    session.visit(link)
                    session.act(some)  # a value that no browser sends may end in an error, which the page tells
    assert digest(folder) == before


def test_on_ones_own_machine_the_same_act_writes(tmp_path: Path) -> None:
    """The acts above are those that would write, were there anything to write by."""
    fill(tmp_path / "incidents.sqlite").close()
    before = digest(tmp_path)
    correct = {"k": 0, "who": "x", "place": None}
    with serve(tmp_path) as address, open_session(address) as session:
        session.visit(f"tab=article:{article_of(OPEN)}")
        session.act([[1, "article", "corrected", correct]])
    assert digest(tmp_path) != before
