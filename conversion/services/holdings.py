"""The share ledger of a village, proven as a whole; and a distribution tried out beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass

from conversion.domain.ledger import DividendRun
from conversion.errors import WrongUse
from conversion.services import dividends
from conversion.services.desk import open_desk
from conversion.services.filing import Filing
from conversion.services.ledger_audit import (
    ClassTotal,
    Fault,
    gather,
    unconserved,
    undistributed,
)
from conversion.services.office import Office
from conversion.services.stored_chains import all_stored
from conversion.store.allotment import allotment_table
from conversion.store.chains import load_programme


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerReport:
    """What was proven of a village's share ledger, and what is wrong.

    Attributes:
        chains: households with shares; postings: lines of all their ledgers.
    """

    chains: int
    postings: int
    totals: Sequence[ClassTotal]
    faults: Sequence[Fault]


def check(office: Office, code: str) -> LedgerReport:
    """The share ledger of a village, every lot, posting, total and dividend of it.

    Raises:
        NotFound: there is no such programme.
    """
    with office.database.reading() as session:
        programme = load_programme(session, code)
        table = allotment_table(session, code)
        books, faults = gather(all_stored(session, code))
    totals = books.totals(programme.share_classes)
    wrong = [*faults, *books.misallotted(table)]
    if books.is_whole:
        whole = (*unconserved(totals), *undistributed(programme.dividend_runs, books))
        wrong += ((code, sentence) for sentence in whole)
    return LedgerReport(chains=books.chains, postings=books.postings, totals=totals, faults=wrong)


def preview(office: Office, code: str, account: str, filing: Filing) -> DividendRun:
    """What a distribution would come to today; nothing is written.

    Raises:
        WrongUse: the form can't be read.
    """
    with office.database.reading() as session:
        desk = open_desk(
            session, office, account, code, act="assets.distribute", numbers=(), channel="explain"
        )
        found = dividends.draft(desk, filing)
    if found is None:
        raise WrongUse(
            "试算收益分配", "表单没有填全", "用 --form 填写 year、net_income、reserve_fund"
        )
    return found.run
