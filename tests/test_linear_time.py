"""Reading takes time in step with the length of a text, whatever is in it, and never fails on one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

import pytest

from geo.exchange.contract import reading_as_record
from geo.model import Article
from geo.pipeline import Tools, load_tools, read_article

SHORT, LONG = 1, 4
"""Lengths compared; a text four times as long may take nine times the time: three for each doubling, where quadratic
work would take four."""
MOST_PER_DOUBLING = 3.0
TRIES = 4
"""Timings of a text, of which the best counts: the machine may be busy."""
TOWNS = ["Kabul", "Lahore", "Khost", "Paris", "Quetta", "Chaman", "Torkham", "Springfield", "London", "Berlin"]


def _each(count: int, sentence: str, joiner: str = " ") -> str:
    """A sentence so many times, with another town and another number each time."""
    return joiner.join(sentence.format(town=TOWNS[n % len(TOWNS)], n=n % 90 + 2) for n in range(count))


def _town_names(count: int) -> str:
    """Different names of the gazetteer in one list."""
    gazetteer = load_tools().gazetteer
    records: Iterator[int] = (record for record, _, _ in gazetteer.settlements())
    names = (gazetteer.record(record).name for record in records)
    return ", ".join(islice((name for name in names if name.isascii()), count))


TEXTS: dict[str, Callable[[int], str]] = {
    "letters without a space": lambda size: "a" * (50_000 * size),
    "capitals without a space": lambda size: "Ab" * (25_000 * size),
    "digits without a space": lambda size: "1" * (50_000 * size),
    "full stops": lambda size: "." * (50_000 * size),
    "blank lines": lambda size: "\n" * (50_000 * size) + "end",
    "hyphens": lambda size: "a-" * (25_000 * size),
    "one letter of another script": lambda size: "ا" * (25_000 * size),
    "place names in a list": lambda size: _each(1_000 * size, "{town}", " and "),
    "different place names": lambda size: _town_names(750 * size),
    "sentences with figures": lambda size: _each(250 * size, "At least {n} soldiers were killed, officials said."),
    "figures in many places": lambda size: _each(
        250 * size, "Some {n} men were killed in {town} on Monday, police said."
    ),
    "figures in one sentence": lambda size: _each(200 * size, "killed {n} soldiers and wounded six men in {town},"),
    "bullets": lambda size: _each(250 * size, "- {town}: {n} militants were killed in a raid.", "\n"),
    "a report of many pages": lambda size: _each(
        100 * size,
        "On October 4, forces raided a hideout in {town}. Police said {n} people were wounded. The minister denied it. "
        "Villagers fled to Herat. Trade went on at the border.",
        "\n\n",
    ),
    "dates": lambda size: _each(300 * size, "on Monday, October 6, 2025"),
    "one word of harm": lambda size: "killed " * (1_500 * size),
    "words of harm joined": lambda size: "killed and " * (1_000 * size),
    "one word of saying": lambda size: "officials said, police said, " * (400 * size) + "five were killed",
    "one Dari word of saying": lambda size: "گفت " * (2_500 * size),
    "one Dari sentence": lambda size: "در کابل ده تن کشته شدند و " * (150 * size),
    "brackets never closed": lambda size: "killed ( " * (1_500 * size),
    "links to other stories": lambda size: _each(250 * size, "Read more: {n} killed in {town}", "\n"),
    "mixed scripts": lambda size: (
        "طالبان در کابل گفت که ده تن کشته شدند. Kabul said 10 were killed. В Москве 5 убиты. 在北京。 " * (100 * size)
    ),
    "null characters": lambda size: "Kabul\x00 killed 5\x00. " * (250 * size),
    "halves of surrogate pairs": lambda size: "Kabul \ud800 killed 5 \udfff. " * (250 * size),
}


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools()


def _seconds(text: str, tools: Tools) -> float:
    article = Article(id="long", text=text, published=date(2025, 10, 20))
    start = time.process_time()
    reading_as_record(read_article(article, tools), article)
    return time.process_time() - start


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_takes_less_than_three_times_the_time(name: str, tools: Tools) -> None:
    """Measured over two doublings, and measured again while a busy machine spoils it."""
    short, long = TEXTS[name](SHORT), TEXTS[name](LONG)
    shorts: list[float] = []
    longs: list[float] = []
    for _ in range(TRIES):
        shorts.append(_seconds(short, tools))
        longs.append(_seconds(long, tools))
        if _per_doubling(min(shorts), min(longs)) < MOST_PER_DOUBLING:
            return
    assert _per_doubling(min(shorts), min(longs)) < MOST_PER_DOUBLING


def _per_doubling(short: float, long: float) -> float:
    """Factor for each of the two doublings; a thousandth of a second more or less is no work."""
    return float(((long + 0.001) / (short + 0.001)) ** 0.5)
