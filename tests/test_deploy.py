"""What ``deploy/`` promises: image, containers, units, and the users of the database."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import stat
import subprocess
import sys
from configparser import RawConfigParser
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from page_world import fill_store
from postgres import PROGRAMS as PROGRAM_FOLDERS
from postgres import Postgres
from sqlalchemy.engine import make_url

from geo.cli.parser import build_parser
from geo.errors import StoreError
from geo.settings import OPTIONS
from geo.store import open_store
from geo.ui.guarding import EDITORS, READERS

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
PROGRAMS = ("dashboard", "desk", "watch", "backup")
_YAML = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """compose.yaml, read by whichever Python of this machine can read YAML; CI has one for Nominatim."""
    for python in (sys.executable, str(ROOT / ".venv-nominatim" / "bin" / "python"), "/usr/bin/python3"):
        if not Path(python).exists():
            continue
        done = subprocess.run(
            [python, "-c", _YAML], input=(DEPLOY / "compose.yaml").read_bytes(), capture_output=True, check=False
        )
        if done.returncode == 0:
            return json.loads(done.stdout)  # type: ignore[no-any-return]
    missing = (
        "NO PYTHON HERE READS YAML: compose.yaml was not tested. Install it (Debian: apt-get install python3-yaml)."
    )
    return (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)


# The image


def list_context() -> list[Path]:
    """What of this repository goes into the image's context, by .dockerignore."""
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [Path(name) for name in names if not _is_ignored(name, rules) and (ROOT / name).is_file()]


def _is_ignored(name: str, rules: list[str]) -> bool:
    ignored = False
    ways = [name, *(str(parent) for parent in Path(name).parents)]
    for rule in rules:
        pattern = rule.lstrip("!").removeprefix("**/")
        where = [Path(way).name for way in ways] if rule.startswith("**/") else ways
        if any(way.count("/") == pattern.count("/") and fnmatch(way, pattern) for way in where):
            ignored = not rule.startswith("!")
    return ignored


def test_the_image_is_built_from_named_images_of_nobodys_registry() -> None:
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"python:3.11-slim"}


def test_every_package_in_the_image_is_checked_by_its_hash() -> None:
    installs = re.findall(r"pip install ([^\n&]*)", DOCKERFILE)
    assert len(installs) == 1
    assert "--require-hashes -r /requirements.lock" in installs[0]
    assert not re.search(r"\b(curl|wget|apt-get|git clone|ADD)\b", DOCKERFILE)


