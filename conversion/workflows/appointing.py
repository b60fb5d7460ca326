"""Appointing 任用: who joins the staff of a programme, who leaves it, who stands in for whom.

Nobody is appointed by himself: not to a post, not to another's post, not out of his avoidance.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.role import Role
from conversion.domain.staff import Post, Substitution
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.staff_list import Appointee, list_faults, staff_changes
from conversion.workflows.step import (
    Check,
    Evidence,
    Form,
    Guard,
    Part,
    ProgrammeCircumstances,
    Step,
)

# --- the forms ------------------------------------------------------------------------------------


class StaffList(Form):
    """The people to appoint."""

    people: tuple[Appointee, ...] = Field(
        title="任用人员", min_length=1, json_schema_extra={"personal": True}
    )


class Retirement(Form):
    """Posts that end; all of a person's when no role is named."""

    account: str = Field(title="账号", min_length=1, max_length=60)
    role: Role | None = Field(default=None, title="岗位（不写即全部岗位）")
    last_day: date | None = Field(default=None, title="任职最后一天（不写即当天）")


class StandIn(Form):
    """One person standing in for another, both days included."""

    account: str = Field(title="代理人账号", min_length=1, max_length=60)
    principal: str = Field(title="被代理人账号", min_length=1, max_length=60)
    since: date = Field(title="开始日期")
    until: date = Field(title="截止日期")
    ground: str = Field(title="事由", min_length=2, max_length=200)


class EndOfStandIn(Form):
    """A substitution that ends before its time."""

    substitution: str = Field(title="代理编号", min_length=1, max_length=10)


# --- the guards -----------------------------------------------------------------------------------


def _not_oneself(c: ProgrammeCircumstances) -> Check:
    own = _concerned(c) & c.actor.persons
    return Check(
        satisfied=not own,
        found=f"{c.actor.name}在任免之列" if own else "任免的不是经办人自己",
        remedy="由工作专班的其他人员或区人民政府办理",
    )


def _concerned(c: ProgrammeCircumstances) -> set[str]:
    """The accounts that gain or lose something."""
    if isinstance(c.form, StaffList):
        return {person.account for person in c.form.people}
    assert isinstance(c.form, Retirement | StandIn)
    return {c.form.account}


def _list_sound(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, StaffList)
    faults = [*list_faults(c.form.people, c.programme.staff_table, c.pack)]
    return Check(
        satisfied=not faults,
        found="；".join(faults) or f"共 {len(c.form.people)} 人，每人一个账号",
        remedy="改正名单；一个人只用一个账号，调动岗位时沿用原账号",
    )


def _posts_to_end(c: ProgrammeCircumstances) -> tuple[Post, ...]:
    assert isinstance(c.form, Retirement)
    held = c.programme.staff_table.posts_of(c.form.account)
    last = c.form.last_day or c.day
    return tuple(
        p for p in held if c.form.role in {None, p.role} and (p.until is None or p.until > last)
    )


def _post_held(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, Retirement)
    ending = _posts_to_end(c)
    return Check(
        satisfied=bool(ending),
        found="、".join(post.label for post in ending) or f"{c.form.account}没有这样的在任岗位",
        remedy="核对账号和岗位（conversion user list）",
    )


def _stand_in_sound(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, StandIn)
    faults = [*_stand_in_faults(c, c.form)]
    return Check(
        satisfied=not faults,
        found="；".join(faults) or f"{c.form.since:%Y-%m-%d} 至 {c.form.until:%Y-%m-%d}",
        remedy="核对两人的账号和日期；代理不能转代理，每次不能没有期限",
    )


def _stand_in_faults(c: ProgrammeCircumstances, form: StandIn) -> Iterator[str]:
    unknown = [a for a in (form.account, form.principal) if a not in c.programme.staff]
    if unknown:
        yield f"没有账号 {'、'.join(unknown)}"
    if form.account == form.principal:
        yield "代理人与被代理人是同一人"
    if form.until < form.since:
        yield "截止日期早于开始日期"
    if form.until < c.day:
        yield "代理期已过，不能补记代理"
    if not any(_overlaps(p, form) for p in c.programme.staff_table.posts_of(form.principal)):
        yield "被代理人在代理期内没有岗位"


