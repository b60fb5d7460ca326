"""Whether a body may be called to a matter, and whether its vote carries it 表决是否有效."""

from collections.abc import Iterator
from dataclasses import replace

from conversion.domain.meeting import Meeting
from conversion.domain.programme import Vote
from conversion.domain.standing import Json
from conversion.policy.decision import Decision, FactUse, Formula, ParameterUse
from conversion.policy.judgement import Judgement, judged
from conversion.policy.pack import PackOnDay
from conversion.policy.parameter_shape import Body, QuorumRule, Threshold, shaped

RULE = "quorum"


def may_be_called(meeting: Meeting, pack: PackOnDay) -> Decision:
    """Whether the body may decide each matter of a meeting, and is called to it in time.

    Args:
        meeting: as the notice says.
        pack: as it stands on the day the meeting is called for.
    """
    decided = [_called_to(meeting, matter, pack) for matter in meeting.matters]
    return Decision(
        rule=RULE,
        granted=all(decision.granted for decision in decided),
        reasons=_distinct(reason for d in decided for reason in d.reasons),
        references=tuple(dict.fromkeys(r for d in decided for r in d.references)),
        facts=meeting.model_dump(mode="json", include={"body", "matters", "noticed_on"}),
        parameters=tuple(use for d in decided for use in d.parameters),
        lines=tuple(line for d in decided for line in d.lines),
    )


def meets_quorum(vote: Vote, pack: PackOnDay) -> Decision:
    """Whether the body may decide the matter, was called in time, is quorate and has agreed.

    The pack's parameter `quorum.<body>.<matter>` says how; a body without one may not decide, and
    one that `barred.<body>.<matter>` names may decide no more.

    Args:
        vote: as counted.
        pack: as it stands on the day of the vote.
    """
    facts = vote.model_dump(mode="json", exclude={"serial", "passed"})
    refusal = _not_its_matter(vote.body, vote.matter, pack, facts)
    if refusal:
        return refusal
    use = pack.use(f"quorum.{vote.body}.{vote.matter}")
    rule = shaped(use, QuorumRule)
    facts["measures"] = [*_measures(vote, rule)]
    return judged(RULE, _tests(vote, rule, use), (use,), facts)


def fails_quorum(vote: Vote, pack: PackOnDay) -> Decision:
    """Whether a vote has failed, so that it is on record that the matter was not carried.

    A miscount is no result: it neither carries a matter nor fails it.
    """
    decision = meets_quorum(vote, pack)
    count = _counts_agree(vote)
    if not count.met:
        return replace(decision, granted=False, reasons=(count.sentence,), lines=(count.line,))
    if decision.granted:
        reasons = (*decision.reasons, "表决已达到规定的比例，应当登记为通过。")
        return replace(decision, granted=False, reasons=reasons)
    return replace(decision, granted=True)


def _called_to(meeting: Meeting, matter: str, pack: PackOnDay) -> Decision:
    facts: dict[str, Json] = {"matter": matter}
    refusal = _not_its_matter(meeting.body, matter, pack, facts)
    if refusal:
        return refusal
    use = pack.use(f"quorum.{meeting.body}.{matter}")
    days = (meeting.planned_on - meeting.noticed_on).days
    return judged(RULE, (_in_time(matter, days, use),), (use,), facts)


def _not_its_matter(
    body: str, matter: str, pack: PackOnDay, facts: dict[str, Json]
) -> Decision | None:
    """The refusal of a body that may not, or no longer, decide a matter."""
    bar = f"barred.{body}.{matter}"
    if not pack.has(bar) and pack.has(f"quorum.{body}.{matter}"):
        return None
    able = [other for other in Body if _may_decide(other, matter, pack)]
    uses = tuple(pack.use(f"quorum.{other}.{matter}") for other in able)
    why = f"{dict(_LABELS).get(body, body)}不能表决这一事项"
    if pack.has(bar):
        uses = (pack.use(bar), *uses)
        why = str(uses[0].value).removesuffix("。")
    instead = "、".join(other.label for other in able)
    advice = f"应当由{instead}表决" if able else "政策包没有规定该事项的表决办法"
    refusal = Judgement(
        key=f"{matter}/body",
        title="表决机构",
        met=False,
        sentence=f"{why}，{advice}。",
        rests_on=uses,
    )
    return judged(RULE, (refusal,), uses, facts)


_LABELS = [(str(body), body.label) for body in Body]


def _may_decide(body: Body, matter: str, pack: PackOnDay) -> bool:
    return pack.has(f"quorum.{body}.{matter}") and not pack.has(f"barred.{body}.{matter}")


