"""The policy pack of the day 当日政策包, and what a screen says where another took its place."""

from datetime import timedelta

from conversion.policy.pack import PackOnDay
from conversion.standards.chinese_date import format_day


def pack_record(pack: PackOnDay) -> dict[str, object]:
    """The pack for a program; `instead_of` is null while the village has the pack it began with."""
    return {
        "id": pack.pack.id,
        "title": pack.pack.title,
        "sha256": pack.pack.sha256,
        "instead_of": pack.origin.id if pack.origin else None,
    }


def taken_over(pack: PackOnDay) -> tuple[str, ...]:
    """What stands above a sheet once another pack decides; nothing before."""
    origin, now = pack.origin, pack.pack
    if origin is None or origin.until is None:
        return ()
    since = format_day(max(now.since, origin.until + timedelta(days=1)))
    now_by = f"自{since}起，本村按政策包“{now.title}”（{now.id}）办理，不再按“{origin.title}”"
    differing = f"两者的不同：conversion policy diff {origin.id} {now.id}"
    return (f"{now_by}；此前已经办结的不变。{differing}",)
