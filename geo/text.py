"""Text as the stages read it: match keys, sentences with offsets, numbers in words."""

from __future__ import annotations

import re
import unicodedata

_ARABIC_VARIANTS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ئ": "ی", "ے": "ی",
        "ك": "ک", "ګ": "گ", "ڪ": "ک",
        "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
        "أ": "ا", "إ": "ا", "ٱ": "ا", "آ": "ا", "ؤ": "و",
        "ډ": "د", "ڈ": "د", "ړ": "ر", "ڑ": "ر", "ټ": "ت", "ٹ": "ت", "ڼ": "ن", "ں": "ن", "څ": "ح", "ځ": "ح",
        "ښ": "ش", "ږ": "ژ",
        "ـ": None, "\u200c": None, "\u200d": None, "\u200e": None, "\u200f": None,
    }
)
_SEPARATORS = re.compile(r"[\s\-‐-―'’ʻʼ`.·_/]+")


def match_key(name: str) -> str:
    """The name as it is compared: one key for all its spellings in case, accents, hyphens and letter variants.

    Latin letters lose case and diacritics, Arabic-script letters that Urdu, Pashto, Dari and Arabic
    keyboards write differently become one; runs of spaces, hyphens and apostrophes become one space.
    """
    if name.isascii():
        plain = name.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", name.translate(_ARABIC_VARIANTS)).casefold()
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_ARABIC_VARIANTS)
    return _SEPARATORS.sub(" ", plain).strip()
