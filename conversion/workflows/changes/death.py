"""Death 死亡: a member dies, and if it was the head there is a new one in the same act.

Before the base date the dead was no member; between base date and confirmation the dead counts and
the share falls to the estate; after the issue membership ends and the shares wait for the heirs
(民法典 13, 1121; 农村集体经济组织法 17). Shares are divided by the ledger, never by a death.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from pydantic import Field

from conversion.domain.case import Case
from conversion.domain.departed import Departure
from conversion.domain.household import Member
from conversion.domain.right import Membership, MembershipStanding
from conversion.policy.decision import Decision
from conversion.standards.marital_status import code_of as marital_status_of
from conversion.workflows.changes import headship
from conversion.workflows.changes.joining import decided
from conversion.workflows.changes.kind import Kind, Plan
from conversion.workflows.changes.leaving import departed, ended_rights
from conversion.workflows.changes.naming import MEMBER, NO_OPEN_OBJECTION
from conversion.workflows.guards import MAJORITY, past_day
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Form, Guard

AFTER_ISSUE = ("booked", "certified")
"""States of the shares in which they are a person's own, so that a death opens an inheritance."""

_KEPT = frozenset(
    {
        MembershipStanding.CONFIRMED,
        MembershipStanding.NOT_CONFIRMED,
        MembershipStanding.DISPUTED,
    }
)
"""Standings that a death leaves as they are: what is in dispute is decided for the estate."""

_SPOUSES = frozenset({"10", "11", "12"})
_WIDOWED: Final = marital_status_of("丧偶") or ""


class Death(Form):
    """A death, as the certificate says; if the head died, who is head now."""

    member: str = Field(title="死亡的成员（成员序号）", pattern=r"^\d{2,3}$")
    died_on: date = Field(title="死亡日期")
    paper: str = Field(title="死亡证明文号", min_length=2, max_length=200)
    new_head: str = Field(default="", title="新户主（成员序号；户主死亡时填写）")
    relations: dict[str, str] = Field(
        default_factory=dict, title="与新户主的关系（序号=代码；推不出时填写）"
    )


def _form(c: CaseCircumstances) -> Death:
    assert isinstance(c.form, Death)
    return c.form


def _new_head(c: CaseCircumstances) -> Check:
    """There is a new head if the head died and anybody is left, and none otherwise."""
    form = _form(c)
    dead, rest = c.case.members.get(form.member), _rest(c)
    due = bool(dead and dead.is_head and rest)
    if not due:
        return Check(satisfied=not form.new_head, found="户主不变", remedy="户主未变的，不填新户主")
    grown = {s for s, m in rest.items() if m.age_on(c.day) >= MAJORITY} or set(rest)
    head = rest.get(form.new_head)
    return Check(
        satisfied=form.new_head in grown,
        found=f"新户主为{head.name}" if head else "户主死亡，未填新户主",
        remedy="由本户成年成员推举新户主；没有成年人的，由监护人代为推举",
    )


def _rest(c: CaseCircumstances) -> dict[str, Member]:
    return {s: m for s, m in c.case.members.items() if s != _form(c).member}


def _relations_known(c: CaseCircumstances) -> Check:
    form, rest = _form(c), _rest(c)
    if not form.new_head and not form.relations:
        return Check(satisfied=True, found="与户主的关系不变")
    return headship.relations_known(rest, form.new_head, form.relations, old_head=c.case.head)


def _no_shares_before_base_date(c: CaseCircumstances) -> Check:
    form = _form(c)
    units = sum(lot.units for lot in c.case.shares.values() if lot.member == form.member)
    too_early = c.programme.base_date is not None and form.died_on <= c.programme.base_date
    return Check(
        satisfied=not (too_early and units),
        found=f"基准日前死亡而已配 {units} 股" if too_early and units else "份额与死亡日期不矛盾",
        remedy="先在股权台账中更正，把误配的份额转入预留股份",
    )


