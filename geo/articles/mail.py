"""Mails (EML): the text part, else the page in it, with subject, sender and day; attachments are named, not read."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from geo.articles.encoding import decode_text
from geo.articles.flags import attachments_flag
from geo.articles.found import Found
from geo.errors import ArticleError

MOST_PARTS = 500
_LONGEST_HEADER = 2_000


def find_in_mail(data: bytes, find_in_page: Callable[[bytes, str | None], Found]) -> Found:
    """The message in a mail; ``find_in_page`` reads the HTML of one that has no plain text. Raises ArticleError."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    if not message.keys():
        raise ArticleError("it is no mail: it begins with no header", "unreadable")
    plain: list[str] = []
    pages: list[tuple[bytes, str | None]] = []
    attached: list[str] = []
    for part in _parts(message):
        kind, content = part.get_content_type(), _content(part)
        if _is_attached(part) or kind not in ("text/plain", "text/html"):
            attached.append(_decode(part.get_filename() or "") or kind)
        elif kind == "text/plain" and content.strip():
            plain.append(decode_text(content, declared=part.get_content_charset()).text)
        elif content.strip():
            pages.append((content, part.get_content_charset()))
    found = Found(text="\n\n".join(plain)) if plain else _read_pages(pages, find_in_page)
    return Found(
        text=found.text,
        title=_decode(message.get("Subject")) or found.title,
        published=_day(message.get("Date")),
        publisher=_sender(message),
        flags=(*found.flags, *((attachments_flag(attached),) if attached else ())),
    )


def _read_pages(pages: list[tuple[bytes, str | None]], find_in_page: Callable[[bytes, str | None], Found]) -> Found:
    if not pages:
        raise ArticleError("the mail has no text, only attachments or nothing", "no_article")
    return find_in_page(*pages[0])


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order, without those of mails that are attached."""
    waiting: list[Message] = [message]
    count = 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > MOST_PARTS:
            raise ArticleError(f"the mail has more than {MOST_PARTS} parts", "too_large")
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(reversed([one for one in inner if isinstance(one, Message)]))
        else:
            yield part


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _content(part: Message) -> bytes:
    """The bytes of a part, whatever it was packed as; none for one that is a message of its own."""
    if part.is_multipart():
        return b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _decode(header: object) -> str:
    """A header in letters, on one line; as it stands where it is broken."""
    written = str(header or "")[:_LONGEST_HEADER]
    with suppress(HeaderParseError, LookupError, UnicodeError, ValueError):
        written = str(make_header(decode_header(written)))
    return " ".join(written.encode(errors="replace").decode().replace("\0", "").split())


def _sender(message: Message) -> str | None:
    """The name of who sent it, else the domain; the address itself is nobody's business."""
    name, address = parseaddr(_decode(message.get("From")))
    return name or address.rpartition("@")[2] or None


def _day(written: object) -> date | None:
    """The day in the sender's own time."""
    try:
        return parsedate_to_datetime(str(written)[:_LONGEST_HEADER]).date() if written else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
