"""The case 案件: one household's conversion, with its five tracks and all their rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from conversion.domain.collections import COLLECTIONS, rows_of
from conversion.domain.declaration import Declaration
from conversion.domain.departed import Departed
from conversion.domain.event import Event
from conversion.domain.hold import Hold
from conversion.domain.household import DrawnBenefit, Household, Member
from conversion.domain.household_change import HouseholdChange
from conversion.domain.ledger import Dividend, Encumbrance, Posting, Transaction
from conversion.domain.notice import Countersignature, Notice, Objection, Paper, newest
from conversion.domain.override import Override
from conversion.domain.paper_loss import PaperLoss
from conversion.domain.paper_voiding import PaperVoiding
from conversion.domain.parcel import Parcel
from conversion.domain.pin import Pin
from conversion.domain.printing import Printing
from conversion.domain.reminder import Reminder
from conversion.domain.representation import Representation
from conversion.domain.right import (
    Benefit,
    Entitlement,
    LandRight,
    Membership,
    Registration,
    ReservedLot,
    ShareLot,
)
from conversion.domain.standing import Change, Standing

TRACK_TITLES = {
    "hukou": "户口转移",
    "shares": "资产股份化",
    "land": "土地确权",
    "benefits": "过渡期待遇",
    "entitlements": "权利义务对接",
}
TRACKS = tuple(TRACK_TITLES)
"""The five tracks, in the order in which papers and screens show them."""

SIDES = ("household", "ledger")
"""What may happen at any time beside the tracks: changes in the household, and in its shares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One household's case as it stands, with what happened so far.

    Attributes:
        number: case number, e.g. `520303105202-0012`.
        programme: the programme's code.
        version: number of acts so far; a form carries it back, so a stale one is refused.
        positions: level (`case`, the five tracks, the two sides) → state.
        past: the chain's events in order.
    """

    number: str
    programme: str
    version: int
    positions: Mapping[str, str]
    household: Household
    members: Mapping[str, Member]
    departed: Mapping[str, Departed]
    representations: Mapping[str, Representation]
    drawn: Mapping[str, DrawnBenefit]
    declarations: Mapping[str, Declaration]
    parcels: Mapping[str, Parcel]
    memberships: Mapping[str, Membership]
    registrations: Mapping[str, Registration]
    shares: Mapping[str, ShareLot]
    reserved: Mapping[str, ReservedLot]
    land: Mapping[str, LandRight]
    benefits: Mapping[str, Benefit]
    entitlements: Mapping[str, Entitlement]
    notices: Mapping[str, Notice]
    objections: Mapping[str, Objection]
    countersignatures: Mapping[str, Countersignature]
    papers: Mapping[str, Paper]
    losses: Mapping[str, PaperLoss]
    voidings: Mapping[str, PaperVoiding]
    printings: Mapping[str, Printing]
    holds: Mapping[str, Hold]
    overrides: Mapping[str, Override]
    changes: Mapping[str, HouseholdChange]
    transactions: Mapping[str, Transaction]
    postings: Mapping[str, Posting]
    encumbrances: Mapping[str, Encumbrance]
    dividends: Mapping[str, Dividend]
    reminders: Mapping[str, Reminder]
    pins: Mapping[str, Pin]
    past: tuple[Event, ...]

    @classmethod
    def of(
        cls, number: str, programme: str, version: int, standing: Standing, past: tuple[Event, ...]
    ) -> Self:
        """The case read from its standing."""
        rows: dict[str, Any] = {
            name: rows_of(standing, name, model) for name, model in COLLECTIONS.items()
        }
        rows["household"] = rows["household"]["household"]
        return cls(
            number=number,
            programme=programme,
            version=version,
            positions=dict(standing.positions),
            past=past,
            **rows,
        )

    def after(
        self, event: Event, changes: tuple[Change, ...], moves: Mapping[str, str] | None = None
    ) -> "Case":
        """The case as it stands once an event, its changes and moves of other levels are sealed."""
        own = {} if event.target is None else {event.level: event.target}
        return replace(
            self.changed(changes),
            version=self.version + 1,
            positions={**self.positions, **own, **(moves or {})},
            past=(*self.past, event),
        )

    def changed(self, changes: tuple[Change, ...]) -> "Case":
        """The case with these rows set and removed, and nothing else moved."""
        names = {change.collection for change in changes}
        rows: dict[str, Any] = {name: self._with(name, changes) for name in names - {"household"}}
        return replace(self, household=self._with("household", changes)["household"], **rows)

    def _with(self, name: str, changes: tuple[Change, ...]) -> dict[str, Any]:
        """One collection after the changes that touch it."""
        found = {"household": self.household} if name == "household" else getattr(self, name)
        rows = dict(found)
        for change in changes:
            if change.collection == name and change.row is None:
                rows.pop(change.key, None)
            elif change.collection == name:
                rows[change.key] = COLLECTIONS[name].model_validate(change.row)
        return dict(sorted(rows.items()))

    @property
    def head(self) -> Member:
        """The head 户主, the last one where a household has died out or joined another.

        Intake lets no case in without exactly one, and no change leaves one without.
        """
        return next(m for m in self.people.values() if m.is_head)

    @property
    def people(self) -> Mapping[str, Member]:
        """Everybody who is or was of the household, by serial."""
        return {**self.members, **self.departed}

    @property
    def units(self) -> int:
        """All shares of the household, in the plan's smallest unit."""
        return sum(lot.units for lot in self.shares.values())

    def open_objections(self, level: str) -> tuple[Objection, ...]:
        """Objections on one level that have no answer yet."""
        found = (o for o in self.objections.values() if o.level == level)
        return tuple(o for o in found if not o.state.is_settled)

    def current_notice(self, level: str) -> Notice | None:
        """The newest notice of a level."""
        return newest(n for n in self.notices.values() if n.level == level)

    def done_on(self, act: str) -> date | None:
        """The day of the last act of this name, e.g. `case.approve`."""
        event = self.last(act)
        return event.day if event else None

    def last(self, act: str) -> Event | None:
        """The last event of an act, e.g. `case.approve`."""
        return next((e for e in reversed(self.past) if e.act == act), None)
