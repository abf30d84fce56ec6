"""The sample reports: what an empty store shows first, read once and only where nothing else has been added."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from geo.articles import list_files, read_articles
from geo.errors import ArticleError, BorderIncidentsError
from geo.model import Article
from geo.pipeline import Added, Tools, add_article
from geo.settings import data_folder
from geo.store import Store

log = logging.getLogger(__name__)


def list_samples() -> list[Path]:
    """The files of the sample reports, one report each, oldest first."""
    return list_files(data_folder() / "articles")


def lacks_samples(store: Store) -> bool:
    """Whether the sample reports are to be read: into a store that is empty, or holds some of them and nothing else."""
    own = store.read_columns({"article": ("own_wording",)}).tables["article"]["own_wording"]
    return len(own) < len(list_samples()) and all(own)


def read_samples(store: Store, tools: Tools, *, time: datetime) -> Iterator[Added | ArticleError]:
    """Read the sample reports into the store, one by one; they are this project's own words.

    A first reading that was cut short goes on where it was. A report that our own code fails on is an error in its
    place, and costs no other.
    """
    for path in list_samples():
        for article in read_articles(path):
            yield article if isinstance(article, ArticleError) else _add(store, article, tools, time)


def _add(store: Store, article: Article, tools: Tools, time: datetime) -> Added | ArticleError:
    try:
        return add_article(store, article, tools, time=time)
    except BorderIncidentsError:
        raise  # of the store: the next report would fare no better
    except Exception:  # the boundary: one report must not end the run, and the log has the traceback
        log.exception("article %r could not be read", article.id)
        return ArticleError(f"{article.title or article.id}: it could not be read because of a fault in this program")
