"""Public notice 公示, as every level that posts a list uses it: posted, run out, taken down."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.notice import Notice, newest
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.notice_window import notice_window
from conversion.workflows.posted_list import PostedList, code_of
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
from conversion.workflows.term import Term

POSTING_PHOTO = Evidence(id="posting_photo", title="张贴照片")
REMOVAL_PHOTO = Evidence(id="removal_photo", title="期满取证照片")
_HOUR = r"^([01]\d|2[0-3]):[0-5]\d$"
_PROOF = 290
"""Characters of a proof that the notice's row keeps; the history keeps the whole."""


class Post(Form):
    """Where and at what hour a list was posted."""

    place: str = Field(title="张贴地点", min_length=2, max_length=200)
    posted_at: str = Field(title="张贴时刻（时:分）", pattern=_HOUR)


class Removal(Form):
    """How a list was found when its time was over."""

    removed_at: str = Field(title="取证时刻（时:分）", pattern=_HOUR)
    intact: bool = Field(title="取下时完好、与张贴时一致")
    code: str = Field(default="", title="榜上所印校验码", pattern=r"^([0-9A-Fa-f]{8})?$")


def notices_of(c: Circumstances) -> Mapping[str, Notice]:
    """The notices of the chain that a step stands in."""
    return c.case.notices if isinstance(c, CaseCircumstances) else c.programme.notices


def current_notice(c: Circumstances, level: str) -> Notice | None:
    """The newest notice of a level."""
    return newest(n for n in notices_of(c).values() if n.level == level)


def posting_step(
    posted: PostedList[C],
    event: str,
    title: str,
    roles: tuple[Role, ...],
    *,
    guards: tuple[Guard[C], ...] = (),
    term: Term | None = None,
    for_many: bool = True,
) -> Step[C]:
    """The step that posts a list for as long as the pack says.

    Args:
        posted: the list.
        event: the step's verb; `title` as buttons say it.
        title: see event.
        roles: who posts it.
        guards: what must be true of it before.
        term: what begins with it.
        for_many: whether it may be posted for many at once.
    """
    return Step(
        event=event,
        title=title,
        source=posted.before,
        target=posted.posted,
        roles=roles,
        part=Part.RECORD,
        term=term,
        for_many=for_many,
        form=Post,
        evidence=(POSTING_PHOTO,),
        guards=guards,
        decide=lambda c: notice_window(posted.kind, c.day, c.pack).decision,
        effect=_posting(posted),
    )


def _posting(posted: PostedList[C]) -> Callable[[C, Decision | None], tuple[Change, ...]]:
    def effect(c: C, _decision: Decision | None) -> tuple[Change, ...]:
        assert isinstance(c.form, Post)
        following = _new_notice(c, posted, place=c.form.place, round=round_due(c, posted))
        return (*withdrawn_notice(c, posted.level), _put(following))

    return effect


def round_due(c: Circumstances, posted: PostedList[C]) -> int:
    """Which list of its kind comes next; one that did not run its time comes again."""
    last = last_of(c, posted)
    if last is None:
        return 1
    return min(last.round + 1, rounds_of(c, posted)) if last.closed_on else last.round


def rounds_of(c: Circumstances, posted: PostedList[C]) -> int:
    """How many lists of a kind hang one after another: as it was when the first of them did."""
    first = newest(n for n in notices_of(c).values() if n.kind == posted.kind and n.round == 1)
    begun = first.posted_on if first else c.day
    return notice_window(posted.kind, begun, c.pack.on(begun)).rounds


def last_of(c: Circumstances, posted: PostedList[C]) -> Notice | None:
    """The newest notice of one kind of list."""
    return newest(n for n in notices_of(c).values() if n.kind == posted.kind)


