"""Transacting 办理变动: a proposal is kept until another person posts or drops it.

The rule is asked twice, when it is proposed and when it is posted: what was free may be frozen
meanwhile. A posting between two households is booked in both chains by the same act, and each
household's certificate is replaced.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from conversion.documents.kind import HouseholdKind
from conversion.documents.share_certificate import SHARE_CERTIFICATE
from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.ledger import (
    Leg,
    PostingKind,
    Transaction,
    TransactionState,
    legs_json,
)
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.share_transaction import may_be_booked
from conversion.workflows.bookkeeping import book, transaction_id
from conversion.workflows.guards import requires
from conversion.workflows.holdings.parties import (
    BOOKED,
    books_agree,
    held,
    parties_known,
    touched,
    transaction_of,
    units_left,
)
from conversion.workflows.holdings.proposal import (
    Basis,
    Inheritance,
    Proposal,
    Redemption,
    legs,
)
from conversion.workflows.paper_life import recall, supersede
from conversion.workflows.step import (
    CaseCircumstances,
    Check,
    Companion,
    Evidence,
    Form,
    Guard,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One kind of transaction as it is applied for.

    Attributes:
        event: of the step that proposes it; guards: what it asks beside what all ask.
    """

    kind: PostingKind
    event: str
    form: type[Proposal]
    evidence: tuple[Evidence, ...]
    guards: tuple[Guard[CaseCircumstances], ...] = ()


def pending(case: Case) -> Transaction | None:
    """The transaction that waits to be posted."""
    rows = case.transactions.values()
    return next((t for t in rows if t.state is TransactionState.PENDING), None)


def others_pending(case: Case, _form: Form) -> tuple[str, ...]:
    """Household numbers of the other cases that the waiting transaction touches."""
    waiting = pending(case)
    lines = waiting.lines if waiting else ()
    cases = {a.rpartition("/")[0] for leg in lines for a in (leg.source, leg.target)}
    return tuple(sorted(n.rpartition("-")[2] for n in cases - {"", case.number}))


# --- proposing -----------------------------------------------------------------------------------


def proposed(
    operation: Operation, c: CaseCircumstances, _decision: Decision | None
) -> tuple[Change, ...]:
    """The transaction kept, to be posted by another person."""
    form = _proposal(c)
    row = Transaction(
        serial=f"T{len(c.case.transactions) + 1:02d}",
        kind=operation.kind,
        proposed_on=c.day,
        paper=form.paper,
        legs=legs_json(legs(form, c.case.number)),
        form=_canonical(form),
    )
    return (put("transactions", row.key, row),)


def judged(operation: Operation, c: CaseCircumstances) -> Decision:
    """The rule's answer to a proposal."""
    return _judged(c, operation.kind, _proposal(c))


def _judged(c: CaseCircumstances, kind: PostingKind, form: Proposal) -> Decision:
    moved = legs(form, c.case.number)
    benefit = getattr(form, "minor_benefit", "")
    return may_be_booked(transaction_of(c, kind, moved, minor_benefit=benefit), c.pack)


def _proposal(c: CaseCircumstances) -> Proposal:
    assert isinstance(c.form, Proposal)
    return c.form


def _canonical(form: Form) -> str:
    told = form.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# --- posting -------------------------------------------------------------------------------------


class Posted:
    """The posting of whatever waits, over a table of operations."""

    def __init__(self, operations: tuple[Operation, ...]) -> None:
        self._forms = {operation.kind: operation.form for operation in operations}

    def judged(self, c: CaseCircumstances) -> Decision:
        """The rule's answer on the day of the posting."""
        waiting = _waiting(c.case)
        form = self._forms[waiting.kind].model_validate(json.loads(waiting.form))
        return _judged(c, waiting.kind, form)


