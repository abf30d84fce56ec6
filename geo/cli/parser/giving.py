"""The commands that give out what the store holds."""

from __future__ import annotations

from geo.cli.parser.formats import EXPORT_FORMATS
from geo.cli.parser.parts import Commands, add_asof, add_command, add_filter, add_store, add_whole


def describe_list(commands: Commands) -> None:
    """Options and page of ``list``."""
    parser = add_command(
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
    add_filter(parser)
    add_store(parser)
    add_whole(parser)
    add_asof(parser)
    parser.add_argument("--json", action="store_true", help="full records as JSON Lines")


def describe_export(commands: Commands) -> None:
    """Options and page of ``export``."""
    parser = add_command(
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
    add_filter(parser)
    parser.add_argument(
        "--report",
        metavar="CSV",
        help="for acled and ucdp: file that names every derived cell and refused incident (default: none)",
    )
    add_store(parser)
    add_whole(parser)
    add_asof(parser)


def describe_publish(commands: Commands) -> None:
    """Options and page of ``publish``."""
    parser = add_command(
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
    add_filter(parser)
    add_store(parser)
    add_whole(parser)
