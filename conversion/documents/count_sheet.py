"""计票单: one vote of a meeting as counted, and whether it carried its matter."""

from typing_extensions import override

from conversion.documents.kind import DocumentKind, Part, VillageOccasion
from conversion.documents.village_paper import MeetingPaper, shared
from conversion.documents.vote_record import VoteRecord, vote_record


class Tellers(Part):
    """Who counted the ballots, and who watched the count; nobody where it is filled in by hand."""

    counters: tuple[str, ...] = ()
    scrutineers: tuple[str, ...] = ()


class CountSheet(MeetingPaper):
    """The facts of the 计票单."""

    vote: VoteRecord
    tellers: Tellers

    @property
    @override
    def gist(self) -> str:
        """The outcome and the ballots."""
        outcome = "通过" if self.vote.passed else "未通过"
        return f"{outcome}：同意{self.vote.in_favour}，反对{self.vote.against}"


def facts(occasion: VillageOccasion[Tellers]) -> CountSheet:
    """The sheet of the newest vote, which the act that issues the paper has recorded."""
    programme = occasion.programme
    vote = max(programme.votes.values(), key=lambda vote: int(vote.serial[1:]))
    return CountSheet(
        **shared(occasion, programme.meetings[vote.meeting]),
        vote=vote_record(vote, programme),
        tellers=occasion.told,
    )


COUNT_SHEET = DocumentKind(
    id="count_sheet",
    title="计票单",
    series="票",
    template="count_sheet.html",
    version="1",
    facts_model=CountSheet,
    facts=facts,
    signers=("计票人", "监票人", "会议召集单位"),
    copies=("会议召集单位", "工作专班存档"),
)
