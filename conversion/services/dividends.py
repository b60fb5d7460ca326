"""Dividend runs 收益分配: one year's income over all households, in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from conversion.domain.case import Case
from conversion.domain.collections import put
from conversion.domain.ledger import PLAN, RESERVE, Dividend, DividendRun, account_of
from conversion.policy.rules.dividend import Distribution, Income, Stake, distribute
from conversion.services.desk import Desk
from conversion.services.filing import Filing
from conversion.store.chains import case_numbers, load_cases
from conversion.store.ledger import communal_balances
from conversion.workflows.assets import DividendForm
from conversion.workflows.holdings.payable import stake
from conversion.workflows.step import Companion

UNOWNED = {RESERVE: "预留股，待确认", PLAN: "尚未配股"}
"""Accounts that are nobody's and take part all the same: theirs waits for whoever comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDraft:
    """A distribution worked out but not made.

    Attributes:
        stakes: account → what it takes part with.
        cases: household number → case, as each stood.
        payouts: what it sets in each chain.
    """

    run: DividendRun
    stakes: Mapping[str, Stake]
    cases: Mapping[str, Case]
    payouts: tuple[Companion, ...]


def draft(desk: Desk, filing: Filing) -> RunDraft | None:
    """What a distribution would pay today; None while its form can't be read."""
    try:
        form = DividendForm.model_validate(filing.filled or {})
    except ValidationError:
        return None
    income = Income(**form.model_dump(include={"net_income", "loss_cover", "reserve_fund"}))
    numbers = case_numbers(desk.session, desk.programme.code)
    cases = load_cases(desk.session, numbers, with_past=False)
    stakes = dict(_stakes(desk, cases))
    done = distribute(max(income.distributable, 0), stakes)
    serial = f"D{len(desk.programme.dividend_runs) + 1:02d}"
    return RunDraft(
        run=_run(serial, form.year, income, done, desk),
        stakes=stakes,
        cases={case.household.number: case for case in cases},
        payouts=tuple(_payouts(serial, cases, stakes, done)),
    )


def _stakes(desk: Desk, cases: Sequence[Case]) -> Iterator[tuple[str, Stake]]:
    for case in cases:
        for serial in sorted({lot.member for lot in case.shares.values()}):
            yield account_of(case.number, serial), stake(case, serial, desk.day)
    communal = communal_balances(desk.session, desk.programme)
    for account, reason in UNOWNED.items():
        units = sum(communal.get(account, {}).values())
        if units:
            yield account, Stake(units=units, waiting=units, reason=reason)


def _run(serial: str, year: int, income: Income, done: Distribution, desk: Desk) -> DividendRun:
    return DividendRun(
        serial=serial,
        year=year,
        day=desk.day,
        net_income=income.net_income,
        loss_cover=income.loss_cover,
        reserve_fund=income.reserve_fund,
        distributable=done.distributable,
        units=done.units,
        per_unit=done.per_unit,
        paid=done.paid,
        held=done.held,
        residue=done.residue,
        reserved=sum(p.held for account, p in done.payouts.items() if account in UNOWNED),
    )


def _payouts(
    serial: str, cases: Sequence[Case], stakes: Mapping[str, Stake], done: Distribution
) -> Iterator[Companion]:
    for case in cases:
        rows = [
            Dividend(
                run=serial,
                member=member,
                units=stakes[account].units,
                amount=done.payouts[account].amount,
                held=done.payouts[account].held,
                reason=stakes[account].reason,
            )
            for member in sorted({lot.member for lot in case.shares.values()})
            for account in (account_of(case.number, member),)
        ]
        if rows:
            changes = tuple(put("dividends", row.key, row) for row in rows)
            yield Companion(chain=case.number, changes=changes)
