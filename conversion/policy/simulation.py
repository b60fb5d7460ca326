"""A plan tried on a whole village before the vote 试算: who would get what, and how it lies.

People are told apart by villagers' group, by sex and by age, since a plan may say the same of
everybody and still give some less. Nothing is decided and nothing is written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from conversion.domain.ledger import account_of
from conversion.policy.distribution import Distribution, distribution
from conversion.policy.facts import HouseholdFacts
from conversion.policy.rules.share_allocation import Allotment
from conversion.policy.share_scheme import ShareScheme
from conversion.policy.village_shares import VillageShares
from conversion.standards.sex import FEMALE, MALE, title_of

_UNBORN = "基准日以后出生"
_BANDS = ((0, "0至15周岁"), (16, "16至59周岁"), (60, "60至79周岁"), (80, "80周岁以上"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """A person who takes part: where, of which sex, how old on the base date."""

    case: str
    group: str
    sex: str
    age: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdName:
    """What a household is called by, whether or not anybody of it takes part."""

    number: str
    group: str
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What some of the village's people get together.

    Attributes:
        kind: how people are told apart: `组别`, `性别`, `年龄`, `性别和年龄`; label: which of them.
    """

    kind: str
    label: str
    people: int
    units: int

    @property
    def each(self) -> Fraction:
        """What one of them gets on the average."""
        return Fraction(self.units, self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a plan comes to in a village.

    Attributes:
        households: case → household; units: case → units of its confirmed members.
        people: account → person; held: account → units.
    """

    plan: ShareScheme
    allotment: Allotment
    households: Mapping[str, HouseholdName]
    units: Mapping[str, int]
    people: Mapping[str, Claimant]
    held: Mapping[str, int]

    @property
    def of_households(self) -> Distribution:
        """How units lie among households, those without any included."""
        return distribution([self.units.get(case, 0) for case in self.households])

    @property
    def of_people(self) -> Distribution:
        """How units lie among those who take part."""
        return distribution([*self.held.values()])

    def portion(self, case: str) -> Fraction:
        """A household's part of the whole plan."""
        return Fraction(self.units.get(case, 0), self.plan.total_units)

    def tallies(self) -> tuple[Tally, ...]:
        """What people get by villagers' group, by sex, by age, and by both."""
        return tuple(tally for kind, told in _KINDS.items() for tally in self._tallied(kind, told))

    def _tallied(self, kind: str, told: Callable[[Claimant], str]) -> Iterator[Tally]:
        found: dict[str, list[int]] = {}
        for account, units in self.held.items():
            found.setdefault(told(self.people[account]), []).append(units)
        for label in sorted(found):
            units = sum(found[label])
            yield Tally(kind=kind, label=label, people=len(found[label]), units=units)

    def women_to_men(self) -> Fraction | None:
        """What a woman gets for each unit of a man, on the average; None without either."""
        by_sex = {
            code: [units for a, units in self.held.items() if self.people[a].sex == code]
            for code in (FEMALE, MALE)
        }
        women, men = by_sex[FEMALE], by_sex[MALE]
        if not women or not sum(men):
            return None
        return Fraction(sum(women), len(women)) / Fraction(sum(men), len(men))


def _age(person: Claimant) -> str:
    fitting = (label for least, label in reversed(_BANDS) if person.age >= least)
    return next(fitting, _UNBORN)


def _sex(person: Claimant) -> str:
    return title_of(person.sex)


_KINDS: Mapping[str, Callable[[Claimant], str]] = {
    "组别": lambda person: person.group or "未分组",
    "性别": _sex,
    "年龄": _age,
    "性别和年龄": lambda person: f"{_sex(person)}，{_age(person)}",
}


@dataclass(slots=True, kw_only=True)
class Simulation:
    """A village as it passes by, household by household, under one plan."""

    shares: VillageShares
    households: dict[str, HouseholdName] = field(default_factory=dict)
    people: dict[str, Claimant] = field(default_factory=dict)

    def add(self, case: str, facts: HouseholdFacts) -> None:
        """Look at one household, on the base date."""
        household, members = facts.household, facts.members.values()
        head = next((m.name for m in members if m.is_head), "")
        self.households[case] = HouseholdName(
            number=household.number, group=household.group, head=head
        )
        self.shares.add(case, facts)
        for serial, member in facts.members.items():
            self.people[account_of(case, serial)] = Claimant(
                case=case, group=household.group, sex=member.sex, age=member.age_on(facts.day)
            )

    def outcome(self) -> Outcome:
        """What the plan comes to.

        Raises:
            WrongUse: nobody weighs anything.
        """
        allotment = self.shares.allotment()
        held: dict[str, int] = {}
        units: dict[str, int] = {}
        for lots in allotment.units.values():
            for account, count in lots.items():
                held[account] = held.get(account, 0) + count
                case = self.people[account].case
                units[case] = units.get(case, 0) + count
        return Outcome(
            plan=self.shares.plan,
            allotment=allotment,
            households=self.households,
            units=units,
            people=self.people,
            held=held,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What another plan would mean for one household.

    Attributes:
        before, after: units under the one and the other plan; portions of the whole likewise,
            since plans differ in how many units they make.
    """

    case: str
    household: HouseholdName
    before: int
    after: int
    before_portion: Fraction
    after_portion: Fraction

    @property
    def difference(self) -> Fraction:
        """What it gains of the whole, or loses when negative."""
        return self.after_portion - self.before_portion


def shifts(before: Outcome, after: Outcome) -> tuple[Shift, ...]:
    """The households whose part of the whole changes, who gains most first."""
    every = (_shift(case, before, after) for case in _cases(before, after))
    changed = (shift for shift in every if shift.difference)
    return tuple(sorted(changed, key=lambda s: (-s.difference, s.household.number, s.case)))


def _cases(*outcomes: Outcome) -> Iterable[str]:
    return dict.fromkeys(case for outcome in outcomes for case in outcome.households)


def _shift(case: str, before: Outcome, after: Outcome) -> Shift:
    return Shift(
        case=case,
        household=after.households.get(case) or before.households[case],
        before=before.units.get(case, 0),
        after=after.units.get(case, 0),
        before_portion=before.portion(case),
        after_portion=after.portion(case),
    )