def _new_notice(
    c: C,
    posted: PostedList[C],
    *,
    place: str,
    round: int,  # noqa: A002  # it is the field's name
    again: str = "",
) -> Notice:
    term = notice_window(posted.kind, c.day, c.pack)
    hour = c.form.posted_at if isinstance(c.form, Post) else ""
    return Notice(
        serial=f"N{len(notices_of(c)) + 1:02d}",
        level=posted.level,
        kind=posted.kind,
        title=posted.title_of(round, term.rounds) + again,
        posted_on=c.day,
        last_day=term.last_day,
        days=term.days,
        working_days=term.working_days,
        place=place,
        content_sha256=posted.digest(c),
        round=round,
        posting_proof=_proof(c, hour, POSTING_PHOTO),
    )


def next_notice(c: C, posted: PostedList[C], round: int) -> tuple[Change, ...]:  # noqa: A002
    """The list on the board taken down in good order, and the next of its kind in its place."""
    assert isinstance(c.form, Post)
    following = _new_notice(c, posted, place=c.form.place, round=round)
    return (closed_notice(c, posted.level), _put(following))


def renewed_notice(c: C, posted: PostedList[C], *, reason: str) -> tuple[Change, ...]:
    """The newest notice of a level replaced by one about the list as it stands, for its full time.

    Args:
        c: the circumstances, with the rows of the chain as they are to be posted.
        posted: the list.
        reason: why it is posted again.
    """
    notice = current_notice(c, posted.level)
    assert notice, "only a posted notice can be posted again"
    ended = notice.model_copy(update={"voided_on": c.day, "void_reason": reason})
    again = _new_notice(c, posted, place=notice.place, round=notice.round, again=_AGAIN)
    return (_put(ended), _put(again))


def withdrawn_notice(
    c: Circumstances, level: str, reason: str = "更正后重新公示"
) -> tuple[Change, ...]:
    """The notice on the board, if one hangs there, taken down before its time."""
    notice = current_notice(c, level)
    if notice is None or not notice.is_running:
        return ()
    ended = notice.model_copy(update={"voided_on": c.day, "void_reason": reason})
    return (_put(ended),)


_AGAIN = "（重新公示）"


def closed_notice(c: Circumstances, level: str) -> Change:
    """The newest notice of a level, taken down in good order today."""
    notice = current_notice(c, level)
    assert notice, "only a posted notice can be taken down"
    hour = c.form.removed_at if isinstance(c.form, Removal) else ""
    proof = _proof(c, hour, REMOVAL_PHOTO)
    return _put(notice.model_copy(update={"closed_on": c.day, "removal_proof": proof}))


def _proof(c: Circumstances, hour: str, evidence: Evidence) -> str:
    return f"{hour} {c.evidence.get(evidence.id, '')[:_PROOF]}".strip()


def _put(notice: Notice) -> Change:
    return put("notices", notice.key, notice)


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


def found_as_posted(level: str) -> Guard[Circumstances]:
    """The list was found on the board as it was posted, by its code where one was read off."""

    def test(c: Circumstances) -> Check:
        assert isinstance(c.form, Removal)
        notice = current_notice(c, level)
        code = code_of(notice.content_sha256) if notice else ""
        told = c.form.code.upper()
        return Check(
            satisfied=c.form.intact and told in {"", code},
            found=f"榜上校验码 {told}，存档校验码 {code}"
            if told and told != code
            else f"取下时{'完好' if c.form.intact else '不完好或者与张贴时不一致'}",
            remedy="核对照片；不完好、不一致的，办理公示作废（void_notice）后重新张贴",
        )

    return Guard(
        rule=f"{level}.found_as_posted",
        title="取下时与张贴时一致",
        test=test,
        reads_form=True,
    )


def list_unchanged(posted: PostedList[C]) -> Guard[C]:
    """What is decided on a list is what hung: the rows still say what was posted."""

    def test(c: C) -> Check:
        notice = current_notice(c, posted.level)
        hung = code_of(notice.content_sha256) if notice else "无"
        same = notice is not None and posted.digest(c) == notice.content_sha256
        return Check(
            satisfied=same,
            found="张贴以后没有变动"
            if same
            else f"榜上校验码 {hung}，现在的内容校验码 {code_of(posted.digest(c))}",
            remedy="查明变动；办理公示作废（void_notice）后按现在的内容重新张贴",
        )

    return Guard(rule="list_unchanged", title="所公示的内容张贴以后没有变动", test=test)
