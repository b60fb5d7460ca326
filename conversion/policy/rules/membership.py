"""Whether a person's membership is proposed 成员身份的研判建议: yes, no, or not clear yet.

A ground counts when what establishes it is there and none of the grounds in its `unless` is. Of
the grounds that count, one that excludes prevails; else one that has to be cleared up; else one
that confirms. Where there is none of these, the matter goes to the meeting. What protects is shown
beside the answer and never decides it.

Only a finding of the survey can speak against or hold up; marriage, divorce, study, service,
prison and work elsewhere never do (农村集体经济组织法 8, 18; 妇女权益保障法), and loading refuses a
pack that says otherwise. A person confirmed earlier is not confirmed again (农村集体经济组织法 66).
"""

from collections.abc import Iterable, Iterator

from conversion.domain.household import Member
from conversion.domain.right import Membership, MembershipStanding
from conversion.errors import WrongUse
from conversion.policy.decision import Decision, FactUse, ParameterUse, TraceLine
from conversion.policy.facts import HouseholdFacts
from conversion.policy.ground import Effect, Ground
from conversion.policy.pack import PackOnDay
from conversion.standards import member_flag

RULE = "membership"
_BORN_LATER = "born_after_base_date"
_NOTHING_FOUND = "没有查到取得成员身份的理由，提交会议讨论。"
_LONGEST_REASON = 1000

_PRECEDENCE = (
    (Effect.EXCLUDE, MembershipStanding.NOT_PROPOSED),
    (Effect.CLEAR_UP, MembershipStanding.UNSETTLED),
    (Effect.CONFIRM, MembershipStanding.PROPOSED),
)


def propose_membership(
    member: Member, facts: HouseholdFacts, pack: PackOnDay, *, findings: tuple[str, ...] = ()
) -> Decision:
    """Membership proposed, not proposed or unsettled, with the grounds that were found.

    Args:
        member: the person.
        facts: the household on the day.
        pack: whose grounds count.
        findings: what the survey established about the member, as ids of the pack's grounds.

    Raises:
        WrongUse: a finding that the pack doesn't know.
    """
    _refuse_unknown(findings, pack.grounds)
    established = _established(member, facts, findings)
    found = [g for g in pack.grounds if _holds(g, member, facts, established)]
    there = {g.code for g in found}
    standing, deciding = _answer([g for g in found if there.isdisjoint(g.unless)])
    counted = [g for g in found if g in deciding or g.effect is Effect.PROTECT]
    reasons = (*_argument(counted, standing), *_set_aside(found, there))
    uses = tuple(pack.cite(f"membership.{g.code}", g.title, g.statement, source=g) for g in counted)
    row = Membership(
        member=member.serial,
        standing=standing,
        grounds=tuple(g.code for g in counted),
        reason=_fitting(reasons),
    )
    line = _line(row, reasons, uses, _looked_at(member, facts, pack, established))
    return Decision(
        rule=RULE,
        granted=standing is MembershipStanding.PROPOSED,
        reasons=reasons,
        references=line.references,
        facts={"findings": [*sorted(established)], "hukou_kind": str(member.hukou_kind)},
        parameters=uses,
        lines=(line,),
        rows=(row,),
    )


def _answer(counting: list[Ground]) -> tuple[MembershipStanding, list[Ground]]:
    """The standing, and the grounds that decide it."""
    for effect, standing in _PRECEDENCE:
        if deciding := [g for g in counting if g.effect is effect]:
            return standing, deciding
    return MembershipStanding.UNSETTLED, []


def _argument(counted: list[Ground], standing: MembershipStanding) -> Iterator[str]:
    yield from (g.statement for g in counted)
    if standing is not MembershipStanding.UNSETTLED:
        return
    if all(g.effect is Effect.PROTECT for g in counted):
        yield _NOTHING_FOUND
    if papers := tuple(dict.fromkeys(paper for g in counted for paper in g.evidence)):
        yield f"需要的材料：{'、'.join(papers)}。"


def _set_aside(found: list[Ground], there: set[str]) -> Iterator[str]:
    """A sentence for each ground that was found and doesn't count."""
    titles = {g.code: g.title for g in found}
    for ground in found:
        if exceptions := [titles[code] for code in ground.unless if code in there]:
            yield f"查到“{ground.title}”，因“{'”“'.join(exceptions)}”不适用。"


def _fitting(sentences: Iterable[str]) -> str:
    """As many whole sentences as a row's reason holds; the decision has all of them."""
    told = ""
    for sentence in sentences:
        told += sentence if len(told) + len(sentence) <= _LONGEST_REASON else ""
    return told


def _established(member: Member, facts: HouseholdFacts, findings: tuple[str, ...]) -> set[str]:
    later = facts.base_date is not None and member.birth_date > facts.base_date
    return {*findings, _BORN_LATER} if later else set(findings)


def _holds(ground: Ground, member: Member, facts: HouseholdFacts, established: set[str]) -> bool:
    return (
        ground.finding in established
        or member.hukou_kind in ground.hukou_kind
        or member.flag in ground.flag
        or any(facts.has_land(kind) for kind in ground.has_land)
    )


def _line(
    row: Membership,
    reasons: tuple[str, ...],
    uses: tuple[ParameterUse, ...],
    facts: Iterable[FactUse],
) -> TraceLine:
    return TraceLine(
        key=row.key,
        title=f"成员{row.member}的成员身份",
        result=row.standing.label,
        because=reasons,
        facts=tuple(facts),
        parameters=tuple(use.name for use in uses),
        references=tuple(dict.fromkeys(use.reference for use in uses)),
        illustrative=any(use.illustrative for use in uses),
    )


def _looked_at(
    member: Member, facts: HouseholdFacts, pack: PackOnDay, established: set[str]
) -> Iterator[FactUse]:
    """What the grounds ask about; of the remarks, only those that some ground protects."""
    yield FactUse(name="age", title="年龄（周岁）", value=member.age_on(facts.day))
    yield FactUse(name="hukou_kind", title="户口性质", value=member.hukou_kind.label)
    if any(member.flag in g.flag for g in pack.grounds):
        title = member_flag.title_of(member.flag)
        yield FactUse(name="flag", title="成员备注", value=title)
    kinds = dict.fromkeys(kind for g in pack.grounds for kind in g.has_land)
    for kind in kinds:
        told = "有" if facts.has_land(kind) else "没有"
        yield FactUse(name=f"land.{kind}", title=f"本户{kind.label}", value=told)
    titles = dict.fromkeys(g.title for g in pack.grounds if g.finding in established)
    yield FactUse(name="findings", title="调查结论", value=[*titles])


def _refuse_unknown(findings: tuple[str, ...], grounds: Iterable[Ground]) -> None:
    known = sorted({g.finding for g in grounds if g.finding})
    unknown = [finding for finding in findings if finding not in known]
    if unknown:
        raise WrongUse(
            "研判成员身份",
            f"政策包没有调查结论“{unknown[0]}”",
            f"使用其中之一：{'、'.join(known)}",
        )
