"""A backup brings back everything, into either kind of database, or is refused and nothing is written."""

from __future__ import annotations

import hashlib
import json
import os
import random
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy import text

from geo.cli import main
from geo.errors import StoreError
from geo.model import Reading
from geo.store import NewDocument, Store, open_store
from geo.store.backup import MANIFEST, back_up, check_backup, restore
from tests.store.worlds import NOON, make_article, make_incident, make_scope

HOSTILE = 'tab\t newline\n quote" \\N backslash\\ \u2028 \U0001f4a5 پښتو \u202e'
"""What a format of lines or columns might trip over."""


BYTES = b"\x00\xff\n\\"


def fill(store: Store) -> None:
    """Rows in every table that may have some, with every kind of value and letters of every kind."""
    with store.change(time=NOON) as change:
        for number in range(30):
            article = make_article(f"a{number}", text=f"{HOSTILE}{number}" * 50, title=HOSTILE)
            change.add_article(article, Reading(article_id=article.id, language="en"))
            change.show(make_incident(f"i{number}", articles=(article.id,), title=HOSTILE), reason="read")
            change.add_report(make_incident(f"i{number}", articles=(article.id,)), incident_id=f"i{number}", position=0)
        change.add_scope(make_scope("s1", ("i1", "i2")), article_id="a1", position=0)
    with store.change(who="Editor", time=NOON - timedelta(days=1)) as change:
        change.show(make_incident("i1", status="reviewed", version=2), reason="checked")
    store.answers.keep_answer("https://nominatim.example.org", "zarkot", [{"lat": 33.28}], asked=NOON)
    document = NewDocument(source="feed", sha256="0" * 64, body=BYTES, facts={"title": HOSTILE})
    store.documents.queue([document], time=NOON)
    store.documents.take("gone:1:2", now=NOON.timestamp())


@pytest.fixture
def filled(any_store: Store) -> Store:
    fill(any_store)
    return any_store


@pytest.fixture
def backup(filled: Store, tmp_path: Path) -> Path:
    return write(filled, tmp_path / "backup.zip")


def write(store: Store, path: Path) -> Path:
    with path.open("wb") as stream:
        back_up(store, stream, time=NOON)
    return path


