"""Pages are fetched within limits of time, size and kind, and as the site asks."""

from __future__ import annotations

import datetime as dt
import gzip
import ipaddress
import ssl
import zlib
from pathlib import Path
from time import sleep
from typing import Any

import brotli
import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import FetchError
from geo.fetch import FEED_KINDS, Fetcher, Network
from tests.fetch.web import PUBLIC, Web, run_web

PAGE = "http://desk.example/page"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def fail(web: Web, address: str = PAGE, **options: Any) -> FetchError:
    """The error that fetching gives."""
    with pytest.raises(FetchError) as told:
        web.fetcher(timeout_s=options.pop("timeout_s", 10)).fetch_page(address, **options)
    return told.value


def test_a_page_comes_with_its_last_address_kind_and_encoding(web: Web) -> None:
    web.publish("desk.example/old", status=301, headers={"Location": "/page"})
    web.publish("desk.example/page", "<p>خبر", kind="Text/HTML; Charset=windows-1256", headers={"ETag": '"7"'})
    page = web.fetcher().fetch_page("http://desk.example/old")
    assert (page.address, page.status, page.kind, page.etag) == (PAGE, 200, "text/html", '"7"')
    assert (page.charset, page.body.decode()) == ("windows-1256", "<p>خبر")


def test_five_redirects_are_followed_and_not_a_sixth(web: Web) -> None:
    for number in range(6):
        web.publish(f"desk.example/{number}", status=302, headers={"Location": f"/{number + 1}"})
    web.publish("desk.example/6", "<p>end")
    assert web.fetcher().fetch_page("http://desk.example/1").body == b"<p>end"
    error = fail(web, "http://desk.example/0")
    assert (error.code, "more than 5 times" in str(error)) == ("status", True)


def test_a_redirect_in_letters_of_any_script_is_followed(web: Web) -> None:
    location = "/خبر?q=کنر".encode().decode("latin-1")
    web.publish("desk.example/page", status=302, headers={"Location": location})
    web.publish("desk.example/%D8%AE%D8%A8%D8%B1?q=%DA%A9%D9%86%D8%B1", "<p>x")
    assert web.fetcher().fetch_page(PAGE).status == 200


SAID = [
    b"", b"HTTP/1.1 200 OK\r\n", HEAD, HEAD + b"Content-Length: ", b"HTTP/1.1 302 Found\r\nLocation: ",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n", HEAD + b"Content-Encoding: gzip\r\n\r\n",
    b"HTTP/1.1 503 No\r\nRetry-After: ", b"HTTP/1.1 101 Go\r\n", b"HTTP/1.1 100 Go\r\n",
]  # fmt: skip
ENDS = [b"9" * 5000 + b"\r\n\r\n", b"-1\r\n\r\n", b"\r\n\r\n", b"5\r\nabc", b"http://[\r\n\r\n"]
UNTRUSTING = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@settings(max_examples=300, deadline=None)
@given(start=st.sampled_from(SAID), said=st.binary(max_size=60) | st.sampled_from(ENDS))
def test_whatever_a_server_says_is_a_page_or_an_error(start: bytes, said: bytes) -> None:
    network = Network(lambda host: [PUBLIC], httpcore.MockBackend([start + said]), lambda: UNTRUSTING)
    try:
        page = Fetcher(network, timeout_s=1).fetch_page(PAGE)
        assert page.status in (200, 304)
    except FetchError as error:
        assert error.code in (
            "unreachable",
            "status",
            "kind",
            "robots",
            "timeout",
            "too_large",
            "bad_address",
            "not_allowed",
        )
        assert str(error)


def test_a_page_that_leads_to_itself_ends(web: Web) -> None:
    web.publish("desk.example/page", status=302, headers={"Location": "/page"})
    assert fail(web).code == "status"
    assert len(web.paths()) == 6


def test_what_has_not_changed_is_not_sent_again(web: Web) -> None:
    web.publish("desk.example/page", status=304)
    page = web.fetcher().fetch_page(PAGE, etag='"7"', last_modified="Thu, 16 Oct 2025 08:00:00 GMT")
    assert (page.status, page.body, page.kind) == (304, b"", "")
    headers = web.asked[-1].headers
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"7"', "Thu, 16 Oct 2025 08:00:00 GMT")


def test_a_validator_with_a_line_end_is_not_sent(web: Web) -> None:
    web.publish("desk.example/page", "<p>x")
    web.fetcher().fetch_page(PAGE, etag='"7"\r\nX-Evil: 1')
    assert not {"If-None-Match", "X-Evil"} & set(web.asked[-1].headers)


