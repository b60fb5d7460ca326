"""每日办理记录: all that was recorded in a village on one day, with the root that the day left.

Printed, signed by two and kept apart from the machine, it is what a later rewriting of the log
would have to answer to.
"""

from collections import Counter
from datetime import date
from typing import NamedTuple

from conversion.documents.kind import DocumentKind, Facts, Part, VillageOccasion
from conversion.documents.log_line import LogLine, LogState, by_eight


class PublicList(Part):
    """A list that was handed out when the record was printed, with the digest of its note."""

    title: str
    issued: str
    sha256: str

    @property
    def grouped(self) -> str:
        """The digest in groups of eight, to be compared by eye."""
        return by_eight(self.sha256)


class DayLog(NamedTuple):
    """What is read of a day from the log: its entries, and the log before and after them.

    Attributes:
        lists: the key list and the void list of the moment, none in an office without keys: who
            has the paper can tell whether another list was handed out.
    """

    recorded: date
    lines: tuple[LogLine, ...]
    began: LogState
    log: LogState
    lists: tuple[PublicList, ...]
    printed_by: str


class DayRecord(Facts):
    """The facts of the 每日办理记录; see `DayLog`."""

    issuing_office: str
    before: str
    programme: str
    recorded: date
    lines: tuple[LogLine, ...]
    began: LogState
    log: LogState
    lists: tuple[PublicList, ...] = ()
    printed_by: str

    @property
    def counted(self) -> tuple[tuple[str, int], ...]:
        """Each act with how often it was done, the most frequent first."""
        return tuple(Counter(line.what for line in self.lines).most_common())

    @property
    def papers(self) -> int:
        """How many papers were issued."""
        return sum(len(line.papers) for line in self.lines)


def facts(occasion: VillageOccasion[DayLog]) -> DayRecord:
    """The print-out of what was read."""
    programme = occasion.programme
    return DayRecord(
        number=occasion.number,
        day=occasion.day,
        nonce=occasion.nonce,
        issuing_office=programme.village.issuing_office,
        before=programme.village.before,
        programme=programme.code,
        **occasion.told._asdict(),
    )


DAY_RECORD = DocumentKind(
    id="day_record",
    title="每日办理记录",
    series="",
    template="day_record.html",
    version="2",
    facts_model=DayRecord,
    facts=facts,
    signers=("记录人", "复核人"),
    copies=("工作专班存档", "审计机关"),
)
