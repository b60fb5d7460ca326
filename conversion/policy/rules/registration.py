"""What the police register is asked to do for each member 户口转换方案.

Whoever already has the registration needs none; an exception names its reason. The register's
wording follows the regime: farm to resident while both existed, plain residents since.
"""

from collections.abc import Mapping

from conversion.domain.household import HukouKind, Member
from conversion.domain.right import Registration, RegistrationResult
from conversion.policy.decision import Decision, FactUse, ParameterUse, TraceLine
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack import PackOnDay
from conversion.policy.parameter_shape import HukouRegime, HukouWording, shaped

RULE = "registration"
_PARAMETERS = ("hukou.regime", "hukou.wording", "hukou.exceptions")


def propose_registrations(facts: HouseholdFacts, pack: PackOnDay) -> Decision:
    """A proposal for each member; granted when at least one is to be registered.

    Raises:
        NotFound: the pack has no hukou regime, wording or exceptions on the day.
    """
    uses = regime, wording, exceptions = (*(pack.use(name) for name in _PARAMETERS),)
    words = shaped(wording, HukouWording)
    excepted = shaped(exceptions, dict[str, str])
    dual = shaped(regime, HukouRegime) is HukouRegime.DUAL
    rows = tuple(_proposal(member, words, excepted, dual=dual) for member in facts.members.values())
    count = sum(row.result is RegistrationResult.REGISTERED for row in rows)
    return Decision(
        rule=RULE,
        granted=count > 0,
        reasons=(_summary(count, len(rows), words.after), _WHAT_STAYS),
        references=tuple(dict.fromkeys(use.reference for use in uses)),
        facts={"members": len(rows), "to_register": count},
        parameters=uses,
        lines=tuple(_line(row, regime, wording, exceptions) for row in rows),
        rows=rows,
    )


_WHAT_STAYS = "公民身份号码不变；户口转换不影响成员身份、股份、承包地和宅基地。"


def _summary(count: int, members: int, after: str) -> str:
    rest = f"，其余{members - count}人的理由逐人写明" if count < members else ""
    return f"本户{members}人，拟登记为{after}的{count}人{rest}。"


def _proposal(
    member: Member, words: HukouWording, excepted: Mapping[str, str], *, dual: bool
) -> Registration:
    before = words.of(member.hukou_kind)
    if reason := excepted.get(member.flag):
        result, after = RegistrationResult.EXCEPTED, before
    elif dual and member.hukou_kind is not HukouKind.AGRICULTURAL:
        result, after = RegistrationResult.NOT_REQUIRED, before
        reason = f"本来就是{before}，无需转换。"
    elif member.hukou_kind is HukouKind.RESIDENT:
        result, after = RegistrationResult.NOT_REQUIRED, before
        reason = f"已经登记为{before}，只更新住址和社区名称。"
    else:
        result, after, reason = RegistrationResult.REGISTERED, words.after, ""
    return Registration(
        member=member.serial, result=result, before=before, after=after, reason=reason
    )


def _line(
    row: Registration, regime: ParameterUse, wording: ParameterUse, exceptions: ParameterUse
) -> TraceLine:
    registered = row.result is RegistrationResult.REGISTERED
    excepted = row.result is RegistrationResult.EXCEPTED
    uses = (exceptions, wording) if excepted else (regime, wording)
    kind = shaped(regime, HukouRegime)
    return TraceLine(
        key=row.key,
        title=f"成员{row.member}的户口登记",
        result=f"拟登记为{row.after}" if registered else row.result.label,
        because=(row.reason or _BECAUSE[kind].format(row.before, row.after), _WHAT_STAYS),
        facts=(
            FactUse(name="before", title="现在的户别", value=row.before),
            FactUse(name="regime", title="户籍制度", value=kind.label),
        ),
        parameters=tuple(use.name for use in uses),
        references=tuple(dict.fromkeys(use.reference for use in uses)),
        illustrative=any(use.illustrative for use in uses),
    )


_BECAUSE = {
    HukouRegime.DUAL: "现为{0}，转为{1}。",
    HukouRegime.UNIFIED: "城乡统一登记，不再区分{0}，登记为{1}，并更新住址和社区名称。",
}
