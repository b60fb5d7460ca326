"""The order behind a hold: what is filled in of it, and what must hold for it to be recorded."""

from datetime import date, timedelta
from typing import Final

from pydantic import Field

from conversion.domain.hold import HoldKind
from conversion.workflows.hold_reach import ALL_RECORDERS, REACHES, own_holds
from conversion.workflows.step import CaseCircumstances, Check, Circumstances, Form, Guard


class Suspension(Form):
    """A hold as its order says; the days are those of the order."""

    kind: HoldKind = Field(title="中止种类（court、discipline、dispute、death）")
    authority: str = Field(title="作出机关", min_length=2, max_length=100)
    order: str = Field(title="文号", min_length=2, max_length=100)
    reason: str = Field(title="事由", min_length=4, max_length=1000)
    blocks: tuple[str, ...] = Field(default=(), title="中止范围（不填为该类通常的范围）")
    member: str = Field(default="", title="所涉成员（成员序号）", max_length=3)
    since: date | None = Field(default=None, title="起始日期（不填为今天）")
    until: date | None = Field(default=None, title="期满日期")

    @property
    def scope(self) -> tuple[str, ...]:
        """What it blocks: as the order says, else what is usual for its kind."""
        return self.blocks or REACHES[self.kind].usual


class OfHold(Form):
    """Which hold a step is about."""

    hold: str = Field(title="中止编号", pattern=r"^H\d{2,4}$")


class Renewal(OfHold):
    """A further term of the same hold."""

    order: str = Field(title="续期文号", min_length=2, max_length=100)
    until: date = Field(title="新的期满日期")


class Lifting(OfHold):
    """The paper that ends a hold before its term."""

    paper: str = Field(title="解除文号", min_length=2, max_length=100)


# --- what they require ---------------------------------------------------------------------------


def _kind_of(c: Circumstances) -> HoldKind | None:
    if isinstance(c.form, Suspension):
        return c.form.kind
    assert isinstance(c.form, OfHold)
    hold = own_holds(c).get(c.form.hold)
    return hold.kind if hold else None


def _recorder(c: Circumstances) -> Check:
    kind = _kind_of(c)
    who = REACHES[kind].recorded_by if kind else ALL_RECORDERS
    label = kind.label if kind else "中止"
    groups = (c.case.household.group,) if isinstance(c, CaseCircumstances) else ()
    return Check(
        satisfied=c.actor.serves(who, groups),
        found=f"{label}，{c.actor.name}的岗位是{c.actor.posts}",
        remedy=f"由{'、'.join(role.label for role in who)}登记",
    )


def _scope_fits(c: Circumstances) -> Check:
    assert isinstance(c.form, Suspension)
    reach, scope = REACHES[c.form.kind], c.form.scope
    beyond = [name for name in scope if name not in reach.may]
    misplaced = not isinstance(c, CaseCircumstances) and not reach.village
    found = f"中止范围：{'、'.join(scope) or '未填'}"
    found += f"；超出这类中止：{'、'.join(beyond)}" if beyond else ""
    return Check(
        satisfied=bool(scope) and not beyond and not misplaced,
        found=found + ("；这类中止只针对一户" if misplaced else ""),
        remedy=f"在这类中止可及的范围内填写：{'、'.join(reach.may)}",
    )


def _person_known(c: Circumstances) -> Check:
    assert isinstance(c.form, Suspension)
    told = c.form.member
    known = isinstance(c, CaseCircumstances) and told in c.case.members
    needed = c.form.kind is HoldKind.DEATH
    return Check(
        satisfied=known or (not told and not needed),
        found=f"所涉成员：{told or '未填'}",
        remedy="填写本户成员序号",
    )


def _term_fits(c: Circumstances) -> Check:
    assert isinstance(c.form, Suspension)
    since, until = c.form.since or c.day, c.form.until
    needs = REACHES[c.form.kind].needs_term
    return Check(
        satisfied=since <= c.day and (not needs if until is None else c.day <= until),
        found=f"自{since}起，至{until or '（未填）'}止，今天 {c.day}",
        remedy="据文书填写：起始不晚于今天，期满不早于今天；法院冻结和纪检审计中止须有期限",
    )


def _ordered_once(c: Circumstances) -> Check:
    assert isinstance(c.form, Suspension)
    told = (c.form.kind, c.form.order)
    same = [h.serial for h in own_holds(c).values() if h.is_in_force and (h.kind, h.order) == told]
    return Check(
        satisfied=not same,
        found=f"已登记为 {'、'.join(same)}" if same else "没有登记过",
        remedy="同一文书只登记一次；延长期限的办理续期",
    )


def _in_force(c: Circumstances) -> Check:
    assert isinstance(c.form, OfHold)
    waiting = [hold.serial for hold in own_holds(c).values() if hold.is_in_force]
    return Check(
        satisfied=c.form.hold in waiting,
        found=f"有效的中止：{'、'.join(waiting) or '无'}",
        remedy="填写有效的中止编号",
    )


def _term_goes_on(c: Circumstances) -> Check:
    assert isinstance(c.form, Renewal)
    hold = own_holds(c).get(c.form.hold)
    until = hold.until if hold else None
    return Check(
        satisfied=until is not None and c.day <= until < c.form.until,
        found=f"原期满日 {until or '无'}，新期满日 {c.form.until}，今天 {c.day}",
        remedy="在期满前续期，新期满日晚于原期满日；已经期满的登记期满，另行中止",
    )


def _term_over(c: Circumstances) -> Check:
    assert isinstance(c.form, OfHold)
    hold = own_holds(c).get(c.form.hold)
    until = hold.until if hold else None
    return Check(
        satisfied=until is not None and c.day > until,
        found=f"期满日 {until or '无'}，今天 {c.day}",
        remedy="期满之后登记；提前结束的办理解除",
        earliest=until + timedelta(days=1) if until else None,
    )


HOLD_RECORDER: Final[Guard[Circumstances]] = Guard(
    rule="hold_recorder", title="由有权机关的承办岗位登记", test=_recorder, reads_form=True
)
HOLD_SCOPE: Final[Guard[Circumstances]] = Guard(
    rule="hold_scope", title="中止范围不超出这类中止", test=_scope_fits, reads_form=True
)
HOLD_MEMBER: Final[Guard[Circumstances]] = Guard(
    rule="hold_member", title="所涉成员在本户", test=_person_known, reads_form=True
)
HOLD_TERM: Final[Guard[Circumstances]] = Guard(
    rule="hold_term", title="中止期限明确", test=_term_fits, reads_form=True
)
HOLD_ONCE: Final[Guard[Circumstances]] = Guard(
    rule="hold_once", title="同一文书没有登记过", test=_ordered_once, reads_form=True
)
HOLD_IN_FORCE: Final[Guard[Circumstances]] = Guard(
    rule="hold_in_force", title="中止仍然有效", test=_in_force, reads_form=True
)
HOLD_RENEWABLE: Final[Guard[Circumstances]] = Guard(
    rule="hold_renewable", title="在期满前续期", test=_term_goes_on, reads_form=True
)
HOLD_LAPSED: Final[Guard[Circumstances]] = Guard(
    rule="hold_lapsed", title="中止期限已满", test=_term_over, reads_form=True
)
