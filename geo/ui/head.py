"""The head of the page: title, as of when, and the sentence that sums up what is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from geo.snapshot import Summary
from geo.ui.parts import slot
from geo.ui.scene import Scene
from geo.ui.state import dismiss_problems, link_problems, problem_sentences
from geo.wording.naming import name_country, name_province
from geo.wording.words import Words, last_of_month


def head_slot() -> str:
    """The slot of the page's head."""
    return slot("head", describe_head, dismissed=lambda _: dismiss_problems())


def describe_head(scene: Scene) -> dict[str, Any]:
    """Title, as of when, the summary, and what of the link was ignored or has changed."""
    words, papers = scene.words, scene.shared.papers(scene.snapshot)
    as_of = words.day(papers.latest) if papers.latest else words("time.undated")
    return {
        "kicker": write_kicker(scene),
        "as_of": words(
            "app.as_of", date=as_of, pages=words.count("count.pages", papers.pages),
            outlets=words.count("count.outlets", papers.outlets),
        ),
        "as_of_short": words("app.as_of.short", date=words.day(papers.latest, short=True) if papers.latest else as_of),
        "title": write_title(scene),
        "summary": write_summary(scene),
        "notices": _list_notices(scene),
        "samples": words("app.samples") if papers.samples else "",
        "close": words("action.close"),
    }  # fmt: skip


def _list_notices(scene: Scene) -> list[str]:
    """What was ignored of the link, and how many incidents have changed since it was made."""
    words, made_at = scene.words, scene.link.rev
    problems = problem_sentences(link_problems(), words)
    ignored = [words("link.ignored", reasons=" ".join(problems))] if problems else []
    changed = scene.shared.count_changed(scene.snapshot, made_at) if made_at is not None else 0
    return [*ignored, *([words.count("link.changed", changed)] if changed else [])]


def write_kicker(scene: Scene) -> str:
    """The two countries of the border."""
    a, b = (name_country(code, scene.shared.gazetteer, scene.words) for code in scene.shared.border.countries)
    return scene.words("app.kicker", country_a=a, country_b=b)


def write_title(scene: Scene) -> str:
    """The heading of the page, with its period."""
    return scene.words("app.title.period", period=_name_period(scene))


def write_summary(scene: Scene) -> str:
    """What happened in sum; stars mark what is set bold."""
    summary, words = scene.summary, scene.words
    if not summary.incidents:
        return words("summary.nothing", when=write_when(scene))
    said = [_write_count(scene, summary), *_write_toll(summary, words)]
    return " ".join(said)


def plain_summary(scene: Scene) -> str:
    """The same without marks."""
    return write_summary(scene).replace("**", "")


def write_when(scene: Scene) -> str:
    """The period as a sentence has it: "in October 2025", "from 3 to 9 November 2025"."""
    words, (start, end) = scene.words, scene.period
    if start == end:
        return words("period.on", date=words.day(start))
    if _is_named(start, end):
        return words("period.in", period=words.period(start, end))
    if scene.filter.start is None and scene.filter.end is None and start.year != end.year:
        return words("period.from_to", start=words.isolate(str(start.year)), end=words.isolate(str(end.year)))
    opening = words.day(start, year=start.year != end.year)
    return words("period.from_to", start=opening, end=words.day(end))


def _write_count(scene: Scene, summary: Summary) -> str:
    words, when = scene.words, write_when(scene)
    if summary.province is None:
        return words.count("summary.counted", summary.incidents, when=when)
    province = name_province(summary.province, scene.shared.gazetteer, words)
    m = words.running(summary.in_province)
    return words.count("summary.incidents_in", summary.incidents, when=when, m=m, province=province)


def _write_toll(summary: Summary, words: Words) -> list[str]:
    low, high = summary.killed_low, summary.killed_high
    if low is None or high is None:
        return [words("summary.no_toll")]
    form = "one" if low == 1 else "other"
    if low == high and not summary.more_than:
        return [words(f"summary.killed_agreed.{form}", low=words.number(low))]
    highest = f"**{words.number(high)}**"
    said = [
        words(
            f"summary.killed.{form}", low=words.number(low),
            high=words("summary.more_than", n=highest) if summary.more_than else highest,
        )
    ]  # fmt: skip
    gap = summary.gap
    if gap:
        key = "summary.gap_night" if gap.night else "summary.gap_day"
        said.append(words(key, date=words.days(gap.start, gap.end)))
    return said


def _name_period(scene: Scene) -> str:
    words, (start, end) = scene.words, scene.period
    if scene.filter.start is None and scene.filter.end is None and start.year != end.year:
        return words("date.to", start=words.isolate(str(start.year)), end=words.isolate(str(end.year)))
    if _is_named(start, end) or start.year == end.year:
        return words.period(start, end)
    return words.days(start, end, short=True)


def _is_named(start: date, end: date) -> bool:
    """Whether a month or a year is the whole period."""
    if start.day != 1 or last_of_month(end) != end:
        return False
    return (start.year, start.month) == (end.year, end.month) or (start.month, end.month, start.year) == (
        1,
        12,
        end.year,
    )
