"""Redress 股权更正: the shares that the answer to an objection moves, when the list was wrong.

Units go between people and the reserve, and no class gains or loses any. They are booked by the
answer itself, in both chains where another household is touched, and whoever's shares moved is
posted anew: a list that hangs is renewed, a household that was booked goes back to be posted.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Annotated, Final, TypeAlias

from pydantic import Field

from conversion.documents.share_calculation import SHARE_CALCULATION
from conversion.documents.share_certificate import SHARE_CERTIFICATE
from conversion.domain.case import Case
from conversion.domain.ledger import COMMUNAL, Leg, PostingKind
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.rules.share_transaction import may_be_booked, over_cap
from conversion.workflows.bookkeeping import book, transaction_id
from conversion.workflows.hold_reach import blocking
from conversion.workflows.holdings.parties import (
    books_agree,
    holders,
    touched,
    transaction_of,
    units_left,
)
from conversion.workflows.holdings.proposal import Units, account_in
from conversion.workflows.lists import SHARES_LIST
from conversion.workflows.need import Need, Needs, are_met
from conversion.workflows.objection import UPHELD, Settle
from conversion.workflows.paper_life import supersede
from conversion.workflows.publicity import renewed_notice
from conversion.workflows.step import CaseCircumstances, Check, Companion, Form, Guard, Step

Side: TypeAlias = Annotated[str, Field(pattern=r"^(?:reserve|(?:[^/\s]{1,20}/)?\d{2,3})$")]
"""`reserve`, a member's serial, or `household/serial` for somebody of another household."""

_SIDE = "成员序号、户号/成员序号，或者 reserve 预留股"
_LEVEL = "shares"

BACK: Final = {"booked": "allocated", "certified": "allocated"}
"""Where a household goes back to whose booked shares moved: its list is posted again."""

MOVABLE: Final = Need(level=_LEVEL, states=("allocated", "shares_on_notice", *BACK))
"""Where another household stands whose shares may move: it has them, and no objection waits."""

STILL_OPEN: Final[Needs] = (
    (Need(level="case", states=("closed", "archived", "merged"), outside=True),),
)
"""What is closed stays closed: its shares are put right by the ledger."""


class Redress(Form):
    """Units that were counted to the wrong side."""

    giver: Side = Field(title=f"多记的一方（{_SIDE}）")
    receiver: Side = Field(title=f"少记的一方（{_SIDE}）")
    units: Units = Field(title="股数（股种=股数）")


class SettleShares(Settle):
    """The written answer to an objection to posted shares, and what it moves."""

    moved: tuple[Redress, ...] = Field(default=(), max_length=20, title="更正的股份（异议成立的）")


def others_named(form: SettleShares) -> tuple[str, ...]:
    """Numbers of the other households between whose members units move."""
    sides = (side for row in form.moved for side in (row.giver, row.receiver))
    return tuple(dict.fromkeys(number for s in sides if (number := s.rpartition("/")[0])))


def legs(c: CaseCircumstances) -> tuple[Leg, ...]:
    """What the answer comes to, in the books; nothing when it moves no shares."""
    assert isinstance(c.form, SettleShares)
    return tuple(_legs(c.form, c.case.number))


def _legs(form: SettleShares, case: str) -> Iterator[Leg]:
    for row in form.moved:
        source, target = (_account(case, side) for side in (row.giver, row.receiver))
        for share_class, units in row.units.items():
            yield Leg(share_class=share_class, units=units, source=source, target=target)


def _account(case: str, side: str) -> str:
    household, _, member = side.rpartition("/")
    return account_in(case, household, member)


# --- what the answer does ------------------------------------------------------------------------

Effect: TypeAlias = Callable[[CaseCircumstances, Decision | None], tuple[Change, ...]]


def _redressed(answer: Effect) -> Effect:
    """The shares moved first, so that the list which the answer posts anew says what is so then."""

    def effect(c: CaseCircumstances, decision: Decision | None) -> tuple[Change, ...]:
        if c.case.number not in touched(c, legs(c)):
            return answer(c, decision)
        outdated = _outdated(c, c.case, reason=f"异议成立，股份更正（{_paper(c)}）")
        return (*_booked(c, c.case), *outdated, *answer(_moved(c, c.case), decision))

    return effect


def _elsewhere(c: CaseCircumstances, _decision: Decision | None) -> tuple[Companion, ...]:
    others = (case for number, case in touched(c, legs(c)).items() if number != c.case.number)
    return tuple(_posted_anew(c, case) for case in others)


def _posted_anew(c: CaseCircumstances, case: Case) -> Companion:
    state = case.positions[_LEVEL]
    hangs = state == "shares_on_notice"
    notice = renewed_notice(_moved(c, case), SHARES_LIST, reason=UPHELD) if hangs else ()
    outdated = _outdated(c, case, reason=f"他户异议成立，股份更正（{_paper(c)}）")
    return Companion(
        chain=case.number,
        changes=(*_booked(c, case), *notice, *outdated),
        moves={_LEVEL: BACK[state]} if state in BACK else {},
    )


def _outdated(c: CaseCircumstances, case: Case, *, reason: str) -> tuple[Change, ...]:
    """The papers that say otherwise how many shares the household has."""
    return supersede(case, kinds=(SHARE_CALCULATION, SHARE_CERTIFICATE), day=c.day, reason=reason)


