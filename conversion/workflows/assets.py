"""The asset reform 资产改革 of the village: assets verified, roll confirmed, share plan adopted.

It begins at the base date and then goes beside the programme: hukou never waits for shares.
"""

from typing import Final

from pydantic import Field

from conversion.documents.count_sheet import COUNT_SHEET
from conversion.domain.collections import put
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.dividend import Income, may_be_distributed
from conversion.workflows.ballot import (
    COUNT,
    Ballot,
    PlanBallot,
    counted,
    quorum,
    tellers,
    vote,
    voted,
)
from conversion.workflows.guards import milestone, no_case_in
from conversion.workflows.meeting import meeting_named
from conversion.workflows.rounds import LISTS_BEFORE_VOTE
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


class AssetReport(Form):
    """What the inventory established, in 分."""

    asset_value: int = Field(title="经营性净资产（分）", ge=0)
    report: str = Field(title="评估报告文号", min_length=2, max_length=100)


def _adopted(c: ProgrammeCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    held = vote(c, "adopt_share_plan")
    return (put("votes", held.key, held), *c.plan)


def _plan_computed(c: ProgrammeCircumstances) -> Check:
    computed = "已按确认名册测算" if c.plan else "尚未测算"
    return Check(
        satisfied=bool(c.plan) and not c.plan_faults,
        found="".join(c.plan_faults).removesuffix("。") or computed,
        remedy="由系统按已确认成员测算后提请表决；方案编号和持股上限以政策包为准",
    )


def _met_after_roll(c: ProgrammeCircumstances) -> Check:
    """A plan is over the members of the roll: no meeting before it can have had it to decide on."""
    meeting, confirmed = meeting_named(c), c.programme.reached_on("roll_confirmed")
    held_on = meeting.held_on if meeting else None
    return Check(
        satisfied=held_on is not None and confirmed is not None and held_on > confirmed,
        found=f"会议日期 {held_on or '未登记'}，成员名册 {confirmed or '尚未'} 表决登记",
        remedy="成员名册表决、成员身份确认以后，另行召集会议表决折股量化方案",
    )


class DividendForm(Form):
    """One year's income and what comes off it before the distribution, in 分."""

    year: int = Field(title="分配年度", ge=1990, le=9999)
    net_income: int = Field(title="本年净收益（分）", ge=0)
    loss_cover: int = Field(default=0, title="弥补以前年度亏损（分）", ge=0)
    reserve_fund: int = Field(title="提取公积公益金（分）", ge=0)


def _dividend(c: ProgrammeCircumstances) -> Decision:
    assert isinstance(c.form, DividendForm)
    told = c.form.model_dump(include={"net_income", "loss_cover", "reserve_fund"})
    units = c.run.units if c.run else 0
    return may_be_distributed(Income(**told), units, c.pack)


def _distributed(c: ProgrammeCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert c.run, "a form that can be read has been worked out"
    return (put("dividend_runs", c.run.key, c.run),)


def _once_a_year(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, DividendForm)
    years = {run.year for run in c.programme.dividend_runs.values()}
    done = "、".join(map(str, sorted(years))) or "无"
    return Check(
        satisfied=c.form.year not in years and c.form.year <= c.day.year,
        found=f"已分配的年度：{done}",
        remedy="填写决算已经完成、尚未分配的年度",
    )


ASSETS: Final[Track[ProgrammeCircumstances]] = Track(
    name="assets",
    title="资产改革",
    states={
        "open": "未清产核资",
        "inventoried": "清产核资已完成",
        "roll_confirmed": "成员名册已确认",
        "plan_adopted": "股权方案已通过",
    },
    initial="open",
    final=("plan_adopted",),
    steps=(
        Step(
            event="verify_assets",
            title="清产核资",
            source=("open",),
            target="inventoried",
            roles=(Role.SUPERVISORS,),
            part=Part.EXAMINE,
            form=AssetReport,
            guards=(milestone("dated"),),
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
            evidence=COUNT,
            guards=(
                counted("confirm_roll"),
                Guard(
                    rule="roll_complete",
                    title="各户成员名单均已公示",
                    test=no_case_in("shares", ("open", "members_proposed")),
                ),
                LISTS_BEFORE_VOTE,
            ),
            decide=quorum("confirm_roll"),
            effect=voted("confirm_roll"),
            documents=(COUNT_SHEET,),
            tells=tellers,
        ),
        Step(
            event="adopt_share_plan",
            title="登记股权方案表决",
            source=("roll_confirmed",),
            target="plan_adopted",
            roles=(Role.SUPERVISORS,),
            part=Part.EXAMINE,
            form=PlanBallot,
            evidence=(*COUNT, Evidence(id="legality_opinion", title="合法性审查意见")),
            guards=(
                counted("adopt_share_plan"),
                Guard(
                    rule="met_after_roll",
                    title="会议在成员名册表决之后召开",
                    test=_met_after_roll,
                    reads_form=True,
                ),
                Guard(
                    rule="members_confirmed",
                    title="各户成员身份均已确认",
                    test=no_case_in(
                        "shares",
                        ("open", "members_proposed", "members_on_notice", "members_objected"),
                    ),
                ),
                Guard(
                    rule="plan_computed",
                    title="折股方案已测算",
                    test=_plan_computed,
                ),
            ),
            decide=quorum("adopt_share_plan"),
            effect=_adopted,
            elsewhere=lambda c, _decision: c.set_aside,
            documents=(COUNT_SHEET,),
            tells=tellers,
        ),
        Step(
            event="distribute",
            title="分配年度收益",
            source=("plan_adopted",),
            target=None,
            roles=(Role.SUPERVISORS,),
            part=Part.RECORD,
            form=DividendForm,
            evidence=(
                Evidence(id="annual_accounts", title="年度财务决算报告"),
                Evidence(id="distribution_resolution", title="成员（代表）会议通过的收益分配方案"),
            ),
            guards=(
                Guard(
                    rule="year_undistributed",
                    title="该年度尚未分配",
                    test=_once_a_year,
                    reads_form=True,
                ),
            ),
            decide=_dividend,
            effect=_distributed,
            elsewhere=lambda c, _decision: c.payouts,
        ),
    ),
)
"""The asset reform of one village, in the programme's chain."""
