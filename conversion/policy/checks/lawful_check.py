"""What no pack may provide, whatever its office would like: the law's own minimum."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from pydantic import TypeAdapter, ValidationError

from conversion.domain.right import Disposition
from conversion.policy.draft import Draft
from conversion.policy.pack_fault import PackFault
from conversion.policy.parameter import Parameter
from conversion.policy.parameter_shape import Body, QuorumRule, Threshold
from conversion.policy.row import BenefitRow

_MARRIED = frozenset({"10", "11", "12", "28", "38"})
"""Relations that only a marriage makes (GB/T 4761): spouses, sons-in-law, daughters-in-law."""
_MARRIAGE = re.compile("结婚|离婚|再婚|改嫁|外嫁|出嫁|嫁出|嫁入|丧偶|未婚|已婚|入赘|婚姻状况")
_NO_MARRIAGE = "婚姻不得作为享受或者停止待遇的条件（妇女权益保障法）"
_MEDICAL = re.compile("(?:合作医疗|医疗保险)$")
_SETTLED = frozenset({Disposition.TO_SWITCH, Disposition.ENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalQuorum:
    """The least that a law asks of a body, from a day on.

    Attributes:
        law: with the article.
        rule: of whom so many must come, how many carry it, how long before it is called.
    """

    body: Body
    since: dt.date
    law: str
    rule: QuorumRule


def _least(present: Threshold, carried: Threshold, base: str) -> QuorumRule:
    return QuorumRule.model_validate(
        {"present_min": present, "pass_min": carried, "base": base, "notice_days": 10}
    )


_TWO_THIRDS, _HALF = Threshold(portion=(2, 3)), Threshold(portion=(1, 2), more_than=True)
_VILLAGERS, _MEMBERS = dt.date(2010, 10, 28), dt.date(2025, 5, 1)
LEGAL_QUORUMS: tuple[LegalQuorum, ...] = (
    LegalQuorum(
        body=Body.VILLAGERS,
        since=_VILLAGERS,
        law="村民委员会组织法第二十一条、第二十二条",
        rule=_least(_HALF, _HALF, "present"),
    ),
    LegalQuorum(
        body=Body.HOUSEHOLDS,
        since=_VILLAGERS,
        law="村民委员会组织法第二十一条、第二十二条",
        rule=_least(_TWO_THIRDS, _HALF, "present"),
    ),
    LegalQuorum(
        body=Body.MEMBERS,
        since=_MEMBERS,
        law="农村集体经济组织法第二十七条",
        rule=_least(_TWO_THIRDS, _TWO_THIRDS, "all"),
    ),
)
RESERVED_MATTERS = ("confirm_roll", "adopt_share_plan")
"""What since May 2025 the members decide themselves (农村集体经济组织法 arts. 26, 28)."""


def check_quorums(draft: Draft) -> Iterator[PackFault]:
    """No vote is easier, and no meeting called at shorter notice, than the law has it."""
    for marked, name, parameter in draft.dated_parameters():
        body = name.split(".")[1] if name.startswith("quorum.") else ""
        for least in (legal for legal in LEGAL_QUORUMS if legal.body == body):
            for day, value in _in_force(parameter, least.since, draft.pack.until):
                rule = _quorum(value)
                if rule and (short := _falls_short(rule, least.rule)):
                    sentence = f"{least.law}：{short}"
                    yield marked.fault(("parameters", name, "values", day.isoformat()), sentence)


def _quorum(value: object) -> QuorumRule | None:
    """The value as a rule; None when it has another shape, which is told elsewhere."""
    try:
        return TypeAdapter(QuorumRule).validate_python(value, strict=False)
    except ValidationError:
        return None


def _falls_short(rule: QuorumRule, least: QuorumRule) -> str:
    if rule.notice_days < least.notice_days:
        return f"应当提前{least.notice_days}天通知，例如 notice_days: {least.notice_days}"
    if _is_less(rule.present_min, least.present_min):
        return f"到会的{least.present_min}，例如 present_min: {_written(least.present_min)}"
    if _is_less(rule.pass_min, least.pass_min):
        return f"同意的{least.pass_min}，例如 pass_min: {_written(least.pass_min)}"
    if least.base == "all" and rule.base != "all":
        return "以全体应到人员计算，例如 base: all"
    return ""


def _is_less(found: Threshold, least: Threshold) -> bool:
    part, lowest = Fraction(*found.portion), Fraction(*least.portion)
    return part < lowest or (part == lowest and least.more_than and not found.more_than)


def _written(threshold: Threshold) -> str:
    above, below = threshold.portion
    more = ", more_than: true" if threshold.more_than else ""
    return f"{{portion: [{above}, {below}]{more}}}"


def _in_force(
    parameter: Parameter, since: dt.date, until: dt.date | None
) -> Iterator[tuple[dt.date, object]]:
    """The values that hold on some day between two, each with its own first day."""
    starts = list(parameter.values)
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        begins = until is None or start <= until
        if begins and (until is None or until >= since) and (not following or following > since):
            yield start, parameter.values[start].value


def check_reserved_matters(draft: Draft) -> Iterator[PackFault]:
    """What the members decide themselves, no other body decides in their stead."""
    until, known = draft.pack.until, {name: p for _, name, p in draft.dated_parameters()}
    for marked, name, parameter in draft.dated_parameters():
        kind, body, matter = (*name.split("."), "", "")[:3]
        if kind != "quorum" or body == Body.MEMBERS or matter not in RESERVED_MATTERS:
            continue
        barred = known.get(f"barred.{body}.{matter}")
        is_barred = barred is not None and min(barred.values) <= _MEMBERS
        if any(_in_force(parameter, _MEMBERS, until)) and not is_barred:
            example = f"barred.{body}.{matter}: {{values: {{{_MEMBERS}: …}}}}"
            sentence = f"2025年5月1日起应当由成员大会决定，其他会议不能代替，例如写 {example}"
            yield marked.fault(("parameters", name), sentence)


def check_marriage(draft: Draft) -> Iterator[PackFault]:
    """No right begins, ends or is refused by a marriage."""
    for file, top, place, row in draft.rows():
        marked = draft.marked[file]
        for number, condition in enumerate(row.when):
            if _MARRIED & set(condition.relation):
                sentence = _NO_MARRIAGE + "，例如删除 relation，或者按户写 scope: household"
                yield marked.fault((top, place, "when", number, "relation"), sentence)
        if row.until and row.until.event and _MARRIAGE.search(row.until.event):
            sentence = _NO_MARRIAGE + "，例如写 until: {life: true}"
            yield marked.fault((top, place, "until", "event"), sentence)


def check_medical(draft: Draft) -> Iterator[PackFault]:
    """Nobody pays for two basic medical insurances: they stand in one exclusive group."""
    rows = [
        (place, row)
        for place, row in enumerate(draft.benefits.benefits)
        if _MEDICAL.search(row.title)
    ]
    group = next((row.exclusive for _, row in rows if row.exclusive), "basic_medical")
    for place, row in rows if len(rows) > 1 else ():
        if row.exclusive != group:
            sentence = f"基本医疗保险只能参加一种，各项写进同一组，例如 exclusive: {group}"
            yield draft.marked["benefits.yaml"].fault(("benefits", place), sentence)


def check_ends(draft: Draft) -> Iterator[PackFault]:
    """Nothing ends in silence: what is switched or ended says what follows."""
    followed = {row.after for row in draft.benefits.benefits}
    for place, row in enumerate(draft.benefits.benefits):
        if _ends(row) and not row.then and row.id not in followed:
            sentence = "到期或者终止以后怎样没有写，例如 then: 由社区居民会议决定是否继续。"
            yield draft.marked["benefits.yaml"].fault(("benefits", place), sentence)


def _ends(row: BenefitRow) -> bool:
    return row.disposition in _SETTLED or (row.until is not None and row.until.is_dated)


LAWFUL_CHECKS: tuple[Callable[[Draft], Iterator[PackFault]], ...] = (
    check_quorums,
    check_reserved_matters,
    check_marriage,
    check_medical,
    check_ends,
)
