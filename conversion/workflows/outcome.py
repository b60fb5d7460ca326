"""Outcome 争议结果: the judgment, award or agreement that ends a dispute about a membership.

Whoever is a member after all gets what the plan set aside: with the others of the household, or at
once where they have theirs. Of whoever is not, the units stay in the reserve for the collective.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import Field

from conversion.documents.kind import HouseholdKind
from conversion.documents.share_calculation import SHARE_CALCULATION
from conversion.documents.share_certificate import SHARE_CERTIFICATE
from conversion.domain.ledger import PostingKind
from conversion.domain.right import MembershipStanding
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.share_transaction import may_be_booked
from conversion.workflows.guards import past_day
from conversion.workflows.holdings.parties import transaction_of
from conversion.workflows.holdings.proposal import Serial
from conversion.workflows.membership import with_standing
from conversion.workflows.paper_life import supersede
from conversion.workflows.renewal import hung_anew
from conversion.workflows.setting_aside import legs, no_longer, released, set_aside
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Form, Guard, Part, Step

_LEVEL = "shares"

HAS_SHARES: Final = ("allocated", "shares_on_notice", "booked", "certified")
"""Where the household's shares are in the books already, so that a member's are given at once."""

CAN_END: Final = (
    "open",
    "members_proposed",
    "members_on_notice",
    "members_objected",
    "members_confirmed",
    *HAS_SHARES,
)
"""Where a dispute can end; an objection to the shares is answered first."""


class Basis(StrEnum):
    """What ends a dispute."""

    JUDGMENT = "judgment"
    AWARD = "award"
    AGREEMENT = "agreement"

    @property
    def label(self) -> str:
        """The basis's Chinese name."""
        return {"judgment": "生效判决", "award": "仲裁裁决", "agreement": "调解协议"}[self]


class Outcome(Form):
    """How a dispute ended, as the paper says."""

    member: Serial = Field(title="有争议的成员（成员序号）")
    confirmed: bool = Field(title="是否确认成员身份")
    basis: Basis = Field(title="依据（judgment 判决、award 裁决、agreement 调解协议）")
    paper: str = Field(title="生效文书编号", min_length=2, max_length=100)
    effective_on: date = Field(title="文书生效日期")


def _decided(c: CaseCircumstances) -> CaseCircumstances:
    """The household with the membership as the paper decides it."""
    return replace(c, case=c.case.changed((_answer(c),)))


def _answer(c: CaseCircumstances) -> Change:
    form = _outcome(c)
    standing = MembershipStanding.CONFIRMED if form.confirmed else MembershipStanding.NOT_CONFIRMED
    told = "确认其成员身份" if form.confirmed else "不确认其成员身份"
    return with_standing(c, form.member, standing, f"{form.basis.label}（{form.paper}）{told}。")


def _gives_shares(c: CaseCircumstances) -> bool:
    """Whether the act itself gives the member the units that were set aside."""
    form, state = c.form, c.case.positions[_LEVEL]
    if not isinstance(form, Outcome) or not form.confirmed or state not in HAS_SHARES:
        return False
    return bool(set_aside(c.case, form.member))


def _judged(c: CaseCircumstances) -> Decision | None:
    if not _gives_shares(c):
        return None
    moved = legs(c.case, _outcome(c).member)
    transaction = transaction_of(_decided(c), PostingKind.RELEASE, moved, set_aside={})
    return may_be_booked(transaction, c.pack)


def _ended(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    form, after = _outcome(c), _decided(c)
    if _gives_shares(c):
        return (_answer(c), *_given(after, form.member))
    kept = () if form.confirmed else no_longer(c.case, form.member)
    return hung_anew(c, (_answer(c), *kept))


def _given(c: CaseCircumstances, member: str) -> Iterator[Change]:
    """The units booked; what says how many the household has is brought up to date."""
    yield from hung_anew(c, released(c, c.case, member))
    reason = f"成员{member}的争议了结，从预留股取得份额"
    kinds = (SHARE_CALCULATION, SHARE_CERTIFICATE)
    yield from supersede(c.case, kinds=kinds, day=c.day, reason=reason)


def _certificate(c: CaseCircumstances) -> tuple[HouseholdKind, ...]:
    """The papers that said how many shares there are, in their new form."""
    if not _gives_shares(c):
        return ()
    certified = c.case.positions[_LEVEL] == "certified"
    explained = any(paper.kind == SHARE_CALCULATION.id for paper in c.case.papers.values())
    due = {SHARE_CALCULATION: explained, SHARE_CERTIFICATE: certified}
    return tuple(kind for kind, is_due in due.items() if is_due)


def _outcome(c: CaseCircumstances) -> Outcome:
    assert isinstance(c.form, Outcome)
    return c.form


def _in_dispute(c: CaseCircumstances) -> Check:
    rows = c.case.memberships.values()
    disputed = [m.member for m in rows if m.standing is MembershipStanding.DISPUTED]
    return Check(
        satisfied=_outcome(c).member in disputed,
        found=f"身份有争议的成员：{'、'.join(disputed) or '无'}",
        remedy="填写身份有争议的成员序号",
    )


RESOLVE_DISPUTE: Final[Step[CaseCircumstances]] = Step(
    event="resolve_dispute",
    title="登记争议结果",
    source=CAN_END,
    target=None,
    roles=(Role.SUPERVISORS,),
    part=Part.APPROVE,
    form=Outcome,
    evidence=(Evidence(id="dispute_outcome", title="生效判决书、裁决书或者调解协议书"),),
    guards=(
        Guard(
            rule="membership_in_dispute",
            title="该成员的身份有争议",
            test=_in_dispute,
            reads_form=True,
        ),
        past_day("effective_on", "文书生效日期"),
    ),
    decide=_judged,
    effect=_ended,
    papers=_certificate,
    at_books=True,
)
"""Wherever the household stands, as long as no objection to its shares waits."""
