"""The commands that read: articles to incidents, names to places."""

from __future__ import annotations

from geo.cli.parser.parts import Commands, add_border, add_command, add_store, read_count


def describe_read(commands: Commands) -> None:
    """Options and page of ``read``."""
    parser = add_command(
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
    add_border(parser)
    parser.add_argument(
        "--jobs",
        type=read_count,
        default=1,
        metavar="N",
        help="processes to read with; the answers are the same for every N (default: 1)",
    )
    parser.add_argument(
        "--table",
        action="store_true",
        help="instead of JSON a table: date, place and its precision, type, toll by claimant, sentence",
    )


def describe_where(commands: Commands) -> None:
    """Options and page of ``where``."""
    parser = add_command(
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
    add_border(parser)


def describe_geocode(commands: Commands) -> None:
    """Options and page of ``geocode``."""
    parser = add_command(
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
    add_store(parser)
    add_border(parser)
