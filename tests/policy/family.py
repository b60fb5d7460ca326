"""A family of five with land as the rules see it, for tests that ask what a household gets."""

from datetime import date

from conversion.domain.household import DrawnBenefit, Household, Member, Trait
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.policy.facts import HouseholdFacts

DAY = date(2009, 12, 1)
PEOPLE = (
    ("01", "02", "1", date(1962, 3, 4)),
    ("02", "12", "2", date(1964, 5, 6)),
    ("03", "21", "1", date(1988, 7, 8)),
    ("04", "31", "2", date(1996, 9, 10)),
    ("05", "52", "2", date(1938, 11, 12)),
)


def a_family(day=DAY, **others):
    members = {
        serial: Member(
            serial=serial, name=f"成员{serial}", relation=relation, sex=sex, birth_date=born
        )
        for serial, relation, sex, born in PEOPLE
    }
    members["04"] = members["04"].model_copy(update={"traits": (Trait.STUDENT,)})
    facts = {
        "day": day,
        "household": Household(number="0001"),
        "members": members,
        "parcels": {
            "P01": Parcel(serial="P01", kind=ParcelKind.CONTRACTED),
            "P02": Parcel(serial="P02", kind=ParcelKind.HOMESTEAD),
        },
        "drawn": {"01": DrawnBenefit(serial="01", member="05", item="农村低保", monthly=6500)},
        "base_date": date(2009, 11, 30),
    }
    return HouseholdFacts(**(facts | others))
