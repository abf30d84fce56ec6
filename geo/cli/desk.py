"""``desk``: where editors check what was read, behind a sign-in."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from geo.cli.serve import check_port, list_addresses, read_public, run_streamlit, streamlit_options, welcome_first
from geo.cli.streams import write_note
from geo.people import people_file, read_people
from geo.settings import default_store, read_option
from geo.store import open_store

SCRIPT = "desk_app.py"


def run(arguments: argparse.Namespace) -> int:
    """Serve the desk until someone ends it."""
    public = read_public(arguments.public_url)
    check_port(arguments.host, arguments.port)
    store = arguments.store or read_option("BORDER_INCIDENTS_STORE") or str(default_store())
    open_store(store).close()  # which makes it, or says why not
    if not read_people():
        write_note(f"nobody may sign in yet ({people_file()}). In another terminal: {FIRST_PERSON}")
    os.environ.update(
        {
            "BORDER_INCIDENTS_STORE": store if "://" in store else str(Path(store).expanduser().absolute()),
            "BORDER_INCIDENTS_DESK_URL": arguments.public_url,
            "BORDER_INCIDENTS_READ_ONLY": "",
        }
    )
    welcome_first(arguments, "The desk", list_addresses(arguments, public))
    return run_streamlit(streamlit_options(arguments, public), SCRIPT)


FIRST_PERSON = 'border-incidents people add "YOUR NAME" --role publisher'
"""What lets the first person in."""
