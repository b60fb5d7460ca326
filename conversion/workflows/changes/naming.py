"""The members that a form names, and the guards that ask whether they are there."""

from collections.abc import Mapping
from typing import Final

from conversion.workflows.guards import MAJORITY, members_named
from conversion.workflows.step import CaseCircumstances, Check, Guard


def named(*fields: str) -> Guard[CaseCircumstances]:
    """Whoever these fields of the form name is a member of the household; empty names nobody."""

    def test(c: CaseCircumstances) -> Check:
        serials = tuple(getattr(c.form, field) for field in fields)
        return members_named(tuple(s for s in serials if s), c)

    return Guard(rule="members_named", title="所列成员均在本户", test=test, reads_form=True)


MEMBER: Final = named("member")
"""The form's `member` is of the household."""


def no_open_objection(c: CaseCircumstances) -> Check:
    """Nobody has challenged a list of the household without having had an answer."""
    waiting = [o.serial for o in c.case.objections.values() if not o.state.is_settled]
    return Check(
        satisfied=not waiting,
        found=f"尚有异议未办结：{'、'.join(waiting)}" if waiting else "无未办结异议",
        remedy="先答复异议，再办理户内变更",
    )


NO_OPEN_OBJECTION: Final[Guard[CaseCircumstances]] = Guard(
    rule="no_open_objection", title="本户没有未办结的异议", test=no_open_objection
)

GONE = ("merged", "extinct")


def _household_goes_on(c: CaseCircumstances) -> Check:
    gone = [n.household.number for n in (c.case, *c.others.values()) if is_gone(n.positions)]
    return Check(
        satisfied=not gone,
        found=f"已并户或已消亡：{'、'.join(gone)}" if gone else "各户均在",
        remedy="并户以后的变更在并入的户办理",
    )


def is_gone(positions: Mapping[str, str]) -> bool:
    """Whether a household has joined another or has died out."""
    return positions["case"] in GONE


HOUSEHOLD_GOES_ON: Final[Guard[CaseCircumstances]] = Guard(
    rule="household_goes_on", title="所涉各户均未并户、消亡", test=_household_goes_on
)


def of_age(field: str, title: str) -> Guard[CaseCircumstances]:
    """Whoever a field names is of full age; empty names nobody."""

    def test(c: CaseCircumstances) -> Check:
        member = c.case.members.get(getattr(c.form, field))
        age = member.age_on(c.day) if member else MAJORITY
        return Check(
            satisfied=age >= MAJORITY,
            found=f"{member.name}现年 {age} 岁" if member else "未填写本户成员",
            remedy=f"{title}由成年人担任",
        )

    return Guard(rule=f"of_age.{field}", title=f"{title}已成年", test=test, reads_form=True)
