"""The sweep 巡查: whatever the day itself brings about, done once, however often it is run.

It reminds of what is due or overdue, and records that the term of a hold is over. Every act is the
system's own, sealed like any other; a case that can't be read is told and stops no other.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from conversion.domain.case import Case
from conversion.domain.programme import Programme
from conversion.domain.reminder import Reminder
from conversion.domain.role import SYSTEM
from conversion.errors import CaseChanged, ConversionError, HistoryBroken
from conversion.policy.pack import PackOnDay
from conversion.services import programme as villages
from conversion.services.filing import Filing, Outcome
from conversion.services.office import Office
from conversion.services.progress import take_within
from conversion.store.chains import case_numbers, load_programme, load_readable, programmes
from conversion.store.standings import batches
from conversion.workflows.definition import case_levels
from conversion.workflows.reminding import reminders_due
from conversion.workflows.terms import terms_of

REMIND, LAPSE, LAPSE_OF_VILLAGE = "case.remind", "case.lapse_hold", "lapse_hold"

Told = Callable[[int, int], None]
"""Called with how many cases are through, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """A reminder that was given on a case.

    Attributes:
        matter: what it is about, the same of all households and members.
    """

    case: str
    matter: str
    reminder: Reminder

    @property
    def programme(self) -> str:
        """The code of its village's programme."""
        return self.case.rpartition("-")[0]

    @property
    def household(self) -> str:
        """The household's number."""
        return self.case.rpartition("-")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unswept:
    """A case or village that the sweep had to leave, and why."""

    chain: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What one sweep did.

    Attributes:
        looked_at: cases looked at; lapsed: `chain serial` of holds whose term was recorded as over.
    """

    looked_at: int
    reminded: tuple[Reminded, ...]
    lapsed: tuple[str, ...]
    unswept: tuple[Unswept, ...]

    @property
    def did_anything(self) -> bool:
        """Whether anything was written."""
        return bool(self.reminded or self.lapsed)


@dataclass(slots=True)
class _Tally:
    looked_at: int
    reminded: list[Reminded]
    lapsed: list[str]
    unswept: list[Unswept]


def sweep(office: Office, codes: Sequence[str] = (), *, told: Told = lambda *_: None) -> Sweep:
    """Sweep these villages, or all of them.

    Raises:
        StoreUnavailable: the database can't be used at all.
    """
    tally = _Tally(looked_at=0, reminded=[], lapsed=[], unswept=[])
    with office.database.reading() as session:
        known = list(codes) or programmes(session)
    for code in known:
        try:
            _sweep_village(office, code, tally, told)
        except ConversionError as error:
            tally.unswept.append(Unswept(chain=code, reason=str(error)))
    return Sweep(
        looked_at=tally.looked_at,
        reminded=tuple(tally.reminded),
        lapsed=tuple(tally.lapsed),
        unswept=tuple(tally.unswept),
    )


def _sweep_village(office: Office, code: str, tally: _Tally, told: Told) -> None:
    with office.database.reading() as session:
        programme = load_programme(session, code)
        numbers = case_numbers(session, code)
    _end_village_holds(office, programme, tally)
    for part in batches(numbers):
        cases, broken = _read(office, part)
        tally.unswept += [Unswept(chain=n, reason=str(e)) for n, e in broken.items()]
        _end_holds(office, cases.values(), tally)
        _remind(office, code, list(cases), tally)
        tally.looked_at += len(part)
        told(tally.looked_at, len(numbers))


def _read(
    office: Office, numbers: Sequence[str]
) -> tuple[dict[str, Case], dict[str, HistoryBroken]]:
    with office.database.reading() as session:
        return load_readable(session, numbers)


# --- holds whose term is over -----------------------------------------------------------------


def _end_village_holds(office: Office, programme: Programme, tally: _Tally) -> None:
    day = office.today()
    for hold in programme.holds.values():
        if hold.is_in_force and hold.has_lapsed(day):
            filing = Filing(number=programme.code, filled={"hold": hold.serial})
            villages.take(office, LAPSE_OF_VILLAGE, SYSTEM.account, filing, channel="sweep")
            tally.lapsed.append(f"{programme.code} {hold.serial}")


def _end_holds(office: Office, cases: Iterable[Case], tally: _Tally) -> None:
    day = office.today()
    for case in cases:
        for hold in case.holds.values():
            if hold.is_in_force and hold.has_lapsed(day):
                filing = Filing(number=case.number, filled={"hold": hold.serial})
                for outcome in _done(office, LAPSE, [filing], tally):
                    tally.lapsed.append(f"{outcome.number} {hold.serial}")


# --- reminders ---------------------------------------------------------------------------------


def _remind(office: Office, code: str, numbers: Sequence[str], tally: _Tally) -> None:
    cases, _ = _read(office, numbers)
    with office.database.reading() as session:
        programme = load_programme(session, code)
    pack = office.pack(programme.village.pack, office.today())
    waiting = {case.number: _waiting(office, case, programme, pack) for case in cases.values()}
    filings = [Filing(number=number) for number, reminders in waiting.items() if reminders]
    for outcome in _done(office, REMIND, filings, tally):
        tally.reminded += waiting[outcome.number]


def _waiting(office: Office, case: Case, programme: Programme, pack: PackOnDay) -> list[Reminded]:
    dues = terms_of(case, programme, pack, case_levels(office.definition))
    matters = {due.subject: due.matter for due in dues}
    return [
        Reminded(case=case.number, matter=matters[reminder.subject], reminder=reminder)
        for reminder in reminders_due(dues, case.reminders.values(), office.today())
    ]


def _done(office: Office, act: str, filings: Sequence[Filing], tally: _Tally) -> Iterator[Outcome]:
    """What was done of it; what was not is told."""
    for outcome in _outcomes(office, act, filings):
        if outcome.receipt:
            yield outcome
        else:
            tally.unswept.append(Unswept(chain=outcome.number, reason=str(outcome.refusal)))


def _outcomes(office: Office, act: str, filings: Sequence[Filing]) -> list[Outcome]:
    """All of it in one transaction; one after the other when somebody else moved a case."""
    if not filings:
        return []
    try:
        with office.database.writing() as session:
            return take_within(session, office, act, SYSTEM.account, filings, channel="sweep")
    except CaseChanged as changed:
        if len(filings) == 1:
            return [Outcome(number=filings[0].number, refusal=changed)]
        return [o for filing in filings for o in _outcomes(office, act, [filing])]
