"""What would take all memory or time is refused with a sentence, and the program that met it goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bombs import BOMBS
from documents import make_pdf

from geo.articles import documents, sandbox

MOST_MEMORY_KB = 512_000
READ = """
import json, resource, sys
from pathlib import Path
from geo.articles import documents, read_articles

patient, documents.WAIT_S = documents.WAIT_S, 3.0
bomb = [*read_articles(Path(sys.argv[1]))]
documents.WAIT_S = patient
honest = [*read_articles(Path(sys.argv[2]))]
print(json.dumps({
    "told": [[getattr(one, "code", "read"), str(one)[:500]] for one in bomb],
    "honest": [one.text for one in honest],
    "self_kb": int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]),
    "child_kb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
}))
"""
CODES = {"too_large", "unreadable", "no_article", "binary"}


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_with_a_sentence_and_the_next_file_is_read(tmp_path: Path, bomb: str) -> None:
    """In a process of its own, whose memory and whose children's is looked at in the end."""
    name, make = BOMBS[bomb]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "honest.pdf").write_bytes(make_pdf("Four died."))
    done = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path / name), str(tmp_path / "honest.pdf")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    answer = json.loads(done.stdout)
    (code, sentence) = answer["told"][0]
    assert code in CODES, sentence
    assert name in sentence
    assert "Traceback" not in done.stderr
    assert answer["honest"] == ["Four died."]
    assert max(answer["self_kb"], answer["child_kb"]) < MOST_MEMORY_KB, answer


def test_a_document_has_less_than_ten_seconds_and_half_a_gigabyte() -> None:
    assert sandbox.SECONDS < documents.WAIT_S < 9.5
    assert sandbox.MEMORY_BYTES <= MOST_MEMORY_KB * 1000


@pytest.mark.parametrize(
    ("find", "code"),
    [
        ("while True: pass", "too_large"),
        ("kept = [bytearray(10_000_000) for _ in range(100)]", "too_large"),
        ("import os; os.abort()", "too_large"),
        ("1 / 0", "unreadable"),
        ("open(data.decode(), 'wb').write(b'x' * 10_000)", "unreadable"),
    ],
)
def test_whatever_the_process_does_the_parent_gets_a_sentence(
    find: str, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A reader that has gone wrong: it loops, takes all memory, ends without a word, fails, or writes a file."""
    start = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from geo.articles import sandbox\n"
        f"def find(kind, data, charset):\n    {find}\n"
        "sandbox.answer.__defaults__ = (find,)\n"
        "sandbox.main()\n"
    )
    monkeypatch.setattr(documents, "_START", start)
    monkeypatch.setattr(documents, "WAIT_S", 1.0)
    with pytest.raises(documents.ArticleError) as told:
        documents.find_limited(bytes(tmp_path / "written"), "pdf")
    assert [path.stat().st_size for path in tmp_path.iterdir()] in ([], [0])
    assert told.value.code == code
    assert str(told.value)
