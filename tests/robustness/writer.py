"""A program that adds made-up articles to a store, one after the other, by copies of itself that may be killed.

It reads ``ADDRESS FIRST COUNT`` from standard input, one line a run. For each it starts a copy, which adds articles
FIRST to FIRST + COUNT and writes ``added N`` once article N is kept. The program itself writes ``started PID`` before
and ``ended STATUS`` after. A copy that finds the store away tries again until it is back.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from geo.articles import make_article
from geo.errors import StoreError
from geo.model import Article
from geo.pipeline import Tools, add_article, load_tools
from geo.store import open_store

T = TypeVar("T")
NOON = datetime(2025, 11, 20, 12, tzinfo=UTC)
PLACES = ("Spin Boldak", "Torkham", "Quetta", "Peshawar", "Jalalabad", "Chaman", "Kandahar", "Miranshah")
PAUSE_S = 0.02
"""Between two looks whether the store is back."""


def make(number: int) -> Article:
    """The same article for the same number: a clash of which two parties tell, and one figure for two provinces."""
    place, day = PLACES[number % len(PLACES)], date(2025, 1, 1) + timedelta(days=number % 300)
    text = (
        f"At least {number % 90 + 2} people were killed in a clash in {place} on {day:%A}, officials said. "
        f"The army put the dead at {number % 7 + 1}. "
        f"It said that {number % 50 + 10} fighters were killed on {day:%A} in attacks in Khost and Paktika provinces."
    )
    return make_article(text, url=f"https://wire.example/{number}", published=day, language="en")


def main() -> None:
    """Serve until standard input ends."""
    tools = load_tools()
    # what is loaded at the first article is loaded once, not by every copy
    with TemporaryDirectory() as folder, closing(open_store(Path(folder) / "first.sqlite")) as store:
        add_article(store, make(0), tools, time=NOON)
    for line in sys.stdin:
        address, first, count = line.rsplit(maxsplit=2)
        pid = os.fork()
        if pid == 0:
            add_all(address, range(int(first), int(first) + int(count)), tools)
            os._exit(0)
        tell(f"started {pid}")
        tell(f"ended {os.waitpid(pid, 0)[1]}")


def add_all(address: str, numbers: range, tools: Tools) -> None:
    """Add the articles of these numbers, in their order."""
    store = wait_for(lambda: open_store(address))
    for number in numbers:
        wait_for(partial(add_article, store, make(number), tools, time=NOON))
        tell(f"added {number}")


def wait_for(act: Callable[[], T]) -> T:
    """What ``act`` gives once the store lets it."""
    while True:
        try:
            return act()
        except StoreError as error:
            if "does not answer" not in str(error):
                tell(f"failed {error}")
                raise
            time.sleep(PAUSE_S)


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # at once, and whole whoever is killed


if __name__ == "__main__":
    main()