def test_the_image_runs_as_nobody_in_particular_and_says_whether_it_is_well() -> None:
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)
    assert "HEALTHCHECK" in DOCKERFILE
    assert DOCKERFILE.index("USER 10001") < DOCKERFILE.index("ENTRYPOINT")
    assert "--read-only" in DOCKERFILE.splitlines()[-1]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the Dockerfile copies to /app, and nothing else."""
    folder = tmp_path_factory.mktemp("image")
    copies = re.findall(r"^COPY (?!--)(.+) /app/(\S*)$", DOCKERFILE, re.MULTILINE)
    wanted = {source: target for sources, target in copies for source in sources.split()}
    context = list_context()
    for source, target in wanted.items():
        files = [file for file in context if file == Path(source) or Path(source) in file.parents]
        assert files, f"{source} is copied, and .dockerignore leaves it out"
        for file in files:
            place = folder / target / (file.relative_to(source) if file != Path(source) else file.name)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / file, place)
    return folder


def test_the_image_holds_no_tests_no_secrets_and_no_store(image: Path) -> None:
    names = [path.relative_to(image).as_posix() for path in image.rglob("*") if path.is_file()]
    assert "geo/cli/__main__.py" in names
    assert not [
        name for name in names if re.search(r"(^|/)(tests|\.git|\.env|secrets|deploy)(/|$)|\.sqlite|build_", name)
    ]
    assert Path("requirements.lock") in list_context()
    assert not [path for path in list_context() if path.parts[0] in ("tests", "docs", ".ci", "deploy", ".git")]


def test_what_is_in_the_image_is_enough_to_serve_and_nothing_is_written_beside_it(image: Path, tmp_path: Path) -> None:
    """Its own health check finds it well; started with the arguments of the image but for the port."""
    fill_store(tmp_path / "incidents.sqlite").close()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = str(listener.getsockname()[1])
    (tmp_path / "home").mkdir()
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), "PYTHONPATH": str(image), "PORT": port,
        "PYTHONDONTWRITEBYTECODE": "1", "BORDER_INCIDENTS_STORE": str(tmp_path / "incidents.sqlite"),
    }  # fmt: skip
    command = json.loads(DOCKERFILE.splitlines()[-1].removeprefix("CMD "))
    before = sorted(image.rglob("*"))
    with subprocess.Popen(
        [sys.executable, "-m", "geo.cli", *command, "--port", port],
        cwd=image, env=environment, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stderr
            said = process.stderr.readline()
            assert "Border Incidents is at" in said, said + process.stderr.read()
            (check,) = re.findall(r"^HEALTHCHECK .* CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
            healthy = [sys.executable, *json.loads(check)[1:]]
            assert subprocess.run(healthy, env=environment, check=False, timeout=60).returncode == 0
        finally:
            process.terminate()
    assert subprocess.run(healthy, env=environment, check=False, capture_output=True, timeout=60).returncode != 0
    assert sorted(image.rglob("*")) == before


# The containers


def test_only_the_web_server_is_reached_from_outside(compose: dict[str, Any]) -> None:
    assert {name for name, service in compose["services"].items() if service.get("ports")} == {"web"}
    assert set(compose["services"]) == {*PROGRAMS, "database", "web"}


def test_every_container_has_a_read_only_root_and_no_more_rights_than_it_needs(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not {"privileged", "pid", "network_mode", "devices"} & service.keys(), name
    assert not any(compose["services"][name].get("cap_add") for name in PROGRAMS)


def test_the_dashboard_reads_only_what_was_released_and_reaches_nothing_outside(compose: dict[str, Any]) -> None:
    dashboard = compose["services"]["dashboard"]
    assert "--read-only" in dashboard["command"]
    assert dashboard["secrets"] == ["store_for_readers"]
    assert all(compose["networks"][name].get("internal") for name in dashboard["networks"])
    assert "volumes" not in dashboard


def list_secrets(service: dict[str, Any]) -> set[str]:
    """Names of the files that a container finds in /run/secrets."""
    return {secret["target"] if isinstance(secret, dict) else secret for secret in service.get("secrets", ())}


def test_secrets_are_handed_over_in_files_and_stand_in_no_environment(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        for variable, value in service.get("environment", {}).items():
            secret = re.search(r"PASSWORD|SECRET|_STORE|TOKEN|KEY", variable)
            assert not secret or str(value).startswith("/run/secrets/"), f"{name}: {variable}"
            assert not secret or Path(value).name in list_secrets(service), f"{name}: {variable}"
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"deploy/secrets/", "deploy/.env"} <= set(ignored)


def test_the_programs_are_started_with_commands_and_settings_that_there_are(compose: dict[str, Any]) -> None:
    known = {option.name for option in OPTIONS} | {f"{option.name}_FILE" for option in OPTIONS}
    for name in PROGRAMS:
        service = compose["services"][name]
        ours = {variable for variable in service["environment"] if variable.startswith("BORDER_INCIDENTS_")}
        assert ours <= known
        if name != "backup":
            build_parser().parse_args([str(part) for part in service["command"]])


def test_the_programs_believe_the_web_server_alone_who_their_clients_are(compose: dict[str, Any]) -> None:
    (net,) = compose["networks"]["front"]["ipam"]["config"]
    proxies = {compose["services"][name]["environment"]["BORDER_INCIDENTS_PROXIES"] for name in PROGRAMS}
    assert proxies == {net["subnet"]}
    inside = {name for name, service in compose["services"].items() if "front" in service["networks"]}
    assert inside == {"web", "dashboard", "desk"}


def test_images_are_named_without_a_registry_and_with_a_version(compose: dict[str, Any]) -> None:
    images = {service["image"] for service in compose["services"].values()}
    assert images == {"border-incidents", "postgis/postgis:15-3.4", "caddy:2"}
    assert (DEPLOY / compose["x-program"]["build"]["dockerfile"].removeprefix("deploy/")).exists()


def test_the_example_names_every_value_that_can_be_set_and_sets_none(compose: dict[str, Any]) -> None:
    used = set(re.findall(r"\$\{(\w+)", json.dumps(compose)))
    example = [line for line in (DEPLOY / ".env.example").read_text().splitlines() if not line.startswith("#")]
    assert {line.removesuffix("=") for line in example} == used
    assert all(line.endswith("=") for line in example)


def test_the_web_server_is_told_all_that_its_caddyfile_asks_for(compose: dict[str, Any]) -> None:
    asked = set(re.findall(r"\{\$(\w+)", (DEPLOY / "Caddyfile").read_text()))
    told = set(compose["services"]["web"]["environment"])
    assert asked - told == {"DASHBOARD_AT", "DESK_AT"}, "their defaults are the names of the containers"
    assert told <= asked
    assert {"dashboard:8501", "desk:8502"} == set(
        re.findall(r"\{\$\w+_AT:([^}]+)\}", (DEPLOY / "Caddyfile").read_text())
    )


# Secrets and the database


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """Secrets as secrets.sh makes them."""
    shutil.copy(DEPLOY / "secrets.sh", tmp_path)
    subprocess.run(["sh", "secrets.sh"], cwd=tmp_path, check=True)
    return tmp_path / "secrets"


def test_secrets_are_made_once_and_only_their_owner_may_look(secrets: Path, compose: dict[str, Any]) -> None:
    made = {path.name: path.read_text() for path in secrets.iterdir()}
    assert {f"./secrets/{name}" for name in made} == {secret["file"] for secret in compose["secrets"].values()}
    assert len({made[name] for name in made if name.endswith("_password")}) == 3
    assert all(len(made[name].strip()) == 48 for name in made if name.endswith("_password"))
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    subprocess.run(["sh", "secrets.sh"], cwd=secrets.parent, check=True)
    assert {path.name: path.read_text() for path in secrets.iterdir()} == made


def test_the_databases_users_are_one_who_owns_and_one_who_reads(secrets: Path, postgres: Postgres) -> None:
    """The script that the database's container runs, on a server of the tests' own."""
    address = postgres.address(postgres.make_database())
    place = make_url(address)
    try:
        run_script(secrets, address)
        desk, readers = (
            (secrets / name)
            .read_text()
            .strip()
            .replace("database/incidents", f"{place.host}:{place.port}/{place.database}")
            for name in ("store_for_desk", "store_for_readers")
        )
        fill_store(desk).close()  # type: ignore[arg-type]  # an address serves as well as a path
        store = open_store(readers, read_only=True, released=True)
        assert store.data_revision() > 0
        store.load_incidents()
        store.close()
        with pytest.raises(StoreError):
            fill_store(readers)  # type: ignore[arg-type]
    finally:
        postgres.drop_database(address)
        postgres.run("DROP ROLE IF EXISTS desk, readers")


def run_script(secrets: Path, address: str) -> None:
    """Run database.sh as the container does."""
    place = make_url(address)
    environment = {
        "PATH": f"{PROGRAM_FOLDERS[0]}:{os.environ['PATH']}", "SECRETS": str(secrets), "PGHOST": place.host or "",
        "PGPORT": str(place.port), "POSTGRES_USER": place.username or "", "POSTGRES_DB": place.database or "",
    }  # fmt: skip
    subprocess.run(["sh", str(DEPLOY / "database.sh")], env=environment, check=True, capture_output=True)


# The units


def read_unit(path: Path) -> RawConfigParser:
    """A unit; of keys that come more than once the last value stands."""
    unit = RawConfigParser(strict=False, delimiters="=")
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(path.read_text())
    return unit


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_gives_its_program_no_right_that_it_does_not_need(path: Path) -> None:
    service = read_unit(path)["Service"]
    wanted = {
        "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
        "PrivateDevices": "yes", "CapabilityBoundingSet": "", "RestrictSUIDSGID": "yes", "User": "border-incidents",
        "SystemCallArchitectures": "native", "UMask": "0077", "StateDirectory": "border-incidents",
    }  # fmt: skip
    assert wanted.items() <= dict(service).items()


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_starts_a_command_that_there_is(path: Path) -> None:
    service = read_unit(path)["Service"]
    _, _, arguments = service["ExecStart"].partition("/border-incidents ")
    words = shlex.split(arguments.replace("'", "").replace("$(date +%%F)", "today"))
    parsed = build_parser().parse_args(words)
    assert parsed.command == ("serve" if "dashboard" in path.stem else path.stem.removeprefix("border-incidents-"))
    known = {option.name for option in OPTIONS}
    assert set(re.findall(r"BORDER_INCIDENTS_[A-Z_]+?(?=_FILE=|=)", path.read_text())) <= known


def test_the_dashboard_s_unit_reaches_nobody_but_this_machine() -> None:
    service = read_unit(DEPLOY / "systemd" / "border-incidents-dashboard.service")["Service"]
    assert (service["IPAddressDeny"], service["IPAddressAllow"]) == ("any", "localhost")
    assert "--read-only" in service["ExecStart"]
    assert "--host" not in service["ExecStart"]
    assert "BORDER_INCIDENTS_SHARED=1" in (DEPLOY / "systemd" / "border-incidents-dashboard.service").read_text()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_finds_no_fault_in_the_units_and_little_exposed(tmp_path: Path) -> None:
    """Its scale ends at 10; 2 is the worst that it calls OK with a margin."""
    for path in (DEPLOY / "systemd").iterdir():
        program = "/opt/border-incidents/bin/border-incidents"
        (tmp_path / path.name).write_text(path.read_text().replace(program, "/bin/true"))
    units = sorted(str(path) for path in tmp_path.iterdir())
    verified = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    for unit in (unit for unit in units if unit.endswith(".service")):
        looked = ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", unit]
        assert subprocess.run(looked, capture_output=True, check=False).returncode == 0, unit


def test_backups_are_made_every_night() -> None:
    timer = read_unit(DEPLOY / "systemd" / "border-incidents-backup.timer")
    assert timer["Timer"]["Persistent"] == "yes"
    assert timer["Install"]["WantedBy"] == "timers.target"


# The page that says how


def test_the_page_on_deploying_names_commands_and_files_that_there_are() -> None:
    page = (ROOT / "docs" / "deploying.md").read_text()
    commands = set(re.findall(r"(?:bin/|`)border-incidents (\w+)", page))
    assert commands >= {"people", "restore"}
    for command in commands:
        with pytest.raises(SystemExit) as ended:
            build_parser().parse_args([command, "--help"])
        assert ended.value.code == 0, command
    named = {name for name in os.listdir(DEPLOY) if name in page}  # noqa: PTH208  # names are what is wanted
    assert named >= {"secrets.sh", ".env.example", "feeds.example.toml", "Caddyfile", "systemd"}


def test_the_page_names_the_limits_that_there_are() -> None:
    page = (ROOT / "docs" / "deploying.md").read_text()
    assert f"{READERS.pages.burst} things at once and {READERS.pages.per_second} a second" in page
    assert f"{READERS.costly.burst} exports, pictures and editions at once and one every two seconds" in page
    assert READERS.costly.per_second == 1 / 2
    assert f"open {READERS.sessions.burst} pages at once and one a second" in page
    assert (READERS.most_body, EDITORS.most_body) == (64_000, 25_000_000)
    assert "may have 64 kB, one to the desk 25 MB" in page
