"""Who is on a meeting's roll 应到人员, by the body that meets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from conversion.domain.case import Case
from conversion.domain.household import Member
from conversion.domain.meeting import Voter, person_of
from conversion.domain.right import MembershipStanding
from conversion.policy.parameter_shape import Body

VOTING_AGE = 18
"""Years of age from which a villager votes, and a member has full capacity.

村民委员会组织法（1998）12、（2010）13; 民法通则 11; 民法典 17, 18.
"""


def electorate(
    meeting: str, body: str, cases: Sequence[Case], day: date, representatives: Sequence[str] = ()
) -> tuple[Voter, ...]:
    """The roll as it stands on the day of the notice; nobody is on it twice.

    The villagers' meeting is all villagers of age; the members' meeting those of them whose
    membership is proposed or confirmed, nobody whose membership is unsettled or in dispute
    (农村集体经济组织法 26); the household meeting one person of each household, the head if of
    age; the representatives' meeting those who are named. The dead are in no household any more.

    Args:
        meeting: serial of the meeting.
        body: body id of the pack.
        cases: of the whole village, in order.
        day: of the notice.
        representatives: persons as rolls name them, for the representatives' meeting only.
    """
    found: dict[str, Voter] = {}
    choose = _CHOICES.get(body, _grown)
    named = frozenset(representatives)
    for case in cases:
        for serial in choose(case, day, named):
            member = case.members[serial]
            identity = member.resident_number or person_of(case.number, serial)
            voter = Voter(meeting=meeting, chain=case.number, member=serial)
            found.setdefault(identity, voter)
    return tuple(found.values())


def is_capable(member: Member, day: date) -> bool:
    """Whether a person votes, and may vote for another of the household, on a day."""
    return member.age_on(day) >= VOTING_AGE


def proxy_holders(
    body: str, roll: Sequence[Voter], cases: Sequence[Case], day: date
) -> frozenset[str]:
    """Who may vote for an absent person of the same household, as rolls name a person.

    Where everybody is on the roll, those on it; where a household has one voice, any of its
    members of full capacity (农村集体经济组织法 27).
    """
    if body in {Body.VILLAGERS, Body.MEMBERS}:
        return frozenset(voter.person for voter in roll)
    grown = ((case.number, serial) for case in cases for serial in _grown(case, day, frozenset()))
    return frozenset(person_of(number, serial) for number, serial in grown)


_Choice = Callable[[Case, date, frozenset[str]], Iterator[str]]


def _grown(case: Case, day: date, _named: frozenset[str]) -> Iterator[str]:
    return (serial for serial, member in case.members.items() if is_capable(member, day))


def _members(case: Case, day: date, named: frozenset[str]) -> Iterator[str]:
    standing = {MembershipStanding.PROPOSED, MembershipStanding.CONFIRMED}
    for serial in _grown(case, day, named):
        membership = case.memberships.get(serial)
        if membership and membership.standing in standing:
            yield serial


def _one_of(case: Case, day: date, named: frozenset[str]) -> Iterator[str]:
    """The head, or the first of age where the head is not."""
    grown = sorted(
        _grown(case, day, named), key=lambda serial: (not case.members[serial].is_head, serial)
    )
    return iter(grown[:1])


def _named(case: Case, day: date, named: frozenset[str]) -> Iterator[str]:
    return (s for s in _grown(case, day, named) if person_of(case.number, s) in named)


_CHOICES: Mapping[str, _Choice] = {
    Body.VILLAGERS: _grown,
    Body.MEMBERS: _members,
    Body.HOUSEHOLDS: _one_of,
    Body.REPRESENTATIVES: _named,
}
