"""股权证书: the household's shares in the collective's operating property."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

from typing_extensions import override

from conversion.documents.household_paper import HouseholdPaper, Person, person_fields, shared
from conversion.documents.kind import DocumentKind, HouseholdOccasion, Part
from conversion.documents.trace import examples_of, reasons_of
from conversion.domain.case import Case
from conversion.domain.departed import Departed
from conversion.domain.household import Member
from conversion.domain.ledger import Encumbrance, PostingKind
from conversion.domain.programme import Programme, SharePlan
from conversion.domain.right import MembershipStanding
from conversion.errors import DocumentRefused
from conversion.standards import fixed_point
from conversion.standards.amount import integer_in_words, spelt
from conversion.standards.chinese_date import format_day
from conversion.standards.masking import mask_resident_number

_MEMBER = re.compile(r"成员(\d{2,3})")
_SOMEBODY = "\0"
_PER_UNIT_PLACES = 4


class Shareholder(Person):
    """A co-holder; `units` in the order of the certificate's classes.

    Attributes:
        note: what a reader must know of the holding: an estate, income without a vote.
    """

    is_member: bool
    units: tuple[int, ...]
    subtotal: int
    note: str = ""


class ChangeLine(Part):
    """A line of the change record: what a transaction did to the household's total."""

    day: date
    reason: str
    delta: int
    balance: int


class DividendLine(Part):
    """A line of the dividend record, in 分; per_unit in yuan with four places, as it is printed."""

    day: date
    per_unit: str
    amount: int
    held: int


class Plan(Part):
    """折股量化方案 in figures, in the plan's smallest unit; asset_value in 分.

    Attributes:
        unit, decimals: its unit, and the places of the smallest; certificates sealed before there
            were finer ones say neither.
    """

    version: str
    unit: str = "股"
    decimals: int = 0
    adopted_on: date
    base_date: date
    mode: str
    total_units: int
    collective_units: int
    reserved_units: int
    asset_value: int

    def figure(self, units: int) -> str:
        """An amount of its units in figures, without the unit."""
        return fixed_point.to_text(units, places=self.decimals)

    def in_words(self, units: int) -> str:
        """An amount of its units in capital words, decimals digit by digit."""
        whole, part = divmod(units, 10**self.decimals)
        digits = f"{part:0{self.decimals}}" if self.decimals else ""
        return integer_in_words(whole) + ("点" + spelt(digits) if digits else "")


class ShareCertificate(HouseholdPaper):
    """The facts of the 股权证书.

    Attributes:
        head_resident_number: masked.
        classes: titles of the share classes; class_totals: the household's sum of each.
        total: all units of the household.
        calculation: the reasons of the allocation, as sealed with it.
        examples: titles of what the allocation rests on as an example (示例).
        changes, dividends: the records on the back; burdens: pledges and freezes, a sentence each.
    """

    collective_name: str
    collective_code: str
    collective_address: str
    representative: str
    head_resident_number: str
    plan: Plan
    classes: tuple[str, ...]
    holders: tuple[Shareholder, ...]
    class_totals: tuple[int, ...]
    total: int
    allocated_on: date | None
    booked_on: date | None
    calculation: tuple[str, ...]
    examples: tuple[str, ...]
    changes: tuple[ChangeLine, ...] = ()
    dividends: tuple[DividendLine, ...] = ()
    burdens: tuple[str, ...] = ()

    @property
    @override
    def gist(self) -> str:
        """How many holders, and their shares together."""
        return f"{len(self.holders)}人，共{self.plan.figure(self.total)}{self.plan.unit}"


def facts(occasion: HouseholdOccasion) -> ShareCertificate:
    """The certificate as the share ledger stands.

    Raises:
        DocumentRefused: no plan is adopted, or the household holds no shares.
    """
    case, programme = occasion.case, occasion.programme
    if programme.plan is None or not case.units:
        found = "本户名下没有股份" if programme.plan else "折股量化方案尚未通过"
        raise DocumentRefused(f"为案件{case.number}印制股权证书", found, "先完成股份量化和登记")
    classes = _classes(case, programme)
    holders = tuple(_holder(m, case, tuple(classes)) for m in _holders(case))
    return ShareCertificate(
        **shared(occasion),
        **_collective(programme),
        head_resident_number=mask_resident_number(case.head.resident_number),
        plan=_plan(programme.plan),
        classes=tuple(classes.values()),
        holders=holders,
        class_totals=tuple(sum(h.units[n] for h in holders) for n in range(len(classes))),
        total=case.units,
        allocated_on=case.done_on("shares.allocate"),
        booked_on=case.done_on("shares.book"),
        calculation=_calculation(case),
        examples=examples_of(case.last("shares.allocate")),
        changes=tuple(_changes(case)),
        dividends=tuple(_dividends(case, programme, programme.plan)),
        burdens=tuple(_burden(row, case, programme.plan) for row in _in_force(case, occasion.day)),
    )


