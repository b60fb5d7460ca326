"""Membership 成员身份 as the share track establishes it: surveyed, proposed, posted, confirmed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from pydantic import Field
from typing_extensions import override

from conversion.domain.collections import put
from conversion.domain.right import Membership, MembershipStanding
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.ground import Ground
from conversion.policy.pack import PackOnDay
from conversion.policy.rules.membership import propose_membership
from conversion.workflows.choice import Choice
from conversion.workflows.facts import household_facts
from conversion.workflows.guards import members_named
from conversion.workflows.publicity import closed_notice
from conversion.workflows.step import CaseCircumstances, Check, Form, Guard


class Survey(Form):
    """What the survey found on single members, by the pack's codes."""

    findings: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, title="摸底情况（成员序号=情况代码）"
    )

    @classmethod
    @override
    def choices(cls, pack: PackOnDay) -> tuple[Choice, ...]:
        """What the survey may establish, each with its ground."""
        grounds = dict[str, Ground]()
        for ground in pack.grounds:
            if ground.finding:
                grounds.setdefault(ground.finding, ground)
        return tuple(_choice(code, ground, pack) for code, ground in grounds.items())


def _choice(code: str, ground: Ground, pack: PackOnDay) -> Choice:
    return Choice(
        code=code,
        title=ground.title,
        meaning=ground.effect.label,
        papers=ground.evidence,
        clause=f"{pack.reference(ground.reference)}{'，示例' if ground.illustrative else ''}",
    )


def propose(c: CaseCircumstances) -> Decision:
    """The proposal for every member, on what the survey found."""
    findings = c.form.findings if isinstance(c.form, Survey) else {}
    facts = household_facts(c)
    decided = {
        serial: propose_membership(m, facts, c.pack, findings=findings.get(serial, ()))
        for serial, m in c.case.members.items()
    }
    return _together(decided)


def _together(decided: Mapping[str, Decision]) -> Decision:
    """One decision over all members; each person's reasons keep the person's serial."""
    references = (r for d in decided.values() for r in d.references)
    parameters = (p for d in decided.values() for p in d.parameters)
    return Decision(
        rule="membership",
        granted=True,
        reasons=tuple(f"成员{s}：{''.join(d.reasons)}" for s, d in decided.items()),
        references=tuple(dict.fromkeys(references)),
        facts={serial: d.facts for serial, d in decided.items()},
        parameters=tuple({p.name: p for p in parameters}.values()),
        lines=tuple(line for d in decided.values() for line in d.lines),
        rows=tuple(row for d in decided.values() for row in d.rows),
    )


def memberships(c: CaseCircumstances, decision: Decision | None) -> tuple[Change, ...]:
    """The effect of a proposal: a row for each member of whom nobody else decides or has decided.

    A list that is rectified and proposed again leaves a dispute, and what ended it, as they are.
    """
    assert decision is not None
    kept = {m.member for m in c.case.memberships.values() if m.standing not in _OPEN}
    rows = (row for row in decision.rows_of(Membership) if row.member not in kept)
    return tuple(put("memberships", row.key, row) for row in rows)


_OPEN = {
    MembershipStanding.PROPOSED,
    MembershipStanding.NOT_PROPOSED,
    MembershipStanding.UNSETTLED,
}


def _findings_of_members(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Survey)
    return members_named(tuple(c.form.findings), c)


def _findings_known(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Survey)
    known = {ground.finding for ground in c.pack.grounds if ground.finding}
    told = {code for codes in c.form.findings.values() for code in codes}
    return Check(
        satisfied=told <= known,
        found=f"政策包没有这些情况：{'、'.join(sorted(told - known))}"
        if told - known
        else "情况代码均在政策包中",
        remedy=f"使用政策包的情况代码：{'、'.join(sorted(known))}",
    )


def _base_date_over(c: CaseCircumstances) -> Check:
    """The base date counts to its last minute (民法典 203)."""
    day = c.programme.base_date
    after = day + timedelta(days=1) if day else None
    return Check(
        satisfied=after is not None and c.day >= after,
        found=f"基准日 {day:%Y-%m-%d}" if day else "尚未确定基准日",
        remedy="基准日过后再提出成员身份意见",
        earliest=after,
    )


def _everyone_decided(c: CaseCircumstances) -> Check:
    left_out = [m.name for serial, m in c.case.members.items() if serial not in c.case.memberships]
    return Check(
        satisfied=not left_out,
        found=f"未提出意见：{'、'.join(left_out)}" if left_out else "每名成员均有意见",
        remedy="更正后重新提出成员身份意见",
    )


def _everyone_settled(c: CaseCircumstances) -> Check:
    """Whoever has to be cleared up first holds up the household, as 两头占 and 两头空 do."""
    rows = c.case.memberships.values()
    unclear = [m.member for m in rows if m.standing is MembershipStanding.UNSETTLED]
    return Check(
        satisfied=not unclear,
        found=f"成员身份暂未确定：{'、'.join(unclear)}" if unclear else "各成员都有明确意见",
        remedy="核对或者会议讨论以后，退回（rectify_members）按结论重新提出；"
        "由调解、仲裁、诉讼处理的，登记争议（dispute_membership）",
    )


_CONFIRMED = {
    MembershipStanding.PROPOSED: MembershipStanding.CONFIRMED,
    MembershipStanding.NOT_PROPOSED: MembershipStanding.NOT_CONFIRMED,
}


def confirm(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The effect of the confirmation: the notice taken down, each proposal made final."""
    rows = c.case.memberships.values()
    confirmed = (
        row.model_copy(update={"standing": _CONFIRMED.get(row.standing, row.standing)})
        for row in rows
    )
    changes = (put("memberships", row.key, row) for row in confirmed)
    return (closed_notice(c, "shares"), *changes)


def with_standing(
    c: CaseCircumstances, member: str, standing: MembershipStanding, reason: str
) -> Change:
    """One person's membership set otherwise, with what it rests on now."""
    update = {"standing": standing, "reason": reason}
    row = c.case.memberships[member].model_copy(update=update)
    return put("memberships", row.key, row)


def confirmed_members(c: CaseCircumstances) -> set[str]:
    """Serials of the confirmed members."""
    rows = c.case.memberships.values()
    return {m.member for m in rows if m.standing is MembershipStanding.CONFIRMED}


EVERYONE_DECIDED: Final[Guard[CaseCircumstances]] = Guard(
    rule="everyone_decided",
    title="每名成员均已提出意见",
    test=_everyone_decided,
)

EVERYONE_SETTLED: Final[Guard[CaseCircumstances]] = Guard(
    rule="everyone_settled",
    title="没有成员身份暂未确定的人",
    test=_everyone_settled,
)

FINDINGS: Final[tuple[Guard[CaseCircumstances], ...]] = (
    Guard(
        rule="findings_of_members",
        title="所列成员均在本户",
        test=_findings_of_members,
        reads_form=True,
    ),
    Guard(
        rule="findings_known",
        title="情况代码在政策包中",
        test=_findings_known,
        reads_form=True,
    ),
)

BASE_DATE_OVER: Final[Guard[CaseCircumstances]] = Guard(
    rule="base_date_over",
    title="基准日已过",
    test=_base_date_over,
)
