"""Conservation: nobody, no land and no share is lost or doubled by a change of households.

Whoever leaves is named among those who left, with the cause; whoever comes is counted. Land and
shares are never made or unmade by a change, only moved.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from conversion.domain.case import Case
from conversion.domain.departed import Departure

Amounts: TypeAlias = Counter[str]


def losses(before: Iterable[Case], after: Iterable[Case], *, joined: int) -> Iterator[str]:
    """What a change would lose or double; nothing when it conserves everything.

    Args:
        before: the households it touches, as they stand.
        after: the same as they will stand, with those that it opens.
        joined: how many people it brings in from outside.
    """
    had, has = tuple(before), tuple(after)
    if _souls(had) + joined != _souls(has):
        yield f"人数不符：变更前 {_souls(had)}，迁入 {joined}，变更后 {_souls(has)}"
    yield from (f"身份号码 {number[:6]}… 的成员登记了两次" for number in _twice(has))
    for title, count in (("宗地", _parcels), ("面积", _areas), ("份额", _shares)):
        for what in sorted(_differing(count(had), count(has))):
            yield f"{title} {what} 变更前后不等"


def _souls(cases: tuple[Case, ...]) -> int:
    """The members, and those who left other than for another household."""
    left = (p for case in cases for p in case.departed.values())
    gone = sum(p.departure is not Departure.MOVED for p in left)
    return gone + sum(len(case.members) for case in cases)


def _twice(cases: tuple[Case, ...]) -> list[str]:
    people = (m for case in cases for m in case.members.values())
    found = Counter(m.resident_number for m in people if m.resident_number)
    return sorted(number for number, count in found.items() if count > 1)


def _parcels(cases: tuple[Case, ...]) -> Amounts:
    parcels = (p for case in cases for p in case.parcels.values())
    return Counter(f"{p.kind.label}{p.code or p.name}" for p in parcels)


def _areas(cases: tuple[Case, ...]) -> Amounts:
    found: Amounts = Counter()
    for case in cases:
        for p in case.parcels.values():
            found["合同"] += p.contract_area or 0
            found["实测"] += p.measured_area or 0
            found["宅基地"] += p.site_area or 0
        for right in case.land.values():
            found[right.right] += right.area
    return found


def _shares(cases: tuple[Case, ...]) -> Amounts:
    found: Amounts = Counter()
    for case in cases:
        for lot in case.shares.values():
            found[lot.share_class] += lot.units
    return found


def _differing(had: Amounts, has: Amounts) -> set[str]:
    return {what for what in had.keys() | has.keys() if had[what] != has[what]}
