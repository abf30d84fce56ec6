"""``settings``: every setting, its value and where it comes from."""

from __future__ import annotations

import argparse

from geo.cli.streams import write_line
from geo.settings import OPTIONS, find_origin, read_option
from geo.store.engine import hide_password


def run(_: argparse.Namespace) -> int:
    """Print them all, passwords hidden."""
    for option in OPTIONS:
        value = read_option(option.name)
        value = hide_password(value) if option.name == "BORDER_INCIDENTS_STORE" else value
        write_line("\t".join((option.name, value or "-", find_origin(option.name))))
    return 0
