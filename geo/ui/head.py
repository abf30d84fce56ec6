"""The head of the page: title, as of when, and the sentence that sums up what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from geo.exchange.rights import find_kept_back, is_shared
from geo.filters import Problem
from geo.ui.news import forget_news, say_news
from geo.ui.parts import slot
from geo.ui.scene import Scene
from geo.ui.state import (
    change_link,
    current_link,
    dismiss_problems,
    forget_pages,
    link_problems,
    say_problem,
)
from geo.wording.corrected import say_withdrawn
from geo.wording.summary import name_border, say_when, sum_up, write_heading
from geo.wording.words import Words


def head_slot() -> str:
    """The slot of the page's head."""
    return slot("head", describe_head, dismissed=_dismiss, turned=_turn)


def describe_head(scene: Scene) -> dict[str, Any]:
    """Title, as of when, the summary, and what of the link was ignored or has changed."""
    words, papers = scene.words, scene.shared.papers(scene.snapshot)
    since = _describe_since(scene)
    as_of = words.day(papers.latest) if papers.latest else words("time.undated")
    return {
        "kicker": write_kicker(scene),
        "as_of": words(
            "app.as_of", date=as_of, pages=words.count("count.pages", papers.pages),
            outlets=words.count("count.outlets", papers.outlets),
        ),
        "as_of_short": say_as_of(papers.latest, words),
        "title": write_title(scene),
        "summary": write_summary(scene),
        "notices": _list_notices(scene),
        **since,
        "news": "" if since else say_news(scene),
        "samples": words("app.samples") if papers.samples else "",
        "close": words("action.close"),
    }  # fmt: skip


def _list_notices(scene: Scene) -> list[str]:
    """What was ignored of the link; of an incident that was withdrawn, when and why."""
    gone = {problem.key: said for problem in link_problems() if (said := _say_withdrawn(scene, problem))}
    ignored = [say_problem(problem, scene.words) for problem in link_problems() if problem.key not in gone]
    return [*gone.values(), *([scene.words("link.ignored", reasons=" ".join(ignored))] if ignored else [])]


def _say_withdrawn(scene: Scene, problem: Problem) -> str:
    id_, store = problem.values.get("value", ""), scene.shared.store
    if problem.key != "link.bad_incident" or (is_shared() and id_ in find_kept_back(store)):
        return ""
    return say_withdrawn(store.corrections(id_), scene.words)


def _describe_since(scene: Scene) -> dict[str, Any]:
    """What has changed since the link was made, and the way to the data as of then; or from there to today's."""
    words, past, made_at = scene.words, scene.snapshot.past, scene.link.rev
    if past is not None:
        changed, new = scene.shared.count_since(past.revision)
        return {
            "since": " ".join([say_past(scene), *_say_since(changed, new, words)]),
            "turn": words("asof.now"),
            "past": True,
        }
    changed, new = scene.shared.count_since(made_at) if made_at is not None else (0, 0)
    if not changed and not new:
        return {}
    return {"since": " ".join(_say_since(changed, new, words)), "turn": words("asof.show"), "past": False}


def _say_since(changed: int, new: int, words: Words) -> Iterator[str]:
    if changed:
        yield words.count("link.changed", changed)
    if new:
        yield words.count("link.new", new)


def _dismiss(_: object) -> None:
    dismiss_problems()
    forget_news()


def _turn(_: object) -> None:
    """From today's data to that of the link's revision, or back."""
    link = current_link()
    change_link(rev=link.asof, asof=None if link.asof is not None else link.rev)
    forget_pages()


def say_past(scene: Scene) -> str:
    """That the data is that of an earlier day; empty for today's."""
    words, past = scene.words, scene.snapshot.past
    if past is None:
        return ""
    return words("asof.then", date=words.day(past.time.date()) if past.time else words("time.undated"))


def say_as_of(latest: date | None, words: Words) -> str:
    """Of which day the newest report is, in short."""
    return words("app.as_of.short", date=words.day(latest, short=True) if latest else words("time.undated"))


def write_kicker(scene: Scene) -> str:
    """The two countries of the border."""
    return name_border(scene.shared.border, scene.shared.gazetteer, scene.words)


def write_title(scene: Scene) -> str:
    """The heading of the page, with its period."""
    return write_heading(scene.filter, scene.period, scene.words)


def write_summary(scene: Scene) -> str:
    """What happened in sum; stars mark what is set bold."""
    return sum_up(scene.summary, write_when(scene), scene.shared.gazetteer, scene.words)


def plain_summary(scene: Scene) -> str:
    """The same without marks."""
    return write_summary(scene).replace("**", "")


def write_when(scene: Scene) -> str:
    """The period as a sentence has it: "in October 2025", "from 3 to 9 November 2025"."""
    return say_when(scene.filter, scene.period, scene.words)
