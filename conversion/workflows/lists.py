"""The lists 公示榜 that are posted: the village's plan, and what was found of each household."""

from typing import Final

from conversion.domain.household import Member
from conversion.standards.area import format_mu, format_square_metres
from conversion.standards.relation import title_of
from conversion.workflows.posted_list import Line, PostedList
from conversion.workflows.step import CaseCircumstances, ProgrammeCircumstances

_NOTHING = "—"


def _plan(c: ProgrammeCircumstances) -> tuple[Line, ...]:
    village = c.programme.village
    return ((village.before, village.after, village.pack),)


def _household(c: CaseCircumstances) -> Line:
    return c.case.household.number, c.case.household.group or _NOTHING


def _person(member: Member) -> Line:
    return member.name, title_of(member.relation)


def _members(c: CaseCircumstances) -> tuple[Line, ...]:
    return tuple((*_household(c), *_person(m)) for m in c.case.members.values())


def _roll(c: CaseCircumstances) -> tuple[Line, ...]:
    people = c.case.people
    return tuple(
        (*_household(c), *_person(people[row.member]), row.standing.label)
        for row in c.case.memberships.values()
    )


def _shares(c: CaseCircumstances) -> tuple[Line, ...]:
    people, classes, plan = c.case.people, c.programme.share_classes, c.programme.plan
    return tuple(
        (
            *_household(c),
            *_person(people[lot.member]),
            classes[lot.share_class].title if lot.share_class in classes else lot.share_class,
            plan.figure(lot.units) if plan else str(lot.units),
        )
        for lot in c.case.shares.values()
    )


def _land(c: CaseCircumstances) -> tuple[Line, ...]:
    return tuple((*_household(c), *_parcel(c, serial)) for serial in c.case.land)


def _parcel(c: CaseCircumstances, serial: str) -> Line:
    parcel, right = c.case.parcels[serial], c.case.land[serial]
    site = parcel.site_area is not None
    area = f"{format_square_metres(right.area)}㎡" if site else f"{format_mu(right.area)}亩"
    holders = "、".join(c.case.people[holder].name for holder in right.holders)
    name = parcel.name or parcel.code or serial
    return name, right.right, area, _bounds(c, serial), holders or _NOTHING


def _bounds(c: CaseCircumstances, serial: str) -> str:
    """The neighbours on the four sides 四至, by which a villager knows the plot."""
    parcel = c.case.parcels[serial]
    sides = {"东": parcel.east, "南": parcel.south, "西": parcel.west, "北": parcel.north}
    return "，".join(f"{side}至{told}" for side, told in sides.items() if told) or _NOTHING


PLAN_LIST: Final[PostedList[ProgrammeCircumstances]] = PostedList(
    level="programme",
    kind="plan",
    title="村改社区实施方案公示",
    columns=("村", "拟设社区", "实施方案"),
    before=("proposed",),
    posted="on_notice",
    lines=_plan,
    objections="村民委员会、街道办事处",
)
HOUSEHOLD_LIST: Final[PostedList[CaseCircumstances]] = PostedList(
    level="case",
    kind="household",
    title="村改社区农户情况公示",
    columns=("户号", "村民小组", "姓名", "与户主关系"),
    before=("reviewed",),
    posted="on_notice",
    objected="objected",
    lines=_members,
    objections="村民委员会、街道办事处",
)
MEMBERS_LIST: Final[PostedList[CaseCircumstances]] = PostedList(
    level="shares",
    kind="members",
    title="集体经济组织成员名单公示",
    columns=("户号", "村民小组", "姓名", "与户主关系", "成员身份"),
    before=("members_proposed",),
    posted="members_on_notice",
    objected="members_objected",
    lines=_roll,
    objections="集体经济组织、村民委员会",
)
SHARES_LIST: Final[PostedList[CaseCircumstances]] = PostedList(
    level="shares",
    kind="shares",
    title="股权量化结果公示",
    columns=("户号", "村民小组", "姓名", "与户主关系", "股份类别", "股数"),
    before=("allocated",),
    posted="shares_on_notice",
    objected="shares_objected",
    lines=_shares,
    objections="集体经济组织、村民委员会",
)
LAND_LIST: Final[PostedList[CaseCircumstances]] = PostedList(
    level="land",
    kind="land",
    title="土地权属公示",
    columns=("户号", "村民小组", "地块", "权利", "面积", "四至", "共有人"),
    before=("signed",),
    posted="on_notice",
    objected="objected",
    lines=_land,
    objections="村民委员会、工作专班",
)

CASE_LISTS: Final = (HOUSEHOLD_LIST, LAND_LIST, MEMBERS_LIST, SHARES_LIST)
"""The lists about households, in the order in which they are posted."""
