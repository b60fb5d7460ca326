"""Delivering 送达: a receipt goes along with the papers, and what came of it is recorded.

Who refuses to sign has the paper all the same: it is left, and two witnesses say so (留置送达).
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from pydantic import Field

from conversion.documents.delivery_receipt import DELIVERY_RECEIPT, DeliveredPaper, Errand
from conversion.documents.kinds import kind_of
from conversion.domain.collections import put
from conversion.domain.delivery import Manner
from conversion.domain.notice import Paper
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.guards import past_day
from conversion.workflows.paper_life import PAPERS_KNOWN, NamedPapers
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Form, Guard, Part, Step

_ROLES = (Role.TASK_FORCE, Role.VILLAGE)
_WITNESSES = 2


class DeliveryOrder(NamedPapers):
    """Which papers go to whom; the household's head where nobody else is named."""

    papers: tuple[str, ...] = Field(min_length=1, max_length=20, title="送达的文书编号")
    recipient: str = Field(
        default="",
        max_length=100,
        title="受送达人（不填为户主；异议文书填异议人）",
        json_schema_extra={"personal": True},
    )
    address: str = Field(
        default="",
        max_length=200,
        title="送达地址（不填为本户住址）",
        json_schema_extra={"personal": True},
    )


class DeliveryResult(Form):
    """How papers were delivered, as the signed receipt says."""

    papers: tuple[str, ...] = Field(min_length=1, max_length=20, title="送达的文书编号")
    manner: Manner = Field(
        title="方式（direct 本人、household 同住成年家属、agent 代收人、left 留置、mailed 邮寄）"
    )
    delivered_on: date = Field(title="送达日期")
    signed_by: str = Field(
        default="", max_length=100, title="签收人", json_schema_extra={"personal": True}
    )
    relation: str = Field(
        default="",
        max_length=60,
        title="签收人与受送达人的关系（代收的写明委托书）",
        json_schema_extra={"personal": True},
    )
    id_kind: str = Field(
        default="",
        max_length=20,
        title="出示的证件（例如 居民身份证）",
        json_schema_extra={"personal": True},
    )
    id_last4: str = Field(
        default="",
        pattern=r"^(\d{3}[\dXx])?$",
        title="证件号码末四位",
        json_schema_extra={"personal": True},
    )
    mail_number: str = Field(
        default="", max_length=40, title="邮件号码", json_schema_extra={"personal": True}
    )
    witnesses: tuple[str, ...] = Field(
        default=(),
        max_length=6,
        title="见证人（留置送达两人以上）",
        json_schema_extra={"personal": True},
    )
    account: str = Field(
        default="",
        max_length=500,
        title="拒收的理由和经过",
        json_schema_extra={"personal": True},
    )


def _errand(c: CaseCircumstances) -> Errand:
    assert isinstance(c.form, DeliveryOrder)
    household = c.case.household
    lives = household.address or c.programme.village.before + household.group
    papers = (c.case.papers[number] for number in c.form.papers)
    return Errand(
        recipient=c.form.recipient or c.case.head.name,
        address=c.form.address or lives,
        papers=tuple(DeliveredPaper(number=p.number, title=kind_of(p.kind).title) for p in papers),
    )


def _undelivered(c: CaseCircumstances) -> Check:
    """Each named paper was made, and lies with nobody yet."""
    assert isinstance(c.form, DeliveryResult)
    faults = [f for number in c.form.papers for f in _faults(c.case.papers.get(number), c.form)]
    waiting = [p.number for p in c.case.papers.values() if _waits(p)]
    return Check(
        satisfied=not faults,
        found="；".join(faults) or "都是已制成、尚未登记送达的文书",
        remedy=f"从中填写：{'、'.join(waiting) or '无'}；送达日期不早于制发日期",
    )


def _waits(paper: Paper) -> bool:
    return bool(paper.file_sha256) and paper.delivered_on is None


def _faults(paper: Paper | None, form: DeliveryResult) -> Iterator[str]:
    if paper is None:
        yield "有一个编号不是本案的文书"
    elif not paper.file_sha256:
        yield f"{paper.number}还没有制成"
    elif paper.delivered_on:
        yield f"{paper.number}已于 {paper.delivered_on:%Y-%m-%d} 送达"
    elif form.delivered_on < paper.prepared_on:
        yield f"{paper.number}于 {paper.prepared_on:%Y-%m-%d} 制发"


def _vouched(c: CaseCircumstances) -> Check:
    """Somebody signed; or it was left before two witnesses, and the receipt says why."""
    assert isinstance(c.form, DeliveryResult)
    if c.form.manner is not Manner.LEFT:
        return _received(c.form)
    partial = {m.name for m in c.case.people.values()} | {c.actor.name}
    own = {name.strip() for name in c.form.witnesses} - {""} - partial
    return Check(
        satisfied=len(own) >= _WITNESSES and bool(c.form.account),
        found=f"见证人 {len(own)} 名，{'写明' if c.form.account else '没有写明'}拒收的理由和经过",
        remedy="留置送达由两名以上见证人签名，写明经过；本户成员和送达人不作见证人",
    )


_ASKED: Final = {
    Manner.DIRECT: ("signed_by",),
    Manner.HOUSEHOLD: ("signed_by", "relation"),
    Manner.AGENT: ("signed_by", "relation", "id_kind", "id_last4"),
    Manner.MAILED: ("mail_number",),
}
"""Manner → what the receipt must say of whoever has the paper."""


def _received(form: DeliveryResult) -> Check:
    missing = [name for name in _ASKED[form.manner] if not getattr(form, name)]
    titles = (DeliveryResult.model_fields[name].title or name for name in missing)
    return Check(
        satisfied=not missing,
        found=f"没有填写：{'、'.join(titles)}" if missing else "回证写明了签收的人",
        remedy="按回证填写；拒绝签收的，按留置送达（left）登记",
    )


def _delivered(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, DeliveryResult)
    told = {"delivered_on": c.form.delivered_on, "delivery": c.form.manner.value}
    papers = (c.case.papers[number] for number in c.form.papers)
    return tuple(put("papers", p.key, p.model_copy(update=told)) for p in papers)


def delivery_steps(source: tuple[str, ...]) -> Iterator[Step[CaseCircumstances]]:
    """Printing a receipt for papers that must be delivered, and recording how they were.

    Args:
        source: the states in which there may be such papers.
    """
    yield Step(
        event="prepare_delivery",
        title="开具送达回证",
        source=source,
        target=None,
        roles=_ROLES,
        part=Part.RECORD,
        form=DeliveryOrder,
        guards=(PAPERS_KNOWN,),
        documents=(DELIVERY_RECEIPT,),
        tells=_errand,
    )
    yield Step(
        event="record_delivery",
        title="登记送达",
        source=source,
        target=None,
        roles=_ROLES,
        part=Part.RECORD,
        form=DeliveryResult,
        evidence=(Evidence(id="signed_receipt", title="签收的送达回证"),),
        guards=(
            Guard(
                rule="papers_undelivered",
                title="文书已制成、尚未送达",
                test=_undelivered,
                reads_form=True,
            ),
            Guard(
                rule="delivery_witnessed",
                title="有人签收，或者留置送达有两名见证人",
                test=_vouched,
                reads_form=True,
            ),
            DELIVERED_BY_NOW,
        ),
        effect=_delivered,
        despite_holds=True,
    )


DELIVERED_BY_NOW: Final = past_day("delivered_on", "送达日期")
