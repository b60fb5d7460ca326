"""Who comes into a household after its roll was decided, under the law of 2009 and that of 2025."""

from dataclasses import replace
from datetime import date

import pytest

from conversion.domain.household import HukouKind
from conversion.domain.right import MembershipStanding
from conversion.policy.ground import Effect, Ground
from conversion.policy.loading import load_pack
from conversion.policy.location import packs_folder
from conversion.policy.pack_part import PackReference
from conversion.workflows.changes.joining import joined
from tests.builders import a_member, a_programme
from tests.workflows.drive import Desk, a_new_case, huichuan


@pytest.fixture(scope="module")
def cn_2025():
    return load_pack(packs_folder() / "cn-2025")


def born_after_the_base_date(pack, day):
    desk = Desk(
        a_new_case(positions={"shares": "members_confirmed"}), pack=pack, day=day,
        programme=a_programme("founded", base_date=day.replace(day=1)),
    )  # fmt: skip
    c = desk.look("shares.allocate").circumstances
    child = a_member("04", "张安然", "30", "2", day.replace(day=2), hukou_kind=HukouKind.RESIDENT)
    plan = joined(c, child)
    return plan.after[desk.case.number].memberships["04"], plan


def test_under_the_law_of_2009_a_newborn_shares_within_the_household():
    row, plan = born_after_the_base_date(huichuan(), date(2009, 12, 20))

    assert row.standing is MembershipStanding.NOT_CONFIRMED
    assert row.grounds == ("born_after_base_date",)
    assert plan.joined == 1


def test_under_the_law_of_2025_a_newborn_is_a_member_by_birth(cn_2025):
    row, plan = born_after_the_base_date(cn_2025, date(2025, 7, 20))

    assert row.standing is MembershipStanding.CONFIRMED
    assert row.grounds == ("registered_here", "contracted_land", "born_after_base_date")
    assert plan.reasons[-1] == (
        "成员04：出生日期在基准日以后，出生即是成员；是否参加本次折股，按折股方案办理，"
        "静态管理的在户内共享。"
    )


def test_whoever_nothing_speaks_for_stays_unsettled_until_the_meeting_has_met():
    shield = Ground(
        code="shield", title="保护", effect=Effect.PROTECT, clause="照旧。", flag=("1",),
        reference=PackReference(document="shishi-fangan-2009"),
    )  # fmt: skip
    row, _ = born_after_the_base_date(replace(huichuan(), grounds=(shield,)), date(2009, 12, 20))

    assert row.standing is MembershipStanding.UNSETTLED
    assert row.reason == "没有查到取得成员身份的理由，提交会议讨论。"
