"""Commands and options, and the page that ``--help`` of each shows."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

from geo import __version__
from geo.settings import default_store, read_option

_WIDTH = 80
CODED = ("acled", "ucdp")
"""Databases whose files are read and written."""
EXPORT_FORMATS = ("csv", "xlsx", "gpkg", "geojson", "kml", "docx", "png", *CODED)
IMPORT_FORMATS = (*CODED, "csv", "geojson")

_STATUS = """
exit status:
  0  done
  1  could not: the sentence on standard error says why
  2  wrong usage
  3  done, with errors that were reported
"""

_ROLES = ("viewer", "editor", "publisher")

_FILTER = """
filter:
  The query string of a shared link, in quotes. Every key is optional; lists are
  separated by commas.
    from, to     first and last day, as 2025-03-01
    country      AF, PK
    province     ISO 3166-2 codes, as AF-NAN,PK-KP
    type         clash, strike, shelling, bombing, raid, crossings, other
    actor        who was involved, by name
    claimant     who says so: state:AF, group:TTP, un, ngo, medical, local, media,
                 database:UCDP
    precision    exact, near, adm2, adm1, line, country, unknown; total for a figure
                 for several places, border for the line with no stretch named
    within_km    place and distance, as border:torkham,25
    border_km    distance to the border line
    km           a stretch of the line, as 120-340: first and last kilometre
    side         country on whose side of the line it happened
    status       draft, imported, reviewed, published
    source       an outlet by its name
    language     language of a report: en, ur, ps, fa
    killed       at least so many dead, by the lowest claim; incidents without a
                 figure are left out
    wounded      the same of the wounded
    located_km   only what is located within so many km: a named place is exact,
                 "near" has its radius, districts and provinces count by their
                 size; the line and countries are left out
    q            words, all of them, in any script and spelling; the name of a
                 place stands for all its names
