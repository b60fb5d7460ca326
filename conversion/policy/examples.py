"""Running a pack's worked examples."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from conversion.domain.household import DrawnBenefit, Household, Member
from conversion.domain.parcel import Parcel
from conversion.domain.programme import Vote
from conversion.domain.right import Benefit, Membership, MembershipStanding, ShareLot
from conversion.domain.standing import Json
from conversion.errors import ConversionError, WrongUse
from conversion.policy.decision import Decision
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack import Pack, PackOnDay
from conversion.policy.rules.entitlement import map_entitlements
from conversion.policy.rules.membership import propose_membership
from conversion.policy.rules.notice_window import notice_window
from conversion.policy.rules.quorum import meets_quorum
from conversion.policy.rules.registration import propose_registrations
from conversion.policy.rules.share_allocation import Allotment, Weights, allot
from conversion.policy.rules.transitional_benefit import assess_benefits
from conversion.policy.share_calculation import ShareCalculation
from conversion.policy.share_scheme import ShareScheme
from conversion.policy.shortfall import Shortfall, shortfalls
from conversion.policy.weighing import weigh
from conversion.policy.worked_example import (
    Example,
    ExampleHousehold,
    ExampleMember,
    ExampleParcel,
    RuleName,
)

_POPULATION = "population"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleResult:
    """How one worked example came out.

    Attributes:
        name: its sentence.
        shortfalls: one for each expectation that wasn't met.
    """

    name: str
    shortfalls: tuple[Shortfall, ...]

    @property
    def passed(self) -> bool:
        """Whether everything expected was there."""
        return not self.shortfalls


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What a rule said, with the figures that aren't rows."""

    decision: Decision
    figures: Mapping[str, Json]


def run_examples(pack: Pack) -> tuple[ExampleResult, ...]:
    """Every example of the pack, in the order of its files."""
    return tuple(run_example(example, pack) for example in pack.examples)


def run_example(example: Example, pack: Pack) -> ExampleResult:
    """One example against the pack."""
    try:
        answer = _ASK[example.rule](example, pack.on(example.day))
    except ConversionError as error:
        unasked = Shortfall(path=(), sentence=str(error))
        return ExampleResult(name=example.name, shortfalls=(unasked,))
    found = shortfalls(example.expected, answer.decision, answer.figures)
    return ExampleResult(name=example.name, shortfalls=tuple(found))


def decision_of(example: Example, pack: Pack) -> Decision:
    """What the rule decides for an example, whatever was expected.

    Raises:
        ConversionError: the pack doesn't decide on that day, or the example lacks something.
    """
    return _ASK[example.rule](example, pack.on(example.day)).decision


def facts_of(example: ExampleHousehold) -> HouseholdFacts:
    """The example's household, with what isn't written filled in neutrally."""
    members = {m.serial: _member(example, m.serial) for m in example.members}
    shares = [
        ShareLot(member=m.serial, share_class=_POPULATION, units=m.shares)
        for m in example.members
        if m.shares
    ]
    return HouseholdFacts(
        day=example.day,
        household=Household(number="0001", address="示例住址"),
        members=members,
        parcels={parcel.serial: parcel for parcel in _parcels(example)},
        drawn={
            f"{n:02}": DrawnBenefit(
                serial=f"{n:02}", member=d.member, item=d.item, monthly=d.monthly
            )
            for n, d in enumerate(example.drawn, 1)
        },
        memberships={m.serial: _membership(m) for m in example.members if m.membership or m.died},
        shares={lot.key: lot for lot in shares},
        base_date=example.base_date,
        approved_on=example.approved_on,
        registered_on=example.registered_on,
        community=example.community,
        service_years={
            m.serial: m.service_years for m in example.members if m.service_years is not None
        },
        monthly_income=example.monthly_income,
    )


def _membership(member: ExampleMember) -> Membership:
    standing = member.membership or MembershipStanding.CONFIRMED
    return Membership(member=member.serial, standing=standing, ended_on=member.died)


def _parcels(example: ExampleHousehold) -> Iterator[Parcel]:
    listed = (*(ExampleParcel(kind=kind) for kind in example.land), *example.parcels)
    for number, parcel in enumerate(listed, 1):
        yield Parcel(
            serial=f"P{number:02}",
            kind=parcel.kind,
            contract_area=parcel.contract_area,
            measured_area=parcel.measured_area,
            joint_households=tuple(f"{n:04}" for n in range(2, 2 + parcel.joint)),
        )


