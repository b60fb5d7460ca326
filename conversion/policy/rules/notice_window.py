"""How long a public notice stays posted 公示期."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from conversion.errors import WrongUse
from conversion.policy.decision import Decision, FactUse, Formula, ParameterUse, TraceLine
from conversion.policy.pack import PackOnDay
from conversion.policy.parameter_shape import NoticeKind, NoticePeriod, RollPeriod, shaped
from conversion.standards.chinese_date import format_day
from conversion.standards.day_count import Term, last_day, last_working_day

RULE = "notice_window"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWindow:
    """The window of one notice.

    Attributes:
        last_day: until its end objections are admitted.
        rounds: how many lists of the kind are posted one after another.
        provisional: leans on a year whose holidays are not published yet.
    """

    last_day: date
    days: int
    working_days: bool
    rounds: int
    provisional: bool
    decision: Decision


def notice_window(kind: str, posted_on: date, pack: PackOnDay) -> NoticeWindow:
    """The window of a notice of this kind; the day of posting isn't counted.

    Raises:
        WrongUse: no such kind of notice.
        NotFound: the pack has no period for it on the day.
    """
    if kind not in set(NoticeKind):
        kinds = "、".join(NoticeKind)
        raise WrongUse(f"计算“{kind}”的公示期", "没有这种公示", f"使用 {kinds} 之一")
    use = pack.use(f"notice.{kind}")
    period = shaped(use, RollPeriod if kind == NoticeKind.MEMBERS else NoticePeriod)
    count = last_working_day if period.working_days else last_day
    term = count(posted_on, period.days)
    return NoticeWindow(
        last_day=term.last,
        days=period.days,
        working_days=period.working_days,
        rounds=period.rounds if isinstance(period, RollPeriod) else 1,
        provisional=term.provisional,
        decision=_decision(NoticeKind(kind), period, term, use),
    )


def _decision(kind: NoticeKind, period: NoticePeriod, term: Term, use: ParameterUse) -> Decision:
    reasons = (*_argument(kind, period, term),)
    line = TraceLine(
        key=kind,
        title=kind.label,
        result=f"到{format_day(term.last)}为止",
        because=reasons,
        formula=Formula(
            words="张贴次日起数满规定的天数，最后一日遇休息日顺延",
            numbers=f"{format_day(term.start)} ＋ {_length(period)} → {format_day(term.last)}",
        ),
        facts=(FactUse(name="posted_on", title="张贴日期", value=term.start.isoformat()),),
        parameters=(use.name,),
        references=(use.reference,),
        illustrative=use.illustrative,
    )
    return Decision(
        rule=RULE,
        granted=True,
        reasons=reasons,
        references=(use.reference,),
        facts={"kind": str(kind), "posted_on": term.start.isoformat()},
        parameters=(use,),
        lines=(line,),
    )


def _argument(kind: NoticeKind, period: NoticePeriod, term: Term) -> Iterator[str]:
    yield f"{kind.label}为{_length(period)}。"
    first, last = format_day(term.start), format_day(term.last)
    yield f"{first}张贴，当日不计，从次日起算，到{last}为止。"
    yield "最后一日遇休息日的，顺延到其后第一个工作日。"
    if term.provisional:
        yield "该年度放假安排没有数据，暂按星期推算，安排公布后应当重新计算。"


def _length(period: NoticePeriod) -> str:
    return f"{period.days}{'个工作日' if period.working_days else '天'}"
