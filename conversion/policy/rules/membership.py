"""Whether a person's membership is proposed 成员身份的研判建议.

Only a finding that the survey has established can speak against; marriage, divorce, study,
service, prison and work elsewhere never do (妇女权益保障法 2005, art. 33), and loading refuses a
pack that says otherwise. A remark on the person therefore only adds protection.
"""

from collections.abc import Iterable

from conversion.domain.household import Member
from conversion.domain.right import Membership, MembershipStanding
from conversion.errors import WrongUse
from conversion.policy.decision import Decision
from conversion.policy.facts import HouseholdFacts
from conversion.policy.ground import Effect, Ground
from conversion.policy.pack import PackOnDay

RULE = "membership"
_BORN_LATER = "born_after_base_date"


def propose_membership(
    member: Member, facts: HouseholdFacts, pack: PackOnDay, *, findings: tuple[str, ...] = ()
) -> Decision:
    """Membership proposed or not, with the grounds that were found.

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
    against = [g for g in found if g.effect is Effect.EXCLUDE]
    granted = not against and any(g.effect is Effect.CONFIRM for g in found)
    counted = _counted(found, granted=granted)
    reasons = tuple(g.clause for g in counted) or ("没有查到取得成员身份的理由，提交会议讨论。",)
    row = Membership(
        member=member.serial,
        standing=MembershipStanding.PROPOSED if granted else MembershipStanding.NOT_PROPOSED,
        grounds=tuple(g.code for g in counted),
        reason="".join(reasons),
    )
    return Decision(
        rule=RULE,
        granted=granted,
        reasons=reasons,
        references=tuple(dict.fromkeys(pack.reference(g.reference) for g in counted)),
        facts={"findings": [*sorted(established)], "hukou_kind": str(member.hukou_kind)},
        parameters=tuple(
            pack.cite(f"membership.{g.code}", g.title, g.clause, source=g) for g in counted
        ),
        rows=(row,),
    )


def _counted(found: Iterable[Ground], *, granted: bool) -> list[Ground]:
    """The grounds that carry the answer; what protects is always shown."""
    unheard = Effect.EXCLUDE if granted else Effect.CONFIRM
    return [g for g in found if g.effect is not unheard]


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


def _refuse_unknown(findings: tuple[str, ...], grounds: Iterable[Ground]) -> None:
    known = sorted({g.finding for g in grounds if g.finding})
    unknown = [finding for finding in findings if finding not in known]
    if unknown:
        raise WrongUse(
            "研判成员身份",
            f"政策包没有调查结论“{unknown[0]}”",
            f"使用其中之一：{'、'.join(known)}",
        )
