"""Losing 遗失补证: a certificate declared lost, sought by a public notice, and issued anew.

While the notice runs the certificate counts, and whoever verifies it is told; whoever has it, or a
claim on it, says so. After a notice that nobody contested a new number takes the place of the old,
which is void.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from pydantic import Field

from conversion.documents.kinds import kind_of
from conversion.documents.loss_announcement import LOSS_ANNOUNCEMENT
from conversion.domain.collections import put
from conversion.domain.notice import PaperStatus
from conversion.domain.paper_loss import LossOutcome, PaperLoss
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.parameter_shape import NoticeKind
from conversion.policy.rules.notice_window import NoticeWindow, notice_window
from conversion.workflows.certificates import (
    CERTIFICATE_COUNTS,
    CERTIFIER,
    CERTIFIERS,
    OfCertificate,
    certificate,
    same_kind,
)
from conversion.workflows.publicity import POSTING_PHOTO
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Guard, Part, Step


class LossDeclaration(OfCertificate):
    """What the holder declares, and where the notice is posted that day."""

    declared_by: str = Field(title="声明人", max_length=100, json_schema_extra={"personal": True})
    circumstances: str = Field(
        title="遗失的时间和经过", min_length=4, max_length=500, json_schema_extra={"personal": True}
    )
    place: str = Field(title="遗失公告张贴的地点", min_length=2, max_length=200)


class LossContest(OfCertificate):
    """Who has the certificate or a claim on it, and on what ground."""

    contested_by: str = Field(title="异议人", max_length=100, json_schema_extra={"personal": True})
    grounds: str = Field(
        title="异议的理由", min_length=4, max_length=500, json_schema_extra={"personal": True}
    )


def _window(c: CaseCircumstances) -> NoticeWindow:
    return notice_window(NoticeKind.LOSS, c.day, c.pack)


def _declared(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, LossDeclaration)
    window = _window(c)
    loss = PaperLoss(
        number=c.form.number,
        declared_on=c.day,
        days=window.days,
        working_days=window.working_days,
        last_day=window.last_day,
        place=c.form.place,
    )
    return (put("losses", loss.key, loss),)


def _ended(c: CaseCircumstances, outcome: LossOutcome) -> Change:
    loss = c.case.losses[certificate(c).number]
    told = {"outcome": outcome, "ended_on": c.day}
    return put("losses", loss.key, loss.model_copy(update=told))


def _closed(outcome: LossOutcome) -> Callable[..., tuple[Change, ...]]:
    return lambda c, _decision: (_ended(c, outcome),)


def _reissued(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    old = certificate(c)
    reason = f"遗失（{c.case.losses[old.number].declared_on:%Y-%m-%d} 公告），补发"
    told = {"status": PaperStatus.VOID, "ended_on": c.day, "end_reason": reason}
    # Nobody is asked for a page that is lost; one that turns up is destroyed.
    void = old.model_copy(update={**told, "returned_on": c.day})
    return (put("papers", old.key, void), _ended(c, LossOutcome.REISSUED))


# --- what they require ---------------------------------------------------------------------------


def _loss(c: CaseCircumstances) -> PaperLoss | None:
    assert isinstance(c.form, OfCertificate)
    loss = c.case.losses.get(c.form.number)
    return loss if loss and loss.is_open else None


def _posted(loss: PaperLoss) -> str:
    return f"{loss.declared_on:%Y-%m-%d} 公告，到 {loss.last_day:%Y-%m-%d} 为止"


def _not_declared(c: CaseCircumstances) -> Check:
    loss = _loss(c)
    return Check(
        satisfied=loss is None,
        found=_posted(loss) if loss else "没有公告",
        remedy="同一份证书在公告期间不重复公告",
    )


def _is_declared(c: CaseCircumstances) -> Check:
    waiting = [loss.number for loss in c.case.losses.values() if loss.is_open]
    return Check(
        satisfied=_loss(c) is not None,
        found=f"遗失公告中：{'、'.join(waiting) or '无'}",
        remedy="先登记遗失并公告（case.declare_loss）；有异议的，待异议了结后重新公告",
    )


def _run_out(c: CaseCircumstances) -> Check:
    loss = _loss(c)
    if loss is None:
        return Check(satisfied=False, found="尚未公告", remedy="先登记遗失并公告")
    after = loss.last_day + timedelta(days=1)
    return Check(
        satisfied=c.day >= after,
        found=_posted(loss),
        remedy="待公告期满、没有异议后补发",
        earliest=after,
    )


_NOT_DECLARED: Guard[CaseCircumstances] = Guard(
    rule="loss_not_declared", title="没有正在进行的遗失公告", test=_not_declared, reads_form=True
)
_DECLARED: Guard[CaseCircumstances] = Guard(
    rule="loss_declared", title="已公告遗失，没有异议", test=_is_declared, reads_form=True
)
_RUN_OUT: Guard[CaseCircumstances] = Guard(
    rule="loss_notice_over", title="遗失公告期已满", test=_run_out, reads_form=True
)


def losing_steps(source: tuple[str, ...]) -> Iterator[Step[CaseCircumstances]]:
    """Declaring a loss; how it came out; issuing anew what stays lost.

    Args:
        source: the states in which a household may hold certificates.
    """
    recorders = (*CERTIFIERS, Role.VILLAGE)
    yield Step(
        event="declare_loss",
        title="登记证书遗失并公告",
        source=source,
        target=None,
        roles=recorders,
        part=Part.RECORD,
        form=LossDeclaration,
        evidence=(Evidence(id="loss_declaration", title="遗失声明（声明人签名）"),),
        guards=(CERTIFICATE_COUNTS, _NOT_DECLARED),
        effect=_declared,
        documents=(LOSS_ANNOUNCEMENT,),
        tells=lambda c: kind_of(certificate(c).kind).title,
        despite_holds=True,
    )
    yield Step(
        event="contest_loss",
        title="登记对遗失公告的异议",
        source=source,
        target=None,
        roles=recorders,
        part=Part.RECORD,
        form=LossContest,
        evidence=(Evidence(id="contest", title="异议书和证明材料"),),
        guards=(_DECLARED,),
        effect=_closed(LossOutcome.CONTESTED),
        despite_holds=True,
    )
    yield Step(
        event="find_paper",
        title="登记证书找回",
        source=source,
        target=None,
        roles=recorders,
        part=Part.RECORD,
        form=OfCertificate,
        evidence=(Evidence(id="found_paper", title="找回的证书（当场核对）"),),
        guards=(_DECLARED,),
        effect=_closed(LossOutcome.FOUND),
        despite_holds=True,
    )
    yield Step(
        event="reissue_lost",
        title="补证（遗失）",
        source=source,
        target=None,
        roles=CERTIFIERS,
        part=Part.RECORD,
        form=OfCertificate,
        evidence=(POSTING_PHOTO, Evidence(id="notice_proof", title="公告期满无异议的记录")),
        guards=(CERTIFICATE_COUNTS, CERTIFIER, _DECLARED, _RUN_OUT),
        effect=_reissued,
        papers=same_kind,
    )
