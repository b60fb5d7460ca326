"""A vote as papers print it: the ballots, and what its sealed decision required and found."""

from collections.abc import Mapping
from datetime import date

from conversion.documents.kind import Part
from conversion.documents.trace import examples_of, reasons_of, references_of, words
from conversion.domain.event import Event
from conversion.domain.meeting import MATTER_TITLES
from conversion.domain.programme import Programme, Vote
from conversion.domain.standing import Json

AGAIN = "需要再次表决的，应当重新通知、召开会议，另行计票。"


class Measure(Part):
    """One thing that was required of a vote, as the rule of its day measured it.

    Attributes:
        required: in words; least: the smallest count that is enough; found: what there was.
        unit: what is counted.
    """

    title: str
    required: str
    least: int
    found: int
    unit: str
    reached: bool


class VoteRecord(Part):
    """One vote on one matter.

    Attributes:
        unreturned: ballots that those present did not hand in.
        measures: none where the body could not decide the matter at all.
        references: the clauses of law that say what is required; has_examples: one is only an
            example (示例).
    """

    serial: str
    matter: str
    held_on: date
    in_favour: int
    against: int
    abstained: int
    invalid: int
    unreturned: int
    measures: tuple[Measure, ...]
    reasons: tuple[str, ...]
    references: tuple[str, ...]
    has_examples: bool
    passed: bool
    resolution: str
    follows: str

    @property
    def ballots(self) -> int:
        """How many ballots were handed in."""
        return self.in_favour + self.against + self.abstained + self.invalid


def vote_record(vote: Vote, programme: Programme) -> VoteRecord:
    """The vote with the decision that carried or failed it, as sealed with its act."""
    event = _act_of(vote, programme)
    plan = programme.plan.title if programme.plan and vote.matter == "adopt_share_plan" else ""
    matter = matter_title(vote.matter, words(event, "version"), plan if vote.passed else "")
    return VoteRecord(
        serial=vote.serial,
        matter=matter,
        held_on=vote.held_on,
        in_favour=vote.in_favour,
        against=vote.against,
        abstained=vote.abstained,
        invalid=vote.invalid,
        unreturned=vote.present - vote.ballots,
        measures=_measures(event),
        reasons=reasons_of(event),
        references=references_of([event] if event else []),
        has_examples=bool(examples_of(event)),
        passed=vote.passed,
        resolution=f"{'通过' if vote.passed else '没有通过'}{matter}",
        follows="" if vote.passed else f"本事项未获通过，不得据此办理后续事项。{AGAIN}",
    )


def matter_title(matter: str, version: str = "", plan: str = "") -> str:
    """A matter as a ballot names it, with the plan that was chosen where there were several.

    >>> matter_title("adopt_share_plan", "2010-1", "人口方案")
    '《折股量化方案》（2010-1版，人口方案）'
    >>> matter_title("confirm_roll")
    '《集体经济组织成员名单》'
    """
    title = f"《{MATTER_TITLES.get(matter, matter)}》"
    told = "，".join(filter(None, (f"{version}版" if version else "", plan)))
    return f"{title}（{told}）" if told else title


def _act_of(vote: Vote, programme: Programme) -> Event | None:
    found = (e for e in reversed(programme.past) if e.event in {vote.matter, "fail_vote"})
    return next((e for e in found if _counted(e) == (vote.meeting, vote.matter)), None)


def _counted(event: Event) -> tuple[Json, Json]:
    facts = _facts(event)
    return facts.get("meeting"), facts.get("matter")


def _facts(event: Event | None) -> Mapping[str, Json]:
    decision = event.decision if event else None
    facts = decision.get("facts") if isinstance(decision, dict) else None
    return facts if isinstance(facts, dict) else {}


def _measures(event: Event | None) -> tuple[Measure, ...]:
    told = _facts(event).get("measures")
    return tuple(Measure.model_validate(row) for row in told) if isinstance(told, list) else ()
