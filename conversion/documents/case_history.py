"""案件历史: every entry of a case's chain, for auditors, under the size and root of the log.

A print-out has no number of its own and proves nothing but what the log proves: whoever has the
root compares it.
"""

from typing import NamedTuple

from conversion.documents.kind import DocumentKind, Facts, VillageOccasion
from conversion.documents.log_line import LogLine, LogState


class CaseLog(NamedTuple):
    """What is read of a case from the log.

    Attributes:
        faults: what of the chain does not fit together; none when it is whole.
        printed_by: who had it printed.
    """

    case_number: str
    household_number: str
    group: str
    state: str
    lines: tuple[LogLine, ...]
    faults: tuple[str, ...]
    log: LogState
    printed_by: str


class CaseHistory(Facts):
    """The facts of the 案件历史; see `CaseLog`."""

    issuing_office: str
    before: str
    case_number: str
    household_number: str
    group: str
    state: str
    lines: tuple[LogLine, ...]
    faults: tuple[str, ...]
    log: LogState
    printed_by: str

    @property
    def first_day(self) -> str:
        """The day of the first entry, as the lines write it."""
        return self.lines[0].at.partition(" ")[0] if self.lines else ""


def facts(occasion: VillageOccasion[CaseLog]) -> CaseHistory:
    """The print-out of what was read."""
    village = occasion.programme.village
    return CaseHistory(
        number=occasion.number,
        day=occasion.day,
        nonce=occasion.nonce,
        issuing_office=village.issuing_office,
        before=village.before,
        **occasion.told._asdict(),
    )


CASE_HISTORY = DocumentKind(
    id="case_history",
    title="案件历史",
    series="",
    template="case_history.html",
    version="1",
    facts_model=CaseHistory,
    facts=facts,
    signers=("打印人", "审计人员"),
    copies=("审计人员",),
)
