"""What a site asks of robots is read as RFC 9309 says, and kept for a day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import FetchError
from geo.fetch.robots import read_rules
from tests.fetch.web import Web

ROBOTS = """\ufeffUser-agent: *
Disallow: /search
Disallow: /*?print=
Disallow: /*.gif$
Allow: /search/about
Crawl-delay: 2.5

User-Agent: other
User-agent: Border-Incidents/9 # us too
Disallow: /private/
allow: /private/open
Disallow:
Disallow: /خبر

User-agent: third
Disallow: /
"""


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("/", True),
        ("/search", True),
        ("/private/x", False),
        ("/private/open/x", True),
        ("/private", True),
        ("/%D8%AE%D8%A8%D8%B1/1", False),
        ("/%d8%ae%d8%a8%d8%b1", False),
    ],
)
def test_the_group_that_names_this_program_counts_alone(target: str, allowed: bool) -> None:
    assert read_rules(ROBOTS.encode()).allow(target) is allowed


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("/search?q=x", False),
        ("/search/about", True),
        ("/a/b?print=1", False),
        ("/a/b?x=1&print=1", True),
        ("/a.gif", False),
        ("/a.gif?x", True),
        ("/a.gif.html", True),
    ],
)
def test_the_group_for_all_counts_for_everybody_else(target: str, allowed: bool) -> None:
    rules = read_rules(ROBOTS.encode(), name="somebody")
    assert rules.allow(target) is allowed
    assert rules.delay_s == 2.5


@pytest.mark.parametrize(
    ("pattern", "target", "fits"),
    [
        ("/a*b*c", "/a1b2c3", True),
        ("/a*b*c$", "/a1b2c3", False),
        ("/a*b*c$", "/abcabc", True),
        ("/a*", "/a", True),
        ("/*a$", "/ba", True),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a*a$", "/a", False),
        ("*/x", "/a/x", True),
        ("/a%2fb", "/a%2Fb", True),
    ],
)
def test_stars_and_ends_of_paths(pattern: str, target: str, fits: bool) -> None:
    assert read_rules(f"User-agent: *\nDisallow: {pattern}".encode()).allow(target) is not fits


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_are_rules(data: bytes, target: str) -> None:
    assert read_rules(b"User-agent: *\nDisallow: " + data).allow("/" + target) in (True, False)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_the_file_allows_everything(web: Web, status: int) -> None:
    web.publish("desk.example/robots.txt", status=status)
    web.publish("desk.example/", "<p>x")
    assert web.fetcher().fetch_page("http://desk.example/").status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_file_cannot_be_had_is_left_alone_for_a_while(web: Web, status: int) -> None:
    time = [0.0]
    web.publish("desk.example/robots.txt", status=status)
    web.publish("desk.example/", "<p>x")
    fetcher = web.fetcher(clock=lambda: time[0])
    for _ in range(2):
        with pytest.raises(FetchError, match="cannot be had now") as told:
            fetcher.fetch_page("http://desk.example/")
        assert told.value.code == "robots"
    assert len(web.asked) == 1
    time[0] = 601
    web.publish("desk.example/robots.txt", "")
    assert fetcher.fetch_page("http://desk.example/").status == 200


def test_what_a_site_keeps_from_robots_is_not_fetched_and_the_file_is_read_once_a_day(web: Web) -> None:
    time = [0.0]
    web.publish("desk.example/robots.txt", ROBOTS)
    web.publish("desk.example/private/open", "<p>x")
    fetcher = web.fetcher(clock=lambda: time[0])
    for _ in range(3):
        with pytest.raises(FetchError, match="asks robots not to") as told:
            fetcher.fetch_page("http://desk.example/private/1")
        assert told.value.code == "robots"
        assert fetcher.fetch_page("http://desk.example/private/open").status == 200
    assert [asked.path for asked in web.asked].count("/robots.txt") == 1
    assert web.paths() == ["/private/open"] * 3
    time[0] = 86_401
    fetcher.fetch_page("http://desk.example/private/open")
    assert [asked.path for asked in web.asked].count("/robots.txt") == 2


def test_a_redirect_to_another_site_asks_that_site(web: Web) -> None:
    web.publish("desk.example/", status=302, headers={"Location": "http://other.example/private/1"})
    web.publish("other.example/robots.txt", "User-agent: *\nDisallow: /private\nCrawl-delay: 7")
    fetcher = web.fetcher()
    with pytest.raises(FetchError) as told:
        fetcher.fetch_page("http://desk.example/")
    assert told.value.code == "robots"
    assert fetcher.find_delay("http://other.example/x") == 7
    assert fetcher.find_delay("http://unknown.example/") is None


def test_a_robots_file_leads_no_further_inside_than_a_page(web: Web) -> None:
    web.publish("desk.example/robots.txt", status=301, headers={"Location": "http://inside.example/robots.txt"})
    web.numbers["inside.example"] = [["127.0.0.1"]]
    with pytest.raises(FetchError) as told:
        web.fetcher().fetch_page("http://desk.example/")
    assert told.value.code == "not_allowed"
    assert len(web.asked) == 1
