"""The life of a paper after it is issued: superseded and issued anew, recalled and brought back.

A paper is never edited. What it said is replaced by a paper with a number of its own, which names
the one before; the old page is to be brought back and cancelled (缴销).
"""

from collections.abc import Collection
from datetime import date
from typing import Final

from pydantic import Field

from conversion.documents.kind import AnyKind, HouseholdKind
from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.notice import Paper, PaperStatus
from conversion.domain.paper_loss import LossOutcome
from conversion.domain.programme import Programme
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.forms import Grounds
from conversion.workflows.guards import past_day
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Form, Guard, Part, Step

Holder = Case | Programme
"""Whose chain carries papers."""


def supersede(
    holder: Holder,
    *,
    kinds: Collection[AnyKind] = (),
    numbers: Collection[str] = (),
    day: date,
    reason: str,
) -> tuple[Change, ...]:
    """The live papers of these kinds or numbers, superseded from a day on.

    Each kind is then due again (`reissue_step`, or the track's own step once it comes round).

    Args:
        holder: the case or the programme, as it stands before the act.
        kinds: every live paper of these kinds; `numbers` these papers, if they are live.
        numbers: see kinds.
        day: the day from which they no longer count.
        reason: why, and by which act, in Chinese; lists and reprints show it.
    """
    ids = {kind.id for kind in kinds}
    found = (p for p in _live(holder) if p.kind in ids or p.number in numbers)
    return tuple(_ended(p, PaperStatus.SUPERSEDED, day, reason) for p in found)


def recall(
    holder: Holder,
    *,
    kinds: Collection[AnyKind] = (),
    numbers: Collection[str] = (),
    day: date,
    reason: str,
) -> tuple[Change, ...]:
    """The live papers of these kinds or numbers, revoked from a day on and not issued anew.

    A number whose page was never made is void; nobody has anything to bring back.
    """
    ids = {kind.id for kind in kinds}
    found = (p for p in _live(holder) if p.kind in ids or p.number in numbers)
    return tuple(_ended(p, _revoked(p), day, reason) for p in found)


def _live(holder: Holder) -> list[Paper]:
    return [paper for paper in holder.papers.values() if paper.is_live]


def _revoked(paper: Paper) -> PaperStatus:
    return PaperStatus.RECALLED if paper.file_sha256 else PaperStatus.VOID


def _ended(paper: Paper, status: PaperStatus, day: date, reason: str) -> Change:
    update = {"status": status, "ended_on": day, "end_reason": reason}
    return put("papers", paper.key, paper.model_copy(update=update))


# --- issued anew ---------------------------------------------------------------------------------


def due_again(case: Case, kinds: tuple[HouseholdKind, ...]) -> tuple[HouseholdKind, ...]:
    """The kinds of which a paper was superseded and none counts today."""
    live = {paper.kind for paper in _live(case)}
    superseded = {p.kind for p in case.papers.values() if p.status is PaperStatus.SUPERSEDED}
    return tuple(kind for kind in kinds if kind.id in superseded - live)


def predecessor(holder: Holder, kind: str) -> str:
    """Number of the paper that the next one of its kind replaces; empty if there is none.

    It was superseded, or its page was made and is void.
    """
    replaced = {paper.replaces for paper in holder.papers.values()}
    waiting = [
        paper
        for paper in holder.papers.values()
        if paper.kind == kind and _leaves_its_place(paper) and paper.number not in replaced
    ]
    newest = max(waiting, key=lambda p: (p.prepared_on, p.number), default=None)
    return newest.number if newest else ""


def was_lost(holder: Holder, number: str) -> bool:
    """Whether a paper's place is taken because it was lost 补证."""
    loss = holder.losses.get(number) if isinstance(holder, Case) else None
    return loss is not None and loss.outcome is LossOutcome.REISSUED


def _leaves_its_place(paper: Paper) -> bool:
    void = paper.status is PaperStatus.VOID and bool(paper.file_sha256)
    return void or paper.status is PaperStatus.SUPERSEDED


def reissue_step(
    source: tuple[str, ...], roles: tuple[Role, ...], *kinds: HouseholdKind
) -> Step[CaseCircumstances]:
    """Issuing anew what was superseded, where the track itself has nothing to do again."""

    def test(c: CaseCircumstances) -> Check:
        due = due_again(c.case, kinds)
        told = "、".join(kind.title for kind in due)
        return Check(
            satisfied=bool(due),
            found=f"待换发：{told}" if due else "没有被取代而未换发的文书",
            remedy="文书被取代后才换发；遗失、损坏的另按补发办理",
        )

    return Step(
        event="reissue",
        title="换发文书",
        source=source,
        target=None,
        roles=roles,
        part=Part.RECORD,
        form=Grounds,
        guards=(Guard(rule="reissue_due", title="有被取代而未换发的文书", test=test),),
        papers=lambda c: due_again(c.case, kinds),
    )


# --- brought back --------------------------------------------------------------------------------


class NamedPapers(Form):
    """Papers of the case that a decision names, beside those it ends anyway."""

    papers: tuple[str, ...] = Field(default=(), title="决定写明的其他文书编号")


def _papers_known(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, NamedPapers)
    live = [paper.number for paper in _live(c.case)]
    lost = [number for number in c.form.papers if number not in live]
    return Check(
        satisfied=not lost,
        found=f"不是本案有效的文书：{'、'.join(lost)}" if lost else "均为本案有效的文书",
        remedy=f"从中填写：{'、'.join(live) or '无'}",
    )


PAPERS_KNOWN: Final[Guard[CaseCircumstances]] = Guard(
    rule="papers_known", title="所写的是本案有效的文书", test=_papers_known, reads_form=True
)


class PaperReturn(Form):
    """An ended paper that was brought back and cancelled, or declared lost."""

    number: str = Field(title="文书编号", min_length=2, max_length=60)
    returned_on: date = Field(title="缴回日期")


def to_bring_back(holder: Holder) -> tuple[Paper, ...]:
    """Papers that count no more and still lie with the household."""
    return tuple(paper for paper in holder.papers.values() if paper.is_outstanding)


def _outstanding(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, PaperReturn)
    waiting = [paper.number for paper in to_bring_back(c.case)]
    return Check(
        satisfied=c.form.number in waiting,
        found=f"待缴销：{'、'.join(waiting) or '无'}",
        remedy="填写已被取代或者已撤销、尚未缴销的文书编号",
    )


def _returned(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, PaperReturn)
    paper = c.case.papers[c.form.number]
    update = {"returned_on": c.form.returned_on}
    return (put("papers", paper.key, paper.model_copy(update=update)),)


def recall_paper_step(source: tuple[str, ...]) -> Step[CaseCircumstances]:
    """Recording that an ended paper was brought back; what was lost is declared instead."""
    return Step(
        event="recall_paper",
        title="缴销文书",
        source=source,
        target=None,
        roles=(Role.TASK_FORCE,),
        part=Part.RECORD,
        form=PaperReturn,
        evidence=(Evidence(id="cancelled_paper", title="缴销的原件或者遗失声明"),),
        guards=(
            Guard(
                rule="paper_outstanding",
                title="文书已失效而未缴销",
                test=_outstanding,
                reads_form=True,
            ),
            RETURNED_BY_NOW,
        ),
        effect=_returned,
    )


RETURNED_BY_NOW: Final = past_day("returned_on", "缴回日期")
