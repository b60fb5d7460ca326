"""Staging: what a roster would change in what is stored, household by household.

Nothing is written. People, parcels and benefits are recognised by what identifies them (number,
name and birth, code), never by their place in the file, and keep the serials they have.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from conversion.domain.household import DrawnBenefit, Household, Member
from conversion.domain.parcel import Parcel
from conversion.domain.standing import Json
from conversion.roster.finding import Finding, Place
from conversion.roster.matching import in_stored_order
from conversion.roster.roster import Roster, RosterHousehold
from conversion.roster.sheet import MEMBERS
from conversion.standards.fault import Fault, error, warning


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredHousehold:
    """A household as the case carries it.

    Attributes:
        frozen: whether its case has gone so far that a roster may no longer change it.
    """

    frozen: bool
    household: Household
    members: tuple[Member, ...]
    drawn: tuple[DrawnBenefit, ...] = ()
    parcels: tuple[Parcel, ...] = ()


class Outcome(StrEnum):
    """What a roster means for one household."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    NOT_IN_FILE = "not_in_file"

    @property
    def label(self) -> str:
        """The outcome's Chinese name."""
        return _LABELS[self]


_LABELS = {
    Outcome.NEW: "新增",
    Outcome.SAME: "相同",
    Outcome.CHANGED: "有变化",
    Outcome.NOT_IN_FILE: "文件中没有",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field that differs.

    Attributes:
        collection: `household`, `members`, `drawn` or `parcels`.
        key: the row's key in its case.
        who: the person, benefit or parcel as people call it.
        field: the field's name; empty when the whole row is added or removed.
        before, after: JSON values; None for a row that isn't there.
    """

    collection: str
    key: str
    who: str
    field: str
    before: Json
    after: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedHousehold:
    """One household's outcome; `delivered` is what would be stored, None when not in the file."""

    number: str
    outcome: Outcome
    delivered: RosterHousehold | None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """A roster compared with what is stored."""

    households: tuple[StagedHousehold, ...]
    findings: tuple[Finding, ...]

    def of(self, outcome: Outcome) -> tuple[StagedHousehold, ...]:
        """The households with one outcome."""
        return tuple(staged for staged in self.households if staged.outcome is outcome)

    @property
    def has_errors(self) -> bool:
        """Whether the roster may not be committed."""
        return any(finding.is_error for finding in self.findings)


def stage(
    roster: Roster,
    stored: Mapping[str, StoredHousehold],
    *,
    elsewhere: Mapping[str, str] | None = None,
) -> Staging:
    """The roster compared with the stored households of its village.

    Args:
        roster: as read.
        stored: household number → household.
        elsewhere: resident number → where else the person is (another village's open case).
    """
    staged = [_staged(h, stored.get(h.number)) for h in roster.households]
    listed = {h.number for h in roster.households}
    missing = [
        StagedHousehold(number=number, outcome=Outcome.NOT_IN_FILE, delivered=None)
        for number in stored
        if number not in listed
    ]
    findings = (
        *_frozen(staged, stored),
        *_elsewhere(staged, elsewhere or {}),
        *_moved(staged, stored),
    )
    return Staging(households=(*staged, *missing), findings=findings)


def _staged(found: RosterHousehold, stored: StoredHousehold | None) -> StagedHousehold:
    if stored is None:
        return StagedHousehold(number=found.number, outcome=Outcome.NEW, delivered=found)
    kept = _keyed(found, stored)
    changes = tuple(_changes(kept, stored))
    return StagedHousehold(
        number=found.number,
        outcome=Outcome.CHANGED if changes else Outcome.SAME,
        delivered=kept,
        changes=changes,
    )


def _keyed(found: RosterHousehold, stored: StoredHousehold) -> RosterHousehold:
    """The delivered household under the serials that its rows already have."""
    members = in_stored_order(found.members, stored.members)
    serials = {old.serial: new.serial for old, new in zip(found.members, members, strict=True)}
    drawn = [d.model_copy(update={"member": serials.get(d.member, d.member)}) for d in found.drawn]
    return replace(
        found,
        members=members,
        drawn=in_stored_order(drawn, stored.drawn),
        parcels=in_stored_order(found.parcels, stored.parcels, prefix="P"),
    )


def _changes(found: RosterHousehold, stored: StoredHousehold) -> Iterator[FieldChange]:
    yield from _compared(
        "household", {"household": stored.household}, {"household": found.household}
    )
    for collection in ("members", "drawn", "parcels"):
        before = {row.serial: row for row in getattr(stored, collection)}
        after = {row.serial: row for row in getattr(found, collection)}
        yield from _compared(collection, before, after)


Row = Household | Member | DrawnBenefit | Parcel


def _compared(
    collection: str, before: Mapping[str, Row], after: Mapping[str, Row]
) -> Iterator[FieldChange]:
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        who = _who(new or old)
        if old is None or new is None:
            yield FieldChange(
                collection=collection,
                key=key,
                who=who,
                field="",
                before=old.model_dump(mode="json") if old else None,
                after=new.model_dump(mode="json") if new else None,
            )
        else:
            yield from _fields(collection, key, old, new)


def _fields(collection: str, key: str, old: Row, new: Row) -> Iterator[FieldChange]:
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    for field in after:
        if before.get(field) != after[field]:
            yield FieldChange(
                collection=collection,
                key=key,
                who=_who(new),
                field=field,
                before=before.get(field),
                after=after[field],
            )


def _who(row: Row | None) -> str:
    match row:
        case Household():
            return row.number
        case Member():
            return row.name
        case DrawnBenefit():
            return row.item
        case Parcel():
            return row.code or row.name or row.kind.label
        case None:
            return ""


def _frozen(
    staged: list[StagedHousehold], stored: Mapping[str, StoredHousehold]
) -> Iterator[Finding]:
    for household in staged:
        if household.changes and stored[household.number].frozen:
            fault = error(
                "staging.frozen",
                f"户号 {household.number} 已受理或者已提出成员身份意见，花名册不能再改，"
                f"共 {len(household.changes)} 处不同；请在案件中办理变更。",
            )
            yield _at(household, 0, fault)


def _elsewhere(staged: list[StagedHousehold], elsewhere: Mapping[str, str]) -> Iterator[Finding]:
    for household in staged:
        for place, member in _numbered(household):
            if member.resident_number in elsewhere:
                where = elsewhere[member.resident_number]
                fault = error("staging.elsewhere", f"{member.name} 已在{where}，不能重复列入。")
                yield _at(household, place, fault)


def _moved(
    staged: list[StagedHousehold], stored: Mapping[str, StoredHousehold]
) -> Iterator[Finding]:
    homes = {
        m.resident_number: number
        for number, household in stored.items()
        for m in household.members
        if m.resident_number
    }
    for household in staged:
        for place, member in _numbered(household):
            home = homes.get(member.resident_number, household.number)
            if home != household.number:
                fault = warning("staging.moved", f"{member.name} 原在户号 {home}，请核对是否转户。")
                yield _at(household, place, fault)


def _numbered(household: StagedHousehold) -> Iterator[tuple[int, Member]]:
    members = household.delivered.members if household.delivered else ()
    return ((place, member) for place, member in enumerate(members) if member.resident_number)


def _at(household: StagedHousehold, place: int, fault: Fault) -> Finding:
    """A finding at the row of one member, in the file that was delivered."""
    assert household.delivered is not None
    sheet, row = household.delivered.places[place]
    heading = MEMBERS.column("number").name
    at = Place(sheet=sheet, row=row, column="", heading=heading, value=household.number)
    return at.finding(fault)
