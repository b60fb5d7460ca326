"""What a change of policy means for a village 影响: counted by thing and by household.

Households are added one after another; of each only what changes for it is kept.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from conversion.policy.contrast import LineChange, Tendency, Turn
from conversion.policy.prospect import Measure, ProspectChapter, ProspectLine


@dataclass(slots=True, kw_only=True)
class ThingEffect:
    """What changes of one thing, over all households.

    Attributes:
        households: how many of them it changes for; lines: tendency → number of lines.
        turns: turn → number of lines, unchanged ones included.
        before, after: measure → sum of the amounts of all households, those included for whom
            nothing changes.
    """

    line: ProspectLine
    households: int = 0
    lines: Counter[Tendency] = field(default_factory=Counter)
    turns: Counter[Turn] = field(default_factory=Counter)
    before: Counter[Measure] = field(default_factory=Counter)
    after: Counter[Measure] = field(default_factory=Counter)

    @property
    def difference(self) -> dict[Measure, int]:
        """Measure → how much more there is; not of shares of plans of another size."""
        found = dict.fromkeys((*self.before, *self.after))
        sizes = Counter(measure.per for measure in found)
        return {m: self.after[m] - self.before[m] for m in found if sizes[m.per] == 1}

    def add(self, changes: Iterable[LineChange]) -> None:
        """Count one household's lines of this thing in."""
        changed = False
        for change in changes:
            changed |= change.turn is not Turn.SAME
            self.line = change.line
            self.turns[change.turn] += 1
            self.lines[change.tendency] += 1
            _sum(self.before, change.before)
            _sum(self.after, change.after)
        self.households += changed


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdEffect:
    """What changes for one household.

    Attributes:
        better, worse, mixed: lines that favour it, that don't, and that can't be told.
        difference: measure → how much more it gets.
        titles: what changes, each once.
    """

    number: str
    better: int
    worse: int
    mixed: int
    difference: Mapping[Measure, int]
    titles: tuple[str, ...]

    @property
    def tendency(self) -> Tendency:
        """Whether everything that changes for it goes one way."""
        if self.mixed or (self.better and self.worse):
            return Tendency.MIXED
        return Tendency.BETTER if self.better else Tendency.WORSE


@dataclass(slots=True, kw_only=True)
class Effect:
    """What a change of policy means for a village, as far as its households have been added.

    Attributes:
        counted: how many have been; households: those for whom something changes.
        things: chapter and key → what changes of it.
    """

    counted: int = 0
    households: list[HouseholdEffect] = field(default_factory=list)
    things: dict[tuple[ProspectChapter, str], ThingEffect] = field(default_factory=dict)

    def add(self, number: str, changes: Iterable[LineChange]) -> None:
        """Count one household in."""
        by_thing: dict[tuple[ProspectChapter, str], list[LineChange]] = {}
        for change in changes:
            by_thing.setdefault(change.line.place[:2], []).append(change)
        for place, lines in by_thing.items():
            thing = self.things.setdefault(place, ThingEffect(line=lines[0].line))
            thing.add(lines)
        self.counted += 1
        changed = [c for lines in by_thing.values() for c in lines if _counts(c)]
        if changed:
            self.households.append(_household(number, changed))

    @property
    def changed(self) -> Iterator[ThingEffect]:
        """The things of which something changes for somebody, by chapter."""
        chapters = [*ProspectChapter]
        found = sorted(self.things, key=lambda place: chapters.index(place[0]))
        return (self.things[place] for place in found if self.things[place].households)

    @property
    def tendencies(self) -> dict[Tendency, int]:
        """How many households it favours, and how many not."""
        found = Counter(household.tendency for household in self.households)
        found[Tendency.NONE] = self.counted - len(self.households)
        return {tendency: found[tendency] for tendency in Tendency}


def _counts(change: LineChange) -> bool:
    return change.turn is not Turn.SAME


def _household(number: str, changed: list[LineChange]) -> HouseholdEffect:
    tendencies = Counter(change.tendency for change in changed)
    difference = Counter[Measure]()
    for change in changed:
        difference[change.line.measure] += change.difference
    return HouseholdEffect(
        number=number,
        better=tendencies[Tendency.BETTER],
        worse=tendencies[Tendency.WORSE],
        mixed=tendencies[Tendency.MIXED],
        difference={measure: more for measure, more in difference.items() if more},
        titles=tuple(dict.fromkeys(change.line.title for change in changed)),
    )


def _sum(sums: Counter[Measure], line: ProspectLine | None) -> None:
    if line and line.amount is not None:
        sums[line.measure] += line.amount
