"""The proof that a staff table can carry every step: somebody for each, and four eyes throughout.

For a household it asks for more than any one order of steps would: whoever enters anything in the
case examines and approves nothing in it, and whoever examines approves nothing, whatever the order
in which tracks and side steps come. People are given one such part each by an exact search.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from conversion.domain.role import Actor, Role
from conversion.policy.pack import PackOnDay
from conversion.workflows.step import Part, Step, Track

NOBODY_YET: Final = "?"
"""The account of a person whom one more appointment would bring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where steps are taken: a household, or the village as a whole.

    Attributes:
        household: its number, empty for the village's own steps.
        groups: its villagers' group; none for the village.
        people: resident numbers of all who are of it.
    """

    household: str = ""
    groups: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One step that has to have somebody.

    Attributes:
        title: the step as people call it; post: who may take it.
        hands: accounts of those who can take it here.
    """

    title: str
    part: Part
    roles: tuple[Role, ...]
    department: str
    hands: frozenset[str]

    @property
    def post(self) -> str:
        """The posts as people call them."""
        return "或".join(f"{self.department}{role.label}" for role in self.roles)

    def could_be_met_by(self, role: Role, department: str) -> bool:
        """Whether one more person in this post could take the step."""
        return role in self.roles and self.department in {"", department}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What the staff can't carry.

    Attributes:
        households: numbers of those it concerns; empty for the village's own steps.
        found: what is lacking; remedy: which post would help.
    """

    found: str
    remedy: str
    households: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a staff table lacks, and for each place a person for every step.

    Attributes:
        witness: household, or empty for the village → step → account; for places without a lack.
    """

    lacks: tuple[Lack, ...]
    witness: Mapping[str, Mapping[str, str]]


def prove(
    tracks: Sequence[Track[Any]], pack: PackOnDay, actors: Sequence[Actor], places: Iterable[Place]
) -> Proof:
    """Judge a staff on these places; places that are staffed alike are judged once."""
    lacking: dict[Lack, list[str]] = {}
    witness: dict[str, Mapping[str, str]] = {}
    for demands, numbers in _alike(tracks, pack, actors, places).items():
        found = [*_unstaffed(demands), *_one_handed(demands, actors)]
        for lack in found:
            lacking.setdefault(lack, []).extend(number for number in numbers if number)
        if not found:
            witness |= dict.fromkeys(numbers, _witness(demands))
    lacks = (replace(lack, households=tuple(sorted(of))) for lack, of in lacking.items())
    return Proof(lacks=tuple(lacks), witness=witness)


def _alike(
    tracks: Sequence[Track[Any]], pack: PackOnDay, actors: Sequence[Actor], places: Iterable[Place]
) -> dict[tuple[Demand, ...], list[str]]:
    """What is demanded → the places where just this is."""
    found: dict[tuple[Demand, ...], list[str]] = {}
    for place in places:
        able = [a for a in actors if not a.is_kin(place.household, place.people)]
        demands = tuple(
            demand
            for track in tracks
            for step in track.steps
            for demand in _demands(track, step, pack, able, place)
        )
        found.setdefault(demands, []).append(place.household)
    return found


def _demands(
    track: Track[Any], step: Step[Any], pack: PackOnDay, able: Sequence[Actor], place: Place
) -> Iterator[Demand]:
    """A demand for a step, or one for each department that has to take it.

    What the system itself takes when its day comes demands nobody.
    """
    if Role.SYSTEM in step.roles:
        return
    for department in step.departments(pack) if step.departments else ("",):
        can = (a for a in able if a.serves(step.roles, place.groups))
        yield Demand(
            title=f"{track.title}·{step.title}",
            part=step.part,
            roles=step.roles,
            department=department,
            hands=frozenset(a.account for a in can if department in {"", a.department}),
        )


