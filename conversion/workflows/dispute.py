"""Dispute 成员身份争议: a membership that a mediator, an arbitrator or a court has to decide.

It stops nobody else: the list is confirmed without an answer on this person, the plan keeps the
person's units in reserve, and the vote goes on (农村集体经济组织法 56). `outcome` is how it ends.
"""

from dataclasses import replace
from enum import StrEnum
from typing import Final

from pydantic import Field

from conversion.documents.objection_reply import OBJECTION_REPLY
from conversion.domain.right import MembershipStanding
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.holdings.proposal import Serial
from conversion.workflows.membership import with_standing
from conversion.workflows.objection import Named, other_hand, referred, settles_last
from conversion.workflows.renewal import hung_anew
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Form, Guard, Part, Step

_LEVEL = "shares"

UNDECIDED: Final = ("members_on_notice", "members_confirmed")
"""Where a membership can come into dispute; or with its objection, while that is dealt with."""


class Course(StrEnum):
    """Before whom a membership is in dispute."""

    MEDIATION = "mediation"
    ARBITRATION = "arbitration"
    LAWSUIT = "lawsuit"

    @property
    def label(self) -> str:
        """The course's Chinese name."""
        return {"mediation": "调解", "arbitration": "仲裁", "lawsuit": "诉讼"}[self]


class Dispute(Form):
    """A membership that is before somebody else."""

    member: Serial = Field(title="有争议的成员（成员序号）")
    course: Course = Field(title="处理方式（mediation 调解、arbitration 仲裁、lawsuit 诉讼）")
    authority: str = Field(title="受理机关", min_length=2, max_length=100)
    paper: str = Field(title="受理文书编号", min_length=2, max_length=100)


class Referral(Dispute, Named):
    """The same, of which an objection was raised: it gets its answer there."""


def _disputed(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Dispute)
    form = c.form
    told = f"成员身份有争议，{form.authority}{form.course.label}中（{form.paper}）。"
    return hung_anew(c, (with_standing(c, form.member, MembershipStanding.DISPUTED, told),))


def _referred(c: CaseCircumstances, decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Referral)
    reply = f"移送{c.form.authority}{c.form.course.label}（{c.form.paper}）。"
    return (*referred(c, reply), *_disputed(c, decision))


def _decidable(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Dispute)
    row = c.case.memberships.get(c.form.member)
    settled = {MembershipStanding.DISPUTED, MembershipStanding.ENDED}
    return Check(
        satisfied=row is not None and row.standing not in settled,
        found=f"成员{c.form.member}{row.standing.label if row else '没有提出过成员身份意见'}",
        remedy="填写本户已经提出成员身份意见、尚未登记争议的成员",
    )


def _before_plan(c: CaseCircumstances) -> Check:
    """Once the plan has given a person units, a dispute holds them fast where they are."""
    adopted = c.programme.reached_on("plan_adopted")
    return Check(
        satisfied=adopted is None,
        found=f"折股量化方案 {adopted:%Y-%m-%d} 已通过" if adopted else "折股量化方案尚未通过",
        remedy="方案通过以后的争议，登记为争议中止（case.suspend），份额和收益留待争议了结",
    )


def _objection_waits(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Referral)
    waiting = [o.serial for o in c.case.open_objections(_LEVEL)]
    return Check(
        satisfied=c.form.objection in waiting,
        found=f"未办结的异议：{'、'.join(waiting) or '无'}",
        remedy="填写对该成员身份提出的、尚未答复的异议编号",
    )


_BEGINS: Final[tuple[Guard[CaseCircumstances], ...]] = (
    Guard(
        rule="dispute_decidable",
        title="该成员已有意见、尚未登记争议",
        test=_decidable,
        reads_form=True,
    ),
    Guard(rule="dispute_before_plan", title="折股量化方案尚未通过", test=_before_plan),
)

_FIRST: Final[Step[CaseCircumstances]] = Step(
    event="dispute_membership",
    title="登记成员身份争议",
    source=UNDECIDED,
    target=None,
    roles=(Role.STREET, Role.VILLAGE),
    part=Part.RECORD,
    form=Dispute,
    evidence=(Evidence(id="dispute_acceptance", title="调解、仲裁或者诉讼的受理文书"),),
    guards=_BEGINS,
    effect=_disputed,
)

DISPUTE_STEPS: Final[tuple[Step[CaseCircumstances], ...]] = (
    _FIRST,
    replace(
        _FIRST,
        source=("members_objected",),
        target="members_on_notice",
        form=Referral,
        guards=(
            Guard(
                rule="shares.objection_open",
                title="异议尚未办结",
                test=_objection_waits,
                reads_form=True,
            ),
            other_hand(_LEVEL),
            *_BEGINS,
        ),
        effect=_referred,
        documents=(OBJECTION_REPLY,),
        completes=settles_last(_LEVEL),
    ),
)
"""A membership comes into dispute, with its objection or without."""
