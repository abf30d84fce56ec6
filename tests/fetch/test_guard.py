"""Addresses from articles, feeds and readers lead to the public internet or nowhere."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import FetchError
from geo.fetch.addresses import read_address
from geo.fetch.network import INTERNET, is_public
from tests.fetch.web import PUBLIC, Web

LOCAL_NUMBERS = [
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.0.0.5", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::10.0.0.1", "2002:7f00:1::", "2002:a9fe:a9fe::1",
    "2001:0:7f00:1::", "2001:db8::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "100::1", "5f00::1",
]  # fmt: skip
PUBLIC_NUMBERS = [PUBLIC, "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:101:101::1"]

FORMS = [
    # loopback and its other spellings
    "http://127.0.0.1/", "http://localhost/", "http://localhost./", "http://LOCALHOST/", "http://127.1/",
    "http://2130706433/", "http://0177.0.0.1/", "http://017700000001/", "http://0x7f.0.0.1/", "http://0x7f000001/",
    "http://0x7f.1/", "http://127.0.0.1./", "http://127.000.000.001/", "http://0/", "http://0.0.0.0/",
    "http://１２７.０.０.１/", "http://127。0。0。1/", "http://①②⑦.⓪.⓪.①/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "http://127.0.0.1%2f@desk.example/", "http://%31%32%37.0.0.1/", "http://127.0.0.1%00.desk.example/",
    # IPv6, mapped and with zones
    "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:0:0:1]/",
    "http://[fd00:ec2::254]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/",
    "http://[::1%25lo]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[::1", "http://::1/",
    # private networks and services of the cloud
    "http://10.0.0.1/", "http://192.168.0.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/", "http://0xa9fea9fe/", "http://169.254.43518/", "http://100.100.100.200/",
    # users, other schemes and ports
    "http://desk.example@127.0.0.1/", "http://user:secret@desk.example/", "http://@desk.example/",
    "http://desk.example\\@127.0.0.1/", "http://127.0.0.1\\.desk.example/", "file:///etc/passwd", "file://localhost/",
    "gopher://desk.example/", "ftp://desk.example/", "dict://127.0.0.1:11211/", "data:text/html,x",
    "javascript:alert(1)", "jar:http://desk.example/", "//desk.example/", "desk.example", "/etc/passwd", "",
    "http://", "https:///path",
    "http:desk.example", "http://desk.example:22/", "http://desk.example:8501/", "http://desk.example:0/",
    "http://desk.example:65616/", "http://desk.example:-80/", "http://desk.example:８０８０/", "http://desk.example:x/",
    # broken names
    "http://desk..example/", "http://.desk.example/", "http://desk.example../", "http://-desk.example/",
    "http://desk example/", "http://desk\t.example/", "http://desk.example\r\nHost: x/", "http://desk\x00.example/",
    "http://" + "a" * 64 + ".example/", "http://" + "a." * 130 + "example/", "http://desk.example/" + "a" * 5000,
    "http://xn--/", "http://ａ⁄b.example/", "http://desk.example。/\\",
]  # fmt: skip


@pytest.mark.parametrize("number", LOCAL_NUMBERS)
def test_a_name_that_lives_in_a_private_network_is_not_connected_to(web: Web, number: str) -> None:
    web.numbers["inside.example"] = [[number]]
    with pytest.raises(FetchError) as told:
        web.fetcher().fetch_page("http://inside.example/")
    assert told.value.code == "not_allowed"
    assert (web.tried, web.connections) == ([], 0)


@pytest.mark.parametrize("number", PUBLIC_NUMBERS)
def test_a_name_with_a_public_number_is_connected_to_by_that_number(web: Web, number: str) -> None:
    web.numbers["desk.example"] = [[number]]
    web.publish("desk.example/", "<p>news")
    assert web.fetcher().fetch_page("http://desk.example/").body == b"<p>news"
    assert set(web.tried) == {(number, 80)}


@pytest.mark.parametrize("address", FORMS)
def test_no_form_of_an_address_leads_inside(web: Web, address: str) -> None:
    """The names of this table resolve to what the system's resolver would make of them, or to loopback."""
    for name in ("localhost", "127.1", "0x7f.1"):
        web.numbers[name] = [["127.0.0.1"]]
    with pytest.raises(FetchError) as told:
        web.fetcher().fetch_page(address)
    assert told.value.code in ("bad_address", "not_allowed"), str(told.value)
    assert (web.tried, web.connections) == ([], 0)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_leads_inside(web: Web, status: int) -> None:
    """A bare path or name leads on within the site, where it is not found; all else is refused."""
    web.numbers["localhost"] = [["127.0.0.1"]]
    fetcher = web.fetcher()
    for form in (form for form in FORMS if "\r" not in form and "\x00" not in form):
        web.publish("desk.example/", status=status, headers={"Location": form.encode().decode("latin-1")})
        with pytest.raises(FetchError):
            fetcher.fetch_page("http://desk.example/")
    assert set(web.tried) == {(PUBLIC, 80)}
    assert {asked.host for asked in web.asked} == {"desk.example"}
    assert len(web.asked) > len(FORMS)


