"""Correction 补正: what comes back after a return, and what must still hold of the household."""

from typing import Final

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.household import Household, Member
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.guards import members_named, numbers_complete, one_head
from conversion.workflows.renewal import hung_anew
from conversion.workflows.step import CaseCircumstances, Check, Form, Guard


class Resubmission(Form):
    """What was corrected after a return; corrected rows replace the old ones whole."""

    corrected: str = Field(title="补正内容", min_length=2, max_length=1000)
    household: Household | None = Field(
        default=None, title="更正后的户信息", json_schema_extra={"personal": True}
    )
    members: tuple[Member, ...] = Field(
        default=(), title="更正后的成员", json_schema_extra={"personal": True}
    )


def corrected_rows(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The corrected household and members, and the lists that hang anew because of them."""
    form = _form(c)
    first = (put("household", "household", form.household),) if form.household else ()
    return hung_anew(c, (*first, *(put("members", m.serial, m) for m in form.members)))


def _form(c: CaseCircumstances) -> Resubmission:
    assert isinstance(c.form, Resubmission)
    return c.form


def _members(c: CaseCircumstances) -> dict[str, Member]:
    """The members as they stand once corrected."""
    return {**c.case.members, **{m.serial: m for m in _form(c).members}}


def _same_household(c: CaseCircumstances) -> Check:
    form, number = _form(c), c.case.household.number
    told = form.household.number if form.household else number
    serials = [m.serial for m in form.members]
    twice = sorted({serial for serial in serials if serials.count(serial) > 1})
    return Check(
        satisfied=told == number and not twice,
        found=f"户号 {told}（原 {number}）；重复的成员序号：{'、'.join(twice) or '无'}",
        remedy="户号不得更改，每名成员只写一行",
    )


SOUND: Final[tuple[Guard[CaseCircumstances], ...]] = (
    Guard(
        rule="same_household",
        title="更正的是本户，每名成员一行",
        test=_same_household,
        reads_form=True,
    ),
    Guard(
        rule="one_head",
        title="更正后一户一名户主",
        test=lambda c: one_head(_members(c)),
        reads_form=True,
    ),
    Guard(
        rule="numbers_complete",
        title="更正后成员身份号码齐全",
        test=lambda c: numbers_complete(_members(c)),
        reads_form=True,
    ),
)
"""What a corrected household must still fulfil, as it did when it was accepted."""

NOBODY_NEW: Final[Guard[CaseCircumstances]] = Guard(
    rule="nobody_new",
    title="不增加批准时没有的成员",
    test=lambda c: members_named(tuple(m.serial for m in _form(c).members), c),
    reads_form=True,
)
"""After the approval a correction may change a member's row but bring nobody in."""
