"""How fast articles are read: rates in one process after its start, then the start and the memory of the command."""

from __future__ import annotations

import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from geo.articles import read_articles
from geo.cli.read import answer_line
from geo.errors import ArticleError
from geo.model import Article
from geo.pipeline import load_tools
from geo.recognition import find_toponyms
from geo.resolution import resolve_toponyms
from geo.samples import list_samples
from geo.text import prepare_document

from .serving import ROOT, peak_memory_mb

BORDER = "AF-PK"
WORDS = 400
"""Length of an ordinary news article."""
REPEATS = 3
STARTS = 5
IMPORT = "import time; t = time.perf_counter(); import geo.cli; print(time.perf_counter() - t)"
NUMBER = re.compile(r"(?<![\d,.:/-])[1-9]\d?(?![\d,.:/-])")


def measure(count: int) -> dict[str, float]:
    """All figures of reading so many articles."""
    articles = list(vary_articles(count))
    lines = [_line(article) for article in articles]
    briefs = [_line(article) for article in vary_articles(count, words=0)]
    words = sum(len(article.text.split()) for article in articles)
    command = _run_command(lines)
    return {
        "articles": count,
        "words_of_an_article": round(words / count),
        "read_articles_per_second": count / _best(lambda: _read(lines)),
        "read_sample_reports_per_second": count / _best(lambda: _read(briefs)),
        "found_and_resolved_articles_per_second": count / _best(lambda: _find_and_resolve(articles)),
        "start_to_first_answer_ms": statistics.median(_first_answer_ms(lines[0]) for _ in range(STARTS)),
        "import_geo_cli_ms": statistics.median(_import_ms() for _ in range(STARTS)),
        "command_articles_per_second": command[0],
        "command_peak_memory_mb": command[1],
    }


def vary_articles(count: int, *, words: int = WORDS) -> Iterator[Article]:
    """Sample reports, lengthened to so many words by paragraphs of others in their language, small numbers changed."""
    rng = random.Random(7)
    paragraphs: dict[str, list[str]] = defaultdict(list)
    reports: list[Article] = []
    for article in (article for path in list_samples() for article in read_articles(path)):
        if isinstance(article, ArticleError):
            raise article
        reports.append(article)
        paragraphs[article.language or "en"] += article.text.split("\n\n")
    for number in range(count):
        report = reports[number % len(reports)]
        text = report.text
        while len(text.split()) < words:
            text += "\n\n" + rng.choice(paragraphs[report.language or "en"])
        varied = NUMBER.sub(lambda found: str(int(found.group()) + rng.randint(0, 9)), text)
        yield Article(id=str(number), text=varied, published=report.published, language=report.language)


def _line(article: Article) -> bytes:
    published = article.published.isoformat() if article.published else None
    return json.dumps({"id": article.id, "text": article.text, "published": published}).encode()


def _read(lines: Sequence[bytes]) -> None:
    """The whole of ``read``: bytes in, bytes out."""
    for line in lines:
        _, was_read = answer_line(line, border=BORDER)
        if not was_read:
            raise RuntimeError("an article could not be read")


def _find_and_resolve(articles: Sequence[Article]) -> None:
    """Names and the places they mean, without dates, claims and incidents."""
    gazetteer = load_tools(BORDER).gazetteer
    for article in articles:
        document = prepare_document(article.text, language=article.language)
        resolve_toponyms(document, find_toponyms(document, gazetteer), gazetteer, border=BORDER)


def _best(act: Callable[[], None]) -> float:
    """Seconds of one core in the fastest of a few runs, after one that warms up."""
    times = []
    for _ in range(REPEATS + 1):
        started = time.process_time()
        act()
        times.append(time.process_time() - started)
    return min(times[1:])


def _command() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "geo.cli", "read"]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _ask(process: subprocess.Popen[bytes], line: bytes) -> None:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(line + b"\n")
    process.stdin.flush()
    if not process.stdout.readline():
        raise RuntimeError("border-incidents read ended without an answer")


def _first_answer_ms(line: bytes) -> float:
    """From the start of the command to its answer to one article."""
    started = time.perf_counter()
    with _command() as process:
        _ask(process, line)
        took = time.perf_counter() - started
    return took * 1000


def _run_command(lines: Sequence[bytes]) -> tuple[float, float]:
    """Articles per second through the command line by line, and the most memory it held, in MB."""
    with _command() as process:
        _ask(process, lines[0])
        started = time.perf_counter()
        for line in lines:
            _ask(process, line)
        took = time.perf_counter() - started
        return len(lines) / took, peak_memory_mb(process.pid)


def _import_ms() -> float:
    printed = subprocess.run([sys.executable, "-c", IMPORT], cwd=ROOT, capture_output=True, check=True)
    return float(printed.stdout) * 1000
