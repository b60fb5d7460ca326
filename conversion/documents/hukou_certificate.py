"""户口转换证明: what the household register says of each member before and after."""

from collections import Counter
from datetime import date

from typing_extensions import override

from conversion.documents.household_paper import (
    HouseholdPaper,
    Person,
    address_after,
    person_fields,
    shared,
)
from conversion.documents.kind import DocumentKind, HouseholdOccasion
from conversion.documents.trace import references_of, words
from conversion.domain.case import Case
from conversion.domain.household import Member
from conversion.errors import DocumentRefused

_ALWAYS = "《中华人民共和国户口登记条例》"


class RegisteredPerson(Person):
    """A member with the register's wording before and after, and the result.

    Attributes:
        result: 已登记, 不予登记, 无需转换 …; reason: given unless registered.
    """

    wording_before: str
    wording_after: str
    result: str
    registered_on: date | None
    receipt: str
    reason: str


class HukouCertificate(HouseholdPaper):
    """The facts of the 户口转换证明.

    Attributes:
        new_address: the same place under its new name.
        village_code, community_code: 12-digit division codes before and after.
        receipt: of the police; registered_on: the day of the entry in the register.
    """

    new_address: str
    village_code: str
    community_code: str
    police_station: str
    county_police: str
    approved_on: date | None
    registered_on: date | None
    receipt: str
    basis: tuple[str, ...]
    members: tuple[RegisteredPerson, ...]

    @property
    @override
    def gist(self) -> str:
        """Each result with how many members have it."""
        return "、".join(f"{result}{count}人" for result, count in self.tally)

    @property
    def tally(self) -> tuple[tuple[str, int], ...]:
        """Each result with how many members have it."""
        return tuple(Counter(member.result for member in self.members).items())


def facts(occasion: HouseholdOccasion) -> HukouCertificate:
    """The certificate as the police register answered.

    Raises:
        DocumentRefused: the register has not answered for somebody.
    """
    case, village = occasion.case, occasion.programme.village
    hukou = [event for event in case.past if event.level == "hukou"]
    return HukouCertificate(
        **shared(occasion),
        new_address=address_after(case.household, village),
        village_code=village.village_code,
        community_code=village.community_code,
        police_station=village.police_station,
        county_police=village.county_police,
        approved_on=case.done_on("hukou.approve"),
        registered_on=_registered_on(case),
        receipt=words(case.last("hukou.register"), "receipt"),
        basis=(_ALWAYS, *(r for r in references_of(hukou) if not r.startswith(_ALWAYS))),
        members=tuple(_registered(m, case) for m in case.members.values()),
    )


def _registered_on(case: Case) -> date | None:
    days = [answer.day for answer in case.registrations.values() if answer.day]
    return max(days, default=case.done_on("hukou.register"))


def _registered(member: Member, case: Case) -> RegisteredPerson:
    answer = case.registrations.get(member.serial)
    if answer is None:
        raise DocumentRefused(
            f"为案件{case.number}印制户口转换证明",
            f"成员{member.serial}还没有户口登记结果",
            "先登记派出所的办理结果",
        )
    return RegisteredPerson(
        **person_fields(member),
        wording_before=answer.before,
        wording_after=answer.after,
        result=answer.result.label,
        registered_on=answer.day,
        receipt=answer.receipt,
        reason=answer.reason,
    )


HUKOU_CERTIFICATE = DocumentKind(
    id="hukou_certificate",
    title="户口转换证明",
    series="户证",
    template="hukou_certificate.html",
    version="2",
    facts_model=HukouCertificate,
    facts=facts,
    signers=("户口登记机关", "发证单位"),
    copies=("农户", "工作专班存档"),
    explains=("hukou.file", "hukou.register"),
)
