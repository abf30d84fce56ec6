"""What a reader found in a file, before it becomes an article; light enough to cross from one process to another."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from geo.model import Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFacts:
    """What somebody else says of an article, such as the feed that named it; counts where the article says nothing."""

    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    language: str | None = None
    """ISO 639-1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The text of a file and what the file says of itself."""

    text: str
    title: str | None = None
    url: str | None = None
    published: date | None = None
    publisher: str | None = None
    language: str | None = None
    flags: tuple[Flag, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {**asdict(self), "published": self.published.isoformat() if self.published else None}

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Found:
        """What ``as_record`` made a record of."""
        published, flags = record["published"], tuple(Flag(**flag) for flag in record["flags"])
        return cls(**{**record, "published": date.fromisoformat(published) if published else None, "flags": flags})
