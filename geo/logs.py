"""The log of the programs that serve: one line a record, and no reader in any of them.

``TIME LEVEL MODULE MESSAGE``, times in UTC. What readers send (addresses they come from, what they ask for, names they
sign in with) and what articles say reaches a log by two ways, and both are closed here: the values that a library puts
into its messages, and the words of exceptions. Of a library's message only its own wording is written, of an exception
its kind and where it was raised; its words only when they are those of the store or the disk, without what they quote.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from geo.errors import ExportError, StoreError, UsageError
from geo.settings import PACKAGE_FOLDER, read_option

LEVELS = ("debug", "info", "warning", "error")
FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_OURS = ("geo", "border-incidents")
_SERVERS = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi", "websockets", "asyncio", "httpx", "httpcore")
_MOST_FRAMES = 6
_LONGEST_LINE = 2_000

_ADDRESS = re.compile(r"[0-9a-fA-F]*[.:][0-9a-fA-F.:]+")
"""What may be an address of version 4 or 6, with a port or without."""
_QUERY = re.compile(r"\?[^\s\"'>]+")
_QUOTED = re.compile(r"""(["'])[^"']*\1""")


class LogFormatter(logging.Formatter):
    """Writes a record as one line that names no reader."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__(FORMAT)

    def format(self, record: logging.LogRecord) -> str:
        """The line; what it may not hold is left out."""
        said = record.getMessage() if _is_ours(record.name) else str(record.msg)
        caught = record.exc_info[1] if record.exc_info else None
        if caught is not None:
            said += f" [{describe_error(caught)}]"
        line = logging.makeLogRecord({**record.__dict__, "msg": hide_readers(said), "args": None, "exc_info": None})
        line.exc_text = line.stack_info = None
        return super().format(line)


def hide_readers(text: str) -> str:
    """The text as one line without network addresses and queries of web addresses."""
    text = _ADDRESS.sub(_hide_address, _QUERY.sub("", text))
    return " ".join(text.split())[:_LONGEST_LINE]


def _hide_address(found: re.Match[str]) -> str:
    written = found.group().rstrip(".:")
    for address in (written, written.rpartition(":")[0]):
        with suppress(ValueError):
            ipaddress.ip_address(address)
            return "-" + found.group()[len(written) :]
    return found.group()


def describe_error(error: BaseException) -> str:
    """An error by kind and place, innermost last; its words only where they are the store's or the disk's."""
    parts = [f"{_name_of(cause)} at {_place_of(cause.__traceback__)}" for cause in _list_causes(error)]
    return ", after ".join(parts)


def start_log() -> None:
    """Let every logger of the process write to standard error by these rules, from the level of BORDER_INCIDENTS_LOG.

    Raises UsageError when the option names no level.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LogFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    level = read_level()
    root.setLevel(max(level, logging.WARNING))  # of libraries nothing is wanted but what is wrong
    logging.getLogger("geo").setLevel(level)
    for name in _SERVERS:
        pass_on(logging.getLogger(name))
        logging.getLogger(name).setLevel(logging.WARNING)  # below, they name who comes and what for
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_thread


def read_level() -> int:
    """The level of BORDER_INCIDENTS_LOG as ``logging`` numbers it; raises UsageError when it names none."""
    named = read_option("BORDER_INCIDENTS_LOG").strip().lower()
    if named not in LEVELS:
        raise UsageError(f"BORDER_INCIDENTS_LOG is {named!r}, not one of {', '.join(LEVELS)}")
    return logging.getLevelNamesMapping()[named.upper()]


def pass_on(logger: logging.Logger) -> None:
    """Let a logger write nowhere itself but hand its records on to the root's handler."""
    logger.handlers.clear()
    logger.propagate = True


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in _OURS


def _list_causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _name_of(error: BaseException) -> str:
    if isinstance(error, StoreError | ExportError):  # a database quotes the values it could not use
        return f"{type(error).__name__}: {_QUOTED.sub('...', str(error))}"
    if isinstance(error, OSError) and error.strerror:
        return f"{type(error).__name__}: {error.strerror}"
    return type(error).__name__


def _place_of(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-_MOST_FRAMES:]
    return " > ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames) or "an unknown place"


def _short(filename: str) -> str:
    """The file as its package names it; paths of the machine are nobody's business."""
    path = Path(filename)
    if path.is_relative_to(PACKAGE_FOLDER):
        return path.relative_to(PACKAGE_FOLDER.parent).as_posix()
    return "/".join(path.parts[-2:])


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("geo").critical("the program ended because of a fault", exc_info=(kind, error, trace))


def _log_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        logging.getLogger("geo").error(
            "a thread ended because of a fault", exc_info=(told.exc_type, told.exc_value, told.exc_traceback)
        )
