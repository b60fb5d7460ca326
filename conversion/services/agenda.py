"""The agenda 待办: what is due of whom, soonest first, and what is overdue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from conversion.domain.case import Case
from conversion.domain.role import Actor, Role
from conversion.errors import ConversionError
from conversion.policy.pack import PackOnDay
from conversion.services.office import Office
from conversion.services.staffing import capacities_of
from conversion.store.chains import case_numbers, load_programme, load_readable
from conversion.store.standings import batches
from conversion.workflows.definition import case_levels
from conversion.workflows.term import Due
from conversion.workflows.terms import terms_of


class Urgency(StrEnum):
    """How a term stands on the day."""

    BREACH = "breach"
    OVERDUE = "overdue"
    SOON = "soon"
    RUNNING = "running"
    SUSPENDED = "suspended"

    @property
    def label(self) -> str:
        """The urgency's Chinese name."""
        return {
            "breach": "待遇断档",
            "overdue": "逾期",
            "soon": "将到期",
            "running": "办理中",
            "suspended": "中止",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One term of one case.

    Attributes:
        title: with the member whose it is; matter: the same of all households.
        days: left until its last day, negative when over; roles: whose turn it is, or, once it is
            over, the office above as well.
        people: resident numbers of who is of the household, for near kin; shown to nobody.
    """

    case: str
    household: str
    group: str
    head: str
    title: str
    matter: str
    last: date
    days: int
    urgency: Urgency
    roles: tuple[Role, ...]
    department: str
    provisional: bool
    people: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is due in a village.

    Attributes:
        unread: cases that can't be read, and why.
        pack: the village's, as it stands today.
    """

    items: tuple[Item, ...]
    unread: tuple[str, ...]
    pack: PackOnDay


def agenda(
    office: Office,
    programme: str,
    *,
    account: str | None = None,
    group: str | None = None,
    within: int | None = None,
) -> Agenda:
    """What is due in a village, the most urgent first.

    Args:
        office: the office.
        programme: the programme's code.
        account: only what is this person's to do, or to see to once it is overdue.
        group: only this 村民小组.
        within: only what ends within so many days, or is over.

    Raises:
        NotFound: the programme or the person does not exist.
    """
    items: list[Item] = []
    unread: list[str] = []
    with office.database.reading() as session:
        village = load_programme(session, programme)
        pack = office.pack(village.village.pack, office.today())
        actors = capacities_of(village, account, pack) if account else ()
        levels = case_levels(office.definition)
        for part in batches(case_numbers(session, programme, group=group)):
            cases, broken = load_readable(session, part)
            unread += [_told(number, error) for number, error in broken.items()]
            for case in cases.values():
                items += _items(case, terms_of(case, village, pack, levels), office.today())
    kept = [
        i
        for i in items
        if (not account or any(_is_of(i, actor) for actor in actors))
        and (within is None or i.days <= within)
    ]
    return Agenda(items=tuple(sorted(kept, key=_rank)), unread=tuple(unread), pack=pack)


def _items(case: Case, dues: Sequence[Due], day: date) -> Iterator[Item]:
    for due in dues:
        over = due.is_overdue(day)
        yield Item(
            case=case.number,
            household=case.household.number,
            group=case.household.group,
            head=case.head.name,
            title=due.title,
            matter=due.matter,
            last=due.last,
            days=due.days_left(day),
            urgency=_urgency(due, day),
            roles=tuple(dict.fromkeys((*due.roles, *due.answerable))) if over else due.roles,
            department=due.department,
            provisional=due.provisional,
            people=frozenset(m.resident_number for m in case.members.values()),
        )


def _urgency(due: Due, day: date) -> Urgency:
    if due.suspended:
        return Urgency.SUSPENDED
    if due.is_overdue(day):
        return Urgency.BREACH if due.never_silent else Urgency.OVERDUE
    return Urgency.SOON if due.days_left(day) <= max(due.ahead, default=0) else Urgency.RUNNING


def _is_of(item: Item, actor: Actor) -> bool:
    """Whether it is a person's matter: by post, by department, and not of near kin."""
    if actor.is_kin(item.household, item.people) or not actor.serves(item.roles, {item.group}):
        return False
    elsewhere = item.department and actor.holds(Role.DEPARTMENT)
    return not elsewhere or actor.department == item.department


def _rank(item: Item) -> tuple[int, date, str]:
    return [*Urgency].index(item.urgency), item.last, item.case


def _told(number: str, error: ConversionError) -> str:
    return f"{number}：{error}"
