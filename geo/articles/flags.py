"""What a careful reader is told of how an article was received."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geo.model import Flag


def guess_flag(encoding: str) -> Flag:
    """The letters were guessed."""
    return Flag(
        code="encoding_guessed", detail=f"The file does not say how its letters are encoded; read as {encoding}."
    )


def file_date_flag(made: date) -> Flag:
    """The file tells when it was made, which need not be the day of publication."""
    return Flag(
        code="file_date", detail=f"The file was made on {made.isoformat()}; it does not say when it was published."
    )


def attachments_flag(names: Sequence[str]) -> Flag:
    """A mail brought files that were left unread."""
    listed = ", ".join(name[:80] for name in names[:10]) + (" and more" if len(names) > 10 else "")
    return Flag(code="attachments_unread", detail=f"The mail has attachments that were not read: {listed}.")
