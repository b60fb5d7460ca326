"""Entitlement mapping 权利义务对接: each right and duty handed to the department it concerns.

The statement 权益告知单 is printed when every row has its receipt or its reason.
"""

from typing import Final

from pydantic import Field

from conversion.documents.entitlement_statement import ENTITLEMENT_STATEMENT
from conversion.domain.collections import replaced
from conversion.domain.right import Entitlement, EntitlementStatus
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.deadline import Deadline
from conversion.policy.decision import Decision
from conversion.policy.rules.entitlement import map_entitlements
from conversion.workflows.department_rows import (
    ROWS_NAMED,
    DepartmentReceipt,
    acknowledge,
    all_departments,
    departments_at,
    has_rows,
    others_done,
    put_all,
    settle,
)
from conversion.workflows.facts import household_facts
from conversion.workflows.forms import Grounds
from conversion.workflows.guards import APPROVED, nothing_due, requires
from conversion.workflows.need import Need
from conversion.workflows.paper_life import reissue_step
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
from conversion.workflows.term import Term


class Addressees(Form):
    """The department for each row that the pack doesn't know, such as an unlisted benefit.

    And for what is given in several ways, such as home care, the one that the person chose.
    """

    departments: dict[str, str] = Field(default_factory=dict, title="主管部门（事项=部门）")
    modes: dict[str, str] = Field(default_factory=dict, title="选定的方式（事项/成员序号=方式）")


def _map(c: CaseCircumstances) -> Decision:
    return map_entitlements(household_facts(c), tuple(c.case.benefits.values()), c.pack)


def _mapped(c: CaseCircumstances, decision: Decision | None) -> tuple[Change, ...]:
    assert decision is not None
    rows = {row.key: row for row in decision.rows_of(Entitlement)}
    return replaced("entitlements", c.case.entitlements, rows)


