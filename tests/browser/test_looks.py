"""The page looks as it did when a person last looked at it: pictures of every face, at three sizes, light and dark.

The pictures in tests/browser/looks are a quarter as wide and high as what they show, and grey. ``make looks`` takes
them anew; look at them before they are committed.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from looks_world import fill_looks
from numpy.typing import NDArray
from page_reader import LAPTOP, LAYER, MAP, PHONE, Reader, open_reader, serve
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LOOKS = Path(__file__).parent / "looks"
RENEW = bool(os.environ.get("RENEW_LOOKS"))
SIZES: dict[str, dict[str, Any]] = {
    "laptop": {"viewport": LAPTOP},
    "tablet": {"viewport": {"width": 1024, "height": 768}},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
}
VIEW = "view=32.9,69.3,5.75"
"""Where the map stands; a fitted one would move with every change of what stands on it."""
FACES = {
    "map": (VIEW, ".card"),
    "table": ("tab=table", ".incidents tbody"),
    "claims": ("tab=claims", ".rival-table"),
    "incident": (f"{VIEW}&incident=clash-in-spin-boldak", ".incident-title"),
    "empty": (f"q=nowhere&{VIEW}", ".empty"),
}
"""Its link, and what shows that it is there."""
SMALLER = 4
TILE = 10
"""Pixels of a small picture across the squares that are compared: 40 of the page."""
MOST = 9.0
"""Shades of grey, of 256, by which a square may differ in the mean. Chromium with other ways to draw letters differs by
1.2 to 3.3; cards moved by 12 pixels differ by 19, and the map without its legend by 23."""
MOST_SHOTS = 12
DRAWN = f"""() => {{
  if (document.querySelector("iframe[title*=folium]")?.offsetParent === null) return true; // another tab is open
  try {{ return {LAYER}.drawn.draws > 0 && document.querySelector(".incident-time").dataset.draws > 0 }}
  catch {{ return false }}
}}"""
"""Whether map and timeline are drawn, where they are to be seen."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard over the seven incidents of the pictures."""
    folder = tmp_path_factory.mktemp("looks")
    fill_looks(folder / "incidents.sqlite")
    with serve(folder) as started:
        yield started


def take_picture(page: Page) -> Image.Image:
    """The page, small and grey, once two pictures in a row are the same."""
    shot = b""
    for _ in range(MOST_SHOTS):
        before, shot = shot, page.screenshot(animations="disabled", caret="hide")
        if shot == before:
            break
    full = Image.open(io.BytesIO(shot)).convert("L")
    return full.resize((full.width // SMALLER, full.height // SMALLER), Image.Resampling.BOX)


def find_difference(picture: Image.Image, kept: Image.Image) -> float:
    """By how many shades the most different square differs; what letters are smoothed by evens out in a square."""
    if picture.size != kept.size:
        return 255.0
    seen, known = (
        np.asarray(image.filter(ImageFilter.GaussianBlur(1.5)), dtype=np.float64) for image in (picture, kept)
    )
    return float(_tile_means(np.abs(_tile_means(seen, TILE // 2) - _tile_means(known, TILE // 2)), 2).max())


def _tile_means(image: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """Means of squares; what is left at the right and at the foot is left out."""
    high, wide = (length // side for length in image.shape)
    cut = image[: high * side, : wide * side].reshape(high, side, wide, side)
    means: NDArray[np.float64] = cut.mean(axis=(1, 3))
    return means


def open_face(read: Reader, face: str) -> None:
    """Open a face of the page and wait for all of it."""
    query, sign = FACES[face]
    read.visit(query)
    read.page.locator(sign).first.wait_for()
    read.page.wait_for_function(DRAWN)
    read.page.evaluate("document.fonts.ready")


def open_kept(face: str, size: str, theme: str) -> Image.Image:
    """The picture of a face as it was last looked at."""
    return Image.open(LOOKS / f"{face}-{size}-{theme}.webp").convert("L")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_face_looks_as_it_was_last_looked_at(
    browser: Browser, address: str, size: str, theme: str, tmp_path: Path
) -> None:
    different = {}
    for read in open_reader(browser, address, color_scheme=theme, **SIZES[size]):
        for face in FACES:
            open_face(read, face)
            picture, name = take_picture(read.page), f"{face}-{size}-{theme}.webp"
            if RENEW:
                picture.save(LOOKS / name, quality=80, method=6)
            elif (difference := find_difference(picture, open_kept(face, size, theme))) > MOST:
                picture.save(tmp_path / name, lossless=True)
                different[name] = round(difference, 1)
    assert not different, f"{different}: compare {tmp_path} with {LOOKS}; if it is as it should be: make looks"


SPOILT = {
    "without its sidebar": "document.querySelector('[data-testid=stSidebar]').style.visibility = 'hidden'",
    "without its legend": f"{MAP}.document.querySelector('.incident-legend').style.visibility = 'hidden'",
    "without its summary": "document.querySelector('.summary').style.visibility = 'hidden'",
    "without its timeline": "document.querySelector('.time-canvas').style.visibility = 'hidden'",
    "with cards moved": "document.querySelector('.part-cards').style.transform = 'translateY(12px)'",
    "with tabs moved": "document.querySelector('[role=tablist]').style.transform = 'translateX(20px)'",
}
"""Faults that a picture must show."""


def test_a_part_that_is_moved_or_missing_is_seen(browser: Browser, address: str) -> None:
    kept = open_kept("map", "laptop", "light")
    for read in open_reader(browser, address, color_scheme="light", **SIZES["laptop"]):
        for fault, spoil in SPOILT.items():
            open_face(read, "map")
            read.page.evaluate(f"{{ {spoil} }}")
            assert find_difference(take_picture(read.page), kept) > MOST, fault


def test_letters_smoothed_otherwise_are_not_seen() -> None:
    kept = open_kept("map", "laptop", "light")
    darker = kept.point(lambda shade: round(255 * (shade / 255) ** 1.08))
    for other in (kept.filter(ImageFilter.GaussianBlur(0.6)), darker):
        assert find_difference(other, kept) < MOST
