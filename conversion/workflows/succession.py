"""What follows a benefit 待遇衔接: nothing ends without a successor or a named ground.

Of what only one may be drawn there is no day without it and none with both (no-gap rule).
"""

from datetime import date, timedelta
from typing import Final

from pydantic import Field

from conversion.documents.benefit_assessment import BENEFIT_ASSESSMENT
from conversion.domain.collections import put
from conversion.domain.right import Benefit, Disposition
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.paper_life import supersede
from conversion.workflows.step import CaseCircumstances, Check, Form, Guard


class Succession(Form):
    """The decision on what follows one benefit, or on why it ends."""

    benefit: str = Field(title="待遇（事项/成员序号）", min_length=2, max_length=70)
    decision: str = Field(title="决定文号", min_length=2, max_length=60)
    then: str = Field(title="衔接安排；终止的写明理由", min_length=4, max_length=200)
    ends: bool = Field(default=False, title="依法终止")
    since: date | None = Field(default=None, title="衔接起始日期（不填为原待遇期满次日）")


def _no_silent_end(c: CaseCircumstances) -> Check:
    silent = [
        b.title
        for b in c.case.benefits.values()
        if b.until and not b.then and b.until_age is None
        if b.disposition is not Disposition.ENDED
    ]
    return Check(
        satisfied=not silent,
        found=f"到期后没有衔接安排：{'、'.join(silent)}" if silent else "到期后均有衔接安排",
        remedy="补充衔接安排或写明终止理由",
    )


def awaits_successor(benefit: Benefit) -> bool:
    """What runs out on a day needs a successor; an event or an age is a ground of its own."""
    runs_out = benefit.until is not None and benefit.until_age is None
    kept_until = benefit.disposition is Disposition.KEPT and runs_out
    return kept_until or benefit.disposition in {Disposition.TO_SWITCH, Disposition.DUAL}


def _benefit_waits(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Succession)
    waiting = [key for key, b in c.case.benefits.items() if awaits_successor(b)]
    return Check(
        satisfied=c.form.benefit in waiting,
        found=f"尚待衔接：{'、'.join(waiting) or '无'}",
        remedy="填写尚待衔接的待遇",
    )


def _joins(c: CaseCircumstances) -> Check:
    """No day without, and of what only one may be drawn no day with both."""
    assert isinstance(c.form, Succession)
    benefit = c.case.benefits.get(c.form.benefit)
    if c.form.ends or benefit is None or not awaits_successor(benefit):
        return Check(satisfied=True, found="没有需要衔接的日期")
    after, since = _day_after(benefit), _follows_on(benefit, c.form)
    if benefit.until is None or after is None or since is None:
        return Check(
            satisfied=since is not None,
            found=f"衔接自 {since:%Y-%m-%d} 起"
            if since
            else "原待遇没有到期日，也没有填写衔接起始日期",
            remedy="填写衔接起始日期 since",
        )
    only_one = _is_exclusive(c, benefit)
    return Check(
        satisfied=since == after if only_one else since <= after,
        found=f"原待遇到 {benefit.until:%Y-%m-%d} 止，衔接自 {since:%Y-%m-%d} 起",
        remedy=f"衔接{'恰' if only_one else '不晚于'}自 {after:%Y-%m-%d} 起，"
        + ("只能享受一种，不断也不重" if only_one else "中间不断档"),
    )


def _day_after(benefit: Benefit) -> date | None:
    return benefit.until + timedelta(days=1) if benefit.until else None


def _follows_on(benefit: Benefit, form: Succession) -> date | None:
    """The first day of what follows; none where nothing does."""
    return None if form.ends else form.since or _day_after(benefit)


def _is_exclusive(c: CaseCircumstances, benefit: Benefit) -> bool:
    """Whether only one of its group may be drawn, by the pack it was assessed under, or today's."""
    assessed = c.case.last("benefits.assess")
    rows = (*c.pack.benefits, *(c.pack.on(assessed.day).benefits if assessed else ()))
    return any(row.id == benefit.item and row.exclusive for row in rows)


def succeeded(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The benefit with what follows and from when; the sheet that says otherwise is outdated."""
    assert isinstance(c.form, Succession)
    form = c.form
    disposition = Disposition.ENDED if form.ends else Disposition.SWITCHED
    benefit = c.case.benefits[form.benefit]
    update = {
        "disposition": disposition,
        "then": f"{form.then}（{form.decision}）",
        "then_since": _follows_on(benefit, form),
    }
    row = benefit.model_copy(update=update)
    said = f"待遇转换：{benefit.title}（{form.decision}）"
    outdated = supersede(c.case, kinds=(BENEFIT_ASSESSMENT,), day=c.day, reason=said)
    return (put("benefits", row.key, row), *outdated)


def _all_settled(c: CaseCircumstances) -> Check:
    waiting = [b.title for b in c.case.benefits.values() if awaits_successor(b)]
    return Check(
        satisfied=not waiting,
        found=f"尚待转换：{'、'.join(dict.fromkeys(waiting))}"
        if waiting
        else "均已转换或有终局安排",
        remedy="待各项待遇办妥转换",
    )


NO_SILENT_END: Final[Guard[CaseCircumstances]] = Guard(
    rule="no_silent_end", title="每项待遇到期都有衔接", test=_no_silent_end
)
BENEFIT_WAITS: Final[Guard[CaseCircumstances]] = Guard(
    rule="benefit_waits", title="该项待遇尚待衔接", test=_benefit_waits, reads_form=True
)
JOINS: Final[Guard[CaseCircumstances]] = Guard(
    rule="succession_joins", title="前后衔接，不断不重", test=_joins, reads_form=True
)
ALL_SETTLED: Final[Guard[CaseCircumstances]] = Guard(
    rule="all_settled", title="各项待遇均已衔接", test=_all_settled
)