def _plan(c: CaseCircumstances, form: Death) -> Plan:
    return passed_away(
        c, form, Departure.DIED, ground=f"本人于 {form.died_on:%Y-%m-%d} 死亡，依法终止"
    )


def passed_away(c: CaseCircumstances, form: Death, departure: Departure, *, ground: str) -> Plan:
    """The household without the dead, under its new head, with the dead's rights ended."""
    dead = c.case.members[form.member]
    decision = decided(c, dead, (_finding(c, form.died_on),))
    case = departed(c.case, form.member, departure, on=form.died_on, paper=form.paper)
    case = _widowed(case, c.case, form.member)
    if form.new_head:
        members = headship.under(case.members, form.new_head, form.relations, old_head=c.case.head)
        case = replace(case, members=members)
    case = ended_rights(case, form.member, on=form.died_on, ground=ground)
    case = _with_membership(case, form, decision)
    if not case.members:
        case = replace(case, positions={**case.positions, "case": "extinct"})
    reasons = tuple(f"成员{form.member}：{reason}" for reason in decision.reasons)
    return Plan(after={case.number: case}, reasons=reasons, decisions=(decision,))


def _finding(c: CaseCircumstances, died_on: date) -> str:
    """Which of the pack's grounds a death on this day is."""
    base_date = c.programme.base_date
    if base_date is None or died_on <= base_date:
        return "deceased_before_base_date"
    issued = c.case.positions["shares"] in AFTER_ISSUE
    return "deceased_after_issue" if issued else "deceased_after_base_date"


def _with_membership(case: Case, form: Death, decision: Decision) -> Case:
    """The dead's membership: not confirmed, counted for the estate, or ended."""
    (found,) = decision.rows_of(Membership)
    state, had = case.positions["shares"], case.memberships.get(form.member)
    if state == "open" and "deceased_before_base_date" in found.grounds:
        return case
    if had and state in AFTER_ISSUE and had.standing is MembershipStanding.CONFIRMED:
        told = {"standing": MembershipStanding.ENDED, "end_ground": found.grounds[-1]}
        found = had.model_copy(update=told)
    elif had and had.standing in _KEPT:
        told = {"end_ground": "deceased_after_base_date"}
        found = had.model_copy(update=told)
    row = found.model_copy(update={"ended_on": form.died_on})
    return replace(case, memberships={**case.memberships, row.key: row})


def _widowed(case: Case, before: Case, dead: str) -> Case:
    """The widow or widower of the head, or the head whose wife or husband died."""
    relation = before.members[dead].relation
    bereaved = {
        s
        for s, m in before.members.items()
        if s != dead
        and ((relation == "02" and m.relation in _SPOUSES) or (relation in _SPOUSES and m.is_head))
    }
    members = {
        s: m.model_copy(update={"marital_status": _WIDOWED}) if s in bereaved else m
        for s, m in case.members.items()
    }
    return replace(case, members=members)


DEATH_GUARDS: Final[tuple[Guard[CaseCircumstances], ...]] = (
    MEMBER,
    past_day("died_on", "死亡日期"),
    NO_OPEN_OBJECTION,
    Guard(rule="new_head", title="户主死亡的，同时确定新户主", test=_new_head, reads_form=True),
    Guard(
        rule="relations_known",
        title="与新户主的关系均已确定",
        test=_relations_known,
        reads_form=True,
    ),
    Guard(
        rule="no_shares_before_base_date",
        title="基准日前死亡的没有配股",
        test=_no_shares_before_base_date,
        reads_form=True,
    ),
)
"""What must hold of every death, natural or declared."""

DEATH = Kind(
    event="register_death",
    title="死亡",
    form=Death,
    evidence=(Evidence(id="death_certificate", title="死亡证明或户口注销证明"),),
    guards=DEATH_GUARDS,
    plan=_plan,
)