def _nothing_left(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    return replaced("entitlements", c.case.entitlements, {})


BENEFITS_ASSESSED: Final[Guard[CaseCircumstances]] = requires(
    "benefits_assessed",
    "过渡期待遇已核定",
    Need(level="benefits", states=("open",), outside=True),
    found=("过渡期待遇已核定", "过渡期待遇尚未核定"),
    remedy="先核定过渡期待遇",
)

ANSWERED: Final = Need(
    level="hukou", states=("registered", "handed_over", "refused", "not_required")
)
"""Where the police have answered: rows that start with the registration have their day or none."""

HUKOU_ANSWERED: Final[Guard[CaseCircumstances]] = requires(
    "hukou_answered",
    "户口事项已有结果",
    ANSWERED,
    found=("户口事项已有结果", "户口事项尚无结果"),
    remedy="待户口登记、不予登记或者确认无需转换后办理",
)


def _due(c: CaseCircumstances) -> str:
    answered, count = HUKOU_ANSWERED.test(c), len(_map(c).rows)
    if not answered.satisfied:
        return answered.found
    return f"应对接事项 {count} 项" if count else ""


def _addressed(c: CaseCircumstances) -> tuple[Entitlement, ...]:
    """Every row with the department it goes to, and the way in which it shall be given."""
    assert isinstance(c.form, Addressees)
    told, modes = c.form.departments, c.form.modes
    return tuple(
        row.model_copy(
            update={
                "department": c.pack.department_now(row.department or told.get(key, "")),
                "mode": modes.get(key, row.mode),
            }
        )
        for key, row in c.case.entitlements.items()
    )


def _all_addressed(c: CaseCircumstances) -> Check:
    known = c.pack.departments
    lost = [row.key for row in _addressed(c) if row.department not in known]
    return Check(
        satisfied=not lost,
        found=f"没有主管部门：{'、'.join(lost)}" if lost else "每项都有主管部门",
        remedy="填写政策包所列的主管部门",
    )


def _choices(c: CaseCircumstances) -> dict[str, tuple[str, ...]]:
    """Row of the household → the ways in which its community gives it, where there are several."""
    community = c.programme.village.community_name
    ways = {row.id: row.modes_in(community) for row in c.pack.entitlements if row.modes}
    return {key: ways[row.item] for key, row in c.case.entitlements.items() if row.item in ways}


def _modes_offered(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Addressees)
    ways = _choices(c)
    lost = [key for key, mode in c.form.modes.items() if mode not in ways.get(key, ())]
    choices = "；".join(f"{key}：{'、'.join(modes)}" for key, modes in ways.items())
    return Check(
        satisfied=not lost,
        found=f"本社区没有这样的方式：{'、'.join(lost)}" if lost else "所选的方式本社区都有",
        remedy=f"从中选一种填写：{choices or '本户没有要选方式的事项'}",
    )


def _dispatch(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    return put_all(_addressed(c), EntitlementStatus.DISPATCHED)


ENTITLEMENTS: Final[Track[CaseCircumstances]] = Track(
    name="entitlements",
    title="权利义务对接",
    states={
        "open": "未对接",
        "mapped": "已列明",
        "dispatched": "已推送部门",
        "acknowledged": "部门已受理",
        "settled": "已落实",
        "signed": "告知单已签收",
        "not_required": "无需对接",
    },
    initial="open",
    final=("signed", "not_required"),
    steps=(
        Step(
            event="map",
            title="列明权利义务",
            source=("open",),
            target="mapped",
            roles=(Role.TASK_FORCE,),
            part=Part.ENTER,
            for_many=True,
            guards=(
                APPROVED,
                BENEFITS_ASSESSED,
                HUKOU_ANSWERED,
            ),
            decide=_map,
            effect=_mapped,
        ),
        Step(
            event="dispatch",
            title="推送部门",
            source=("mapped",),
            target="dispatched",
            roles=(Role.TASK_FORCE,),
            part=Part.RECORD,
            term=Term(
                deadline=Deadline.DEPARTMENT_ACKNOWLEDGEMENT,
                roles=(Role.DEPARTMENT,),
                departments=departments_at(EntitlementStatus.DISPATCHED),
            ),
            for_many=True,
            form=Addressees,
            guards=(
                Guard(
                    rule="all_addressed",
                    title="每项都有主管部门",
                    test=_all_addressed,
                    reads_form=True,
                ),
                Guard(
                    rule="modes_offered",
                    title="所选的方式是本社区提供的",
                    test=_modes_offered,
                    reads_form=True,
                ),
            ),
            effect=_dispatch,
        ),
        Step(
            event="acknowledge",
            title="部门受理",
            source=("dispatched",),
            target="acknowledged",
            roles=(Role.DEPARTMENT,),
            part=Part.RECORD,
            term=Term(
                deadline=Deadline.DEPARTMENT_RECEIPT,
                roles=(Role.DEPARTMENT,),
                departments=departments_at(EntitlementStatus.ACKNOWLEDGED),
            ),
            for_many=True,
            guards=(has_rows(EntitlementStatus.DISPATCHED),),
            effect=acknowledge,
            completes=others_done(EntitlementStatus.DISPATCHED),
            departments=all_departments,
        ),
        Step(
            event="settle",
            title="部门落实",
            source=("acknowledged",),
            target="settled",
            roles=(Role.DEPARTMENT,),
            part=Part.RECORD,
            for_many=True,
            form=DepartmentReceipt,
            guards=(
                has_rows(EntitlementStatus.ACKNOWLEDGED),
                ROWS_NAMED,
            ),
            effect=settle,
            completes=others_done(EntitlementStatus.ACKNOWLEDGED),
            departments=all_departments,
        ),
        Step(
            event="sign_statement",
            title="签收权益告知单",
            source=("settled",),
            target="signed",
            roles=(Role.TASK_FORCE,),
            part=Part.RECORD,
            evidence=(Evidence(id="statement_signature", title="权益告知单签收栏"),),
            guards=(APPROVED,),
            documents=(ENTITLEMENT_STATEMENT,),
        ),
        reissue_step(("signed",), (Role.TASK_FORCE,), ENTITLEMENT_STATEMENT),
        Step(
            event="waive",
            title="确认无需对接",
            source=("open", "mapped", "dispatched", "acknowledged", "settled"),
            target="not_required",
            roles=(Role.TASK_FORCE,),
            part=Part.RECORD,
            form=Grounds,
            guards=(nothing_due(_due, ANSWERED),),
            effect=_nothing_left,
        ),
    ),
)
"""Entitlement mapping; acknowledging and settling are done by each department for its own rows."""
