"""The case 案件: from application through village, street, departments and district to archive."""

from typing import Final

from pydantic import Field

from conversion.documents.approval_form import APPROVAL_FORM
from conversion.domain.collections import remove
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.deadline import Deadline
from conversion.policy.decision import Decision
from conversion.workflows.accepting import ACCEPT, REVIEW, REVIEWED_FROM
from conversion.workflows.closing import PAPERS_ISSUED, TRACKS_SETTLED
from conversion.workflows.correction import SOUND, Resubmission, corrected_rows
from conversion.workflows.countersigning import (
    DEPARTMENT_DUE,
    countersign,
    countersigning_departments,
    is_last_department,
    waiting_departments,
)
from conversion.workflows.delivering import delivery_steps
from conversion.workflows.forms import Grounds, Opinion
from conversion.workflows.guards import milestone
from conversion.workflows.holding import holding_steps
from conversion.workflows.indexing import INDEX_FILE
from conversion.workflows.lists import HOUSEHOLD_LIST
from conversion.workflows.losing import losing_steps
from conversion.workflows.objection import moot, objection_steps, objections_settled
from conversion.workflows.overriding import overriding_steps
from conversion.workflows.paper_life import recall_paper_step, reissue_step
from conversion.workflows.paper_voiding import paper_voiding_steps
from conversion.workflows.publicity import (
    REMOVAL_PHOTO,
    Removal,
    closed_notice,
    found_as_posted,
    list_unchanged,
    posting_step,
    window_over,
    withdrawn_notice,
)
from conversion.workflows.refusing import REFUSE
from conversion.workflows.reminding import remind_step
from conversion.workflows.reopening import reopening_steps
from conversion.workflows.replacing import replacing_steps
from conversion.workflows.returning import RETURN
from conversion.workflows.revoking import REVOKE
from conversion.workflows.step import (
    CaseCircumstances,
    Evidence,
    Part,
    Step,
    Track,
)
from conversion.workflows.term import Term
from conversion.workflows.unsigned import RECORD_UNSIGNED
from conversion.workflows.voiding import void_step


class Approval(Opinion):
    """The district's approval."""

    decision_number: str = Field(title="批准文号", min_length=2, max_length=60)


def _resubmit(c: CaseCircumstances, decision: Decision | None) -> tuple[Change, ...]:
    """Countersignatures given on the rows before the correction don't outlive it."""
    given_before = (remove("countersignatures", key) for key in c.case.countersignatures)
    return (*corrected_rows(c, decision), *given_before)


