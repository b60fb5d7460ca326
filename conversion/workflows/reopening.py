"""Reopening for correction 更正: an approved household whose record is wrong, put right by two.

The task force says what is wrong and which tracks are to be done again. The district corrects the
rows and sends those tracks back to where they run again from, and with them what rests on them;
papers that say it otherwise are superseded, never edited. Shares don't run again: they stand in the
collective's ledger and are put right by a posting there.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import Field

from conversion.documents.approval_form import APPROVAL_FORM
from conversion.documents.benefit_assessment import BENEFIT_ASSESSMENT
from conversion.documents.entitlement_statement import ENTITLEMENT_STATEMENT
from conversion.documents.hukou_certificate import HUKOU_CERTIFICATE
from conversion.documents.kind import HouseholdKind
from conversion.documents.kinds import kind_of
from conversion.documents.land_confirmation import LAND_CONFIRMATION
from conversion.documents.rectification_notice import RECTIFICATION_NOTICE, Rectified
from conversion.domain.case import TRACK_TITLES, Case
from conversion.domain.household import Household, Member
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.correction import NOBODY_NEW, SOUND, Resubmission, corrected_rows
from conversion.workflows.forms import Grounds, Opinion
from conversion.workflows.paper_life import PAPERS_KNOWN, NamedPapers, supersede
from conversion.workflows.rectifying import ended_papers, rewritten
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Guard, Part, Step

RERUNS: Final[Mapping[str, Mapping[str, str]]] = {
    "hukou": {
        "registered": "approved",
        "handed_over": "approved",
        "refused": "open",
        "not_required": "open",
    },
    "land": dict.fromkeys(("confirmed", "registered", "issued", "not_applicable"), "open"),
    "benefits": dict.fromkeys(
        ("assessed", "explained", "in_force", "settled", "not_required"), "open"
    ),
    "entitlements": dict.fromkeys(
        ("mapped", "dispatched", "acknowledged", "settled", "signed", "not_required"), "open"
    ),
}
"""Track → state → the state from which it runs again."""

RESTS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "hukou": ("entitlements",),
    "benefits": ("entitlements",),
}
"""Track → the tracks that rest on it and go back with it."""

PAPERS: Final[Mapping[str, HouseholdKind]] = {
    "hukou": HUKOU_CERTIFICATE,
    "land": LAND_CONFIRMATION,
    "benefits": BENEFIT_ASSESSMENT,
    "entitlements": ENTITLEMENT_STATEMENT,
}
"""Track → the paper that says how it came out."""


class Reopening(Grounds):
    """What is wrong, and which tracks have to run again."""

    tracks: tuple[str, ...] = Field(default=(), title="重办的事项")


class Correction(Resubmission, NamedPapers):
    """The district's decision on a correction, with the rows put right."""

    decision_number: str = Field(title="更正决定文号", min_length=2, max_length=60)


# --- what runs again -----------------------------------------------------------------------------


def reruns(case: Case) -> dict[str, str]:
    """Track → the state it goes back to, as the case was last reopened."""
    named = _named(case)
    resting = [other for track in named for other in RESTS_ON.get(track, ())]
    return {
        track: RERUNS[track][case.positions[track]]
        for track in dict.fromkeys((*named, *resting))
        if case.positions[track] in RERUNS[track]
    }


def _named(case: Case) -> tuple[str, ...]:
    event = case.last("case.reopen")
    told = event.form.get("tracks") if event else None
    return tuple(str(track) for track in told) if isinstance(told, list) else ()


def _can_run_again(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Reopening)
    at = c.case.positions
    lost = [track for track in c.form.tracks if at.get(track) not in RERUNS.get(track, {})]
    ready = [t for t, back in RERUNS.items() if at[t] in back]
    told = "、".join(f"{track}（{TRACK_TITLES[track]}）" for track in ready)
    return Check(
        satisfied=not lost,
        found=f"不能重办：{'、'.join(lost)}" if lost else "所列事项都可以重办",
        remedy=f"只列已经办出结果的事项：{told or '无'}；份额的更正在股权账上办理",
    )


# --- what a correction does ----------------------------------------------------------------------


def _correct(c: CaseCircumstances, decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Correction)
    form, reason = c.form, f"更正（{c.form.decision_number}）"
    kinds = tuple(PAPERS[track] for track in reruns(c.case) if track in PAPERS)
    numbers = {*form.papers, *(_describing(c.case) if _reads_otherwise(c.case, form) else ())}
    if form.household or form.members:
        kinds = (APPROVAL_FORM, *kinds)
    superseded = supersede(c.case, kinds=kinds, numbers=numbers, day=c.day, reason=reason)
    return (*corrected_rows(c, decision), *superseded)


def _told(c: CaseCircumstances) -> Rectified:
    """What the letter tells of the correction, beyond the decision's own words."""
    assert isinstance(c.form, Correction)
    form, case = c.form, c.case
    return Rectified(
        rewritten=tuple(rewritten(case.household, case.members, form.household, form.members)),
        again=tuple(TRACK_TITLES[track] for track in reruns(case)),
        papers=tuple(ended_papers(case.papers, _correct(c, None))),
    )


def _describing(case: Case) -> Iterator[str]:
    """Papers that say how the household is; a letter says what was done, and that stays so."""
    return (number for number, paper in case.papers.items() if not kind_of(paper.kind).stays)


def _reads_otherwise(case: Case, form: Correction) -> bool:
    """Whether what every paper prints of the household is changed by the correction."""
    before = [_printed(case.household), *(_printed(case.members[m.serial]) for m in form.members)]
    after = [_printed(form.household or case.household), *(_printed(m) for m in form.members)]
    return before != after


def _printed(row: Household | Member) -> dict[str, object]:
    unseen = {"phone", "remark", "flag", "traits", "farming_months", "marital_status"}
    return row.model_dump(exclude=unseen)


# --- the steps -----------------------------------------------------------------------------------


def reopening_steps() -> Iterator[Step[CaseCircumstances]]:
    """Reopening by the task force; correcting, or leaving all as it is, by the district."""
    yield Step(
        event="reopen",
        title="申请更正",
        source=("approved", "closed"),
        target="correcting",
        roles=(Role.TASK_FORCE,),
        part=Part.ENTER,
        form=Reopening,
        evidence=(Evidence(id="correction_file", title="更正申请和证明材料"),),
        guards=(
            Guard(
                rule="can_run_again",
                title="所列事项已有结果，可以重办",
                test=_can_run_again,
                reads_form=True,
            ),
        ),
    )
    yield Step(
        event="correct",
        title="批准更正",
        source=("correcting",),
        target="approved",
        roles=(Role.DISTRICT,),
        part=Part.APPROVE,
        form=Correction,
        guards=(*SOUND, NOBODY_NEW, PAPERS_KNOWN),
        effect=_correct,
        documents=(RECTIFICATION_NOTICE,),
        tells=_told,
        moves=lambda c: reruns(c.case),
        rewinds=RERUNS,
        rewinds_after=RESTS_ON,
    )
    yield Step(
        event="leave_uncorrected",
        title="不予更正",
        source=("correcting",),
        target="approved",
        roles=(Role.DISTRICT,),
        part=Part.APPROVE,
        form=Opinion,
        documents=(RECTIFICATION_NOTICE,),
    )