def _booked(c: CaseCircumstances, case: Case) -> tuple[Change, ...]:
    assert isinstance(c.form, SettleShares)
    return book(
        case,
        legs(c),
        transaction=transaction_id(c.case.number, c.form.objection),
        kind=PostingKind.CORRECTION,
        day=c.day,
        paper=_paper(c),
    )


def _paper(c: CaseCircumstances) -> str:
    assert isinstance(c.form, SettleShares)
    return f"异议 {c.form.objection} 的书面答复"


def _moved(c: CaseCircumstances, case: Case) -> CaseCircumstances:
    """A household with its shares as the answer leaves them."""
    return replace(c, case=case.changed(_booked(c, case)))


# --- what must hold ------------------------------------------------------------------------------


def _judged(c: CaseCircumstances) -> Decision | None:
    moved = legs(c)
    if not moved:
        return None
    return may_be_booked(transaction_of(c, PostingKind.CORRECTION, moved), c.pack)


def _on_moves(
    test: Callable[[CaseCircumstances, tuple[Leg, ...]], Check],
) -> Callable[[CaseCircumstances], Check]:
    def check(c: CaseCircumstances) -> Check:
        moved = legs(c)
        return test(c, moved) if moved else Check(satisfied=True, found="没有更正股份")

    return check


def _for_cause(c: CaseCircumstances, moved: tuple[Leg, ...]) -> Check:
    assert isinstance(c.form, SettleShares)
    idle = [leg for leg in moved if leg.source == leg.target]
    return Check(
        satisfied=c.form.upheld and not idle,
        found="异议不成立而更正股份" if not c.form.upheld else f"转给自己的 {len(idle)} 笔",
        remedy="异议成立的才更正股份；双方不得相同",
    )


def _parties(c: CaseCircumstances, moved: tuple[Leg, ...]) -> Check:
    """Whoever gives is known, and whoever receives is a confirmed member."""
    known = holders(c, moved)
    accounts = dict.fromkeys(a for leg in moved for a in (leg.source, leg.target))
    strangers = [a for a in accounts if a not in COMMUNAL and a not in known]
    gain = dict.fromkeys(leg.target for leg in moved)
    outside = [a for a in gain if a in known and not known[a].is_member]
    faults = [
        f"查不到 {'、'.join(strangers)}" if strangers else "",
        f"不是已确认的成员：{'、'.join(outside)}" if outside else "",
    ]
    return Check(
        satisfied=not strangers and not outside,
        found="；".join(filter(None, faults)) or "双方均已查明",
        remedy="核对户号和成员序号；少记的一方应当是已确认的成员",
    )


def _others_open(c: CaseCircumstances, moved: tuple[Leg, ...]) -> Check:
    """The other household has its shares, and nothing there stands against moving them."""
    shut = [
        number
        for number, case in touched(c, moved).items()
        if number != c.case.number and not _is_open(c, case)
    ]
    return Check(
        satisfied=not shut,
        found=f"{'、'.join(shut)} 的股份现在不能更正" if shut else "他户的股份可以更正",
        remedy="待对方户配股、答复异议或者解除中止后更正；对方户已办结的，先申请更正其案件，"
        "或者在股权台账中更正",
    )


def _is_open(c: CaseCircumstances, case: Case) -> bool:
    stands = MOVABLE.is_met(case.positions) and are_met(STILL_OPEN, case.positions)
    return stands and not blocking(replace(c, case=case), _LEVEL, "post_shares")


def _something_left(c: CaseCircumstances, moved: tuple[Leg, ...]) -> Check:
    emptied = [n for n, case in touched(c, moved).items() if not units_left(case, moved)]
    return Check(
        satisfied=not emptied,
        found=f"{'、'.join(emptied)} 一股不剩" if emptied else "各户仍有股份",
        remedy="不应当享有股份的，更正的是成员身份，不是股数",
    )


def _under_cap(c: CaseCircumstances, moved: tuple[Leg, ...]) -> Check:
    over = over_cap(transaction_of(c, PostingKind.CORRECTION, moved), c.pack)
    return Check(
        satisfied=not over,
        found="".join(over).removesuffix("。") or "没有超过个人持股上限",
        remedy="更正后的持股不得超过上限",
    )


OF_REDRESS: Final[tuple[Guard[CaseCircumstances], ...]] = tuple(
    Guard(rule=rule, title=title, test=_on_moves(test), reads_form=True)
    for rule, title, test in (
        ("redress_for_cause", "更正股份有成立的异议", _for_cause),
        ("redress_parties", "更正股份的双方均已查明", _parties),
        ("redress_others_open", "他户的股份可以更正", _others_open),
        ("redress_leaves_shares", "更正后各户仍有股份", _something_left),
        ("redress_cap", "更正后没有超过个人持股上限", _under_cap),
        ("books_agree", "份额与分录相符", books_agree),
    )
)
"""What must hold of the shares that an answer moves."""


def with_redress(
    steps: tuple[Step[CaseCircumstances], ...],
) -> tuple[Step[CaseCircumstances], ...]:
    """The steps of an objection to posted shares, whose answer may move shares."""
    return tuple(_may_redress(step) if step.form is Settle else step for step in steps)


def _may_redress(step: Step[CaseCircumstances]) -> Step[CaseCircumstances]:
    assert step.effect, "an answer settles its objection"
    return replace(
        step,
        form=SettleShares,
        guards=(*step.guards, *OF_REDRESS),
        decide=_judged,
        effect=_redressed(step.effect),
        reaches=others_named,
        elsewhere=_elsewhere,
        others_rewind={_LEVEL: BACK},
        others_need=STILL_OPEN,
        at_books=True,
    )
