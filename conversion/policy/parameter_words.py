"""A parameter's value in words, for people who read what a pack states."""

from collections.abc import Callable, Mapping
from typing import Any

from conversion.domain.standing import Json
from conversion.policy.code_meaning import OPERATIONS
from conversion.policy.parameter_shape import HolderCap, HukouRegime, shape_of
from conversion.standards import member_flag


def in_words(name: str, value: Json) -> str:
    """The value of a parameter, whose shape loading has proven.

    >>> in_words("notice.plan", {"days": 7}), in_words("dividend.reserve_min", [1, 10])
    ('7天', '10分之1')
    """
    shape = shape_of(name)
    assert shape, "loading has refused a parameter that no rule knows"
    found = shape.validate_python(value, strict=False)
    return _TOLD.get(name, str)(found)


def _days_before(days: tuple[int, ...]) -> str:
    return f"期满前{'、'.join(map(str, days))}天"


def _operations(allowed: tuple[str, ...]) -> str:
    return "、".join(OPERATIONS[one] for one in allowed) or "都不允许"


def _cap(cap: HolderCap) -> str:
    return f"不超过总量的{cap}，适用于{_operations(cap.applies_to)}"


def _portion(portion: tuple[int, int]) -> str:
    above, below = portion
    return f"{below}分之{above}"


def _flags(reasons: Mapping[str, str]) -> str:
    told = (f"{member_flag.title_of(flag)}：{reason}" for flag, reason in reasons.items())
    return "；".join(told) or "没有"


def _regime(regime: HukouRegime) -> str:
    return regime.label


_TOLD: Mapping[str, Callable[[Any], str]] = {
    "deadline.reminder_days": _days_before,
    "benefits.reminder_days": _days_before,
    "hukou.regime": _regime,
    "hukou.exceptions": _flags,
    "ledger.permitted": _operations,
    "ledger.holder_cap": _cap,
    "dividend.reserve_min": _portion,
}
"""Parameter → its words, where its shape doesn't say them itself."""
