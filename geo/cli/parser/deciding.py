"""The commands by which a person has the last word on which reports tell of one incident."""

from __future__ import annotations

import argparse

from geo.cli.parser.parts import Commands, add_command, add_store


def describe_merge(commands: Commands) -> None:
    """Options and page of ``merge``."""
    parser = add_command(
        commands,
        "merge",
        "say that two incidents are one",
        """
        Joins OTHER to KEPT, claim beside claim, and prints what became of them. OTHER is withdrawn, and its id leads to
        KEPT. The decision is remembered: it holds against the rules when articles are added or read again, until a
        later merge or split of the same reports.
        """,
        """
        examples:
          border-incidents merge 1f0c...  8a77... --who "night desk"
          border-incidents merge 1f0c...  8a77... --reason "the army names the same post"
        """,
    )
    parser.add_argument("kept", metavar="KEPT", help="id of the incident that stays")
    parser.add_argument("other", metavar="OTHER", help="id of the incident that is joined to it")
    _add_decision(parser)


def describe_split(commands: Commands) -> None:
    """Options and page of ``split``."""
    parser = add_command(
        commands,
        "split",
        "say that an article tells of another incident",
        """
        Takes what ARTICLE reports out of INCIDENT and prints the ids of the two. The one split off has the id of its
        own report. The decision is remembered: the rules do not join the two again, not even through a third report.
        """,
        """
        examples:
          border-incidents split 1f0c... 5e21... --who "night desk"
          border-incidents split 1f0c... 5e21... --reason "the second strike of that day"
        """,
    )
    parser.add_argument("incident", metavar="INCIDENT", help="id of the incident")
    parser.add_argument("article", metavar="ARTICLE", help="id of the article, as list --json gives it")
    _add_decision(parser)


def _add_decision(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--who", default="editor", metavar="NAME", help="who decides (default: editor)")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, for the history (default: none)")
    add_store(parser)
