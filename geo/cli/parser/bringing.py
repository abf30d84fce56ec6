"""The commands that bring articles and lists of incidents into the store."""

from __future__ import annotations

from geo.cli.parser.formats import CODED, IMPORT_FORMATS
from geo.cli.parser.parts import Commands, add_border, add_command, add_store, read_count


def describe_add(commands: Commands) -> None:
    """Options and page of ``add``."""
    parser = add_command(
        commands,
        "add",
        "read articles into the store",
        """
        Reads files (text, Markdown with front matter, HTML, PDF, DOCX, EML, JSON Lines, CSV), folders of them and pages
        on the internet into the store, and prints one line per article: its id, the ids of its incidents, and flags,
        separated by tabs. What cannot be read is put aside, named on standard error, and the rest goes on. An article
        that is there already changes nothing.

        All that is named is first queued in the store and then read, by N processes with --jobs N; the outcome is the
        same for every N. What was interrupted goes on where it was with --resume, or with the same command again. What
        was put aside is listed by border-incidents queue; it is tried again when it is named again.

        CSV holds an article a row, its columns named id, title, text, url, publisher, published, language; only text
        must be there. PDF, DOCX, EML and large pages are opened in a process that may take 512 MB and 10 seconds. A
        page is fetched from the public internet only, and not against the site's robots.txt.
        """,
        """
        examples:
          border-incidents add reports/
          border-incidents add tuesday.md statement.pdf wire.jsonl all.csv
          border-incidents add https://desk.example.org/news/1
          border-incidents add --jobs 4 archive/
          border-incidents add --resume --jobs 4
          pbpaste | border-incidents add -
        """,
    )
    parser.add_argument(
        "sources", nargs="*", metavar="SOURCE", help="a file, a folder, an address, or - for standard input"
    )
    parser.add_argument(
        "--jobs",
        type=read_count,
        default=1,
        metavar="N",
        help="processes to read with, beside the one that writes; 1 does both (default: 1)",
    )
    parser.add_argument(
        "--resume", action="store_true", help="read what an earlier add left in the queue; no SOURCE needs to be named"
    )
    add_store(parser)
    add_border(parser)


def describe_watch(commands: Commands) -> None:
    """Options and page of ``watch``."""
    parser = add_command(
        commands,
        "watch",
        "read what feeds announce into the store, again and again",
        """
        Asks for the RSS, Atom and JSON feeds of a list, each when its time has come, and reads the pages that are new
        in them into the store; every page once, whatever feeds name it. Servers are treated politely: robots.txt is
        followed, what has not changed is not sent again, a feed that fails or asks for patience is asked later, and no
        host is asked twice within a second. A page that cannot be had is tried again up to four times, then put aside
        with its reason. It may be ended at any moment, and goes on where it was.
        """,
        """
        the list, feeds.toml:
          every = "30m"                  between two looks: s, m, h or d; half an hour
                                         where nothing is said, a minute at least
          [[feed]]
          address = "https://news.example.org/border.rss"
          publisher = "Example News"     else what page and feed say
          language = "ur"                of pages that do not say
          every = "15m"

        examples:
          border-incidents watch feeds.toml
          border-incidents watch feeds.toml --once     for cron: asks for each feed
                                                       once, reads what is queued, ends
        """,
    )
    parser.add_argument("feeds", metavar="FEEDS", help="the list of feeds, a TOML file")
    add_store(parser)
    add_border(parser)
    parser.add_argument("--once", action="store_true", help="ask for each feed once, read what is queued, and end")


def describe_queue(commands: Commands) -> None:
    """Options and page of ``queue``."""
    parser = add_command(
        commands,
        "queue",
        "list what came in to be read, and what was put aside",
        """
        Prints how many documents came in, and how many of them are done, pending and quarantined: each is one of the
        three, at every moment. Then one line for each that is quarantined: its number, a code, and why it could not be
        read, separated by tabs.
        """,
        """
        examples:
          border-incidents queue
          border-incidents queue --retry
        """,
    )
    add_store(parser)
    parser.add_argument("--retry", action="store_true", help="put all that is quarantined back into the queue")
    parser.add_argument("--json", action="store_true", help="one JSON object: the counts, and documents")


def describe_import(commands: Commands) -> None:
    """Options and page of ``import``."""
    parser = add_command(
        commands,
        "import",
        "bring files of ACLED and UCDP, and lists, into the store",
        """
        Reads a CSV file in UTF-8, with or without first line of names, its columns in any order. Every cell is kept as
        it came. The file is one change: it is imported whole or not at all, but for rows that cannot be read, each of
        which is named with its line and the reason. What is there already changes nothing; a newer version of a row
        replaces what the database said, and keeps what a person changed.

        Incidents of ACLED stay on this machine: no export but that to ACLED's own columns holds them, unless
        BORDER_INCIDENTS_ACLED_RIGHT says by what right they may be handed on.

          acled, ucdp   the databases' own columns
          csv, geojson  what export writes, or any list with title, date, and lat
                        and lon or a point; also read: date_end, precision,
                        sub_event_type, killed_low to wounded_high, sources,
                        source_urls. Incidents that are there stay as they are.
        """,
        """
        examples:
          border-incidents import acled 2025-10-01-2025-10-31-Pakistan.csv
          border-incidents import ucdp GEDEvent_v23_1.csv
          border-incidents import csv our-list.csv
        """,
    )
    parser.add_argument("format", choices=IMPORT_FORMATS, metavar="FORMAT", help=", ".join(IMPORT_FORMATS))
    parser.add_argument("source", metavar="FILE", help="file to read, - for standard input")
    add_store(parser)
    add_border(parser)
    parser.set_defaults(module="bring_in")  # "import" is a word of Python's


def describe_lint(commands: Commands) -> None:
    """Options and page of ``lint``."""
    parser = add_command(
        commands,
        "lint",
        "find rows of ACLED and UCDP files that contradict the codebook",
        """
        Prints one line for every cell that contradicts the codebook: line of the file, event, column, and a sentence
        that explains the code. Touches no store; with findings the exit status is 3.
        """,
        """
        examples:
          border-incidents lint acled october.csv
          border-incidents lint ucdp GEDEvent_v23_1.csv
        """,
    )
    parser.add_argument("format", choices=CODED, metavar="FORMAT", help=", ".join(CODED))
    parser.add_argument("source", metavar="FILE", help="file to read, - for standard input")
    add_border(parser)