def test_each_of_a_chain_of_redirects_is_judged(web: Web) -> None:
    web.publish("desk.example/", status=302, headers={"Location": "http://other.example/"})
    web.publish("other.example/", status=302, headers={"Location": "http://inside.example/"})
    web.numbers["inside.example"] = [["10.0.0.1"]]
    with pytest.raises(FetchError) as told:
        web.fetcher().fetch_page("http://desk.example/")
    assert told.value.code == "not_allowed"
    assert [asked.host for asked in web.asked] == ["desk.example", "desk.example", "other.example", "other.example"]


def test_a_name_is_resolved_once_for_each_connection_so_that_a_second_answer_changes_nothing(web: Web) -> None:
    """DNS rebinding: the first answer is public, every later one is loopback."""
    web.numbers["desk.example"] = [[PUBLIC], ["127.0.0.1"]]
    web.publish("desk.example/robots.txt", "", kind="text/plain")
    with pytest.raises(FetchError) as told:
        web.fetcher().fetch_page("http://desk.example/")
    assert told.value.code == "not_allowed"
    assert web.tried == [
        (PUBLIC, 80)
    ]  # for robots.txt; the page's own connection saw the second answer and was refused
    assert web.resolved == ["desk.example", "desk.example"]


def test_what_was_judged_is_what_is_connected_to(web: Web) -> None:
    """The name is asked once for robots.txt and once for the page; a third answer is never heard."""
    web.numbers["desk.example"] = [[PUBLIC], ["1.1.1.1"], ["127.0.0.1"]]
    web.publish("desk.example/", "<p>news")
    assert web.fetcher().fetch_page("http://desk.example/").body == b"<p>news"
    assert web.tried == [(PUBLIC, 80), ("1.1.1.1", 80)]
    assert web.resolved == ["desk.example", "desk.example"]


def test_one_private_number_among_public_ones_condemns_the_name(web: Web) -> None:
    web.numbers["desk.example"] = [[PUBLIC, "10.0.0.1"]]
    with pytest.raises(FetchError) as told:
        web.fetcher().fetch_page("http://desk.example/")
    assert told.value.code == "not_allowed"
    assert web.tried == []


def test_the_environment_names_no_proxy(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{web.port}")
    web.publish("desk.example/", "<p>news")
    assert web.fetcher().fetch_page("http://desk.example/").status == 200
    assert set(web.tried) == {(PUBLIC, 80)}


def test_the_real_network_refuses_loopback_too() -> None:
    """No test's network stands in between: a server that counts listens here and hears nothing."""
    from geo.fetch import fetch_page

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        for address in ("http://localhost/", "http://127.0.0.1/", "http://[::1]/"):
            with pytest.raises(FetchError) as told:
                fetch_page(address)
            assert told.value.code == "not_allowed"
        with pytest.raises(FetchError, match="port"):
            fetch_page(f"http://127.0.0.1:{server.getsockname()[1]}/")
        with pytest.raises(BlockingIOError):
            server.accept()
    assert "127.0.0.1" in INTERNET.resolve("localhost")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://Desk.Example/a?b=c#d", "https://desk.example/a?b=c"),
        ("http://desk.example:80", "http://desk.example/"),
        ("https://desk.example:443/", "https://desk.example/"),
        ("http://desk.example:443/", "http://desk.example:443/"),
        (" https://desk.example/a b.pdf ", "https://desk.example/a%20b.pdf"),
        ("https://desk.example/%D8%AE?q=خ", "https://desk.example/%D8%AE?q=%D8%AE"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://خبر.example./", "https://xn--ngblk.example/"),
        ("http://a_b.example/", "http://a_b.example/"),
        ("http://1.1.1.1/", "http://1.1.1.1/"),
        ("http://[2606:4700::1111]/x", "http://[2606:4700::1111]/x"),
    ],
)
def test_an_honest_address_is_written_in_one_way(written: str, read: str) -> None:
    assert str(read_address(written)) == read


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "http://[", "http://desk.example"]))
def test_any_text_is_an_address_or_refused(text: str, start: str) -> None:
    try:
        address = read_address(start + text)
    except FetchError as error:
        assert (error.code, bool(str(error))) == ("bad_address", True)
    else:
        assert str(address).isascii()
        assert read_address(str(address)) == address
        assert "@" not in address.authority


@given(st.ip_addresses())
def test_what_is_public_is_global_and_no_multicast(number: object) -> None:
    if is_public(number):  # type: ignore[arg-type]
        assert number.is_global or number.ipv4_mapped or number.sixtofour or str(number).startswith("64:ff9b::")  # type: ignore[attr-defined]
        assert not number.is_multicast  # type: ignore[attr-defined]
