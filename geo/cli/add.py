"""``add``: files, folders and standard input into the store, one line per article."""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from geo.articles import list_files, read_articles, read_bytes, read_page
from geo.cli.streams import open_source, report_error, write_line, write_note
from geo.errors import ArticleError, BorderIncidentsError, FetchError
from geo.fetch import fetch_page
from geo.model import Article
from geo.pipeline import Added, Tools, add_article, ask_for_places, load_tools
from geo.settings import byte_limit
from geo.store import Store, open_store

log = logging.getLogger(__name__)


def run(arguments: argparse.Namespace) -> int:
    """Read everything named into the store; 3 when something could not be read."""
    time = datetime.now(UTC)
    store = open_store(arguments.store)
    tools = ask_for_places(load_tools(arguments.border, store.aliases(arguments.border)), store)
    counts: Counter[str] = Counter()
    articles = (article for source in arguments.sources for article in _read_source(source, time))
    for article in articles:
        added = article if isinstance(article, ArticleError) else add_guarded(store, article, tools, time)
        if isinstance(added, ArticleError):
            report_error(added)
            counts["errors"] += 1
        else:
            write_line(_describe(added))
            counts["there" if added.already_there else "added"] += 1
            counts["incidents"] += len(added.incidents)
    write_note(
        f"{counts['added']:,} articles added with {counts['incidents']:,} incidents, "
        f"{counts['there']:,} were there already, {counts['errors']:,} could not be read"
    )
    return 3 if counts["errors"] else 0


def add_guarded(store: Store, article: Article, tools: Tools, time: datetime) -> Added | ArticleError:
    """Read an article into the store; a fault of our own code in it is an error in its place."""
    try:
        return add_article(store, article, tools, time=time)
    except BorderIncidentsError:
        raise  # of the store: the next article would fare no better
    except Exception:  # the boundary: one article must not end the run, and the log has the traceback
        log.exception("article %r could not be read", article.id)
        return ArticleError(f"{article.title or article.id}: it could not be read because of a fault in this program")


def _read_source(source: str, time: datetime) -> Iterator[Article | ArticleError]:
    if source == "-":
        yield _read_input(time)
    elif source.startswith(("http://", "https://")):
        yield _read_address(source, time)
    else:
        files = list_files(Path(source))
        if not files:
            yield ArticleError(f"{source}: there is no file in this folder", "unreadable")
        for path in files:
            yield from read_articles(path, retrieved=time)


def _read_address(source: str, time: datetime) -> Article | ArticleError:
    try:
        page = fetch_page(source)
        return read_page(page.body, kind=page.kind, address=page.address, retrieved=time, charset=page.charset)
    except (FetchError, ArticleError) as error:
        return ArticleError(f"{source}: {error}", error.code)


def _read_input(time: datetime) -> Article | ArticleError:
    with open_source("-") as stream:
        data = stream.read(byte_limit() + 1)
    try:
        return read_bytes(data, name="standard input", retrieved=time)
    except ArticleError as error:
        return ArticleError(f"standard input: {error}", error.code)


def _describe(added: Added) -> str:
    """Id, incident ids and flags, separated by tabs; a dash where there is none."""
    flags = (*added.flags, "already_there") if added.already_there else added.flags
    incidents = ",".join(incident.id for incident in added.incidents)
    return "\t".join((added.article.id, incidents or "-", ",".join(flags) or "-"))