"""

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; every command stands in ``command``."""
    parser = argparse.ArgumentParser(
        prog="border-incidents",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Articles in, a map of border incidents out: who says what, and how sure the place is.",
        epilog="Each command has a page of its own: border-incidents COMMAND --help" + "\n" + _STATUS,
    )
    parser.add_argument("--version", action="version", version=f"border-incidents {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title="commands")
    for add in (
        _add_serve, _add_desk, _add_people, _add_read, _add_add, _add_watch, _add_queue, _add_list, _add_export,
        _add_publish, _add_import, _add_lint, _add_merge, _add_split, _add_where, _add_geocode, _add_verify,
        _add_backup, _add_restore, _add_settings,
    ):  # fmt: skip
        add(commands)
    return parser


def _add_serve(commands: Commands) -> None:
    parser = _command(
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
    _add_store(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at; 0.0.0.0 for every network (default: 127.0.0.1)"
    )
    parser.add_argument("--port", type=_port, default=8501, metavar="N", help="port to listen at (default: 8501)")
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


def _add_desk(commands: Commands) -> None:
    parser = _command(
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
    _add_store(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at; 0.0.0.0 for every network (default: 127.0.0.1)"
    )
    parser.add_argument("--port", type=_port, default=8502, metavar="N", help="port to listen at (default: 8502)")
    parser.add_argument(
        "--public-url",
        default=read_option("BORDER_INCIDENTS_DESK_URL"),
        metavar="URL",
        help="address at which editors reach it (default: BORDER_INCIDENTS_DESK_URL, else the address listened at)",
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def _add_people(commands: Commands) -> None:
    parser = _command(
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


def _add_read(commands: Commands) -> None:
    parser = _command(
        commands,
        "read",
        "read articles into incidents, as JSON Lines",
        """
        Reads one article a line, {"id": ..., "text": ...} and optionally title, published, url, publisher, language,
        and answers with one line per line, in the same order: place names, incidents, claims, and figures given for
        several places. A line that cannot be read is answered with an "error", and the run goes on. Touches neither
        store nor network.
        """,
        """
        examples:
          border-incidents read --in articles.jsonl --out readings.jsonl
          border-incidents read --jobs 4 < articles.jsonl > readings.jsonl
          border-incidents read --table --in articles.jsonl          for a person to check
          border-incidents read --table --in reports/                a folder of reports
        """,
    )
    parser.add_argument(
        "--in",
        dest="source",
        default="-",
        metavar="FILE",
        help="articles, or a folder of them (default: standard input)",
    )
    parser.add_argument("--out", dest="target", default="-", metavar="FILE", help="answers (default: standard output)")
    _add_border(parser)
    parser.add_argument(
        "--jobs",
        type=_count,
        default=1,
        metavar="N",
        help="processes to read with; the answers are the same for every N (default: 1)",
    )
    parser.add_argument(
        "--table",
        action="store_true",
        help="instead of JSON a table: date, place and its precision, type, toll by claimant, sentence",
    )


def _add_add(commands: Commands) -> None:
    parser = _command(
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
        type=_count,
        default=1,
        metavar="N",
        help="processes to read with, beside the one that writes; 1 does both (default: 1)",
    )
    parser.add_argument(
        "--resume", action="store_true", help="read what an earlier add left in the queue; no SOURCE needs to be named"
    )
    _add_store(parser)
    _add_border(parser)


def _add_queue(commands: Commands) -> None:
    parser = _command(
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
    _add_store(parser)
    parser.add_argument("--retry", action="store_true", help="put all that is quarantined back into the queue")
    parser.add_argument("--json", action="store_true", help="one JSON object: the counts, and documents")


def _add_watch(commands: Commands) -> None:
    parser = _command(
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
    _add_store(parser)
    _add_border(parser)
    parser.add_argument("--once", action="store_true", help="ask for each feed once, read what is queued, and end")


def _add_list(commands: Commands) -> None:
    parser = _command(
        commands,
        "list",
        "list incidents, one a line",
        """
        Prints the incidents of the store that may leave the newsroom (all with --whole), newest first: date, type,
        places and how sure they are, toll, status, id.
        """,
        """
        examples:
          border-incidents list
          border-incidents list "from=2025-10-01&to=2025-10-31&province=AF-NAN,PK-KP"
          border-incidents list "type=strike" --json
        """,
        filters=True,
    )
    _add_filter(parser)
    _add_store(parser)
    _add_whole(parser)
    _add_asof(parser)
    parser.add_argument("--json", action="store_true", help="full records as JSON Lines")


def _add_export(commands: Commands) -> None:
    parser = _command(
        commands,
        "export",
        "write incidents to a file",
        """
        Writes the incidents that match the filter and may leave the newsroom (all with --whole), with the figures given
        for several places as records of their own, counted once. The file says which filter and data revision it holds,
        its time, licence and how to cite it.

          csv      one row an incident, for spreadsheets
          xlsx     a workbook: incidents, totals, claims, places, sources, papers
          gpkg     a GeoPackage for QGIS: incidents as points, areas, stretches of the
                   border, totals, claims, sources, with styles
          geojson  one feature an incident and place, for QGIS: a point only for a
                   named town or site, else the disc, the province or the stretch
                   of the border that the report means
          kml      for Google Earth, with the days of each incident for its slider
          docx     a brief in the link's lang: who says what, each sentence with its
                   footnote, rival claims in a table; 500 incidents at most
          png      a page to print, 1600 by 1040 pixels: map, legend, timeline,
                   papers; its filter may also hold a link's view, incident,
                   layer (incidents or provinces) and lang
          acled,   files of ACLED and UCDP GED: their own rows as they were
          ucdp     imported, cell for cell but for what a person changed; all other
                   incidents as far as those columns can say them, with every
                   derived column and every refused incident named
        """,
        """
        examples:
          border-incidents export csv march.csv "from=2025-03-01&to=2025-03-31"
          border-incidents export geojson - "province=PK-KP" > kp.geojson
          border-incidents export png october.png "from=2025-10-01&to=2025-10-31&lang=ur"
        """,
        filters=True,
    )
    parser.add_argument("format", choices=EXPORT_FORMATS, metavar="FORMAT", help=", ".join(EXPORT_FORMATS))
    parser.add_argument("target", metavar="FILE", help="file to write, - for standard output")
    _add_filter(parser)
    parser.add_argument(
        "--report",
        metavar="CSV",
        help="for acled and ucdp: file that names every derived cell and refused incident (default: none)",
    )
    _add_store(parser)
    _add_whole(parser)
    _add_asof(parser)


def _add_import(commands: Commands) -> None:
    parser = _command(
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
    _add_store(parser)
    _add_border(parser)
    parser.set_defaults(module="bring_in")  # "import" is a word of Python's


def _add_lint(commands: Commands) -> None:
    parser = _command(
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
    _add_border(parser)


def _add_publish(commands: Commands) -> None:
    parser = _command(
        commands,
        "publish",
        "write a static edition that any web server can serve",
        """
        Writes into a folder what readers need and nothing that needs a server of ours: the edition, one HTML file with
        map, filters, timeline, table, claims and citation, which also opens from a disk without a network; the data as
        GeoJSON and CSV; an Atom feed of the newest changes with points for maps; and a page for each incident that
        reads without scripts. Withdrawn incidents are left out, those that may not be handed on, and what editors hold
        back; --whole holds back nothing.

        The same data give the same bytes, whenever they are written. What an earlier publication in the same folder had
        and this one has not is removed; other files in it are left alone, and one that stands where a new one
        belongs is never written over. The link's lang says in which language.
        """,
        """
        examples:
          border-incidents publish site/
          border-incidents publish october/ "from=2025-10-01&to=2025-10-31"
          border-incidents publish urdu/ "lang=ur"
        """,
        filters=True,
    )
    parser.add_argument("folder", metavar="DIR", help="folder to write to; made when it is not there")
    _add_filter(parser)
    _add_store(parser)
    _add_whole(parser)


def _add_merge(commands: Commands) -> None:
    parser = _command(
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


def _add_split(commands: Commands) -> None:
    parser = _command(
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
    _add_store(parser)


def _add_where(commands: Commands) -> None:
    parser = _command(
        commands,
        "where",
        "say what the places in a text resolve to, and why",
        "Finds the place names of a text and prints for each which place it means, its rivals and the rule.",
        """
        examples:
          border-incidents where "Shelling near Spin Boldak; Kabul protests"
          border-incidents where --json - < article.txt
          border-incidents where --store incidents.sqlite "A clash in Wana"
        """,
    )
    parser.add_argument("text", metavar="TEXT", help="the text, or - for standard input")
    parser.add_argument("--json", action="store_true", help="the records of toponyms[] as one JSON list")
    parser.add_argument("--store", metavar="S", help="follow the corrections of this store's editors (default: none)")
    _add_border(parser)


def _add_geocode(commands: Commands) -> None:
    parser = _command(
        commands,
        "geocode",
        "ask again for places that the geocoder did not answer for",
        """
        Where BORDER_INCIDENTS_NOMINATIM names a server, add, watch and the desk ask it for names of places in
        sentences of incidents that the gazetteer does not know. When it is away or slow, reading goes on, and the
        article is flagged geocoder_unavailable. This reads such articles again and prints one line for each: its id,
        the names found, and those still open, separated by tabs. With names still open the exit status is 3.
        """,
        """
        examples:
          BORDER_INCIDENTS_NOMINATIM=https://nominatim.example.org border-incidents geocode
        """,
    )
    _add_store(parser)
    _add_border(parser)


def _add_verify(commands: Commands) -> None:
    parser = _command(
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
    _add_store(parser)
    parser.add_argument(
        "--digest",
        action="store_true",
        help="print a sha256 of all that the store tells as well; stores that tell the same have the same",
    )


def _add_backup(commands: Commands) -> None:
    parser = _command(
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


def _add_restore(commands: Commands) -> None:
    parser = _command(
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
    _add_store(parser)


def _add_settings(commands: Commands) -> None:
    _command(
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


def _command(
    commands: Commands, name: str, short: str, about: str, examples: str, *, filters: bool = False
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=short,
        description=_fill(about),
        epilog=textwrap.dedent(examples).strip() + "\n" + (_FILTER if filters else "") + _STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _fill(text: str) -> str:
    """Paragraphs set to the width of a page; indented ones stay as they are."""
    paragraphs = textwrap.dedent(text).strip().split("\n\n")
    return "\n\n".join(part if part.startswith(" ") else textwrap.fill(part, _WIDTH) for part in paragraphs)


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--store",
        metavar="S",
        help="a file (SQLite) or a database address "
        f"(default: BORDER_INCIDENTS_STORE, else {str(default_store()).replace('%', '%%')})",
    )


def _add_asof(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--asof",
        metavar="DAY|REVISION",
        default="",
        help="the data as it was at the end of a day (UTC) or at a data revision (default: as it is now)",
    )


def _add_whole(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--whole",
        action="store_true",
        help="for the newsroom's own use: with all that is held back from readers, and with names of victims",
    )


def _add_border(parser: argparse.ArgumentParser) -> None:
    border = read_option("BORDER_INCIDENTS_BORDER")
    parser.add_argument(
        "--border",
        default=border,
        metavar="CODE",
        help=f"the border in view: two ISO country codes (default: {border.replace('%', '%%')})",
    )


def _add_filter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("filter", nargs="?", default="", metavar="FILTER", help="which incidents (default: all)")


def _bounded(least: int, most: int, what: str) -> Callable[[str], int]:
    def read(written: str) -> int:
        if not (written.isascii() and written.isdigit() and least <= int(written[:9]) <= most):
            raise argparse.ArgumentTypeError(f"{written!r} is not {what} from {least} to {most}")
        return int(written)

    return read


_port = _bounded(1, 65_535, "a port")
_count = _bounded(1, 512, "a number")
