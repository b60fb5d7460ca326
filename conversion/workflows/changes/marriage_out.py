"""Marriage out 婚出: recorded, and nothing lost by it; only a membership elsewhere ends this one.

A woman's membership, land and shares are never ended by her marriage (妇女权益保障法 32, 33). When
the husband's collective confirms that she is a member there, hers here ends on that ground
(农村集体经济组织法 17), and what she holds stays in her name.
"""

from dataclasses import replace
from datetime import date

from pydantic import Field

from conversion.domain.case import Case
from conversion.domain.departed import Departure
from conversion.domain.right import Membership, MembershipStanding
from conversion.standards.sex import FEMALE
from conversion.workflows.changes.joining import PERSONAL, decided
from conversion.workflows.changes.kind import Kind, Plan
from conversion.workflows.changes.leaving import departed, ended_rights
from conversion.workflows.changes.naming import MEMBER, NO_OPEN_OBJECTION
from conversion.workflows.guards import past_day
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Form, Guard

_MARRIED_OUT_WOMAN = "1"
"""NY/T 2539 C.18 外嫁女: a remark that only protects."""


class MarriageOut(Form):
    """A member who married into another place."""

    member: str = Field(title="婚出的成员（成员序号）", pattern=r"^\d{2,3}$")
    married_on: date = Field(title="结婚日期")
    place: str = Field(
        title="配偶所在的村", min_length=2, max_length=200, json_schema_extra=PERSONAL
    )


class MembershipElsewhere(Form):
    """The other collective's answer: the person is a member there."""

    member: str = Field(title="成员（成员序号）", pattern=r"^\d{2,3}$")
    member_since: date = Field(title="在对方取得成员身份的日期")
    paper: str = Field(title="对方证明文号", min_length=2, max_length=200)


def _record(c: CaseCircumstances, form: MarriageOut) -> Plan:
    member = c.case.members[form.member]
    flag = _MARRIED_OUT_WOMAN if member.sex == FEMALE else member.flag
    married = member.model_copy(update={"marital_status": "20", "flag": flag})
    case = replace(c.case, members={**c.case.members, member.serial: married})
    reasons = (
        f"成员{form.member}已婚出，结婚本身不改变成员身份、承包地和份额。",
        "对方确认其成员身份以前，一切照旧。",
    )
    return Plan(after={case.number: case}, reasons=reasons)


def _not_head(c: CaseCircumstances) -> Check:
    member = c.case.members.get(getattr(c.form, "member", ""))
    is_head = member is not None and member.is_head
    return Check(
        satisfied=not is_head,
        found=f"{member.name}是户主" if member and is_head else "不是户主",
        remedy="先办“变更户主”",
    )


def _leave(c: CaseCircumstances, form: MembershipElsewhere) -> Plan:
    decision = decided(c, c.case.members[form.member], ("member_elsewhere",))
    ground = f"{form.member_since:%Y-%m-%d} 起为其他集体经济组织成员"
    case = departed(c.case, form.member, Departure.LEFT, on=form.member_since, paper=form.paper)
    case = ended_rights(case, form.member, on=form.member_since, ground=ground)
    (found,) = decision.rows_of(Membership)
    return Plan(
        after={case.number: _with_ended(case, form, found)},
        reasons=tuple(f"成员{form.member}：{reason}" for reason in decision.reasons),
        decisions=(decision,),
    )


def _with_ended(case: Case, form: MembershipElsewhere, found: Membership) -> Case:
    had = case.memberships.get(form.member)
    if had is None:
        return case
    told = {
        "standing": MembershipStanding.ENDED,
        "ended_on": form.member_since,
        "end_ground": found.grounds[-1],
    }
    if had.standing is not MembershipStanding.CONFIRMED:
        told["standing"] = MembershipStanding.NOT_CONFIRMED
    row = had.model_copy(update=told)
    reserved = {k: lot for k, lot in case.reserved.items() if lot.member != form.member}
    return replace(case, memberships={**case.memberships, row.key: row}, reserved=reserved)


MARRIAGE_OUT = Kind(
    event="marry_out",
    title="婚出",
    form=MarriageOut,
    evidence=(Evidence(id="marriage_certificate", title="结婚证"),),
    guards=(MEMBER, past_day("married_on", "结婚日期")),
    plan=_record,
)

MARRIAGE_OUT_CONFIRMED = Kind(
    event="confirm_membership_elsewhere",
    title="对方确认成员身份",
    form=MembershipElsewhere,
    evidence=(
        Evidence(id="elsewhere_roll", title="对方集体经济组织的成员名册和确认证明"),
        Evidence(id="migration_certificate", title="户口迁移证"),
    ),
    guards=(
        MEMBER,
        NO_OPEN_OBJECTION,
        past_day("member_since", "取得成员身份的日期"),
        Guard(rule="not_head", title="不是户主", test=_not_head, reads_form=True),
    ),
    plan=_leave,
)
