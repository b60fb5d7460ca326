"""Leaving 离户: a member becomes one who was of the household; what the person holds stays named.

Shares and a membership that has ended keep the person's serial. Benefits and entitlements of the
person end with their ground: none of them stops in silence.
"""

from dataclasses import replace
from datetime import date

from conversion.domain.case import Case
from conversion.domain.departed import Departed, Departure
from conversion.domain.right import Benefit, Disposition, Entitlement, EntitlementStatus


def departed(
    case: Case, serial: str, departure: Departure, *, on: date, paper: str, went_to: str = ""
) -> Case:
    """The household without one of its members."""
    told = {"departure": departure, "left_on": on, "paper": paper, "went_to": went_to}
    person = Departed.model_validate(case.members[serial].model_dump() | told)
    gone = {s for s, r in case.representations.items() if serial in {s, r.serial}}
    return replace(
        case,
        members={s: m for s, m in case.members.items() if s != serial},
        departed={**case.departed, serial: person},
        representations={s: r for s, r in case.representations.items() if s not in gone},
        drawn={k: d for k, d in case.drawn.items() if d.member != serial},
        declarations={k: d for k, d in case.declarations.items() if d.member != serial},
    )


def ended_rights(case: Case, serial: str, *, on: date, ground: str) -> Case:
    """The household once a person's benefits and entitlements have ended on a day."""
    benefits = {
        k: _ended(b, on, ground) if b.member == serial else b for k, b in case.benefits.items()
    }
    rows = case.entitlements.items()
    entitlements = {k: _not_applicable(e, on, ground) if e.member == serial else e for k, e in rows}
    return replace(case, benefits=benefits, entitlements=entitlements)


def _ended(benefit: Benefit, on: date, ground: str) -> Benefit:
    """Ended on the day; what would have begun on a birthday to come never does."""
    told = {"disposition": Disposition.ENDED, "until": on, "then": ground, "until_event": ""}
    told |= {"then_since": None}
    early = {"since": on, "since_age": None} if benefit.since > on else {}
    return benefit.model_copy(update={**told, **early, "until_age": None})


def _not_applicable(row: Entitlement, on: date, ground: str) -> Entitlement:
    told = {"status": EntitlementStatus.NOT_APPLICABLE, "until": on, "reason": ground}
    told |= {"until_age": None}
    return row.model_copy(update=told)
