"""What readers are told of corrections: on the page, in the feed, on the incident; and nothing that may not leave."""

from __future__ import annotations

import csv
import json
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import feedparser
import pytest
from starlette.applications import Starlette

from geo.cli import main
from geo.model import Release
from geo.pipeline import load_tools
from geo.review import acts
from geo.snapshot import SnapshotKeeper
from geo.store import Store, open_store
from geo.ui.corrections import CORRECTIONS, correction_routes
from geo.ui.shared import Shared
from geo.wording.corrected import list_corrected, say_changes, say_withdrawn
from geo.wording.words import LANGUAGES, Words
from tests.review.desk import KUNAR, NOW, PESHAWAR, PUBLISHER, QUETTA, act, add, published

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the client's HTTP library may be an older one than it likes
    from starlette.testclient import TestClient

HOSTILE = "<script>alert(1)</script> {{7*7}} we misread the army\u202e"
ENGLISH = Words("en")


def _corrected(store: Store, reason: str = "police count nine") -> str:
    """Id of a published incident whose figure, place and title were corrected."""
    seen = published(store, QUETTA, "a")
    claim = replace(seen.claims[0], low=9, best=9, high=9)
    changes = {"claims": [claim], "places": [{"place": "border:torkham", "precision": "exact"}], "title": "Bombing"}
    act(store, "correct", seen, changes, person=PUBLISHER, reason=reason)
    return seen.id


def _withdrawn(store: Store) -> str:
    seen = published(store, PESHAWAR, "b")
    act(store, "reject", seen, person=PUBLISHER, reason="it never happened", minute=2)
    return seen.id


def test_what_was_corrected_is_told_before_and_after_with_its_reason_and_not_by_whom(store: Store) -> None:
    id_ = _corrected(store)
    (one,) = list_corrected(store, ENGLISH)
    assert (one.incident_id, one.title, one.reason) == (id_, "Bombing", "police count nine")
    said = say_changes(one, ENGLISH)
    assert "Killed: 7, now 9" in said
    assert any(line.startswith("Place: Quetta") and "Torkham" in line for line in said)
    assert not any(PUBLISHER.name in line for line in (*said, one.title, one.reason))


def test_of_a_withdrawn_incident_nothing_is_repeated(store: Store) -> None:
    _withdrawn(store)
    (one,) = list_corrected(store, ENGLISH)
    assert (one.title, one.reason, one.changes) == ("An incident was withdrawn.", "it never happened", ())


def test_the_newest_correction_comes_first_and_every_language_has_its_words(store: Store) -> None:
    _corrected(store)
    _withdrawn(store)
    for language in LANGUAGES:
        found = list_corrected(store, Words(language))
        assert [one.reason for one in found] == ["it never happened", "police count nine"]
        assert all(say_changes(found[1], Words(language)))


def test_corrections_of_what_is_held_back_do_not_leave(store: Store, tmp_path: Path) -> None:
    id_ = _corrected(store)
    late = Release(incident_id=id_, not_before=NOW + timedelta(days=9000), who="", time=NOW)
    version = next(one.version for one in store.load_incidents([id_]))
    acts.release(store, late, person=PUBLISHER, version=version, time=NOW)
    released = open_store(tmp_path / "incidents.sqlite", read_only=True, released=True)
    assert list_corrected(released, ENGLISH) == []
    assert len(list_corrected(store, ENGLISH)) == 1
    released.close()


