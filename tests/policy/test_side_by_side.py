"""The same household under two packs: read from a file beside them, run against both."""

from datetime import date

import pytest

from conversion.policy.contrast import Turn
from conversion.policy.prospect import ProspectChapter
from conversion.policy.side_by_side import (
    ExpectedSide,
    SideBySide,
    line_record,
    lines_under,
    read_side_by_side,
    run_side_by_side,
)
from conversion.policy.worked_example import ExampleMember

FILE = """\
examples:
  - name: 一户
    day: 2009-12-01
    members:
      - {serial: "01", born: 1962-03-04, farming_months: 120}
    land: [contracted]
    others: {population: 2, farming: 20}
    under:
      huichuan-2009:
        lines: [{chapter: benefit, key: contracted_land, result: 保留}]
        absent: [aged_allowance]
      another:
        lines: [{chapter: membership, member: "01", result: 是成员}]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "side-by-side").mkdir()
    return tmp_path


def write(folder, text, name="一户.yaml"):
    (folder / "side-by-side" / name).write_text(text, "utf-8")
    return read_side_by_side(folder)


@pytest.fixture
def example(folder):
    (found,), faults = write(folder, FILE)
    assert faults == ()
    return found


@pytest.fixture
def both(huichuan):
    return {"huichuan-2009": huichuan, "another": huichuan}


def test_what_is_expected_of_both_packs_is_there(example, both):
    result = run_side_by_side(example, both)

    assert result.shortfalls == ()
    assert [pack.day for pack in result.packs] == [date(2009, 12, 1)] * 2
    assert {change.turn for change in result.lines} == {Turn.SAME}


def test_shares_are_told_among_all_the_weights_of_the_village(example, huichuan):
    lines = lines_under(example, huichuan.on(date(2009, 12, 1)))

    shares = {x.key: x.amount for x in lines if x.chapter is ProspectChapter.SHARES}
    assert shares == {"population": 70_000 // 3, "farming": 30_000 * 10 // 30}


def test_weights_are_counted_on_the_base_date(example, huichuan):
    later = example.model_copy(update={"base_date": date(1980, 3, 4)})
    shares = {
        x.key: x.amount
        for x in lines_under(later, huichuan.on(date(2009, 12, 1)))
        if x.chapter is ProspectChapter.SHARES
    }

    assert shares["farming"] == 30_000 * 2 // 22


def test_what_is_not_there_is_told_with_what_is_there_instead(example, both):
    wanted = ExpectedSide(
        lines=(
            {"key": "contracted_land", "result": "终止"},
            {"key": "old_veteran_subsidy"},
        ),
        absent=("contracted_land",),
    )
    under = {"huichuan-2009": wanted, "another": ExpectedSide()}
    result = run_side_by_side(example.model_copy(update={"under": under}), both)

    land = {
        "chapter": "benefit",
        "key": "contracted_land",
        "member": "",
        "result": "保留",
        "amount": None,
        "since": "2009-12-01",
        "until": None,
        "until_event": "承包期满或者依法征收",
    }
    assert result.shortfalls == (
        f"huichuan-2009：没有一行符合 {{'key': 'contracted_land', 'result': '终止'}}，实有 {[land]}",
        "huichuan-2009：没有一行符合 {'key': 'old_veteran_subsidy'}，实有 没有这一项",
        "huichuan-2009：不应有“contracted_land”",
    )


def test_a_line_is_written_with_its_days(example, huichuan):
    lines = lines_under(example, huichuan.on(date(2009, 12, 1)))
    (medical,) = (line_record(x) for x in lines if x.key == "rural_medical")

    assert (medical["since"], medical["until"]) == ("2009-12-01", "2009-12-31")
    (member,) = (line_record(x) for x in lines if x.key == "membership")
    assert (member["since"], member["until"]) == (None, None)


def test_a_pack_that_is_not_there_is_said_so(example, huichuan):
    result = run_side_by_side(example, {"huichuan-2009": huichuan})

    assert result.shortfalls == ("使用政策包 another：没有这个政策包。请从中选择：huichuan-2009。",)
    assert (result.packs, result.lines) == ((), ())


def test_a_folder_without_examples_has_none(tmp_path):
    assert read_side_by_side(tmp_path) == ((), ())


def test_faults_are_told_with_file_and_line_and_nothing_is_half_read(folder):
    write(folder, FILE, "好的.yaml")
    found, faults = write(
        folder, FILE.replace("    day: 2009-12-01\n", "    day: 昨天\n"), "坏.yaml"
    )

    assert found == ()
    assert [str(fault) for fault in faults] == [
        "side-by-side/坏.yaml:3 examples[0].day：应当是日期，例如 2009-10-01"
    ]


@pytest.mark.parametrize(
    ("written", "instead", "key", "sentence"),
    [
        (
            "{chapter: membership,",
            "{chapte: membership,",
            ".under.another.lines[0].chapte",
            "“chapte”",
        ),
        (
            '[{chapter: membership, member: "01", result: 是成员}]',
            "[{}]",
            ".under.another.lines[0]",
            "个数",
        ),
    ],
)
def test_a_line_asks_for_what_lines_have(folder, written, instead, key, sentence):
    found, (fault,) = write(folder, FILE.replace(written, instead))

    assert (found, fault.line, fault.key) == ((), 13, f"examples[0]{key}")
    assert sentence in fault.sentence


def test_an_example_that_expects_nothing_of_either_pack_is_refused(folder):
    nothing = FILE[: FILE.index("      huichuan-2009:")] + "      a-1: {}\n      b-2: {}\n"

    found, (fault,) = write(folder, nothing)

    assert (found, fault.key) == ((), "examples[0]")
    assert fault.sentence.startswith("没有写出会不符的要求，例如 lines: [")


def test_an_unreadable_file_is_told(folder):
    found, faults = write(folder, "examples: [")

    assert found == ()
    assert [fault.file for fault in faults] == ["side-by-side/一户.yaml"]


@pytest.mark.parametrize("packs", [("huichuan-2009",), ("huichuan-2009", "another", "third")])
def test_there_are_two_sides(packs):
    with pytest.raises(ValueError, match="under 里写两个政策包"):
        SideBySide(
            name="一户",
            day=date(2009, 12, 1),
            members=(ExampleMember(serial="01", born=date(1962, 3, 4)),),
            under={pack: ExpectedSide() for pack in packs},
        )
