"""The layers of the map in the whole dashboard: in the link, with filters and languages, and below a small map."""

from __future__ import annotations

import pytest
from page_reader import LAYER, Reader
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser


def frame(reader: Reader, selector: str, text: str) -> Locator:
    """Something on the map itself."""
    return reader.page.frame_locator("iframe[title*=folium]").locator(selector, has_text=text)


def expect_layer(reader: Reader, layer: str) -> None:
    """Wait until the map shows a layer."""
    shown = f"{LAYER}.state?.layer === layer && {LAYER}.frame === 0"
    reader.page.wait_for_function(f"(layer) => {{ try {{ return {shown} }} catch {{ return false }} }}", arg=layer)


def test_the_layer_chosen_on_the_map_is_in_the_link_and_the_first_is_not(read: Reader) -> None:
    read.open()
    frame(read, ".incident-layers button", "By province").click()
    read.expect_query("layer=provinces")
    frame(read, ".key-metrics button", "Killed").click()
    read.expect_query("layer=killed")
    expect_layer(read, "killed")
    frame(read, ".incident-layers button", "Incidents").click()
    read.expect_query("")


def test_a_link_restores_its_layer_and_filters_and_languages_keep_it(read: Reader) -> None:
    read.open("layer=density")
    expect_layer(read, "density")
    read.page.locator(".part-facets button, .part-facets .facet").filter(has_text="Armed clash").first.click()
    read.expect_query("type=clash&layer=density")
    read.page.get_by_text("اردو").click()
    read.expect_query("type=clash&layer=density&lang=ur")
    expect_layer(read, "density")
    assert frame(read, ".incident-layers button", "گنجانی").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("query", ["layer=incidents", "layer=heat"])
def test_a_link_to_the_first_layer_or_to_none_there_is_shows_the_incidents(read: Reader, query: str) -> None:
    read.open(query)
    expect_layer(read, "incidents")
    assert ("heat" in read.page.locator(".page-head, .part-head").first.inner_text()) is (query == "layer=heat")


def test_a_province_chosen_on_the_map_is_opened(read: Reader) -> None:
    read.open("layer=provinces")
    read.page.evaluate(f"{LAYER}.reader.post({{ type: 'select', province: 'AF-KHO' }})")
    read.expect_query("layer=provinces&tab=province:AF-KHO")


def test_the_legend_below_a_small_map_is_that_of_its_layer(read_on_phone: Reader) -> None:
    read_on_phone.open("layer=provinces")
    legend = read_on_phone.page.locator(".part-legend")
    expect(legend).to_contain_text("Each incident counts once in every province")
    legend.locator("button", has_text="Wounded").tap()
    read_on_phone.expect_query("layer=wounded")
    expect_layer(read_on_phone, "wounded")
    expect(legend).to_contain_text("not shared out")
    frame(read_on_phone, ".incident-layers button", "Incidents").tap()
    expect(legend).to_contain_text("How sure is the place?")
