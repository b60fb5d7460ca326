"""A trial 试算 of one household: as it is, beside as it is supposed; nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from conversion.domain.case import Case
from conversion.domain.household import Member
from conversion.domain.programme import Programme
from conversion.domain.right import ShareLot
from conversion.errors import NotFound
from conversion.policy.contrast import LineChange, changes
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack import PackOnDay
from conversion.policy.supposition import Supposition, nearest, suppose
from conversion.services.office import Office
from conversion.services.village_trial import Side, side_of, village_lots
from conversion.standards.chinese_date import format_day
from conversion.store.chains import load_case, load_programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What would be otherwise for a household.

    Attributes:
        sides: as it is and as supposed.
        people: serial → member, of both sides.
        lines: every line of both sides; notes: what a reader must know beside them, in Chinese.
    """

    case: str
    sides: tuple[Side, Side]
    people: Mapping[str, Member]
    lines: tuple[LineChange, ...]
    notes: tuple[str, ...]


def try_out(
    office: Office, number: str, told: Supposition, *, pack: str = "", plan: str = ""
) -> Trial:
    """The household as it is today, beside the household as supposed.

    Args:
        office: the office.
        number: the case.
        told: what is supposed.
        pack: id of the pack whose rules are tried; empty for the village's own.
        plan: id of the share plan that is tried; empty for the village's own.

    Raises:
        NotFound: there is no such case, pack or plan, or the pack lacks a value that a rule needs.
        WrongUse: what is supposed can't be.
    """
    with office.database.reading() as session:
        case = load_case(session, number)
        programme = load_programme(session, case.programme)
        here, there = _sides(office, programme, told, pack, plan)
        real = here.judged(case)
        supposed = suppose(*real, told)
        both = ((here, {number: real}), (there, {number: supposed}))
        was, now = (lots.get(number, ()) for lots in village_lots(session, case.programme, both))
    return Trial(
        case=number,
        sides=(here, there),
        people={**case.people, **supposed[0].members},
        lines=changes(here.prospect(real, was), there.prospect(supposed, now)),
        notes=(*_notes(case, real[0], here, was), *untimely(here, there)),
    )


def untimely(*sides: Side) -> Iterator[str]:
    """That a pack doesn't decide on the day of the trial, and which day of its was taken."""
    told = (
        f"政策包“{side.pack.pack.title}”在{format_day(side.day)}不适用，"
        f"试算用的是它在{format_day(side.pack.day)}的规定。"
        for side in sides
        if side.pack.day != side.day
    )
    yield from dict.fromkeys(told)


def _sides(
    office: Office, programme: Programme, told: Supposition, pack: str, plan: str
) -> tuple[Side, Side]:
    today, day = office.today(), told.day or office.today()
    own = _own(office, programme, today)
    then = nearest(office.named(pack), day) if pack else _own(office, programme, day)
    grounds = (*then.grounds, *own.grounds)
    return (
        side_of(programme, own, today, grounds=grounds),
        side_of(programme, then, day, grounds=grounds, plan=plan, afresh=told.afresh),
    )


def _own(office: Office, programme: Programme, day: date) -> PackOnDay:
    """The village's pack on the day, or the nearest day on which it may decide at all."""
    try:
        return office.pack(programme.village.pack, day)
    except NotFound:
        return nearest(office.named(programme.village.pack), day)


def _notes(
    case: Case, facts: HouseholdFacts, side: Side, lots: Sequence[ShareLot]
) -> Iterator[str]:
    if not (facts.approved_on and facts.registered_on):
        yield "还没有批准或者还没有登记户口的，按试算当日批准、登记计算。"
    if case.benefits:
        yield "本户的待遇已经核定，以核定的为准；两栏都是按规则重新试算的。"
    held, counted = case.units, sum(lot.units for lot in lots)
    if held and held != counted:
        said = side.plan.said
        yield f"本户现登记{said(held)}；试算按现在的名册重新配股，现状一栏为{said(counted)}。"
