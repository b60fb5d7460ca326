"""What hangs on the board names household, person and result, and nothing that concerns nobody."""

from datetime import date

import pytest

from conversion.domain.household import HukouKind, Trait
from conversion.workflows.lists import CASE_LISTS, MEMBERS_LIST
from tests.builders import a_member
from tests.workflows.drive import Desk, a_new_case, accept

PRIVATE = (
    "服刑", "戒毒", "外嫁", "离婚", "丧偶", "残疾", "低保", "公务员", "退休", "空挂", "国籍", "1975",
    "5203", "6222020", "138", "农业", "核对", "材料",
)  # fmt: skip
FINDINGS = {
    "02": ("family_change",), "03": ("civil_servant", "retired_public_staff"),
    "04": ("moved_back", "lost_nationality"), "05": ("double_entry",),
}  # fmt: skip


def a_family_with_much_to_tell():
    return [
        a_member("01", birth_date=date(1975, 3, 12)),
        a_member("02", "罗秀英", "38", "2", flag="1", marital_status="40"),
        a_member("03", "张建国", "20", flag="5", traits=(Trait.DISABLED, Trait.MINIMUM_LIVING)),
        a_member("04", "张小梅", "30", "2", flag="8", hukou_kind=HukouKind.NON_AGRICULTURAL),
        a_member("05", "张小军", "20", flag="4", phone="13885209999"),
    ]


@pytest.fixture(scope="module")
def surveyed():
    desk = Desk(a_new_case(members=a_family_with_much_to_tell()))
    accept(desk)
    desk.take("shares.propose_members", findings=FINDINGS)
    return desk.look("shares.post_members").circumstances


def test_the_roll_says_who_is_what_and_not_why(surveyed):
    lines = MEMBERS_LIST.lines(surveyed)

    assert [line[2:] for line in lines] == [
        ("张德明", "户主", "拟确认"),
        ("罗秀英", "儿媳", "拟确认"),
        ("张建国", "子", "拟不确认"),
        ("张小梅", "女", "拟不确认"),
        ("张小军", "子", "暂未确定"),
    ]


@pytest.mark.parametrize("posted", CASE_LISTS, ids=lambda posted: posted.kind)
def test_no_list_tells_grounds_remarks_health_marriage_or_numbers(surveyed, posted):
    told = str(posted.text(surveyed))

    assert [word for word in PRIVATE if word in told] == []