def _changes(case: Case) -> Iterator[ChangeLine]:
    """Transaction by transaction, with the household's total after each."""
    balance = 0
    for _, postings in groupby(case.postings.values(), key=lambda p: p.transaction):
        lines = list(postings)
        delta = sum(p.effect_on(case.number) for p in lines)
        balance += delta
        reason = "初始登记" if lines[0].kind is PostingKind.ALLOCATION else lines[0].kind.label
        yield ChangeLine(day=lines[0].day, reason=reason, delta=delta, balance=balance)


def _dividends(case: Case, programme: Programme, plan: SharePlan) -> Iterator[DividendLine]:
    for run in programme.dividend_runs.values():
        rows = [row for row in case.dividends.values() if row.run == run.serial]
        if rows:
            yield DividendLine(
                day=run.day,
                per_unit=fixed_point.to_text(
                    run.per_unit * 10**plan.decimals, places=_PER_UNIT_PLACES
                ),
                amount=sum(row.amount for row in rows),
                held=sum(row.held for row in rows if row.released_on is None),
            )


def _in_force(case: Case, day: date) -> list[Encumbrance]:
    return [row for row in case.encumbrances.values() if row.is_in_force(day)]


def _burden(row: Encumbrance, case: Case, plan: SharePlan) -> str:
    until = f"至{format_day(row.until)}" if row.until else ""
    held = "，收益暂留" if row.covers_dividends else ""
    return (
        f"{_name(row.member, case)}的股份{plan.said(row.units)}自{format_day(row.since)}起{until}"
        f"{row.kind.label}（{row.holder}，{row.order}）{held}。"
    )


def _calculation(case: Case) -> tuple[str, ...]:
    """The sealed reasons, which say 成员01, with people's names; what is alike is told once."""
    people: dict[str, list[str]] = {}
    for reason in reasons_of(case.last("shares.allocate")):
        named = people.setdefault(_MEMBER.sub(_SOMEBODY, reason), [])
        named += [_name(serial, case) for serial in _MEMBER.findall(reason)]
    return tuple(_told(sentence, names) for sentence, names in people.items())


def _told(sentence: str, names: list[str]) -> str:
    each = "：每人" if len(names) > 1 else "："
    return sentence.replace(f"{_SOMEBODY}：", _SOMEBODY + each).replace(_SOMEBODY, "、".join(names))


def _name(serial: str, case: Case) -> str:
    member = case.people.get(serial)
    return member.name if member else f"成员{serial}"


def _collective(programme: Programme) -> dict[str, str]:
    village = programme.village
    return {
        "collective_name": village.collective_name,
        "collective_code": village.collective_code,
        "collective_address": village.collective_address,
        "representative": village.collective_representative,
    }


def _classes(case: Case, programme: Programme) -> Mapping[str, str]:
    """Id → title: the plan's classes, then any other in which the household holds shares."""
    planned = sorted(programme.share_classes.values(), key=lambda c: c.place)
    titles = {c.share_class: c.title for c in planned}
    return titles | {
        lot.share_class: lot.share_class
        for lot in case.shares.values()
        if lot.share_class not in titles
    }


def _holders(case: Case) -> list[Member]:
    """The members, then whoever is gone and still has shares in the household's name."""
    holding = {lot.member for lot in case.shares.values()}
    gone = (p for serial, p in case.departed.items() if serial in holding)
    notes = ((p, "已故，份额待继承" if p.is_dead else "已离户") for p in gone)
    noted = (p.model_copy(update={"name": f"{p.name}（{note}）"}) for p, note in notes)
    return [*case.members.values(), *noted]


def _holder(member: Member, case: Case, classes: tuple[str, ...]) -> Shareholder:
    membership = case.memberships.get(member.serial)
    lots = [lot for lot in case.shares.values() if lot.member == member.serial]
    units = tuple(sum(lot.units for lot in lots if lot.share_class == c) for c in classes)
    is_member = membership is not None and membership.standing is MembershipStanding.CONFIRMED
    gone = case.departed.get(member.serial)
    return Shareholder(
        **person_fields(member),
        is_member=is_member,
        units=units,
        subtotal=sum(units),
        note=_note(gone, is_member=is_member, holds=sum(units) > 0),
    )


def _note(gone: Departed | None, *, is_member: bool, holds: bool) -> str:
    if gone:
        return "遗产待继承" if gone.is_dead else gone.departure.label
    return "只享受收益" if holds and not is_member else ""


def _plan(plan: SharePlan) -> Plan:
    return Plan(
        version=plan.version,
        unit=plan.unit,
        decimals=plan.decimals,
        adopted_on=plan.adopted_on,
        base_date=plan.base_date,
        mode=plan.management,
        total_units=plan.total_units,
        collective_units=plan.collective_units,
        reserved_units=plan.reserved_units,
        asset_value=plan.asset_value,
    )


SHARE_CERTIFICATE = DocumentKind(
    id="share_certificate",
    title="股权证书",
    series="股证",
    template="share_certificate.html",
    version="5",
    facts_model=ShareCertificate,
    facts=facts,
    signers=("理事长（签名）", "集体经济组织"),
    copies=("农户", "集体经济组织存根"),
    explains=("shares.allocate",),
)