def posted(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The own chain's postings and lots, the transaction settled, the certificate replaced."""
    waiting = _waiting(c.case)
    settled = _settled(waiting, TransactionState.POSTED, c)
    return (settled, *_booked(c, c.case, waiting))


def posted_elsewhere(c: CaseCircumstances, _decision: Decision | None) -> tuple[Companion, ...]:
    """The same in the chain of every other household that the transaction touches."""
    waiting = _waiting(c.case)
    cases = touched(c, waiting.lines)
    return tuple(
        Companion(
            chain=number,
            changes=_booked(c, case, waiting),
            papers=_renewed(case, waiting.lines),
        )
        for number, case in cases.items()
        if number != c.case.number
    )


def renewed_papers(c: CaseCircumstances) -> tuple[HouseholdKind, ...]:
    """The certificate issued anew, with the change on its record."""
    return _renewed(c.case, _waiting(c.case).lines)


def dropped(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The waiting transaction given up."""
    return (_settled(_waiting(c.case), TransactionState.DROPPED, c),)


def _waiting(case: Case) -> Transaction:
    found = pending(case)
    assert found, "a ledger stands in `pending` as long as a transaction waits"
    return found


def _settled(row: Transaction, state: TransactionState, c: CaseCircumstances) -> Change:
    update = {"state": state, "settled_on": c.day}
    return put("transactions", row.key, row.model_copy(update=update))


def _booked(c: CaseCircumstances, case: Case, row: Transaction) -> tuple[Change, ...]:
    changes = book(
        case,
        row.lines,
        transaction=transaction_id(c.case.number, row.serial),
        kind=row.kind,
        day=c.day,
        paper=row.paper,
    )
    ended = supersede if units_left(case, row.lines) else recall
    reason = f"股份{row.kind.label}（{row.paper}）"
    return (*changes, *ended(case, kinds=(SHARE_CERTIFICATE,), day=c.day, reason=reason))


def _renewed(case: Case, lines: tuple[Leg, ...]) -> tuple[HouseholdKind, ...]:
    certified = case.positions["shares"] == "certified"
    return (SHARE_CERTIFICATE,) if certified and units_left(case, lines) else ()


# --- requirements --------------------------------------------------------------------------------

SHARES_BOOKED = requires(
    "shares_booked",
    "本户股份已登记",
    BOOKED,
    found=("本户股份已登记", "本户股份尚未登记"),
    remedy="先办完配股、公示和登记",
)


def _on(test: Callable[[CaseCircumstances, tuple[Leg, ...]], Check], c: CaseCircumstances) -> Check:
    moved = legs(c.form, c.case.number) if isinstance(c.form, Proposal) else _waiting_lines(c)
    return test(c, moved)


def _waiting_lines(c: CaseCircumstances) -> tuple[Leg, ...]:
    waiting = pending(c.case)
    return waiting.lines if waiting else ()


def _pair(*, reads_form: bool) -> tuple[Guard[CaseCircumstances], ...]:
    known = Guard(
        rule="parties_known",
        title="当事人均已查明",
        test=partial(_on, parties_known),
        reads_form=reads_form,
    )
    agree = Guard(
        rule="books_agree",
        title="份额与分录相符",
        test=partial(_on, books_agree),
        reads_form=reads_form,
    )
    return (SHARES_BOOKED, known, agree)


MAY_BE_PROPOSED = _pair(reads_form=True)
MAY_BE_POSTED = _pair(reads_form=False)


def _deceased_recorded(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Inheritance)
    gone = c.case.departed.get(c.form.deceased)
    return Check(
        satisfied=gone is not None and gone.is_dead,
        found=f"{gone.departure.label}，{gone.left_on:%Y-%m-%d}" if gone else "没有死亡登记",
        remedy="先凭死亡证明办理户内变更（household.register_death）",
    )


def _whole_estate(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Inheritance)
    estate = {k: n for k, n in held(c.case, c.form.deceased).items() if n}
    divided: dict[str, int] = {}
    for portion in c.form.portions:
        for share_class, units in portion.units.items():
            divided[share_class] = divided.get(share_class, 0) + units
    return Check(
        satisfied=estate == divided,
        found=f"遗产 {estate}，已分 {divided}",
        remedy="把被继承人的全部股份分清，各股种一股不多、一股不少",
    )


def _heirs_signed(c: CaseCircumstances) -> Check:
    """All heirs sign, unless a notary or a court has established who gets what."""
    assert isinstance(c.form, Inheritance)
    form = c.form
    if form.basis is not Basis.AGREEMENT:
        return Check(satisfied=True, found=f"依据{form.basis.label}")
    heirs = [f"{p.household}/{p.member}" if p.household else p.member for p in form.portions]
    missing = [heir for heir in heirs if heir not in form.signed]
    return Check(
        satisfied=not missing,
        found=f"未签字：{'、'.join(missing)}" if missing else "继承人均已签字",
        remedy="由全体继承人签字，或者提交继承公证书、生效裁判文书",
    )


def _land_untouched(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Redemption)
    return Check(
        satisfied=c.form.land_kept,
        found="已说明土地权利不受影响" if c.form.land_kept else "没有说明",
        remedy="向本人说明退出股份不影响承包地、宅基地，由其确认",
    )


OF_INHERITANCE = (
    Guard(
        rule="deceased_recorded",
        title="死亡已登记",
        test=_deceased_recorded,
        reads_form=True,
    ),
    Guard(rule="whole_estate", title="遗产股份全部分清", test=_whole_estate, reads_form=True),
    Guard(rule="heirs_signed", title="继承人均已签字", test=_heirs_signed, reads_form=True),
)

LAND_UNTOUCHED: Guard[CaseCircumstances] = Guard(
    rule="land_untouched",
    title="退出股份不影响土地权利",
    test=_land_untouched,
    reads_form=True,
)
