"""A household's share ledger on one sheet, and the village's totals and dividend runs as lists."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from conversion.cli.listing import Column, Listing
from conversion.domain.balance import balances
from conversion.domain.case import Case
from conversion.domain.ledger import (
    COMMUNAL,
    Dividend,
    DividendRun,
    Encumbrance,
    Posting,
    Transaction,
)
from conversion.services.ledger_audit import ClassTotal
from conversion.standards import fixed_point
from conversion.standards.amount import format_yuan
from conversion.workflows.bookkeeping import postings_of


class Account(NamedTuple):
    """One class on one account of a household."""

    account: str
    name: str
    share_class: str
    units: int


def _account(account: str) -> str:
    return COMMUNAL.get(account, account)


ACCOUNTS: tuple[Column[Account], ...] = (
    Column("account", "账户", lambda a: a.account),
    Column("name", "姓名", lambda a: a.name),
    Column("share_class", "股种", lambda a: a.share_class),
    Column("units", "余额", lambda a: a.units),
)
POSTINGS: tuple[Column[Posting], ...] = (
    Column("serial", "编号", lambda p: p.serial),
    Column("day", "日期", lambda p: p.day),
    Column("transaction", "交易", lambda p: p.transaction),
    Column("kind", "事由", lambda p: p.kind),
    Column("share_class", "股种", lambda p: p.share_class),
    Column("units", "股数", lambda p: p.units),
    Column("source", "转出", lambda p: p.source, _account),
    Column("target", "转入", lambda p: p.target, _account),
    Column("paper", "依据", lambda p: p.paper),
)
TRANSACTIONS: tuple[Column[Transaction], ...] = (
    Column("serial", "编号", lambda t: t.serial),
    Column("kind", "事由", lambda t: t.kind),
    Column("state", "状态", lambda t: t.state),
    Column("proposed_on", "申请日期", lambda t: t.proposed_on),
    Column("settled_on", "登记日期", lambda t: t.settled_on),
    Column("units", "股数", lambda t: sum(leg.units for leg in t.lines)),
    Column("paper", "依据", lambda t: t.paper),
)
ENCUMBRANCES: tuple[Column[Encumbrance], ...] = (
    Column("serial", "编号", lambda e: e.serial),
    Column("kind", "种类", lambda e: e.kind),
    Column("member", "成员", lambda e: e.member),
    Column("share_class", "股种", lambda e: e.share_class),
    Column("units", "股数", lambda e: e.units),
    Column("covers_dividends", "含收益", lambda e: e.covers_dividends, lambda v: "是" if v else ""),
    Column("holder", "质权人或者机关", lambda e: e.holder),
    Column("order", "文号", lambda e: e.order),
    Column("since", "起", lambda e: e.since),
    Column("until", "止", lambda e: e.until),
    Column("ended_on", "解除", lambda e: e.ended_on),
)
DIVIDENDS: tuple[Column[Dividend], ...] = (
    Column("run", "分配", lambda d: d.run),
    Column("member", "成员", lambda d: d.member),
    Column("units", "股数", lambda d: d.units),
    Column("amount", "金额（元）", lambda d: d.amount, format_yuan),
    Column("held", "暂留（元）", lambda d: d.held, format_yuan),
    Column("reason", "原因", lambda d: d.reason),
    Column("released_on", "发放暂留", lambda d: d.released_on),
)
TOTALS: tuple[Column[ClassTotal], ...] = (
    Column("title", "股种", lambda t: t.title),
    Column("units", "总数", lambda t: t.units),
    Column("persons", "个人", lambda t: t.persons),
    Column("unallotted", "待配", lambda t: t.unallotted),
    Column("reserve", "预留", lambda t: t.reserve),
    Column("collective", "集体", lambda t: t.collective),
    Column("cancelled", "注销", lambda t: t.cancelled),
    Column("is_conserved", "守恒", lambda t: t.is_conserved, lambda v: "是" if v else "否"),
)


def _per_unit(amount: int) -> str:
    return fixed_point.to_text(amount, places=4)


RUNS: tuple[Column[DividendRun], ...] = (
    Column("serial", "编号", lambda r: r.serial),
    Column("year", "年度", lambda r: r.year),
    Column("day", "日期", lambda r: r.day),
    Column("net_income", "净收益", lambda r: r.net_income, format_yuan),
    Column("loss_cover", "弥补亏损", lambda r: r.loss_cover, format_yuan),
    Column("reserve_fund", "公积公益金", lambda r: r.reserve_fund, format_yuan),
    Column("distributable", "可分配", lambda r: r.distributable, format_yuan),
    Column("units", "股数", lambda r: r.units),
    Column("per_unit", "每股（元）", lambda r: r.per_unit, _per_unit),
    Column("paid", "发放", lambda r: r.paid, format_yuan),
    Column("held", "暂留", lambda r: r.held, format_yuan),
    Column("residue", "余数转公积金", lambda r: r.residue, format_yuan),
)


def sheet_of(case: Case) -> dict[str, Listing[Any]]:
    """The lists of a household's ledger, by their names in JSON."""
    return {
        "accounts": Listing("账户", ACCOUNTS, [*_accounts(case)]),
        "postings": Listing("分录", POSTINGS, [*postings_of(case)]),
        "transactions": Listing("变动", TRANSACTIONS, [*case.transactions.values()]),
        "encumbrances": Listing("质押和冻结", ENCUMBRANCES, [*case.encumbrances.values()]),
        "dividends": Listing("收益分配", DIVIDENDS, [*case.dividends.values()]),
    }


def _accounts(case: Case) -> Iterator[Account]:
    for account, by_class in sorted(balances(postings_of(case)).items()):
        number, _, serial = account.rpartition("/")
        if number == case.number:
            name = case.people[serial].name if serial in case.people else ""
            for share_class, units in sorted(by_class.items()):
                yield Account(account=account, name=name, share_class=share_class, units=units)
