"""Documents of strangers, opened in a process of their own that may take so much memory and time and no more."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from geo.articles.found import ArticleFacts, Found
from geo.articles.kinds import Kind, tell_kind
from geo.articles.making import make_found
from geo.errors import ArticleError
from geo.model import Article
from geo.settings import PACKAGE_FOLDER, byte_limit

WAIT_S = 9.0
"""From the start of the process to its answer."""
_START = "import sys; sys.path.insert(0, sys.argv[1]); from geo.articles.sandbox import main; main()"
"""The interpreter starts isolated: no user's packages, no environment, no module from the current folder."""
_TOO_SLOW = "reading it takes longer than a document may take"
log = logging.getLogger(__name__)


def read_limited(
    data: bytes,
    *,
    name: str,
    kind: Kind | None = None,
    retrieved: datetime | None = None,
    address: str | None = None,
    facts: ArticleFacts | None = None,
) -> list[Article]:
    """The article in a PDF, a Word document, a mail or a page, opened in a process with limits.

    At most 512 MB and 10 seconds are spent on it. Raises ArticleError with ``code`` too_large, unreadable, no_article
    or another of the package's.
    """
    if len(data) > byte_limit():
        raise too_large(len(data))
    found = find_limited(data, kind or tell_kind(data, name=name))
    return [make_found(found, data=data, retrieved=retrieved, url=address, facts=facts)]


def find_limited(data: bytes, kind: Kind, *, charset: str | None = None) -> Found:
    """What a document holds, found by a process with limits; raises ArticleError."""
    return Found.from_record(ask_process(_START, [kind, charset or ""], data))


def ask_process(start: str, arguments: Sequence[str], data: bytes) -> dict[str, Any]:
    """What a process with limits found in some bytes: its answer's ``found``; raises ArticleError as it says.

    ``start`` is the program, whose first argument is the folder of this package; it limits itself (``limit_self``).
    """
    command = [sys.executable, "-I", "-B", "-c", start, str(PACKAGE_FOLDER.parent), *arguments]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=WAIT_S, check=False, env=_environment(), cwd=os.sep
        )
    except subprocess.TimeoutExpired as error:
        raise ArticleError(_TOO_SLOW, "too_large") from error
    if done.stderr:
        log.debug("a document was not read: %s", done.stderr.decode(errors="replace")[-4_000:])
    return _read_answer(done.stdout, done.returncode)


def too_large(size: int) -> ArticleError:
    """What is said of a file that is larger than any that is read."""
    allowed = byte_limit() // 1_000_000
    return ArticleError(f"it has {size / 1_000_000:.0f} MB; at most {allowed} MB are read", "too_large")


def _environment() -> dict[str, str]:
    """Nothing of ours, for secrets stand there; Windows cannot start a program without its own folder."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def _read_answer(written: bytes, status: int) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(written)
    except ValueError:
        slow = status < 0 and -status in (9, 24)  # killed, or out of processor time (SIGXCPU)
        why = _TOO_SLOW if slow else "reading it takes more memory than a document may take"
        raise ArticleError(why, "too_large") from None
    if "error" in told:
        raise ArticleError(*told["error"])
    found: dict[str, Any] = told["found"]
    return found
