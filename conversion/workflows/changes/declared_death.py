"""Declared dead 宣告死亡, and returned 撤销死亡宣告: the way of a death, and the way back."""

from dataclasses import replace
from datetime import date

from pydantic import Field

from conversion.domain.case import Case
from conversion.domain.departed import Departed, Departure
from conversion.domain.household import Member
from conversion.domain.right import MembershipStanding
from conversion.standards import relation
from conversion.workflows.changes.death import DEATH_GUARDS, Death, passed_away
from conversion.workflows.changes.kind import Kind, Plan
from conversion.workflows.guards import past_day
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Form, Guard


class Return(Form):
    """Somebody declared dead who came back (民法通则 24; 民法典 50, 53)."""

    member: str = Field(title="重新出现的人（原成员序号）", pattern=r"^\d{2,3}$")
    returned_on: date = Field(title="判决撤销死亡宣告的日期")
    paper: str = Field(title="判决书文号", min_length=2, max_length=200)
    relation: str = Field(title="与现户主的关系（GB/T 4761 代码）", pattern=r"^\d{2}$")


def _declare(c: CaseCircumstances, form: Death) -> Plan:
    ground = f"经判决于 {form.died_on:%Y-%m-%d} 宣告死亡，依法终止"
    return passed_away(c, form, Departure.DECLARED_DEAD, ground=ground)


def _person(c: CaseCircumstances) -> Departed | None:
    assert isinstance(c.form, Return)
    return c.case.departed.get(c.form.member)


def _was_declared(c: CaseCircumstances) -> Check:
    person = _person(c)
    declared = person is not None and person.departure is Departure.DECLARED_DEAD
    return Check(
        satisfied=declared,
        found=f"{person.name}：{person.departure.label}" if person else "没有这名离户人员",
        remedy="只有宣告死亡的可以撤销宣告",
    )


def _relation_fits(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Return)
    code = c.form.relation
    known = code in relation.TABLE.titles and not relation.is_head(code)
    return Check(
        satisfied=known,
        found=f"关系“{relation.TABLE.titles.get(code, code)}”",
        remedy="填写 GB/T 4761 关系代码，不得为户主",
    )


def _return(c: CaseCircumstances, form: Return) -> Plan:
    person = c.case.departed[form.member]
    told = person.model_dump(include=set(Member.model_fields)) | {"relation": form.relation}
    member = Member.model_validate(told)
    case = replace(
        c.case,
        members={**c.case.members, member.serial: member},
        departed={s: p for s, p in c.case.departed.items() if s != form.member},
        benefits={k: b for k, b in c.case.benefits.items() if b.member != form.member},
    )
    reason = f"成员{form.member}的死亡宣告已经撤销，恢复其成员身份；名下份额未继承的仍归本人。"
    return Plan(after={case.number: _revived(case, form)}, reasons=(reason,))


def _revived(case: Case, form: Return) -> Case:
    had = case.memberships.get(form.member)
    if had is None:
        return case
    ended = had.standing is MembershipStanding.ENDED
    standing = MembershipStanding.CONFIRMED if ended else had.standing
    row = had.model_copy(update={"standing": standing, "ended_on": None, "end_ground": ""})
    return replace(case, memberships={**case.memberships, row.key: row})


DECLARED_DEATH = Kind(
    event="declare_dead",
    title="宣告死亡",
    form=Death,
    evidence=(Evidence(id="death_judgment", title="宣告死亡判决书"),),
    guards=DEATH_GUARDS,
    plan=_declare,
)

RETURN = Kind(
    event="record_return",
    title="撤销死亡宣告",
    form=Return,
    evidence=(Evidence(id="revocation_judgment", title="撤销死亡宣告判决书"),),
    guards=(
        past_day("returned_on", "判决日期"),
        Guard(rule="was_declared", title="曾被宣告死亡", test=_was_declared, reads_form=True),
        Guard(
            rule="newcomer_relation", title="与户主关系明确", test=_relation_fits, reads_form=True
        ),
    ),
    plan=_return,
)
