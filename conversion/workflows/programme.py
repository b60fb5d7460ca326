"""The programme of one village: from the draft plan to the accepted community.

Households ask it for the milestone they need, never for "the previous phase". The asset reform goes
its own way beside it: the approval, and with it the hukou, never waits for the shares.
"""

from datetime import date
from typing import Final

from pydantic import Field

from conversion.documents.count_sheet import COUNT_SHEET
from conversion.documents.void_announcement import VILLAGE_VOID_ANNOUNCEMENT
from conversion.domain.collections import put
from conversion.domain.programme import BaseDate
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.appointing import appointing_steps
from conversion.workflows.ballot import (
    COUNT,
    FAIL_VOTE,
    MET_AFTER_NOTICE,
    Ballot,
    counted,
    quorum,
    tellers,
    voted,
)
from conversion.workflows.forms import Opinion
from conversion.workflows.guards import no_case_in
from conversion.workflows.handing_over import HANDING_OVER
from conversion.workflows.holding import holding_steps, resume_households
from conversion.workflows.list_issue import LIST_ISSUE
from conversion.workflows.lists import PLAN_LIST
from conversion.workflows.meeting import CALL_MEETING, RECORD_ATTENDANCE
from conversion.workflows.minutes import MINUTE_MEETING
from conversion.workflows.paper_voiding import paper_voiding_steps
from conversion.workflows.publicity import (
    REMOVAL_PHOTO,
    Removal,
    closed_notice,
    found_as_posted,
    posting_step,
    window_over,
)
from conversion.workflows.step import (
    Evidence,
    Form,
    Guard,
    Part,
    ProgrammeCircumstances,
    Step,
    Track,
)
from conversion.workflows.stocking import stocking_steps
from conversion.workflows.voiding import void_step


class BaseDateForm(Form):
    """The base date the meeting fixed."""

    base_date: date = Field(title="基准日")


class NoticedBallot(Removal, Ballot):
    """The vote on the plan that hung, and how the plan was found when it was taken down."""


class Instrument(Opinion):
    """A decision of the district, by its number."""

    number: str = Field(title="文号", min_length=2, max_length=60)


def _base_date(c: ProgrammeCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, BaseDateForm)
    return (put("base_date", "base_date", BaseDate(day=c.form.base_date)),)


def _resolved(c: ProgrammeCircumstances, decision: Decision | None) -> tuple[Change, ...]:
    return (closed_notice(c, "programme"), *voted("resolve")(c, decision))


STATES: Final = {
    "drafting": "起草方案",
    "proposed": "方案已提出",
    "on_notice": "方案公示中",
    "resolved": "村民会议已表决",
    "dated": "基准日已定",
    "approved": "区政府已批复",
    "founded": "社区已成立",
    "accepted": "已验收",
    "archived": "已归档",
}

PROGRAMME: Final[Track[ProgrammeCircumstances]] = Track(
    name="programme",
    title="村改社区项目",
    states=STATES,
    initial="drafting",
    final=("archived",),
    steps=(
        Step(
            event="propose",
            title="提出实施方案",
            source=("drafting",),
            target="proposed",
            roles=(Role.TASK_FORCE,),
            part=Part.ENTER,
            evidence=(
                Evidence(id="plan_draft", title="实施方案（草案）"),
                Evidence(id="stability_report", title="社会稳定风险评估报告"),
            ),
        ),
        posting_step(PLAN_LIST, "publish_plan", "公示实施方案", (Role.VILLAGE,), for_many=False),
        void_step(PLAN_LIST, (Role.STREET, Role.TASK_FORCE), VILLAGE_VOID_ANNOUNCEMENT),
        Step(
            event="resolve",
            title="登记村民会议表决",
            source=("on_notice",),
            target="resolved",
            roles=(Role.VILLAGE,),
            part=Part.EXAMINE,
            form=NoticedBallot,
            evidence=(REMOVAL_PHOTO, *COUNT),
            guards=(
                window_over("programme"),
                found_as_posted("programme"),
                counted("resolve"),
                MET_AFTER_NOTICE,
            ),
            decide=quorum("resolve"),
            effect=_resolved,
            documents=(COUNT_SHEET,),
            tells=tellers,
        ),
        Step(
            event="fix_base_date",
            title="确定基准日",
            source=("resolved",),
            target="dated",
            roles=(Role.COLLECTIVE,),
            part=Part.RECORD,
            form=BaseDateForm,
            evidence=(Evidence(id="resolution", title="确定基准日的决议"),),
            effect=_base_date,
        ),
        Step(
            event="approve",
            title="区人民政府批复",
            source=("dated",),
            target="approved",
            roles=(Role.DISTRICT,),
            part=Part.APPROVE,
            form=Instrument,
        ),
        Step(
            event="found_community",
            title="成立社区",
            source=("approved",),
            target="founded",
            roles=(Role.STREET,),
            part=Part.RECORD,
            evidence=(Evidence(id="handover_list", title="印章账目移交清单"),),
        ),
        Step(
            event="accept",
            title="验收",
            source=("founded",),
            target="accepted",
            roles=(Role.DISTRICT,),
            part=Part.APPROVE,
            form=Opinion,
            guards=(
                Guard(
                    rule="cases_ended",
                    title="各户案件均已办结",
                    test=no_case_in(
                        "case",
                        (
                            "draft",
                            "accepted",
                            "returned",
                            "reviewed",
                            "on_notice",
                            "objected",
                            "noticed",
                            "examined",
                            "countersigned",
                            "approved",
                            "correcting",
                        ),
                    ),
                ),
            ),
        ),
        Step(
            event="archive",
            title="归档",
            source=("accepted",),
            target="archived",
            roles=(Role.TASK_FORCE,),
            part=Part.RECORD,
            evidence=(Evidence(id="archive_manifest", title="项目案卷目录"),),
        ),
        *holding_steps(STATES, elsewhere=resume_households),
        *appointing_steps(STATES),
        CALL_MEETING,
        RECORD_ATTENDANCE,
        FAIL_VOTE,
        MINUTE_MEETING,
        LIST_ISSUE,
        HANDING_OVER,
        *paper_voiding_steps(STATES),
        *stocking_steps(STATES),
    ),
)
"""The programme of one village."""
