"""The command line: pages of help, exit statuses, and what each command does to a store."""

from __future__ import annotations

import contextlib
import csv
import http.client
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from geo.cli import main
from geo.cli.parser import build_parser
from geo.filters import KEYS
from geo.ingest import writing
from geo.model import Article, Reading
from geo.pipeline import Added
from geo.samples import list_samples
from geo.settings import app_file
from geo.store import Change, open_store

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = ("serve", "read", "add", "queue", "list", "export", "publish", "merge", "split", "where", "verify")
CLASH = "Three soldiers were killed in a clash at Torkham on 3 March 2025, Pakistani officials said.\n"
BLAST = "A bomb killed five people in Quetta on 9 November 2024, police said.\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the store of this test is, made by the first command that writes."""
    path = tmp_path / "data" / "store.sqlite"
    monkeypatch.setenv("BORDER_INCIDENTS_STORE", str(path))
    return path


@pytest.fixture
def filled(store: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Path:
    """A store with a clash at Torkham and a bombing in Quetta."""
    for name, text in (("clash.txt", CLASH), ("blast.txt", BLAST)):
        (tmp_path / name).write_text(text)
        assert main(["add", str(tmp_path / name)]) == 0
    capfdbinary.readouterr()
    return store


def lines_of(capture: pytest.CaptureFixture[bytes]) -> list[str]:
    return capture.readouterr().out.decode().splitlines()


# ---- help ------------------------------------------------------------------------------------------------------------
def help_page(command: str, capture: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    return capture.readouterr().out


def test_every_key_of_the_filter_is_explained_by_the_help_and_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    page = help_page("list", capsys)
    readme = (ROOT / "README.md").read_text(encoding="utf8")
    for key in KEYS[: KEYS.index("q") + 1]:
        assert re.search(rf"^ +(?:from, )?{key}\b", page, re.MULTILINE), key
        assert f"`{key}`" in readme, key


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples_options_and_exit_statuses(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    page = help_page(command, capsys)
    assert all(part in page for part in ("usage:", "examples:", f"border-incidents {command}", "exit status:", "  3  "))
    assert max(map(len, page.splitlines())) <= 90
    assert all(line == line.rstrip() for line in page.splitlines())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_states_the_default_of_every_value(command: str) -> None:
    subparsers = next(action for action in build_parser()._actions if action.dest == "command")
    for action in subparsers.choices[command]._actions:  # type: ignore[index]
        if action.option_strings and action.nargs != 0:
            assert "default:" in (action.help or ""), action.option_strings


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_of_a_help_page_can_be_parsed(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    examples = re.findall(rf"border-incidents ({command}.*)", help_page(command, capsys).partition("examples:")[2])
    assert examples
    for example in examples:
        words = re.findall(r'"[^"]*"|\S+', re.split(r" [<>|] |   ", example)[0])
        build_parser().parse_args([word.strip('"') for word in words])


def test_the_console_script_is_this_function() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert scripts == {"border-incidents": "geo.cli:main"}


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["fly"],
        ["read", "--jobs", "0"],
        ["read", "--jobs", "x"],
        ["serve", "--port", "70000"],
        ["export", "shp", "f"],
    ],
)
def test_wrong_usage_ends_with_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2


# ---- add -------------------------------------------------------------------------------------------------------------
def test_add_prints_id_incidents_and_flags(
    store: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "a.txt").write_text(CLASH)
    assert main(["add", str(tmp_path / "a.txt")]) == 0
    (line,) = lines_of(capfdbinary)
    article, incidents, flags = line.split("\t")
    opened = open_store(store)
    assert opened.article(article)
    assert [incident.id for incident in opened.load_incidents()] == incidents.split(",")
    assert "no_publication_date" in flags


def test_adding_an_article_twice_changes_nothing(
    filled: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    before = open_store(filled).data_revision()
    assert main(["add", str(tmp_path / "clash.txt")]) == 0
    assert lines_of(capfdbinary)[0].endswith("already_there")
    assert open_store(filled).data_revision() == before


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(
    store: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()
    (folder / "1-empty.txt").write_text("")
    (folder / "2-binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "3-good.txt").write_text(CLASH)
    (folder / "4-page.html").write_text("<html><body><nav>Home</nav></body></html>")
    assert main(["add", str(folder), str(tmp_path / "none.txt"), "https://127.0.0.1/1"]) == 3
    captured = capfdbinary.readouterr()
    assert len(captured.out.splitlines()) == 1
    said = captured.err.decode()
    assert all(
        name in said for name in ("1-empty.txt", "2-binary.txt", "4-page.html", "none.txt", "https://127.0.0.1/1")
    )
    assert "Traceback" not in said


def test_a_text_on_standard_input_is_added(store: Path) -> None:
    command = [sys.executable, "-m", "geo.cli", "add", "-", "--store", str(store)]
    done = subprocess.run(command, input=CLASH.encode(), capture_output=True, check=True)
    assert len(done.stdout.splitlines()) == 1
    assert open_store(store).count_incidents() == 1


def test_an_unforeseen_fault_in_one_article_costs_no_other(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    honest = writing.keep_reading

    def fail_on_blast(change: Change, article: Article, reading: Reading) -> Added:
        if "bomb" in article.text:
            raise ZeroDivisionError
        return honest(change, article, reading)

    monkeypatch.setattr(writing, "keep_reading", fail_on_blast)
    (tmp_path / "a.txt").write_text(BLAST)
    (tmp_path / "b.txt").write_text(CLASH)
    assert main(["add", str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]) == 3
    assert len(lines_of(capfdbinary)) == 1


# ---- list ------------------------------------------------------------------------------------------------------------
def test_list_prints_an_incident_a_line_newest_first(filled: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["list"]) == 0
    clash, blast = lines_of(capfdbinary)
    assert clash.startswith("2025-03-03") and "Torkham" in clash and "killed 3" in clash
    assert blast.startswith("2024-11-09") and "Quetta" in blast


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("from=2025-01-01", ["Torkham"]), ("?to=2024-12-31", ["Quetta"]), ("province=PK-BA", ["Quetta"]),
        ("type=bombing,clash", ["Torkham", "Quetta"]), ("border_km=5", ["Torkham"]), ("q=quetta", ["Quetta"]),
        ("from=2030-01-01", []),
    ],
)  # fmt: skip
def test_list_takes_the_filter_of_a_link(
    filled: Path, capfdbinary: pytest.CaptureFixture[bytes], wanted: str, found: list[str]
) -> None:
    assert main(["list", wanted]) == 0
    assert [name for line in lines_of(capfdbinary) for name in ("Torkham", "Quetta") if name in line] == found


@pytest.mark.parametrize("wrong", ["from=tomorrow", "province=AF-XYZ", "colour=red", "type=picnic", "border_km=-1"])
def test_a_filter_that_cannot_be_used_is_wrong_usage(
    filled: Path, capfdbinary: pytest.CaptureFixture[bytes], wrong: str
) -> None:
    """A script that mistypes a province must not be given every incident."""
    assert main(["list", wrong]) == 2
    captured = capfdbinary.readouterr()
    assert captured.out == b""
    assert captured.err.decode().count("\n") == 1


def test_json_adds_provinces_distance_and_sources_to_the_record(
    filled: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["list", "--json", "q=torkham"]) == 0
    (record,) = map(json.loads, lines_of(capfdbinary))
    assert record["provinces"] == ["PK-KP"]
    assert 0 <= record["distance_to_border_km"] < 5
    assert record["review"] == "read by machine, not checked"
    assert (record["sources"], record["totals"]["killed"]["low"]) == ([], 3)
    assert record["places"][0]["nearest_crossing"]
    assert record["claims"][0]["article"] == record["articles"][0]


def test_without_a_store_a_sentence_says_so(store: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for command in (["list"], ["verify"], ["export", "csv", "-"], ["merge", "a", "b"], ["split", "a", "b"]):
        assert main(command) == 1
        assert "there is no store at" in capfdbinary.readouterr().err.decode()
    assert not store.exists()


# ---- export, where, verify -------------------------------------------------------------------------------------------
def test_export_writes_what_matches(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert main(["export", "csv", str(target), "province=PK-BA"]) == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    assert [row["record"] for row in rows] == ["about", "incident"]
    assert "filter: province=PK-BA" in rows[0]["title"]


def test_export_to_standard_output_is_the_file_alone(filled: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "geojson", "-"]) == 0
    assert len(json.loads(capfdbinary.readouterr().out)["features"]) == 2


def test_export_png_draws_what_a_link_shows(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "view.png"
    assert main(["export", "png", str(target), "type=strike&lang=ur&view=33.3,69.9,7"]) == 0
    assert Image.open(target).size == (1600, 1040)
    before = target.read_bytes()
    assert main(["export", "png", str(target), "layer=nowhere"]) == 2
    assert target.read_bytes() == before


def test_where_says_what_a_name_means_and_why(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "128")
    assert main(["where", "Shelling hit Torkham overnight."]) == 0
    shown = capfdbinary.readouterr().out.decode()
    assert all(part in shown for part in ("Torkham", "crossing", "PK-KP", "reason", "candidates"))
    assert main(["where", "--json", "Shelling hit Torkham overnight."]) == 0
    (record,) = json.loads(capfdbinary.readouterr().out)
    assert record["place"]["id"] == "border:torkham"


def test_where_finds_nothing_in_a_text_without_places(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["where", "It rained."]) == 0
    assert lines_of(capfdbinary) == ["no place name found"]


def test_verify_finds_a_changed_record(filled: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    import sqlite3

    assert main(["verify"]) == 0
    assert "no fault found" in lines_of(capfdbinary)[0]
    with contextlib.closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("UPDATE incident SET killed_low = 300")
    assert main(["verify"]) == 3
    assert any("differs from its last revision" in line for line in lines_of(capfdbinary))


def test_two_incidents_are_merged_and_split_again(filled: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    clash, blast = open_store(filled).load_incidents()
    assert main(["merge", clash.id, blast.id, "--who", "night desk", "--reason", "one attack"]) == 0
    assert lines_of(capfdbinary) == [f"{blast.id} was merged into {clash.id}, now told by 2 articles"]
    assert main(["list"]) == 0
    assert len(lines_of(capfdbinary)) == 1
    assert main(["split", clash.id, *blast.articles]) == 0
    assert lines_of(capfdbinary)[0].startswith(f"{blast.id} was split off; {clash.id} is told by the rest")
    assert main(["verify"]) == 0
    assert {decision.who for decision in open_store(filled).decisions()} == {"editor"}


def test_a_merge_that_makes_no_sense_is_wrong_usage(filled: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (clash, _) = open_store(filled).load_incidents()
    for wrong in (["merge", clash.id, clash.id], ["merge", clash.id, "x"], ["split", clash.id, *clash.articles]):
        assert main(wrong) == 2
        assert capfdbinary.readouterr().err.decode().count("\n") == 1


def test_nothing_is_merged_where_the_store_is_for_reading_only(
    filled: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    clash, blast = open_store(filled).load_incidents()
    monkeypatch.setenv("BORDER_INCIDENTS_READ_ONLY", "1")
    assert main(["merge", clash.id, blast.id]) == 2
    assert "for reading only" in capfdbinary.readouterr().err.decode()
    assert open_store(filled).decisions() == ()


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "geo.cli", "read"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader:
        assert reader.stdin and reader.stdout and reader.stderr
        reader.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            reader.stdin.write(b'{"id": "a", "text": "x"}\n' * 1000)
            reader.stdin.close()
        assert reader.stderr.read() == b""


# ---- serve -----------------------------------------------------------------------------------------------------------
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processor_seconds() -> float:
    """Processor time of all processes that this one has waited for."""
    times = os.times()
    return times.children_user + times.children_system


class Served:
    """A dashboard in a process of its own."""

    def __init__(self, store: Path, *options: str) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "geo.cli", "serve", "--no-browser", "--port", str(self.port), *options]
        environment = {**os.environ, "BORDER_INCIDENTS_STORE": str(store)}
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT, env=environment)
        self.said = ""

    def wait(self) -> str:
        """Everything said until the address is, and the address."""
        assert self.process.stderr
        while "Ctrl-C" not in self.said:
            line = self.process.stderr.readline().decode()
            assert line, f"it ended with {self.process.wait()}: {self.said}"
            self.said += line
        return self.said.rpartition(" is at ")[2].split()[0]

    def get(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status

    def end(self, number: int = signal.SIGINT) -> int:
        """Exit status after a signal."""
        self.process.send_signal(number)
        assert self.process.stderr
        self.said += self.process.stderr.read().decode()
        return self.process.wait(timeout=30)


@contextlib.contextmanager
def serve(store: Path, *options: str) -> Iterator[Served]:
    served = Served(store, *options)
    try:
        yield served
    finally:
        served.process.kill()
        served.process.wait()


needs_app = pytest.mark.skipif(not app_file().exists(), reason="there is no app.py")


@needs_app
def test_serve_reads_the_samples_once_and_ends_cleanly(store: Path) -> None:
    with serve(store) as first:
        assert first.wait() == f"http://localhost:{first.port}"
        assert first.get("/") == 200
        assert "Reading the sample reports" in first.said
        assert first.end() == 0
        assert "Traceback" not in first.said
    kept = open_store(store)
    revision = kept.data_revision()
    assert len(kept.load_articles()) == len(list_samples())
    before = processor_seconds()
    with serve(store) as second:
        second.wait()
        assert "sample" not in second.said
        assert second.end(signal.SIGTERM) == 0
    assert processor_seconds() - before < 5.0  # a machine that does nothing else is as fast
    assert kept.data_revision() == revision


def test_a_store_of_ones_own_gets_no_samples(filled: Path) -> None:
    from geo.cli.serve import fill_with_samples

    fill_with_samples(open_store(filled))
    assert len(open_store(filled).load_articles()) == 2


def test_reading_the_samples_goes_on_where_it_was_cut_short(store: Path) -> None:
    from geo.cli.serve import fill_with_samples

    assert main(["add", *map(str, list_samples()[:3])]) == 0
    fill_with_samples(open_store(store))
    assert len(open_store(store).load_articles()) == len(list_samples())


def test_a_port_in_use_is_said_in_a_sentence(store: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["serve", "--no-browser", "--port", str(taken.getsockname()[1])]) == 1
    assert "perhaps a dashboard runs there already" in capfdbinary.readouterr().err.decode()


@pytest.mark.parametrize("wrong", ["desk.example.org", "ftp://desk.example.org", "https://", "http://[::1"])
def test_a_public_address_that_is_none_is_wrong_usage(store: Path, wrong: str) -> None:
    assert main(["serve", "--no-browser", "--public-url", wrong]) == 2


def test_serving_read_only_needs_a_store(store: Path) -> None:
    assert main(["serve", "--no-browser", "--read-only", "--port", str(free_port())]) == 1
    assert not store.exists()
