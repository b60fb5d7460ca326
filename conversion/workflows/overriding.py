"""Overriding 特批: one requirement of one act set aside, asked for and granted by two persons.

What may be set aside is a closed list that a lawyer reads here. It holds papers that can be brought
later (容缺受理) and signatures of those who can't be reached. What protects somebody's rights or
the evidence is not in it: four eyes, avoidance, office, place, holds, notice windows, votes, and
the rules between tracks.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.override import Override
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.requirement import Requirement
from conversion.workflows.step import (
    CaseCircumstances,
    Check,
    Circumstances,
    Form,
    Guard,
    Part,
    Step,
)

MAY_BE_SET_ASIDE: Final[Mapping[str, Mapping[str, str]]] = {
    "case.accept": {
        "adults_signed": "成年成员均已签字",
        "numbers_complete": "成员身份号码齐全",
        "evidence.household_sheet": "已收到《入户核查表》",
    },
    "case.resubmit": {
        "evidence.corrected_papers": "已收到《补正材料》",
    },
}
"""Act → its requirements that may be set aside, with their titles; checked with the definition."""


class Request(Form):
    """What is to be set aside, and why."""

    step: str = Field(title="步骤", pattern=r"^[a-z_]+\.[a-z_]+$", max_length=60)
    rule: str = Field(title="要求", min_length=2, max_length=60)
    reason: str = Field(title="理由（文书上照此打印）", min_length=10, max_length=500)


class OfOverride(Form):
    """Which request is answered."""

    override: str = Field(title="特批编号", pattern=r"^W\d{2,4}$")


class Grant(OfOverride):
    """The district's leave."""

    decision_number: str = Field(title="批准文号", min_length=2, max_length=100)


class Denial(OfOverride):
    """The district's refusal of a request."""

    reason: str = Field(title="理由", min_length=4, max_length=500)


# --- how an override serves ----------------------------------------------------------------------


def set_aside(
    act: str, requirements: tuple[Requirement, ...], seen: Circumstances
) -> tuple[tuple[Requirement, ...], tuple[Override, ...]]:
    """The requirements of an act, those met by an override among them, and what overrides serve.

    A requirement that is met anyway leaves its override unused.
    """
    granted = _granted(act, seen)
    served = tuple(granted[r.rule] for r in requirements if not r.satisfied and r.rule in granted)
    judged = tuple(
        _by_override(r, granted[r.rule]) if not r.satisfied and r.rule in granted else r
        for r in requirements
    )
    return judged, served


def used(overrides: tuple[Override, ...], c: Circumstances) -> tuple[Change, ...]:
    """The overrides that served an act: none serves again."""
    rows = (override.model_copy(update={"used_on": c.day}) for override in overrides)
    return tuple(put("overrides", row.key, row) for row in rows)


def _granted(act: str, seen: Circumstances) -> dict[str, Override]:
    if not isinstance(seen, CaseCircumstances):
        return {}
    admitted = MAY_BE_SET_ASIDE.get(act, {})
    rows = seen.case.overrides.values()
    return {w.rule: w for w in rows if w.is_usable and w.act == act and w.rule in admitted}


def _by_override(requirement: Requirement, override: Override) -> Requirement:
    by = f"经特批 {override.serial}（{override.decision}，{override.granter_name} "
    by += f"{override.granted_on} 批准）：{override.reason}"
    found = f"{requirement.found}；{by.rstrip('。')}"
    return replace(requirement, satisfied=True, found=found, remedy="", earliest=None)


# --- what the steps do ---------------------------------------------------------------------------


def _request(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Request)
    form, serial = c.form, f"W{len(c.case.overrides) + 1:02d}"
    row = Override(
        serial=serial,
        act=form.step,
        rule=form.rule,
        title=MAY_BE_SET_ASIDE[form.step][form.rule],
        reason=form.reason,
        requested_on=c.day,
        requested_by=c.actor.account,
        requester_name=c.actor.name,
    )
    return (put("overrides", serial, row),)


def _grant(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Grant)
    answer = {"granted_on": c.day, "decision": c.form.decision_number}
    return _answered(c, answer | {"granted_by": c.actor.account, "granter_name": c.actor.name})


def _deny(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    return _answered(c, {"refused_on": c.day})


def _answered(c: CaseCircumstances, answer: Mapping[str, object]) -> tuple[Change, ...]:
    assert isinstance(c.form, OfOverride)
    row = c.case.overrides[c.form.override].model_copy(update=answer)
    return (put("overrides", row.key, row),)


# --- what they require ---------------------------------------------------------------------------


def _admitted(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Request)
    known = MAY_BE_SET_ASIDE.get(c.form.step, {})
    listed = "；".join(
        f"{act}：{'、'.join(f'{rule}（{title}）' for rule, title in rules.items())}"
        for act, rules in MAY_BE_SET_ASIDE.items()
    )
    return Check(
        satisfied=c.form.rule in known,
        found=f"{c.form.step} 的 {c.form.rule}",
        remedy=f"其他要求不得特批；可以特批的只有 {listed}",
    )


def _asked_once(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Request)
    told = (c.form.step, c.form.rule)
    same = [
        w.serial
        for w in c.case.overrides.values()
        if (w.act, w.rule) == told and (w.is_waiting or w.is_usable)
    ]
    return Check(
        satisfied=not same,
        found=f"已有 {'、'.join(same)}" if same else "没有待批准或者未使用的同一特批",
        remedy="一项要求只申请一次，用过之后才可再申请",
    )


def _waits(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, OfOverride)
    waiting = [w.serial for w in c.case.overrides.values() if w.is_waiting]
    return Check(
        satisfied=c.form.override in waiting,
        found=f"待批准的特批：{'、'.join(waiting) or '无'}",
        remedy="填写待批准的特批编号",
    )


WAITS: Final[Guard[CaseCircumstances]] = Guard(
    rule="override_waits", title="特批申请待批准", test=_waits, reads_form=True
)


def overriding_steps(states: tuple[str, ...]) -> tuple[Step[CaseCircumstances], ...]:
    """Asking for an override, and the district's answer, in the states where a case goes on."""
    return (
        Step(
            event="request_override",
            title="申请特批",
            source=states,
            target=None,
            roles=(Role.TASK_FORCE, Role.VILLAGE, Role.STREET),
            part=Part.ENTER,
            form=Request,
            guards=(
                Guard(
                    rule="override_admitted",
                    title="这项要求可以特批",
                    test=_admitted,
                    reads_form=True,
                ),
                Guard(
                    rule="override_once",
                    title="没有重复申请特批",
                    test=_asked_once,
                    reads_form=True,
                ),
            ),
            effect=_request,
        ),
        Step(
            event="grant_override",
            title="批准特批",
            source=states,
            target=None,
            roles=(Role.DISTRICT,),
            part=Part.APPROVE,
            form=Grant,
            guards=(WAITS,),
            effect=_grant,
        ),
        Step(
            event="refuse_override",
            title="不予特批",
            source=states,
            target=None,
            roles=(Role.DISTRICT,),
            part=Part.APPROVE,
            form=Denial,
            guards=(WAITS,),
            effect=_deny,
        ),
    )
