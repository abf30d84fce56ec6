"""The incidents a command was asked for, by the same filter that a link has."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import UTC, datetime

from geo.errors import UsageError
from geo.exchange.formats import Setting
from geo.exchange.table import Selection, select_incidents
from geo.filters import Problem, read_link, write_filter
from geo.pipeline import load_tools
from geo.settings import read_option
from geo.store import open_store
from geo.wording.words import LANGUAGES, Words, read_words


def select(arguments: argparse.Namespace) -> tuple[Selection, Setting]:
    """The incidents of the store that match the filter, and what they are seen from.

    Raises UsageError for a filter that cannot be read.
    """
    store = open_store(arguments.store, read_only=True)
    tools = load_tools(read_option("BORDER_INCIDENTS_BORDER"))
    setting = Setting(
        store=store,
        border=tools.border,
        gazetteer=tools.gazetteer,
        public_url=read_option("BORDER_INCIDENTS_PUBLIC_URL"),
    )
    now = datetime.now(UTC)
    if not arguments.filter.strip("? "):
        return select_incidents(store, time=now), setting
    from geo.exchange.asked import describe_filter
    from geo.snapshot import list_known, match, take_snapshot  # numpy takes 0.1 s to import

    snapshot = take_snapshot(store, tools.border, tools.gazetteer)
    link, problems = read_link(arguments.filter, list_known(snapshot, languages=LANGUAGES))
    if problems:
        raise UsageError("the filter cannot be used: " + " ".join(map(_say, problems)))
    setting = replace(setting, words=Words(link.lang or "en"))
    ids = [snapshot.ids[int(index)] for index in match(snapshot, link.filter).nonzero()[0]]
    asked = describe_filter(link.filter, tools.gazetteer, setting.words)
    return select_incidents(store, ids, query=write_filter(link.filter), asked=asked, time=now), setting


def _say(problem: Problem) -> str:
    """The sentence of a problem, as the page says it in English."""
    sentence = read_words("en").get(problem.key, problem.key)
    return sentence.format_map({"key": "", "value": "", **problem.values})
