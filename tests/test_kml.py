"""KML keeps the order of its schema, shows days in time, escapes what articles say twice, and counts a figure once."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyogrio
import pytest
from exchange_world import AT_TORKHAM, IN_KUNAR, KILLED, LINE, PAPERS, TORKHAM, incident, select, total
from lxml import etree

from geo.borders import open_border
from geo.exchange.kml import KML, write_kml
from geo.exchange.table import Selection
from geo.gazetteer import open_gazetteer
from geo.model import DateRange, IncidentPlace
from geo.taxonomy import CATEGORIES

HOSTILE = "<script>alert(1)</script> & \"]]>\" $[name] <img src='https://a.example/x'>"
ORDER = ("name", "visibility", "open", "address", "Snippet", "description", "TimeSpan", "styleUrl", "ExtendedData")
"""What stands before the geometry of a placemark, as the schema wants it."""
ON_STRETCH = IncidentPlace(place=LINE, precision="line", border_km_start=300.0, border_km_end=400.0)


def as_bytes(selection: Selection) -> bytes:
    stream = io.BytesIO()
    write_kml(stream, selection, border=open_border("AF-PK"), gazetteer=open_gazetteer(border="AF-PK"))
    return stream.getvalue()


def read(selection: Selection) -> etree._Element:
    return etree.fromstring(as_bytes(selection))


def marks_of(selection: Selection) -> list[etree._Element]:
    """The placemarks but for the border's."""
    return [mark for mark in read(selection).iter(f"{{{KML}}}Placemark") if text_of(mark, "styleUrl") != "#border"]


def text_of(element: etree._Element, *path: str) -> str | None:
    return element.findtext("/".join(f"{{{KML}}}{name}" for name in path))


def data_of(mark: etree._Element) -> dict[str, str]:
    return {data.get("name"): data.findtext(f"{{{KML}}}value") for data in mark.iter(f"{{{KML}}}Data")}


def names_in(element: etree._Element) -> Iterator[str]:
    return (etree.QName(child).localname for child in element)


def test_elements_stand_in_the_order_of_the_schema() -> None:
    for mark in marks_of(select(incident(AT_TORKHAM, IN_KUNAR, ON_STRETCH), scopes=[total("AF-KNR")])):
        *before, shape = names_in(mark)
        assert before == sorted(before, key=ORDER.index)
        assert shape in ("Point", "LineString", "Polygon", "MultiGeometry")


def test_an_incident_lasts_from_its_first_day_to_its_last() -> None:
    (mark,) = marks_of(select(incident(AT_TORKHAM)))
    assert (text_of(mark, "TimeSpan", "begin"), text_of(mark, "TimeSpan", "end")) == ("2025-10-11", "2025-10-11")


def test_an_undated_incident_has_no_time_and_a_folder_of_its_own() -> None:
    undated = incident(AT_TORKHAM, dates=DateRange(start=None, end=None, precision="unknown"))
    document = read(select(incident(AT_TORKHAM, id_="i2"), undated, scopes=[total("AF-KNR")]))
    folders = [text_of(folder, "name") for folder in document.iter(f"{{{KML}}}Folder")]
    assert folders == ["2025-10", "Date unknown", "Figures for several places", "The border"]
    assert len(list(document.iter(f"{{{KML}}}TimeSpan"))) == 1


def test_a_point_is_longitude_first_and_only_for_a_named_place() -> None:
    (point,) = marks_of(select(incident(AT_TORKHAM)))
    assert text_of(point, "Point", "coordinates") == "71.095,34.1259"
    (area,) = marks_of(select(incident(IN_KUNAR)))
    assert not list(area.iter(f"{{{KML}}}Point"))
    assert list(area.iter(f"{{{KML}}}Polygon"))


def test_a_toll_stands_once_and_a_figure_for_several_places_on_its_own_mark() -> None:
    marks = marks_of(select(incident(AT_TORKHAM, IN_KUNAR), scopes=[total("AF-KNR", "AF-KHO")]))
    assert [data_of(mark).get("killed_low") for mark in marks] == ["3", None, "58"]
    assert data_of(marks[1])["counted_in"] == "incident-1:0"


def test_what_articles_say_is_text_in_the_balloon_too() -> None:
    place = replace(AT_TORKHAM, place=replace(TORKHAM, name=HOSTILE))
    hostile = incident(place, title=HOSTILE, claims=(replace(KILLED, claimant=HOSTILE),))
    document = read(select(hostile, query=HOSTILE))
    (mark,) = [mark for mark in document.iter(f"{{{KML}}}Placemark") if text_of(mark, "styleUrl") == "#clash"]
    described = text_of(mark, "description") or ""
    assert described.count("<") == described.count("<br/>") >= 2
    assert HOSTILE in html.unescape(described)
    assert (text_of(mark, "name"), data_of(mark)["place"]) == (HOSTILE, HOSTILE)
    assert all(text.text == "$[description]" for text in document.iter(f"{{{KML}}}text"))


def test_every_category_has_a_style() -> None:
    styles = {style.get("id") for style in read(select()).iter(f"{{{KML}}}Style")}
    assert styles == {*CATEGORIES, "total", "border"}


def test_the_document_states_filter_revision_time_licence_and_citation() -> None:
    described = text_of(read(select(incident(AT_TORKHAM), query="province=PK-KP")), "Document", "description") or ""
    assert all(part in html.unescape(described) for part in PAPERS)


def test_the_same_selection_gives_the_same_bytes() -> None:
    selection = select(incident(AT_TORKHAM, IN_KUNAR), scopes=[total("AF-KNR", "AF-KHO")])
    assert as_bytes(selection) == as_bytes(selection)


def test_gdal_reads_every_folder(tmp_path: Path) -> None:
    path = tmp_path / "incidents.kml"
    path.write_bytes(as_bytes(select(incident(AT_TORKHAM, IN_KUNAR), scopes=[total("AF-KNR", "AF-KHO")])))
    assert [name for name, _ in pyogrio.list_layers(path)] == ["2025-10", "Figures for several places", "The border"]
    assert pyogrio.read_dataframe(path, layer="2025-10").geometry.is_valid.all()


@pytest.mark.parametrize("id_", ["incident-1", "ein Ärger:<&>", "1"])
def test_an_id_is_one_that_xml_allows(id_: str) -> None:
    (mark,) = marks_of(select(incident(AT_TORKHAM, id_=id_)))
    assert mark.get("id") == (f"f.{id_}.0" if id_.isascii() and id_.replace("-", "").isalnum() else None)


def test_the_document_is_valid_by_the_schema_of_the_ogc() -> None:
    schemas = Path(pytest.importorskip("fastkml").__file__).parent / "schema"
    schema = etree.XMLSchema(etree.parse(schemas / "ogckml22.xsd"))
    places = (AT_TORKHAM, IN_KUNAR, ON_STRETCH, IncidentPlace(place=None))
    schema.assertValid(read(select(incident(*places), scopes=[total("AF-KNR", "AF-KHO")])))


def test_control_characters_in_a_name_break_nothing() -> None:
    named = replace(AT_TORKHAM, place=replace(TORKHAM, name="Tor\x00k\x07ham \u202egate"))
    assert data_of(marks_of(select(incident(named)))[0])["place"] == "Torkham gate"
