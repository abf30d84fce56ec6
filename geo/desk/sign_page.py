"""The sign-in page as HTML: needs no script, and shows nothing of the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from geo.desk.gate import SIGN_IN
from geo.desk.provider import login_address
from geo.people import LONGEST_NAME, LONGEST_PASSWORD
from geo.settings import web_folder
from geo.wording.words import LANGUAGES, Words

FIRST_PERSON = 'border-incidents people add "…" --role publisher'
"""What lets the first person in."""
_SHEETS = ("fonts/fonts.css", "page/tokens.css", "desk/sign.css")


def write_sign_page(words: Words, asked: Mapping[str, str], token: str, said: str, providers: Sequence[str]) -> str:
    """The form, or a link for each identity provider; ``said`` is what was wrong with the last attempt."""
    told = f'<p class="said" role="alert">{escape(said)}</p>' if said else ""
    way = _write_providers(words, providers) if providers else _write_form(words, asked, token)
    return _write_page(words, f"{told}{way}", asked.get("to", ""))


def write_first_page(words: Words, path: Path) -> str:
    """How the first person is let in, where nobody is yet; shown on this machine alone."""
    body = (
        f"<p>{escape(words('sign.first'))}</p><pre dir='ltr'><code>{escape(FIRST_PERSON)}</code></pre>"
        f"<p class='note'>{escape(words('sign.first.then'))}</p>"
        f"<p class='note'>{escape(words('sign.first.kept'))} <bdi dir='ltr'>{escape(str(path))}</bdi></p>"
        f"<p><a class='press' href='{SIGN_IN}'>{escape(words('sign.again'))}</a></p>"
    )
    return _write_page(words, body, "")


def _write_form(words: Words, asked: Mapping[str, str], token: str) -> str:
    name = escape(asked.get("name", "")[:LONGEST_NAME], quote=True)
    hidden = {"form": token, "to": asked.get("to", ""), "lang": words.language}
    fields = "".join(f'<input type="hidden" name="{key}" value="{escape(value)}">' for key, value in hidden.items())
    return (
        f'<form method="post" action="{SIGN_IN}">{fields}'
        f'<label for="name">{escape(words("sign.name"))}</label>'
        f'<input id="name" name="name" value="{name}" maxlength="{LONGEST_NAME}" autocomplete="username" dir="auto" '
        f"required {'' if name else 'autofocus'}>"
        f'<label for="password">{escape(words("sign.password"))}</label>'
        f'<input id="password" name="password" type="password" maxlength="{LONGEST_PASSWORD}" dir="auto" '
        f'autocomplete="current-password" required {"autofocus" if name else ""}>'
        f'<button class="press">{escape(words("sign.in"))}</button></form>'
    )


def _write_providers(words: Words, providers: Sequence[str]) -> str:
    links = []
    for provider in providers:
        name = words("sign.provider") if provider == "default" else words("sign.with", name=provider.title())
        links.append(f"<p><a class='press' href='{escape(login_address(provider))}'>{escape(name)}</a></p>")
    return "".join(links)


def _write_page(words: Words, body: str, to: str) -> str:
    turn = "rtl" if words.rtl else "ltr"
    return (
        f'<!doctype html><html lang="{words.language}" dir="{turn}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(words('sign.title'))}</title><link rel='icon' href='data:,'><style>{_style()}</style></head>"
        f'<body><main><p class="kicker">{escape(words("app.title"))}</p><h1>{escape(words("sign.title"))}</h1>'
        f'<p class="lead">{escape(words("sign.lead"))}</p>{body}</main>'
        f'<nav aria-label="{escape(words("language.choose"))}">{_write_languages(words, to)}</nav></body></html>'
    )


def _write_languages(words: Words, to: str) -> str:
    asked = f"&amp;to={quote(to, safe='')}" if to else ""
    others = [code for code in LANGUAGES if code != words.language]
    return "".join(
        f'<a lang="{code}" href="{SIGN_IN}?lang={code}{asked}">{escape(Words(code)("language.name"))}</a>'
        for code in others
    )


@cache
def _style() -> str:
    sheets = ((web_folder() / name).read_text(encoding="utf8") for name in _SHEETS)
    return "".join(sheets).replace("url(./", f"url({SIGN_IN}/fonts/")
