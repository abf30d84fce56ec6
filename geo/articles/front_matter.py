"""The lines between two rules at the head of a Markdown file: a small, strict part of YAML.

``key: value`` with plain or double-quoted values, and lists of such pairs below a key:

    sources:
      - outlet: "The Desk"
        url: https://desk.example/report
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

from geo.articles.making import Fields
from geo.errors import ArticleError
from geo.model import Source

Item = dict[str, str]
Values = dict[str, str | list[Item]]

_HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"(?P<indent> *)(?P<dash>- +)?(?P<key>[A-Za-z_][\w-]*):(?: +(?P<value>\S.*?))? *\Z")


def split_front_matter(text: str) -> tuple[Values, str]:
    """The values at the head of a Markdown text, and the text below them; no values when there is no head."""
    head = _HEAD.match(text)
    return (_read_values(head[1]), text[head.end() :]) if head else ({}, text)


def read_fields(values: Values) -> Fields:
    """What the values say of the article; raises ArticleError for a value of the wrong kind."""
    listed = values.get("sources") or []
    if isinstance(listed, str):
        raise ArticleError("front matter: sources is not a list of outlets", "bad_front_matter")
    return Fields(
        title=_text(values, "title"),
        url=_text(values, "url"),
        publisher=_text(values, "publisher"),
        published=_day(_text(values, "published")),
        language=_text(values, "language"),
        own_wording=_text(values, "wording") == "own",
        sources=tuple(_source(item) for item in listed),
    )


def _read_values(head: str) -> Values:
    values: Values = {}
    items: list[Item] | None = None
    for number, line in enumerate(head.splitlines(), start=2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.match(line)
        if not found:
            raise ArticleError(
                f"front matter, line {number}: {line.strip()[:60]!r} is not 'key: value'", "bad_front_matter"
            )
        key, value = found["key"], _unquote(found["value"] or "", number)
        if not found["indent"] and not found["dash"]:
            items = None if found["value"] else []
            values[key] = value if items is None else items
        elif items is None or not (found["dash"] or items):
            raise ArticleError(f"front matter, line {number}: {key} belongs to no list", "bad_front_matter")
        elif found["dash"]:
            items.append({key: value})
        else:
            items[-1][key] = value
    return values


def _unquote(value: str, number: int) -> str:
    if not value.startswith('"'):
        return value.strip("'") if value.startswith("'") else value
    try:
        return str(json.loads(value))
    except ValueError as error:
        raise ArticleError(f"front matter, line {number}: the quotes do not close", "bad_front_matter") from error


def _text(values: Mapping[str, str | list[Item]], key: str) -> str | None:
    value = values.get(key)
    if isinstance(value, list) and value:
        raise ArticleError(f"front matter: {key} is a list", "bad_front_matter")
    return value or None if isinstance(value, str) else None


def _day(written: str | None) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written[:10])
    except ValueError as error:
        raise ArticleError(f"front matter: {written[:30]!r} is not a date as 2025-10-12", "bad_front_matter") from error


def _source(item: Item) -> Source:
    if not item.get("outlet"):
        raise ArticleError("front matter: a source has no outlet", "bad_front_matter")
    return Source(outlet=item["outlet"], url=item.get("url") or None, published=_day(item.get("published")))
