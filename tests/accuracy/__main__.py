"""Figures of reading beside their floors; exit status 1 when one has fallen.

    python -m tests.accuracy                    all corpora there are
    python -m tests.accuracy gold-dev lgl       some of them
    python -m tests.accuracy --calibration      also how often scores are right, by tenth
    python -m tests.accuracy --errors lgl       what went wrong in one corpus, name by name
    python -m tests.accuracy --pin              raise the floors to today's figures
    python -m tests.accuracy --pin --lower      also lower those that fell; say why in the commit

The gold set comes with the project. Other corpora are read where BORDER_INCIDENTS_CORPORA names their folder.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from . import calibration, floors
from .corpora import FOLDER_OPTION, Corpus, Record, gold_corpora, other_corpora
from .judging import judge_toponyms
from .mistakes import list_mistakes
from .reading import answer_all, write_answers


def measure(corpus: Corpus) -> tuple[dict[str, float], list[Record]]:
    """The figures of a corpus and the answers behind them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.jsonl"
        answers = write_answers(corpus, path)
        figures = corpus.score(path)
    sure = calibration.sure_and_right(_scored(corpus, answers))
    return figures if sure is None else {**figures, "sure_and_right": round(sure, 3)}, answers


def check(corpus: Corpus, pinned: floors.Floors | None, figures: floors.Figures) -> tuple[list[floors.Row], list[str]]:
    """Every figure beside its floor, and a sentence for each thing that is wrong."""
    pinned = pinned or floors.Floors(sha256=None, values={})
    rows = pinned.compare(corpus.name, figures)
    faults = [f"{r.corpus}: {r.figure} is {r.value}, pinned at {r.floor}" for r in rows if r.fallen]
    if pinned.sha256 != corpus.sha256():
        reason = "has changed since its floors were pinned" if pinned.sha256 else "has no floors yet"
        faults.append(f"{corpus.name} {reason}: look at the figures, then run python -m tests.accuracy --pin")
    return rows, faults


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, compare."""
    options = _parse(arguments)
    everything = gold_corpora() + other_corpora()
    unknown = {*options.corpora, *([options.errors] if options.errors else [])} - {c.name for c in everything}
    if unknown:
        _say([f"no such corpus here: {', '.join(sorted(unknown))}; there are {', '.join(c.name for c in everything)}"])
        return 2
    if options.errors:
        (corpus,) = (c for c in everything if c.name == options.errors)
        _say(list_mistakes(corpus, answer_all(corpus.questions())))
        return 0
    return _report([c for c in everything if not options.corpora or c.name in options.corpora], options)


def _report(corpora: Sequence[Corpus], options: argparse.Namespace) -> int:
    pinned = floors.load_floors()
    all_faults: list[str] = []
    for corpus in corpora:
        figures, answers = measure(corpus)
        rows, faults = check(corpus, pinned.get(corpus.name), figures)
        _say(_table(rows))
        if options.calibration:
            _say(_calibration_table(corpus, answers))
        if options.pin:
            pinned[corpus.name] = _pin(corpus, pinned.get(corpus.name), figures, lower=options.lower)
            _, faults = check(corpus, pinned[corpus.name], figures)
        all_faults += faults
    if not other_corpora():
        _say([f"Only the gold set was read: {FOLDER_OPTION} names no folder of other corpora."])
    if options.pin:
        floors.write_floors(pinned)
    _say(all_faults or ["Every figure is at or above its floor."])
    return 1 if all_faults else 0


def _pin(corpus: Corpus, before: floors.Floors | None, figures: floors.Figures, *, lower: bool) -> floors.Floors:
    """The floors from now on; says which of them are lower than before."""
    fresh = floors.pin(corpus.sha256(), figures)
    after = fresh if lower else floors.keep_highest(before, fresh)
    _say(f"{corpus.name}: floor of {line}" for line in floors.lowered(before, after))
    return after


def _table(rows: Iterable[floors.Row]) -> list[str]:
    """The figures of one corpus as lines of a Markdown table."""
    rows = list(rows)
    lines = [f"| {rows[0].corpus:24} |    value |    floor |      |", "|---|---:|---:|---|"]
    for row in rows:
        floor = "" if row.floor is None else f"{row.floor:g}"
        lines.append(f"| {row.figure:24} | {row.value:8g} | {floor:>8} | {'FELL' if row.fallen else '':4} |")
    return [*lines, ""]


def _calibration_table(corpus: Corpus, answers: Sequence[Record]) -> list[str]:
    scored = _scored(corpus, answers)
    if not scored:
        return []
    lines = [f"| {corpus.name}: score | answers | mean score | right |", "|---|---:|---:|---:|"]
    for tenth in calibration.deciles(scored):
        span = f"{tenth.low:.1f} to {tenth.low + 0.1:.1f}"
        lines.append(f"| {span} | {tenth.answers} | {tenth.mean_score:.2f} | {tenth.share:.2f} |")
    sure = [right for score, right in scored if score > calibration.SURE]
    error = f"calibration error {calibration.error_of(scored):.3f}"
    lines.append(f"Above {calibration.SURE}: {sum(sure)} of {len(sure)} right; {error}")
    return [*lines, ""]


def _scored(corpus: Corpus, answers: Sequence[Record]) -> list[tuple[float, bool]]:
    if corpus.kind not in ("gold", "geoparsing"):
        return []
    return calibration.scored(judge_toponyms(corpus, answers))


def _say(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.accuracy", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", nargs="*", metavar="CORPUS", help="names of corpora; all when none is given")
    parser.add_argument("--calibration", action="store_true", help="print how often scores are right")
    parser.add_argument("--errors", metavar="CORPUS", help="list what went wrong in this corpus")
    parser.add_argument("--pin", action="store_true", help="raise the floors to today's figures")
    parser.add_argument("--lower", action="store_true", help="with --pin, lower floors too")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
