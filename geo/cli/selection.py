"""The incidents a command was asked for, by the same filter that a link has."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

from geo.errors import UsageError
from geo.exchange.table import Selection, select_incidents
from geo.filters import Problem, read_link, write_filter
from geo.pipeline import load_tools
from geo.settings import data_folder, read_option
from geo.store import open_store


def select(arguments: argparse.Namespace) -> Selection:
    """The incidents of the store that match the filter; raises UsageError for a filter that cannot be read."""
    store = open_store(arguments.store, read_only=True)
    now = datetime.now(UTC)
    if not arguments.filter.strip("? "):
        return select_incidents(store, time=now)
    from geo.snapshot import list_known, match, take_snapshot  # numpy takes 0.1 s to import

    tools = load_tools(read_option("BORDER_INCIDENTS_BORDER"))
    snapshot = take_snapshot(store, tools.border, tools.gazetteer)
    link, problems = read_link(arguments.filter, list_known(snapshot))
    if problems:
        raise UsageError("the filter cannot be used: " + " ".join(map(_say, problems)))
    ids = [snapshot.ids[int(index)] for index in match(snapshot, link.filter).nonzero()[0]]
    return select_incidents(store, ids, query=write_filter(link.filter), time=now)


def _say(problem: Problem) -> str:
    """The sentence of a problem, as the page says it in English."""
    words = json.loads((data_folder() / "words" / "en.json").read_text(encoding="utf8"))
    return str(words.get(problem.key, problem.key)).format_map({"key": "", "value": "", **problem.values})
