"""``read``: articles in, one answer a line out; the same answers in the same order for any number of processes."""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from geo.articles import list_files, read_articles
from geo.cli.streams import open_source, open_target, write_note
from geo.errors import ArticleError
from geo.exchange import contract
from geo.model import Article, Reading
from geo.pipeline import load_tools, read_article
from geo.settings import byte_limit

log = logging.getLogger(__name__)

Answer = tuple[bytes, bool]
"""The bytes to write, and whether the line could be read."""
Line = bytes | ArticleError | None
"""An input line; None for one longer than allowed, an error for a file of a folder that cannot be read."""


def run(arguments: argparse.Namespace) -> int:
    """Answer every line of the input; 3 when some could not be read."""
    load_tools(arguments.border)  # a border that does not exist fails before anything is written
    count = errors = 0
    with (
        _open_lines(arguments.source) as lines,
        open_target(arguments.target) as target,
        closing(_answer_lines(lines, arguments)) as answers,
    ):
        for written, was_read in answers:
            target.write(written)
            target.flush()  # who feeds us line by line through a pipe waits for it
            count += 1
            errors += not was_read
    if errors:
        write_note(f"border-incidents: {errors:,} of {count:,} lines could not be read; their answers say why")
    return 3 if errors else 0


@contextmanager
def _open_lines(name: str) -> Iterator[Iterator[Line]]:
    """The lines of a file or of standard input; of a folder, one for each article in it, by file name."""
    if name != "-" and Path(name).is_dir():
        articles = (article for path in list_files(Path(name)) for article in read_articles(path))
        yield (a if isinstance(a, ArticleError) else contract.article_as_line(a) for a in articles)
        return
    with open_source(name) as source:
        yield contract.split_lines(source, limit=byte_limit())


def answer_line(line: Line, *, border: str, as_table: bool = False) -> Answer:
    """The answer to one line; whatever goes wrong with it is said in the answer."""
    identity, article = None, None
    try:
        if isinstance(line, ArticleError):
            raise line
        if line == b"":
            raise ArticleError("the line is empty", "empty_line")
        record = contract.read_record(line)
        identity = contract.record_id(record)
        article = contract.article_from_record(record)
        reading = read_article(article, load_tools(border))
        return _write_reading(reading, article, as_table=as_table), True
    except ArticleError as error:
        return _write_error(identity, error, as_table=as_table), False
    except Exception:  # the boundary: one article must not end the run, and the log has the traceback
        log.exception("article %r could not be read", identity)
        return _write_error(identity, unforeseen_error(), as_table=as_table), False


def unforeseen_error() -> ArticleError:
    """What is said of an article that our own code fails on."""
    return ArticleError(
        "the article could not be read because of a fault in this program; please report it", "internal"
    )


def _answer_lines(lines: Iterator[Line], arguments: argparse.Namespace) -> Generator[Answer]:
    answer = partial(answer_line, border=arguments.border, as_table=arguments.table)
    if arguments.jobs == 1:
        yield from map(answer, lines)
        return
    from geo.cli.workers import map_in_order

    yield from map_in_order(lines, answer, jobs=arguments.jobs, failed=partial(_answer_crash, as_table=arguments.table))


def _answer_crash(line: Line, *, as_table: bool) -> Answer:
    """The answer to a line that ended the process which read it."""
    try:
        identity = None if isinstance(line, ArticleError) else contract.record_id(contract.read_record(line))
    except ArticleError:
        identity = None
    log.error("article %r ended the process that read it", identity)
    return _write_error(identity, unforeseen_error(), as_table=as_table), False


def _write_reading(reading: Reading, article: Article, *, as_table: bool) -> bytes:
    if as_table:
        from geo.cli.sheet import draw_reading

        return draw_reading(reading, article).encode()
    return _write_json(contract.reading_as_record(reading, article))


def _write_error(identity: str | None, error: ArticleError, *, as_table: bool) -> bytes:
    if as_table:
        return f"{identity or 'no id'}: {error}\n\n".encode(errors="replace")
    return _write_json(contract.error_as_record(identity, error))


def _write_json(record: contract.Json) -> bytes:
    # no record holds itself, so the encoder need not look for that; it takes a tenth of the time
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), check_circular=False).encode() + b"\n"