def test_readers_of_what_is_published_only_are_told_of_what_was_withdrawn(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They may have read it, and a link of theirs leads to it."""
    id_ = _corrected(store)
    _withdrawn(store)
    monkeypatch.setenv("BORDER_INCIDENTS_SHOW", "published")
    released = open_store(tmp_path / "incidents.sqlite", read_only=True, released=True)
    gone, stays = list_corrected(released, ENGLISH)
    assert (gone.withdrawn, gone.reason, gone.changes) == (True, "it never happened", ())
    assert (stays.incident_id, stays.withdrawn) == (id_, False)
    assert released.incident(gone.incident_id) is None
    said = "The incident in this link was withdrawn on 20 November 2025: it never happened"
    assert say_withdrawn(released.corrections(gone.incident_id), ENGLISH) == said
    assert say_withdrawn(released.corrections(id_), ENGLISH) == ""
    released.close()


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    tools = load_tools()
    shared = Shared(store=store, tools=tools, keeper=SnapshotKeeper(store, tools.border, tools.gazetteer))
    with TestClient(Starlette(routes=correction_routes(lambda: shared))) as client:
        yield client


def test_the_dashboard_serves_page_and_feed_and_hostile_words_do_nothing(store: Store, client: TestClient) -> None:
    id_ = _corrected(store, HOSTILE)
    page = client.get(CORRECTIONS)
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" not in page.text and "\u202e" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert f'href="/?incident={id_}"' in page.text
    feed = feedparser.parse(BytesIO(client.get(f"{CORRECTIONS}.atom").content))
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Bombing"]
    assert feed.entries[0].updated == "2025-11-20T09:01:00Z"
    assert PUBLISHER.name not in page.text + client.get(f"{CORRECTIONS}.atom").text


def test_page_and_feed_speak_the_language_that_is_asked_for(store: Store, client: TestClient) -> None:
    _corrected(store)
    page = client.get(f"{CORRECTIONS}?lang=ur").text
    assert 'lang="ur" dir="rtl"' in page
    assert Words("ur")("corrections.title") in client.get(f"{CORRECTIONS}.atom?lang=ur").text
    assert client.get(f"{CORRECTIONS}?lang=<b>").status_code == 200


def test_a_page_asked_for_again_shows_what_was_corrected_meanwhile(store: Store, client: TestClient) -> None:
    assert ENGLISH("corrections.none") in client.get(CORRECTIONS).text
    _corrected(store)
    assert "Bombing" in client.get(CORRECTIONS).text


def test_a_published_folder_has_page_and_feed_and_the_note_on_the_incident(store: Store, tmp_path: Path) -> None:
    id_ = _corrected(store)
    _withdrawn(store)
    published(store, KUNAR, "c")
    folder = tmp_path / "site"
    assert main(["publish", str(folder), "--store", str(tmp_path / "incidents.sqlite")]) == 0
    page = (folder / "corrections.html").read_text(encoding="utf8")
    assert f"incidents/{id_}.html" in page and "An incident was withdrawn." in page
    feed = feedparser.parse(str(folder / "corrections.atom"))
    assert [entry.title for entry in feed.entries] == ["An incident was withdrawn.", "Bombing"]
    incident = (folder / "incidents" / f"{id_}.html").read_text(encoding="utf8")
    assert "Corrected on 20 November 2025: police count nine" in incident
    assert 'href="../corrections.html"' in incident


def test_an_edition_of_a_part_names_no_correction_of_another(store: Store, tmp_path: Path) -> None:
    _corrected(store)
    _withdrawn(store)
    published(store, KUNAR, "c")
    folder = tmp_path / "site"
    assert main(["publish", str(folder), "province=AF-KNR", "--store", str(tmp_path / "incidents.sqlite")]) == 0
    assert ENGLISH("corrections.none") in (folder / "corrections.html").read_text(encoding="utf8")


def test_exports_tell_when_an_incident_was_corrected_and_why(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    id_ = _corrected(store, "=1+1 the army counts nine")
    add(store, KUNAR, "c")
    for name in ("csv", "geojson", "xlsx"):
        assert main(["export", name, str(tmp_path / f"o.{name}"), "--store", str(tmp_path / "incidents.sqlite")]) == 0
    said = "2025-11-20: =1+1 the army counts nine"
    rows = list(csv.DictReader((tmp_path / "o.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {row["id"]: row["corrections"] for row in rows if row["record"] == "incident"}[id_] == said
    features = json.loads((tmp_path / "o.geojson").read_text(encoding="utf8"))["features"]
    found = {one["properties"]["incident"]: one["properties"]["corrections"] for one in features}
    assert sorted(found.values()) == ["", said]
    capsys.readouterr()
    main(["list", "--json", "--store", str(tmp_path / "incidents.sqlite")])
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["id"]: one["corrections"] for one in listed}[id_] == [said]
