"""The space of configurations: where all levels of a case stand together, and what leads on.

A configuration is a string of bytes: for each level the place of its state in the track's list.
A level that nothing looks at multiplies the configurations and adds nothing: it stays outside,
and only what its steps move in others is followed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

from conversion.workflows.cross_rule import CrossRule, Implication
from conversion.workflows.need import Need, Needs
from conversion.workflows.step import Step, Track

Configuration: TypeAlias = bytes

Group: TypeAlias = tuple[tuple[int, frozenset[int]], ...]
"""What must be met together."""

Groups: TypeAlias = tuple[Group, ...]
"""Needs as the search reads them: alternatives of (level's place, places of its states)."""

Jump: TypeAlias = tuple[tuple[int, int], ...]
"""Levels that move together: the level's place, and the place of its new state."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lead:
    """A step, or another household's step, as the search follows it.

    Attributes:
        sources: where it may be done; None for what is done outside the product.
        groups: what its guards need.
        jumps: all that it may do: places of levels with the places of their new states.
        leads_on: whether it is a way on; going back to decide anew brings nobody nearer to an end.
    """

    title: str
    sources: tuple[int, frozenset[int]] | None
    groups: Groups
    jumps: tuple[Jump, ...]
    leads_on: bool = True

    def is_open(self, at: Configuration) -> bool:
        """Whether its needs are met; the sources are looked at by whoever asks."""
        return not self.groups or is_within(at, self.groups)

    def is_possible(self, at: Configuration) -> bool:
        """Whether it may be done there."""
        return (self.sources is None or at[self.sources[0]] in self.sources[1]) and self.is_open(at)


class Space:
    """The levels that look at each other, and what can be done in their configurations."""

    def __init__(self, levels: Sequence[Track[Any]], rules: Sequence[CrossRule]) -> None:
        looked_at = _looked_at(levels, rules)
        self.tracks = tuple(track for track in levels if track.name in looked_at)
        self.place = {track.name: n for n, track in enumerate(self.tracks)}
        self.states = [list(track.states) for track in self.tracks]
        self.leads = [lead for track in levels for lead in self._leads(track)]
        self.outside = [lead for lead in self.leads if lead.sources is None and lead.jumps]
        self.table = [
            [self._leaving(place, digit) for digit in range(len(states))]
            for place, states in enumerate(self.states)
        ]

    @property
    def opening(self) -> Configuration:
        """A case just opened."""
        return bytes(self._digit(n, track.initial) for n, track in enumerate(self.tracks))

    @property
    def ends(self) -> Groups:
        """Every level at an end, or resting."""
        rests = (
            Need(level=track.name, states=(*track.final, *track.resting)) for track in self.tracks
        )
        gone = (
            (Need(level=track.name, states=track.arrivals),)
            for track in self.tracks
            if track.arrivals
        )
        return self.groups((tuple(rests), *gone))

    def groups(self, needs: Needs) -> Groups:
        """Needs as the search reads them."""
        return tuple(tuple(self._allowed(need) for need in group) for group in needs)

    def told(self, at: Configuration) -> str:
        """A configuration as people read it."""
        places = zip(self.tracks, at, strict=True)
        return "，".join(f"{t.title}“{list(t.states.values())[n]}”" for t, n in places)

    def _allowed(self, need: Need) -> tuple[int, frozenset[int]]:
        place = self.place[need.level]
        return place, frozenset(n for n, s in enumerate(self.states[place]) if need.admits(s))

    def _digit(self, place: int, state: str) -> int:
        return self.states[place].index(state)

    def _leads(self, track: Track[Any]) -> Iterator[Lead]:
        for step in track.steps:
            title, groups = f"{track.title}·{step.title}", self.groups(needs_of(step))
            place = self.place.get(track.name)
            own = () if place is None or step.target is None else ((place, step.target),)
            sources = (
                None if place is None else self._allowed(Need(level=track.name, states=step.source))
            )
            jumps = self._jumps(own, step.may_move)
            yield Lead(title=title, sources=sources, groups=groups, jumps=jumps)
            yield from self._rewinding(title, step, groups, () if sources is None else (sources,))
            if step.others_move:
                jumps = self._jumps((), step.others_move)
                yield Lead(title=f"他户{title}", sources=None, groups=(), jumps=jumps)
            if step.others_rewind:
                yield from self._sent_back(f"他户{title}", step)

    def _rewinding(self, title: str, step: Step[Any], groups: Groups, own: Group) -> Iterator[Lead]:
        """Each level that goes back, on its own; all of them together are reached one by one."""
        for level, back in step.rewinds.items():
            place, needed = self.place[level], (*own, *self._gone_back(level, step))
            ready = tuple((*group, *needed) for group in groups or ((),)) if needed else groups
            for source, target in back.items():
                sources = self._allowed(Need(level=level, states=(source,)))
                jump = ((place, self._digit(place, target)),)
                yield Lead(
                    title=title, sources=sources, groups=ready, jumps=(jump,), leads_on=False
                )

    def _sent_back(self, title: str, step: Step[Any]) -> Iterator[Lead]:
        """Each level that another household's step sends back, wherever that household stands."""
        groups = self.groups(step.others_need)
        for level, back in step.others_rewind.items():
            for source, target in back.items():
                sources = self._allowed(Need(level=level, states=(source,)))
                jump = ((self.place[level], self._digit(self.place[level], target)),)
                yield Lead(
                    title=title, sources=sources, groups=groups, jumps=(jump,), leads_on=False
                )

    def _gone_back(self, level: str, step: Step[Any]) -> Group:
        """That the levels which rest on one have gone back before it."""
        return tuple(
            self._allowed(Need(level=other, states=tuple(step.rewinds[other]), outside=True))
            for other in step.rewinds_after.get(level, ())
        )

    def _jumps(
        self, own: tuple[tuple[int, str], ...], may_move: Mapping[str, tuple[str, ...]]
    ) -> tuple[Jump, ...]:
        """Every combination of what a step moves: each further level may also stay."""
        choices: list[list[Jump]] = [
            [(), *(((self.place[level], self._digit(self.place[level], s)),) for s in states)]
            for level, states in may_move.items()
        ]
        first = tuple((place, self._digit(place, state)) for place, state in own)
        found = (sum(chosen, first) for chosen in product(*choices))
        return tuple(jump for jump in found if jump)

    def _leaving(self, place: int, digit: int) -> list[Lead]:
        return [
            lead
            for lead in self.leads
            if lead.jumps and lead.sources and lead.sources[0] == place and digit in lead.sources[1]
        ]


def needs_of(step: Step[Any]) -> Needs:
    """All needs of a step's guards together, as alternatives."""
    asked = [guard.needs for guard in step.guards if guard.needs]
    return tuple(sum(groups, ()) for groups in product(*asked)) if asked else ()


def _looked_at(levels: Sequence[Track[Any]], rules: Sequence[CrossRule]) -> set[str]:
    """Levels that a step needs or moves beside its own, or that a rule speaks of."""
    found: set[str] = set()
    for track in levels:
        for step in track.steps:
            found |= {*step.may_move, *step.others_move, *step.rewinds, *step.others_rewind}
            found |= {need.level for group in step.others_need for need in group}
            found |= {need.level for group in needs_of(step) for need in group}
    for rule in rules:
        if isinstance(rule, Implication):
            found |= {rule.when.level, *(need.level for group in rule.then for need in group)}
    return found


def after(at: Configuration, jump: Jump) -> Configuration:
    """The configuration that a jump leads to."""
    if len(jump) == 1:
        ((place, digit),) = jump
        return at[:place] + bytes((digit,)) + at[place + 1 :]
    moved = bytearray(at)
    for place, digit in jump:
        moved[place] = digit
    return bytes(moved)


def is_within(at: Configuration, groups: Groups) -> bool:
    """Whether one of the alternatives is met in full."""
    return any(all(at[place] in allowed for place, allowed in group) for group in groups)
