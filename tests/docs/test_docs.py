"""What the pages say exists, and what exists is said."""

import pkgutil
import re
import shlex
from functools import cache

import pytest
from typer.core import TyperCommand as Command
from typer.core import TyperGroup
from typer.main import get_command

from conversion.cli import app
from conversion.documents.kinds import KINDS, PRINT_OUTS
from conversion.policy import rules
from conversion.policy.loading import load_packs
from conversion.policy.location import packs_folder
from conversion.workflows.definition import DEFINITION
from tests.docs.recipe import ROOT, commands

PAGES = (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDES = "".join(
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "docs/manual.md", "docs/operations.md")
)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
KNOWN = {"conversion", "script/demo", "script/test", "source", "export", "python"}
UNTOLD = re.compile(r"[._].*|demo(-\d+)?")
"""Folders that a reader need not know, or that appear only by running something."""


@cache
def every_command(group=None, name=""):
    """Command line → command, for each leaf of the Typer app."""
    group = group or get_command(app)
    found: dict[str, Command] = {}
    for word, command in group.commands.items():
        line = f"{name}{word}"
        inner = every_command(command, f"{line} ") if isinstance(command, TyperGroup) else None
        found |= inner or {line: command}
    return found


def said(page):
    return page.read_text(encoding="utf-8")


def anchors(page):
    headings = HEADING.findall(said(page))
    return {"#" + re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("line", every_command())
def test_every_command_is_told_to_those_who_use_it(line):
    assert f"conversion {line}" in GUIDES


def typed():
    return [(page.name, line) for page in PAGES for line in commands(said(page))]


@pytest.mark.parametrize(("page", "line"), typed())
def test_every_command_line_in_a_page_could_be_typed(page, line):
    words = [w for w in shlex.split(line) if not w.startswith("CONVERSION_")]
    if words[0] != "conversion":
        return
    name = next(n for n in every_command() if " ".join(words[1:3]) == n or words[1] == n)
    options = {o for p in every_command()[name].params for o in p.opts}

    assert {w for w in words if w.startswith("--")} <= options, f"{page}: {line}"


@pytest.mark.parametrize("line", [*commands(README)])
def test_the_readme_starts_known_commands(line):
    word = line.split()[0]

    assert word in KNOWN
    assert "/" not in word or (ROOT / word).is_file()


@pytest.mark.parametrize(
    "name",
    [
        *(track.name for track in DEFINITION),
        *(kind.id for kind in (*KINDS, *PRINT_OUTS)),
        *(module.name for module in pkgutil.iter_modules(rules.__path__)),
    ],
)
def test_every_track_paper_and_rule_is_named_in_the_docs(name):
    assert any(f"`{name}`" in said(page) for page in ROOT.glob("docs/*.md"))


def test_every_case_of_membership_is_told_to_those_who_survey():
    packs = load_packs(packs_folder()).values()
    findings = {ground.finding for pack in packs for ground in pack.grounds if ground.finding}

    assert {finding for finding in findings if f"`{finding}`" not in GUIDES} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    for target, anchor in LINK.findall(said(page)):
        there = page.parent / target if target else page

        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target + anchor


def test_the_map_is_the_tree():
    mapped = set(re.findall(r"^\| `([a-z]+/(?:[a-z]+/)?)` \|", README, re.MULTILINE))
    top = {p.name for p in ROOT.iterdir() if p.is_dir() and not UNTOLD.fullmatch(p.name)}
    rooms = {p.parent.name for p in ROOT.glob("conversion/*/__init__.py")}

    assert mapped == {f"{name}/" for name in top - {"conversion"}} | {
        f"conversion/{name}/" for name in rooms
    }


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 120
