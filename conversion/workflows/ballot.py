"""Votes 表决 of the village: the ballot as counted, its quorum, and the record it leaves."""

from collections.abc import Callable
from datetime import date
from typing import Final

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.programme import Vote
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.quorum import meets_quorum
from conversion.workflows import publicity
from conversion.workflows.guards import past_day
from conversion.workflows.step import Check, Evidence, Form, Guard, ProgrammeCircumstances


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


def vote(c: ProgrammeCircumstances, matter: str) -> Vote:
    """The vote that a ballot records on a matter."""
    assert isinstance(c.form, Ballot)
    ballot = c.form.model_dump(exclude={"version"})
    serial = f"V{len(c.programme.votes) + 1:02d}"
    return Vote(serial=serial, matter=matter, passed=True, **ballot)


def quorum(matter: str) -> Callable[[ProgrammeCircumstances], Decision]:
    """The rule that decides whether a vote carries the matter."""
    return lambda c: meets_quorum(vote(c, matter), c.pack)


def voted(matter: str) -> Callable[[ProgrammeCircumstances, Decision | None], tuple[Change, ...]]:
    """A vote is recorded as passed only by a step that its quorum rule granted."""
    return lambda c, _decision: (put("votes", vote(c, matter).key, vote(c, matter)),)


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


HELD: Final = past_day("held_on", "会议日期")

MINUTES: Final = (
    Evidence(id="attendance", title="签到册"),
    Evidence(id="count_sheet", title="计票单"),
    Evidence(id="minutes", title="会议记录"),
)

MET_AFTER_NOTICE: Final[Guard[ProgrammeCircumstances]] = Guard(
    rule="met_after_notice",
    title="会议在方案公示期满后召开",
    test=_met_after_notice,
    reads_form=True,
)
