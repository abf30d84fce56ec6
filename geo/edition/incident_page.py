"""A page for one incident: small static HTML that reads without scripts, for search engines, archives and previews."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from functools import cache

from geo.edition.facts import Json
from geo.edition.material import Material
from geo.model import Incident
from geo.settings import web_folder
from geo.store.released import MASK
from geo.text import display_text
from geo.wording.naming import category_of, write_days, write_place, write_title
from geo.wording.rows import sureness_of
from geo.wording.words import Words

_MASKED = re.compile(f"{MASK}+")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LONGEST_PREVIEW = 300


def name_page(id_: str) -> str:
    """The file of an incident's page, whatever its id is made of."""
    return f"{id_ if _PLAIN_NAME.match(id_) else hashlib.sha256(id_.encode()).hexdigest()[:40]}.html"


def write_incident_page(material: Material, index: int, about: Json) -> str:
    """The page of an incident: when, where and how sure that is, who says what, and from where it is known.

    ``about`` is what ``papers.describe_about`` says of the edition.
    """
    incident, detail, words = material.incidents[index], material.details[index], material.words
    title = write_title(incident, words)
    place = _write_place(material, index, incident)
    days = write_days(incident, words)
    summary = f"{days}. {place}. {' '.join(detail['labels'])}"[:_LONGEST_PREVIEW]
    body = "\n".join(_list_sections(material, detail))
    return f"""<!DOCTYPE html>
<html lang="{words.language}" dir="{"rtl" if words.rtl else "ltr"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<meta name="description" content="{escape(summary)}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="{escape(words("app.title"))}">
<meta property="og:title" content="{escape(title)}">
<meta property="og:description" content="{escape(summary)}">
<style>{page_style()}</style>
</head>
<body>
<main>
<p class="second"><a href="../index.html#incident={escape(incident.id)}">{escape(words("edition.open"))}</a></p>
<h1 dir="auto">{_mask(title, words)}</h1>
<p>{escape(words(f"event.{category_of(incident)}"))}, {escape(days)}<br>{escape(place)}</p>
<p class="second">{escape(words.join(detail["labels"]))}{_flags(detail)}</p>
{body}
</main>
<footer>{_link_corrections(material)}<p>{escape(about["note"])}</p><p dir="ltr">{escape(about["citation"])}</p><p>{escape(dict(map(tuple, about["rows"]))[words("edition.licence")])}</p></footer>
</body>
</html>
"""  # noqa: E501


@cache
def page_style() -> str:
    """The style of pages that stand beside an edition."""
    return (web_folder() / "edition" / "incident.css").read_text(encoding="utf8").strip()


def _write_place(material: Material, index: int, incident: Incident) -> str:
    """Where it was and how sure that is."""
    words, scopes = material.words, material.scopes_of(incident)
    distance = float(material.snapshot.distance_km[index])
    gazetteer = material.snapshot.gazetteer
    place = write_place(incident, scopes, None if distance != distance else distance, gazetteer, words)
    return f"{place} ({words(f'precision.{sureness_of(incident, scopes)}')})"


def _link_corrections(material: Material) -> str:
    page = material.corrections_page
    return f'<p><a href="../{escape(page)}">{escape(material.words("corrections.title"))}</a></p>' if page else ""


def _flags(detail: Json) -> str:
    return f"<br>{escape(detail['flags'])}" if detail["flags"] else ""


def _list_sections(material: Material, detail: Json) -> Iterator[str]:
    words, lead = material.words, detail["lead"]
    if lead:
        quote = f'<p lang="{escape(lead["lang"])}" dir="auto">{_mask(lead["text"], words)}</p>'
        yield f"<blockquote>{quote}<small>{escape(lead['source'])}</small></blockquote>"
    yield f"<h2>{escape(words('edition.says'))}</h2>"
    if not detail["groups"]:
        yield f"<p>{escape(words('claim.none'))}</p>"
    for group in detail["groups"]:
        yield f"<table><caption>{escape(group['what'])}</caption><tbody>{_rows(group['lines'], words)}</tbody></table>"
    notes = detail.get("correction", "").splitlines()
    if detail["sources"] or notes:
        yield f"<h2>{escape(words('incident.sources'))}</h2>"
    if detail["sources"]:
        yield f"<ul>{''.join(map(_source, detail['sources']))}</ul>"
    yield from (f'<p dir="auto">{escape(note)}</p>' for note in notes)


def _mask(text: str, words: Words) -> str:
    """The text for a page, its masked names said in words to who cannot see them."""
    said = escape(words("names.masked"))
    return _MASKED.sub(rf'<span role="img" aria-label="{said}" title="{said}">\g<0></span>', escape(text))


def _rows(lines: Iterable[Json], words: Words) -> str:
    return "".join(
        f'<tr><th scope="row"><bdi>{escape(line["who"])}</bdi></th><td><b>{escape(line["figure"])}</b></td>'
        f'<td><span dir="auto">{_mask(line["quote"], words)}</span><small>{escape(line["source"])}</small></td></tr>'
        for line in lines
    )


def _source(source: Json) -> str:
    outlet = f"<bdi>{escape(source['outlet'])}</bdi>"
    named = f'<a href="{escape(source["url"])}" rel="noopener noreferrer">{outlet}</a>' if source["url"] else outlet
    copied = f" ({escape(source['copy'])})" if source["copy"] else ""
    return f"<li>{named} {escape(source['date'])}{copied}</li>"


def escape(text: str) -> str:
    """Text as the page carries it: without what could disguise it, and never markup."""
    return html.escape(display_text(text))
