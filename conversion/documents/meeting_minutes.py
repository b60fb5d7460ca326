"""会议纪要: a meeting from its notice to its resolutions, with who led it and what was said."""

from typing_extensions import override

from conversion.documents.kind import DocumentKind, Part, VillageOccasion
from conversion.documents.village_paper import MeetingPaper, shared
from conversion.documents.vote_record import VoteRecord, matter_title, vote_record


class Course(Part):
    """What the recorder tells of a meeting.

    Attributes:
        meeting: its serial.
        chair: who led it; observers: who was there without a vote.
        discussion: what was said, a paragraph each.
        put_off: matters of the notice that were not put to the vote.
    """

    meeting: str
    chair: str
    recorder: str
    observers: tuple[str, ...]
    discussion: tuple[str, ...]
    put_off: tuple[str, ...]


class MeetingMinutes(MeetingPaper):
    """The facts of the 会议纪要.

    Attributes:
        matters: what the notice listed; put_off: those of them not put to the vote.
    """

    chair: str
    recorder: str
    observers: tuple[str, ...]
    matters: tuple[str, ...]
    discussion: tuple[str, ...]
    votes: tuple[VoteRecord, ...]
    put_off: tuple[str, ...]

    @property
    @override
    def gist(self) -> str:
        """Which meeting, and how many votes carried."""
        passed = sum(vote.passed for vote in self.votes)
        return f"会议{self.meeting.serial}，表决{len(self.votes)}项，通过{passed}项"


def facts(occasion: VillageOccasion[Course]) -> MeetingMinutes:
    """The minutes with every vote that the meeting held."""
    programme, course = occasion.programme, occasion.told
    meeting = programme.meetings[course.meeting]
    votes = (v for v in programme.votes.values() if v.meeting == meeting.serial)
    return MeetingMinutes(
        **shared(occasion, meeting),
        chair=course.chair,
        recorder=course.recorder,
        observers=course.observers,
        matters=tuple(matter_title(matter) for matter in meeting.matters),
        discussion=course.discussion,
        votes=tuple(vote_record(vote, programme) for vote in votes),
        put_off=tuple(matter_title(matter) for matter in course.put_off),
    )


MEETING_MINUTES = DocumentKind(
    id="meeting_minutes",
    title="会议纪要",
    series="纪",
    template="meeting_minutes.html",
    version="1",
    facts_model=MeetingMinutes,
    facts=facts,
    signers=("主持人", "记录人", "会议召集单位"),
    copies=("会议召集单位", "工作专班存档"),
)
