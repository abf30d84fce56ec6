"""What can go wrong, in words a reader can act on.

BorderIncidentsError
├── UsageError (also ValueError)     the person asked for something impossible
├── ArticleError (also ValueError)   a file, page or line that cannot be read as an article
├── DataError (also ValueError)      a data file of the project or of the user is wrong
├── FetchError (also OSError)        an address that cannot or must not be fetched
├── ExportError (also OSError)       a file that there is no room for
└── StoreError (also RuntimeError)   the store cannot be opened, read or written
"""


class BorderIncidentsError(Exception):
    """The base of every error this project raises on purpose; its text is one clear sentence."""

    code = "error"


class UsageError(BorderIncidentsError, ValueError):
    """The person asked for something that cannot be done as asked."""

    code = "usage"


class ArticleError(BorderIncidentsError, ValueError):
    """A file, page or line that cannot be read as an article; ``code`` says which way."""

    def __init__(self, message: str, code: str = "article") -> None:
        super().__init__(message)
        self.code = code


class DataError(BorderIncidentsError, ValueError):
    """A data file of the project or of the user is wrong or missing."""

    code = "data"


class FetchError(BorderIncidentsError, OSError):
    """An address that cannot or must not be fetched; ``code`` says why."""

    def __init__(self, message: str, code: str = "fetch") -> None:
        super().__init__(message)
        self.code = code


class ExportError(BorderIncidentsError, OSError):
    """A file that could not be written because its disk has no room."""

    code = "export"


class StoreError(BorderIncidentsError, RuntimeError):
    """The store cannot be opened, read or written."""

    code = "store"
