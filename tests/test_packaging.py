"""The wheel: built from the checkout, it carries app, browser files and data, and runs from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from geo.settings import OPTIONS

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network from what is installed."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The console script in a fresh environment that holds the wheel, beside the dependencies of this one."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    command = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", "--quiet", "--no-deps"]
    subprocess.run([*command, "--no-index", str(wheel)], check=True)
    site = next(folder.glob("**/site-packages"))
    ours = [path for path in sys.path if path.endswith("site-packages")]
    (site / "dependencies.pth").write_text("\n".join(ours))
    return scripts / "border-incidents"


def run_script(script: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The console script run in a folder that knows nothing of the checkout."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"BORDER_INCIDENTS_STORE": str(folder / "store.sqlite"), "HOME": str(folder)}
    return subprocess.run(
        [str(script), *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_carries_app_browser_files_and_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, prefix in (("geo", "geo"), ("data/articles", "geo/_data/articles"), ("data/words", "geo/_data/words")):
        wanted = {
            f"{prefix}/{path.relative_to(ROOT / folder).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
        }
        assert wanted - names == set()
    for name in ("geo/_app/app.py", "geo/_app/.streamlit/config.toml", "geo/_data/SOURCES.toml"):
        assert name in names
    for name in ("borders/AF-PK/line.json", "boundaries/provinces.parquet", "gazetteer/names.marisa"):
        assert f"geo/_data/{name}" in names


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"geo"}
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".sqlite"))]
    assert wheel.stat().st_size < 25_000_000


def test_it_reads_and_lists_from_any_folder(installed: Path, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Three soldiers were killed in a clash at Torkham on 3 March 2025, officials said.")
    added = run_script(installed, "add", str(article), folder=tmp_path)
    assert added.returncode == 0, added.stderr
    listed = run_script(installed, "list", folder=tmp_path)
    assert "Torkham" in listed.stdout, listed.stderr


def test_it_finds_its_own_app_and_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    code = "import geo.settings as s; print(s.app_file(), s.data_folder(), s.app_file().parent / '.streamlit')"
    done = run_script(installed.with_name("python"), "-c", code, folder=tmp_path)
    places = done.stdout.split()
    assert len(places) == 3, done.stderr
    assert all(Path(place).exists() and not Path(place).is_relative_to(ROOT) for place in places)


def test_it_serves_the_dashboard_from_any_folder(installed: Path, tmp_path: Path) -> None:
    from test_cli import free_port  # the samples take their time to read: a store with one article is served

    (tmp_path / "a.txt").write_text("A bomb killed five people in Quetta on 9 November 2024, police said.")
    assert run_script(installed, "add", "a.txt", folder=tmp_path).returncode == 0
    store, port = str(tmp_path / "store.sqlite"), free_port()
    command = [str(installed), "serve", "--no-browser", "--port", str(port), "--store", store]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as served:
        assert served.stderr
        line = next((line for line in served.stderr if "Ctrl-C" in line), "")
        served.terminate()
        rest = served.stderr.read()
    assert f"http://localhost:{port}" in line
    assert "Traceback" not in rest
    assert served.returncode == 0


def test_the_locks_hold_every_dependency_with_a_hash_and_name_no_host() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {name.split(">")[0].split("[")[0] for name in project["dependencies"]}
    extra = {name.split(">")[0].split("[")[0] for name in project["optional-dependencies"]["dev"]}
    for file, names in (("requirements.lock", wanted), ("requirements-dev.lock", wanted | extra)):
        text = (ROOT / file).read_text()
        pins = {line.split("==")[0] for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))}
        assert names - pins == set()
        assert text.count("==") <= text.count("--hash=sha256:")
        assert "://" not in text
        assert "--index-url" not in text.split("autogenerated")[0]


def test_the_build_server_runs_what_readme_says_and_names_no_host() -> None:
    script = ROOT / ".ci" / "run"
    text = script.read_text()
    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in text
    assert "make --no-print-directory test" in text
    assert "://" not in text + (ROOT / "Makefile").read_text()
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_readme_lists_every_setting_with_its_default() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf8")
    rows = [f"| `{o.name}` | {f'`{o.default}`' if o.default else '–'} | {o.meaning} |" for o in OPTIONS]
    assert [row for row in rows if row not in readme] == []
    assert sum(line.startswith("| `BORDER_INCIDENTS_") for line in readme.splitlines()) == len(OPTIONS)


def test_readme_names_commands_that_exist() -> None:
    from geo.cli.parser import build_parser

    readme = (ROOT / "README.md").read_text(encoding="utf8")
    subparsers = next(action for action in build_parser()._actions if action.dest == "command")
    targets = {line.split(":")[0] for line in (ROOT / "Makefile").read_text().splitlines() if line[:1].isalpha()}
    blocks = readme.split("```")[1::2]
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    commands = [line.split() for line in lines if line.startswith(("border-incidents ", "make "))]
    assert {words[1] for words in commands if words[0] == "border-incidents"} <= set(subparsers.choices or {})
    assert {words[1] for words in commands if words[0] == "make"} <= targets
    assert {"run", "test"} <= {words[1] for words in commands if words[0] == "make"}
