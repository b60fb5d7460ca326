"""Resumption: the notices whose window stood still under a hold run on where they had stopped."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from conversion.domain.collections import put
from conversion.domain.hold import Hold
from conversion.domain.notice import Notice
from conversion.domain.standing import Change
from conversion.standards.day_count import Pause, last_day_with_pauses


def resumed(
    notices: Mapping[str, Notice], holds: Iterable[Hold], before: Iterable[Hold]
) -> Iterator[Change]:
    """Running notices whose last day moves, because a hold that stopped their clock has ended.

    Args:
        notices: those of the chain.
        holds: every hold over the chain as it stands once the hold has ended.
        before: the same as they stood.
    """
    over, stopped = tuple(holds), tuple(before)
    for notice in notices.values():
        is_stopped = any(h.is_in_force and h.stops(notice.level) for h in over)
        was_stopped = any(h.is_in_force and h.stops(notice.level) for h in stopped)
        if notice.is_running and was_stopped and not is_stopped:
            last = _last_day(notice, over)
            if last != notice.last_day:
                row = notice.model_copy(update={"last_day": last})
                yield put("notices", row.key, row)


def _last_day(notice: Notice, holds: Iterable[Hold]) -> date:
    pauses = [
        Pause(first=hold.since, last=hold.lifted_on)
        for hold in holds
        if hold.lifted_on and hold.stops(notice.level)
    ]
    return last_day_with_pauses(
        notice.posted_on, notice.days, pauses, working_days=notice.working_days
    ).last
