"""The page of corrections: static HTML that reads without scripts, in a published folder and on the dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from geo.edition.incident_page import POLICY, escape, page_style
from geo.exchange.feed import Addresses
from geo.wording.corrected import Corrected, say_changes
from geo.wording.words import Words


def write_corrections_page(corrected: Sequence[Corrected], words: Words, addresses: Addresses, back: str) -> str:
    """The page, newest correction first; ``back`` is the address of the dashboard or edition it belongs to."""
    title = f"{words('corrections.title')}: {words('app.title')}"
    entries = "\n".join(_write(one, words, addresses) for one in corrected)
    return f"""<!DOCTYPE html>
<html lang="{words.language}" dir="{"rtl" if words.rtl else "ltr"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="alternate" type="application/atom+xml" href="{escape(addresses.feed)}">
<style>{page_style()}</style>
</head>
<body>
<main>
<p class="second"><a href="{escape(back)}">{escape(words("corrections.back"))}</a></p>
<h1>{escape(words("corrections.title"))}</h1>
<p>{escape(words("corrections.lead"))}</p>
{entries or f"<p>{escape(words('corrections.none'))}</p>"}
</main>
<footer><p><a href="{escape(addresses.feed)}">{escape(words("corrections.feed"))}</a></p></footer>
</body>
</html>
"""


def _write(one: Corrected, words: Words, addresses: Addresses) -> str:
    title = f'<bdi dir="auto">{escape(one.title)}</bdi>'
    named = title if one.withdrawn else f'<a href="{escape(addresses.incident(one.incident_id))}">{title}</a>'
    time = one.time.astimezone(UTC)
    day = f'<time datetime="{time.date().isoformat()}">{escape(words.day(time.date()))}</time>'
    changes = "".join(f'<li dir="auto">{escape(said)}</li>' for said in say_changes(one, words))
    listed = f"<ul>{changes}</ul>" if changes else ""
    reason = f'<p dir="auto">{escape(one.reason)}</p>'
    return f'<section id="c{one.number}"><h2>{named}</h2><p class="second">{day}</p>{reason}{listed}</section>'
