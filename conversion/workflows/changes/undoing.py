"""Undoing 撤销: a change goes back row by row, as long as nothing it touched has changed since.

Papers are not brought back: a number that has ended stays ended, and what is right again is issued
anew. A list that was taken down hangs again under a notice of its own.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlmodel import SQLModel

from conversion.domain.case import Case
from conversion.domain.collections import COLLECTIONS
from conversion.domain.departed import Departed, Departure
from conversion.domain.household_change import HouseholdChange
from conversion.workflows.changes.comparing import rows
from conversion.workflows.changes.naming import GONE
from conversion.workflows.changes.planning import Planned

_STAYS: Final = frozenset(
    {
        "papers",
        "notices",
        "countersignatures",
        "changes",
        "pins",
        "reminders",
        "overrides",
        "holds",
        "postings",
        "transactions",
    }
)
"""Collections that only ever go forward."""

_TITLES: Final[Mapping[str, str]] = {
    "household": "户信息",
    "members": "成员",
    "departed": "离户人员",
    "representations": "代理与监护",
    "drawn": "原有待遇",
    "declarations": "申报",
    "parcels": "地块",
    "memberships": "成员身份",
    "registrations": "户口登记",
    "shares": "份额",
    "land": "土地权利",
    "benefits": "待遇",
    "entitlements": "权益",
    "encumbrances": "质押冻结",
}


def way_back(planned: Planned) -> str:
    """What a change must know to be undone, as canonical JSON: each row before and after."""
    told = {
        number: {
            "opened": number not in planned.before,
            "case": before.positions["case"] if before else "",
            "rows": _rows_back(before, after),
        }
        for number, after in planned.after.items()
        for before in (planned.before.get(number),)
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _rows_back(before: Case | None, after: Case) -> dict[str, dict[str, list[Any]]]:
    had, has = rows(before), rows(after)
    return {
        name: found
        for name in COLLECTIONS
        if name not in _STAYS
        and (
            found := {
                key: [_plain(had[name].get(key)), _plain(has[name].get(key))]
                for key in sorted(had[name].keys() | has[name].keys())
                if had[name].get(key) != has[name].get(key)
            }
        )
    }


def _plain(row: SQLModel | None) -> Any:
    return row.model_dump(mode="json") if row is not None else None


@dataclass(frozen=True, slots=True)
class WayBack:
    """The rows of a change, read back."""

    told: Mapping[str, Any]

    @classmethod
    def of(cls, change: HouseholdChange) -> "WayBack":
        """The way back that an applied change has kept."""
        return cls(json.loads(change.inverse))

    def changed_since(self, now: Mapping[str, Case]) -> Iterator[str]:
        """What the change touched and has changed since, in Chinese."""
        for number, told in self.told.items():
            has = rows(now[number])
            for name, found in told["rows"].items():
                for key, (_, after) in found.items():
                    if _plain(has[name].get(key)) != after:
                        yield f"户 {now[number].household.number} 的{_TITLES.get(name, name)} {key}"
            if told["opened"]:
                yield from self._come_since(now[number], told["rows"])

    def _come_since(self, case: Case, told: Mapping[str, Any]) -> Iterator[str]:
        """What a household that was opened has got since."""
        for name, found in rows(case).items():
            if name not in _STAYS:
                yield from (
                    f"户 {case.household.number} 的{_TITLES.get(name, name)} {key}"
                    for key in found
                    if key not in told.get(name, {})
                )

    def taken(self, now: Mapping[str, Case], source: str, day: date) -> dict[str, Case]:
        """The households as they were before the change; one that it opened is closed.

        Args:
            now: as they stand.
            source: number of the case that proposed the change; day: of its undoing.
            day: see source.
        """
        return {
            number: _closed(_restored(now[number], told), now[number], source, day)
            if told["opened"]
            else _restored(now[number], told)
            for number, told in self.told.items()
        }


def _restored(case: Case, told: Mapping[str, Any]) -> Case:
    found: dict[str, Any] = {
        name: _with_rows(name, rows(case)[name], changed) for name, changed in told["rows"].items()
    }
    household = found.pop("household", {}).get("household", case.household)
    positions = dict(case.positions)
    if positions["case"] in GONE:
        positions["case"] = told["case"]
    return replace(case, household=household, positions=positions, **found)


def _closed(emptied: Case, case: Case, source: str, day: date) -> Case:
    """A household that goes back to where it came from; its chain says where its people are."""
    left = {
        serial: Departed.model_validate(
            member.model_dump()
            | {
                "departure": Departure.MOVED,
                "left_on": day,
                "paper": "撤销变更",
                "went_to": f"{source}/{serial}",
            }
        )
        for serial, member in case.members.items()
    }
    positions = {**case.positions, "case": "merged"}
    return replace(emptied, household=case.household, departed=left, positions=positions)


def _with_rows(
    name: str, has: Mapping[str, SQLModel], changed: Mapping[str, list[Any]]
) -> dict[str, SQLModel]:
    back = {
        key: COLLECTIONS[name].model_validate(before)
        for key, (before, _) in changed.items()
        if before is not None
    }
    kept = {key: row for key, row in has.items() if key not in changed}
    return dict(sorted((kept | back).items()))
