"""Whether a vote carries its matter 表决是否有效."""

from collections.abc import Iterator

from conversion.domain.programme import Vote
from conversion.domain.standing import Json
from conversion.policy.decision import Decision
from conversion.policy.pack import PackOnDay
from conversion.policy.parameter_shape import Body, QuorumRule, shaped

RULE = "quorum"


def meets_quorum(vote: Vote, pack: PackOnDay) -> Decision:
    """Whether the body may decide the matter, was called in time, is quorate and has agreed.

    The pack's parameter `quorum.<body>.<matter>` says how; a body without one may not decide.
    """
    name = f"quorum.{vote.body}.{vote.matter}"
    if not pack.has(name):
        return _not_its_matter(vote, pack)
    use = pack.use(name)
    tests = tuple(_tests(vote, shaped(use, QuorumRule)))
    return Decision(
        rule=RULE,
        granted=all(met for met, _ in tests),
        reasons=tuple(sentence for _, sentence in tests),
        references=(use.reference,),
        facts=_facts(vote),
        parameters=(use,),
    )


def _not_its_matter(vote: Vote, pack: PackOnDay) -> Decision:
    able = [body for body in Body if pack.has(f"quorum.{body}.{vote.matter}")]
    known = {str(body): body.label for body in Body}
    who = known.get(vote.body, vote.body)
    instead = "、".join(body.label for body in able)
    advice = f"应当由{instead}表决" if able else "政策包没有规定该事项的表决办法"
    uses = tuple(pack.use(f"quorum.{body}.{vote.matter}") for body in able)
    return Decision(
        rule=RULE,
        granted=False,
        reasons=(f"{who}不能表决这一事项，{advice}。",),
        references=tuple(dict.fromkeys(use.reference for use in uses)),
        facts=_facts(vote),
        parameters=uses,
    )


def _tests(vote: Vote, rule: QuorumRule) -> Iterator[tuple[bool, str]]:
    yield _counts_agree(vote)
    days = (vote.held_on - vote.noticed_on).days
    called = days >= rule.notice_days
    yield (
        called,
        (
            f"会前{days}天通知（通知当日不计），"
            f"{'符合' if called else '不符合'}提前{rule.notice_days}天通知的要求。"
        ),
    )
    quorate = rule.present_min.is_met(vote.present, vote.eligible)
    yield (
        quorate,
        (
            f"应到{vote.eligible}、实到{vote.present}（含委托{vote.proxies}），"
            f"到会须{rule.present_min}，{'达到' if quorate else '没有达到'}。"
        ),
    )
    whole, words = _base(vote, rule)
    passed = rule.pass_min.is_met(vote.in_favour, whole)
    yield (
        passed,
        (
            f"同意{vote.in_favour}、反对{vote.against}、弃权{vote.abstained}，"
            f"同意须{rule.pass_min}（以{words}{whole}计），{'达到' if passed else '没有达到'}。"
        ),
    )


def _counts_agree(vote: Vote) -> tuple[bool, str]:
    ballots = vote.in_favour + vote.against + vote.abstained
    if ballots != vote.present:
        return False, f"票数合计{ballots}与实到{vote.present}不符，应当重新计票。"
    if vote.present > vote.eligible or vote.proxies > vote.present:
        return False, "实到超过应到，或者委托超过实到，应当核对签到册。"
    return True, f"票数合计{ballots}与实到人数相符。"


def _base(vote: Vote, rule: QuorumRule) -> tuple[int, str]:
    return (vote.eligible, "应到") if rule.base == "all" else (vote.present, "实到")


def _facts(vote: Vote) -> dict[str, Json]:
    facts: dict[str, Json] = vote.model_dump(mode="json", exclude={"serial", "passed"})
    return facts
