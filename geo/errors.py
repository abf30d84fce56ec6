"""What can go wrong, in words a reader can act on.

BorderIncidentsError
├── UsageError (also ValueError)     the person asked for something impossible
├── NotAllowed (also PermissionError) the person's role does not let them do it
├── ConflictError (also RuntimeError) somebody else changed it since the person looked
├── ArticleError (also ValueError)   a file, page or line that cannot be read as an article
├── DataError (also ValueError)      a data file of the project or of the user is wrong
├── FetchError (also OSError)        an address that cannot or must not be fetched
├── ExportError (also OSError)       a file that there is no room for
└── StoreError (also RuntimeError)   the store cannot be opened, read or written
"""

from __future__ import annotations

from datetime import datetime


class BorderIncidentsError(Exception):
    """The base of every error this project raises on purpose; its text is one clear sentence."""

    code = "error"


class UsageError(BorderIncidentsError, ValueError):
    """The person asked for something that cannot be done as asked."""

    code = "usage"


class NotAllowed(BorderIncidentsError, PermissionError):  # noqa: N818  it says what it means
    """The person's role does not let them do what they asked."""

    code = "not_allowed"


class ConflictError(BorderIncidentsError, RuntimeError):
    """Somebody else changed a record since the person looked at it; nothing was changed."""

    code = "conflict"

    def __init__(
        self, message: str, *, who: str = "", time: datetime | None = None, version: int | None = None
    ) -> None:
        super().__init__(message)
        self.who = who
        """Who changed it last."""
        self.time = time
        """When, UTC."""
        self.version = version
        """The version that is there now."""


class ArticleError(BorderIncidentsError, ValueError):
    """A file, page or line that cannot be read as an article; ``code`` says which way."""

    def __init__(self, message: str, code: str = "article") -> None:
        super().__init__(message)
        self.code = code


class DataError(BorderIncidentsError, ValueError):
    """A data file of the project or of the user is wrong or missing."""

    code = "data"


class FetchError(BorderIncidentsError, OSError):
    """An address that cannot or must not be fetched; ``code`` says why.

    ``status`` is the server's answer where that was the reason, ``retry_after_s`` the seconds it asks to wait.
    """

    def __init__(
        self, message: str, code: str = "fetch", *, status: int | None = None, retry_after_s: float | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.retry_after_s = retry_after_s


class ExportError(BorderIncidentsError, OSError):
    """A file that could not be written because its disk has no room."""

    code = "export"


class StoreError(BorderIncidentsError, RuntimeError):
    """The store cannot be opened, read or written."""

    code = "store"
