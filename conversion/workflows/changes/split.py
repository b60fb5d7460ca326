"""Split 分户: one household becomes several, each with a head; nobody and nothing is left out.

One of them keeps number and history, each other is opened with the rows of its people and parcels;
people and parcels keep their serials, so that whatever was decided still names them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from conversion.domain.case import Case
from conversion.domain.declaration import Declaration
from conversion.domain.departed import Departed, Departure
from conversion.domain.right import Benefit
from conversion.policy.rules.transitional_benefit import assess_benefits
from conversion.workflows.changes import headship
from conversion.workflows.changes.apportioning import part_of, rest_of
from conversion.workflows.changes.joining import PERSONAL
from conversion.workflows.changes.kind import Kind, Plan
from conversion.workflows.changes.moving import MAY_MOVE
from conversion.workflows.changes.rederiving import BENEFITS_DECIDED
from conversion.workflows.facts import household_facts
from conversion.workflows.forms import Signatures
from conversion.workflows.guards import MAJORITY, all_signed, past_day
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Guard

LEAST = 2
"""Households that a split makes at least."""


class Portion(BaseModel):
    """One of the households that a split makes; the one that goes on keeps the number."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    number: str = Field(title="户号", pattern=r"^[0-9A-Za-z]{1,20}$")
    head: str = Field(title="户主（成员序号）", pattern=r"^\d{2,3}$")
    members: tuple[str, ...] = Field(title="成员（成员序号）", min_length=1)
    parcels: tuple[str, ...] = Field(default=(), title="地块（地块序号）")
    relations: dict[str, str] = Field(default_factory=dict, title="与户主的关系（序号=代码）")
    address: str = Field(
        default="", title="住址（不填为原址）", max_length=200, json_schema_extra=PERSONAL
    )
    monthly_income: int | None = Field(
        default=None,
        title="分户后的家庭月收入（分；不填的另行申报）",
        ge=0,
        json_schema_extra=PERSONAL,
    )


class Split(Signatures):
    """Who goes where, signed by every adult."""

    moved_on: date = Field(title="分户日期")
    portions: tuple[Portion, ...] = Field(
        title="分立后的各户", min_length=LEAST, json_schema_extra=PERSONAL
    )


def portions_of(c: CaseCircumstances) -> tuple[Portion, ...]:
    """The households that the form makes."""
    assert isinstance(c.form, Split)
    return c.form.portions


def _numbers(c: CaseCircumstances) -> Check:
    """One keeps the number; the others are new, and no two are alike."""
    numbers = [p.number for p in portions_of(c)]
    twice = _repeated(numbers)
    taken = sorted(set(numbers) & set(c.others) - {c.case.household.number})
    keeps = c.case.household.number in numbers
    faults = [
        f"户号重复：{'、'.join(twice)}" if twice else "",
        f"户号已被使用：{'、'.join(taken)}" if taken else "",
        "" if keeps else f"没有一户沿用原户号 {c.case.household.number}",
    ]
    found = "；".join(filter(None, faults))
    return Check(
        satisfied=not found,
        found=found or f"分为 {len(numbers)} 户",
        remedy="其中一户沿用原户号，其余各用没有用过的新户号",
    )


def _once(title: str, wanted: Iterable[str], told: Iterable[str]) -> Check:
    due, given = set(wanted), list(told)
    lacking, strange, twice = sorted(due - set(given)), sorted(set(given) - due), _repeated(given)
    faults = [
        f"漏分：{'、'.join(lacking)}" if lacking else "",
        f"分了两次：{'、'.join(twice)}" if twice else "",
        f"不属本户：{'、'.join(strange)}" if strange else "",
    ]
    found = "；".join(filter(None, faults))
    return Check(
        satisfied=not found,
        found=found or f"{title} {len(due)} 项各归一户",
        remedy=f"每{title}分到一户，不漏不重",
    )


def _repeated(items: Iterable[str]) -> list[str]:
    return sorted(item for item, count in Counter(items).items() if count > 1)


def _members_once(c: CaseCircumstances) -> Check:
    return _once("名成员", c.case.members, (s for p in portions_of(c) for s in p.members))


def _parcels_once(c: CaseCircumstances) -> Check:
    return _once("宗地块", c.case.parcels, (s for p in portions_of(c) for s in p.parcels))


def _heads(c: CaseCircumstances) -> Check:
    wrong = [p.number for p in portions_of(c) if not _has_head(c, p)]
    return Check(
        satisfied=not wrong,
        found=f"户主不在该户或未成年：{'、'.join(wrong)}" if wrong else "各户均有成年户主",
        remedy="每户从本户的成年成员中确定一名户主",
    )


