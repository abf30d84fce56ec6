"""``people``: who may sign in at the desk."""

from __future__ import annotations

import argparse
import getpass
import sys

from geo.cli.streams import write_line
from geo.errors import UsageError
from geo.people import People, Person, check_password, read_people


def run(arguments: argparse.Namespace) -> int:
    """Add, list, remove or change, and say what was done."""
    people = read_people()
    {"add": _add, "list": _list, "remove": _remove, "role": _set_role, "password": _set_password}[arguments.act](
        people, arguments
    )
    return 0


def _add(people: People, arguments: argparse.Namespace) -> None:
    if people.find(arguments.name):
        raise UsageError(f"there is somebody called {arguments.name} already")
    password = None if arguments.no_password else _read_password(arguments)
    people.add(Person(name=arguments.name, role=arguments.role, email=arguments.email), password)
    write_line(f"{arguments.name} may sign in as {arguments.role} (kept in {people.path})")


def _list(people: People, _: argparse.Namespace) -> None:
    for person in people.list():
        write_line("\t".join(filter(None, [person.name, person.role, person.email])))


def _remove(people: People, arguments: argparse.Namespace) -> None:
    write_line(f"{people.remove(arguments.name).name} may not sign in any more, and is signed out everywhere")


def _set_role(people: People, arguments: argparse.Namespace) -> None:
    person = people.set_role(arguments.name, arguments.role)
    write_line(f"{person.name} is now {person.role}")


def _set_password(people: People, arguments: argparse.Namespace) -> None:
    if people.find(arguments.name) is None:
        raise UsageError(f"there is nobody called {arguments.name} in {people.path}")
    person = people.set_password(arguments.name, _read_password(arguments))
    write_line(f"{person.name} has a new password")


def _read_password(arguments: argparse.Namespace) -> str:
    """From the terminal, unseen and twice, or the first line of standard input; never from the arguments."""
    if arguments.password_stdin:
        return check_password(sys.stdin.readline().rstrip("\r\n"))
    if not sys.stdin.isatty():
        raise UsageError("the password is asked for on a terminal; elsewhere give it with --password-stdin")
    password = check_password(getpass.getpass("Password (12 characters at least): "))
    if getpass.getpass("Once more: ") != password:
        raise UsageError("the two passwords are not the same; nothing was changed")
    return password
