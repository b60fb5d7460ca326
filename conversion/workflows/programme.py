"""The programme of one village: from the draft plan to the accepted community.

Households ask it for the milestone they need, never for "the previous phase".
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.programme import BaseDate, Vote
from conversion.domain.role import Role
from conversion.domain.standing import Change, Json
from conversion.policy.decision import Decision
from conversion.policy.rules.quorum import meets_quorum
from conversion.workflows import publicity
from conversion.workflows.forms import Opinion
from conversion.workflows.guards import past_day
from conversion.workflows.step import (
    Check,
    Evidence,
    Form,
    Guard,
    Part,
    ProgrammeCircumstances,
    Step,
    Track,
)

ORGANIC_LAW = "村民委员会组织法"


class Ballot(Form):
    """A vote as counted."""

    body: str = Field(title="表决机构", min_length=2, max_length=40)
    noticed_on: date = Field(title="会议通知日期")
    held_on: date = Field(title="会议日期")
    eligible: int = Field(title="应到人数", gt=0)
    present: int = Field(title="到会人数", ge=0)
    proxies: int = Field(default=0, title="其中委托", ge=0)
    in_favour: int = Field(title="同意", ge=0)
    against: int = Field(title="反对", ge=0)
    abstained: int = Field(title="弃权", ge=0)


class PlanBallot(Ballot):
    """The vote on the share plan."""

    version: str = Field(title="方案版本", min_length=1, max_length=20)


class BaseDateForm(Form):
    """The base date the meeting fixed."""

    base_date: date = Field(title="基准日")


class AssetReport(Form):
    """What the inventory established, in 分."""

    asset_value: int = Field(title="经营性净资产（分）", ge=0)
    report: str = Field(title="评估报告文号", min_length=2, max_length=100)


class Instrument(Opinion):
    """A decision of the district, by its number."""

    number: str = Field(title="文号", min_length=2, max_length=60)


def _vote(c: ProgrammeCircumstances, matter: str) -> Vote:
    assert isinstance(c.form, Ballot)
    ballot = c.form.model_dump(exclude={"version"})
    serial = f"V{len(c.programme.votes) + 1:02d}"
    return Vote(serial=serial, matter=matter, passed=True, **ballot)


def _quorum(matter: str) -> Callable[[ProgrammeCircumstances], Decision]:
    return lambda c: meets_quorum(_vote(c, matter), c.pack)


def _voted(matter: str) -> Callable[[ProgrammeCircumstances, Decision | None], tuple[Change, ...]]:
    """A vote is recorded as passed only by a step that its quorum rule granted."""
    return lambda c, _decision: (put("votes", _vote(c, matter).key, _vote(c, matter)),)


def _adopted(c: ProgrammeCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    vote = _vote(c, "adopt_share_plan")
    return (put("votes", vote.key, vote), *c.plan)


def _base_date(c: ProgrammeCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, BaseDateForm)
    return (put("base_date", "base_date", BaseDate(day=c.form.base_date)),)


def _met_after_notice(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, Ballot)
    notice = publicity.current_notice(c, "programme")
    if notice is None:
        return Check(satisfied=False, found="尚未公示", remedy="先公示实施方案")
    return Check(
        satisfied=c.form.held_on > notice.last_day,
        found=f"会议日期 {c.form.held_on:%Y-%m-%d}，方案公示至 {notice.last_day:%Y-%m-%d} 止",
        remedy="方案公示期满后再召开会议表决",
    )


def _no_case_in(level: str, states: tuple[str, ...]) -> Callable[[ProgrammeCircumstances], Check]:
    def test(c: ProgrammeCircumstances) -> Check:
        waiting = sum(c.tally.get(f"{level}.{state}", 0) for state in states)
        return Check(
            satisfied=not waiting,
            found=f"尚有 {waiting} 户未办到",
            remedy="办完这些户，或按程序撤回、不予批准",
        )

    return test


def _plan_computed(c: ProgrammeCircumstances) -> Check:
    return Check(
        satisfied=bool(c.plan),
        found="已按确认名册测算" if c.plan else "尚未测算",
        remedy="由系统按已确认成员测算后提请表决",
    )


def _plan_text(c: ProgrammeCircumstances) -> Json:
    village = c.programme.village
    return {"village": village.before, "community": village.after, "pack": village.pack}


HELD: Final = past_day("held_on", "会议日期", ORGANIC_LAW)

MINUTES: Final = (
    Evidence(id="attendance", title="签到册"),
    Evidence(id="count_sheet", title="计票单"),
    Evidence(id="minutes", title="会议记录"),
)

STATES: Final[Mapping[str, str]] = {
    "drafting": "起草方案",
    "proposed": "方案已提出",
    "on_notice": "方案公示中",
    "resolved": "村民会议已表决",
    "dated": "基准日已定",
    "inventoried": "清产核资已完成",
    "roll_confirmed": "成员名册已确认",
    "plan_adopted": "股权方案已通过",
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
        Step(
            event="publish_plan",
            title="公示实施方案",
            source=("proposed",),
            target="on_notice",
            roles=(Role.VILLAGE,),
            part=Part.RECORD,
            form=publicity.Post,
            evidence=(publicity.POSTING_PHOTO,),
            decide=publicity.window("plan"),
            effect=publicity.posting("programme", "plan", "村改社区实施方案公示", _plan_text),
        ),
        Step(
            event="resolve",
            title="登记村民会议表决",
            source=("on_notice",),
            target="resolved",
            roles=(Role.VILLAGE,),
            part=Part.EXAMINE,
            form=Ballot,
            evidence=(publicity.REMOVAL_PHOTO, *MINUTES),
            guards=(
                publicity.window_over("programme", ORGANIC_LAW),
                HELD,
                Guard(
                    rule="met_after_notice",
                    title="会议在方案公示期满后召开",
                    clause=ORGANIC_LAW,
                    test=_met_after_notice,
                    reads_form=True,
                ),
            ),
            decide=_quorum("resolve"),
            effect=_voted("resolve"),
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
            event="verify_assets",
            title="清产核资",
            source=("dated",),
            target="inventoried",
            roles=(Role.SUPERVISORS,),
            part=Part.EXAMINE,
            form=AssetReport,
            evidence=(Evidence(id="asset_report", title="清产核资报告及评估报告"),),
        ),
        Step(
            event="confirm_roll",
            title="登记成员名册表决",
            source=("inventoried",),
            target="roll_confirmed",
            roles=(Role.SUPERVISORS,),
            part=Part.EXAMINE,
            form=Ballot,
            evidence=MINUTES,
            guards=(
                HELD,
                Guard(
                    rule="roll_complete",
                    title="各户成员名单均已公示",
                    clause=ORGANIC_LAW,
                    test=_no_case_in("shares", ("open", "members_proposed")),
                ),
            ),
            decide=_quorum("confirm_roll"),
            effect=_voted("confirm_roll"),
        ),
        Step(
            event="adopt_share_plan",
            title="登记股权方案表决",
            source=("roll_confirmed",),
            target="plan_adopted",
            roles=(Role.SUPERVISORS,),
            part=Part.EXAMINE,
            form=PlanBallot,
            evidence=(*MINUTES, Evidence(id="legality_opinion", title="合法性审查意见")),
            guards=(
                HELD,
                Guard(
                    rule="members_confirmed",
                    title="各户成员身份均已确认",
                    clause=ORGANIC_LAW,
                    test=_no_case_in(
                        "shares",
                        ("open", "members_proposed", "members_on_notice", "members_objected"),
                    ),
                ),
                Guard(
                    rule="plan_computed",
                    title="折股方案已测算",
                    clause="折股量化方案",
                    test=_plan_computed,
                ),
            ),
            decide=_quorum("adopt_share_plan"),
            effect=_adopted,
        ),
        Step(
            event="approve",
            title="区人民政府批复",
            source=("plan_adopted",),
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
                    clause="村改社区验收办法",
                    test=_no_case_in(
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
    ),
)
"""The programme of one village."""