def _tests(vote: Vote, rule: QuorumRule, use: ParameterUse) -> Iterator[Judgement]:
    yield _counts_agree(vote)
    yield _in_time(vote.matter, (vote.held_on - vote.noticed_on).days, use)
    quorate = rule.present_min.is_met(vote.present, vote.eligible)
    yield Judgement(
        key=f"{vote.matter}/present",
        title="到会人数",
        met=quorate,
        sentence=(
            f"应到{vote.eligible}、实到{vote.present}（含委托{vote.proxies}），"
            f"到会须{rule.present_min}，{'达到' if quorate else '没有达到'}。"
        ),
        formula=_least("实到", vote.present, rule.present_min, ("应到", vote.eligible)),
        facts=_counted(vote, "eligible", "present", "proxies"),
        rests_on=(use,),
    )
    yield _carried(vote, rule, use)


def _carried(vote: Vote, rule: QuorumRule, use: ParameterUse) -> Judgement:
    whole, words = _base(vote, rule)
    passed = rule.pass_min.is_met(vote.in_favour, whole)
    return Judgement(
        key=f"{vote.matter}/in_favour",
        title="同意票数",
        met=passed,
        sentence=(
            f"同意{vote.in_favour}、反对{vote.against}、弃权{vote.abstained}、废票{vote.invalid}，"
            f"同意须{rule.pass_min}（以{words}{whole}计），{'达到' if passed else '没有达到'}。"
        ),
        formula=_least("同意", vote.in_favour, rule.pass_min, (words, whole)),
        facts=_counted(vote, "in_favour", "against", "abstained", "invalid"),
        rests_on=(use,),
    )


def _least(what: str, found: int, part: Threshold, of: tuple[str, int]) -> Formula:
    """What is compared: the count with the least that is enough of the whole."""
    words, whole = of
    least = part.least(whole)
    sign = "≥" if found >= least else "＜"
    return Formula(
        words=f"{what}与{words}的法定部分（{part}）相比",
        numbers=f"{whole}人{part}，至少{least}；{found} {sign} {least}",
    )


_COUNTS = {
    "eligible": "应到",
    "present": "实到",
    "proxies": "其中委托",
    "in_favour": "同意",
    "against": "反对",
    "abstained": "弃权",
    "invalid": "废票",
}


def _counted(vote: Vote, *names: str) -> tuple[FactUse, ...]:
    return tuple(FactUse(name=n, title=_COUNTS[n], value=getattr(vote, n)) for n in names)


def _measures(vote: Vote, rule: QuorumRule) -> Iterator[Json]:
    """What was required and what was reached, as papers print it from the sealed decision."""
    days, least = (vote.held_on - vote.noticed_on).days, rule.notice_days
    whole, words = _base(vote, rule)
    yield _measure("会前通知", f"提前{least}天（通知当日不计）", least, days, "天")
    yield _portion("到会", rule.present_min, vote.present, (vote.eligible, "应到"), "人")
    yield _portion("同意", rule.pass_min, vote.in_favour, (whole, words), "票")


def _portion(title: str, part: Threshold, found: int, of: tuple[int, str], unit: str) -> Json:
    whole, words = of
    return _measure(title, f"{part}（以{words}{whole}计）", part.least(whole), found, unit)


def _measure(title: str, required: str, least: int, found: int, unit: str) -> Json:
    told: dict[str, Json] = {"title": title, "required": required, "least": least}
    return told | {"found": found, "unit": unit, "reached": found >= least}


def _in_time(matter: str, days: int, use: ParameterUse) -> Judgement:
    least = shaped(use, QuorumRule).notice_days
    called = days >= least
    return Judgement(
        key=f"{matter}/notice",
        title="会前通知",
        met=called,
        sentence=(
            f"会前{days}天通知（通知当日不计），"
            f"{'符合' if called else '不符合'}提前{least}天通知的要求。"
        ),
        formula=Formula(
            words="通知次日起到开会之日的天数与规定的天数相比",
            numbers=f"{days}天 {'≥' if called else '＜'} {least}天",
        ),
        facts=(FactUse(name="notice_days", title="会前通知的天数", value=days),),
        rests_on=(use,),
    )


def _counts_agree(vote: Vote) -> Judgement:
    """Ballots may be fewer than those present, who needn't hand theirs in, but never more."""
    met, sentence = _ballots(vote)
    names = ("eligible", "present", "proxies", "in_favour", "against", "abstained", "invalid")
    return Judgement(
        key=f"{vote.matter}/count",
        title="计票",
        met=met,
        sentence=sentence,
        facts=_counted(vote, *names),
    )


def _ballots(vote: Vote) -> tuple[bool, str]:
    ballots = vote.ballots
    if ballots > vote.present:
        return False, f"票数合计{ballots}超过实到{vote.present}，应当重新计票。"
    if vote.present > vote.eligible or vote.proxies > vote.present:
        return False, "实到超过应到，或者委托超过实到，应当核对签到册。"
    missing = vote.present - ballots
    told = f"，{missing}票没有收回，不计入同意" if missing else ""
    return True, f"收回表决票{ballots}张，没有超过实到人数{told}。"


def _base(vote: Vote, rule: QuorumRule) -> tuple[int, str]:
    return (vote.eligible, "应到") if rule.base == "all" else (vote.present, "实到")


def _distinct(sentences: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))
