"""What the desk says, beside the words of the dashboard; readers never fetch it."""

from __future__ import annotations

from geo.wording.words import Words

FOLDER = "desk"


def desk_words(language: str) -> Words:
    """All words of the page in a language, and the desk's."""
    return Words(language, also=FOLDER)
