"""Voiding a paper 文书作废: one person says why, another decides; its number never counts again.

A number whose page was never made is voided the same way, so that every gap has its reason.
"""

from collections.abc import Iterable
from typing import Final

from pydantic import Field

from conversion.documents.kind import AnyKind
from conversion.documents.kinds import kind_of
from conversion.domain.collections import put
from conversion.domain.notice import PaperStatus
from conversion.domain.paper_voiding import PaperVoiding, VoidingOutcome
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.certificates import CERTIFIED_BY
from conversion.workflows.paper_life import Holder
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

PROPOSERS: Final = (Role.TASK_FORCE, Role.COLLECTIVE, Role.VILLAGE)
DECIDERS: Final = (Role.STREET, Role.DISTRICT, Role.SUPERVISORS)


class OfPaper(Form):
    """Which paper a step is about."""

    number: str = Field(title="文书编号", min_length=2, max_length=60)


class VoidProposal(OfPaper):
    """Why a paper shall not count."""

    reason: str = Field(title="作废的理由", min_length=4, max_length=200)
    anew: bool = Field(default=False, title="作废后重新制发（只用于证书）")


def holder_of(c: Circumstances) -> Holder:
    """Whose papers a step is about: the household's, or the village's own."""
    return c.case if isinstance(c, CaseCircumstances) else c.programme


def _proposal(c: Circumstances) -> PaperVoiding | None:
    assert isinstance(c.form, OfPaper)
    found = holder_of(c).voidings.get(c.form.number)
    return found if found and found.is_open else None


def _propose(c: Circumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, VoidProposal)
    proposal = PaperVoiding(
        number=c.form.number,
        proposed_on=c.day,
        proposers=tuple(sorted(c.actor.persons)),
        reason=c.form.reason,
        anew=c.form.anew,
    )
    return (put("voidings", proposal.key, proposal),)


def _decided(c: Circumstances, outcome: VoidingOutcome) -> Change:
    proposal = _proposal(c)
    assert proposal, "its guard has found it"
    told = {"outcome": outcome, "decided_on": c.day}
    return put("voidings", proposal.key, proposal.model_copy(update=told))


def _void(c: Circumstances, _decision: Decision | None) -> tuple[Change, ...]:
    proposal = _proposal(c)
    assert proposal, "its guard has found it"
    paper = holder_of(c).papers[proposal.number]
    told = {"ended_on": c.day, "end_reason": f"作废：{proposal.reason}"}
    void = paper.model_copy(update={"status": PaperStatus.VOID, **told})
    return (put("papers", paper.key, void), _decided(c, VoidingOutcome.GRANTED))


def _keep(c: Circumstances, _decision: Decision | None) -> tuple[Change, ...]:
    return (_decided(c, VoidingOutcome.REFUSED),)


def _anew(c: Circumstances) -> tuple[AnyKind, ...]:
    """What is issued in place of the void paper."""
    assert isinstance(c.form, OfPaper)
    proposal = holder_of(c).voidings.get(c.form.number)
    paper = holder_of(c).papers.get(c.form.number)
    return (kind_of(paper.kind),) if proposal and proposal.anew and paper else ()


# --- what they require ---------------------------------------------------------------------------


def _voidable(c: Circumstances) -> Check:
    assert isinstance(c.form, OfPaper)
    holder = holder_of(c)
    live = {paper.number for paper in holder.papers.values() if paper.is_live}
    named = holder.papers.get(c.form.number)
    proposed = _proposal(c)
    told = f"{kind_of(named.kind).title}，{named.status.label}" if named else "没有这个编号"
    return Check(
        satisfied=c.form.number in live and proposed is None,
        found=f"{proposed.proposed_on} 已提出作废，待核准" if proposed else told,
        remedy=f"从有效或者待制成的文书中填写：{'、'.join(sorted(live)) or '无'}",
    )


def _may_be_anew(c: Circumstances) -> Check:
    assert isinstance(c.form, VoidProposal)
    paper = holder_of(c).papers.get(c.form.number)
    told = kind_of(paper.kind).title if paper else "没有这个编号"
    return Check(
        satisfied=not c.form.anew or (paper is not None and paper.kind in CERTIFIED_BY),
        found=told,
        remedy="只有证书在作废的同时重新制发；其他文书由原来的步骤重新制发",
    )


def _proposed(c: Circumstances) -> Check:
    waiting = [v.number for v in holder_of(c).voidings.values() if v.is_open]
    return Check(
        satisfied=_proposal(c) is not None,
        found=f"待核准：{'、'.join(waiting) or '无'}",
        remedy="先由另一人提出作废（propose_void）",
    )


def _still_counts(c: Circumstances) -> Check:
    assert isinstance(c.form, OfPaper)
    paper = holder_of(c).papers.get(c.form.number)
    return Check(
        satisfied=paper is not None and paper.is_live,
        found=paper.status.label if paper else "没有这个编号",
        remedy="提出以后已经失效的，不再作废，办理不予作废（keep_paper）",
    )


def _other_hand(c: Circumstances) -> Check:
    proposal = _proposal(c)
    same = proposal is not None and not c.actor.persons.isdisjoint(proposal.proposers)
    return Check(
        satisfied=not same,
        found=f"{c.actor.name}提出了作废" if same else "由另一人提出",
        remedy="由提出人以外的人核准",
    )


_VOIDABLE: Final[Guard[Circumstances]] = Guard(
    rule="paper_voidable",
    title="文书有效或者待制成，没有提出过作废",
    test=_voidable,
    reads_form=True,
)
_ANEW: Final[Guard[Circumstances]] = Guard(
    rule="void_anew", title="要重新制发的是证书", test=_may_be_anew, reads_form=True
)
_PROPOSED: Final[Guard[Circumstances]] = Guard(
    rule="void_proposed", title="已有人提出作废", test=_proposed, reads_form=True
)
_STILL_COUNTS: Final[Guard[Circumstances]] = Guard(
    rule="void_still_counts", title="文书仍然有效或者待制成", test=_still_counts, reads_form=True
)
_OTHER_HAND: Final[Guard[Circumstances]] = Guard(
    rule="void_other_hand", title="核准的人不是提出的人", test=_other_hand, reads_form=True
)


def paper_voiding_steps(source: Iterable[str]) -> tuple[Step[C], ...]:
    """Proposing to void a paper, and another person's decision on it.

    Args:
        source: the states in which there may be papers.
    """
    everywhere = tuple(source)
    return (
        Step(
            event="propose_void",
            title="提出文书作废",
            source=everywhere,
            target=None,
            roles=PROPOSERS,
            part=Part.RECORD,
            form=VoidProposal,
            evidence=(Evidence(id="void_grounds", title="作废的依据（错印的原件、核对记录）"),),
            guards=(_VOIDABLE, _ANEW),
            effect=_propose,
        ),
        Step(
            event="void_paper",
            title="核准文书作废",
            source=everywhere,
            target=None,
            roles=DECIDERS,
            part=Part.RECORD,
            form=OfPaper,
            guards=(_PROPOSED, _STILL_COUNTS, _OTHER_HAND),
            effect=_void,
            papers=_anew,
        ),
        Step(
            event="keep_paper",
            title="不予作废",
            source=everywhere,
            target=None,
            roles=DECIDERS,
            part=Part.RECORD,
            form=OfPaper,
            guards=(_PROPOSED, _OTHER_HAND),
            effect=_keep,
        ),
    )
