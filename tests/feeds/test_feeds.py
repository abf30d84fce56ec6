"""What feeds say, in every dialect, and what hostile ones may not do."""

from __future__ import annotations

import codecs
import json
import string
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ArticleError
from geo.feeds import MOST_ENTRIES, Entry, Feed, clean_address, read_feed, read_limited

HERE = "https://news.example/feeds/world.xml"
RSS_2 = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>The Pass</title><language>en-gb</language><ttl>30</ttl>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
<item><title>Gate &lt;b&gt;shut&lt;/b&gt; &amp;amp; guarded</title><link>/2025/gate?utm_source=rss&amp;id=7#top</link>
<pubDate>Wed, 26 Nov 2025 23:30:00 -0500</pubDate><source url="https://wire.example/f">The Wire</source>
<description>&lt;p&gt;The gate is shut.&lt;/p&gt;&lt;script&gt;hurt()&lt;/script&gt;
&lt;p&gt;Traders wait.&lt;/p&gt;</description></item>
</channel></rss>"""
RSS_1 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="https://news.example/"><title>The Pass</title><link>https://news.example/</link>
<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel>
<item rdf:about="https://news.example/2025/gate"><title>Gate shut</title><link>https://news.example/2025/gate</link>
<dc:date>2025-11-26T23:30:00+05:00</dc:date><dc:language>ps</dc:language></item></rdf:RDF>"""
RSS_091 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>The Pass</title><language>fa</language>
<item><title>Gate shut</title><link>https://news.example/2025/gate</link></item></channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ur" xml:base="https://news.example/ur/"><title>The Pass</title>
<entry><title type="html">Gate &amp;amp; road</title><link rel="enclosure" href="/sound.mp3"/>
<link rel="alternate" href="2025/gate"/><id>urn:x:1</id><published>2025-11-26T01:00:00+05:00</published>
<updated>2025-11-27T01:00:00Z</updated><summary>Traders wait.</summary></entry></feed>"""
JSON_FEED = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "The Pass", "language": "en-US",
    "items": [
        {"id": "1", "url": "/2025/gate", "title": "Gate shut", "date_published": "2025-11-26T23:30:00-05:00",
         "content_html": "<p>Traders <b>wait</b>.</p>"},
        {"id": "2", "title": "Nowhere"}, "no entry", {"id": 3, "url": ["/x"]},
    ],
})  # fmt: skip


def read(markup: str | bytes, address: str = HERE) -> Feed:
    return read_feed(markup.encode() if isinstance(markup, str) else markup, address=address)


def rss(*items: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>t</title>{"".join(items)}</channel></rss>'


def item(link: str, extra: str = "") -> str:
    return f"<item><title>Gate</title><link>{link}</link>{extra}</item>"


def test_rss_2_tells_address_day_outlet_and_words() -> None:
    feed = read(RSS_2)
    assert (feed.title, feed.least_s, feed.left_out, feed.cut) == ("The Pass", 1800.0, 0, False)
    assert feed.entries == (
        Entry(
            address="https://news.example/2025/gate?id=7", title="Gate shut & guarded", published=date(2025, 11, 26),
            publisher="The Wire", language="en", summary="The gate is shut. Traders wait.",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("markup", "title", "day", "language", "least_s"),
    [
        (RSS_1, "Gate shut", date(2025, 11, 26), "ps", 21_600.0),
        (RSS_091, "Gate shut", None, "fa", 0.0),
        (ATOM, "Gate & road", date(2025, 11, 26), "ur", 0.0),
        (JSON_FEED, "Gate shut", date(2025, 11, 26), "en", 0.0),
    ],
)
def test_every_dialect_tells_the_same(markup: str, title: str, day: date | None, language: str, least_s: float) -> None:
    feed = read(markup)
    (entry,) = feed.entries
    assert entry.address in ("https://news.example/2025/gate", "https://news.example/ur/2025/gate")
    assert (entry.title, entry.published, entry.language) == (title, day, language)
    assert (feed.title, feed.least_s) == ("The Pass", least_s)


def test_entries_of_a_json_feed_without_an_address_are_counted() -> None:
    assert read(JSON_FEED).left_out == 3


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Wed, 26 Nov 2025 23:59:00 +0430", date(2025, 11, 26)),
        ("26 Nov 2025 00:10:00 GMT", date(2025, 11, 26)),
        ("2025-11-26", date(2025, 11, 26)),
        ("2025-11-26T00:10:00.123+14:00", date(2025, 11, 26)),
        ("Wed, 26 Nov 2025 23:59:00 PKT", date(2025, 11, 26)),
        ("tomorrow", None),
        ("9999999999-01-01", None),
    ],
)
def test_a_day_is_that_of_the_zone_it_is_written_in(written: str, day: date | None) -> None:
    (entry,) = read(rss(item("/a", f"<pubDate>{written}</pubDate>"))).entries
    assert entry.published == day


def test_addresses_that_are_no_pages_are_left_out() -> None:
    links = [
        "javascript:hurt()", "file:///etc/passwd", "data:text/html,x", "ftp://news.example/x", "", "http://",
        "https://me:secret@news.example/", "https://news.example:8080/x", "https://news.example/ok",
        "mailto:a@b.example",
    ]  # fmt: skip
    feed = read(rss(*map(item, links)))
    assert [entry.address for entry in feed.entries] == ["https://news.example/ok"]
    assert feed.left_out == len(links) - 1


def test_one_page_under_several_addresses_is_one_entry() -> None:
    links = ["/a?utm_source=x&amp;utm_medium=rss", "HTTPS://NEWS.example:443/a", "/a#part", "/a?fbclid=1", "/b?page=2"]
    found = [entry.address for entry in read(rss(*map(item, links))).entries]
    assert found == ["https://news.example/a", "https://news.example/b?page=2"]


@pytest.mark.parametrize("declared", ["utf-8", "windows-1256", "utf-16"])
def test_letters_arrive_whatever_the_encoding(declared: str) -> None:
    markup = (
        f'<?xml version="1.0" encoding="{declared}"?>' + rss("<item><title>طورخم</title><link>/a</link></item>")[21:]
    )
    assert read(markup.encode(declared)).entries[0].title == "طورخم"


def test_a_feed_whose_encoding_is_broken_is_read_with_what_can_be_read() -> None:
    broken = rss("<item><title>Gate \x92shut</title><link>/a</link></item>").encode("latin-1")
    (entry,) = read(broken).entries
    assert entry.title is not None
    assert entry.title.startswith("Gate")
    mixed = '<?xml version="1.0" encoding="ascii"?><rss><channel><item><link>/a</link><title>درې \ufffe'.encode()
    assert read(mixed + b"\xff\xfe</title></item></channel></rss>").entries[0].address == "https://news.example/a"


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE, '<!ENTITY a "b">', f"<!-- {'-' * 50} -->{BOMB}"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_feed_that_declares_entities_is_refused(head: str, encoding: str) -> None:
    markup = rss(item("/a", "<description>&a;&b;&x;</description>"), head=head)
    with pytest.raises(ArticleError, match="entities"):
        read(markup.encode(encoding))


def test_an_encoding_that_hides_its_letters_is_not_used() -> None:
    hidden = f'<?xml version="1.0" encoding="utf-7"?>{rss(item("/a"))[21:]}'.encode()
    smuggled = hidden.replace(b"<rss", b"+ADw-!DOCTYPE rss [+ADw-!ENTITY a 'b'+AD4-]+AD4-" + b"<rss")
    assert read(smuggled).entries[0].address == "https://news.example/a"


def test_bytes_that_name_a_file_are_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_text(RSS_2, encoding="utf8")
    with pytest.raises(ArticleError):
        read(str(secret))
    with pytest.raises(ArticleError):
        read(f"<{secret}")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no feed"),
        (b"<!DOCTYPE html><html><body>Gone</body></html>", "web page"),
        (b"Not found", "no feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 5}', "no JSON Feed"),
        (b'{"a": ' * 100_000, "damaged"),
        (b"\xff\xfe\x00\xd8", "no feed"),
    ],
)
def test_what_is_no_feed_is_said_so(data: bytes, sentence: str) -> None:
    with pytest.raises(ArticleError, match=sentence):
        read(data)


def test_of_fifty_thousand_entries_the_first_are_read_and_the_cut_is_told() -> None:
    items = [item(f"/{number}") for number in range(50_000)]
    feed = read(rss(*items))
    assert (len(feed.entries), feed.cut) == (MOST_ENTRIES, True)
    assert feed.entries[0].address == "https://news.example/0"
    told = json.loads(JSON_FEED)
    told["items"] = [{"url": f"/{number}"} for number in range(50_000)]
    assert (len(read(json.dumps(told)).entries), read(json.dumps(told)).cut) == (MOST_ENTRIES, True)


def test_a_feed_that_is_endless_work_is_given_up_in_ten_seconds() -> None:
    started = time.monotonic()
    with pytest.raises(ArticleError) as error:
        read_limited(('<rss version="2.0"><channel>' + "<a>" * 2_000_000).encode(), address=HERE)
    assert error.value.code == "too_large"
    assert time.monotonic() - started < 10.0


@pytest.mark.parametrize("markup", [RSS_2, RSS_1, ATOM, JSON_FEED])
def test_the_process_with_limits_tells_the_same(markup: str) -> None:
    assert read_limited(markup.encode(), address=HERE) == read(markup)


def test_the_process_with_limits_says_what_is_wrong() -> None:
    with pytest.raises(ArticleError, match="web page"):
        read_limited(b"<html></html>", address=HERE)


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"<rss><channel><item><link>/a</link>", b'{"items": [', codecs.BOM_UTF16_LE]),
)
def test_no_bytes_raise_anything_but_a_sentence(data: bytes, begun: bytes) -> None:
    try:
        feed = read(begun + data)
    except ArticleError as error:
        assert str(error)
    else:
        assert all(entry.address.startswith(("http://", "https://")) for entry in feed.entries)


@given(st.text(alphabet=string.printable, max_size=80))
def test_an_address_that_is_clean_stays_as_it_is(written: str) -> None:
    cleaned = clean_address(written, HERE)
    assert cleaned is None or clean_address(cleaned) == cleaned
