"""The Caddyfile of ``deploy/`` before a program that says what it was asked: TLS, headers, limits, what is hidden."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from caddy import EDITORS, READERS, Caddy, run_caddy

HEADERS = {
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
FRAME = "/component/streamlit_folium.st_folium/index.html"
BOTH = pytest.mark.parametrize("site", [READERS, EDITORS])


class _Program(BaseHTTPRequestHandler):
    """Reads all that is sent and says with which headers it came; its own headers are those of an open house."""

    def do_GET(self) -> None:
        """Answer with what was asked."""
        length = int(self.headers.get("Content-Length", 0))
        while length > 0 and (piece := self.rfile.read(min(length, 1_000_000))):
            length -= len(piece)
        self.send_response(200)
        for name in ("X-Content-Type-Options", "Referrer-Policy", "Server", "Via"):
            self.send_header(name, "of the program")
        if self.path.startswith("/sign-in"):
            self.send_header("Content-Security-Policy", "default-src 'none'")
        self.end_headers()
        self.wfile.write(json.dumps({name.lower(): value for name, value in self.headers.items()}).encode())

    def do_POST(self) -> None:
        """The same."""
        self.do_GET()

    def version_string(self) -> str:
        """Say nothing of the server."""
        return ""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Caddy hangs up on what is too large; nobody needs to read about it."""


@pytest.fixture(scope="module")
def program() -> Iterator[str]:
    """Where a program listens."""
    server = _Server(("127.0.0.1", 0), _Program)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def caddy(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caddy]:
    """Caddy before a program that is dashboard and desk in one."""
    with run_caddy(tmp_path_factory.mktemp("caddy"), dashboard=program, desk=program) as running:
        yield running


@BOTH
@pytest.mark.parametrize("path", ["/", "/?embed=map", FRAME, "/_stcore/metrics", "/sign-in"])
def test_every_answer_carries_the_headers_once_and_names_no_server(caddy: Caddy, site: str, path: str) -> None:
    status, headers, _ = caddy.ask(path, site=site)
    assert status == (404 if path == "/_stcore/metrics" else 200)
    assert HEADERS.items() <= headers.items()
    assert "content-security-policy" in headers
    assert not {"server", "via", "x-powered-by"} & headers.keys()


def test_plain_http_leads_to_https(caddy: Caddy) -> None:
    connection = HTTPConnection("127.0.0.1", caddy.http_port, timeout=30)
    connection.request("GET", "/?q=a", headers={"Host": READERS})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, f"https://{READERS}/?q=a")
    connection.close()


@BOTH
def test_scripts_are_files_of_the_program_and_only_the_maps_frame_runs_text(caddy: Caddy, site: str) -> None:
    page = caddy.ask("/", site=site)[1]["content-security-policy"]
    assert page.startswith("default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; style-src 'self' 'unsafe-")
    assert "'unsafe-eval'" not in page
    assert page.count("'unsafe-inline'") == 1
    assert not re.search(r"https?:|\*", page)
    assert (
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'" in caddy.ask(FRAME, site=site)[1]["content-security-policy"]
    )


@pytest.mark.parametrize(
    ("site", "path", "framed_by"),
    [
        (READERS, "/", "'none'"),
        (READERS, "/?tab=table", "'none'"),
        (READERS, "/?embed=false", "'none'"),
        (READERS, "/elsewhere?embed=true", "'none'"),
        (READERS, "/?embed=true", "*"),
        (READERS, "/?type=clash&embed=map", "*"),
        (READERS, FRAME, "*"),
        (EDITORS, "/", "'none'"),
        (EDITORS, "/?embed=true", "'none'"),
        (EDITORS, FRAME, "'self'"),
    ],
)
def test_only_embedded_views_stand_in_frames_of_others(caddy: Caddy, site: str, path: str, framed_by: str) -> None:
    assert caddy.ask(path, site=site)[1]["content-security-policy"].endswith(f"; frame-ancestors {framed_by}")


def test_who_may_frame_the_dashboard_can_be_named(program: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    paper = "https://paper.example.org"
    with run_caddy(tmp_path_factory.mktemp("framed"), dashboard=program, DASHBOARD_FRAMES=paper) as named:
        for path in ("/?embed=true", FRAME):
            assert named.ask(path)[1]["content-security-policy"].endswith(f"; frame-ancestors {paper}")


def test_the_desk_says_besides_that_it_stands_in_no_frame_and_is_nobodys_picture(caddy: Caddy) -> None:
    headers = caddy.ask("/", site=EDITORS)[1]
    assert (headers["x-frame-options"], headers["cross-origin-resource-policy"]) == ("DENY", "same-origin")
    assert "x-frame-options" not in caddy.ask("/?embed=true")[1]


def test_a_stricter_policy_of_the_programs_own_stands(caddy: Caddy) -> None:
    """As that of the page to sign in."""
    assert caddy.ask("/sign-in", site=EDITORS)[1]["content-security-policy"] == "default-src 'none'"


@pytest.mark.parametrize(("site", "most"), [(READERS, 64_000), (EDITORS, 25_000_000)])
def test_a_body_beyond_the_limit_is_refused_however_it_is_sent(caddy: Caddy, site: str, most: int) -> None:
    assert caddy.ask("/", site=site, method="POST", body=bytes(most))[0] == 200
    status, _, said = caddy.ask("/", site=site, method="POST", body=bytes(most + 1))
    assert (status, said) == (413, b"What was sent is larger than what is taken here.")


def test_the_program_is_told_who_asks_and_not_what_they_claim_to_be(caddy: Caddy) -> None:
    claimed = {"X_Forwarded_For": "203.0.113.7", "Forwarded": "for=203.0.113.7", "X_Forwarded_Proto": "http"}
    told = json.loads(caddy.ask("/", **claimed)[2])
    assert (told["x-forwarded-for"], told["x-forwarded-proto"]) == ("127.0.0.1", "https")
    assert told["host"] == f"{READERS}:{caddy.https_port}"
    assert "203.0.113.7" not in str(told)


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/upload_file/a/b"])
def test_what_no_reader_needs_is_not_there(caddy: Caddy, path: str) -> None:
    status, _, said = caddy.ask(path)
    assert status == 404
    assert said.endswith((b"nothing at this address.", b"Nothing can be sent here."))


def test_editors_may_send_files(caddy: Caddy) -> None:
    assert caddy.ask("/_stcore/upload_file/a/b", site=EDITORS, method="POST", body=b"x")[0] == 200


def test_a_program_that_is_away_is_told_in_a_sentence_and_nobody_is_named_in_the_log(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with run_caddy(tmp_path_factory.mktemp("away")) as away:
        status, headers, said = away.ask("/?q=Quelloquery", User_Agent="Zarkotreader")
        assert (status, headers["retry-after"]) == (502, "30")
        assert HEADERS.items() <= headers.items()
        assert said == b"This is being restarted, or has too much to do. Try again in half a minute."
    log = away.log.read_text()
    assert "serving initial configuration" in log
    assert not [secret for secret in ("Quelloquery", "Zarkotreader", "remote_ip", "127.0.0.1:") if secret in log]