def _close_notice(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    return (closed_notice(c, "case"),)


def _withdraw(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The list comes down, and what was objected to it is beside the point."""
    return (*withdrawn_notice(c, "case", "申请已撤回"), *moot(c, "case", "申请已撤回"))


BEFORE_APPROVAL = (
    "draft",
    "accepted",
    "returned",
    "reviewed",
    "on_notice",
    "objected",
    "noticed",
    "examined",
    "countersigned",
)

STATES: Final = {
    "draft": "草稿",
    "accepted": "已受理",
    "returned": "退回补正",
    "reviewed": "村级已初审",
    "on_notice": "公示中",
    "objected": "异议处理中",
    "noticed": "公示期满",
    "examined": "镇（街道）已审核",
    "countersigned": "部门已会签",
    "approved": "已批准",
    "closed": "已办结",
    "correcting": "更正中",
    "archived": "已归档",
    "refused": "不予批准",
    "revoked": "已撤销",
    "withdrawn": "已撤回",
    "merged": "已并户",
    "extinct": "整户消亡",
}

ENTERED: Final = tuple(state for state in STATES if state != "draft")
"""The states in which a household may hold papers."""

CASE: Final[Track[CaseCircumstances]] = Track(
    name="case",
    title="案件",
    states=STATES,
    initial="draft",
    final=("archived", "refused", "revoked", "withdrawn", "merged", "extinct"),
    arrivals=("merged", "extinct"),
    steps=(
        ACCEPT,
        RETURN,
        Step(
            event="resubmit",
            title="补正后重新提交",
            source=("returned",),
            target="accepted",
            roles=(Role.TASK_FORCE,),
            part=Part.ENTER,
            term=REVIEW,
            form=Resubmission,
            evidence=(Evidence(id="corrected_papers", title="补正材料"),),
            guards=SOUND,
            effect=_resubmit,
        ),
        Step(
            event="review",
            title="村级初审",
            source=("accepted",),
            target="reviewed",
            roles=(Role.VILLAGE,),
            part=Part.EXAMINE,
            term=Term(
                deadline=Deadline.POSTING,
                roles=(Role.VILLAGE,),
            ),
            for_many=True,
            form=Opinion,
            guards=(milestone(REVIEWED_FROM),),
        ),
        posting_step(
            HOUSEHOLD_LIST,
            "post",
            "张榜公示",
            (Role.VILLAGE,),
            term=Term(
                deadline=Deadline.NOTICE_REMOVAL,
                roles=(Role.VILLAGE,),
                after_notice=True,
            ),
        ),
        *objection_steps(
            HOUSEHOLD_LIST,
            (Role.TASK_FORCE, Role.VILLAGE, Role.STREET),
            (Role.VILLAGE, Role.STREET),
        ),
        void_step(HOUSEHOLD_LIST, (Role.VILLAGE, Role.STREET, Role.TASK_FORCE)),
        Step(
            event="close_notice",
            title="公示期满取证",
            source=("on_notice",),
            target="noticed",
            roles=(Role.VILLAGE,),
            part=Part.RECORD,
            term=Term(
                deadline=Deadline.EXAMINATION,
                roles=(Role.STREET,),
            ),
            for_many=True,
            form=Removal,
            evidence=(REMOVAL_PHOTO,),
            guards=(
                window_over("case"),
                objections_settled("case"),
                found_as_posted("case"),
                list_unchanged(HOUSEHOLD_LIST),
            ),
            effect=_close_notice,
        ),
        Step(
            event="examine",
            title="镇（街道）审核",
            source=("noticed",),
            target="examined",
            roles=(Role.STREET,),
            part=Part.EXAMINE,
            term=Term(
                deadline=Deadline.COUNTERSIGNING,
                roles=(Role.DEPARTMENT,),
                departments=waiting_departments,
            ),
            for_many=True,
            form=Opinion,
        ),
        Step(
            event="countersign",
            title="部门会签",
            source=("examined",),
            target="countersigned",
            roles=(Role.DEPARTMENT,),
            part=Part.EXAMINE,
            term=Term(
                deadline=Deadline.APPROVAL,
                roles=(Role.DISTRICT,),
            ),
            for_many=True,
            form=Opinion,
            guards=(DEPARTMENT_DUE,),
            effect=countersign,
            completes=is_last_department,
            departments=countersigning_departments,
        ),
        Step(
            event="approve",
            title="批准",
            source=("countersigned",),
            target="approved",
            roles=(Role.DISTRICT,),
            part=Part.APPROVE,
            for_many=True,
            form=Approval,
            documents=(APPROVAL_FORM,),
        ),
        REFUSE,
        Step(
            event="withdraw",
            title="撤回申请",
            source=BEFORE_APPROVAL,
            target="withdrawn",
            roles=(Role.TASK_FORCE,),
            part=Part.RECORD,
            form=Grounds,
            evidence=(Evidence(id="withdrawal_request", title="农户撤回申请书"),),
            effect=_withdraw,
        ),
        Step(
            event="close",
            title="办结",
            source=("approved",),
            target="closed",
            roles=(Role.TASK_FORCE,),
            part=Part.RECORD,
            term=Term(
                deadline=Deadline.HANDOVER,
                roles=(Role.TASK_FORCE,),
            ),
            for_many=True,
            guards=(TRACKS_SETTLED,),
        ),
        Step(
            event="archive",
            title="归档",
            source=("closed",),
            target="archived",
            roles=(Role.TASK_FORCE,),
            part=Part.RECORD,
            for_many=True,
            evidence=(Evidence(id="archive_manifest", title="案卷目录"),),
            guards=(PAPERS_ISSUED,),
        ),
        *reopening_steps(),
        REVOKE,
        reissue_step(("approved", "closed"), (Role.TASK_FORCE,), APPROVAL_FORM),
        recall_paper_step(("approved", "correcting", "closed", "archived", "revoked")),
        INDEX_FILE,
        *delivery_steps(ENTERED),
        *replacing_steps(ENTERED),
        *losing_steps(ENTERED),
        *paper_voiding_steps(ENTERED),
        RECORD_UNSIGNED,
        *holding_steps(STATES),
        remind_step(STATES),
        *overriding_steps((*BEFORE_APPROVAL, "approved", "closed")),
    ),
)
"""The case of one household."""
