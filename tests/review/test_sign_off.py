"""Two persons for what is published, where a newsroom asks for them."""

from __future__ import annotations

import pytest

from geo.errors import NotAllowed, UsageError
from geo.people import Person
from geo.review.sign_off import find_reviewer
from geo.store import Store
from tests.review.desk import EDITOR, PUBLISHER, QUETTA, SECOND_PUBLISHER, act, add


@pytest.fixture
def _two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_SIGN_OFF", "2")


@pytest.mark.usefixtures("_two")
def test_who_reviewed_an_incident_does_not_publish_it(store: Store) -> None:
    reviewed = act(store, "accept", add(store, QUETTA, "a"), person=PUBLISHER)
    with pytest.raises(NotAllowed, match="a second person must publish it"):
        act(store, "publish", reviewed, person=PUBLISHER)
    assert act(store, "publish", reviewed, person=SECOND_PUBLISHER).status == "published"


@pytest.mark.usefixtures("_two")
def test_the_same_name_in_other_letters_is_no_second_person(store: Store) -> None:
    reviewed = act(store, "accept", add(store, QUETTA, "a"), person=PUBLISHER)
    with pytest.raises(NotAllowed):
        act(store, "publish", reviewed, person=Person(name=" NARGIS ", role="publisher"))


@pytest.mark.usefixtures("_two")
def test_an_edit_after_the_review_begins_it_anew(store: Store) -> None:
    reviewed = act(store, "accept", add(store, QUETTA, "a"), person=EDITOR)
    edited = act(store, "edit", reviewed, {"title": "T"}, person=PUBLISHER)
    with pytest.raises(NotAllowed):
        act(store, "publish", edited, person=PUBLISHER)
    again = act(store, "accept", edited, person=EDITOR, minute=2)
    assert find_reviewer(store.revisions(f"incident:{again.id}")) == "Zarghuna"
    assert act(store, "publish", again, person=PUBLISHER).status == "published"


def test_one_person_is_enough_where_nobody_asks_for_two(store: Store) -> None:
    reviewed = act(store, "accept", add(store, QUETTA, "a"), person=PUBLISHER)
    assert act(store, "publish", reviewed, person=PUBLISHER).status == "published"


def test_what_nobody_reviewed_is_not_published(store: Store) -> None:
    with pytest.raises(UsageError, match="must be reviewed before it is published"):
        act(store, "publish", add(store, QUETTA, "a"), person=PUBLISHER)


def test_a_number_of_persons_that_makes_no_sense_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_SIGN_OFF", "many")
    reviewed = act(store, "accept", add(store, QUETTA, "a"), person=EDITOR)
    with pytest.raises(UsageError, match="BORDER_INCIDENTS_SIGN_OFF is 'many'"):
        act(store, "publish", reviewed, person=PUBLISHER)
