"""A process that serves readers has no code that writes, and cannot get it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from geo.barrier import BEHIND
from geo.settings import app_file

ASK = """
import sys
sys.argv = ["border-incidents"]
{start}
assert not [name for name in sys.modules if name.startswith({behind!r})], sorted(sys.modules)
for name in {behind!r}:
    try:
        __import__(name + ".acts")
    except ImportError as error:
        assert "belongs to the desk" in str(error), error
    else:
        raise AssertionError(name)
print("held")
"""
SERVE = """
from geo.cli import serve
from geo.cli.parser import build_parser
serve.open_store = lambda *_, **__: sys.exit("opened")
serve.check_port = lambda *_: None
try:
    serve.run(build_parser().parse_args({arguments!r}))
except SystemExit as ended:
    assert str(ended) == "opened", ended
"""


def run(script: str, **options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **options}
    return subprocess.run(
        [sys.executable, "-c", script], cwd=app_file().parent, env=environment, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve", "--read-only"],
        ["serve", "--host", "0.0.0.0"],
        ["serve", "--public-url", "https://readers.example.org"],
    ],
)
def test_serving_readers_needs_nothing_behind_the_barrier(arguments: list[str]) -> None:
    """It stands before the store is opened; until then ``serve`` has imported all that it ever does itself."""
    done = run(ASK.format(start=SERVE.format(arguments=arguments), behind=BEHIND))
    assert done.stdout == "held\n", done.stderr


@pytest.mark.parametrize("option", ["READ_ONLY", "SHARED", "PUBLIC_URL"])
def test_the_app_raises_the_barrier_whoever_runs_it(option: str) -> None:
    start = "import app"
    done = run(ASK.format(start=start, behind=BEHIND), **{f"BORDER_INCIDENTS_{option}": "https://readers.example.org"})
    assert done.stdout.endswith("held\n"), done.stderr


def test_on_ones_own_machine_nothing_is_refused() -> None:
    done = run("import app, geo.ingest; print('there')")
    assert done.stdout.endswith("there\n"), done.stderr


def test_a_process_that_has_the_desk_in_it_does_not_begin_to_serve() -> None:
    done = run("import geo.ingest, app", BORDER_INCIDENTS_READ_ONLY="1")
    assert "has geo.ingest" in done.stderr
