"""What every paper of the village names: the village, and the meeting that it tells of."""

from datetime import date
from typing import Any

from conversion.documents.kind import Facts, Part, VillageOccasion
from conversion.domain.event import Event
from conversion.domain.meeting import Meeting
from conversion.domain.programme import Programme, Village
from conversion.policy.parameter_shape import Body

DIGITS = 16
"""Of a digest, as many as a paper prints."""


class MeetingRecord(Part):
    """A meeting as called and held.

    Attributes:
        organisation: who met, by full name, e.g. `坪山村`; body: as which body, e.g. `村民会议`.
        present: those who came and those who voted by proxy; proxies: the latter alone.
        roll, attendance: first digits of the sealed digests of both lists.
        attached: where the signed list of attendants lies.
    """

    serial: str
    organisation: str
    body: str
    place: str
    noticed_on: date
    held_on: date
    eligible: int
    present: int
    proxies: int
    roll: str
    attendance: str
    attached: str

    @property
    def in_person(self) -> int:
        """How many came themselves."""
        return self.present - self.proxies


class MeetingPaper(Facts):
    """The facts that all papers of a meeting share.

    Attributes:
        issuing_office: whose meeting it is; programme: the programme's code.
        before: full name of the village.
    """

    issuing_office: str
    programme: str
    before: str
    meeting: MeetingRecord


def shared(occasion: VillageOccasion[Any], meeting: Meeting) -> dict[str, Any]:
    """The fields of `MeetingPaper`, by name."""
    programme = occasion.programme
    return {
        "number": occasion.number,
        "day": occasion.day,
        "nonce": occasion.nonce,
        "issuing_office": _convener(meeting, programme.village),
        "programme": programme.code,
        "before": programme.village.before,
        "meeting": _record(meeting, programme),
    }


def _record(meeting: Meeting, programme: Programme) -> MeetingRecord:
    assert meeting.held_on, "a meeting has a paper once it was held"
    return MeetingRecord(
        serial=meeting.serial,
        organisation=_organisation(meeting, programme.village),
        body=Body(meeting.body).label,
        place=meeting.place,
        noticed_on=meeting.noticed_on,
        held_on=meeting.held_on,
        eligible=meeting.eligible,
        present=meeting.present or 0,
        proxies=meeting.proxies,
        roll=meeting.eligible_sha256[:DIGITS],
        attendance=meeting.attendance_sha256[:DIGITS],
        attached=_attached(programme.past, meeting),
    )


def _organisation(meeting: Meeting, village: Village) -> str:
    of_members = meeting.body == Body.MEMBERS
    return village.collective_name if of_members else village.village_name


def _convener(meeting: Meeting, village: Village) -> str:
    of_members = meeting.body == Body.MEMBERS
    return village.collective_name if of_members else village.village_name + "村民委员会"


def _attached(past: tuple[Event, ...], meeting: Meeting) -> str:
    """Where the attendance sheet lies, as the step that recorded it was told."""
    signed = (e for e in past if e.event == "record_attendance")
    sheets = (e.form.get("evidence") for e in signed if e.form.get("meeting") == meeting.serial)
    return next((str(sheet["attendance"]) for sheet in sheets if isinstance(sheet, dict)), "")
