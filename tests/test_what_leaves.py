"""Nothing that is held back leaves: by no record, column, earlier state, file, edition, route or search."""

from __future__ import annotations

import base64
import gzip
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from starlette.applications import Starlette

from geo.cli import main
from geo.cli.export import PAST_FORMATS
from geo.cli.parser import EXPORT_FORMATS
from geo.decisions import split_incident
from geo.errors import StoreError, UsageError
from geo.exchange.formats import SERVED
from geo.filters import Filter
from geo.pipeline import load_tools
from geo.snapshot import SnapshotKeeper, match, take_snapshot
from geo.snapshot.rows import WANTED
from geo.store import Store, open_store
from geo.store.limits import SHOWN_OPTION
from geo.store.released import MASK
from geo.store.stream import open_stream
from geo.ui.server import PREFIX, routes
from geo.ui.shared import Shared
from tests.leaving_world import (
    COARSE,
    DELAYED,
    HIDDEN,
    LATER,
    LON,
    OPEN,
    VICTIM,
    WORDS,
    article_of,
    fill,
    find_secrets,
    incident_of,
    list_releases,
    open_up,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the client's HTTP library may be an older one than it likes
    from starlette.testclient import TestClient

IDS = [incident_of(word) for word in WORDS] + ["i-twin"]
ARTICLES = [article_of(word) for word in WORDS] + ["a-twin"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "store" / "incidents.sqlite"
    fill(found).close()
    return found


@pytest.fixture
def released(path: Path) -> Iterator[Store]:
    store = open_store(path, read_only=True, released=True)
    yield store
    store.close()


def leaks(*things: object) -> list[str]:
    return [secret for thing in things for secret in find_secrets(repr(thing).encode())]


# ---- records -------------------------------------------------------------------------------------------------------


def test_no_record_says_what_is_held_back(released: Store) -> None:
    assert not leaks(
        released.load_incidents(), [released.incident(id_) for id_ in IDS], [released.reports_of(id_) for id_ in IDS],
        released.all_reports_of(IDS), released.load_articles(), [released.article(id_) for id_ in ARTICLES],
        [released.reading(id_) for id_ in ARTICLES], released.scopes(), released.copied_incidents(),
        released.imported_rows(), released.rows_of(IDS, "ucdp"), released.corrections(),
    )  # fmt: skip


def test_a_coarsened_incident_keeps_its_province_and_figures(released: Store) -> None:
    incident = released.incident(incident_of(COARSE))
    assert incident is not None
    (place,) = incident.places
    assert place.place is not None
    assert (place.precision, place.adm1, place.place.id) == ("adm1", "AF-KHO", "adm1:AF-KHO")
    assert (place.distance_to_border_km, place.nearest_crossing, place.toponym) == (None, None, None)
    assert incident.title == "Shelling in Khost"
    assert [claim.low for claim in incident.claims] == [3, 5]
    assert incident.quote is None


def test_a_delayed_incident_is_not_there_until_its_time(released: Store) -> None:
    assert released.incident(incident_of(DELAYED)) is None
    assert released.article(article_of(DELAYED)) is None
    assert released.reports_of(incident_of(DELAYED)) == []
    assert released.count_incidents() == 4
    released.now = lambda: LATER
    assert released.incident(incident_of(DELAYED)) is not None
    assert released.count_incidents() == 5


def test_hidden_fields_are_empty(released: Store) -> None:
    incident = released.incident(incident_of(HIDDEN))
    assert incident is not None
    assert (incident.actors, incident.claims, incident.totals, incident.articles) == ((), (), {}, ())
    assert released.article(article_of(HIDDEN)) is None


def test_names_of_victims_are_masked_at_equal_length(path: Path, released: Store) -> None:
    whole, masked = open_store(path).article(article_of(OPEN)), released.article(article_of(OPEN))
    assert whole is not None
    assert masked is not None
    assert masked.text == whole.text.replace(VICTIM, MASK * len(VICTIM))
    assert masked.title == f"Shelling at {OPEN}, {MASK * len(VICTIM)} dead"
    assert [flag.code for flag in masked.flags] == ["encoding_guessed", "names_withheld"]


def test_an_editor_lifts_a_name_and_adds_another(path: Path, released: Store) -> None:
    store = open_store(path)
    article = store.article(article_of(OPEN))
    assert article is not None
    start = article.text.index("elder")
    span = replace(store.withheld_in(article.id)[0], start=start, end=start + 5)
    with store.change(who="desk", time=LATER) as change:
        change.keep_withheld(article.id, [span], "desk")
    told = released.article(article.id)
    assert told is not None
    assert VICTIM in told.text
    assert "elder" not in told.text
    assert store.check() == []


def test_the_newsroom_reads_everything(path: Path) -> None:
    store = open_store(path)
    assert store.incident(incident_of(DELAYED)) is not None
    assert set(leaks(store.load_incidents(), store.load_articles())) >= {COARSE, DELAYED, HIDDEN, VICTIM}
    assert store.release_of(incident_of(COARSE)) == list_releases()[0]
    assert store.check() == []


CLOSED = {"revision": ("before",), "report": ("record",), "release": ("reason",), "document": ("source",)}


def test_what_editors_say_and_the_history_do_not_leave(released: Store) -> None:
    asked: list[Callable[[], object]] = [
        lambda: released.release_of(incident_of(COARSE)),
        lambda: released.withheld_in(article_of(OPEN)),
        lambda: released.aliases("AF-PK"),
        released.revisions,
        released.decisions,
        released.check,
        *(partial(released.read_columns, {table: columns}) for table, columns in CLOSED.items()),
    ]
    for ask in asked:
        with pytest.raises(StoreError, match="leave the newsroom"):
            ask()


# ---- columns and earlier states ------------------------------------------------------------------------------------

COLUMNS = {
    **WANTED, "article": ("id", "title", "text", "url", "publisher", "sha256"),
    "source": ("article_id", "outlet", "url"),
    "reading": ("article_id", "toponyms", "flags"), "incident": ("id", "title", "status", "rest"),
    "flag": ("incident_id", "code", "detail"), "actor": ("incident_id", "name", "aliases"),
}  # fmt: skip


def test_no_column_says_what_is_held_back(released: Store) -> None:
    found = released.read_columns(COLUMNS, ordered=False)
    assert not leaks(found.tables)
    assert OPEN in repr(found.tables)


def test_no_earlier_state_says_what_is_held_back_today(released: Store) -> None:
    newest = released.data_revision()
    for revision in range(newest):
        found = released.read_columns(COLUMNS, at=revision)
        assert not leaks(found.tables, found.past)
        assert not leaks(released.load_incidents(IDS, found.past), released.scopes(found.past))


def test_what_is_streamed_holds_nothing_back_less(released: Store) -> None:
    with open_stream(released) as stream:
        ids = list(stream.shown_ids())
        assert incident_of(DELAYED) not in ids
        assert not leaks(list(stream.incidents(IDS)), dict(stream.copied()))
        for name, columns in COLUMNS.items():
            assert not leaks(list(stream.columns(name, columns))), name
        titles = [batch for batch in stream.columns("incident", ("id", "title"), key="id", ids=ids)]
        assert not leaks(titles)
        assert sorted(id_ for batch in titles for id_ in batch[0]) == sorted(ids)


def test_who_comes_back_is_not_told_of_what_is_delayed(released: Store) -> None:
    whole = released.count_since(0)
    released.now = lambda: LATER
    assert sum(released.count_since(0)) == sum(whole) + 1


def test_a_snapshot_has_other_keys_whole_released_and_when_a_delay_has_ended(path: Path, released: Store) -> None:
    tools = load_tools("AF-PK")
    keeper = SnapshotKeeper(released, tools.border, tools.gazetteer)
    before = keeper.current()
    whole = take_snapshot(open_store(path), tools.border, tools.gazetteer)
    released.now = lambda: LATER
    released.changes += 1  # so that nobody waits for the next look
    after = keeper.current()
    assert len({before.key, whole.key, after.key}) == 3
    assert before.revision == whole.revision == after.revision
    assert (len(before), len(after)) == (4, 5)


@pytest.mark.parametrize("word", [COARSE, DELAYED, HIDDEN, VICTIM, "Vantobrek"])
def test_no_search_finds_what_is_held_back(released: Store, word: str) -> None:
    tools = load_tools("AF-PK")
    snapshot = take_snapshot(released, tools.border, tools.gazetteer)
    assert not match(snapshot, Filter(text=word)).any()
    assert match(snapshot, Filter(text=OPEN)).sum() == 1


@pytest.mark.parametrize(("choice", "left"), [("reviewed", [incident_of(OPEN)]), ("published", [])])
def test_only_the_statuses_that_may_leave_do(
    path: Path, released: Store, choice: str, left: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHOWN_OPTION, choice)
    store = open_store(path)
    shown = store.incident(incident_of(OPEN))
    assert shown is not None
    with store.change(who="desk", time=LATER) as change:
        change.show(replace(shown, status="reviewed"), reason="checked")
    tools = load_tools("AF-PK")
    assert list(take_snapshot(released, tools.border, tools.gazetteer).ids) == left
    assert [incident.id for incident in released.load_incidents()] == left
    assert [article.id for article in released.load_articles()] == ([article_of(OPEN)] if left else [])
    assert [scope.incidents for scope in released.scopes()] == ([(incident_of(OPEN),)] if left else [])


def test_an_unknown_choice_of_statuses_lets_nothing_leave(released: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SHOWN_OPTION, "everything")
    with pytest.raises(UsageError, match="it can be all, reviewed, published"):
        released.load_incidents()


def test_a_release_holds_for_what_an_incident_is_merged_into(path: Path, released: Store) -> None:
    store = open_store(path)
    kept, other = store.incident(incident_of(OPEN)), store.incident(incident_of(COARSE))
    assert kept is not None
    assert other is not None
    with store.change(who="desk", time=LATER) as change:
        change.show(replace(kept, claims=other.claims, articles=(*kept.articles, *other.articles)), reason="merged")
        change.show(replace(other, status="withdrawn"), reason="merged")
        change.move_report(incident_of(COARSE), kept.id)
        change.move_report("i-twin", kept.id)
    assert not leaks(released.incident(kept.id), released.reports_of(kept.id))


def test_what_is_split_off_is_held_back_as_the_whole_was(path: Path, released: Store) -> None:
    store = open_store(path)
    rest, off = split_incident(store, incident_of(COARSE), "a-twin", who="desk", time=LATER)
    assert {rest.id, off.id} == {incident_of(COARSE), "i-twin"}
    assert store.release_of("i-twin") == replace(list_releases()[0], incident_id="i-twin")
    assert not leaks(released.incident("i-twin"), released.reports_of("i-twin"), released.incident(rest.id))
    assert store.check() == []


# ---- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", EXPORT_FORMATS)
def test_no_file_says_what_is_held_back(path: Path, tmp_path: Path, format_: str) -> None:
    target = tmp_path / f"file.{format_}"
    assert main(["export", format_, str(target), "--store", str(path)]) in (0, 3)
    for piece in open_up(target):
        assert find_secrets(piece) == []


@pytest.mark.parametrize("format_", PAST_FORMATS)
@pytest.mark.parametrize("revision", ["12", "21"])
def test_no_file_of_an_earlier_state_says_what_is_held_back(
    path: Path, tmp_path: Path, format_: str, revision: str
) -> None:
    target = tmp_path / f"file.{format_}"
    assert main(["export", format_, str(target), "--asof", revision, "--store", str(path)]) == 0
    for piece in open_up(target):
        assert find_secrets(piece) == []


def test_a_file_says_that_names_are_withheld(path: Path, tmp_path: Path) -> None:
    main(["export", "csv", str(tmp_path / "a.csv"), "--store", str(path)])
    assert "Names of victims are withheld" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_the_newsroom_may_export_everything(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.csv"
    assert main(["export", "csv", str(target), "--whole", "--store", str(path)]) == 0
    assert set(find_secrets(target.read_bytes())) >= {COARSE, DELAYED, HIDDEN}


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_no_list_says_what_is_held_back(path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", *arguments, "--store", str(path)]) == 0
    printed = capsys.readouterr().out
    assert find_secrets(printed.encode()) == []
    assert OPEN in printed


@pytest.mark.parametrize("language", ["en", "ur"])
def test_no_edition_says_what_is_held_back(path: Path, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "site"
    assert main(["publish", str(folder), f"lang={language}", "--store", str(path)]) == 0
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert len(files) > 5
    for file in files:
        for piece in (file.name.encode(), *open_up(file), *unpack_inside(file.read_bytes())):
            assert find_secrets(piece) == [], file


def test_the_page_of_an_incident_says_a_masked_name_in_words(path: Path, tmp_path: Path) -> None:
    main(["publish", str(tmp_path / "site"), "--store", str(path)])
    (page,) = (tmp_path / "site").rglob(f"{incident_of(OPEN)}.html")
    said = page.read_text(encoding="utf-8")
    assert f'<span role="img" aria-label="name withheld" title="name withheld">{MASK}' in said
    assert "Names of victims are withheld." in said


def unpack_inside(page: bytes) -> Iterator[bytes]:
    """What an edition holds packed inside its page: base64 of gzip."""
    for found in re.finditer(rb"[A-Za-z0-9+/]{200,}={0,2}", page):
        data = base64.b64decode(found.group() + b"=" * (-len(found.group()) % 4))
        yield data
        if data[:2] == b"\x1f\x8b":
            yield gzip.decompress(data)


# ---- routes --------------------------------------------------------------------------------------------------------


@pytest.fixture
def client(released: Store) -> TestClient:
    tools = load_tools("AF-PK")
    shared = Shared(store=released, tools=tools, keeper=SnapshotKeeper(released, tools.border, tools.gazetteer))
    return TestClient(Starlette(routes=routes(lambda: shared)))


LINKS = ["", *(f"incident={id_}" for id_ in IDS), "tab=table", "tab=claims", f"q={COARSE}", "province=AF-KHO", "asof=3"]


def list_addresses(client: TestClient) -> Iterator[str]:
    """An address of every kind that the server answers."""
    kinds = {route.path for route in client.app.routes}  # type: ignore[attr-defined]
    data = ("points", "times", "losses", "marks", "mask", "revision", "basemap")
    yield from (f"{PREFIX}/data/AF-PK/{name}" for name in data)
    yield from (f"{PREFIX}/data/AF-PK/marks?lang={language}" for language in ("ur", "ps", "fa"))
    yield from (f"{PREFIX}/api/incidents.{ending}" for ending in (*SERVED, "png", "html"))
    yield from (
        f"{PREFIX}/api/incidents.{ending}?incident={incident_of(COARSE)}&lang=fa" for ending in ("csv", "html", "png")
    )
    yield from (f"{PREFIX}/picture.png?{link}" for link in LINKS)
    yield from (f"/?{link}" for link in LINKS)
    yield f"{PREFIX}/qr.svg?address=http://testserver/"
    yield from (f"{kind}" for kind in kinds if "{" not in kind)


def test_no_route_says_what_is_held_back(client: TestClient) -> None:
    point = np.float32(LON).tobytes()
    for address in list_addresses(client):
        answer = client.get(address)
        asked = find_secrets(address.encode())
        body = answer.content
        assert set(find_secrets(body)) <= set(asked), address
        assert not any(set(find_secrets(piece)) - set(asked) for piece in unpack_inside(body)), address
        assert point not in body, address


def test_the_delay_of_an_incident_ends_without_a_change_of_the_store(path: Path) -> None:
    store = open_store(path, read_only=True, released=True)
    before = store.state()
    store.now = lambda: LATER - timedelta(seconds=1)
    assert store.state() == before
    store.now = lambda: LATER
    assert store.state() != before
