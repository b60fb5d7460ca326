"""The recipes as a page of blocks, and a copy of the project in which they are carried out."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = ("conversion", "docs", "examples", "policies", "templates", "tests", "pyproject.toml")

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^## (.+)\n((?:(?!^## ).*\n?)*)", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, and what stands in it."""

    language: str
    text: str

    @property
    def path(self) -> str:
        """The file that the block is for."""
        return self.text.split("\n", 1)[0].split(maxsplit=1)[1]

    @property
    def body(self) -> str:
        """What the file gets."""
        return self.text.split("\n", 1)[1]


def sections(page: Path) -> dict[str, str]:
    """Heading → what stands below it."""
    return dict(_SECTION.findall(page.read_text(encoding="utf-8")))


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a text, in order."""
    for language, body in _FENCE.findall(text):
        yield Block(language, body)


def commands(text: str) -> Iterator[str]:
    """The command lines of a text's `console` blocks, without prompts, comments and answers."""
    for block in blocks(text):
        lines = block.text.splitlines() if block.language == "console" else []
        if any(line.startswith("$ ") for line in lines):
            lines = [line[2:] for line in lines if line.startswith("$ ")]
        yield from (line.partition("  #")[0].strip() for line in lines if line.strip())


def a_copy(folder: Path) -> Path:
    """The project without its history, in a folder of its own."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return folder


def carry_out(recipe: str, folder: Path) -> None:
    """Do what a recipe says: write its files, add its rows, make its edits, copy and remove."""
    for block in blocks(recipe):
        if block.language == "console":
            _type_shell(block.text, folder)
        elif block.language == "diff":
            _edit(folder / block.path, block.body)
        else:
            _write(folder / block.path, block.body)


def _write(file: Path, body: str) -> None:
    """Rows go to the end of what is there; anything else is a new file."""
    is_row = body.startswith("  - ")
    assert file.exists() == is_row, f"{file.name}: a row needs its file, a new file an empty place"
    before = file.read_text(encoding="utf-8") if is_row else ""
    file.parent.mkdir(exist_ok=True)
    file.write_text(before + body, encoding="utf-8")


def _edit(file: Path, body: str) -> None:
    lines = body.splitlines()
    old = "\n".join(line[1:] for line in lines if not line.startswith("+"))
    new = "\n".join(line[1:] for line in lines if not line.startswith("-"))
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} should have this once:\n{old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


MAKING = "conversion policy new "
"""The one command of the program that makes what a recipe goes on with."""


def _type_shell(text: str, folder: Path) -> None:
    """Type what handles files or draws them; the other commands of the program are for the test."""
    program = "python -c 'from conversion.cli import main; main()' policy new "
    for line in (line.replace(MAKING, program) for line in text.splitlines()):
        if line.startswith(("cp ", "rm ", "python ")):
            words = re.sub("^python ", f"{shlex.quote(sys.executable)} ", line)
            done = _run(["bash", "-c", words], folder)
            assert not done.returncode, done.stderr


def python(folder: Path, *arguments: str) -> str:
    """What Python says in a copy.

    Raises:
        AssertionError: with its words, when it fails.
    """
    done = _run([sys.executable, *arguments], folder)
    assert not done.returncode, done.stdout + done.stderr
    return done.stdout


def _run(command: Sequence[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
