"""What a person has checked stays as it is, whatever is read; the news of it waits until a person takes it over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from geo.corrections import correct_name, tell_again
from geo.errors import ConflictError, NotAllowed, UsageError
from geo.model import Incident
from geo.pipeline import join_reading, load_tools, read_article
from geo.review.news import find_news
from geo.store import Store
from tests.review.desk import (
    EDITOR,
    NOW,
    PUBLISHER,
    QUETTA,
    QUETTA_AGAIN,
    VIEWER,
    act,
    add,
    article,
    published,
    shown,
)


def _reviewed(store: Store) -> Incident:
    found: Incident = act(store, "accept", add(store, QUETTA, "a"), person=EDITOR)
    return found


def _best(incident: Incident) -> list[int | None]:
    return [claim.best for claim in incident.claims]


@pytest.mark.parametrize("make", [_reviewed, published])
def test_another_report_is_kept_beside_what_was_checked(store: Store, make) -> None:  # type: ignore[no-untyped-def]
    checked = make(store)
    assert add(store, QUETTA_AGAIN, "b") == checked
    assert shown(store, checked.id) == checked
    news = find_news(store, checked.id)
    assert news is not None
    assert [_best(report) for report in news.reports] == [[9]]
    assert "claims" in news.differs
    assert (_best(news.told), store.check()) == ([7, 9], [])


@pytest.mark.parametrize("make", [_reviewed, published])
def test_an_article_read_again_leaves_what_was_checked(store: Store, make) -> None:  # type: ignore[no-untyped-def]
    checked = make(store)
    read = join_reading(read_article(article(QUETTA, "a"), load_tools()), load_tools().border)
    for incidents in ((replace(read.incidents[0], title="Read anew"),), ()):
        with store.change(time=NOW) as change:
            tell_again(change, replace(read, incidents=incidents), reason="read again")
        assert shown(store, checked.id) == checked


def test_a_rejected_incident_stays_so_when_its_article_is_read_again_for_a_corrected_name(store: Store) -> None:
    gone = act(store, "reject", add(store, QUETTA, "a"), person=EDITOR, reason="a hoax")
    correct_name(store, article(QUETTA, "a"), "Quetta", None, border="AF-PK", who="Zarghuna", time=NOW)
    assert shown(store, gone.id) == gone
    assert store.check() == []


def test_an_edit_of_a_draft_outlives_further_reports_and_their_figures_are_added(store: Store) -> None:
    seen = add(store, QUETTA, "a")
    claim = replace(seen.claims[0], low=6, best=6, high=6)
    act(store, "edit", seen, {"title": "Bombing", "claims": [claim]}, person=EDITOR)
    told = add(store, QUETTA_AGAIN, "b")
    assert (told.title, _best(told), len(told.articles)) == ("Bombing", [6, 9], 2)
    assert (told.totals["killed"].low, told.totals["killed"].high) == (6, 9)


def test_news_is_taken_over_whole_or_field_by_field_or_only_seen(store: Store) -> None:
    checked = act(store, "edit", _reviewed(store), {"title": "Bombing"}, person=EDITOR)
    add(store, QUETTA_AGAIN, "b")
    only_seen = act(store, "take_news", checked, (), person=EDITOR)
    assert (_best(only_seen), only_seen.title, len(only_seen.articles)) == ([7], "Bombing", 2)
    assert find_news(store, checked.id) is None
    again = act(store, "undo", only_seen, person=EDITOR, minute=2)
    assert find_news(store, checked.id) is not None
    claims = act(store, "take_news", again, ["claims"], person=EDITOR, minute=3)
    assert (_best(claims), claims.title, claims.status) == ([7, 9], "Bombing", "reviewed")
    again = act(store, "undo", claims, person=EDITOR, minute=4)
    whole = act(store, "take_news", again, person=EDITOR, minute=5)
    assert _best(whole) == [7, 9]
    assert whole.title != "Bombing"
    with pytest.raises(UsageError, match="no article has reported"):
        act(store, "take_news", whole, person=EDITOR)


def test_news_of_a_published_incident_is_taken_over_by_a_correction(store: Store) -> None:
    seen = published(store)
    add(store, QUETTA_AGAIN, "b")
    with pytest.raises(NotAllowed):
        act(store, "take_news", seen, person=EDITOR)
    after = act(store, "take_news", seen, person=PUBLISHER, reason="doctors count nine")
    assert after.status == "published"
    (correction,) = store.corrections()
    assert {change.field for change in correction.changes} >= {"claims", "totals"}
    assert correction.time == NOW + timedelta(minutes=1)


@pytest.mark.parametrize("fields", [None, ("claims",), ()])
def test_a_viewer_takes_nothing_over(store: Store, fields: tuple[str, ...] | None) -> None:
    checked = _reviewed(store)
    add(store, QUETTA_AGAIN, "b")
    with pytest.raises(NotAllowed, match="Spogmai is signed in as viewer"):
        act(store, "take_news", checked, fields, person=VIEWER)
    assert shown(store, checked.id) == checked
    assert find_news(store, checked.id) is not None


def test_what_came_after_somebody_looked_is_not_taken_over_unseen(store: Store) -> None:
    checked = _reviewed(store)
    add(store, QUETTA_AGAIN, "b")
    news = find_news(store, checked.id)
    assert news is not None
    seen = [report.articles[0] for report in news.reports]
    add(store, QUETTA_AGAIN.replace("nine", "ten"), "c")
    with pytest.raises(UsageError, match="another article has reported"):
        act(store, "take_news", checked, person=EDITOR, articles=seen)
    act(store, "edit", checked, {"title": "Bombing"}, person=EDITOR)
    with pytest.raises(ConflictError, match="Zarghuna"):
        act(store, "take_news", checked, person=EDITOR, articles=seen)


def test_what_would_be_taken_over_is_told_beforehand(store: Store) -> None:
    checked = _reviewed(store)
    claim = replace(checked.claims[0], low=6, best=6, high=6)
    checked = act(store, "edit", checked, {"claims": [claim]}, person=EDITOR)
    add(store, QUETTA_AGAIN, "b")
    news = find_news(store, checked.id)
    assert news is not None
    assert _best(news.taken) == [6, 9]
    whole = act(store, "take_news", checked, person=EDITOR, minute=2)
    assert {name: getattr(whole, name) for name in news.differs} == {
        name: getattr(news.taken, name) for name in news.differs
    }


def test_kind_and_sub_kind_are_taken_over_together(store: Store) -> None:
    kind = {"event_type": "Battles", "sub_event_type": "Armed clash"}
    checked = _reviewed(store)
    add(store, QUETTA_AGAIN, "b")
    checked = act(store, "edit", checked, kind, person=EDITOR)
    after = act(store, "take_news", checked, ["event_type"], person=EDITOR, minute=3)
    assert (after.event_type, after.sub_event_type) == ("Explosions/Remote violence", "Suicide bomb")


@pytest.mark.parametrize("act_name", ["undo", "restore"])
def test_what_is_a_draft_again_has_what_was_reported_meanwhile(store: Store, act_name: str) -> None:
    seen = add(store, QUETTA, "a")
    seen = act(store, "edit", seen, {"title": "Bombing"}, person=EDITOR)
    what, more = ("accept", {}) if act_name == "undo" else ("reject", {"reason": "a hoax"})
    done = act(store, what, seen, person=EDITOR, minute=2, **more)
    add(store, QUETTA_AGAIN, "b")
    again = act(store, act_name, done, person=EDITOR, minute=3)
    assert (again.status, again.title, _best(again), again.version) == ("draft", "Bombing", [7, 9], done.version + 1)
    assert store.check() == []
