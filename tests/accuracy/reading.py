"""Articles through ``read``: the same functions in the same order as the command, without its process."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from geo.exchange.contract import article_from_record, read_record, reading_as_record
from geo.pipeline import Tools, load_tools, read_article

from .corpora import Corpus, Record


def answer(line: str, tools: Tools) -> Record:
    """The record that ``read`` writes for a line; raises ArticleError, for a corpus has no bad lines."""
    article = article_from_record(read_record(line.encode()))
    return reading_as_record(read_article(article, tools), article)


def answer_all(lines: Iterable[str]) -> list[Record]:
    """The records for lines, in their order."""
    tools = load_tools()
    return [answer(line, tools) for line in lines]


def write_answers(corpus: Corpus, path: Path) -> list[Record]:
    """Read a corpus, write the answers to a file for the scorer, and return them."""
    answers = answer_all(corpus.questions())
    path.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in answers), encoding="utf8")
    return answers
