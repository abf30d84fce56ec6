"""Made-up articles as they come in from many outlets over years: most events told by several, each in its own week."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from geo.articles import read_articles
from geo.errors import ArticleError
from geo.model import Article
from geo.samples import list_samples

WORDS = 400
"""Length of an ordinary news article."""
ARTICLES_OF_AN_EVENT = 4
"""On average; one event in four is told by a single outlet."""
EVENTS_A_WEEK = 20
"""About as many as the coders of conflict databases count in the provinces along the line in a busy year."""
LAST_DAY = date(2025, 11, 26)
OUTLETS = (
    "Border Gazette", "The Pass", "Valley News", "Highland Wire", "Frontier Desk", "River Post", "Crossing Times",
    "Plateau Radio",
)  # fmt: skip

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATE = re.compile(rf"\b(?P<month>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}})(?:, (?P<year>\d{{4}}))?(?!\d)")
_NUMBER = re.compile(r"(?<![\d,.:/-])(?:[2-9]|[1-9]\d)(?![\d,.:/-])")
_TOWNS = (
    "Jalalabad", "Peshawar", "Khost", "Quetta", "Kandahar", "Parachinar", "Asadabad", "Bannu", "Gardez", "Zhob",
    "Spin Boldak", "Chaman", "Landi Kotal", "Sharana", "Miran Shah", "Lashkargah",
)  # fmt: skip
_PEOPLE = ("traders", "drivers", "teachers", "elders", "farmers", "shopkeepers", "doctors", "students", "journalists")
_GOODS = ("tomatoes", "cement", "coal", "onions", "medicine", "flour", "fuel", "grapes", "cloth", "timber")
_VERBS = ("said", "noted", "complained", "recalled", "explained", "wrote in a letter", "told a meeting")
_TALES = (
    "The price of {goods} in {town} rose by {n} percent within a month, {people} {verb}, and {others} expect more.",
    "A road between {town} and {other} has been repaired in parts, {people} {verb}, though {goods} still arrive late.",
    "Schools in {town} are to open again after the holidays; {people} {verb} that books are short in {other}.",
    "{people_} in {town} {verb} that the market for {goods} depends on the weather more than on any ministry.",
    "The governor's office in {town} promised a bridge, a clinic and {n} wells, which {people} {verb} is not new.",
    "Rain was forecast for {town} and {other}, where {people} {verb} that the harvest of {goods} had been poor.",
    "An aid organisation with an office in {town} handed out {goods} to {n} families, {people} {verb}.",
    "Officials in {other} will discuss tariffs on {goods} with those of {town}, {people} {verb}, once they can.",
    "{people_} from {town} met {others} from {other} over tea, and {verb} that they had more in common than not.",
    "The telephone network between {town} and {other} worked again, {people} {verb}, after {n} days of repairs.",
)  # fmt: skip


def make_articles(count: int, *, words: int = WORDS, seed: int = 7) -> Iterator[Article]:
    """So many articles of so many words, in the order they come in; the same seed always makes the same ones."""
    rng = random.Random(seed)
    reports = [report for report in _load_reports() if report.published]
    week = round(count / ARTICLES_OF_AN_EVENT / EVENTS_A_WEEK) + 1
    made = 0
    while made < count:
        told = [
            article
            for report in rng.sample(reports, EVENTS_A_WEEK)
            for article in _tell_event(rng, report, week, words)
        ]
        rng.shuffle(told)
        yield from told[: count - made]
        made += len(told)
        week -= 1


def write_lines(path: Path, count: int, *, words: int = WORDS) -> None:
    """The same articles as a file of JSON Lines."""
    with path.open("w", encoding="utf8") as file:
        for number, article in enumerate(make_articles(count, words=words)):
            record = {"id": str(number), "text": article.text, "title": article.title, "publisher": article.publisher}
            record["published"] = article.published.isoformat() if article.published else None
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _load_reports() -> Iterator[Article]:
    """The sample reports in English: only their dates can be moved to another week."""
    for article in (article for path in list_samples() for article in read_articles(path)):
        if isinstance(article, ArticleError):
            raise article
        if article.language in (None, "en"):
            yield article


def _tell_event(rng: random.Random, report: Article, weeks_ago: int, words: int) -> Iterator[Article]:
    """A report moved to a week, as each of a few outlets tells it: its own figures and news of its own beside it."""
    assert report.published is not None
    days = (LAST_DAY - report.published).days // 7 * 7 - 7 * weeks_ago
    moved = _DATE.sub(lambda found: _move(found, report.published or LAST_DAY, days), report.text)
    told = _NUMBER.sub(lambda found: str(int(found[0]) + rng.randint(0, 5)), moved)
    for outlet in rng.sample(OUTLETS, min(len(OUTLETS), 1 + int(rng.expovariate(1 / (ARTICLES_OF_AN_EVENT - 0.5))))):
        paragraphs = told.split("\n\n")
        while sum(len(paragraph.split()) for paragraph in paragraphs) < words:
            paragraphs.append(_tell_tale(rng))
        text = "\n\n".join(paragraphs)
        published = report.published + timedelta(days=days)
        yield Article(id="", text=text, title=report.title, publisher=outlet, published=published, language="en")


def _move(found: re.Match[str], published: date, days: int) -> str:
    year = int(found["year"] or published.year)
    day = date(year, _MONTHS.index(found["month"]) + 1, int(found["day"])) + timedelta(days=days)
    return f"{_MONTHS[day.month - 1]} {day.day}" + (f", {day.year}" if found["year"] else "")


def _tell_tale(rng: random.Random) -> str:
    """A paragraph of ordinary news in which nothing happens at the border."""
    town, other = rng.sample(_TOWNS, 2)
    people, others = rng.sample(_PEOPLE, 2)
    return rng.choice(_TALES).format(
        town=town, other=other, people=people, people_=people.capitalize(), others=others, goods=rng.choice(_GOODS),
        verb=rng.choice(_VERBS), n=rng.randint(3, 60),
    )  # fmt: skip
