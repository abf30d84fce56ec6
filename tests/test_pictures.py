"""Pictures of a view: what a person sees of incidents, areas and totals, in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageColor, ImageFont

from geo.borders import Border, open_border
from geo.errors import DataError
from geo.filters import Filter, Link
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import (
    Article,
    Claim,
    DateRange,
    Incident,
    IncidentPlace,
    Place,
    Reading,
    Scope,
    Source,
    Span,
)
from geo.pictures import draw_link_page, draw_link_preview, qr_svg, tokens
from geo.pictures.bands import MOST_BANDS, sum_bands
from geo.pictures.fitting import choose_view
from geo.pictures.fonts import Font, cut_text, lay_line, text_width, unpack_font, wrap_text
from geo.pictures.legend import count_types
from geo.pictures.lettering import letter
from geo.pictures.marks import Tally, count_on_grid, see_marks
from geo.pictures.paint import paint_map
from geo.pictures.scene import Scene, World, lay_scene
from geo.pictures.shading import round_breaks, shade_provinces
from geo.pictures.timeline import bin_incidents, choose_unit, count_ticks
from geo.pictures.views import see
from geo.settings import web_folder
from geo.snapshot import Snapshot, take_snapshot
from geo.store import Store, open_store
from geo.taxonomy import CATEGORIES
from geo.wording.words import LANGUAGES, Words, read_words

NOON = datetime(2025, 11, 26, 12, tzinfo=UTC)
WIDTH, HEIGHT = 700, 420
KHOST = Place(id="test:khost", name="Khost", kind="settlement", country="AF", adm1="AF-KHO", lat=33.34, lon=69.92)
QUETTA = Place(id="test:quetta", name="Quetta", kind="settlement", country="PK", adm1="PK-BA", lat=30.19, lon=67.01)
HOSTILE = "</svg><script>alert(1)</script>\n{{7*7}} \u202egnp.exe\u202c " + "ﷺ" * 40 + "\x00" + "W" * 400


@pytest.fixture(scope="module")
def border() -> Border:
    return open_border("AF-PK")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(border="AF-PK")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "incidents.sqlite")
    yield opened
    opened.close()


Take = Callable[..., Snapshot]


@pytest.fixture
def take(store: Store, border: Border, gazetteer: Gazetteer) -> Take:
    """Snapshot of a world made of these incidents and scopes."""

    def taken(*incidents: Incident, scopes: tuple[Scope, ...] = ()) -> Snapshot:
        with store.change(time=NOON) as change:
            article = Article(id="a1", text="The post burned.", language="en", sources=(Source(outlet="The Desk"),))
            change.add_article(article, Reading(article_id="a1", language="en"))
            for incident in incidents:
                change.show(incident, reason="test")
            for position, scope in enumerate(scopes):
                change.add_scope(scope, article_id="a1", position=position)
        return take_snapshot(store, border, gazetteer)

    return taken


def at(place: Place, precision: str = "exact", **fields: object) -> IncidentPlace:
    """Where an incident was."""
    values: dict[str, object] = {"adm1": place.adm1, "side": place.country, **fields}
    return IncidentPlace(place=place, precision=precision, **values)  # type: ignore[arg-type]


def province(code: str) -> IncidentPlace:
    """Somewhere in a province."""
    return IncidentPlace(place=None, adm1=code, precision="adm1", side=code[:2])


SUB_TYPES = {"clash": "Armed clash", "strike": "Air/drone strike", "shelling": "Shelling/artillery/missile attack"}


def incident(id_: str = "i1", *places: IncidentPlace, kind: str = "clash", day: str | None = "2025-10-15") -> Incident:
    """An incident at Khost, unless it says where else."""
    start = date.fromisoformat(day) if day else None
    return Incident(
        id=id_,
        title=f"Clash {id_}",
        event_type="Battles" if kind == "clash" else "Explosions/Remote violence",
        sub_event_type=SUB_TYPES[kind],
        dates=DateRange(start=start, end=start, precision="day" if day else "unknown"),
        places=places or (at(KHOST),),
        articles=("a1",),
    )


def total(incidents: tuple[str, ...], places: tuple[str, ...]) -> Scope:
    """58 dead at several places together."""
    claim = Claim(
        metric="killed", subject="people", low=58, best=58, high=58, span=Span(start=0, end=9), article_id="a1",
        scope="s1",
    )  # fmt: skip
    return Scope(id="s1", incidents=incidents, places=places, claims=(claim,))


def scene_of(snapshot: Snapshot, link: Link | None = None, language: str = "en") -> Scene:
    world = see(snapshot, link or Link(), Words(language))
    return lay_scene(world, choose_view(world, (link or Link()).view, width=WIDTH, height=HEIGHT))


def paint(scene: Scene) -> Image.Image:
    return paint_map(scene, width=WIDTH, height=HEIGHT, ratio=1.0, finer=2)


def colour_at(image: Image.Image, x: float, y: float) -> str:
    return "#{:02X}{:02X}{:02X}".format(*image.convert("RGB").getpixel((round(x), round(y))))  # type: ignore[misc]


def count_colour(image: Image.Image, colour: str) -> int:
    return int((np.asarray(image.convert("RGB")) == ImageColor.getrgb(colour)).all(axis=2).sum())


def open_png(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


# ---- marks ---------------------------------------------------------------------------------------------------------


def test_a_named_place_is_marked_where_it_is_in_the_colour_of_its_type(take: Take) -> None:
    scene = scene_of(take(incident("a"), incident("b", at(QUETTA), kind="strike")))
    image = paint(scene)
    assert colour_at(image, *scene.view.place(33.34, 69.92)) == tokens.EVENTS["clash"]
    assert colour_at(image, *scene.view.place(30.19, 67.01)) == tokens.EVENTS["strike"]


def test_the_shape_tells_the_type_without_the_colour(take: Take) -> None:
    scene = scene_of(take(incident("a"), incident("b", at(QUETTA), kind="shelling")))
    image = paint(scene)
    (x, y), (u, v) = scene.view.place(33.34, 69.92), scene.view.place(30.19, 67.01)
    assert colour_at(image, u + 4, v + 4) == tokens.EVENTS["shelling"]  # the corner of a square
    assert colour_at(image, x + 5, y + 5) != tokens.EVENTS["clash"]  # a circle has none


def test_nothing_is_drawn_of_what_the_filter_leaves_out(take: Take) -> None:
    snapshot = take(incident("a"))
    scene = scene_of(snapshot, Link(filter=Filter(types=("strike",))))
    assert (scene.clusters, scene.discs, scene.provinces) == ([], [], [])
    assert count_colour(paint(scene), tokens.EVENTS["clash"]) == 0


def test_near_a_place_is_a_disc_with_nothing_in_its_middle(take: Take) -> None:
    scene = scene_of(take(incident("a", at(KHOST, "near", radius_km=40.0)), incident("b", at(QUETTA))))
    (disc,) = scene.discs
    assert disc.radius == pytest.approx(scene.view.reach(40, 33.34))
    middle = ImageColor.getrgb(colour_at(paint(scene), disc.at[0], disc.at[1] + 9))
    clash, land = ImageColor.getrgb(tokens.EVENTS["clash"]), ImageColor.getrgb(tokens.LAND)
    wanted = [a * 0.17 + b * 0.83 for a, b in zip(clash, land, strict=True)]
    assert np.abs(np.array(middle) - wanted).max() < 3


def test_a_district_is_hatched_and_never_a_dot(take: Take) -> None:
    scene = scene_of(take(incident("a", at(KHOST, "adm2", radius_km=60.0)), incident("b", at(QUETTA))))
    (disc,) = scene.discs
    x, y = disc.at
    box = (round(x) - 15, round(y) - 15, round(x) + 15, round(y) + 15)
    colours = np.asarray(paint(scene).crop(box)).astype(int)
    paper = (np.abs(colours - ImageColor.getrgb(tokens.LAND)).max(axis=2) < 8).mean()
    assert 0.2 < paper < 0.95  # strokes with ground between them


def test_a_province_is_hatched_named_on_a_plate_and_has_no_dot(take: Take) -> None:
    scene = scene_of(take(incident("a", province("AF-PKA"), kind="strike")))
    (item,) = scene.provinces
    assert item.plate is not None
    assert (item.plate.text, scene.clusters, scene.discs) == ("Paktika", [], [])
    assert count_colour(paint(scene), tokens.EVENTS["strike"]) > 200


def test_marks_at_one_place_become_a_ring_with_their_number(take: Take) -> None:
    snapshot = take(incident("a"), incident("b"), incident("c", kind="strike"), incident("d", at(QUETTA)))
    counts = sorted(group.tally.count for group in scene_of(snapshot).clusters)
    assert counts == [1, 3]
    ring = next(group for group in scene_of(snapshot).clusters if group.tally.count == 3)
    assert (ring.tally.category, ring.tally.by_category[:2]) == ("clash", [2, 1])


def test_very_many_marks_are_counted_on_a_grid_each_incident_once_in_a_cell(take: Take) -> None:
    near = replace(KHOST, id="test:near", lat=33.35, lon=69.93)
    snapshot = take(incident("a", at(KHOST), at(near)), incident("b"), incident("c", at(QUETTA)))
    scene = scene_of(snapshot)
    bubbles = count_on_grid(snapshot, *see_marks(scene.world.chosen, scene.view, 0), scene.view)
    assert sorted(bubble.tally.count for bubble in bubbles) == [1, 2]


def test_an_opened_incident_leaves_the_others_faint(take: Take) -> None:
    scene = scene_of(take(incident("a"), incident("b", at(QUETTA), kind="strike")), Link(incident="a"))
    image = paint(scene)
    assert colour_at(image, *scene.view.place(33.34, 69.92)) == tokens.EVENTS["clash"]
    assert colour_at(image, *scene.view.place(30.19, 67.01)) != tokens.EVENTS["strike"]
    assert count_colour(image, tokens.ACCENT) > 10


@pytest.mark.parametrize("position", [(np.inf, 69.9), (33.3, -np.inf), (np.nan, np.nan), (1e308, 1e308), (0.0, 1e9)])
def test_a_position_that_is_no_place_on_earth_is_not_drawn(take: Take, position: tuple[float, float]) -> None:
    snapshot = take(incident("a"), incident("b", at(QUETTA)))
    lat, lon = snapshot.spots.lat.copy(), snapshot.spots.lon.copy()
    spot = next(i for i in range(len(lat)) if abs(lat[i] - 33.34) < 1e-6)
    lat[spot], lon[spot] = position
    broken = replace(snapshot, spots=replace(snapshot.spots, lat=lat, lon=lon))
    assert len(scene_of(broken).clusters) == 1
    assert open_png(draw_link_preview(broken, Link(), Words("en"))).size == (1200, 630)


# ---- totals and the line -------------------------------------------------------------------------------------------


def test_a_total_is_hatched_once_with_one_figure_and_never_shared_out(take: Take) -> None:
    codes = ("AF-KAN", "AF-HEL", "AF-ZAB")
    snapshot = take(incident("a", *map(province, codes)), scopes=(total(("a",), codes),))
    scene = scene_of(snapshot)
    assert scene.total is not None
    assert ([area.code for area in scene.total.areas], scene.provinces) == ([*codes], [])
    written = [label.text for callout in letter(scene).callouts for label in callout.labels]
    assert Counter(written)["58"] == 1
    assert count_colour(paint(scene), tokens.EVENTS["clash"]) > 200


def test_the_outline_of_a_total_has_no_edge_between_its_provinces(take: Take) -> None:
    codes = ("AF-KAN", "AF-HEL")
    scene = scene_of(take(incident("a", *map(province, codes)), scopes=(total(("a",), codes),)))
    assert scene.total is not None
    edges = [frozenset(map(tuple, pair)) for path in scene.total.outline for pair in np.stack((path[:-1], path[1:]), 1)]
    both = [ring for code in codes for ring in scene.world.ground.provinces[code].rings]
    assert 0 < len(edges) == len(set(edges)) < sum(len(ring) - 1 for ring in both)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_is_named_and_said_to_be_disputed_in_every_language(take: Take, language: str) -> None:
    scene = scene_of(take(incident("a")), language=language)
    words = [label.text for callout in letter(scene).callouts for label in callout.labels]
    assert scene.world.ground.line_names[language] in words
    assert len(words) > 1


def test_many_stretches_are_drawn_in_sum_few_one_by_one() -> None:
    def tally(category: str) -> Tally:
        return Tally(by_category=[int(name == category) for name in CATEGORIES], category=category)

    few = [(float(n), n + 50.0, tally("clash")) for n in range(MOST_BANDS)]
    assert sum_bands(few) is None
    runs = sum_bands([*few, (500.0, 600.0, tally("strike"))])
    assert runs is not None
    assert [(run[0], run[2].category) for run in runs] == [(0.0, "clash"), (500.0, "strike")]


# ---- provinces -----------------------------------------------------------------------------------------------------


def test_a_shaded_province_counts_each_incident_that_names_it_once(take: Take) -> None:
    both = incident("a", province("AF-PKA"), province("AF-KHO"))
    snapshot = take(both, incident("b"), incident("c", at(KHOST), at(replace(KHOST, id="test:2"))))
    shading = shade_provinces(see(snapshot, Link(layer="provinces"), Words("en")))
    counted = {shade.area.code: shade.incidents for shade in shading.shades if shade.incidents}
    assert (counted, shading.several, shading.nowhere) == ({"AF-KHO": 3, "AF-PKA": 1}, 1, 0)
    assert [text for text, _ in shading.classes] == ["1", "2", "3+"]


def test_a_shaded_map_shows_no_marks_and_names_the_line(take: Take) -> None:
    snapshot, link = take(incident("a"), incident("b", province("AF-PKA"))), Link(layer="provinces")
    assert draw_link_preview(snapshot, link, Words("en")) != draw_link_preview(snapshot, Link(), Words("en"))
    page = open_png(draw_link_page(snapshot, link, Words("ur")))
    assert count_colour(page, tokens.RAMP[2]) > 1_000
    assert count_colour(page, tokens.SEA) < count_colour(page, tokens.LAND)


def test_classes_are_few_round_and_growing() -> None:
    assert [round_breaks(most) for most in (0, 1, 4, 30, 3_000)] == [
        (1,), (1,), (1, 2, 3, 4), (1, 2, 5, 10, 20), (1, 5, 20, 100, 500),
    ]  # fmt: skip


# ---- where it looks ------------------------------------------------------------------------------------------------


def test_the_map_shows_all_that_is_found(take: Take) -> None:
    scene = scene_of(take(incident("a"), incident("b", at(QUETTA)), incident("c", province("AF-HER"))))
    spots = [scene.view.place(33.34, 69.92), scene.view.place(30.19, 67.01)]
    herat = scene.view.box_of(scene.world.ground.provinces["AF-HER"].box)
    assert all(scene.view.frame.grow(-20).x0 < x < scene.view.frame.grow(-20).x1 for x, _ in spots)
    assert scene.view.frame.holds(herat)


def test_the_view_of_a_link_is_kept_and_all_of_it_shown(take: Take) -> None:
    world = see(take(incident("a")), Link(), Words("en"))
    view = choose_view(world, (33.34, 69.92, 8.0), width=785 * 2, height=434 * 2)
    assert view.place(33.34, 69.92) == pytest.approx((785, 434))
    assert view.zoom == pytest.approx(8.0)
    assert choose_view(world, (33.34, 69.92, 8.0), width=785 / 2, height=434).zoom == pytest.approx(7.0)


@pytest.mark.parametrize("view", [(0.0, -60.0, 5.0), (85.0, 179.9, 24.0), (33.34, 69.92, 24.0), (-89.0, 0.0, 0.0)])
def test_a_view_far_away_or_very_near_is_drawn_as_well(take: Take, view: tuple[float, float, float]) -> None:
    snapshot = take(incident("a"), incident("b", province("AF-PKA")))
    assert open_png(draw_link_preview(snapshot, Link(view=view), Words("en"))).size == (1200, 630)


# ---- the sheets ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sheets_are_drawn_in_every_language_and_of_an_empty_store(take: Take, language: str) -> None:
    snapshot, words = take(), Words(language)
    assert open_png(draw_link_page(snapshot, Link(), words)).size == (1600, 1040)
    assert open_png(draw_link_preview(snapshot, Link(), words)).size == (1200, 630)


def test_the_same_view_gives_the_same_bytes(take: Take) -> None:
    snapshot, link = take(incident("a"), incident("b", province("AF-PKA"))), Link(filter=Filter(types=("clash",)))
    for draw in (draw_link_page, draw_link_preview):
        assert draw(snapshot, link, Words("ur")) == draw(snapshot, link, Words("ur"))


def test_the_picture_of_a_link_is_small_enough_to_be_sent(take: Take) -> None:
    places = [replace(KHOST, id=f"test:{n}", lat=30 + n % 9 * 0.7, lon=66 + n // 9 * 0.7) for n in range(72)]
    snapshot = take(*(incident(f"i{n}", at(place), kind="strike") for n, place in enumerate(places)))
    assert len(draw_link_preview(snapshot, Link(), Words("en"))) < 150_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_and_filters_are_only_ink(take: Take, language: str) -> None:
    place = replace(KHOST, id="test:hostile", name=HOSTILE)
    snapshot = take(incident("a", at(place)), incident("b", at(replace(QUETTA, id="x", name="\u202e\u2066\u2069"))))
    assert open_png(draw_link_page(snapshot, Link(), Words(language), shown=HOSTILE)).size == (1600, 1040)
    assert open_png(draw_link_preview(snapshot, Link(), Words(language))).size == (1200, 630)


def test_a_border_without_a_basemap_is_refused_in_a_sentence(take: Take, tmp_path: Path) -> None:
    snapshot = take()
    with pytest.raises(DataError, match="AF-PK: the basemap has not been built"):
        draw_link_page(replace(snapshot, border=replace(snapshot.border, folder=tmp_path)), Link(), Words("en"))


def test_the_legend_counts_each_type_that_there_is(take: Take) -> None:
    world = see(take(incident("a"), incident("b"), incident("c", kind="strike")), Link(), Words("en"))
    assert count_types(world) == [("clash", 2), ("strike", 1)]


# ---- the timeline --------------------------------------------------------------------------------------------------


def world_of(snapshot: Snapshot) -> World:
    return see(snapshot, Link(), Words("en"))


def test_the_timeline_stacks_what_began_on_a_day_by_type(take: Take) -> None:
    snapshot = take(
        incident("a"), incident("b", kind="strike"), incident("c", day="2025-10-31"), incident("d", day=None)
    )
    bins = bin_incidents(world_of(snapshot), (date(2025, 10, 1), date(2025, 10, 31)), "day")
    assert (len(bins.edges), bins.edges[-1], bins.most) == (32, date(2025, 11, 1), 2)
    assert dict(zip(tokens.STACK, bins.counts[14].tolist(), strict=True))["strike"] == 1
    assert bins.counts.sum() == 3


@pytest.mark.parametrize(
    ("unit", "first"), [("week", date(2025, 9, 29)), ("month", date(2025, 10, 1)), ("year", date(2025, 1, 1))]
)
def test_weeks_begin_on_mondays_months_and_years_on_their_first(take: Take, unit: str, first: date) -> None:
    bins = bin_incidents(world_of(take(incident())), (date(2025, 10, 3), date(2025, 10, 31)), unit)  # type: ignore[arg-type]
    assert (bins.edges[0], bins.counts.sum()) == (first, 1)


def test_bins_are_as_fine_as_can_be_told_apart() -> None:
    assert [choose_unit(width) for width in (30, 2.4, 1, 0.1, 0.001)] == ["day", "day", "week", "month", "year"]
    assert [count_ticks(most) for most in (0, 1, 3, 11, 250)] == [(), (1,), (1, 2), (5, 10), (100, 200)]


# ---- colours and letters -------------------------------------------------------------------------------------------


def test_colours_and_shapes_are_those_of_the_browser_s_map() -> None:
    script = (web_folder() / "map" / "tokens.js").read_text(encoding="utf8")
    light = script.split("light: {")[1].split("dark: {")[0]
    theirs = dict(re.findall(r'(\w+): "(#\w{6})"', light))
    names = {"otherLand": "OTHER_LAND", "strongRule": "STRONG_RULE", "provinceEdge": "PROVINCE_EDGE"}
    names["countryEdge"] = "COUNTRY_EDGE"
    ours = {key: tokens.EVENTS.get(key) or getattr(tokens, names.get(key, key.upper()), None) for key in theirs}
    del theirs["raised"], ours["raised"]  # nothing of a picture floats
    assert ours == theirs
    shapes = script.split("SHAPES = {")[1].split("}")[0]
    assert dict(re.findall(r'(\w+): "(\w+)"', shapes)) == tokens.SHAPES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("family", ["sans", "serif"])
def test_there_is_a_letter_for_every_word_of_the_page(language: str, family: str) -> None:
    missing = set()
    for text in read_words(language).values():
        for piece in lay_line(text, Font(family, 400, 12), 1.0, rtl=language != "en")[0]:
            shown = [c for c in piece.text if not c.isspace() and c not in "\u200c\u200d\u2066\u2068\u2069"]
            nothing = bytes(piece.face.getmask("\uffff"))
            missing |= {c for c in shown if bytes(piece.face.getmask(c)) == nothing}
    assert missing == set()


def test_a_line_is_as_wide_as_its_pieces_and_a_cut_one_fits() -> None:
    font = Font("sans", 400, 12)
    pieces, width = lay_line("Spin Boldak سپین بولدک 2025", font, 1.0)
    assert [piece.x for piece in pieces] == sorted(piece.x for piece in pieces)
    assert width > pieces[-1].x
    assert text_width(cut_text("W" * 500, font, 90), font) <= 90
    assert all(text_width(line, font) <= 90 for line in wrap_text("one two three four five six seven", font, 90))


def test_a_joiner_parts_letters_without_parting_their_line() -> None:
    font = Font("sans", 400, 12)
    parted, joined = ("به\u200cدست", "بهدست")
    assert len(lay_line(parted, font, 1.0, rtl=True)[0]) == 1
    assert text_width(parted, font, rtl=True) != text_width(joined, font, rtl=True)


def test_fonts_can_be_unpacked_where_freetype_cannot_read_them() -> None:
    data = unpack_font(web_folder() / "fonts" / "public-sans-latin-wght-normal.woff2")
    assert ImageFont.truetype(BytesIO(data), 20).getlength("Khost") > 20


# ---- codes ---------------------------------------------------------------------------------------------------------


def test_a_qr_code_is_one_svg_element_dark_on_light() -> None:
    code = qr_svg("https://desk.example.org/?from=2025-10-01&q=%22%3E%3Cscript%3E")
    assert code.startswith("<svg ")
    assert code.endswith("</svg>")
    assert "script" not in code
    assert tokens.INK.lower() in code.lower()
    assert "viewBox" in code


def test_an_address_too_long_for_a_code_is_refused() -> None:
    assert qr_svg("https://x/" + "a" * 2_900)
    with pytest.raises(ValueError, match="too long for a QR code"):
        qr_svg("https://x/" + "a" * 3_000)
