"""The machine interface, ``border-incidents read``: one answer a line, in order, whatever the line holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geo.articles import read_articles
from geo.cli import main
from geo.samples import list_samples

Record = dict[str, Any]

ANSWER = {"id", "language", "toponyms", "incidents", "scopes", "flags", "error"}
TOPONYM = {"start", "end", "text", "role", "place", "score", "reason", "candidates"}
PLACE = {"id", "name", "kind", "country", "adm1", "lat", "lon"}
INCIDENT = {
    "id", "event_type", "sub_event_type", "date_start", "date_end", "date_precision", "date_text", "background",
    "places", "actors", "claims", "totals", "quote",
}  # fmt: skip
INCIDENT_PLACE = {
    "toponym", "place", "adm1", "precision", "radius_km", "border_km_start", "border_km_end", "role",
}  # fmt: skip
CLAIM = {
    "metric", "subject", "subject_party", "unit", "low", "best", "high", "qualifier", "claimant", "claimant_party",
    "stance", "status", "subset_of", "scope", "start", "end",
}  # fmt: skip
ROLES = {"event", "background", "mention", "metonym", "demonym"}
KINDS = {"country", "adm1", "adm2", "settlement", "crossing", "area", "line", "poi"}
PRECISIONS = {"exact", "near", "adm2", "adm1", "line", "country", "unknown"}
DATE_PRECISIONS = {"day", "days", "week", "month", "year", "unknown"}
METRICS = {"killed", "wounded", "captured", "displaced", "destroyed"}

GOOD = {"id": "a", "text": "Three soldiers were killed in a clash near Spin Boldak on 3 March 2025, officials said."}
HEAVY = {"pandas", "numpy", "geopandas", "shapely", "pyproj", "streamlit", "sqlalchemy", "trafilatura", "folium"}


def run_read(lines: list[bytes], *options: str, status: int = 0, env: dict[str, str] | None = None) -> bytes:
    """What the command answers to these lines, in a process of its own."""
    command = [sys.executable, "-m", "geo.cli", "read", *options]
    done = subprocess.run(
        command, input=b"\n".join(lines), capture_output=True, check=False, env={**os.environ, **(env or {})}
    )
    assert done.returncode == status, done.stderr.decode()
    return done.stdout


def answers(lines: list[bytes], *options: str, status: int = 0) -> list[Record]:
    return [json.loads(line) for line in run_read(lines, *options, status=status).splitlines()]


def collect(found: list[Record], name: str) -> list[Record]:
    return [record for answer in found for record in answer[name]]


def as_line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


@pytest.fixture(scope="module")
def sample_lines() -> list[bytes]:
    """The sample reports as input lines."""
    articles = [article for path in list_samples() for article in read_articles(path)]
    return [
        as_line(id=a.id, text=a.text, title=a.title, published=str(a.published), language=a.language)  # type: ignore[union-attr]
        for a in articles
    ]


@pytest.fixture(scope="module")
def sample_bytes(sample_lines: list[bytes]) -> bytes:
    return run_read(sample_lines)


@pytest.fixture(scope="module")
def sample_answers(sample_bytes: bytes) -> list[Record]:
    return [json.loads(line) for line in sample_bytes.splitlines()]


def test_each_line_has_one_answer_in_the_same_order(sample_lines: list[bytes], sample_answers: list[Record]) -> None:
    assert [answer["id"] for answer in sample_answers] == [json.loads(line)["id"] for line in sample_lines]
    assert all(answer["error"] is None for answer in sample_answers)


def test_every_record_has_the_fields_of_the_contract(sample_answers: list[Record]) -> None:
    for answer in sample_answers:
        assert set(answer) >= ANSWER
        for toponym in answer["toponyms"]:
            assert set(toponym) >= TOPONYM
            assert toponym["place"] is None or set(toponym["place"]) >= PLACE
        for incident in answer["incidents"]:
            assert set(incident) >= INCIDENT
            assert all(set(place) >= INCIDENT_PLACE for place in incident["places"])
            assert all(set(claim) >= CLAIM for claim in incident["claims"])
            assert {name: set(toll) for name, toll in incident["totals"].items()} == {
                "killed": {"low", "best", "high"},
                "wounded": {"low", "best", "high"},
            }


def test_values_are_those_of_the_contract(sample_answers: list[Record]) -> None:
    toponyms = [toponym for answer in sample_answers for toponym in answer["toponyms"]]
    incidents = [incident for answer in sample_answers for incident in answer["incidents"]]
    places = [place for incident in incidents for place in incident["places"]]
    claims = [claim for holder in (*incidents, *collect(sample_answers, "scopes")) for claim in holder["claims"]]
    assert {t["role"] for t in toponyms} <= ROLES
    assert {t["place"]["kind"] for t in toponyms if t["place"]} <= KINDS
    assert {i["date_precision"] for i in incidents} <= DATE_PRECISIONS
    assert {p["precision"] for p in places} <= PRECISIONS
    assert {p["role"] for p in places} <= {"event", "origin", "target"}
    assert {c["metric"] for c in claims} <= METRICS
    assert {c["stance"] for c in claims} <= {"asserts", "denies", "no_comment"}
    assert {c["status"] for c in claims} <= {"current", "superseded"}
    assert all((p["radius_km"] is not None) == (p["precision"] == "near") for p in places)


def test_offsets_are_code_points_into_the_unaltered_text(
    sample_lines: list[bytes], sample_answers: list[Record]
) -> None:
    for line, answer in zip(sample_lines, sample_answers, strict=True):
        text = json.loads(line)["text"]
        for toponym in answer["toponyms"]:
            assert text[toponym["start"] : toponym["end"]] == toponym["text"]
        for incident in answer["incidents"]:
            spans = [*incident["claims"], *([incident["quote"]] if incident["quote"] else [])]
            assert all(0 <= span["start"] < span["end"] <= len(text) for span in spans)


def test_references_within_an_answer_hold(sample_answers: list[Record]) -> None:
    for answer in sample_answers:
        ids = [incident["id"] for incident in answer["incidents"]]
        scopes = {scope["id"]: scope for scope in answer["scopes"]}
        assert len(ids) == len(set(ids)), f"{answer['id']}: two incidents have one id"
        assert all(set(scope["incidents"]) <= set(ids) for scope in scopes.values())
        for incident in answer["incidents"]:
            claims = incident["claims"]
            assert all(c["subset_of"] is None or 0 <= c["subset_of"] < len(claims) for c in claims)
            assert all(c["scope"] == "incident" or c["scope"] in scopes for c in claims)
            assert all(p["toponym"] is None or 0 <= p["toponym"] < len(answer["toponyms"]) for p in incident["places"])


def test_any_number_of_processes_gives_the_same_bytes(sample_lines: list[bytes], sample_bytes: bytes) -> None:
    assert run_read(sample_lines, "--jobs", "2") == sample_bytes
    assert run_read(sample_lines, "--jobs", "3") == sample_bytes


BAD_LINES = {
    "no JSON": (b"{not json", "bad_json"),
    "a list": (b"[1, 2]", "bad_json"),
    "an empty line": (b"", "empty_line"),
    "no UTF-8": (b'{"id": "a", "text": "\xff\xfe"}', "bad_json"),
    "deep nesting": (b"[" * 100_000, "bad_json"),
    "no id": (as_line(text="x"), "missing_id"),
    "id is a number": (as_line(id=7, text="x"), "bad_field"),
    "no text": (as_line(id="a"), "missing_text"),
    "text is null": (as_line(id="a", text=None), "missing_text"),
    "text is blank": (as_line(id="a", text=" \n"), "missing_text"),
    "text is a list": (as_line(id="a", text=["x"]), "bad_field"),
    "published is no date": (as_line(id="a", text="x", published="yesterday"), "bad_date"),
    "a NUL": (b'{"id": "a", "text": "a\\u0000b"}', "nul_character"),
    "half a character": (b'{"id": "a", "text": "a\\ud800b"}', "lone_surrogate"),
    "half a character in the id": (b'{"id": "a\\ud800", "text": "b"}', "lone_surrogate"),
}


def test_a_bad_line_is_answered_with_a_sentence_and_the_run_goes_on() -> None:
    lines = [line for bad, _ in BAD_LINES.values() for line in (bad, as_line(**GOOD))]
    found = answers(lines, status=3)
    assert [answer["error"] and answer["error"]["code"] for answer in found] == [
        code for _, bad_code in BAD_LINES.values() for code in (bad_code, None)
    ]
    for answer in found[::2]:
        assert set(answer) >= ANSWER
        assert " " in answer["error"]["message"]
        assert answer["id"] in ("a", None)
    assert all(answer == found[1] for answer in found[1::2])


def test_a_line_of_50_mb_is_refused_without_being_kept() -> None:
    lines = [b'{"id": "a", "text": "' + b"x" * 50_000_000 + b'"}', as_line(**GOOD)]
    found = answers(lines, status=3)
    assert [answer["error"] and answer["error"]["code"] for answer in found] == ["too_large", None]


def test_the_last_line_may_lack_its_end_and_no_line_gives_no_answer() -> None:
    assert len(answers([as_line(**GOOD)])) == 1
    assert run_read([]) == b""


@pytest.mark.parametrize("probe", ["{{7*7}}", "${7*7}", "{% if", "<script>x</script>", "\u202eabc"])
def test_hostile_text_is_read_and_its_offsets_hold(probe: str) -> None:
    text = f"{probe} Three people were killed in Torkham on 3 March 2025. {probe}"
    (answer,) = answers([as_line(id=probe, text=text)])
    assert answer["error"] is None
    assert answer["id"] == probe
    assert all(text[t["start"] : t["end"]] == t["text"] for t in answer["toponyms"])


def test_text_without_capitals_letters_or_sentences_is_read() -> None:
    texts = ["...", "🙂" * 50, "\u200c\u200d", "a\r\nb\u2028c", "killed " * 500, "(" * 5000]
    found = answers([as_line(id=str(i), text=text) for i, text in enumerate(texts)])
    assert len(found) == len(texts)


def test_an_unforeseen_fault_is_answered_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One article must not end the run, whatever our own code does wrong."""
    from geo.cli import read

    def fail(article: object, tools: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(read, "read_article", fail)
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(as_line(**GOOD) + b"\n" + as_line(**GOOD))
    assert main(["read", "--in", str(source), "--out", str(target)]) == 3
    codes = [json.loads(line)["error"]["code"] for line in target.read_bytes().splitlines()]
    assert codes == ["internal", "internal"]


def end_process(line: bytes | None) -> int:
    """Work that dies of one line."""
    if line == b"poison":
        os._exit(1)
    return len(line or b"")


def test_a_line_that_ends_its_process_costs_no_other_line() -> None:
    from geo.cli.workers import map_in_order

    lines = [b"poison" if i == 35 else b"x" * i for i in range(40)]
    found = list(map_in_order(lines, end_process, jobs=2, failed=lambda line: -1))
    assert found == [-1 if i == 35 else i for i in range(40)]


def test_out_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    assert main(["read", "--in", str(tmp_path / "none"), "--out", str(target)]) == 2
    assert target.read_text() == "old"
    source = tmp_path / "in.jsonl"
    source.write_bytes(as_line(**GOOD))
    assert main(["read", "--in", str(source), "--out", str(target)]) == 0
    assert json.loads(target.read_text())["id"] == "a"
    assert {path.name for path in tmp_path.iterdir()} == {"out.jsonl", "in.jsonl"}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_of_articles_is_read_by_file_name(
    jobs: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "b.md").write_text(
        "---\npublished: 2025-03-04\n---\nA mortar shell killed a shepherd in Kurram on Monday."
    )
    (tmp_path / "a.txt").write_text("Troops killed two militants in Bannu on Monday.")
    (tmp_path / "c.txt").write_bytes(b"")
    assert main(["read", "--in", str(tmp_path), "--jobs", jobs]) == 3
    first, second, third = map(json.loads, capfdbinary.readouterr().out.splitlines())
    assert [toponym["text"] for toponym in first["toponyms"]] == ["Bannu"]
    assert second["incidents"][0]["date_start"] == "2025-03-03"
    assert "c.txt" in third["error"]["message"]


def test_a_border_that_is_none_is_wrong_usage() -> None:
    assert main(["read", "--border", "AF-XX", "--in", os.devnull]) == 2


def test_reading_imports_nothing_heavy() -> None:
    code = (
        "import sys; from geo.cli import main; main(['read']);"
        "sys.stderr.write(' '.join(sorted(name for name in sys.modules if '.' not in name)))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=as_line(**GOOD), capture_output=True, check=True)
    assert HEAVY.isdisjoint(done.stderr.decode().split())


def test_reading_starts_within_a_second() -> None:
    """Counted in processor time, so that a busy machine says the same."""
    code = "import os; from geo.cli import main; main(['read'])"
    code += "; import sys; t = os.times(); sys.stderr.write(str(t.user + t.system))"
    done = subprocess.run([sys.executable, "-c", code], input=as_line(**GOOD), capture_output=True, check=True)
    assert float(done.stderr) < 1.0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not say how much memory was used")
def test_reading_many_articles_stays_under_300_mb(sample_lines: list[bytes]) -> None:
    code = (
        "import sys; from geo.cli import main; main(['read']);"
        "sys.stderr.write(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    )
    lines = sample_lines * 4
    done = subprocess.run([sys.executable, "-c", code], input=b"\n".join(lines), capture_output=True, check=True)
    assert len(done.stdout.splitlines()) == len(lines)
    assert int(done.stderr) < 300_000


def test_an_answer_comes_as_soon_as_its_line_is_read() -> None:
    """A program that feeds line by line through a pipe is not left waiting."""
    command = [sys.executable, "-m", "geo.cli", "read"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdin and reader.stdout
        for identity in ("first", "second"):
            reader.stdin.write(as_line(id=identity, text="Nothing happened.") + b"\n")
            reader.stdin.flush()
            assert json.loads(reader.stdout.readline())["id"] == identity
        reader.stdin.close()


def test_reading_touches_no_store(tmp_path: Path) -> None:
    store = tmp_path / "data" / "store.sqlite"
    env = {"BORDER_INCIDENTS_STORE": str(store), "XDG_DATA_HOME": str(tmp_path / "home")}
    run_read([as_line(**GOOD)], env=env)
    assert list(tmp_path.iterdir()) == []


def test_the_table_shows_date_place_toll_and_sentence() -> None:
    shown = run_read([as_line(**GOOD)], "--table", env={"COLUMNS": "160"}).decode()
    assert all(part in shown for part in ("2025-03-03", "Spin Boldak", "Armed clash", "killed", "Three soldiers"))


def test_the_table_lets_no_text_steer_the_terminal() -> None:
    text = "\x1b[2J\u202e Three people were killed in Torkham on 3 March 2025.\x07"
    shown = run_read([as_line(id="\x1b[31m", text=text)], "--table").decode()
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
