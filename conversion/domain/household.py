"""The household 户 and its members, as the roster delivers them and the case carries them."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel


class HukouKind(StrEnum):
    """户口性质: the kind of registration a member has before the conversion."""

    AGRICULTURAL = "agricultural"
    NON_AGRICULTURAL = "non_agricultural"
    RESIDENT = "resident"

    @property
    def label(self) -> str:
        """The kind's Chinese name."""
        return {"agricultural": "农业", "non_agricultural": "非农业", "resident": "居民"}[self]


class Trait(StrEnum):
    """身份特征: what entitles a member to a benefit of its own."""

    MINIMUM_LIVING = "低保"
    DESTITUTE = "特困"
    DISABLED = "残疾"
    PREFERENTIAL = "优抚对象"
    VETERAN = "退役军人"
    ONLY_CHILD_PARENT = "独生子女父母"
    STUDENT = "在校生"
    LANDLESS = "失地农民"
    AGED = "高龄"


class Household(SQLModel):
    """One 户: where it lives and how it is reached. One row (key `household`) in each case.

    Attributes:
        number: 户号, unique in the village.
        group: 村民小组.
        address: as printed on papers.
        phone: of the household, empty when unknown.
        remark: whatever the roster says beside it, with the columns nobody knows.
    """

    number: str = Field(min_length=1, max_length=20)
    group: str = Field(default="", max_length=40)
    address: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=40)
    remark: str = Field(default="", max_length=2000)


class Member(SQLModel):
    """A person of a household. Key: `serial`.

    Attributes:
        serial: two digits, order within the household.
        name: normalised; the only separator is U+00B7.
        relation: GB/T 4761 code, the head is `02`.
        sex: GB/T 2261.1 code.
        resident_number: GB 11643, 18 characters; empty when the person has none yet.
        ethnicity: GB/T 3304 code.
        marital_status: GB/T 2261.2 code or empty.
        flag: NY/T 2539 C.18 code or empty; `5` never leaves the restricted zone.
        farming_months: 农龄 counted in months.
    """

    serial: str = Field(min_length=2, max_length=3)
    name: str = Field(min_length=1, max_length=100)
    relation: str = Field(max_length=2)
    sex: str = Field(max_length=1)
    resident_number: str = Field(default="", max_length=18)
    birth_date: date
    ethnicity: str = Field(default="01", max_length=2)
    marital_status: str = Field(default="", max_length=2)
    hukou_kind: HukouKind = HukouKind.AGRICULTURAL
    flag: str = Field(default="", max_length=1)
    traits: tuple[Trait, ...] = ()
    farming_months: int = Field(default=0, ge=0)
    phone: str = Field(default="", max_length=40)
    remark: str = Field(default="", max_length=2000)

    @property
    def is_head(self) -> bool:
        """Whether this is the head 户主 (GB/T 4761: 02, never 01)."""
        return self.relation == "02"

    def age_on(self, day: date) -> int:
        """Full years of age on a day (民法典 200: by solar calendar).

        >>> m = Member(serial="01", name="甲", relation="02", sex="1", birth_date=date(1949, 6, 30))
        >>> m.age_on(date(2009, 6, 29)), m.age_on(date(2009, 6, 30))
        (59, 60)
        """
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


class DrawnBenefit(SQLModel):
    """A rural benefit a member draws today (sheet 待遇). Key: `serial`.

    Attributes:
        serial: order within the household.
        member: the member's serial, or empty when the household as a whole draws it.
        item: the benefit's name as delivered.
        since: first day, if known.
        monthly: 分 a month, if it is money.
        basis: the paper it rests on.
    """

    serial: str
    member: str = ""
    item: str = Field(min_length=1, max_length=100)
    since: date | None = None
    monthly: int | None = Field(default=None, ge=0)
    basis: str = Field(default="", max_length=200)
