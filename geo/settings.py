"""One table of options: name, default, meaning; each can be set by an environment variable."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from geo.errors import UsageError

PACKAGE_FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One setting of the product."""

    name: str
    """Environment variable."""
    default: str
    """Value when the variable is not set; empty means "work it out"."""
    meaning: str
    """One sentence for the documentation."""


OPTIONS = (
    Option(
        name="BORDER_INCIDENTS_STORE",
        default="",
        meaning="Where incidents are kept: a path (SQLite) or a database address; else a file of the user's.",
    ),
    Option(
        name="BORDER_INCIDENTS_BORDER",
        default="AF-PK",
        meaning="The border in view: two ISO 3166 country codes in alphabetical order.",
    ),
    Option(
        name="BORDER_INCIDENTS_PUBLIC_URL",
        default="",
        meaning="Address at which readers reach the dashboard; shared links start with it.",
    ),
    Option(
        name="BORDER_INCIDENTS_PUBLISHER",
        default="",
        meaning="Who publishes this dashboard; the citation of a view and the foot of an embedded one name them.",
    ),
    Option(
        name="BORDER_INCIDENTS_SHARED",
        default="",
        meaning="Set to 1 when others reach the dashboard, as serve --host does; ACLED's incidents are not in it then.",
    ),
    Option(
        name="BORDER_INCIDENTS_SHOW",
        default="all",
        meaning="Which incidents leave the newsroom: all (but the withdrawn), reviewed (and published), or published.",
    ),
    Option(
        name="BORDER_INCIDENTS_READ_ONLY",
        default="",
        meaning="Set to 1 to open the store for reading only.",
    ),
    Option(
        name="BORDER_INCIDENTS_PROXIES",
        default="127.0.0.1,::1",
        meaning="Addresses and networks of web servers in front, with commas between; they say who their client is.",
    ),
    Option(
        name="BORDER_INCIDENTS_LOG",
        default="warning",
        meaning="From which level on serve, desk and watch write their log: debug, info, warning or error.",
    ),
    Option(
        name="BORDER_INCIDENTS_LOOK_EVERY_S",
        default="15",
        meaning="Seconds between two looks of an open page for newer incidents; 0 for a page that stays as it is.",
    ),
    Option(
        name="BORDER_INCIDENTS_LARGEST_FILE_MB",
        default="20",
        meaning="Largest file, page or line that is read as an article, in megabytes.",
    ),
    Option(
        name="BORDER_INCIDENTS_LARGEST_IMPORT_MB",
        default="1000",
        meaning="Largest file of another database that is imported, in megabytes.",
    ),
    Option(
        name="BORDER_INCIDENTS_ACLED_RIGHT",
        default="",
        meaning="By what right incidents of ACLED may leave this machine, in words; else they stay in no export.",
    ),
    Option(
        name="BORDER_INCIDENTS_NOMINATIM",
        default="",
        meaning="Address of a Nominatim server that is asked for places the gazetteer does not know; else none is.",
    ),
    Option(
        name="BORDER_INCIDENTS_CONTACT",
        default="",
        meaning="Mail address or page of yours that such servers and fetched sites are told; the public one wants it.",
    ),
    Option(
        name="BORDER_INCIDENTS_DESK_URL",
        default="",
        meaning="Address at which editors reach the desk, where a web server stands in front of it.",
    ),
    Option(
        name="BORDER_INCIDENTS_PEOPLE",
        default="",
        meaning="File of the people who may sign in at the desk; else one of the user's, beside the store.",
    ),
    Option(
        name="BORDER_INCIDENTS_UNKNOWN_PEOPLE",
        default="refuse",
        meaning="People an identity provider vouches for and the people file does not name: refuse, or viewer.",
    ),
    Option(
        name="BORDER_INCIDENTS_SIGN_OFF",
        default="1",
        meaning="How many persons an incident passes before it is published: 1, or 2 who must not be the same.",
    ),
    Option(
        name="BORDER_INCIDENTS_DISTRICTS",
        default="",
        meaning="File of district outlines (GeoPackage, GeoJSON or zipped shapefile) from geoBoundaries or OCHA.",
    ),
)
_DEFAULTS = {option.name: option.default for option in OPTIONS}


FILE = "_FILE"
"""Ends the name of a variable that names a file with the value of an option, as containers are handed secrets."""


def read_option(name: str) -> str:
    """The value of an option: the environment's, else that of the file which NAME_FILE names, else its default.

    Raises UsageError when that file cannot be read.
    """
    given, path = os.environ.get(name), os.environ.get(f"{name}{FILE}")
    if path and not given:
        return _read_value(f"{name}{FILE}", path)
    return _DEFAULTS[name] if given is None else given


def find_origin(name: str) -> str:
    """Where the value of an option comes from: environment, file or default."""
    if os.environ.get(name):
        return "environment"
    return "file" if os.environ.get(f"{name}{FILE}") else "default"


def _read_value(variable: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf8").strip()
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is not text"
        raise UsageError(f"{variable} names {path}, which cannot be read: {said}") from error


def byte_limit() -> int:
    """Bytes of the largest file, page or line that is read; raises UsageError when the option is no number."""
    written = read_option("BORDER_INCIDENTS_LARGEST_FILE_MB")
    try:
        return int(float(written) * 1_000_000)
    except ValueError as error:
        raise UsageError(f"BORDER_INCIDENTS_LARGEST_FILE_MB is {written!r}, not a number of megabytes") from error


def app_file(name: str = "app.py") -> Path:
    """A script that Streamlit runs, of dashboard or desk: inside an installed wheel, else beside the package."""
    installed = PACKAGE_FOLDER / "_app" / name
    return installed if installed.is_file() else PACKAGE_FOLDER.parent / name


def data_folder() -> Path:
    """Folder of the project's data files: inside an installed wheel, else beside the package."""
    installed = PACKAGE_FOLDER / "_data"
    return installed if installed.is_dir() else PACKAGE_FOLDER.parent / "data"


def web_folder() -> Path:
    """Folder of the browser's scripts, styles and fonts."""
    return PACKAGE_FOLDER / "web"


def default_store() -> Path:
    """The SQLite file used when no store is named, in the user's data folder of the platform."""
    home = Path.home()
    if sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    elif os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share"))
    return base / "border-incidents" / "incidents.sqlite"
