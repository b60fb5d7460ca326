"""The front door: what a newcomer types, and the lock it rests on."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted(path for path in (ROOT / "script").iterdir() if path.is_file())
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
LOCKED = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
BASH = shutil.which("bash") or ""


def bash(*arguments, path=os.environ["PATH"], cwd=ROOT):
    return subprocess.run(
        [BASH, *arguments], env={"PATH": path}, cwd=cwd, capture_output=True, text=True, check=False
    )


def a_program(folder: Path, name: str, body: str) -> None:
    program = folder / name
    program.write_text(f"#!{BASH}\n{body}\n", encoding="utf-8")
    program.chmod(0o755)


@pytest.fixture
def clone(tmp_path):
    """A fresh clone's front door, without the rest of the house."""
    shutil.copytree(ROOT / "script", tmp_path / "script")
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.fixture
def bare(tmp_path):
    """A PATH with the few tools of a bare system, on which a test puts its stand-ins."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("bash", "cat", "dirname", "env", "grep", "head", "rm", "sed", "sha256sum", "tr"):
        (folder / tool).symlink_to(shutil.which(tool) or "")
    return folder


def a_python(folder: Path, tells: str = sys.executable) -> None:
    a_program(folder, "python3", f'exec {tells} "$@"')


def test_the_two_commands_and_their_makers_are_there():
    assert {"bootstrap", "demo", "lock", "mutate", "test"} <= {path.name for path in SCRIPTS}


@pytest.mark.parametrize("script", [*SCRIPTS, ROOT / ".ci" / "run"], ids=lambda path: path.name)
def test_each_script_is_executable_bash_and_parses(script):
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    assert bash("-n", str(script)).stderr == ""


def test_continuous_integration_runs_what_a_person_runs_and_nothing_more():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert lines[1:] == ['exec bash "$(dirname "$0")/../script/test"']


def test_without_python_the_newcomer_reads_what_to_type(clone, bare):
    answer = bash("script/bootstrap", path=str(bare), cwd=clone)

    assert answer.returncode == 1
    assert "apt-get install python3 python3-venv" in answer.stderr


def test_an_old_python_does_not_count(clone, bare):
    a_program(bare, "python3", "exit 1")

    assert "no Python 3.11" in bash("script/bootstrap", path=str(bare), cwd=clone).stderr


@pytest.fixture
def unprivileged(bare):
    """A bare Debian on which apt-get and sudo can do nothing for us, whoever runs the suite."""
    a_python(bare)
    a_program(
        bare,
        "dpkg-query",
        "printf 'installed fontconfig, \\ninstalled libpango-1.0-0t64, libpango-1.0-0 (= 1.52)\\n'",
    )
    a_program(bare, "apt-get", "echo 'E: no network' >&2; exit 100")
    a_program(bare, "sudo", "exit 1")
    return bare


def test_what_is_missing_is_named_with_the_command_that_installs_it(clone, unprivileged):
    answer = bash("script/bootstrap", path=str(unprivileged), cwd=clone)

    assert answer.returncode == 1
    assert re.search(
        r"^    (sudo )?apt-get update && (sudo )?apt-get install --yes --no-install-recommends"
        r" libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-babelstone-han tzdata$",
        answer.stderr,
        re.MULTILINE,
    )


def test_the_suite_wants_a_database_server_and_a_reader_of_papers_too(clone, unprivileged):
    answer = bash("script/bootstrap", "--test", path=str(unprivileged), cwd=clone)

    assert "fonts-babelstone-han tzdata postgresql poppler-utils" in answer.stderr


def test_the_demo_leaves_its_papers_where_it_is_told_and_passes_the_rest_on(clone):
    (clone / ".venv" / "bin").mkdir(parents=True)
    a_program(clone / ".venv" / "bin", "conversion", 'echo "$@"')
    a_program(clone / "script", "bootstrap", "exit 0")

    assert bash("script/demo", cwd=clone).stdout == f"demo --out {clone}/demo\n"
    assert bash("script/demo", "papers", "--json", cwd=clone).stdout == "demo --out papers --json\n"
    assert bash("script/demo", "--json", cwd=clone).stdout == f"demo --out {clone}/demo --json\n"


def test_the_suite_stops_at_the_first_fault(clone):
    (clone / ".venv" / "bin").mkdir(parents=True)
    for tool, code in {"ruff": 0, "mypy": 3, "lint-imports": 0, "pytest": 0}.items():
        a_program(clone / ".venv" / "bin", tool, f"echo {tool}; exit {code}")
    a_program(clone / "script", "bootstrap", "exit 0")
    answer = bash("script/test", cwd=clone)

    assert answer.returncode == 3
    assert " ".join(answer.stdout.split()) == "== Lint ruff == Format ruff == Types mypy"


@pytest.mark.parametrize("package", LOCKED, ids=lambda text: text.split("==")[0])
def test_each_locked_package_is_pinned_and_hashed(package):
    assert re.match(
        r"[a-z0-9-]+(\[[a-z]+\])?==\S+ (; .+ )?\\\n    --hash=sha256:[0-9a-f]{64}", package
    )


def test_the_lock_names_no_index():
    assert not re.search(r"://|--(extra-)?index-url|--trusted-host|--find-links", LOCK)


def test_what_the_project_asks_for_is_in_the_lock():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = (
        asked["project"]["dependencies"]
        + asked["project"]["optional-dependencies"]["test"]
        + asked["build-system"]["requires"]
    )
    locked = {package.split("==")[0].partition("[")[0] for package in LOCKED}
    names = {re.split(r"[\[<>=~! ;]", line)[0].lower().replace(".", "-") for line in lines}

    assert names - locked == set()
