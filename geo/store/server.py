"""A store on a PostgreSQL server: how it is reached, how writers take turns, what its errors mean to a person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError, TimeoutError

from geo.errors import StoreError

PATIENCE_S = 30
"""How long a writer waits for another to finish before it gives up, as with a file."""
SILENCE_S = 600
"""How long a change may do nothing before the server ends it: its machine may be frozen, and others wait for it."""
LONGEST_READ_S = 120
"""How long one question may take; the widest, all columns of 350,000 incidents, takes seconds."""
_CONNECTIONS = {"pool_size": 5, "max_overflow": 10}
"""Of one process: a server's usual limit of 100 is enough for six."""
_WRITERS = 0x626F72646572
"""Number of the lock that whoever adds to the chain of revisions holds; any number would do."""
_DEFAULTS = {"connect_timeout": "10", "application_name": "border-incidents", "client_encoding": "utf8"}
"""What the address does not say itself."""
_SECRETS = ("password", "sslpassword", "passfile")

_AWAY = "the database server of {store} does not answer; try again when it is back"
_REFUSED = "the database server of {store} refuses this user name or password"
_NO_PLACE = "the database server of {store} has no connection left; close other programs, or raise its max_connections"
_DAMAGED = "{store} is damaged; restore it from a backup"
_BY_CODE = {
    "08": _AWAY,
    "25P03": _AWAY,
    "25006": "{store} cannot be written to: its database server takes no changes",
    "28": _REFUSED,
    "3D000": "the database server of {store} has no database of this name; make it there first (createdb)",
    "42501": "the user of {store} may not do this there; grant it the right, or name another user",
    "53100": "the disk of the database server of {store} is full; nothing was changed",
    "53300": _NO_PLACE,
    "55P03": "{store} is in use by another program that does not let go; try again later",
    "57014": "{store} took too long to answer; try again, or ask for less",
    "57P": _AWAY,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
"""Sentences by SQLSTATE, or by its beginning."""
_BY_WORDS = (
    ("append-only", "what {store} keeps of its history cannot be changed or removed"),
    ("too many clients", _NO_PLACE),
    ("connection slots are reserved", _NO_PLACE),
    ("too many connections", _NO_PLACE),
    ("password authentication failed", _REFUSED),
    ("no password supplied", _REFUSED),
    ('role "', _REFUSED),
    ("no pg_hba.conf entry", "the database server of {store} does not admit this user from this machine"),
    ('" does not exist', _BY_CODE["3D000"]),
    ("No space left on device", _BY_CODE["53100"]),
)
"""Of errors without a SQLSTATE, which are those of connecting, and of our own triggers."""


_WITHOUT_MEANING = ("", "P0001")


def open_server(url: URL, *, read_only: bool, **form: Any) -> Engine:
    """The database at an address; nothing is asked of the server yet. ``form`` says how JSON is written and read."""
    url = url.set(drivername="postgresql+psycopg")
    url = url.update_query_dict({name: value for name, value in _DEFAULTS.items() if name not in url.query})
    # a connection that broke, as when the server was restarted, is noticed before it is used, and made anew
    engine = create_engine(url, **form, **_CONNECTIONS, pool_pre_ping=True)
    event.listen(engine, "connect", _prepare_reader if read_only else _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def explain(error: SQLAlchemyError) -> str | None:
    """What the error of a server means, as a sentence with {store} in it; None when that is not known."""
    if isinstance(error, TimeoutError):
        return "too much is asked of {store} at once; try again"
    code = str(getattr(error.orig, "sqlstate", None) or "") if isinstance(error, DBAPIError) else ""
    said = str(error.orig) if isinstance(error, DBAPIError) else ""
    if code not in _WITHOUT_MEANING:
        return next((meaning for sign, meaning in _BY_CODE.items() if code.startswith(sign)), None)
    lost = _AWAY if isinstance(error, OperationalError) else None
    return next((meaning for sign, meaning in _BY_WORDS if sign in said), lost)


def hide_secrets(url: URL) -> str:
    """The address without its password, wherever in it that stands."""
    shown = url.difference_update_query([name for name in _SECRETS if name in url.query])
    return shown.render_as_string(hide_password=True)


def _prepare(connection: Any, _: object) -> None:
    """Refuse a database that cannot hold every letter, and let no question take for ever."""
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(f"the database is kept in {encoding}; make one for the store in UTF8")
    _set(connection, "statement_timeout", f"{LONGEST_READ_S}s")


def _prepare_reader(connection: Any, _: object) -> None:
    _prepare(connection, _)
    _set(connection, "default_transaction_read_only", "on")


def _set(connection: Any, name: str, value: str) -> None:
    connection.execute(f"SET SESSION {name} = '{value}'")
    connection.commit()


def _begin(connection: Connection) -> None:
    """Let a change wait, at its start, until no other is at work, and keep others waiting until its end.

    So the chain of revisions is never forked, and no change fails half way for another's sake. It may take long, as a
    migration or an import does, but waits only so long. What is written without revisions (``writing="beside"``) waits
    for nobody.
    """
    writing = connection.get_execution_options().get("writing", False)
    if writing:
        limits = {"statement_timeout": 0, "lock_timeout": PATIENCE_S, "idle_in_transaction_session_timeout": SILENCE_S}
        connection.exec_driver_sql("; ".join(f"SET LOCAL {name} = '{seconds}s'" for name, seconds in limits.items()))
    if writing is True:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
