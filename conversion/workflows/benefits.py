"""Transitional benefits 过渡期待遇: assessed by the pack, explained at home, put in force, settled.

Each benefit is kept, drawn beside its successor, to be switched, kept for life or ended; none ends
without a successor or a named ground (no-gap rule).
"""

from dataclasses import replace
from typing import Annotated, Final

from pydantic import Field

from conversion.documents.benefit_assessment import BENEFIT_ASSESSMENT
from conversion.domain.collections import put, replaced
from conversion.domain.declaration import Declaration
from conversion.domain.right import Benefit
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.transitional_benefit import assess_benefits
from conversion.workflows.facts import household_facts
from conversion.workflows.forms import Grounds
from conversion.workflows.guards import APPROVED, adults, members_named, nothing_due
from conversion.workflows.paper_life import due_again, recall, reissue_step
from conversion.workflows.step import (
    CaseCircumstances,
    Check,
    Evidence,
    Form,
    Guard,
    Part,
    Step,
    Track,
)
from conversion.workflows.succession import (
    ALL_SETTLED,
    BENEFIT_WAITS,
    JOINS,
    NO_SILENT_END,
    Succession,
    succeeded,
)

Years = Annotated[int, Field(ge=0, le=60)]


class Assessment(Form):
    """What amounts are counted by and no register here has; what isn't known stays open.

    What was declared before counts on where nothing is said anew.
    """

    service_years: dict[str, Years] = Field(
        default_factory=dict,
        title="服役年限（成员序号=整年数）",
        json_schema_extra={"personal": True},
    )
    monthly_income: int | None = Field(
        default=None, title="家庭月收入（分）", ge=0, json_schema_extra={"personal": True}
    )


class Explanation(Form):
    """Who the benefits were read aloud to, and by which two persons if the listener can't sign."""

    listener: str = Field(title="听取说明的成员（成员序号）", pattern=r"^\d{2,3}$")
    read_aloud: bool = Field(title="已逐项宣读")
    witnesses: str = Field(
        default="", title="见证人", max_length=100, json_schema_extra={"personal": True}
    )


def _assess(c: CaseCircumstances) -> Decision:
    told = {**c.case.declarations, **{row.key: row for row in _declared(c)}}
    return assess_benefits(
        household_facts(replace(c, case=replace(c.case, declarations=told))), c.pack
    )


def _declared(c: CaseCircumstances) -> tuple[Declaration, ...]:
    """What the form says, as it will count from now on."""
    if not isinstance(c.form, Assessment):
        return ()
    served = tuple(
        Declaration(member=serial, service_years=years, declared_on=c.day)
        for serial, years in c.form.service_years.items()
    )
    if c.form.monthly_income is None:
        return served
    return (*served, Declaration(monthly_income=c.form.monthly_income, declared_on=c.day))


def _served(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Assessment)
    return members_named(tuple(c.form.service_years), c)


def _due(c: CaseCircumstances) -> str:
    count = len(_assess(c).rows)
    return f"应核定待遇 {count} 项" if count else ""


def _assessed(c: CaseCircumstances, decision: Decision | None) -> tuple[Change, ...]:
    assert decision is not None
    rows = {row.key: row for row in decision.rows_of(Benefit)}
    told = (put("declarations", row.key, row) for row in _declared(c))
    return (*replaced("benefits", c.case.benefits, rows), *told)


def _nothing_left(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """No benefit, and no paper that says otherwise."""
    ended = recall(c.case, kinds=(BENEFIT_ASSESSMENT,), day=c.day, reason="确认无过渡期待遇")
    return (*replaced("benefits", c.case.benefits, {}), *ended)


def _sheet_counts(c: CaseCircumstances) -> Check:
    """What is read aloud and signed is the sheet that counts, not one that a change outdated."""
    waiting = due_again(c.case, (BENEFIT_ASSESSMENT,))
    title = BENEFIT_ASSESSMENT.title
    return Check(
        satisfied=not waiting,
        found=f"{title}已被取代，还没有换发" if waiting else f"没有待换发的{title}",
        remedy="先办理“换发文书”（benefits.reissue），再入户宣读新表",
    )


def _read_aloud(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Explanation)
    heard = c.form.listener in (adults(c.case, c) or c.case.members)
    return Check(
        satisfied=heard and c.form.read_aloud,
        found="已向本户成年成员宣读" if heard and c.form.read_aloud else "未向本户成年成员逐项宣读",
        remedy="由经办人入户逐项宣读，填写听取人序号",
    )


BENEFITS: Final[Track[CaseCircumstances]] = Track(
    name="benefits",
    title="过渡期待遇",
    states={
        "open": "待核定",
        "assessed": "已核定",
        "explained": "已说明签字",
        "in_force": "过渡期内",
        "settled": "已衔接完毕",
        "not_required": "无过渡期待遇",
    },
    initial="open",
    final=("settled", "not_required"),
    resting=("in_force",),
    steps=(
        Step(
            event="assess",
            title="核定待遇",
            source=("open",),
            target="assessed",
            roles=(Role.TASK_FORCE,),
            part=Part.ENTER,
            for_many=True,
            form=Assessment,
            guards=(
                APPROVED,
                Guard(
                    rule="members_named",
                    title="所列成员均在本户",
                    test=_served,
                    reads_form=True,
                ),
            ),
            decide=_assess,
            effect=_assessed,
            documents=(BENEFIT_ASSESSMENT,),
        ),
        Step(
            event="explain",
            title="宣读说明",
            source=("assessed",),
            target="explained",
            roles=(Role.TASK_FORCE,),
            part=Part.RECORD,
            form=Explanation,
            evidence=(Evidence(id="signed_sheet", title="待遇核定表（签字）"),),
            guards=(
                Guard(
                    rule="assessment_counts",
                    title="待遇核定表有效",
                    test=_sheet_counts,
                ),
                Guard(
                    rule="read_aloud",
                    title="已向本户成员逐项宣读",
                    test=_read_aloud,
                    reads_form=True,
                ),
            ),
        ),
        Step(
            event="start",
            title="待遇生效",
            source=("explained",),
            target="in_force",
            roles=(Role.DEPARTMENT,),
            part=Part.APPROVE,
            for_many=True,
            guards=(
                APPROVED,
                NO_SILENT_END,
            ),
        ),
        Step(
            event="switch",
            title="转换一项待遇",
            source=("in_force",),
            target="in_force",
            roles=(Role.DEPARTMENT,),
            part=Part.RECORD,
            form=Succession,
            evidence=(Evidence(id="succession_decision", title="衔接或者终止决定"),),
            guards=(BENEFIT_WAITS, JOINS),
            effect=succeeded,
        ),
        Step(
            event="settle",
            title="衔接完毕",
            source=("in_force",),
            target="settled",
            roles=(Role.DEPARTMENT,),
            part=Part.RECORD,
            guards=(ALL_SETTLED,),
        ),
        reissue_step(
            ("assessed", "explained", "in_force", "settled"),
            (Role.TASK_FORCE,),
            BENEFIT_ASSESSMENT,
        ),
        Step(
            event="waive",
            title="确认无过渡期待遇",
            source=("open", "assessed", "explained"),
            target="not_required",
            roles=(Role.TASK_FORCE,),
            part=Part.RECORD,
            form=Grounds,
            guards=(nothing_due(_due),),
            effect=_nothing_left,
        ),
    ),
)
"""Transitional benefits; a case may close while they are in force, since each has its own term."""