def _member(example: ExampleHousehold, serial: str) -> Member:
    found = next((m for m in example.members if m.serial == serial), None)
    if found is None:
        raise WrongUse(f"运行示例“{example.name}”", f"户内没有成员“{serial}”", "核对 member 的编号")
    return Member(
        serial=found.serial,
        name=f"成员{found.serial}",
        relation=found.relation,
        sex=found.sex,
        birth_date=found.born,
        hukou_kind=found.hukou,
        flag=found.flag,
        traits=found.traits,
        farming_months=found.farming_months,
    )


def _ask_benefits(example: Example, pack: PackOnDay) -> _Answer:
    return _Answer(decision=assess_benefits(facts_of(example), pack), figures={})


def _ask_entitlements(example: Example, pack: PackOnDay) -> _Answer:
    facts = facts_of(example)
    benefits = assess_benefits(facts, pack).rows
    found = tuple(row for row in benefits if isinstance(row, Benefit))
    return _Answer(decision=map_entitlements(facts, found, pack), figures={})


def _ask_registrations(example: Example, pack: PackOnDay) -> _Answer:
    return _Answer(decision=propose_registrations(facts_of(example), pack), figures={})


def _ask_membership(example: Example, pack: PackOnDay) -> _Answer:
    member = _member(example, example.member)
    decision = propose_membership(member, facts_of(example), pack, findings=example.findings)
    return _Answer(decision=decision, figures={})


def _ask_quorum(example: Example, pack: PackOnDay) -> _Answer:
    if example.vote is None:
        raise WrongUse(f"运行示例“{example.name}”", "没有写表决情况", "补上 vote")
    vote = Vote(serial="V01", held_on=example.day, **example.vote.model_dump())
    return _Answer(decision=meets_quorum(vote, pack), figures={})


def _ask_notice(example: Example, pack: PackOnDay) -> _Answer:
    if example.notice is None:
        raise WrongUse(f"运行示例“{example.name}”", "没有写公示种类", "补上 notice")
    window = notice_window(example.notice.kind, example.day, pack)
    return _Answer(decision=window.decision, figures={"last_day": window.last_day.isoformat()})


def _ask_allotment(example: Example, pack: PackOnDay) -> _Answer:
    """The example's household as the whole village."""
    facts = replace(facts_of(example), day=example.base_date or example.day)
    scheme = pack.share_plan(example.plan)
    weights = weigh(facts, scheme, sorted(facts.members))
    counted, aside = (_part(weights, example, aside=aside) for aside in (False, True))
    result = allot(counted, scheme, pack, reserved_weights=aside)
    units: dict[str, Json] = {name: dict(held) for name, held in result.units.items()}
    lines = tuple(_calculation(result, weights, facts, scheme, pack).lines())
    figures: dict[str, Json] = {
        "units": units,
        "collective_units": result.collective_units,
        "reserved_units": result.reserved_units,
    }
    return _Answer(decision=replace(result.decision, lines=lines), figures=figures)


def _part(weights: Weights, example: Example, *, aside: bool) -> dict[str, dict[str, int]]:
    """The weights of those in dispute, or of all others."""
    return {
        name: {serial: w for serial, w in held.items() if (serial in example.disputed) == aside}
        for name, held in weights.items()
    }


def _calculation(
    result: Allotment, weights: Weights, facts: HouseholdFacts, scheme: ShareScheme, pack: PackOnDay
) -> ShareCalculation:
    """The household's own calculation, as it would be sealed."""
    lots = (
        ShareLot(member=member, share_class=name, units=units)
        for name, held in result.units.items()
        for member, units in held.items()
    )
    return ShareCalculation(
        lots={lot.key: lot for lot in lots},
        weights=weights,
        classes=result.classes(scheme),
        plan=result.plan(scheme, version=scheme.id, base_date=facts.day, adopted_on=pack.day),
        facts=facts,
        scheme=scheme,
        pack=pack,
    )


_ASK: Mapping[RuleName, Callable[[Example, PackOnDay], _Answer]] = {
    RuleName.ASSESS_BENEFITS: _ask_benefits,
    RuleName.MAP_ENTITLEMENTS: _ask_entitlements,
    RuleName.PROPOSE_REGISTRATIONS: _ask_registrations,
    RuleName.PROPOSE_MEMBERSHIP: _ask_membership,
    RuleName.MEETS_QUORUM: _ask_quorum,
    RuleName.NOTICE_WINDOW: _ask_notice,
    RuleName.ALLOT: _ask_allotment,
}
