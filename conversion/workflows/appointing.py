"""Appointing 任用: who joins the staff of a programme, who leaves it, who stands in for whom.

Nobody is appointed by himself: not to a post, not to another's post, not out of his avoidance.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from conversion.domain.collections import put
from conversion.domain.role import SYSTEM, Role
from conversion.domain.staff import Post, StaffMember, StaffTable, Substitution
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.standards import resident_number
from conversion.workflows.step import (
    Check,
    Evidence,
    Form,
    Guard,
    Part,
    ProgrammeCircumstances,
    Step,
)


class Appointee(BaseModel):
    """One person of the staff list 分工表, with the posts to hold.

    Attributes:
        place: villagers' group to which the posts are limited; `department` is for departments'
            posts alone.
        since, until: first and last day of the posts; from the day of the act when not given.
        resident_number, kin: what is left out stays as it is known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    account: str = Field(min_length=1, max_length=60)
    name: str = Field(min_length=1, max_length=100)
    roles: tuple[Role, ...] = Field(min_length=1)
    department: str = Field(default="", max_length=60)
    place: str = Field(default="", max_length=40)
    since: date | None = None
    until: date | None = None
    resident_number: str = Field(default="", max_length=18)
    kin: tuple[str, ...] | None = None

    def member(self, known: StaffMember | None = None) -> StaffMember:
        """The person's row; what the list leaves out stays as it is known."""
        return StaffMember(
            account=self.account,
            name=self.name,
            resident_number=self.resident_number or (known.resident_number if known else ""),
            kin=(known.kin if known else ()) if self.kin is None else self.kin,
        )

    def posts(self, day: date) -> tuple[Post, ...]:
        """A post for each role, from its day on or from this one."""
        return tuple(
            Post(
                account=self.account,
                role=role,
                place="" if role is Role.DEPARTMENT else self.place,
                department=self.department if role is Role.DEPARTMENT else "",
                since=self.since or day,
                until=self.until,
            )
            for role in self.roles
        )


def staff_changes(people: Iterable[Appointee], known: StaffTable, day: date) -> Iterator[Change]:
    """The rows of a staff list; a post that is held goes on from when it began."""
    for person in people:
        yield put("staff", person.account, person.member(known.members.get(person.account)))
        for post in person.posts(day):
            held = known.posts.get(post.key)
            goes_on = held is not None and held.is_held_on(day) and person.since is None
            row = post.model_copy(update={"since": held.since}) if held and goes_on else post
            yield put("posts", row.key, row)


def table_of(people: Iterable[Appointee], day: date) -> StaffTable:
    """The staff table that a first list makes."""
    listed = tuple(people)
    posts = (post for person in listed for post in person.posts(day))
    return StaffTable(
        members={person.account: person.member() for person in listed},
        posts={post.key: post for post in posts},
        substitutions={},
    )


# --- what a list may not say ----------------------------------------------------------------------


def list_faults(
    people: Iterable[Appointee], known: StaffTable, departments: Iterable[str], day: date
) -> Iterator[str]:
    """What is wrong with a staff list, for founding a programme and for each appointment after."""
    listed = tuple(people)
    yield from _twofold(listed, known)
    yield from _numbers_wrong(listed, day)
    named = set(departments)
    for person in listed:
        if Role.DEPARTMENT in person.roles and person.department not in named:
            own = person.department or "未写部门"
            yield f"{person.name}的部门（{own}）不是政策包所列的部门"
        if person.account == SYSTEM.account or Role.SYSTEM in person.roles:
            yield f"账号 {SYSTEM.account} 和岗位“{Role.SYSTEM.label}”只属于系统自己"
        if person.since and person.until and person.until < person.since:
            yield f"{person.name}的任期止于开始之前"


def _twofold(listed: tuple[Appointee, ...], known: StaffTable) -> Iterator[str]:
    """One account listed twice, and one person with two accounts."""
    for account, times in Counter(person.account for person in listed).items():
        if times > 1:
            yield f"账号 {account} 列了 {times} 次"
    holders = {m.resident_number: m for m in known.members.values() if m.resident_number}
    for person in listed:
        if not person.resident_number:
            continue
        holder = holders.setdefault(person.resident_number, person.member())
        if holder.account != person.account:
            yield f"账号 {person.account} 与账号 {holder.account}（{holder.name}）是同一个人"


def _numbers_wrong(listed: tuple[Appointee, ...], day: date) -> Iterator[str]:
    for person in listed:
        faults = resident_number.check(person.resident_number, today=day)
        if person.resident_number and any(fault.is_error for fault in faults):
            yield f"{person.name}的身份号码校验不符"


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
    departments = (department.name for department in c.pack.pack.departments)
    faults = [*list_faults(c.form.people, c.programme.staff_table, departments, c.day)]
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
