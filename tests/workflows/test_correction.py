import pytest

from tests.builders import a_household, a_member, members_of
from tests.workflows.drive import (
    GROUNDS,
    OPINION,
    Desk,
    a_new_case,
    accept,
    an_approved_desk,
)


def returned() -> Desk:
    desk = Desk(a_new_case())
    accept(desk)
    desk.take("case.return_for_correction", **GROUNDS)
    return desk


def rows(*members):
    return [m.model_dump(mode="json") for m in members]


def test_a_correction_may_change_nothing_but_the_papers():
    desk = returned()
    before = desk.case.members

    desk.take("case.resubmit", corrected="补交户口簿复印件")

    assert desk.case.members == before
    assert desk.case.positions["case"] == "accepted"


def test_the_head_changes_when_both_rows_are_corrected():
    desk = returned()
    old, new = members_of(2)
    old = old.model_copy(update={"relation": "10"})
    new = new.model_copy(update={"relation": "02"})

    assert desk.unmet("case.resubmit", corrected="户主变更", members=rows(new)) == {"one_head"}
    desk.take("case.resubmit", corrected="户主变更", members=rows(old, new))

    assert desk.case.head.serial == "02"


def test_a_correction_does_not_leave_the_household_without_a_head():
    demoted = a_member(relation="10")

    assert returned().unmet("case.resubmit", corrected="更正关系", members=rows(demoted)) == {
        "one_head"
    }


def test_a_correction_does_not_lose_a_resident_number():
    bare = members_of(2)[1].model_copy(update={"resident_number": ""})

    assert returned().unmet("case.resubmit", corrected="更正号码", members=rows(bare)) == {
        "numbers_complete"
    }


def test_two_rows_for_one_member_are_refused():
    one = members_of(2)[1]

    assert returned().unmet("case.resubmit", corrected="更正姓名", members=rows(one, one)) == {
        "same_household"
    }


def test_a_correction_does_not_turn_one_household_into_another():
    other = a_household("0013").model_dump()
    moved = a_household(address="高坪镇大坪村六组13号").model_dump()

    assert returned().unmet("case.resubmit", corrected="更正地址", household=other) == {
        "same_household"
    }
    desk = returned()
    desk.take("case.resubmit", corrected="更正地址", household=moved)
    assert desk.case.household.address.endswith("13号")


def test_before_the_approval_a_member_left_out_may_be_brought_in():
    desk = returned()
    newcomer = members_of(4)[3]

    desk.take("case.resubmit", corrected="补登漏列成员", members=rows(newcomer))

    assert list(desk.case.members) == ["01", "02", "03", "04"]


def test_after_the_approval_nobody_comes_in_by_way_of_the_police():
    desk = an_approved_desk()
    desk.take("hukou.file")
    desk.take("hukou.return_for_correction", **GROUNDS)
    stranger = members_of(4)[3]
    renamed = desk.case.members["03"].model_copy(update={"name": "张永祥"})

    assert desk.unmet("hukou.resubmit", corrected="补登成员", members=rows(stranger)) == {
        "nobody_new"
    }
    desk.take("hukou.resubmit", corrected="姓名更正", members=rows(renamed))
    assert desk.case.positions["hukou"] == "filed"
    assert desk.case.members["03"].name == "张永祥"


@pytest.mark.parametrize("act", ["case.resubmit", "hukou.resubmit"])
def test_a_correction_only_explained_says_what_it_will_be_judged_on(act):
    desk = returned()

    told = {r.rule: r for r in desk.look(act).requirements}

    assert {"form", "same_household", "one_head", "numbers_complete"} <= told.keys()
    assert told["one_head"].found == "待填表后核对"
    assert not desk.look("case.review", **OPINION).permits
