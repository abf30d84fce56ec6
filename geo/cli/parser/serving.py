"""The commands that serve: dashboard and desk, and who may work there."""

from __future__ import annotations

import argparse

from geo.cli.parser.parts import Commands, add_command, add_store, read_port
from geo.settings import read_option

_ROLES = ("viewer", "editor", "publisher")


def describe_serve(commands: Commands) -> None:
    """Options and page of ``serve``."""
    parser = add_command(
        commands,
        "serve",
        "open the dashboard in a browser",
        """
        Starts the dashboard and prints its address; Ctrl-C ends it. An empty store first gets the sample reports,
        read on the spot. Nobody but this machine can reach the dashboard unless --host says so. It shows what may leave
        the newsroom; where others reach it, nobody can change anything by way of it.
        """,
        """
        examples:
          border-incidents serve
          border-incidents serve --port 9000 --no-browser
          border-incidents serve --host 0.0.0.0                           the local network
          border-incidents serve --public-url https://desk.example.org    behind a web server
          border-incidents serve --read-only --store incidents.sqlite     readers only
        """,
    )
    add_store(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at; 0.0.0.0 for every network (default: 127.0.0.1)"
    )
    parser.add_argument("--port", type=read_port, default=8501, metavar="N", help="port to listen at (default: 8501)")
    parser.add_argument(
        "--public-url",
        default=read_option("BORDER_INCIDENTS_PUBLIC_URL"),
        metavar="URL",
        help="address at which readers reach the dashboard; shared links start with it "
        "(default: BORDER_INCIDENTS_PUBLIC_URL, else the address listened at)",
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--read-only",
        action="store_true",
        default=bool(read_option("BORDER_INCIDENTS_READ_ONLY")),
        help="change nothing in the store, whoever asks (default: BORDER_INCIDENTS_READ_ONLY)",
    )


def describe_desk(commands: Commands) -> None:
    """Options and page of ``desk``."""
    parser = add_command(
        commands,
        "desk",
        "open the desk, where editors check incidents before they are published",
        """
        Starts the desk and prints its address; Ctrl-C ends it. Here people check what was read, beside the article that
        says it: they accept, edit, merge, split, reject and publish. Nobody sees anything without signing in; who may
        is said by border-incidents people, or by an identity provider (OIDC) in Streamlit's secrets.
        """,
        """
        examples:
          border-incidents people add "Night desk" --role editor
          border-incidents desk
          border-incidents desk --port 9002 --no-browser
          border-incidents desk --public-url https://desk.example.org    behind a web server
        """,
    )
    add_store(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at; 0.0.0.0 for every network (default: 127.0.0.1)"
    )
    parser.add_argument("--port", type=read_port, default=8502, metavar="N", help="port to listen at (default: 8502)")
    parser.add_argument(
        "--public-url",
        default=read_option("BORDER_INCIDENTS_DESK_URL"),
        metavar="URL",
        help="address at which editors reach it (default: BORDER_INCIDENTS_DESK_URL, else the address listened at)",
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def describe_people(commands: Commands) -> None:
    """Options and page of ``people``."""
    parser = add_command(
        commands,
        "people",
        "say who may sign in at the desk",
        """
        Keeps the people of the desk in one file, for its owner's eyes only, with an argon2id hash for each password
        (BORDER_INCIDENTS_PEOPLE, else beside the store in the user's data folder). A viewer reads; an editor checks,
        edits, merges and splits; a publisher also publishes and corrects what is published. What is changed here holds
        from a person's next step on. The password is asked for on the terminal, never taken from the command line.
        """,
        """
        examples:
          border-incidents people add "Night desk" --role editor
          border-incidents people add Zarghuna --role publisher --email z@example.org --no-password
          border-incidents people list
          border-incidents people role "Night desk" publisher
          border-incidents people password "Night desk"
          border-incidents people remove "Night desk"
        """,
    )
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True, title="acts")
    add = acts.add_parser("add", help="let somebody sign in")
    add.add_argument("name", metavar="NAME", help="as the history will show it")
    add.add_argument("--role", choices=_ROLES, required=True, help="what they may do")
    add.add_argument("--email", metavar="ADDRESS", help="by which an identity provider knows them")
    add.add_argument("--no-password", action="store_true", help="they sign in with an identity provider only")
    _add_password(add)
    acts.add_parser("list", help="print name, role and mail address of everyone, one a line")
    acts.add_parser("remove", help="let somebody sign in no more").add_argument("name", metavar="NAME")
    role = acts.add_parser("role", help="give somebody another role")
    role.add_argument("name", metavar="NAME")
    role.add_argument("role", choices=_ROLES, metavar="ROLE", help=", ".join(_ROLES))
    password = acts.add_parser("password", help="give somebody another password")
    password.add_argument("name", metavar="NAME")
    _add_password(password)


def _add_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def describe_settings(commands: Commands) -> None:
    """Options and page of ``settings``."""
    add_command(
        commands,
        "settings",
        "print the settings in force, secrets hidden",
        """
        Prints one line per setting: its name, its value, and where that comes from (environment, file or default),
        separated by tabs. A password in a database's address is not shown. A setting can be given in a file as well:
        BORDER_INCIDENTS_STORE_FILE names one that holds what BORDER_INCIDENTS_STORE would.
        """,
        """
        examples:
          border-incidents settings
          BORDER_INCIDENTS_STORE_FILE=/run/secrets/store border-incidents settings
        """,
    )
