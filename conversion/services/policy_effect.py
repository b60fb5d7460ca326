"""What it would mean for a village to be decided under another pack 政策变动的影响.

Each household is judged under both, one after another; nothing of it is kept but what changes.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from conversion.policy.contrast import changes
from conversion.policy.effect import Effect
from conversion.policy.pack import Pack
from conversion.policy.supposition import nearest
from conversion.services.office import Office
from conversion.services.village_trial import Household, Side, every_case, side_of, village_lots
from conversion.store.chains import load_programme


def sides_of(
    office: Office, code: str, packs: tuple[Pack, Pack], day: date, *, afresh: bool
) -> tuple[Side, Side]:
    """Both sides of a comparison on one day, each under its pack's day next to it.

    Raises:
        NotFound: there is no such programme.
    """
    with office.database.reading() as session:
        programme = load_programme(session, code)
    before, after = (nearest(pack, day) for pack in packs)
    grounds = (*after.grounds, *before.grounds)
    return (
        side_of(programme, before, day, grounds=grounds, afresh=afresh),
        side_of(programme, after, day, grounds=grounds, afresh=afresh),
    )


def policy_effect(
    office: Office,
    code: str,
    sides: tuple[Side, Side],
    *,
    told: Callable[[], None] = lambda: None,
) -> Effect:
    """What changes for a village's households from one side to the other.

    Args:
        office: the office.
        code: of the programme.
        sides: see `sides_of`.
        told: called after each household.

    Raises:
        NotFound: a pack lacks a value that a rule needs.
    """
    effect = Effect()
    with office.database.reading() as session:
        lots = village_lots(session, code, [(side, {}) for side in sides])
        for case in every_case(session, code):
            was, now = (
                side.prospect(_untouched(side.judged(case)), held.get(case.number, ()))
                for side, held in zip(sides, lots, strict=True)
            )
            effect.add(case.household.number, changes(was, now))
            told()
    return effect


def _untouched(household: Household) -> Household:
    """The household as if nothing had been approved or registered yet, so that all start alike."""
    facts, findings = household
    return replace(facts, approved_on=None, registered_on=None), findings
