"""Divorce 离婚: a split by agreement of both or by judgment; the wife keeps her land.

A woman's contracted land is not taken back for a divorce (农村土地承包法 30; 妇女权益保障法 32);
the children's shares follow the children.
"""

from dataclasses import replace
from typing import Final

from pydantic import Field

from conversion.domain.parcel import ParcelKind
from conversion.standards import marital_status
from conversion.standards.sex import FEMALE
from conversion.workflows.changes.kind import Kind, Plan
from conversion.workflows.changes.naming import named
from conversion.workflows.changes.split import (
    SPLIT_GUARDS,
    Split,
    new_numbers,
    portions_of,
    split_up,
)
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Guard

_DIVORCED: Final = marital_status.code_of("离婚") or ""


class Divorce(Split):
    """A divorce, and who goes where; both sign, or a judgment says so."""

    husband: str = Field(title="男方（成员序号）", pattern=r"^\d{2,3}$")
    wife: str = Field(title="女方（成员序号）", pattern=r"^\d{2,3}$")
    judgment: str = Field(default="", title="判决书或调解书文号", max_length=100)


def _form(c: CaseCircumstances) -> Divorce:
    assert isinstance(c.form, Divorce)
    return c.form


def _agreed(c: CaseCircumstances) -> Check:
    form = _form(c)
    unsigned = sorted({form.husband, form.wife} - set(form.signed))
    agreed = bool(form.judgment) or not unsigned
    return Check(
        satisfied=agreed,
        found=form.judgment or (f"未签字：{'、'.join(unsigned)}" if unsigned else "双方均已签字"),
        remedy="由双方在分户方案上签字，或填写已生效的判决书、调解书文号",
    )


def _couple_parted(c: CaseCircumstances) -> Check:
    form = _form(c)
    homes = [next((p.number for p in portions_of(c) if s in p.members), "") for s in _couple(form)]
    apart = "" not in homes and len(set(homes)) > 1
    return Check(
        satisfied=apart,
        found="双方分在两户" if apart else "双方没有分在两户",
        remedy="离婚后双方各在一户",
    )


def _couple(form: Divorce) -> tuple[str, str]:
    return form.husband, form.wife


def _wife_keeps_land(c: CaseCircumstances) -> Check:
    form = _form(c)
    fields = {s for s, p in c.case.parcels.items() if p.kind is ParcelKind.CONTRACTED}
    hers = {s for p in portions_of(c) if form.wife in p.members for s in p.parcels}
    keeps = not fields or bool(fields & hers)
    return Check(
        satisfied=keeps,
        found="女方一户有承包地" if keeps else "女方一户没有分到承包地",
        remedy="女方离婚后承包地不得因此失去，应分给其所在的户",
    )


def _wife_is_woman(c: CaseCircumstances) -> Check:
    found = c.case.members.get(_form(c).wife)
    right = found is not None and found.sex == FEMALE
    return Check(
        satisfied=right,
        found=f"女方为{found.name}" if found else "没有这名成员",
        remedy="核对男方、女方的成员序号",
    )


def _plan(c: CaseCircumstances, form: Divorce) -> Plan:
    plan = split_up(c, form)
    after = {
        number: replace(
            case,
            members={
                s: m.model_copy(update={"marital_status": _DIVORCED}) if s in _couple(form) else m
                for s, m in case.members.items()
            },
        )
        for number, case in plan.after.items()
    }
    how = f"依据{form.judgment}" if form.judgment else "双方签字同意"
    reason = f"{how}，因离婚分户；双方的成员身份、承包地权益和份额不因离婚改变。"
    return replace(plan, after=after, reasons=(reason, *plan.reasons))


DIVORCE = Kind(
    event="divorce",
    title="离婚分户",
    form=Divorce,
    evidence=(
        Evidence(id="divorce_paper", title="离婚证，或已生效的判决书、调解书"),
        Evidence(id="split_agreement", title="分户方案"),
    ),
    guards=(
        named("husband", "wife"),
        Guard(rule="wife_named", title="男方、女方填写正确", test=_wife_is_woman, reads_form=True),
        Guard(rule="divorce_agreed", title="双方同意或有判决", test=_agreed, reads_form=True),
        Guard(rule="couple_parted", title="双方分在两户", test=_couple_parted, reads_form=True),
        *SPLIT_GUARDS,
        Guard(
            rule="wife_keeps_land", title="女方的承包地保留", test=_wife_keeps_land, reads_form=True
        ),
    ),
    plan=_plan,
    reaches=new_numbers,
)
