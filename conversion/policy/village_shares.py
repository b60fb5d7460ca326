"""A village's shares under one plan: everybody's weight gathered, then allotted once.

Of each household only the weights are kept, so that a village of any size can pass by.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from conversion.domain.ledger import account_of
from conversion.domain.right import MembershipStanding, ReservedLot, ShareLot
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack import PackOnDay
from conversion.policy.rules.share_allocation import Allotment, Weights, allot
from conversion.policy.share_scheme import ShareScheme
from conversion.policy.weighing import weigh

Lots: TypeAlias = Mapping[str, list[ShareLot]]
"""Case number → the lots of its persons."""

TAKING_PART = (MembershipStanding.CONFIRMED, MembershipStanding.DISPUTED)
"""Whose shares a plan counts: for members, and for those in dispute, kept back."""


@dataclass(slots=True, kw_only=True)
class VillageShares:
    """Weights of a village under one plan, household by household.

    Attributes:
        pack: whose plan it is, `plan`.
        weights, reserved: class → account → weight, of members and of people in dispute.
    """

    pack: PackOnDay
    plan: ShareScheme
    weights: dict[str, dict[str, int]] = field(default_factory=dict)
    reserved: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, number: str, facts: HouseholdFacts) -> None:
        """Count one household's people in, by where their membership stands.

        Args:
            number: the case.
            facts: the household on the base date, see `weighing.at_base_date`.
        """
        taking = {
            serial: row.standing is MembershipStanding.DISPUTED
            for serial, row in facts.memberships.items()
            if row.standing in TAKING_PART
        }
        for share_class, by_serial in weigh(facts, self.plan, taking).items():
            for serial, weight in by_serial.items():
                side = self.reserved if taking[serial] else self.weights
                side.setdefault(share_class, {})[account_of(number, serial)] = weight

    def allotment(self) -> Allotment:
        """Every unit of the plan, as it falls.

        Raises:
            WrongUse: nobody weighs anything.
        """
        return allot(self.weights, self.plan, self.pack, reserved_weights=self.reserved)

    def lots(self) -> Lots:
        """What each case's people get, and what is reserved for them; none without any weight."""
        sides = (*self.weights.values(), *self.reserved.values())
        if not any(weight for held in sides for weight in held.values()):
            return {}
        result = self.allotment()
        lots: dict[str, list[ShareLot]] = {}
        for model, side in ((ShareLot, result.units), (ReservedLot, result.reserved)):
            for number, of_case in by_case(side, model).items():
                lots.setdefault(number, []).extend(of_case)
        return lots


def by_case(units: Weights, model: type[ShareLot] = ShareLot) -> dict[str, list[ShareLot]]:
    """Case number → the lots of its persons, of class → account → units."""
    lots: dict[str, list[ShareLot]] = {}
    for share_class, held in units.items():
        for account, count in held.items():
            number, _, serial = account.rpartition("/")
            lot = model(member=serial, share_class=share_class, units=count)
            lots.setdefault(number, []).append(lot)
    return lots