def _unstaffed(demands: Iterable[Demand]) -> Iterator[Lack]:
    """Posts in which there is nobody, with all that they leave undone."""
    empty: dict[str, list[str]] = {}
    for demand in demands:
        if not demand.hands:
            empty.setdefault(demand.post, []).append(demand.title)
    for post, titles in empty.items():
        undone = "、".join(f"“{title}”" for title in dict.fromkeys(titles))
        yield Lack(found=f"{undone}没有人能办", remedy=f"任用一名{post}")


# --- four eyes ------------------------------------------------------------------------------------


def _one_handed(demands: Iterable[Demand], actors: Sequence[Actor]) -> Iterator[Lack]:
    """Steps that too few people would have to enter, examine and approve among themselves."""
    names = {actor.account: actor.name for actor in actors}
    for component in _components(_binding(demands)):
        if assigned(component) is not None:
            continue
        core = _core(component)
        steps = "、".join(dict.fromkeys(f"“{d.title}”" for d in core))
        people = "、".join(sorted(names[a] for a in frozenset().union(*(d.hands for d in core))))
        yield Lack(
            found=f"{steps}只有{people}能办，经办、审核、批准不能分由不同的人",
            remedy=_remedy(component),
        )


def _binding(demands: Iterable[Demand]) -> list[Demand]:
    """The demands that four eyes binds, each set of hands once for each part."""
    unlike = {(d.part, d.hands): d for d in demands if d.part is not Part.RECORD and d.hands}
    return list(unlike.values())


def _components(demands: Iterable[Demand]) -> list[list[Demand]]:
    """Demands apart by whether any person could take both."""
    found: list[list[Demand]] = []
    for demand in demands:
        touching = [c for c in found if any(d.hands & demand.hands for d in c)]
        found = [c for c in found if c not in touching]
        found.append([demand, *(d for c in touching for d in c)])
    return found


def assigned(
    demands: Sequence[Demand], taken: Mapping[str, Part] | None = None
) -> Mapping[str, Part] | None:
    """Account → the one part of the person, so that every demand is met; None if none does.

    Exact: of the demands that are not met yet the one with the fewest hands is tried with each.
    """
    so_far = taken or {}
    unmet = [d for d in demands if not any(so_far.get(a) is d.part for a in d.hands)]
    if not unmet:
        return so_far
    hardest = min(unmet, key=lambda d: len(_free(d, so_far)))
    tries = (assigned(demands, {**so_far, a: hardest.part}) for a in _free(hardest, so_far))
    return next((found for found in tries if found is not None), None)


def _free(demand: Demand, taken: Mapping[str, Part]) -> list[str]:
    return sorted(account for account in demand.hands if account not in taken)


def _core(demands: Sequence[Demand]) -> list[Demand]:
    """So few of the demands that without any one of them the rest could be met."""
    core = list(demands)
    for demand in demands:
        rest = [d for d in core if d is not demand]
        if assigned(rest) is None:
            core = rest
    return core


def _remedy(demands: Sequence[Demand]) -> str:
    """The posts of which one more person would do; more than one where none would."""
    posts = dict.fromkeys((role, d.department) for d in demands for role in d.roles)
    enough = [
        f"{department}{role.label}"
        for role, department in posts
        if assigned([_with_one_more(d, role, department) for d in demands]) is not None
    ]
    return f"再任用一名{'或'.join(enough)}" if enough else "再任用两名以上，每种岗位各一名"


def _with_one_more(demand: Demand, role: Role, department: str) -> Demand:
    if not demand.could_be_met_by(role, department):
        return demand
    return replace(demand, hands=demand.hands | {NOBODY_YET})


def _witness(demands: Sequence[Demand]) -> dict[str, str]:
    """Step → a person who can take it, all steps together in keeping with four eyes."""
    parts: dict[str, Part] = {}
    for component in _components(_binding(demands)):
        parts |= assigned(component) or {}
    return {
        f"{d.title}{f'（{d.department}）' if d.department else ''}": next(
            a for a in sorted(d.hands) if d.part is Part.RECORD or parts.get(a) is d.part
        )
        for d in demands
    }