def _overlaps(post: Post, form: StandIn) -> bool:
    return (post.since or form.since) <= form.until and form.since <= (post.until or form.until)


def _stand_in_runs(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, EndOfStandIn)
    running = [
        s.serial
        for s in c.programme.substitutions.values()
        if s.until >= c.day and s.ended_on is None
    ]
    return Check(
        satisfied=c.form.substitution in running,
        found=f"未满期的代理：{'、'.join(running) or '无'}",
        remedy="核对代理编号（conversion user list）",
    )


NOT_ONESELF: Final[Guard[ProgrammeCircumstances]] = Guard(
    rule="staff_not_oneself", title="经办人不任免自己", test=_not_oneself, reads_form=True
)


# --- the effects ----------------------------------------------------------------------------------


def _appoint(c: ProgrammeCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, StaffList)
    return tuple(staff_changes(c.form.people, c.programme.staff_table, c.day))


def _retire(c: ProgrammeCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Retirement)
    until = {"until": c.form.last_day or c.day}
    return tuple(put("posts", p.key, p.model_copy(update=until)) for p in _posts_to_end(c))


def _substitute(c: ProgrammeCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, StandIn)
    serial = f"S{len(c.programme.substitutions) + 1:02d}"
    row = Substitution(serial=serial, **c.form.model_dump())
    return (put("substitutions", serial, row),)


def _end_substitution(c: ProgrammeCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, EndOfStandIn)
    row = c.programme.substitutions[c.form.substitution]
    return (put("substitutions", row.key, row.model_copy(update={"ended_on": c.day})),)


def appointing_steps(states: Iterable[str]) -> tuple[Step[ProgrammeCircumstances], ...]:
    """The steps on the staff; each stays where the programme is, in whatever state."""
    source, roles = tuple(states), (Role.TASK_FORCE, Role.DISTRICT)
    return (
        Step(
            event="appoint",
            title="任用人员",
            source=source,
            target=None,
            roles=roles,
            part=Part.RECORD,
            form=StaffList,
            evidence=(Evidence(id="appointment_paper", title="任用文件（分工表）"),),
            guards=(
                NOT_ONESELF,
                Guard(
                    rule="staff_list_sound",
                    title="名单无误，一人一个账号",
                    test=_list_sound,
                    reads_form=True,
                ),
            ),
            effect=_appoint,
        ),
        Step(
            event="retire",
            title="免去岗位",
            source=source,
            target=None,
            roles=roles,
            part=Part.RECORD,
            form=Retirement,
            evidence=(Evidence(id="retirement_paper", title="免职（调离）文件"),),
            guards=(
                NOT_ONESELF,
                Guard(rule="post_held", title="该人员在任", test=_post_held, reads_form=True),
            ),
            effect=_retire,
        ),
        Step(
            event="substitute",
            title="登记代理",
            source=source,
            target=None,
            roles=roles,
            part=Part.RECORD,
            form=StandIn,
            evidence=(Evidence(id="leave_paper", title="请假或出差的批准件"),),
            guards=(
                NOT_ONESELF,
                Guard(
                    rule="stand_in_sound",
                    title="代理有人、有期、不转代理",
                    test=_stand_in_sound,
                    reads_form=True,
                ),
            ),
            effect=_substitute,
        ),
        Step(
            event="end_substitution",
            title="提前结束代理",
            source=source,
            target=None,
            roles=roles,
            part=Part.RECORD,
            form=EndOfStandIn,
            guards=(
                Guard(
                    rule="stand_in_runs",
                    title="该代理尚未满期",
                    test=_stand_in_runs,
                    reads_form=True,
                ),
            ),
            effect=_end_substitution,
        ),
    )
