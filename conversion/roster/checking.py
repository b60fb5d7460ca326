"""All checks of a roster; a new one is a function and a line in its module's tuple."""

from collections.abc import Iterator

from conversion.roster.checks.household import HOUSEHOLD_CHECKS
from conversion.roster.checks.kinship import KINSHIP_CHECKS
from conversion.roster.checks.totals import totals
from conversion.roster.checks.village import VILLAGE_CHECKS
from conversion.roster.draft import RosterDraft
from conversion.roster.finding import Finding

OF_A_HOUSEHOLD = (*HOUSEHOLD_CHECKS, *KINSHIP_CHECKS)
OF_THE_VILLAGE = (*VILLAGE_CHECKS, totals)


def findings_of(draft: RosterDraft) -> Iterator[Finding]:
    """What every check finds."""
    households = draft.households()
    for household in households.values():
        for check in OF_A_HOUSEHOLD:
            yield from check(household)
    for village_check in OF_THE_VILLAGE:
        yield from village_check(draft, households)
