"""A village's shares on trial 试算配股: everybody's weight gathered, then allotted once.

Of each household only the weights are kept, so that a village of any size can pass by.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from conversion.domain.household import Member
from conversion.domain.ledger import account_of
from conversion.domain.right import Membership, MembershipStanding, ReservedLot, ShareLot
from conversion.policy.pack import PackOnDay
from conversion.policy.rules.share_allocation import Allotment, allot, weigh


@dataclass(slots=True, kw_only=True)
class VillageShares:
    """Weights of a village under one plan, household by household.

    Attributes:
        base_date: 基准日 that the weights are counted by.
        weights, reserved: class → account → weight, of members and of people in dispute.
    """

    pack: PackOnDay
    base_date: date
    weights: dict[str, dict[str, int]] = field(default_factory=dict)
    reserved: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(
        self, number: str, people: Mapping[str, Member], roll: Mapping[str, Membership]
    ) -> None:
        """Count one household's people in, by where their membership stands."""
        for serial, row in roll.items():
            if row.standing is MembershipStanding.CONFIRMED:
                self._weigh(self.weights, account_of(number, serial), people[serial])
            elif row.standing is MembershipStanding.DISPUTED:
                self._weigh(self.reserved, account_of(number, serial), people[serial])

    def lots(self) -> dict[str, list[ShareLot]]:
        """Case number → what its people get, and what is reserved for them; none without weight."""
        sides = (*self.weights.values(), *self.reserved.values())
        if not any(weight for held in sides for weight in held.values()):
            return {}
        return _by_case(allot(self.weights, reserved_weights=self.reserved, pack=self.pack))

    def _weigh(self, side: dict[str, dict[str, int]], account: str, member: Member) -> None:
        for share_class, weight in weigh(member, self.pack, self.base_date).items():
            side.setdefault(share_class, {})[account] = weight


def _by_case(allotment: Allotment) -> dict[str, list[ShareLot]]:
    lots: dict[str, list[ShareLot]] = {}
    for model, side in ((ShareLot, allotment.units), (ReservedLot, allotment.reserved)):
        for share_class, held in side.items():
            for account, units in held.items():
                number, _, serial = account.rpartition("/")
                lot = model(member=serial, share_class=share_class, units=units)
                lots.setdefault(number, []).append(lot)
    return lots
