"""From rows to the domain's households, with serials in the roster's order."""

from collections.abc import Iterator, Mapping

from conversion.domain.household import DrawnBenefit, Household, Member
from conversion.domain.parcel import Parcel
from conversion.roster.checks.village import is_joint, parcels_by_code
from conversion.roster.draft import HouseholdDraft, RosterDraft
from conversion.roster.roster import RosterHousehold
from conversion.roster.row import BenefitRow, LandRow, MemberRow


def assemble(draft: RosterDraft) -> Iterator[RosterHousehold]:
    """Every household whose members could all be read."""
    joint = {code: rows for code, rows in parcels_by_code(draft).items() if len(rows) > 1}
    holders = {c: [row.number for row in rows] for c, rows in joint.items() if is_joint(rows)}
    for household in draft.households().values():
        if household.is_sized and all(row.is_complete for row in household.members):
            yield RosterHousehold(
                household=_household(household),
                members=tuple(_members(household)),
                drawn=tuple(_drawn(household)),
                parcels=tuple(_parcels(household, holders)),
                rows=_rows(household),
            )


def _household(draft: HouseholdDraft) -> Household:
    rows = draft.members
    return Household(
        number=draft.number,
        group=next((row.group for row in rows if row.group), ""),
        address=next((row.address for row in rows if row.address), ""),
        phone=(draft.head.phone if draft.head else "")
        or next((row.phone for row in rows if row.phone), ""),
    )


def _members(draft: HouseholdDraft) -> Iterator[Member]:
    for place, row in enumerate(draft.members, 1):
        yield _member(f"{place:02}", row)


def _member(serial: str, row: MemberRow) -> Member:
    assert row.birth_date is not None
    return Member(
        serial=serial,
        name=row.name,
        relation=row.relation,
        sex=row.sex,
        resident_number=row.resident_number,
        birth_date=row.birth_date,
        ethnicity=row.ethnicity or "01",
        marital_status=row.marital_status,
        hukou_kind=row.hukou_kind,
        flag=row.flag,
        traits=row.traits,
        farming_months=row.farming_months,
        phone=row.phone,
        remark=row.remark,
    )


def _drawn(draft: HouseholdDraft) -> Iterator[DrawnBenefit]:
    serials = {row.name: f"{place:02}" for place, row in enumerate(draft.members, 1)}
    complete = [row for row in draft.benefits if row.drawn]
    for place, row in enumerate(complete, 1):
        assert row.drawn is not None
        whose = {"serial": f"{place:02}", "member": serials.get(row.name, "")}
        yield row.drawn.model_copy(update=whose)


def _parcels(draft: HouseholdDraft, holders: Mapping[str, list[str]]) -> Iterator[Parcel]:
    parcels = [row.parcel for row in draft.land if row.parcel]
    for place, parcel in enumerate(parcels, 1):
        others = tuple(n for n in holders.get(parcel.code, ()) if n != draft.number)
        yield parcel.model_copy(update={"serial": f"P{place:02}", "joint_households": others})


def _rows(draft: HouseholdDraft) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    rows: tuple[MemberRow | LandRow | BenefitRow, ...] = (
        *draft.members,
        *draft.land,
        *draft.benefits,
    )
    for row in rows:
        found.setdefault(row.record.table.grid.name, []).append(row.record.row)
    return {sheet: tuple(rows) for sheet, rows in found.items()}