@pytest.mark.parametrize("new_address", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_store_goes_from_either_database_into_either_and_back(
    new_address: Callable[[], str], kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """The backup of what was restored is the same to the byte, so nothing of it differs."""
    with closing(open_store(new_address())) as store:
        fill(store)
        first = write(store, tmp_path / "first.zip")
    target = request.getfixturevalue("postgres").lend(lambda a: open_store(a).close()) if kind == "postgresql" else None
    name, manifest = restore(first, target or tmp_path / "restored.sqlite")
    with closing(open_store(target or name)) as restored:
        assert write(restored, tmp_path / "second.zip").read_bytes() == first.read_bytes()
        assert (manifest.revision, restored.check()) == (restored.data_revision(), [])
        assert restored.incident("i1") == make_incident("i1", status="reviewed", version=2)
        with restored.change(time=NOON) as change:  # the numbers of new rows go on behind those there are
            change.show(make_incident("new", articles=("a1",)), reason="read")
        assert restored.check() == []
    if target:
        request.getfixturevalue("postgres").take_back(target)


def test_what_others_held_is_free_in_a_store_that_was_restored(backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path / "restored.sqlite")
    with closing(open_store(tmp_path / "restored.sqlite")) as store:
        (document,) = store.documents.take("here:1:2", now=NOON.timestamp())
        assert (document.body, document.facts) == (BYTES, {"title": HOSTILE})


def test_a_backup_is_of_one_moment(filled: Store, store_address: str, tmp_path: Path) -> None:
    """What is written while it is being made is in the next one."""
    writer = open_store(store_address)

    def add_one() -> None:
        with writer.change(time=NOON) as change:
            change.add_article(make_article("late"), Reading(article_id="late", language="en"))

    before = filled.data_revision()
    with (tmp_path / "backup.zip").open("wb") as stream:
        manifest = back_up(filled, _Stream(stream, add_one), time=NOON)  # type: ignore[arg-type]
    writer.close()
    assert (manifest.revision, filled.data_revision()) == (before, before + 2)
    restore(tmp_path / "backup.zip", tmp_path / "restored.sqlite")


class _Stream:
    """A stream during whose first write something else happens."""

    def __init__(self, stream: BinaryIO, meanwhile: Callable[[], None]) -> None:
        self._stream, self._meanwhile = stream, [meanwhile]

    def write(self, data: bytes) -> int:
        while self._meanwhile:
            self._meanwhile.pop()()
        return self._stream.write(data)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def test_a_store_that_holds_anything_is_not_restored_into(
    filled: Store, store_address: str, backup: Path, tmp_path: Path
) -> None:
    before = write(filled, tmp_path / "before.zip").read_bytes()
    with pytest.raises(StoreError, match="is not empty"):
        restore(backup, store_address)
    assert write(filled, tmp_path / "after.zip").read_bytes() == before


def test_a_backup_that_is_cut_is_refused_and_nothing_is_written(backup: Path, tmp_path: Path) -> None:
    whole, cut, target = backup.read_bytes(), tmp_path / "cut.zip", tmp_path / "restored.sqlite"
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        cut.write_bytes(whole[:length])
        with pytest.raises(StoreError, match="no backup, or is damaged"):
            restore(cut, target)
        assert not target.exists()


def test_a_backup_with_any_byte_flipped_is_refused_or_the_same(backup: Path, tmp_path: Path) -> None:
    """The same where the byte says nothing of the data, as that of an archive's version does."""
    whole, damaged, dice = backup.read_bytes(), tmp_path / "damaged.zip", random.Random(7)
    manifest = check_backup(backup)
    for _ in range(150):
        data = bytearray(whole)
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        damaged.write_bytes(data)
        try:
            assert check_backup(damaged) == manifest
        except StoreError as error:
            assert "damaged" in str(error) or "cannot be read" in str(error)


def change_member(backup: Path, target: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """The backup with one of its files changed by somebody who knows how archives are made."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            data = old.read(member)
            new.writestr(member, change(data) if member == name else data)


def test_what_was_changed_in_a_backup_is_found(backup: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    change_member(backup, changed, "incident.jsonl", lambda data: data.replace(b"Armed clash", b"Armed crash"))
    with pytest.raises(StoreError, match="damaged: what it holds of table incident"):
        restore(changed, tmp_path / "restored.sqlite")
    assert not (tmp_path / "restored.sqlite").exists()


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_what_was_changed_with_its_hash_differs_from_the_chain(
    backup: Path, tmp_path: Path, target: str, request: pytest.FixtureRequest
) -> None:
    """Somebody who also writes the manifest anew cannot write the history anew unseen."""
    halfway, changed = tmp_path / "halfway.zip", tmp_path / "changed.zip"
    change_member(backup, halfway, "incident.jsonl", lambda data: data.replace(b"Armed clash", b"Armed crash"))
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(halfway) as new:
        hashes = [hashlib.sha256(archive.read("incident.jsonl")).hexdigest().encode() for archive in (old, new)]
    change_member(halfway, changed, MANIFEST, lambda data: data.replace(*hashes))
    server = request.getfixturevalue("postgres") if target == "postgresql" else None
    address = server.lend(lambda a: open_store(a).close()) if server else str(tmp_path / "restored.sqlite")
    with pytest.raises(StoreError, match=r"nothing was restored: incident:.* differs from its last revision"):
        restore(changed, address)
    if server:
        with closing(open_store(address)) as store:
            assert store.data_revision() == store.count_incidents() == 0
        server.take_back(address)
    else:
        assert not (tmp_path / "restored.sqlite").exists()


def test_other_archives_and_other_versions_are_told_apart(backup: Path, tmp_path: Path) -> None:
    other, newer, older, gone = (tmp_path / f"{name}.zip" for name in ("other", "newer", "older", "gone"))
    change_member(backup, other, MANIFEST, lambda data: data.replace(b"border-incidents backup", b"cheese"))
    change_member(backup, newer, MANIFEST, lambda data: data.replace(b'"schema": "', b'"schema": "9'))
    change_member(backup, older, MANIFEST, lambda data: data.replace(b'"schema": "0', b'"schema": "00'))
    for path, sentence in ((other, "other kind of archive"), (newer, "newer version"), (older, "older version"),
                           (gone, "cannot be read: No such file")):  # fmt: skip
        with pytest.raises(StoreError, match=sentence):
            restore(path, tmp_path / "restored.sqlite")
    assert not (tmp_path / "restored.sqlite").exists()


def test_the_commands_back_up_and_restore(
    filled: Store, store_address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, target = tmp_path / "backup.zip", tmp_path / "restored.sqlite"
    assert main(["backup", str(backup), "--store", store_address]) == 0
    assert main(["restore", str(backup), "--store", str(target)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        f"{backup} holds 30 incidents, 30 articles, 92 revisions",
        f"{target} is restored and whole: 30 incidents, 30 articles, 92 revisions",
    ]
    assert main(["restore", str(backup), "--store", str(target)]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert main(["verify", "--store", str(target)]) == 0


def test_a_backup_that_cannot_be_finished_leaves_the_one_before(
    filled: Store, store_address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "backup.zip"
    backup.write_bytes(b"the one before")
    with filled._engine.begin() as connection:
        connection.execute(text("DROP TABLE feed"))
    assert main(["backup", str(backup), "--store", store_address]) == 1
    assert backup.read_bytes() == b"the one before"
    assert [path.name for path in tmp_path.iterdir() if ".part" in path.name] == []


def test_a_backup_is_for_its_owner_alone(filled: Store, store_address: str, tmp_path: Path) -> None:
    assert main(["backup", str(tmp_path / "backup.zip"), "--store", store_address]) == 0
    assert (tmp_path / "backup.zip").stat().st_mode & 0o077 == 0


def make_backup(folder: Path) -> Path:
    store = open_store(folder / "filled.sqlite")
    fill(store)
    path = write(store, folder / "backup.zip")
    store.close()
    return path


@pytest.mark.parametrize(
    "said", [b"[]", b"1", b'"x"', b"[" * 100_000, b"null", b" " * 2_000_000, b'{"format": 1}'], ids=range(7)
)
def test_what_a_backup_says_of_itself_may_be_anything(tmp_path: Path, said: bytes) -> None:
    backup, forged = make_backup(tmp_path), tmp_path / "forged.zip"
    with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(forged, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            archive.writestr(name, said if name == MANIFEST else whole.read(name))
    with pytest.raises(StoreError, match=r"forged\.zip is"):
        restore(forged, tmp_path / "restored.sqlite")
    assert not (tmp_path / "restored.sqlite").exists()


@pytest.mark.parametrize("tables", [[], {"article": {"rows": 1}}, {"../x": {}}, None], ids=range(4))
def test_tables_that_a_backup_says_too_little_of_are_refused(tmp_path: Path, tables: object) -> None:
    backup, forged = make_backup(tmp_path), tmp_path / "forged.zip"
    with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(forged, "w") as archive:
        archive.writestr(MANIFEST, json.dumps({**json.loads(whole.read(MANIFEST)), "tables": tables}))
    with pytest.raises(StoreError, match="is damaged"):
        check_backup(forged)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="makes a pipe with a name")
def test_a_pipe_is_no_backup(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="not a file"):
        check_backup(tmp_path / "pipe")
