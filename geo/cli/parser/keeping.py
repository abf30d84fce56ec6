"""The commands that look after the store."""

from __future__ import annotations

import argparse

from geo.cli.parser.parts import Commands, add_command, add_store


def describe_verify(commands: Commands) -> None:
    """Options and page of ``verify``."""
    parser = add_command(
        commands,
        "verify",
        "check the store and its chain of revisions",
        """
        Looks through the whole store: damage to the file, a broken chain of revisions, records that differ from their
        last revision. Prints one sentence per fault; with faults the exit status is 3.
        """,
        """
        examples:
          border-incidents verify
          border-incidents verify --store postgresql://desk@db.example.org/incidents
          border-incidents verify --digest
        """,
    )
    add_store(parser)
    parser.add_argument(
        "--digest",
        action="store_true",
        help="print a sha256 of all that the store tells as well; stores that tell the same have the same",
    )


def describe_backup(commands: Commands) -> None:
    """Options and page of ``backup``."""
    parser = add_command(
        commands,
        "backup",
        "write the whole store into one file",
        """
        Writes everything that the store holds, as it is at one moment, while others read and write on: articles,
        incidents, their history, what waits to be read, what is withheld from readers. The file holds what may not be
        published; keep it as safe as the store. It is written whole or not at all, and restores into either kind of
        database.
        """,
        """
        examples:
          border-incidents backup store-2026-11-26.zip
          border-incidents backup /mnt/other/store.zip --store postgresql://desk@db.example.org/incidents
        """,
    )
    _add_backed_up(parser)


def describe_restore(commands: Commands) -> None:
    """Options and page of ``restore``."""
    parser = add_command(
        commands,
        "restore",
        "make a store from a backup",
        """
        Makes the store, or fills an empty one, from a file that backup wrote; a store that holds anything is left
        alone. Every hash of the file and of the chain of revisions is checked first and every record after it; what
        does not hold is refused, and nothing is restored.
        """,
        """
        examples:
          border-incidents restore store-2026-11-26.zip --store incidents.sqlite
          border-incidents restore store.zip --store postgresql://desk@db.example.org/incidents
        """,
    )
    _add_backed_up(parser)


def _add_backed_up(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the backup")
    parser.set_defaults(module="backup")
    add_store(parser)
