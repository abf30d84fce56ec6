"""The door of the desk over HTTP: nothing is to be had without a session, and a session is hard to come by."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from geo.desk.server import REVISION
from geo.ui.parts import DESK_SCRIPT, SCRIPT

from .world import EDITOR, PASSWORD, PUBLISHER, VIEWER, fill_people, serve_desk, sign_in

ROUTES = (
    "/?page=settings",
    REVISION,
    f"/border-incidents/assets/{DESK_SCRIPT}",
    f"/border-incidents/assets/{SCRIPT}",
    "/border-incidents/assets/page/tokens.css",
    "/border-incidents/static/js/index.js",
    "/border-incidents/data/AF-PK/basemap",
    "/border-incidents/data/AF-PK/x/marks",
    "/border-incidents/api/incidents.csv",
    "/border-incidents/nothing",
    "/static/js/index.js",
    "/index.html",
    "/media/x.png",
    "/component/streamlit_folium.st_folium/index.html",
    "/_stcore/health",
    "/_stcore/script-health-check",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/allowed-message-origins",
    "/_stcore/bidi-components/x/y",
    "/_stcore/agent/x",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
    "/favicon.png",
    "//",
    "/sign-in/",
    "/sign-in/fonts/../../data",
    "/border-incidents/health/x",
    "/%2e%2e/%2e%2e/etc/passwd",
)
"""Every kind of address that Streamlit, the dashboard's routes and the desk's answer."""
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")


@pytest.mark.parametrize("method", METHODS)
def test_no_route_answers_without_a_session(desk: str, method: str) -> None:
    with httpx.Client(base_url=desk, cookies={"border_incidents_desk": "guessed"}) as client:
        found = {route: client.request(method, route).status_code for route in ROUTES}
    assert set(found.values()) <= {303, 401, 403, 404, 405}, found
    assert {route for route, status in found.items() if status == 303} <= {"/?page=settings", "//"}
    assert {route for route, status in found.items() if status in (404, 405)} <= {"/sign-in/fonts/../../data"}, found


def test_without_a_provider_there_is_no_way_to_one(desk: str) -> None:
    assert httpx.get(f"{desk}/auth/login").status_code == 401
    client, _ = sign_in(desk, EDITOR)
    assert client.get(REVISION).status_code == 200


def test_files_cannot_be_sent_without_a_session(desk: str) -> None:
    files = {"file": ("a.txt", b"text")}
    answer = httpx.put(f"{desk}/_stcore/upload_file/session/file", files=files)
    assert (answer.status_code, answer.text) == (401, "Sign in to see this.")


@pytest.mark.parametrize("cookie", ["", "border_incidents_desk=", "border_incidents_desk=guessed", "a={; x"])
def test_the_websocket_is_refused_without_a_session(desk: str, cookie: str) -> None:
    headers = {"Cookie": cookie} if cookie else {}
    with pytest.raises(InvalidStatus) as refused:
        connect(f"{desk.replace('http', 'ws')}/_stcore/stream", additional_headers=headers, subprotocols=["streamlit"])  # type: ignore[list-item]
    assert refused.value.response.status_code == 403


def test_the_page_leads_to_the_sign_in_which_leads_back(desk: str) -> None:
    away = httpx.get(f"{desk}/?page=documents&lang=ur")
    assert (away.status_code, away.headers["location"]) == (303, "/sign-in?to=%3Fpage%3Ddocuments%26lang%3Dur")
    _, back = sign_in(desk, EDITOR, to="?page=documents&lang=ur")
    assert (back.status_code, back.headers["location"]) == (303, "/?page=documents&lang=ur")


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "/x", "?a\r\nSet-Cookie: b=c", "?" + "a" * 3000]
)
def test_the_sign_in_leads_nowhere_else(desk: str, to: str) -> None:
    _, answer = sign_in(desk, EDITOR, to=to)
    assert answer.headers["location"] == "/"
    assert len(answer.headers.get_list("set-cookie")) == 2


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(desk: str) -> None:
    client, answer = sign_in(desk, PUBLISHER)
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("border_incidents_desk="))
    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {"httponly", "path=/", "samesite=strict"}
    assert len(cookie.split(";")[0].partition("=")[2]) >= 43
    assert client.get("/").status_code == 200


def test_the_cookie_is_sent_over_https_alone_where_the_public_address_is(folder: Path) -> None:
    with serve_desk(folder, "--public-url", "https://desk.example.org") as address:
        _, answer = sign_in(address, PUBLISHER)
    assert all(
        "secure" in cookie.lower() for cookie in answer.headers.get_list("set-cookie") if "Max-Age=0" not in cookie
    )


def test_who_is_signed_in_gets_the_page_and_its_files(desk: str) -> None:
    client, _ = sign_in(desk, VIEWER)
    page = client.get("/")
    assert page.status_code == 200 and DESK_SCRIPT in page.text
    assert page.headers["cache-control"] == "no-store" and page.headers["x-frame-options"] == "DENY"
    assert client.get(f"/border-incidents/assets/{DESK_SCRIPT}").status_code == 200
    assert client.get("/border-incidents/data/AF-PK/basemap").status_code == 200
    assert client.get(REVISION).text.isdecimal()


def test_a_viewer_sends_no_files(desk: str) -> None:
    client, _ = sign_in(desk, VIEWER)
    for method in ("PUT", "DELETE", "POST"):
        assert client.request(method, "/_stcore/upload_file/session/file").status_code == 403


def test_a_wrong_name_and_a_wrong_password_are_told_alike(desk: str) -> None:
    _, wrong = sign_in(desk, PUBLISHER, "not this password")
    _, unknown = sign_in(desk, "Nobody at all", "not this password")
    said = [answer.text.split('role="alert">')[1].split("<")[0] for answer in (wrong, unknown)]
    assert said == ["The name or the password is wrong."] * 2
    assert [answer.status_code for answer in (wrong, unknown)] == [403, 403]
    assert "not this password" not in wrong.text


def test_a_form_of_another_site_signs_nobody_in(desk: str) -> None:
    client = httpx.Client(base_url=desk)
    client.get("/sign-in")
    token = client.cookies["border_incidents_form"]
    form = {"name": EDITOR, "password": PASSWORD, "form": token}
    answers = [
        client.post("/sign-in", data=form, headers={"Origin": "https://evil.example"}),
        client.post("/sign-in", data=form, headers={"Origin": "null"}),
        client.post("/sign-in", data=form, headers={"Sec-Fetch-Site": "cross-site"}),
        client.post("/sign-in", data={**form, "form": "another"}, headers={"Origin": desk}),
        httpx.post(f"{desk}/sign-in", data=form, headers={"Origin": desk}),
        client.post("/sign-in", json=form, headers={"Origin": desk}),
        client.post("/sign-in", data={**form, "padding": "x" * 20_000}, headers={"Origin": desk}),
    ]
    assert [answer.status_code for answer in answers] == [403] * 7
    assert not any("border_incidents_desk" in answer.headers.get("set-cookie", "") for answer in answers)


def test_signing_out_ends_the_session_everywhere(desk: str) -> None:
    client, _ = sign_in(desk, EDITOR)
    token = client.cookies["border_incidents_desk"]
    assert client.post("/sign-out", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.get(REVISION).status_code == 200
    gone = client.post("/sign-out", headers={"Origin": desk})
    assert (gone.status_code, gone.headers["location"]) == (303, "/sign-in")
    assert httpx.get(f"{desk}{REVISION}", cookies={"border_incidents_desk": token}).status_code == 401


def test_who_is_taken_out_of_the_people_is_out_at_once(tmp_path: Path) -> None:
    people = fill_people(tmp_path / "people.json")
    with serve_desk(tmp_path) as address:
        client, _ = sign_in(address, EDITOR)
        assert client.get(REVISION).status_code == 200
        people.remove(EDITOR)
        assert client.get(REVISION).status_code == 401


def test_attempts_become_rarer_and_rarer_and_the_log_names_nobody(tmp_path: Path) -> None:
    fill_people(tmp_path / "people.json")
    with serve_desk(tmp_path, BORDER_INCIDENTS_LOG="debug") as address:
        found = [sign_in(address, EDITOR, "guess number one")[1] for _ in range(7)]
        assert [answer.status_code for answer in found][:5] == [403] * 5
        assert 429 in {answer.status_code for answer in found[5:]}
        refused = next(answer for answer in found if answer.status_code == 429)
        assert int(refused.headers["retry-after"]) >= 1
        _, right = sign_in(address, EDITOR)
        assert right.status_code in (429, 303)
    log = (tmp_path / "log").read_text(errors="replace")
    assert EDITOR not in log and PASSWORD not in log and "guess number" not in log


def test_the_first_start_shows_how_to_let_the_first_person_in_and_knows_no_password(tmp_path: Path) -> None:
    with serve_desk(tmp_path) as address:
        page = httpx.get(f"{address}/sign-in")
        assert "border-incidents people add" in page.text and "<form" not in page.text
        assert sign_in_blind(address).status_code == 403
        elsewhere = httpx.get(f"{address}/sign-in", headers={"Host": "desk.example.org"})
        assert "border-incidents people add" not in elsewhere.text
    assert "border-incidents people add" in (tmp_path / "log").read_text()


def sign_in_blind(address: str) -> httpx.Response:
    """Sign in without a form, as there is none."""
    return httpx.post(f"{address}/sign-in", data={"name": "admin", "password": "admin"}, headers={"Origin": address})


def test_the_sign_in_page_runs_nothing_and_asks_nobody(desk: str) -> None:
    page = httpx.get(f"{desk}/sign-in?to=%3F%22%3E%3Cscript%3E", headers={"Accept-Language": "ur,en"})
    assert '<html lang="ur" dir="rtl">' in page.text and "<script" not in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("lang", ["en", "ur", "ps", "fa"])
def test_the_sign_in_speaks_every_language(desk: str, lang: str) -> None:
    page = httpx.get(f"{desk}/sign-in?lang={lang}").text
    assert f'lang="{lang}"' in page and "sign." not in page.split("<body>")[1]


def test_a_link_from_another_site_is_asked_for_again_from_here(desk: str) -> None:
    """The cookie does not come along from there; the second time it does."""
    away = httpx.get(f"{desk}/?incident=clash", headers={"Sec-Fetch-Site": "cross-site"})
    assert away.status_code == 200 and 'http-equiv="refresh"' in away.text and len(away.text) < 200


def test_a_form_in_letters_of_no_alphabet_of_ours_is_refused_as_any_other(desk: str) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    spelt = httpx.post(f"{desk}/sign-in", content="form=%C3%A9", headers={**kind, "Cookie": "border_incidents_form=a"})
    octal = {**kind, "Cookie": 'border_incidents_form="\\303\\251"'}
    broken = {**kind, "Cookie": "border_incidents_form=a", "Origin": "http://["}
    answers = [spelt, *(httpx.post(f"{desk}/sign-in", content="form=a", headers=told) for told in (octal, broken))]
    assert [answer.status_code for answer in answers] == [403] * 3


@pytest.mark.parametrize("origin", ["http://localhost:3000", "http://127.0.0.1:9", "http://0.0.0.0"])
def test_no_page_of_another_port_works_in_a_session(desk: str, origin: str) -> None:
    client, _ = sign_in(desk, PUBLISHER)
    told = {"Cookie": f"border_incidents_desk={client.cookies['border_incidents_desk']}", "Origin": origin}
    with pytest.raises(InvalidStatus) as refused:
        connect(f"{desk.replace('http', 'ws')}/_stcore/stream", additional_headers=told, subprotocols=["streamlit"])  # type: ignore[list-item]
    assert refused.value.response.status_code == 403
