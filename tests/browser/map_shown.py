"""A map in a browser, as the tests of the incident layer look at it: its pixels, what it says, what it posts."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np
from map_data import OCTOBER, World, read_basemap
from map_page import MapServer, serve
from PIL import Image
from playwright.sync_api import Browser, Page

CLASH, STRIKE, BOMBING, ACCENT = (168, 58, 0), (0, 114, 178), (143, 47, 125), (142, 31, 51)
PAKTIKA = (32.477, 68.733)
KABUL = (34.53, 69.17)
OPEN_COUNTRY = (31.5, 69.9)
"""A point with nothing near it."""
MAP = "Object.values(window).find((value) => value && value.incidents)"
CLOSE = {"view": [32.5, 69.0, 6.5]}


@dataclass(frozen=True)
class Shown:
    """A map on the screen."""

    page: Page
    server: MapServer

    def colours(self, lat: float, lon: float, radius: int = 5) -> np.ndarray:
        """Pixels (n, 3) of the square of 2 * radius px round a point of the earth."""
        x, y = self.position(lat, lon)
        picture = np.asarray(Image.open(io.BytesIO(self.page.screenshot())).convert("RGB"))
        return picture[y - radius : y + radius, x - radius : x + radius].reshape(-1, 3)

    def position(self, lat: float, lon: float) -> tuple[int, int]:
        """Pixel of a point of the earth."""
        x, y = self.page.evaluate(
            f"([a, o]) => {{ const p = {MAP}.latLngToContainerPoint([a, o]); return [p.x, p.y] }}", [lat, lon]
        )
        return round(x), round(y)

    def show(self, **command: object) -> None:
        """Hand the layer a command and wait for its picture."""
        self.page.evaluate(f"(command) => {MAP}.incidents.show(command)", {"rev": 1, **command})
        self.settle()

    def settle(self) -> None:
        """Wait until everything asked for is drawn and nothing fades any more."""
        self.page.wait_for_function(
            f"{MAP}.incidents.frame === 0 && document.getAnimations().every((a) => a.playState === 'finished')"
        )

    @property
    def drawn(self) -> dict[str, float]:
        """What the layer says of its last drawing."""
        return self.page.evaluate("window.__incidentLayer")  # type: ignore[no-any-return]

    def messages(self, act: Callable[[], object]) -> list[dict[str, object]]:
        """What the layer posts on its channel while something is done."""
        self.page.evaluate("() => { window.heard = []; window.ear = new BroadcastChannel('test') }")
        self.page.evaluate("() => { window.ear.onmessage = (message) => window.heard.push(message.data) }")
        act()
        self.settle()
        self.page.wait_for_function("window.heard.length > 0")
        return self.page.evaluate("window.heard")  # type: ignore[no-any-return]


def share(pixels: np.ndarray, colour: tuple[int, int, int], tolerance: int = 24) -> float:
    """Share of pixels near a colour."""
    return float((np.abs(pixels.astype(int) - colour).max(axis=1) <= tolerance).mean())


def inked(pixels: np.ndarray, colour: tuple[int, int, int]) -> float:
    """Share of pixels with at least a third of a colour on land: thin strokes are never quite their own colour."""
    land = np.array((255, 254, 251))
    stroke = np.array(colour) - land
    part = (pixels - land) @ stroke / (stroke @ stroke)
    beside = np.abs(pixels - land - part[:, None] * stroke).max(axis=1)
    return float(((part > 0.33) & (beside < 30)).mean())


def answers(world: World) -> dict[str, bytes]:
    """What the server says of a world."""
    return {
        "basemap": json.dumps(read_basemap()).encode(),
        "points": world.points(),
        "marks": json.dumps(world.marks()).encode(),
    }


Opener = Callable[..., Shown]


def open_maps(browser: Browser) -> Iterator[Opener]:
    """Opens a map of a world (or of raw answers) with a command; closes all of them at the end."""
    closers = []

    def open_one(
        world: World | dict[str, bytes] = OCTOBER,
        *,
        size: tuple[int, int] = (786, 434),
        masks: dict[str, bytes] | None = None,
        **command: object,
    ) -> Shown:
        context = serve(MapServer(answers=answers(world) if isinstance(world, World) else world, masks=masks or {}))
        server = context.__enter__()
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        closers.extend([page.close, lambda: context.__exit__(None, None, None)])
        page.goto(f"{server.address}/?command={quote(json.dumps({'rev': 1, 'channel': 'test', **command}))}")
        page.wait_for_function("window.__incidentLayer?.draws > 0 && document.fonts.status === 'loaded'")
        shown = Shown(page, server)
        shown.settle()
        return shown

    yield open_one
    for close in closers:
        close()
