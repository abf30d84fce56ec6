"""Many readers at once: websocket clients that move the date slider of one process, and how long each waits.

The clients speak Streamlit's own protocol, as a browser does, and draw nothing: what is timed is the server.
"""

from __future__ import annotations

import asyncio
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from .drawing import OURS
from .serving import ROOT, busy_share, memory_mb, serve_app

REST = (1.0, 4.0)
"""Seconds between the changes of one reader."""
BETWEEN = 0.05
"""Seconds from one reader's coming to the next one's; nobody's readers all come in the same instant."""
SETTLED = 0.1
"""Share of the time after which the caches are taken to be full; from then on memory is not to grow."""
_LIMIT = 64 * 1024 * 1024
_PATIENCE = 60


@dataclass
class Crowd:
    """What the readers met with."""

    complete: float
    """When the last reader comes."""
    waits: list[float] = field(default_factory=list)
    """Milliseconds from a change to the last word of its answer, for those after that."""
    opened: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Slider:
    """The date slider as the server describes it."""

    id: str
    first: float
    last: float
    step: float
    fragment: str
    """Id of the fragment that the browser asks to be run again, empty for all of the page."""


def measure(cache: Path, *, readers: int, seconds: float, count: int = 10_000) -> dict[str, float]:
    """Milliseconds of a change for so many readers at once, once all are there, errors, and the memory meanwhile."""
    environment, _ = OURS.prepare(cache, count)
    environment["BENCHMARK_LOG"] = str(cache / "crowd.log")
    busy = busy_share()
    with serve_app(OURS.script, folder=ROOT, environment=environment) as (address, pid):
        asyncio.run(_open_and_leave(address))  # the first reader of a process pays for its caches
        at_first = memory_mb(pid)
        crowd, when_settled = asyncio.run(_gather(address, readers, seconds, pid))
        at_last = memory_mb(pid)
    waits = crowd.waits or [float("nan")]
    return {
        "readers": readers,
        "changes": len(crowd.waits),
        "change_median_ms": statistics.median(waits),
        "change_p95_ms": _share(waits, 0.95),
        "change_slowest_ms": max(waits),
        "open_p95_ms": _share(crowd.opened or [float("nan")], 0.95),
        "errors": len(crowd.errors),
        "memory_alone_mb": at_first,
        "memory_settled_mb": when_settled,
        "memory_after_mb": at_last,
        "memory_growth": at_last / when_settled - 1,
        "busy": busy,
    }


def _share(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def _gather(address: str, readers: int, seconds: float, pid: int) -> tuple[Crowd, float]:
    """What the readers met with, and the memory once all had been there for a tenth of the time."""
    opening, clock = readers * BETWEEN, asyncio.get_running_loop().time
    crowd = Crowd(complete=clock() + opening)
    until = crowd.complete + seconds
    reading = asyncio.gather(*(_read(address, crowd, number, until) for number in range(readers)))
    await asyncio.sleep(opening + seconds * SETTLED)
    settled = memory_mb(pid)
    await reading
    return crowd, settled


async def _open_and_leave(address: str) -> None:
    async with visit(address) as socket:
        await run_page(socket, BackMsg())


async def _read(address: str, crowd: Crowd, number: int, until: float) -> None:
    """One reader: opens the page, then moves the slider every few seconds until the time is up."""
    clock = asyncio.get_running_loop().time
    chance = random.Random(number)
    await asyncio.sleep(number * BETWEEN)
    try:
        async with visit(address) as socket:
            started = clock()
            slider = await run_page(socket, BackMsg())
            crowd.opened.append((clock() - started) * 1000)
            if slider is None:
                raise RuntimeError("the page has no date slider")
            while clock() < until:
                await asyncio.sleep(chance.uniform(*REST))
                started = clock()
                await run_page(socket, _move(slider, chance))
                if started >= crowd.complete:
                    crowd.waits.append((clock() - started) * 1000)
    except Exception as error:  # noqa: BLE001 - whatever a reader meets is a figure of the measurement
        crowd.errors.append(f"{type(error).__name__}: {error}")


def visit(address: str) -> connect:
    """A connection to a page, as a browser makes it."""
    host = urlsplit(address).netloc
    return connect(
        f"ws://{host}/_stcore/stream",
        origin=Origin(f"http://{host}"),
        subprotocols=[Subprotocol("streamlit")],
        max_size=_LIMIT,
    )


def _move(slider: Slider, chance: random.Random) -> BackMsg:
    """The message a browser sends when a reader lets go of the slider."""
    message = BackMsg()
    message.rerun_script.fragment_id = slider.fragment
    state = message.rerun_script.widget_states.widgets.add()
    state.id = slider.id
    ends = sorted(chance.uniform(slider.first, slider.last) for _ in range(2))
    steps = (round((end - slider.first) / slider.step) for end in ends)
    state.double_array_value.data.extend(slider.first + step * slider.step for step in steps)
    return message


async def run_page(socket: ClientConnection, message: BackMsg) -> Slider | None:
    """Ask for a run of the page and take in all it sends; the date slider, where it was sent."""
    if not message.HasField("rerun_script"):
        message.rerun_script.query_string = ""
    await socket.send(message.SerializeToString())
    slider = None
    async with asyncio.timeout(_PATIENCE):
        while True:
            answer = ForwardMsg.FromString(await socket.recv())
            element = answer.delta.new_element
            if element.HasField("exception"):
                raise RuntimeError(element.exception.message)
            if element.HasField("slider") and element.slider.data_type == element.slider.DATE:
                found = element.slider
                slider = Slider(
                    id=found.id,
                    first=found.min,
                    last=found.max,
                    step=found.step or 1.0,
                    fragment=answer.delta.fragment_id,
                )
            if answer.HasField("script_finished"):
                return slider
