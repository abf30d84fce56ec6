"""Signing in with an identity provider (OIDC), played by a small server of this machine that signs its word."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from geo.desk.door import Door
from geo.desk.server import REVISION
from geo.people import People, Person

from .world import EDITOR, PASSWORD, fill_people, find_port, serve_desk

CLIENT = "the-desk"


@dataclass
class Provider:
    """An identity provider that signs in whom it is told, without asking."""

    claims: dict[str, Any] = field(default_factory=dict)
    nonces: dict[str, str] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, parameters={"kid": "one"}))
    address: str = ""

    def answer(self, path: str, query: dict[str, str], form: dict[str, str]) -> dict[str, Any] | str:
        """JSON, or the address that is led to."""
        if path == "/.well-known/openid-configuration":
            ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            told = {f"{name}_endpoint": f"{self.address}/{end}" for name, end in ends.items()}
            return {"issuer": self.address, "jwks_uri": f"{self.address}/keys", **told}
        if path == "/keys":
            return {"keys": [self.key.as_dict(private=False, use="sig", alg="RS256")]}
        if path == "/authorize":
            self.nonces["code"] = query.get("nonce", "")
            return f"{query['redirect_uri']}?{urlencode({'code': 'code', 'state': query['state']})}"
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 3600, **self.claims}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, {**claims, "nonce": self.nonces[form["code"]]}, self.key)
        return {"access_token": "access", "token_type": "Bearer", "expires_in": 3600, "id_token": token}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """The provider, while it runs."""
    played = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            self._send({key: values[0] for key, values in parse_qs(address.query).items()}, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self._send({}, {key: values[0] for key, values in parse_qs(body).items()})

        def _send(self, query: dict[str, str], form: dict[str, str]) -> None:
            answer = played.answer(urlsplit(self.path).path, query, form)
            self.send_response(302 if isinstance(answer, str) else 200)
            self.send_header(
                "Location" if isinstance(answer, str) else "Content-Type",
                answer if isinstance(answer, str) else "application/json",
            )
            self.end_headers()
            self.wfile.write(b"" if isinstance(answer, str) else json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    played.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield played
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[str]:
    """A desk that trusts the provider."""
    with serve_trusting(tmp_path_factory.mktemp("desk"), provider) as address:
        yield address


@contextmanager
def serve_trusting(folder: Path, provider: Provider, **options: str) -> Iterator[str]:
    """A desk that trusts the provider, and knows Zala by her mail address."""
    people = fill_people(folder / "people.json")
    people.add(Person(name="Zala", role="editor", email="zala@example.org"), None)
    port = find_port()
    secrets = folder / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    secrets.write_text(
        f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = "{"s" * 40}"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "hush"\n'
        f'server_metadata_url = "{provider.address}/.well-known/openid-configuration"\n',
        encoding="utf8",
    )
    with serve_desk(folder, port=port, HOME=str(folder), **options) as address:
        yield address


def come_in(desk: str) -> tuple[httpx.Client, httpx.Response]:
    """Follow the link of the sign-in to the provider and back, as a browser does."""
    client = httpx.Client(base_url=desk)
    page = client.get("/sign-in").text
    link = page.split("class='press' href='")[1].split("'")[0]
    return client, client.get(link, follow_redirects=True)


def test_whom_the_provider_vouches_for_comes_in_with_the_role_of_the_people_file(desk: str, provider: Provider) -> None:
    provider.claims = {"email": "Zala@example.org", "name": "Somebody else", "email_verified": True}
    client, page = come_in(desk)
    assert page.status_code == 200 and "desk.js" in page.text
    assert client.get(REVISION).status_code == 200
    assert [cookie for cookie in client.cookies if cookie.startswith("_streamlit_user")] == []


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@example.org"},
        {"email": "zala@example.org", "email_verified": False},
        {"name": "Zala"},
        {"email": ["zala@example.org"]},
    ],
)
def test_nobody_else_comes_in(desk: str, provider: Provider, claims: dict[str, Any]) -> None:
    provider.claims = claims
    client, page = come_in(desk)
    assert page.url.path == "/sign-in" and "may not sign in here" in page.text
    assert client.get(REVISION).status_code == 401


def test_strangers_may_read_where_the_settings_say_so(tmp_path: Path, provider: Provider) -> None:
    provider.claims = {"email": "stranger@example.org", "name": "A Stranger"}
    with serve_trusting(tmp_path, provider, BORDER_INCIDENTS_UNKNOWN_PEOPLE="viewer") as desk:
        client, page = come_in(desk)
        assert page.status_code == 200
        assert client.put("/_stcore/upload_file/session/file").status_code == 403


def test_a_password_opens_nothing_where_there_is_a_provider(desk: str) -> None:
    client = httpx.Client(base_url=desk)
    page = client.get("/sign-in").text
    assert "<form" not in page and "password" not in page.split("<body>")[1]
    form = {"name": EDITOR, "password": PASSWORD, "form": client.cookies["border_incidents_form"]}
    assert client.post("/sign-in", data=form, headers={"Origin": desk}).status_code == 403


def test_a_word_that_streamlit_did_not_sign_opens_nothing(desk: str) -> None:
    cookies = {"_streamlit_user": json.dumps({"email": "zala@example.org", "is_logged_in": True, "iat": time.time()})}
    answer = httpx.get(f"{desk}/sign-in", cookies=cookies)
    assert answer.status_code == 200 and "border_incidents_desk" not in answer.headers.get("set-cookie", "")


def _told(**claims: Any) -> dict[str, Any]:
    return {"iss": "a", "sub": "7", "iat": time.time(), "email": "zala@example.org", **claims}


@pytest.fixture
def door(tmp_path: Path) -> Door:
    """A door with a provider."""
    people = People(tmp_path / "people.json")
    people.add(Person(name="Zala", role="editor", email="zala@example.org"), None)
    return Door(people=people, providers=("default",))


def test_a_word_is_taken_once_and_while_it_is_fresh(door: Door) -> None:
    told = _told()
    token = door.admit(told)
    assert token and door.who(token) == Person(name="Zala", role="editor", email="zala@example.org")
    assert door.admit(told) is None
    assert door.admit(_told(iat=time.time() - 601)) is None
    assert door.admit(_told(iat=time.time() + 3600)) is None
    assert door.admit(_told(iat="now")) is None


def test_who_is_taken_out_of_the_people_is_out_at_once(door: Door) -> None:
    token = door.admit(_told())
    door.people.remove("Zala")
    assert token and door.who(token) is None
