"""The rolls of a village's meetings against the digests sealed when they were called and held."""

from collections.abc import Iterator, Sequence

from conversion.domain.collections import rows_of
from conversion.domain.meeting import Meeting, Voter
from conversion.errors import HistoryBroken
from conversion.store.database import Session
from conversion.store.standings import programme_standings
from conversion.store.voters import roll_of
from conversion.workflows.attendance import attendance_sha256, roll_sha256


def altered_rolls(session: Session, programme: str) -> Iterator[tuple[str, str]]:
    """The programme's code and a sentence for each roll that is not as it was sealed."""
    try:
        meetings = _meetings(session, programme)
        rolls = {serial: roll_of(session, programme, serial) for serial in meetings}
    except (HistoryBroken, ValueError):
        yield programme, "会议或应到名册有一行已不成形"
        return
    for serial, meeting in meetings.items():
        for sentence in _faults(meeting, rolls[serial]):
            yield programme, f"会议 {serial} 的{sentence}"


def _meetings(session: Session, programme: str) -> dict[str, Meeting]:
    read = programme_standings(session, [programme])
    return rows_of(read[programme][1], "meetings", Meeting) if read else {}


def _faults(meeting: Meeting, roll: Sequence[Voter]) -> Iterator[str]:
    if (len(roll), roll_sha256(roll)) != (meeting.eligible, meeting.eligible_sha256):
        yield "应到名册与通知当日封存的摘要不符"
    elif meeting.held_on and attendance_sha256(roll) != meeting.attendance_sha256:
        yield "签到与登记时封存的摘要不符"
