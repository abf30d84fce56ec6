"""The folium map is small, always the same, loads nothing from elsewhere and executes no text."""

from __future__ import annotations

import hashlib
import json
import re

import folium
import pytest
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_js_hash

from geo import maps
from geo.borders import Border, open_border
from geo.scripts import module_name
from geo.settings import web_folder

PROBES = [
    "{{7*7}}", "{{ 7 * 7 }}", "{% for x in y %}", "{# gone #}", "${7*7}", "`${7*7}`",
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\\u0024{7*7}",
    "\\", '"', "'", "\u2028", "map_div", "_0",
]  # fmt: skip


@pytest.fixture(scope="module")
def border() -> Border:
    return open_border("AF-PK")


def build(border: Border) -> folium.Map:
    return maps.build_map(border, assets_url="/assets", data_url="/data")


def script_of(border_map: folium.Map) -> str:
    """The map's own script as streamlit-folium takes it."""
    border_map.get_root().render()
    return _get_map_string(border_map)


def command_of(border: Border, **command: object) -> str:
    """The script of a show command as streamlit-folium takes it."""
    border_map = build(border)
    script_of(border_map)
    group = maps.show_command(rev=1, **command)  # type: ignore[arg-type]
    return _get_feature_group_string(group, border_map)


def data_in(script: str) -> object:
    """What the browser would parse from a script's JSON.parse call."""
    literal = re.search(r'JSON\.parse\(("[^"]*")\)', script)
    assert literal
    return json.loads(json.loads(literal[1]))


def test_the_map_is_the_same_at_every_rerun(border: Border) -> None:
    """Streamlit reloads the frame as soon as the script's hash changes."""
    hashes = {generate_js_hash(script_of(build(border)), "map") for _ in range(3)}
    assert len(hashes) == 1


def test_a_command_does_not_touch_the_map(border: Border) -> None:
    scripts = []
    for day in (20_000, 20_100):
        border_map = build(border)
        scripts.append(script_of(border_map))
        _get_feature_group_string(maps.show_command(rev=1, dates=(day, day)), border_map)
    assert generate_js_hash(scripts[0], None) == generate_js_hash(scripts[1], None)


def test_the_map_names_no_other_host(border: Border) -> None:
    page = build(border).get_root().render()
    assert re.findall(r"(?:https?:)?//[a-z][\w.-]+\.[a-z]{2,}", page) == []
    assert "jquery" not in page
    assert "bootstrap" not in page


def test_an_ordinary_folium_map_keeps_its_own_links(border: Border) -> None:
    """folium's lists are shared by the whole process; ours must not leak into them, nor theirs into ours."""
    before = (list(folium.Map.default_js), list(folium.Map.default_css))
    build(border)
    assert (folium.Map.default_js, folium.Map.default_css) == before


def test_every_asset_the_map_links_exists(border: Border) -> None:
    border_map = build(border)
    links = [url for _, url in [*border_map.default_js, *border_map.default_css]]
    paths = [url.removeprefix("/assets/").partition("?")[0] for url in links]
    assert [path for path in paths if path != "map.js" and not (web_folder() / path).is_file()] == []


def test_styles_name_no_file_that_is_not_there() -> None:
    for style in web_folder().rglob("*.css"):
        for address in re.findall(r"url\(['\"]?([^)'\"#]+)", style.read_text(encoding="utf8")):
            assert (style.parent / address).is_file(), f"{style.name}: {address}"


def test_every_module_is_in_the_layers_script() -> None:
    script = maps.layer_script()
    for path in (web_folder() / "map").glob("*.js"):
        assert f"const {module_name(f'map/{path.name}')} = " in script, path.name
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)


@pytest.mark.parametrize("text", PROBES)
def test_safe_text_leaves_nothing_to_execute(text: str) -> None:
    safe = maps.safe_text(text)
    assert not set(safe) & set("`${}\\<>\"'")


def test_safe_text_shows_the_same_words() -> None:
    assert maps.safe_text("Torkham, خوست & 5 < 6") == "Torkham, خوست &amp; 5 &lt; 6"


@pytest.mark.parametrize("text", PROBES)
def test_text_in_a_command_arrives_as_it_was_and_executes_nowhere(border: Border, text: str) -> None:
    """branca renders twice: a probe that were a template would come out as 49, or end the script."""
    script = command_of(border, query=text, words={"map": text})
    arrived = data_in(script)
    assert isinstance(arrived, dict)
    assert (arrived["query"], arrived["words"]) == (text, {"map": text})
    assert "49" not in script
    assert "</script" not in script


def test_a_command_first_empties_what_streamlit_folium_keeps(border: Border) -> None:
    script = command_of(border)
    assert script.index("window.feature_group.length = 0") < script.index("map_div.incidents.show(")


def test_a_command_is_small(border: Border) -> None:
    script = command_of(border, query="types=clash,strike&provinces=AF-KAN", dates=(20_000, 20_060), selected="i" * 36)
    assert len(script) < 1_500


def test_a_figure_that_is_not_a_number_is_refused(border: Border) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        maps.show_command(rev=1, view=(float("nan"), 70.0, 6.0))


def test_the_version_is_a_hash_of_what_is_served(border: Border) -> None:
    assert (
        hashlib.sha256(maps.layer_script().encode() + (web_folder() / "map" / "map.css").read_bytes())
        .hexdigest()
        .startswith(maps.layer_version())
    )
