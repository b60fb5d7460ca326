"""Public notice 公示, as every level that posts a list uses it: posted, run out, taken down."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.notice import Notice
from conversion.domain.standing import Change, Json
from conversion.history.canonical import canonical
from conversion.policy.decision import Decision
from conversion.policy.rules.notice_window import notice_window
from conversion.workflows.step import (
    C,
    CaseCircumstances,
    Check,
    Circumstances,
    Evidence,
    Form,
    Guard,
)

POSTING_PHOTO = Evidence(id="posting_photo", title="张贴照片")
REMOVAL_PHOTO = Evidence(id="removal_photo", title="期满取证照片")


class Post(Form):
    """Where a list was posted."""

    place: str = Field(title="张贴地点", min_length=2, max_length=200)


def notices_of(c: Circumstances) -> Mapping[str, Notice]:
    """The notices of the chain that a step stands in."""
    return c.case.notices if isinstance(c, CaseCircumstances) else c.programme.notices


def current_notice(c: Circumstances, level: str) -> Notice | None:
    """The newest notice of a level."""
    found = (n for n in notices_of(c).values() if n.level == level)
    return max(found, key=lambda n: int(n.serial[1:]), default=None)


def window(kind: str) -> Callable[[Circumstances], Decision]:
    """The rule that says how long a list stays posted."""
    return lambda c: notice_window(kind, c.day, c.pack).decision


def posting(
    level: str, kind: str, title: str, content: Callable[[C], Json]
) -> Callable[[C, Decision | None], tuple[Change, ...]]:
    """The effect of posting: a notice whose window the pack gives and whose text is hashed."""

    def effect(c: C, _decision: Decision | None) -> tuple[Change, ...]:
        assert isinstance(c.form, Post)
        text = content(c)
        digest = hashlib.sha256(canonical(text)).hexdigest()
        return (
            new_notice(
                c, level=level, kind=kind, title=title, place=c.form.place, content_sha256=digest
            ),
        )

    return effect


def new_notice(
    c: Circumstances, *, level: str, kind: str, title: str, place: str, content_sha256: str
) -> Change:
    """A notice posted today, for as long as the pack says."""
    term = notice_window(kind, c.day, c.pack)
    serial = f"N{len(notices_of(c)) + 1:02d}"
    notice = Notice(
        serial=serial,
        level=level,
        kind=kind,
        title=title,
        posted_on=c.day,
        last_day=term.last_day,
        days=term.days,
        working_days=term.working_days,
        place=place,
        content_sha256=content_sha256,
    )
    return put("notices", serial, notice)


def closed_notice(c: Circumstances, level: str) -> Change:
    """The newest notice of a level, taken down in good order today."""
    notice = current_notice(c, level)
    assert notice, "only a posted notice can be taken down"
    return put("notices", notice.key, notice.model_copy(update={"closed_on": c.day}))


def posted_days(notice: Notice) -> str:
    """From when until when a notice is posted, in words."""
    return f"{notice.posted_on:%Y-%m-%d} 张贴，公示至 {notice.last_day:%Y-%m-%d} 止"


def window_over(level: str) -> Guard[Circumstances]:
    """The newest notice of a level has run its full time."""

    def test(c: Circumstances) -> Check:
        notice = current_notice(c, level)
        if notice is None:
            return Check(satisfied=False, found="尚未公示", remedy="先公示")
        after = notice.last_day + timedelta(days=1)
        return Check(
            satisfied=c.day >= after,
            found=posted_days(notice),
            remedy="待公示期满后办理",
            earliest=after,
        )

    return Guard(rule=f"{level}.window_over", title="公示期已满", test=test)
