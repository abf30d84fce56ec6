"""Settings from the environment and from files, and what ``border-incidents settings`` tells of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.cli import main
from geo.errors import UsageError
from geo.settings import OPTIONS, find_origin, read_option

STORE = "BORDER_INCIDENTS_STORE"
ADDRESS = "postgresql://desk:Quello%40secret@db.example.org/incidents"


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that sets nothing of ours."""
    for option in OPTIONS:
        for name in (option.name, f"{option.name}_FILE"):
            monkeypatch.delenv(name, raising=False)


def test_a_secret_is_read_from_the_file_that_the_environment_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As Docker and systemd hand secrets to a program; editors of files end them with a line break."""
    (tmp_path / "store").write_text(f"{ADDRESS}\n")
    monkeypatch.setenv(f"{STORE}_FILE", str(tmp_path / "store"))
    assert (read_option(STORE), find_origin(STORE)) == (ADDRESS, "file")
    monkeypatch.setenv(STORE, "")
    assert read_option(STORE) == ADDRESS, "compose files set what is empty"
    monkeypatch.setenv(STORE, "here.sqlite")
    assert (read_option(STORE), find_origin(STORE)) == ("here.sqlite", "environment")


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(f"{STORE}_FILE", str(tmp_path / "nothing"))
    with pytest.raises(UsageError, match=r"BORDER_INCIDENTS_STORE_FILE names .*nothing, which cannot be read: No such"):
        read_option(STORE)


def test_a_value_that_is_set_to_nothing_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_INCIDENTS_PROXIES", "")
    assert read_option("BORDER_INCIDENTS_PROXIES") == ""


def test_every_setting_is_told_with_its_origin_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "store").write_text(ADDRESS)
    monkeypatch.setenv(f"{STORE}_FILE", str(tmp_path / "store"))
    monkeypatch.setenv("BORDER_INCIDENTS_BORDER", "IN-PK")
    assert main(["settings"]) == 0
    told = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [name for name, _, _ in told] == [option.name for option in OPTIONS]
    by_name = {name: (value, origin) for name, value, origin in told}
    assert by_name[STORE] == ("postgresql://desk:***@db.example.org/incidents", "file")
    assert by_name["BORDER_INCIDENTS_BORDER"] == ("IN-PK", "environment")
    assert by_name["BORDER_INCIDENTS_PROXIES"] == ("127.0.0.1,::1", "default")
    assert "Quello" not in str(told)
