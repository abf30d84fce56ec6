"""Speed and memory, measured beside the usual way of doing the same.

    python -m tests.benchmarks                  everything; two hours, for 100,000 articles are read twice
    python -m tests.benchmarks --quick          fewer incidents and articles; a few minutes
    python -m tests.benchmarks --only map       one part: read, jobs, code, start, map, stay, publish, crowd, live, desk
    python -m tests.benchmarks --out FILE       the figures as JSON as well

Timings are good to about 30 % on a quiet machine; ratios within one run are better. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from . import coding, crowd, desk, drawing, jobs, living, publishing, reading, starting, staying
from .browsing import open_browser

PARTS = ("read", "jobs", "code", "start", "map", "stay", "publish", "crowd", "live", "desk")
APPS = {
    1_000: (drawing.OURS, drawing.USUAL, drawing.PYDECK),
    10_000: (drawing.OURS, drawing.USUAL, drawing.PYDECK),
    100_000: (drawing.OURS, drawing.PYDECK),
    350_000: (drawing.OURS,),
}
"""Who is measured with so many incidents; one after the other, so that they meet the same machine."""
QUICK_APPS = {1_000: APPS[1_000], 10_000: (drawing.OURS,)}
CHANGES, CHANGES_OF_OTHERS, QUICK_CHANGES = 20, 9, 5
EDITIONS = (1_000, 10_000)
ARTICLES, QUICK_ARTICLES = 1_000, 140
QUICK_ROWS = 2_000
READERS, QUICK_READERS = 200, 20
SECONDS, QUICK_SECONDS = 60, 20
DESK_SECONDS, QUICK_DESK_SECONDS = 300, 15
STAY, QUICK_STAY = 200, 20
"""Changes of the dates that one reader makes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for, print tables, write JSON."""
    options = _parse(arguments)
    figures: dict[str, object] = {"python": platform.python_version(), "quick": options.quick}
    with _cache(options.cache) as cache:
        for part in options.only:
            figures[part] = _MEASURES[part](cache, options)
    if options.out:
        options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf8")
    return 0


def _measure_reading(_: Path, options: argparse.Namespace) -> object:
    return _tell("Reading", reading.measure(QUICK_ARTICLES if options.quick else ARTICLES))


def _measure_jobs(_: Path, options: argparse.Namespace) -> object:
    count = options.articles or (jobs.QUICK_ARTICLES if options.quick else jobs.ARTICLES)
    return _tell("Large jobs", jobs.measure(count))


def _measure_coding(_: Path, options: argparse.Namespace) -> object:
    return _tell("Rows of UCDP in and out", asdict(coding.measure(QUICK_ROWS if options.quick else coding.ROWS)))


def _measure_start(cache: Path, _: argparse.Namespace) -> object:
    with open_browser() as browser:
        return _tell("Starting", starting.measure(browser, cache))


def _measure_map(cache: Path, options: argparse.Namespace) -> object:
    return drawing.as_rows(_draw(cache, quick=options.quick))


def _measure_stay(cache: Path, options: argparse.Namespace) -> object:
    with open_browser() as browser:
        return _tell("Staying", staying.measure(browser, cache, changes=QUICK_STAY if options.quick else STAY))


def _measure_publishing(cache: Path, _: argparse.Namespace) -> object:
    with open_browser() as browser:
        return [_tell("Publishing", publishing.measure(browser, cache, count)) for count in EDITIONS]


def _measure_crowd(cache: Path, options: argparse.Namespace) -> object:
    readers, seconds = (QUICK_READERS, QUICK_SECONDS) if options.quick else (READERS, SECONDS)
    readers, seconds = options.readers or readers, options.seconds or seconds
    return _tell("Readers at once", crowd.measure(cache, readers=readers, seconds=seconds))


def _measure_live(cache: Path, options: argparse.Namespace) -> object:
    readers = options.readers or (QUICK_READERS if options.quick else READERS)
    return _tell("Pages that look for newer data", living.measure(cache, readers=readers))


def _measure_desk(cache: Path, options: argparse.Namespace) -> object:
    seconds = options.seconds or (QUICK_DESK_SECONDS if options.quick else DESK_SECONDS)
    on_file = _tell("Two editors and eight viewers, one file", desk.measure_file(cache, seconds=seconds))
    return on_file, _tell("Fifty on a PostgreSQL server", desk.measure_server(cache, seconds=seconds))


def _tell(title: str, found: dict[str, float]) -> dict[str, float]:
    _say(_pairs(title, found))
    return found


_MEASURES: Mapping[str, Callable[[Path, argparse.Namespace], object]] = {
    "read": _measure_reading, "jobs": _measure_jobs, "code": _measure_coding, "start": _measure_start,
    "map": _measure_map, "stay": _measure_stay, "publish": _measure_publishing, "crowd": _measure_crowd,
    "live": _measure_live, "desk": _measure_desk,
}  # fmt: skip


def _draw(cache: Path, *, quick: bool) -> list[drawing.Drawn]:
    """Every app with every number of incidents, a line of the table as soon as it is known."""
    _say(_heading())
    measured = []
    for count, apps in (QUICK_APPS if quick else APPS).items():
        for app in apps:
            with open_browser(webgl=app is drawing.PYDECK) as browser:
                changes = CHANGES if app is drawing.OURS else CHANGES_OF_OTHERS
                changes = QUICK_CHANGES if quick else changes
                measured.append(drawing.measure(browser, app, count=count, changes=changes, cache=cache))
            _say([_line(measured[-1])])
    _say(_ratios(measured))
    return measured


def _heading() -> list[str]:
    names = (
        "app", "incidents", "first load s", "load s", "load kB", "change ms", "p95 ms", "slowest ms", "change kB",
        "server MB", "busy",
    )  # fmt: skip
    return ["", f"| {' | '.join(names)} |", f"|---|{'---:|' * (len(names) - 1)}"]


def _line(drawn: drawing.Drawn) -> str:
    values = (
        drawn.app, f"{drawn.incidents:,}", f"{drawn.first_load_ms / 1000:.1f}", f"{drawn.load_ms / 1000:.1f}",
        f"{drawn.load_kb:,.0f}", f"{drawn.change_ms:,.0f}", f"{drawn.change_p95_ms:,.0f}",
        f"{drawn.slowest_change_ms:,.0f}", f"{drawn.change_kb:,.1f}", f"{drawn.server_mb:,.0f}", f"{drawn.busy:.1f}",
    )  # fmt: skip
    return f"| {' | '.join(values)} |"


def _ratios(measured: Sequence[drawing.Drawn]) -> Iterator[str]:
    """How many times longer the other apps take than ours with as many incidents."""
    ours = {drawn.incidents: drawn for drawn in measured if drawn.app == drawing.OURS.title}
    yield ""
    for other in measured:
        own = ours.get(other.incidents)
        if own is None or other is own:
            continue
        change, load = other.change_ms / max(own.change_ms, 1), other.load_ms / max(own.load_ms, 1)
        wire = other.change_kb / max(own.change_kb, 0.1)
        times = f"change {change:.1f}, load {load:.1f}, bytes of a change {wire:.0f} times ours"
        yield f"{other.incidents:,} incidents, {other.app}: {times}"


def _pairs(title: str, figures: dict[str, float]) -> Iterator[str]:
    """Figures as a table of two columns."""
    yield from ("", f"| {title} | |", "|---|---:|")
    yield from (f"| {name.replace('_', ' ')} | {value:,.0f} |" for name, value in figures.items())


@contextmanager
def _cache(folder: Path | None) -> Iterator[Path]:
    """Where stores of made-up incidents are kept: a folder that stays, or one for this run."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()
        return
    with TemporaryDirectory() as temporary:
        yield Path(temporary)


def _say(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer incidents and articles")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="parts to measure")
    parser.add_argument("--readers", type=int, help="how many readers at once, for the part crowd")
    parser.add_argument("--seconds", type=float, help="how long they read, for the parts crowd and desk")
    parser.add_argument("--articles", type=int, help="how many articles, for the part jobs")
    parser.add_argument("--out", type=Path, help="write the figures to this file as JSON")
    parser.add_argument("--cache", type=Path, help="keep the made-up stores here for the next run")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