def _has_head(c: CaseCircumstances, portion: Portion) -> bool:
    member = c.case.members.get(portion.head)
    grown = member is not None and member.age_on(c.day) >= MAJORITY
    return portion.head in portion.members and grown


def _relations_known(c: CaseCircumstances) -> Check:
    checks = [_relations(c, portion) for portion in portions_of(c)]
    return next((check for check in checks if not check.satisfied), checks[0])


def _relations(c: CaseCircumstances, portion: Portion) -> Check:
    members = {s: m for s, m in c.case.members.items() if s in portion.members}
    return headship.relations_known(members, portion.head, portion.relations, old_head=c.case.head)


def split_up(c: CaseCircumstances, form: Split) -> Plan:
    """The households that a split makes, by case number."""
    after = {}
    for portion in form.portions:
        keeps = portion.number == c.case.household.number
        made = _kept(c.case, form, portion) if keeps else _opened(c, portion, form.moved_on)
        members = headship.under(
            made.members, portion.head, portion.relations, old_head=c.case.head
        )
        household = made.household.model_copy(
            update={"address": portion.address or made.household.address}
        )
        after[made.number] = replace(made, members=members, household=household)
    return Plan(
        after=after,
        reasons=(
            f"按分户协议分为 {len(form.portions)} 户。",
            "成员、地块各归一户，份额随人，总数不变。",
        ),
    )


def _kept(case: Case, form: Split, own: Portion) -> Case:
    """The household that goes on, and where each of the others went."""
    going = {s: p.number for p in form.portions if p is not own for s in p.members}
    land = {s for p in form.portions if p is not own for s in p.parcels}
    left = {s: _gone(case, s, form.moved_on, number) for s, number in going.items()}
    kept = _earning(rest_of(case, going, land), own, form.moved_on)
    return replace(kept, departed={**case.departed, **left})


def _earning(case: Case, portion: Portion, on: date) -> Case:
    """The household with an income of its own, where the form says one."""
    if portion.monthly_income is None:
        return case
    row = Declaration(monthly_income=portion.monthly_income, declared_on=on)
    return replace(case, declarations={**case.declarations, row.key: row})


def _gone(case: Case, serial: str, on: date, number: str) -> Departed:
    told = {
        "departure": Departure.MOVED,
        "left_on": on,
        "paper": "分户协议",
        "went_to": f"{case.programme}-{number}/{serial}",
    }
    return Departed.model_validate(case.members[serial].model_dump() | told)


def _opened(c: CaseCircumstances, portion: Portion, on: date) -> Case:
    """A household of its own; what the old one draws as a whole stays with that one."""
    case = _earning(part_of(c.case, portion.members, portion.parcels), portion, on)
    household = case.household.model_copy(update={"number": portion.number})
    opened = replace(
        case,
        number=f"{case.programme}-{portion.number}",
        household=household,
        positions={**case.positions, "household": "settled"},
        version=0,
    )
    if opened.positions["benefits"] not in BENEFITS_DECIDED:
        return opened
    facts = household_facts(replace(c, case=opened))
    own = [b for b in assess_benefits(facts, c.pack).rows_of(Benefit) if not b.member]
    return replace(opened, benefits={**opened.benefits, **{b.key: b for b in own}})


def new_numbers(form: Split) -> tuple[str, ...]:
    """The household numbers that the form names: whether any is taken, is looked up."""
    return tuple(portion.number for portion in form.portions)


SPLIT_GUARDS: Final[tuple[Guard[CaseCircumstances], ...]] = (
    *MAY_MOVE,
    past_day("moved_on", "变更日期"),
    Guard(rule="portions_numbered", title="户号不重不占", test=_numbers, reads_form=True),
    Guard(rule="members_once", title="每名成员各归一户", test=_members_once, reads_form=True),
    Guard(rule="parcels_once", title="每宗地块各归一户", test=_parcels_once, reads_form=True),
    Guard(rule="portion_heads", title="各户均有成年户主", test=_heads, reads_form=True),
    Guard(
        rule="relations_known",
        title="与新户主的关系均已确定",
        test=_relations_known,
        reads_form=True,
    ),
)
"""What must hold of every household that comes apart, by agreement or by divorce."""

SPLIT = Kind(
    event="split",
    title="分户",
    form=Split,
    evidence=(
        Evidence(id="split_agreement", title="分户协议（成年成员签字）"),
        Evidence(id="split_registration", title="派出所分户登记后的户口簿"),
    ),
    guards=(
        Guard(rule="adults_signed", title="成年成员均已签字", test=all_signed, reads_form=True),
        *SPLIT_GUARDS,
    ),
    plan=split_up,
    reaches=new_numbers,
)