def test_sites_are_told_who_asks_and_whom_to_write_to(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_CONTACT", "desk@example.org\r\nX-Evil: 1")
    web.publish("desk.example/page", "<p>x")
    web.fetcher().fetch_page(PAGE)
    told = {asked.headers["User-Agent"] for asked in web.asked}
    assert told == {"border-incidents/0.1.0 (+desk@example.orgX-Evil: 1)"}
    assert all("Cookie" not in asked.headers for asked in web.asked)


@pytest.mark.parametrize(
    ("status", "wait", "seconds"),
    [(404, "", None), (429, "120", 120.0), (503, "x", None), (206, "", None), (500, "", None)],
)  # fmt: skip
def test_an_answer_without_a_page_is_told_by_its_status(
    web: Web, status: int, wait: str, seconds: float | None
) -> None:
    web.publish("desk.example/page", "<p>x", status=status, headers={"Retry-After": wait} if wait else {})
    error = fail(web)
    assert (error.code, error.status, error.retry_after_s) == ("status", status, seconds)
    assert str(status) in str(error)


@pytest.mark.parametrize("kind", ["image/png", "application/octet-stream", "application/zip", "video/mp4", ""])
def test_what_is_no_page_is_refused_unread(web: Web, kind: str) -> None:
    web.publish("desk.example/page", b"x" * 100, kind=kind)
    assert fail(web).code == "kind"


def test_each_asks_for_the_kinds_it_can_read(web: Web) -> None:
    web.publish("desk.example/feed", "<rss/>", kind="application/rss+xml")
    assert web.fetcher().fetch_page("http://desk.example/feed", kinds=FEED_KINDS).kind == "application/rss+xml"
    assert fail(web, "http://desk.example/feed").code == "kind"


def test_a_packed_page_is_unpacked(web: Web) -> None:
    web.publish("desk.example/page", gzip.compress(b"<p>news"), headers={"Content-Encoding": "gzip"})
    assert web.fetcher().fetch_page(PAGE).body == b"<p>news"


def test_a_page_larger_than_it_may_be_is_not_read_to_its_end(web: Web) -> None:
    written: list[int] = []

    def write(stream: Any) -> None:
        stream.write(HEAD + b"\r\n")
        for _ in range(1000):
            written.append(stream.write(b"x" * 100_000))

    web.publish("desk.example/page", write=write)
    assert fail(web, most_bytes=1_000_000).code == "too_large"
    assert sum(written) < 50_000_000


def test_a_length_that_is_promised_too_large_ends_it_at_once(web: Web) -> None:
    web.publish("desk.example/page", write=lambda stream: stream.write(HEAD + b"Content-Length: 99999999\r\n\r\n"))
    assert fail(web, most_bytes=1_000_000).code == "too_large"


@pytest.mark.parametrize(
    ("coding", "pack", "code"),
    [
        ("gzip", lambda data: gzip.compress(data), "too_large"),
        ("gzip", lambda data: gzip.compress(gzip.compress(data)), None),
        ("br", lambda data: brotli.compress(data, quality=5), "kind"),
        ("deflate", zlib.compress, "kind"),
        ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data)), "kind"),
        ("zstd", lambda data: b"(\xb5/\xfd" + data[:100], "kind"),
    ],
)
def test_a_bomb_is_not_unpacked(web: Web, coding: str, pack: Any, code: str | None) -> None:
    """100 MB of one letter; packed twice it is only unpacked once, to a small file that is no page."""
    packed = pack(b"x" * 100_000_000)
    web.publish("desk.example/page", packed, headers={"Content-Encoding": coding})
    if code:
        assert fail(web).code == code
    else:
        assert len(web.fetcher().fetch_page(PAGE).body) < 1_000_000


def test_what_is_not_packed_as_it_says_is_told(web: Web) -> None:
    web.publish("desk.example/page", b"plain", headers={"Content-Encoding": "gzip"})
    assert fail(web).code == "unreachable"


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\n", HEAD + b"\r\n"])
def test_a_server_that_drips_is_left_when_the_time_is_over(web: Web, start: bytes) -> None:
    def write(stream: Any) -> None:
        stream.write(start)
        for _ in range(50):
            stream.write(b"x")
            stream.flush()
            sleep(0.05)

    web.publish("desk.example/page", write=write)
    assert fail(web, timeout_s=0.4).code == "timeout"


def test_a_name_server_that_hangs_is_left_when_the_time_is_over(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Web, "resolve", lambda self, host: sleep(2) or [PUBLIC])
    assert fail(web, timeout_s=0.1).code == "timeout"


@pytest.mark.parametrize(
    "said", [b"", b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 200\r\n\x00\r\n\r\n", HEAD + b"A: " + b"x" * 200_000]
)
def test_what_speaks_no_http_is_told(web: Web, said: bytes) -> None:
    web.publish("desk.example/page", write=lambda stream: stream.write(said))
    assert fail(web).code == "unreachable"


def test_a_name_that_is_nowhere_is_told(web: Web) -> None:
    web.numbers["desk.example"] = [[]]
    error = fail(web)
    assert (error.code, str(error)) == ("unreachable", "no server of this name was found")


def test_the_next_number_of_a_host_is_tried_when_one_is_silent(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    reach = Web.connect_tcp

    def connect(self: Web, host: str, port: int, timeout: float | None = None) -> httpcore.NetworkStream:
        if host == "1.0.0.1":
            raise httpcore.ConnectTimeout
        return reach(self, host, port, timeout)

    monkeypatch.setattr(Web, "connect_tcp", connect)
    web.numbers["desk.example"] = [["1.0.0.1", PUBLIC]]
    web.publish("desk.example/page", "<p>x")
    assert web.fetcher().fetch_page(PAGE).status == 200


def make_certificate(folder: Path, name: str) -> Path:
    """A certificate for a name and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + built.public_bytes(serialization.Encoding.PEM))
    return path


def test_the_name_is_verified_though_the_number_is_connected_to(tmp_path: Path) -> None:
    """The server is asked for the name (SNI), and its certificate must be for it."""
    path = make_certificate(tmp_path, "desk.example")
    asked: list[str | None] = []
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    server.sni_callback = lambda connection, name, context: asked.append(name)
    trusting = ssl.create_default_context(cafile=str(path))
    with run_web(server) as web:
        web.publish("desk.example/page", "<p>x")
        fetcher = web.fetcher(tls=trusting)
        assert fetcher.fetch_page("https://desk.example/page").body == b"<p>x"
        assert (set(web.tried), set(asked)) == ({(PUBLIC, 443)}, {"desk.example"})
        for told, tls in (("https://other.example/page", trusting), ("https://desk.example/page", None)):
            with pytest.raises(FetchError) as error:
                web.fetcher(tls=tls).fetch_page(told)
            assert (error.value.code, "certificate" in str(error.value)) == ("unreachable", True)
        assert ipaddress.ip_address(web.tried[-1][0]).is_global
