"""What every paper of a household names: the office, the case, the household and its people."""

from datetime import date
from typing import Any

from typing_extensions import override

from conversion.documents.kind import Facts, HouseholdOccasion, Part
from conversion.domain.household import Household, Member
from conversion.domain.programme import Village
from conversion.standards import ethnicity, relation, sex
from conversion.standards.masking import mask_resident_number


class HouseholdPaper(Facts):
    """The facts that all papers of a household share.

    Attributes:
        issuing_office: who issues the paper; window_address, window_phone: where to ask.
        case_number: the case; household_number: 户号.
        head: the head's name; address: as the register has it, before the conversion.
        before, after: full names of the village and of the community it becomes.
    """

    issuing_office: str
    window_address: str
    window_phone: str
    case_number: str
    household_number: str
    group: str
    head: str
    address: str
    before: str
    after: str

    @property
    @override
    def holder(self) -> str:
        """The head's name and the household's number."""
        return f"{self.head}（户号{self.household_number}）"


class Person(Part):
    """A member as papers show one.

    Attributes:
        resident_number: masked, empty when the person has none yet.
    """

    serial: str
    name: str
    relation: str
    sex: str
    ethnicity: str
    birth_date: date
    resident_number: str


def shared(occasion: HouseholdOccasion) -> dict[str, Any]:
    """The fields of `HouseholdPaper`, by name."""
    case, village = occasion.case, occasion.programme.village
    return {
        "number": occasion.number,
        "day": occasion.day,
        "nonce": occasion.nonce,
        "issuing_office": village.issuing_office,
        "window_address": village.window_address,
        "window_phone": village.window_phone,
        "case_number": case.number,
        "household_number": case.household.number,
        "group": case.household.group,
        "head": case.head.name,
        "address": address_before(case.household, village),
        "before": village.before,
        "after": village.after,
    }


def person(member: Member) -> Person:
    """A member with titles for codes and a masked number."""
    return Person(**person_fields(member))


def person_fields(member: Member) -> dict[str, Any]:
    """The fields of `Person`, for the rows that say more of a person."""
    return {
        "serial": member.serial,
        "name": member.name,
        "relation": relation.title_of(member.relation),
        "sex": sex.title_of(member.sex),
        "ethnicity": ethnicity.title_of(member.ethnicity),
        "birth_date": member.birth_date,
        "resident_number": mask_resident_number(member.resident_number),
    }


def address_before(household: Household, village: Village) -> str:
    """The household's address, or village and group when the roster has none."""
    return household.address or village.before + household.group


def address_after(household: Household, village: Village) -> str:
    """The same place under its new name; house numbers stay as they are.

    An address that does not name the village can't be rewritten, so the community stands for it.
    """
    address = address_before(household, village)
    before, named, place = address.partition(village.village_name)
    if not named:
        return village.after + household.group
    region = before.removesuffix(village.town_name)
    if not region:
        return village.after + place
    return region + village.street_name + village.community_name + place
