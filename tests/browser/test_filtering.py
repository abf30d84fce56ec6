"""The browser leaves what the server leaves, whatever is asked for."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from filter_world import Told, days, filters, take, worlds
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from map_page import MapServer, serve
from playwright.sync_api import Browser, Page

from geo.filters import Filter, read_link
from geo.snapshot import encode_mask, encode_points, encode_times, mask_query, match, match_mask
from geo.snapshot.records import FIRST_SENT, LAST_SENT, NO_DAY, as_day
from geo.taxonomy import CATEGORIES

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""A failing example is told as it was found: to make it smaller takes minutes with a browser in between."""
FIND = """async ([points, times, mask, from, to, categories]) => {
    const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const { readPoints, findVisible, passes, roomFor } = await import("/assets/map/points.js");
    const { readTimes } = await import("/assets/time/times.js");
    const { countBetween, tallyMarks } = await import("/assets/time/tally.js");
    const filter = { mask: mask === null ? null : bytes(mask), from, to };
    const marks = readPoints(bytes(points).buffer);
    const everywhere = { x0: -Infinity, y0: -Infinity, x1: Infinity, y1: Infinity };
    const first = new Map();
    for (let i = marks.count - 1; i >= 0; i--) first.set(marks.incident[i], i);
    const left = [...first].filter(([n, i]) => passes(filter, n, marks.start[i], marks.end[i])).map(([n]) => n);
    const time = readTimes(bytes(times).buffer);
    const extent = time.extent;
    const masks = { mask: filter.mask, wide: filter.mask };
    const tally = extent && tallyMarks(time, masks, categories, { extent, lengthKm: 2000, held: new Map() });
    return {
        left,
        marks: findVisible(marks, filter, everywhere, roomFor(marks.count)).matching,
        dated: tally ? countBetween(tally, { from: from ?? extent.from, to: to ?? extent.to }) : 0,
    };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page that can load the browser's modules."""
    with serve(MapServer(answers={})) as server:
        opened = browser.new_page()
        opened.goto(f"{server.address}/assets/map/points.js")
        yield opened
        opened.close()


def _encode(data: bytes) -> str:
    return b64encode(data).decode()


@settings(max_examples=40, phases=PHASES)
@given(worlds(), filters, st.booleans())
@example((), Filter(), False)
def test_the_browser_leaves_exactly_what_the_server_leaves(
    page: Page, world: tuple[Told, ...], wanted: Filter, all_times: bool
) -> None:
    if all_times:
        wanted = Filter(start=wanted.start, end=wanted.end)
    snapshot = take(*(one.incident for one in world))
    query = mask_query(snapshot, wanted)
    mask = _encode(encode_mask(match_mask(snapshot, read_link(query)[0].filter))) if query else None
    first, last = (None if day is None else as_day(day) for day in (wanted.start, wanted.end))
    told = [_encode(encode_points(snapshot)), _encode(encode_times(snapshot)), mask, first, last, list(CATEGORIES)]
    seen = page.evaluate(FIND, told)
    matched = match(snapshot, wanted)
    assert sorted(seen["left"]) == matched.nonzero()[0].tolist()
    assert seen["marks"] == int(matched[snapshot.marks.incident].sum())
    assert seen["dated"] == int(np.count_nonzero(matched & (snapshot.start != NO_DAY)))


@settings(max_examples=20, phases=PHASES)
@given(worlds(), days, days)
def test_days_that_are_dragged_leave_what_the_server_will_say(
    page: Page, world: tuple[Told, ...], one: date, other: date
) -> None:
    """While days move the server is not asked: the mask is that of the filter without dates."""
    first, last = sorted((one, other))
    snapshot = take(*(told.incident for told in world if told.incident.dates.start is None or _is_sent(told)))
    query = mask_query(snapshot, Filter())
    mask = _encode(encode_mask(match_mask(snapshot, read_link(query)[0].filter))) if query else None
    points, times = encode_points(snapshot), encode_times(snapshot)
    told = [_encode(points), _encode(times), mask, as_day(first), as_day(last), list(CATEGORIES)]
    expected = match(snapshot, Filter(start=first, end=last)).nonzero()[0].tolist()
    assert sorted(page.evaluate(FIND, told)["left"]) == expected


def _is_sent(told: Told) -> bool:
    dates = told.incident.dates
    assert dates.start and dates.end
    return as_day(dates.start) > FIRST_SENT and as_day(dates.end) < LAST_SENT
