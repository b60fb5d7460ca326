"""Replacing 换证: a certificate damaged or misprinted is handed in, a new one takes its place.

What is wrong in the register itself is put right there first (`reopening.py`).
"""

from collections.abc import Callable, Iterator
from datetime import date

from pydantic import Field

from conversion.documents.kinds import kind_of
from conversion.documents.rectification_notice import (
    RECTIFICATION_NOTICE,
    EndedPaper,
    Rectified,
    Rewritten,
)
from conversion.domain.collections import put
from conversion.domain.notice import PaperStatus
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.certificates import (
    CERTIFICATE_COUNTS,
    CERTIFIER,
    CERTIFIERS,
    OfCertificate,
    certificate,
    same_kind,
)
from conversion.workflows.paper_life import RETURNED_BY_NOW
from conversion.workflows.step import CaseCircumstances, Evidence, Part, Step

_HANDED_IN = Evidence(id="handed_in_paper", title="缴回的证书原件（已加盖作废章）")


class HandedIn(OfCertificate):
    """A certificate that was handed in."""

    returned_on: date = Field(title="缴回原件的日期")


class Replacement(HandedIn):
    """A damaged certificate."""

    damage: str = Field(title="破损、污损的情况", min_length=4, max_length=200)


class Misprint(HandedIn):
    """A mistake in the page although the register is right."""

    entry: str = Field(title="印错的栏目", min_length=2, max_length=60)
    printed: str = Field(title="印成了什么", max_length=200, json_schema_extra={"personal": True})
    right: str = Field(title="应当是什么", max_length=200, json_schema_extra={"personal": True})
    corrected: str = Field(title="更正说明（印在通知书上）", min_length=4, max_length=400)


def _superseded(why: Callable[[CaseCircumstances], str]) -> Callable[..., tuple[Change, ...]]:
    def effect(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
        assert isinstance(c.form, HandedIn)
        old = certificate(c)
        told = {"ended_on": c.day, "end_reason": why(c), "returned_on": c.form.returned_on}
        ended = old.model_copy(update={"status": PaperStatus.SUPERSEDED, **told})
        return (put("papers", old.key, ended),)

    return effect


def _damage(c: CaseCircumstances) -> str:
    assert isinstance(c.form, Replacement)
    return f"换证：{c.form.damage}"


def _misprint(c: CaseCircumstances) -> str:
    assert isinstance(c.form, Misprint)
    return f"更正：“{c.form.entry}”印错"


def _told(c: CaseCircumstances) -> Rectified:
    """What the letter tells of the misprint, and which page counts no more."""
    assert isinstance(c.form, Misprint)
    old, form = certificate(c), c.form
    title = kind_of(old.kind).title
    return Rectified(
        rewritten=(Rewritten(whose=title, what=form.entry, before=form.printed, after=form.right),),
        again=(),
        papers=(EndedPaper(number=old.number, title=title),),
    )


def replacing_steps(source: tuple[str, ...]) -> Iterator[Step[CaseCircumstances]]:
    """Replacing a damaged certificate, and one that was misprinted.

    Args:
        source: the states in which a household may hold certificates.
    """
    guards = (CERTIFICATE_COUNTS, CERTIFIER, RETURNED_BY_NOW)
    yield Step(
        event="replace_paper",
        title="换证（破损）",
        source=source,
        target=None,
        roles=CERTIFIERS,
        part=Part.RECORD,
        form=Replacement,
        evidence=(_HANDED_IN,),
        guards=guards,
        effect=_superseded(_damage),
        papers=same_kind,
    )
    yield Step(
        event="correct_paper",
        title="更正证书（印错）",
        source=source,
        target=None,
        roles=CERTIFIERS,
        part=Part.RECORD,
        form=Misprint,
        evidence=(_HANDED_IN,),
        guards=guards,
        effect=_superseded(_misprint),
        documents=(RECTIFICATION_NOTICE,),
        papers=same_kind,
        tells=_told,
    )
