"""The process in which documents of strangers are opened: bytes in, one line of JSON out, within limits of its own.

It has no environment, writes no file, and ends when it takes more memory or time than a document may cost.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from typing import Any

from geo.articles.found import Found
from geo.errors import ArticleError

MEMORY_BYTES = 512_000_000
"""Of address space, program and libraries included; reading a document of 20 MB takes about half."""
SECONDS = 8
"""Of the processor; the parent waits a little longer."""
log = logging.getLogger(__name__)


def find_in_document(kind: str, data: bytes, charset: str | None) -> Found:
    """What a document of one of the kinds ``pdf``, ``docx``, ``mail``, ``page`` holds; raises ArticleError."""
    from geo.articles.pages import find_in_page

    if kind == "pdf":
        from geo.articles.pdf import find_in_pdf

        return find_in_pdf(data)
    if kind == "docx":
        from geo.articles.word import find_in_word

        return find_in_word(data)
    if kind == "mail":
        from geo.articles.mail import find_in_mail

        return find_in_mail(data, find_in_page)
    return find_in_page(data, charset)


def answer(kind: str, data: bytes, charset: str | None, find: Callable[..., Found] = find_in_document) -> Any:
    """What the parent is told: what was found, or code and sentence of what stands against it."""
    try:
        return {"found": find(kind, data, charset).as_record()}
    except ArticleError as error:
        return {"error": [str(error), error.code]}
    except (MemoryError, RecursionError):
        return {"error": ["reading it takes more memory than a document may take", "too_large"]}
    except Exception:  # the boundary: whatever a library makes of hostile bytes, the parent gets a sentence
        log.exception("a document of the kind %s could not be read", kind)
        return {"error": ["it is damaged or not made as such files are", "unreadable"]}


def main() -> None:
    """Read the document on standard input, of the kind and encoding that the arguments name."""
    kind, charset = sys.argv[-2:]
    limit_self()
    told = answer(kind, sys.stdin.buffer.read(), charset or None)
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=True).encode())


def limit_self() -> None:
    """Limits of the operating system; Windows has none of these, and there the parent's clock alone counts."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
