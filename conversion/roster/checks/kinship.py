"""Checks of relations to the head against sex, age and each other.

An age that nature forbids is an error; one that is only rare is a warning, because adoption,
step-children and late marriages are real.
"""

from collections.abc import Iterator
from datetime import date

from conversion.roster.checks.household import HouseholdCheck
from conversion.roster.draft import HouseholdDraft, at
from conversion.roster.finding import Finding
from conversion.roster.row import MemberRow
from conversion.standards import relation, sex
from conversion.standards.fault import error, warning

SPOUSES = frozenset({"10", "11", "12"})
_UNMARRIED = "10"
_BY_BLOOD = frozenset(
    {"20", "21", "22", "23", "24", "25", "26", "30", "31", "32", "33", "34", "35"}
)
_PARENTS = frozenset({"50", "51", "52"})
_YOUNGEST_PARENT = 14


def sex_of_relation(household: HouseholdDraft) -> Iterator[Finding]:
    """A wife, a son, a mother have the sex that the word implies."""
    for row in household.members:
        implied = relation.implied_sex(row.relation)
        if implied and row.sex in {sex.MALE, sex.FEMALE} and row.sex != implied:
            title = relation.title_of(row.relation)
            fault = error("kinship.sex", f"关系“{title}”与性别“{sex.title_of(row.sex)}”不一致。")
            yield at(row, "relation", fault)


def spouses(household: HouseholdDraft) -> Iterator[Finding]:
    """The head has at most one spouse, of the other sex, who isn't unmarried."""
    head = household.head
    found = [row for row in household.members if row.relation in SPOUSES]
    for row in found[1:]:
        fault = error(
            "kinship.spouses", f"户主已有配偶（第 {found[0].record.row} 行），请核对关系。"
        )
        yield at(row, "relation", fault)
    for row in found:
        if head and head.sex and head.sex == row.sex:
            fault = error("kinship.spouse_sex", "配偶与户主性别相同，请核对关系、性别和身份号码。")
            yield at(row, "relation", fault)
        if row.marital_status == _UNMARRIED:
            fault = warning("kinship.unmarried", "户主的配偶，婚姻状况却是未婚，请核对。")
            yield at(row, "marital_status", fault)


def ages(household: HouseholdDraft) -> Iterator[Finding]:
    """Children are younger and parents older than the head, by more than `_YOUNGEST_PARENT`."""
    head = household.head
    if head is None or head.birth_date is None:
        return
    for row in household.members:
        if row is not head and row.birth_date:
            yield from _age(row, row.birth_date, head.birth_date)


def _age(row: MemberRow, born: date, head_born: date) -> Iterator[Finding]:
    generation = relation.generation(row.relation) or 0
    elder, younger = (born, head_born) if generation > 0 else (head_born, born)
    if not generation or _years(elder, younger) >= _YOUNGEST_PARENT:
        return
    title = relation.title_of(row.relation)
    by_blood = row.relation in _BY_BLOOD | _PARENTS
    if by_blood and younger <= elder:
        yield at(row, "relation", error("kinship.age", f"“{title}”与户主的年龄次序不可能成立。"))
    else:
        yield at(row, "relation", warning("kinship.age", f"“{title}”与户主年龄相差过小，请核对。"))


def _years(elder: date, younger: date) -> int:
    return younger.year - elder.year - ((younger.month, younger.day) < (elder.month, elder.day))


KINSHIP_CHECKS: tuple[HouseholdCheck, ...] = (sex_of_relation, spouses, ages)
