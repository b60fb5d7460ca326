"""Checking a village's staff: whether it can carry every step, and what the roster says of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from conversion.domain.case import Case
from conversion.domain.programme import Programme
from conversion.domain.staff import StaffTable
from conversion.policy.pack import PackOnDay
from conversion.services.office import Office
from conversion.services.staffing import staff_of
from conversion.standards.chinese_date import format_day
from conversion.store.chains import case_numbers, load_cases, load_programme
from conversion.workflows.definition import case_levels, village_levels
from conversion.workflows.staffing import Lack, Place, Proof, prove


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffReport:
    """What a village's staff lacks, and what stands out in it.

    Attributes:
        village, households: the proof for the village's own steps, and for each household's.
        findings: what a person should know: kin told by the roster, numbers and groups unknown,
            departments in which nobody will be once another pack decides.
    """

    village: Proof
    households: Proof
    findings: tuple[str, ...]

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """All that is lacking."""
        return (*self.village.lacks, *self.households.lacks)


def check_staff(office: Office, code: str) -> StaffReport:
    """Judge the staff of a village as it stands today, on every household.

    Raises:
        NotFound: there is no such programme.
    """
    with office.database.reading() as session:
        programme = load_programme(session, code)
        cases = load_cases(session, case_numbers(session, code))
    day = office.today()
    pack = office.pack(programme.village.pack, day)
    table = staff_of(programme, pack)
    actors = table.on(day)
    places = [_place(case) for case in cases] or _expected(programme, day)
    return StaffReport(
        village=prove(village_levels(office.definition), pack, actors, [Place()]),
        households=prove(case_levels(office.definition), pack, actors, places),
        findings=(*_findings(table, cases), *_unmanned(programme, pack.next)),
    )


def _place(case: Case) -> Place:
    return Place(
        household=case.household.number,
        groups=frozenset({case.household.group}),
        people=frozenset(m.resident_number for m in case.people.values() if m.resident_number),
    )


def _expected(programme: Programme, day: date) -> list[Place]:
    """A place for each group that a post names, before the first household is there."""
    posts = (post for post in programme.posts.values() if post.is_held_on(day))
    groups = sorted({post.place for post in posts if post.place}) or [""]
    return [Place(groups=frozenset({group})) for group in groups]


def _findings(table: StaffTable, cases: Sequence[Case]) -> Iterator[str]:
    homes = {
        member.resident_number: case.household.number
        for case in cases
        for member in case.people.values()
        if member.resident_number
    }
    numbers = {case.household.number for case in cases}
    groups = {case.household.group for case in cases}
    for person in table.members.values():
        home = homes.get(person.resident_number) if person.resident_number else None
        if home and home not in person.kin:
            yield f"{person.name}（{person.account}）是户号 {home} 的成员，已自动回避该户"
        unknown = sorted(set(person.kin) - numbers) if cases else []
        if unknown:
            yield f"{person.name}（{person.account}）应回避的户号 {'、'.join(unknown)} 不在花名册中"
    for post in table.posts.values():
        if cases and post.place and post.place not in groups:
            name = table.members[post.account].name
            yield f"{name}（{post.account}）的岗位限于{post.place}，花名册中没有这个组"


def _unmanned(programme: Programme, ahead: PackOnDay | None) -> Iterator[str]:
    """Departments of the pack that takes over in which nobody will be on its first day."""
    if ahead is None:
        return
    manned = {actor.department for actor in staff_of(programme, ahead).on(ahead.day)}
    for name in ahead.departments:
        if name not in manned:
            since = f"自{format_day(ahead.day)}起按政策包“{ahead.pack.title}”办理，{name}还没有人"
            yield f"{since}：任用一名{name}区级部门，since 写 {ahead.day}"
