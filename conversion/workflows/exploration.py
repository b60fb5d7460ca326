"""The exhaustive check: every configuration of the case and its tracks that acts can lead to.

Steps are followed by their positions and by their guards' needs; whatever else a guard asks (a
day, a paper, a vote) is taken as possible. What holds in all these configurations holds in every
case, and from each of them the case and all its tracks must be able to end.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from conversion.workflows.configuration import (
    Configuration,
    Groups,
    Lead,
    Space,
    after,
    is_within,
    needs_of,
)
from conversion.workflows.cross_rule import CrossRule, Implication, Independence, Precedence
from conversion.workflows.step import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploration:
    """What was explored, and every fault found.

    Attributes:
        levels, left_out: names of the levels in the product, and of those that nothing looks at.
        states, steps: of all levels together.
        configurations: that acts can lead to; moves: from one of them to another.
        rules: how many cross-rules were tried.
        faults: sentences, each with the acts that lead to it.
    """

    levels: tuple[str, ...]
    left_out: tuple[str, ...]
    states: int
    steps: int
    configurations: int
    moves: int
    rules: int
    faults: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether everything is proven."""
        return not self.faults


def explore(levels: Sequence[Track[Any]], rules: Sequence[CrossRule]) -> Exploration:
    """Follow every act from the opening of a case, and try the rules on all that is reached."""
    space = Space(levels, rules)
    reach = _Reach(space)
    faults = (
        *(fault for rule in rules for fault in _broken(rule, levels, reach)),
        *reach.traps(),
        *reach.dead_steps(),
    )
    return Exploration(
        levels=tuple(track.name for track in space.tracks),
        left_out=tuple(track.name for track in levels if track not in space.tracks),
        states=sum(len(track.states) for track in levels),
        steps=sum(len(track.steps) for track in levels),
        configurations=len(reach.come_from),
        moves=reach.moves,
        rules=len(rules),
        faults=faults,
    )


# --- the search ----------------------------------------------------------------------------------


class _Reach:
    """Every configuration that acts lead to, with the shortest way to each."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.come_from: dict[Configuration, tuple[Configuration, Lead] | None]
        self.come_from = {space.opening: None}
        self.behind: dict[Configuration, list[Configuration]] = {}
        self.moves = 0
        self._search()

    def _search(self) -> None:
        ahead = deque(self.come_from)
        while ahead:
            at = ahead.popleft()
            for lead, to in self._onward(at):
                self.moves += 1
                if lead.sources and lead.leads_on:
                    self.behind.setdefault(to, []).append(at)
                if to not in self.come_from:
                    self.come_from[to] = at, lead
                    ahead.append(to)

    def _onward(self, at: Configuration) -> Iterator[tuple[Lead, Configuration]]:
        table = self.space.table
        leaving = (lead for place, digit in enumerate(at) for lead in table[place][digit])
        for leads in (leaving, self.space.outside):
            for lead in leads:
                if lead.is_open(at):
                    for jump in lead.jumps:
                        to = after(at, jump)
                        if to != at:
                            yield lead, to

    def first_where(self, when: Groups, then: Groups) -> Configuration | None:
        """The nearest configuration in which the one holds and the other does not."""
        found = (at for at in self.come_from if is_within(at, when))
        return next((at for at in found if not is_within(at, then)), None)

    def way_to(self, at: Configuration) -> str:
        """The acts that lead to a configuration, and where that is."""
        titles: list[str] = []
        place = at
        while (step := self.come_from[place]) is not None:
            place, lead = step
            titles.append(lead.title)
        acts = " → ".join(["立案", *reversed(titles)])
        return f"{acts}，到达：{self.space.told(at)}"

    def traps(self) -> Iterator[str]:
        """The nearest configuration from which the case and its tracks can't all end."""
        ends = self.space.ends
        saved = {at for at in self.come_from if is_within(at, ends)}
        back = deque(saved)
        while back:
            new = [at for at in self.behind.get(back.popleft(), ()) if at not in saved]
            saved.update(new)
            back.extend(new)
        lost = [at for at in self.come_from if at not in saved]
        if lost:
            yield f"有 {len(lost)} 种情形再也不能办结，最近的是：{self.way_to(lost[0])}"

    def dead_steps(self) -> Iterator[str]:
        """Steps that can be taken nowhere."""
        for lead in self.space.leads:
            if not any(lead.is_possible(at) for at in self.come_from):
                yield f"步骤“{lead.title}”在任何情形下都不能办理"


# --- the rules -----------------------------------------------------------------------------------


def _broken(rule: CrossRule, levels: Sequence[Track[Any]], reach: _Reach) -> Iterator[str]:
    """How a rule can be broken; nothing when it is proven."""
    yield from (f"“{rule.sentence}”可以被违反：{way}" for way in _ways(rule, levels, reach))


def _ways(rule: CrossRule, levels: Sequence[Track[Any]], reach: _Reach) -> Iterator[str]:
    match rule:
        case Implication():
            return _broken_implication(rule, reach)
        case Precedence():
            return _way_around(rule, levels)
        case Independence():
            return _waits(rule, levels)


def _broken_implication(rule: Implication, reach: _Reach) -> Iterator[str]:
    space = reach.space
    at = reach.first_where(space.groups(((rule.when,),)), space.groups(rule.then))
    if at is not None:
        yield reach.way_to(at)


def _way_around(rule: Precedence, levels: Sequence[Track[Any]]) -> Iterator[str]:
    """The way of one level to a state that leaves out the state before; others' moves included."""
    (track,) = (track for track in levels if track.name == rule.level)
    ways = {track.initial: [track.states[track.initial]]}
    ahead = deque(ways)
    while ahead:
        state = ahead.popleft()
        for to in _level_moves(rule.level, state, levels):
            if to not in ways and to != rule.first:
                ways[to] = [*ways[state], track.states[to]]
                ahead.append(to)
    if rule.then in ways:
        yield " → ".join(ways[rule.then])


def _level_moves(level: str, state: str, levels: Sequence[Track[Any]]) -> Iterator[str]:
    for track in levels:
        for step in track.steps:
            if track.name == level and state in step.source and step.target:
                yield step.target
            yield from step.may_move.get(level, ())
            yield from step.others_move.get(level, ())


def _waits(rule: Independence, levels: Sequence[Track[Any]]) -> Iterator[str]:
    (track,) = (track for track in levels if track.name == rule.level)
    for step in track.steps:
        looked_at = {need.level for group in needs_of(step) for need in group}
        if looked_at & set(rule.others):
            yield f"步骤“{track.title}·{step.title}”要看{'、'.join(sorted(looked_at))}"
