"""A notice that does not count 公示作废: pulled early, altered, or missing where it had to be."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from pydantic import Field

from conversion.documents.kind import AnyKind
from conversion.documents.void_announcement import VOID_ANNOUNCEMENT
from conversion.domain.collections import put
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.posted_list import PostedList
from conversion.workflows.publicity import current_notice, posted_days
from conversion.workflows.step import C, Check, Circumstances, Evidence, Form, Guard, Part, Step

BOARD_PHOTO = Evidence(id="board_photo", title="公示无效的现场照片或者检查记录")


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


def _void(level: str) -> Callable[[Circumstances, Decision | None], tuple[Change, ...]]:
    def effect(c: Circumstances, _decision: Decision | None) -> tuple[Change, ...]:
        notice = current_notice(c, level)
        assert notice, "the step leaves a state in which a list is posted"
        assert isinstance(c.form, Voiding)
        reason = f"{c.form.defect.label}：{c.form.account}"
        void = notice.model_copy(update={"voided_on": c.form.found_on, "void_reason": reason})
        return (put("notices", void.key, void),)

    return effect


def _found_while_posted(level: str) -> Guard[Circumstances]:
    """A list can only be pulled early, altered or missed while it has to hang."""

    def test(c: Circumstances) -> Check:
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
    posted: PostedList[C], roles: tuple[Role, ...], announced: AnyKind = VOID_ANNOUNCEMENT
) -> Step[C]:
    """A notice that does not count: the list is to be posted anew, for its full time.

    Args:
        posted: the list.
        roles: who finds it void.
        announced: the paper that tells it where the list hung.
    """
    (before,) = posted.before
    return Step(
        event="void_notice",
        title="公示作废",
        source=(posted.posted,),
        target=before,
        roles=roles,
        part=Part.RECORD,
        form=Voiding,
        evidence=(BOARD_PHOTO,),
        guards=(_found_while_posted(posted.level),),
        effect=_void(posted.level),
        documents=(announced,),
    )
