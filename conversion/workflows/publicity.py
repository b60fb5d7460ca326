"""Public notice 公示, as every level that posts a list uses it: posted, run out, taken down."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.notice import Notice
from conversion.domain.role import Role
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
    Part,
    Step,
)

POSTING_PHOTO = Evidence(id="posting_photo", title="张贴照片")
REMOVAL_PHOTO = Evidence(id="removal_photo", title="期满取证照片")
BOARD_PHOTO = Evidence(id="board_photo", title="公示无效的现场照片或者检查记录")
_PROOF = 300
"""Characters of a proof that the notice's row keeps; the history keeps the whole."""


class Post(Form):
    """Where a list was posted."""

    place: str = Field(title="张贴地点", min_length=2, max_length=200)


class Defect(StrEnum):
    """Why a notice does not count."""

    PULLED_EARLY = "pulled_early"
    ALTERED = "altered"
    NOT_POSTED = "not_posted"

    @property
    def label(self) -> str:
        """The defect's Chinese name."""
        return {
            "pulled_early": "公示期未满即被撤下",
            "altered": "公示内容与存档不一致",
            "not_posted": "应当张贴的地点没有张贴",
        }[self]


class Voiding(Form):
    """What makes a notice void, and when it was found."""

    defect: Defect = Field(title="无效情形（pulled_early 提前撤下、altered 改动、not_posted 漏贴）")
    found_on: date = Field(title="发现日期")
    account: str = Field(title="情况说明", min_length=4, max_length=400)


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
        posting_proof=c.evidence.get(POSTING_PHOTO.id, "")[:_PROOF],
    )
    return put("notices", serial, notice)


def closed_notice(c: Circumstances, level: str) -> Change:
    """The newest notice of a level, taken down in good order today."""
    notice = current_notice(c, level)
    assert notice, "only a posted notice can be taken down"
    proof = c.evidence.get(REMOVAL_PHOTO.id, "")[:_PROOF]
    closed = notice.model_copy(update={"closed_on": c.day, "removal_proof": proof})
    return put("notices", notice.key, closed)


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


def _void(level: str) -> Callable[[CaseCircumstances, Decision | None], tuple[Change, ...]]:
    def effect(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
        notice = current_notice(c, level)
        assert notice, "the step leaves a state in which a list is posted"
        assert isinstance(c.form, Voiding)
        reason = f"{c.form.defect.label}：{c.form.account}"
        void = notice.model_copy(update={"voided_on": c.form.found_on, "void_reason": reason})
        return (put("notices", void.key, void),)

    return effect


def _found_while_posted(level: str) -> Guard[CaseCircumstances]:
    """A list can only be pulled early, altered or missed while it has to hang."""

    def test(c: CaseCircumstances) -> Check:
        notice = current_notice(c, level)
        if notice is None:
            return Check(satisfied=False, found="尚未公示", remedy="先公示")
        assert isinstance(c.form, Voiding)
        early = c.form.defect is Defect.PULLED_EARLY
        latest = min(notice.last_day, c.day) if early else c.day
        return Check(
            satisfied=notice.posted_on <= c.form.found_on <= latest,
            found=f"{c.form.found_on:%Y-%m-%d} 发现；{posted_days(notice)}",
            remedy="据实填写发现日期；公示期满后撤下的不是提前撤下",
        )

    return Guard(
        rule=f"{level}.void_in_time",
        title="无效情形在公示期间发生",
        test=test,
        reads_form=True,
    )


def void_step(
    level: str, on_notice: str, before: str, roles: tuple[Role, ...]
) -> Step[CaseCircumstances]:
    """A notice that does not count: the list is to be posted anew, for its full time.

    Args:
        level: the track; `on_notice` its state while posted, `before` that from which it is posted.
        on_notice: see level.
        before: see level.
        roles: who finds it void.
    """
    return Step(
        event="void_notice",
        title="公示作废",
        source=(on_notice,),
        target=before,
        roles=roles,
        part=Part.RECORD,
        form=Voiding,
        evidence=(BOARD_PHOTO,),
        guards=(_found_while_posted(level),),
        effect=_void(level),
    )
