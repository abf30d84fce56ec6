"""The incidents a command was asked for, by the same filter that a link has."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from geo.cli.streams import write_note
from geo.errors import StoreError, UsageError
from geo.exchange.formats import Setting
from geo.exchange.table import Selection, select_incidents, select_past
from geo.filters import Known, Link, Problem, read_link, write_filter
from geo.pipeline import load_tools
from geo.settings import read_option
from geo.store import Store, open_store
from geo.wording.words import LANGUAGES, Words, read_words


def select(arguments: argparse.Namespace, *, local: bool = False) -> tuple[Selection, Setting]:
    """The incidents of the store that match the filter, and what they are seen from.

    Those that may not leave this machine are only in a ``local`` selection. Raises UsageError for a filter that cannot
    be read.
    """
    store = open_store(arguments.store, read_only=True, released=not arguments.whole)
    tools = load_tools(read_option("BORDER_INCIDENTS_BORDER"))
    setting = Setting(
        store=store,
        border=tools.border,
        gazetteer=tools.gazetteer,
        public_url=read_option("BORDER_INCIDENTS_PUBLIC_URL"),
    )
    now = datetime.now(UTC)
    at = find_revision(store, arguments.asof) if arguments.asof else None
    if at is not None and at < store.data_revision():
        return _select_past(arguments, setting, at, local=local)
    if not arguments.filter.strip("? "):
        return select_incidents(store, time=now, local=local), setting
    from geo.exchange.asked import describe_filter
    from geo.snapshot import list_known, match, take_snapshot  # numpy takes 0.1 s to import

    snapshot = take_snapshot(store, tools.border, tools.gazetteer)
    link = read_view(arguments.filter, list_known(snapshot, languages=LANGUAGES))
    setting = replace(setting, words=Words(link.lang or "en"))
    ids = [snapshot.ids[int(index)] for index in match(snapshot, link.filter).nonzero()[0]]
    asked = describe_filter(link.filter, tools.gazetteer, setting.words)
    query = write_filter(link.filter)
    return select_incidents(store, ids, query=query, asked=asked, time=now, local=local), setting


def find_revision(store: Store, asked: str) -> int:
    """The data revision of a number, or the last of a day (UTC); raises UsageError for what is neither."""
    if asked.isascii() and asked.isdigit():
        newest = store.data_revision()
        if not 0 < int(asked[:18]) <= newest:
            raise UsageError(f"there is no data revision {asked}; the newest is {newest}")
        return int(asked)
    try:
        day = date.fromisoformat(asked)
        end = datetime.combine(day, time(), UTC) + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--asof {asked} is neither a data revision nor a day such as 2025-10-12") from error
    found = store.revision_before(end)
    if not found:
        raise UsageError(f"the store was empty until after {asked}")
    return found


def _select_past(arguments: argparse.Namespace, setting: Setting, at: int, *, local: bool) -> tuple[Selection, Setting]:
    """The incidents that matched at an earlier data revision, as they were; withdrawn ones only when asked for."""
    from geo.exchange.asked import describe_filter
    from geo.exchange.cutting import cut_kept_back
    from geo.snapshot import list_known, match, take_snapshot

    whole = take_snapshot(setting.store, setting.border, setting.gazetteer, at=at)
    snapshot = whole if local else cut_kept_back(whole, setting.store)
    if whole.past is None:  # somebody wrote meanwhile, or the revision is the newest
        raise StoreError(f"{setting.store.name} changes faster than it can be read; try again in a moment")
    link = read_view(arguments.filter, list_known(snapshot, languages=LANGUAGES))
    setting = replace(setting, words=Words(link.lang or "en"))
    ids = [snapshot.ids[int(index)] for index in match(snapshot, link.filter).nonzero()[0]]
    asked = describe_filter(link.filter, setting.gazetteer, setting.words)
    now, query = datetime.now(UTC), write_filter(link.filter)
    selection = select_past(setting.store, ids, whole.past, query=query, asked=asked, time=now)
    return replace(selection, kept_back=len(whole) - len(snapshot)), setting


def note_kept_back(selection: Selection) -> None:
    """Say how many incidents were left out because they may not leave this machine."""
    if selection.kept_back:
        write_note(
            f"{selection.kept_back:,} incidents of ACLED were left out, for its rows may not be handed on; set "
            "BORDER_INCIDENTS_ACLED_RIGHT to the right by which you may"
        )


def read_view(query: str, known: Known) -> Link:
    """The view that a link's query string asks for; raises UsageError for one of which a part cannot be used."""
    link, problems = read_link(query, known)
    if problems:
        raise UsageError("the filter cannot be used: " + " ".join(map(say_problem, problems)))
    if link.asof is not None:
        raise UsageError("the filter cannot be used: leave asof out; list and export have --asof")
    return link


def say_problem(problem: Problem) -> str:
    """The sentence of a problem, as the page says it in English."""
    sentence = read_words("en").get(problem.key, problem.key)
    return sentence.format_map({"key": "", "value": "", **problem.values})
