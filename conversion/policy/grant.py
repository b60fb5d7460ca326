"""Who has a row of a pack, and on which days."""

from typing import NamedTuple

from conversion.policy.eligibility import Holder, holders
from conversion.policy.facts import HouseholdFacts
from conversion.policy.row import BenefitRow, EntitlementRow
from conversion.policy.span import Span


class Grant(NamedTuple):
    """A holder with the days on which age lets them have a row.

    Attributes:
        span: within the row's days; None while the event that starts the row has not happened.
    """

    holder: Holder
    span: Span | None


def grants(
    row: BenefitRow | EntitlementRow, span: Span | None, facts: HouseholdFacts
) -> tuple[Grant, ...]:
    """Whom a row is for, each with days of their own; nobody whose age is on none of its days."""
    found = (Grant(holder, _own(row, span, holder)) for holder in holders(row, facts))
    return tuple(grant for grant in found if grant.span or not span)


def _own(row: BenefitRow | EntitlementRow, span: Span | None, holder: Holder) -> Span | None:
    return span.at_age(holder.window, ends=row.ends_with_age) if span else None
