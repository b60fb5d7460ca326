"""Merge 并户: a household joins another; its chain is closed, its history stays.

People and parcels get new serials in the household they join, and every row follows them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final, TypeVar

from pydantic import Field
from sqlmodel import SQLModel

from conversion.domain.case import TRACKS, Case
from conversion.domain.declaration import HOUSEHOLD, Declaration
from conversion.domain.departed import Departed, Departure
from conversion.domain.household import Member
from conversion.workflows.changes.kind import Kind, Plan
from conversion.workflows.changes.moving import MAY_MOVE
from conversion.workflows.forms import Signatures
from conversion.workflows.guards import all_signed, past_day
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Guard

RowT = TypeVar("RowT", bound=SQLModel)

OTHER_RELATION = "80"
"""GB/T 4761 其他: what nobody says of somebody who comes from another household."""

_BY_MEMBER: Final = ("memberships", "registrations", "representations")
_WITH_MEMBER: Final = ("shares", "benefits", "entitlements")


class Merge(Signatures):
    """Which household is joined, and how each is related to its head."""

    into: str = Field(title="并入的户（户号）", min_length=1, max_length=20)
    moved_on: date = Field(title="并户日期")
    relations: dict[str, str] = Field(
        default_factory=dict, title="与并入户户主的关系（原序号=代码；不填为“其他”）"
    )


def _form(c: CaseCircumstances) -> Merge:
    assert isinstance(c.form, Merge)
    return c.form


def _other_known(c: CaseCircumstances) -> Check:
    into = _form(c).into
    known = into in c.others and into != c.case.household.number
    return Check(
        satisfied=known,
        found=f"并入 {into} 户" if known else f"没有另外的 {into} 户",
        remedy="填写本村另一户的户号",
    )


def _same_stage(c: CaseCircumstances) -> Check:
    other = c.others.get(_form(c).into)
    levels = ("case", *TRACKS)
    apart = [n for n in levels if other and other.positions[n] != c.case.positions[n]]
    return Check(
        satisfied=not apart,
        found=f"两户办理进度不同：{'、'.join(apart)}" if apart else "两户办到同一步",
        remedy="先把两户办到同一步，再并户",
    )


def _other_is_free(c: CaseCircumstances) -> Check:
    other = c.others.get(_form(c).into)
    waiting = other is not None and other.positions.get("household") == "pending"
    open_ones = (
        [o.serial for o in other.objections.values() if not o.state.is_settled] if other else []
    )
    return Check(
        satisfied=not waiting and not open_ones,
        found="并入的户有待批变更或未办结异议"
        if waiting or open_ones
        else "并入的户没有待办的变更",
        remedy="先办结并入户的变更和异议",
    )


def _plan(c: CaseCircumstances, form: Merge) -> Plan:
    into = c.others[form.into]
    people = _renamed(c.case.members, into.people, "{:02d}")
    parcels = _renamed(c.case.parcels, into.parcels, "P{:02d}")
    after = {
        c.case.number: _closed(c.case, into, form.moved_on, people),
        into.number: _joined(c.case, into, form, people, parcels),
    }
    reason = "按两户成年成员签字的并户协议合为一户；成员、地块、份额全部转入，原户终止、案卷保留。"
    return Plan(after=after, reasons=(reason,))


def _renamed(own: Iterable[str], taken: Iterable[str], pattern: str) -> dict[str, str]:
    """Old serial → new one, after the last that is taken."""
    last = max((int(serial.lstrip("P")) for serial in taken), default=0)
    return {old: pattern.format(last + n) for n, old in enumerate(sorted(own), 1)}


def _closed(case: Case, into: Case, on: date, people: Mapping[str, str]) -> Case:
    left = {
        serial: Departed.model_validate(
            m.model_dump()
            | {
                "departure": Departure.MOVED,
                "left_on": on,
                "paper": "并户协议",
                "went_to": f"{into.number}/{people[serial]}",
            }
        )
        for serial, m in case.members.items()
    }
    gone = (*_BY_MEMBER, *_WITH_MEMBER, "members", "drawn", "declarations", "parcels", "land")
    emptied: dict[str, Any] = {name: _of_departed(case, name) for name in gone}
    return replace(
        case,
        departed={**case.departed, **left},
        positions={**case.positions, "case": "merged"},
        **emptied,
    )


def _of_departed(case: Case, name: str) -> dict[str, Any]:
    """What was in the name of people who were gone before, and stays there."""
    rows = getattr(case, name)
    return {k: row for k, row in rows.items() if getattr(row, "member", None) in case.departed}


def _joined(
    case: Case, into: Case, form: Merge, people: Mapping[str, str], parcels: Mapping[str, str]
) -> Case:
    members = {
        people[s]: _member(m, people[s], form.relations.get(s, OTHER_RELATION))
        for s, m in case.members.items()
    }
    rows: dict[str, Any] = {}
    for name in (*_BY_MEMBER, *_WITH_MEMBER):
        rows[name] = {**_followed(getattr(case, name), people), **getattr(into, name)}
    land = (r.model_copy(update={"parcel": parcels[k]}) for k, r in case.land.items())
    plots = (p.model_copy(update={"serial": parcels[k]}) for k, p in case.parcels.items())
    return replace(
        into,
        members={**into.members, **members},
        parcels={**into.parcels, **{p.serial: p for p in plots}},
        land={**into.land, **{r.parcel: r for r in land}},
        drawn=_drawn(case, into, people),
        declarations=_declarations(case, into, people),
        **rows,
    )


def _member(member: Member, serial: str, relation: str) -> Member:
    return member.model_copy(update={"serial": serial, "relation": relation})


def _followed(rows: Mapping[str, Any], people: Mapping[str, str]) -> dict[str, Any]:
    """The rows of the people who move, and of the household as a whole, under their new serials."""
    moved = (
        row.model_copy(update={"member": people.get(row.member, row.member)})
        for row in rows.values()
        if not row.member or row.member in people
    )
    return {row.key: row for row in moved}


def _declarations(case: Case, into: Case, people: Mapping[str, str]) -> dict[str, Any]:
    """What is declared of each, and the income of both together where both have said theirs."""
    told = _followed({k: d for k, d in case.declarations.items() if d.member}, people)
    own = {k: d for k, d in into.declarations.items() if d.member}
    both = [c.declarations[HOUSEHOLD] for c in (case, into) if HOUSEHOLD in c.declarations]
    if len(both) < len((case, into)):
        return {**told, **own}
    income = sum(d.monthly_income or 0 for d in both)
    whole = Declaration(monthly_income=income, declared_on=min(d.declared_on for d in both))
    return {**told, **own, whole.key: whole}


def _drawn(case: Case, into: Case, people: Mapping[str, str]) -> dict[str, Any]:
    """What is drawn, numbered on after what the other household draws."""
    own = [d for d in case.drawn.values() if not d.member or d.member in people]
    serials = _renamed((d.serial for d in own), into.drawn, "{:02d}")
    moved = (
        d.model_copy(update={"serial": serials[d.serial], "member": people.get(d.member, d.member)})
        for d in own
    )
    return {**into.drawn, **{d.serial: d for d in moved}}


MERGE = Kind(
    event="merge",
    title="并户",
    form=Merge,
    evidence=(
        Evidence(id="merge_agreement", title="并户协议（两户成年成员签字）"),
        Evidence(id="merge_registration", title="派出所并户登记后的户口簿"),
    ),
    guards=(
        Guard(rule="adults_signed", title="成年成员均已签字", test=all_signed, reads_form=True),
        *MAY_MOVE,
        past_day("moved_on", "变更日期"),
        Guard(rule="other_known", title="并入的户存在", test=_other_known, reads_form=True),
        Guard(rule="same_stage", title="两户办到同一步", test=_same_stage, reads_form=True),
        Guard(
            rule="other_free", title="并入的户没有待办的变更", test=_other_is_free, reads_form=True
        ),
    ),
    plan=_plan,
    reaches=lambda form: (form.into,),
)
