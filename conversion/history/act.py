"""An act about to be recorded: who did what on which ground, and every row it changes.

One act becomes one entry. What is personal (members, objections, facts of papers, personal fields
of a form, the argument of a decision on a household) goes into the erasable payload; the entry
keeps a salted commitment to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from conversion.domain.collections import PERSONAL
from conversion.domain.role import Actor
from conversion.domain.standing import Change, Json
from conversion.history.changes import changes_as_json
from conversion.history.entry import Entry, PaperReference, PolicyReference


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act on one chain, decided but not yet sealed.

    Attributes:
        chain: case number, or the programme's code for its own chain.
        version: the chain's version on which the act was decided; 0 opens the chain.
        at: when it is recorded; day: the local day on which it counts in law.
        channel: how it came in, e.g. `cli`, `import`, `batch`.
        name: `level.event`, e.g. `shares.allocate`.
        source, target: state of the act's level before and after; None for acts that move nothing.
        moves: other levels that move with it; opening a case sets all of them.
        form, personal_form: what was filled in, apart by what may be erased.
        decision: what the rule answered, as everybody may read it; argument: the whole trace, where
            it tells of a household: its income, what it draws, on which grounds.
        grounds: ids of the requirements that were met.
        changes: every row the act sets or removes.
        facts: paper number → the facts it will be printed from.
        batch: the batch it was part of: its serial, and the digest of its list of cases.
    """

    chain: str
    version: int
    at: datetime
    day: date
    actor: Actor
    name: str
    channel: str = "cli"
    source: str | None = None
    target: str | None = None
    moves: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, Json] = field(default_factory=dict)
    personal_form: Mapping[str, Json] = field(default_factory=dict)
    decision: Json = None
    argument: Json = None
    grounds: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    papers: tuple[PaperReference, ...] = ()
    facts: Mapping[str, Json] = field(default_factory=dict)
    batch: Mapping[str, Json] = field(default_factory=dict)
    policy: PolicyReference | None = None

    def personal(self) -> dict[str, Json]:
        """The payload kept outside the leaf; empty when the act has nothing personal."""
        parts: dict[str, Json] = {
            "form": dict(self.personal_form),
            "facts": dict(self.facts),
            "decision": self.argument,
            "changes": changes_as_json(c for c in self.changes if c.collection in PERSONAL),
        }
        return {name: part for name, part in parts.items() if part}

    def public(self) -> dict[str, Json]:
        """The entry's data: everything that is not personal."""
        parts: dict[str, Json] = {
            "form": dict(self.form),
            "on_behalf": self.actor.on_behalf,
            "decision": self.decision,
            "grounds": list(self.grounds),
            "moves": dict(self.moves),
            "batch": dict(self.batch),
            "changes": changes_as_json(c for c in self.changes if c.collection not in PERSONAL),
        }
        always: dict[str, Json] = {
            "day": self.day.isoformat(),
            "actor_name": self.actor.name,
            "channel": self.channel,
        }
        return always | {name: part for name, part in parts.items() if part}

    def entry(self, *, log: str, previous: str, commitment: str | None) -> Entry:
        """The entry that seals this act at the end of its chain."""
        return Entry(
            log=log,
            chain=self.chain,
            seq=self.version + 1,
            previous=previous,
            at=self.at,
            actor=self.actor.account,
            roles=tuple(self.actor.roles),
            act=self.name,
            source=self.source,
            target=self.target,
            policy=self.policy,
            papers=self.papers,
            commitment=commitment,
            data=self.public(),
        )
