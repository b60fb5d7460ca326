"""Each recipe of docs/recipes.md, carried out as it stands there."""

import json
from datetime import date

import pytest

from conversion.domain.right import Disposition
from conversion.policy.examples import run_examples
from conversion.policy.loading import check_pack, load_pack, load_packs
from tests.builders import a_resident_number
from tests.docs.recipe import MAKING, ROOT, a_copy, carry_out, commands, python, sections
from tests.workflows.drive import Desk, a_new_case, accept, approve

RECIPES = sections(ROOT / "docs" / "recipes.md")
NAMES = ("A benefit", "A policy pack", "A step", "A document", "A track")

OFFICE = """
import io, json, sys
from contextlib import redirect_stdout
from conversion.cli import run
answers = []
for line in json.loads(sys.argv[1]):
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")) as said:
        code = run(line)
        said.flush()
    answers.append((code, said.buffer.getvalue().decode()))
print(json.dumps(answers))
"""

BORN = date(1962, 3, 4)
ROSTER = f"""户号,户主姓名,姓名,与户主关系,公民身份号码
0001,张国强,张国强,户主,{a_resident_number(BORN)}
"""
TAKEN_IN = (
    "db migrate",
    (
        "village register examples/pingshan/village.yaml"
        " --staff examples/pingshan/staff.yaml --as taskforce1"
    ),
    "roster import roster.csv --as taskforce1 --commit",
)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the project with every recipe carried out, one after another."""
    folder = a_copy(tmp_path_factory.mktemp("house"))
    for name in NAMES:
        carry_out(RECIPES[name], folder)
    return folder


@pytest.fixture(scope="module")
def office(house):
    """An office that works with that copy: asks several commands at once, with JSON answers."""

    def ask(*lines):
        split = json.dumps([[*line.split(), "--json"] for line in lines])
        answers = json.loads(python(house, "-c", OFFICE, split))
        return [(code, json.loads(said)) for code, said in answers]

    return ask


@pytest.fixture(scope="module")
def household(house, office):
    """What the office says of a household just taken in: a step, the other step, its sheet."""
    (house / "roster.csv").write_text(ROSTER, encoding="utf-8")
    answers = office(
        *TAKEN_IN,
        "case explain 0001 benefits.remind --as taskforce1 --form told=01",
        "case explain 0001 water.connect --as street1",
        "case show 0001",
    )
    assert [code for code, _ in answers[: len(TAKEN_IN)]] == [0] * len(TAKEN_IN), answers
    return [answer for _, answer in answers[len(TAKEN_IN) :]]


def unmet(answer):
    return {r["rule"] for r in answer["requirements"] if not r["satisfied"]}


def test_these_are_the_recipes():
    assert tuple(RECIPES) == NAMES


def test_the_new_benefit_is_assessed_for_a_household(house):
    desk = Desk(a_new_case(), pack=load_pack(house / "policies" / "huichuan-2009"))
    accept(desk)
    approve(desk)

    desk.take("benefits.assess")

    water = desk.case.benefits["village_water/"]
    assert water.title == "农村自来水水价"
    assert water.disposition is Disposition.TO_SWITCH
    assert water.until == date(2011, 12, 9)
    assert water.illustrative


def test_the_new_benefit_proves_itself_by_its_example(house):
    results = run_examples(load_pack(house / "policies" / "huichuan-2009"))

    assert "自来水照村里的价钱再交两年" in {r.name for r in results}
    assert [r for r in results if not r.passed] == []


def test_the_new_pack_is_sound_and_stands_beside_the_old_one(house):
    assert check_pack(house / "policies" / "honghuagang-2009") == ()

    packs = load_packs(house / "policies")

    assert set(packs) == {"cn-2025", "huichuan-2009", "honghuagang-2009"}
    assert packs["honghuagang-2009"].office == "遵义市红花岗区村改社区工作专班"
    assert [r.passed for r in run_examples(packs["honghuagang-2009"])] == [True] * 3


def test_what_the_new_office_changed_is_what_its_lawyer_reads(office):
    (answer,) = office("policy diff huichuan-2009 honghuagang-2009 --on 2010-07-01")

    told = {(d["key"], d["field"]): (d["before"], d["after"]) for d in answer[1]["differences"]}
    assert told["notice.plan", "value"] == ({"days": 7}, {"days": 15})
    assert told["notice.plan", "illustrative"] == (True, False)
    until = told["village_welfare", "until"]
    assert (until[0]["years"], until[1]["years"]) == (3, 2)


def test_the_commands_for_packs_find_no_fault(house, office):
    recipes = RECIPES["A benefit"] + RECIPES["A policy pack"]
    lines = [c for c in commands(recipes) if c.startswith("conversion ") if MAKING not in c]

    answers = office(*(line.removeprefix("conversion ") for line in lines))
    for file in house.glob("conversion.*"):
        file.unlink()  # the next test takes in a village of its own

    assert [code for code, _ in answers] == [0] * 6, answers
    assert answers[0][1]["sound"]
    assert answers[1][1]["sound"]
    assert answers[-1][1]["number"] == "520302105201"


def test_the_new_step_is_explained_like_every_other(household):
    remind, _, _ = household

    assert remind["title"] == "过渡期待遇·到期前提醒"
    assert unmet(remind) == {"position", "evidence.reminder_slip", "case_approved"}


def test_the_new_track_is_a_level_of_each_case_taken_in(household):
    _, connect, sheet = household

    assert unmet(connect) == {"evidence.meter_slip", "case_under_way"}
    water = next(row for row in sheet["levels"] if row["level"] == "water")
    assert water["state"] == "open"
    assert {"water.connect", "water.waive"} <= {row["act"] for row in sheet["possible"]}


def test_the_house_with_the_additions_passes_the_checks_of_definitions_and_charts(house):
    tests = ("tests/workflows/test_definition.py", "tests/workflows/test_chart.py")

    said = python(house, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)

    assert " passed" in said


@pytest.mark.slow
def test_the_new_paper_prints_for_small_and_large_families(house):
    test = "tests/documents/test_render.py::test_every_paper_names_every_member_of_small_and_large_families"

    said = python(house, "-m", "pytest", "-q", "-p", "no:cacheprovider", test, "-k", "closing_note")

    assert " passed" in said
    assert "failed" not in said


def test_what_the_recipes_write_keeps_the_house_style(house):
    written = (
        "conversion/documents/closing_note.py",
        "conversion/workflows",
        "conversion/store",
    )

    python(house, "-m", "ruff", "check", "--no-cache", *written)
    python(house, "-m", "ruff", "format", "--check", "--no-cache", *written)


def test_the_new_column_is_what_its_migration_makes(house):
    test = "tests/store/test_migrations.py::test_the_classes_ask_for_no_further_migration[sqlite]"

    said = python(house, "-m", "pytest", "-q", "-p", "no:cacheprovider", test)

    assert "1 passed" in said
