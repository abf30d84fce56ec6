"""The people file: hashes of passwords, roles, and nothing that can be lost halfway."""

from __future__ import annotations

import io
import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from geo.cli import main
from geo.errors import DataError, UsageError
from geo.people import People, Person, read_people

PASSWORD = "four words are enough"


@pytest.fixture
def people(tmp_path: Path) -> People:
    """A file with one editor."""
    found = People(tmp_path / "people.json")
    found.add(Person(name="Night desk", role="editor"), PASSWORD)
    return found


def test_the_right_password_gives_the_person_and_any_other_nobody(people: People) -> None:
    assert people.check("Night desk", PASSWORD) == Person(name="Night desk", role="editor")
    assert people.check("night  DESK", PASSWORD) is not None
    assert people.check("Night desk", PASSWORD + "!") is None
    assert people.check("Nobody", PASSWORD) is None


def test_the_file_holds_an_argon2id_hash_for_its_owner_alone(people: People) -> None:
    text = people.path.read_text(encoding="utf8")
    assert PASSWORD not in text
    assert json.loads(text)["people"][0]["hash"].startswith("$argon2id$")
    assert stat.S_IMODE(people.path.stat().st_mode) == 0o600
    assert {path.name for path in people.path.parent.iterdir()} == {"people.json", ".people.json.lock"}


def test_somebody_unknown_is_checked_against_a_hash_like_everybody(people: People) -> None:
    checked: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            checked.append(str(hash))
            return super().verify(hash, password)  # type: ignore[return-value]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.people._hasher", lambda: Watched())
        people.check("Nobody", PASSWORD)
        people.check("Night desk", PASSWORD)
    assert [hash_.split("$")[3] for hash_ in checked] == [checked[1].split("$")[3]] * 2


def test_a_hash_of_weaker_parameters_is_made_anew_when_its_person_signs_in(people: People) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    found = json.loads(people.path.read_text(encoding="utf8"))
    found["people"][0]["hash"] = weak
    people.path.write_text(json.dumps(found), encoding="utf8")
    assert people.check("Night desk", PASSWORD) is not None
    assert json.loads(people.path.read_text(encoding="utf8"))["people"][0]["hash"] != weak
    assert people.check("Night desk", PASSWORD) is not None


def test_what_another_process_changes_in_the_file_holds_at_once(people: People) -> None:
    other = People(people.path)
    other.set_role("Night desk", "publisher")
    found = people.find("Night desk")
    assert found is not None and found.may("publisher")
    other.remove("Night desk")
    assert people.find("Night desk") is None and not people


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 1001])
def test_a_password_too_short_or_too_long_is_refused_with_a_sentence(people: People, password: str) -> None:
    with pytest.raises(UsageError, match=r"12 characters|at most"):
        people.add(Person(name="Other", role="viewer"), password)
    assert people.find("Other") is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b", "Night Desk"])
def test_a_name_that_is_none_or_taken_is_refused(people: People, name: str) -> None:
    with pytest.raises(UsageError):
        people.add(Person(name=name, role="viewer"), PASSWORD)
    assert len(people.list()) == 1


def test_somebody_without_a_password_is_found_by_address_and_by_no_password(people: People) -> None:
    people.add(Person(name="Zarghuna", role="publisher", email="Z@example.org"), None)
    found = people.find_email("z@EXAMPLE.org")
    assert found is not None and found.name == "Zarghuna"
    assert people.check("Zarghuna", "") is None


@pytest.mark.parametrize("text", ["", "[]", '{"people": [{"name": "A", "role": "owner"}]}', '{"people": 3}'])
def test_a_broken_file_is_told_and_never_taken_for_an_empty_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "people.json"
    path.write_text(text, encoding="utf8")
    with pytest.raises(DataError, match=r"people\.json"):
        read_people(path)


