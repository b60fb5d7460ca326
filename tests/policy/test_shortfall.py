"""An example that fails says what was expected and what came, row by row."""

from datetime import date

from conversion.domain.right import Benefit, Disposition, Membership, MembershipStanding
from conversion.policy.decision import Decision, Formula, TraceLine
from conversion.policy.shortfall import nearest, shortfalls
from conversion.policy.worked_example import Expected


def benefit(item, member="", monthly=None):
    return Benefit(
        item=item, title=item, member=member, disposition=Disposition.KEPT,
        since=date(2009, 12, 1), monthly=monthly,
    )  # fmt: skip


ROWS = (benefit("medical", "01"), benefit("medical", "02"), benefit("land", monthly=500))


def decision(**fields):
    return Decision(rule="assess_benefits", granted=True, reasons=("承包地还是您家的。",), **fields)


def told(expected, made=None, figures=None):
    made = made or decision(rows=ROWS)
    found = shortfalls(Expected.model_validate(expected), made, figures or {})
    return [(found_one.path[1:], str(found_one).split("\n    ")) for found_one in found]


def test_what_is_there_is_not_told():
    expected = {
        "granted": True,
        "rows": ({"item": "land", "monthly": 500, "since": "2009-12-01"},),
        "absent": ("school",),
        "reasons": ("还是您家的",),
    }

    assert told(expected) == []


def test_a_row_that_differs_is_told_beside_the_one_of_the_same_item_and_member():
    expected = {
        "rows": ({"item": "land"}, {"item": "medical", "member": "02", "until": "2010-01-01"})
    }

    assert told(expected) == [
        (
            ("rows", 1),
            [
                "没有这一行",
                "应有　item: medical　member: 02　until: 2010-01-01",
                "实有　item: medical　member: 02　until: null",
            ],
        )
    ]


def test_a_member_without_the_item_is_told_beside_those_who_have_it():
    assert told({"rows": ({"item": "medical", "member": "03"},)})[0][1] == [
        "没有这一行",
        "应有　item: medical　member: 03",
        "实有　item: medical　member: 01",
        "实有　item: medical　member: 02",
    ]


def test_an_item_that_nobody_has_is_told_beside_all_rows_each_on_its_line():
    assert told({"rows": ({"item": "school", "monthly": 1},)})[0][1] == [
        "没有这一行",
        "应有　item: school　monthly: 1",
        "实有　item: medical　member: 01　monthly: null",
        "实有　item: medical　member: 02　monthly: null",
        '实有　item: land　member: ""　monthly: 500',
    ]


def test_where_nothing_came_that_is_said():
    assert told({"rows": ({"item": "land"},)}, decision())[0][1][-1] == "实有　什么也没有"


def test_rows_without_an_item_are_near_by_their_member():
    rows = [{"member": "01", "standing": "proposed"}, {"member": "02", "standing": "proposed"}]

    assert nearest({"member": "02", "standing": "unsettled"}, rows) == rows[1:]
    assert nearest({"standing": "unsettled"}, rows) == rows


def test_what_should_not_have_come_is_told_with_who_has_it():
    assert told({"absent": ("school", "medical")}) == [
        (
            ("absent", 1),
            [
                "不应有“medical”",
                "实有　item: medical　member: 01",
                "实有　item: medical　member: 02",
            ],
        )
    ]


def test_a_ground_that_should_not_count_is_told_with_all_that_do():
    row = Membership(
        member="01", standing=MembershipStanding.PROPOSED, grounds=("born", "registered")
    )

    assert told({"absent": ("born", "moved")}, decision(rows=(row,))) == [
        (("absent", 0), ["不应有“born”", "实有　member: 01　grounds: [born, registered]"])
    ]


def test_each_sentence_of_the_reasons_is_told_where_the_words_are_missing():
    assert told({"reasons": ("收回",)}) == [
        (("reasons", 0), ["理由里没有“收回”", "实有　承包地还是您家的。"])
    ]


def test_a_line_is_compared_field_by_field():
    line = TraceLine(
        key="land/", title="承包地", result="保留", because=("一。", "二。"),
        formula=Formula(words="词", numbers="1 ＋ 1 ＝ 2"),
    )  # fmt: skip
    made = decision(lines=(line, TraceLine(key="school/", title="学校", result="终止")))
    expected = {
        "lines": (
            {"key": "land/", "result": "保留", "because": "二。", "formula": "1 ＋ 1 ＝ 2"},
            {"key": "land/", "result": "终止", "because": "三。", "formula": "2"},
            {"key": "school/", "formula": "1"},
            {"key": "water/"},
        )
    }

    assert told(expected, made) == [
        (("lines", 1, "result"), ["“land/”的结果不是这样", "应有　终止", "实有　保留"]),
        (
            ("lines", 1, "because"),
            ["“land/”的理由不是这样", "应有　三。", "实有　一。", "实有　二。"],
        ),
        (("lines", 1, "formula"), ["“land/”的算式不是这样", "应有　2", "实有　1 ＋ 1 ＝ 2"]),
        (("lines", 2, "formula"), ["“school/”的算式不是这样", "应有　1", "实有　什么也没有"]),
        (("lines", 3, "key"), ["没有“water/”的说明", "实有　land/", "实有　school/"]),
    ]


def test_figures_are_told_as_the_pack_writes_them():
    expected = {"units": {"population": {"01": 3}}, "reserved_units": 1, "collective_units": 2}
    figures = {"units": {"population": {"01": 4}}, "collective_units": 2}

    assert told(expected, decision(), figures) == [
        (
            ("units",),
            ["数不是这样", "应有　{population: {01: 3}}", "实有　{population: {01: 4}}"],
        ),
        (("reserved_units",), ["数不是这样", "应有　1", "实有　null"]),
    ]
