"""Invented people: resident numbers with right check characters, names from lists."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from names import FEMALE, MALE, RARE, SURNAMES, YOUNG_FEMALE, YOUNG_MALE

from conversion.standards.resident_number import check_digit

_YOUNG_SINCE = 1985
_SEQUENCES = 500
# 遵义市 and 遵义县 under the prefecture, 遵义县 and 汇川区 under the city: (until, codes).
_REGIONS = ((1997, ("522121", "522101")), (2003, ("520321",)), (2100, ("520303",)))


@dataclass(slots=True, kw_only=True)
class Person:
    """One row of the sheet 成员."""

    relation: str
    sex: str
    born: date
    name: str = ""
    number: str = ""
    ethnicity: str = "汉族"
    marital_status: str = ""
    hukou: str = "农业"
    flag: str = ""
    traits: str = ""
    farming: str = ""
    phone: str = ""
    remark: str = ""


@dataclass(slots=True)
class Registry:
    """Who gets which name and number; nobody gets one twice."""

    rng: Random
    taken: set[str] = field(default_factory=set)

    def day_in(self, year: int) -> date:
        """A day of the year."""
        return date(year, 1, 1) + timedelta(days=self.rng.randrange(330))

    def surname(self) -> str:
        """One of the surnames, compound ones included."""
        found = self.rng.choice(SURNAMES)
        return {"令": "令狐", "狐": "令狐"}.get(found, found)

    def given(self, sex: str, year: int) -> str:
        """A given name of the person's time, now and then with a rare character."""
        young = year >= _YOUNG_SINCE
        if young and self.rng.random() < 1 / 20:
            return self.rng.choice(RARE)
        if sex == "男":
            return self.rng.choice(YOUNG_MALE if young else MALE)
        return self.rng.choice(YOUNG_FEMALE if young else FEMALE)

    def number(self, sex: str, born: date) -> str:
        """An unused resident number of a county that gave them out that year."""
        regions = next(codes for until, codes in _REGIONS if born.year <= until)
        while True:
            sequence = 2 * self.rng.randrange(_SEQUENCES) + (sex == "男")
            first17 = f"{self.rng.choice(regions)}{born:%Y%m%d}{sequence:03}"
            number = first17 + check_digit(first17)
            if number not in self.taken:
                self.taken.add(number)
                return number

    def phone(self) -> str:
        """A mobile number in a range that is not given out."""
        return f"1000851{self.rng.randrange(10_000):04}"