def test_roles_hold_what_the_roles_before_them_hold() -> None:
    editor = Person(name="E", role="editor")
    assert editor.may("viewer") and editor.may("editor") and not editor.may("publisher")


def test_the_command_adds_lists_changes_and_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_PEOPLE", str(tmp_path / "people.json"))
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    assert main(["people", "add", "Day desk", "--role", "viewer", "--password-stdin"]) == 0
    assert main(["people", "role", "Day desk", "editor"]) == 0
    capsys.readouterr()
    assert main(["people", "list"]) == 0
    assert capsys.readouterr().out == "Day desk\teditor\n"
    assert read_people().check("Day desk", PASSWORD) is not None
    assert main(["people", "remove", "Day desk"]) == 0
    assert main(["people", "remove", "Day desk"]) == 2


def test_a_password_is_never_taken_from_the_command_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "geo.cli", "people", "add", "A", "--role", "viewer"]
    options = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL}
    environment = {"PATH": "/usr/bin", "BORDER_INCIDENTS_PEOPLE": str(tmp_path / "people.json"), "HOME": str(tmp_path)}
    asked = subprocess.run(command, env=environment, **options)  # type: ignore[call-overload]
    assert asked.returncode == 2 and "--password-stdin" in asked.stderr
    given = subprocess.run([*command, "--password", PASSWORD], env=environment, **options)  # type: ignore[call-overload]
    assert given.returncode == 2 and not (tmp_path / "people.json").exists()


@pytest.mark.parametrize("name", ["Zo\u00e9", "Zoe\u0301", "ZO\u00c9", "\uff3ao\u00e9", "Zo\u00e9\u00a0"])
def test_no_two_people_have_names_that_look_the_same(people: People, name: str) -> None:
    """Or one person could sign off twice."""
    people.add(Person(name="Zo\u00e9", role="editor"), PASSWORD)
    with pytest.raises(UsageError, match="already"):
        people.add(Person(name=name, role="publisher"), PASSWORD)
    assert people.find(name) == Person(name="Zo\u00e9", role="editor")


@pytest.mark.parametrize("name", ["machine", "Machine", "\uff4dachine"])
def test_nobody_is_called_what_the_history_calls_the_program(people: People, name: str) -> None:
    with pytest.raises(UsageError, match="take another name"):
        people.add(Person(name=name, role="editor"), PASSWORD)


def test_of_two_who_add_one_name_at_once_the_second_is_told(tmp_path: Path) -> None:
    def add(role: str) -> str:
        try:
            People(tmp_path / "people.json").add(Person(name="Same", role=role), PASSWORD)  # type: ignore[arg-type]
        except UsageError:
            return "told"
        return role

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(add, ["viewer", "editor", "publisher", "viewer"]))
    (kept,) = People(tmp_path / "people.json").list()
    assert sorted(done) == sorted(["told", "told", "told", kept.role])


@pytest.mark.skipif(sys.platform == "win32", reason="has no such modes")
@pytest.mark.parametrize("mode", [0o602, 0o620, 0o666])
def test_a_file_that_others_may_write_lets_nobody_in(people: People, mode: int) -> None:
    people.path.chmod(mode)
    with pytest.raises(DataError, match="can be written by others than its owner"):
        People(people.path).check("Night desk", PASSWORD)


def test_a_link_to_the_file_stays_one(people: People, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(people.path)
    People(link).set_role("Night desk", "viewer")
    assert link.is_symlink()
    assert [person.role for person in people.list()] == ["viewer"]


@pytest.mark.parametrize(
    "text",
    [
        '{"people": [{"name": {}, "role": "editor"}]}', '{"people": ' + "[" * 100_000,
        '{"people": [{"name": "A", "role": "editor"}, {"name": "a", "role": "publisher"}]}',
    ],
)  # fmt: skip
def test_what_is_odd_in_the_file_is_said_in_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "people.json").write_text(text)
    with pytest.raises(DataError, match="is no list of people"):
        read_people(tmp_path / "people.json")
