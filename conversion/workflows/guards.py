"""The named rules that several procedures share."""

from collections.abc import Callable, Mapping

from conversion.domain.case import Case
from conversion.domain.household import Member
from conversion.domain.representation import RepresentationKind
from conversion.workflows.forms import Signatures
from conversion.workflows.need import Need, Needs, are_met
from conversion.workflows.step import (
    CaseCircumstances,
    Check,
    Circumstances,
    Guard,
    ProgrammeCircumstances,
)

MAJORITY = 18
"""Years of age from which a person signs alone (民法通则 11; 民法典 17)."""

MILESTONE_TITLES = {
    "proposed": "实施方案已提出",
    "resolved": "村民会议已表决通过",
    "dated": "基准日已确定",
    "inventoried": "清产核资已完成",
    "roll_confirmed": "成员名册已表决确认",
    "plan_adopted": "折股量化方案已表决通过",
    "approved": "区人民政府已批复",
    "founded": "社区已成立",
}


def milestone(name: str) -> Guard[Circumstances]:
    """The village's programme stands at or past a milestone."""

    def test(c: Circumstances) -> Check:
        day = c.programme.reached_on(name)
        return Check(
            satisfied=c.programme.has_reached(name),
            found=f"{day:%Y-%m-%d} 已完成" if day else "本村尚未办到这一步",
            remedy=f"待本村“{MILESTONE_TITLES[name]}”后办理",
        )

    return Guard(rule=f"milestone.{name}", title=MILESTONE_TITLES[name], test=test)


def no_case_in(level: str, states: tuple[str, ...]) -> Callable[[ProgrammeCircumstances], Check]:
    """The finding that no household stands in one of these states any more."""

    def test(c: ProgrammeCircumstances) -> Check:
        waiting = sum(c.tally.get(f"{level}.{state}", 0) for state in states)
        return Check(
            satisfied=not waiting,
            found=f"尚有 {waiting} 户未办到",
            remedy="办完这些户，或按程序撤回、不予批准；两次送达仍不签字的，登记后依职权办理",
        )

    return test


def past_day(field: str, title: str) -> Guard[Circumstances]:
    """A day that the form tells is not later than the day of the step."""

    def test(c: Circumstances) -> Check:
        told = getattr(c.form, field)
        return Check(
            satisfied=told <= c.day,
            found=f"{title} {told:%Y-%m-%d}，今天 {c.day:%Y-%m-%d}",
            remedy=f"据实填写{title}，不得晚于今天",
        )

    return Guard(rule=f"{field}_past", title=f"{title}不晚于今天", test=test, reads_form=True)


def requires(
    rule: str, title: str, need: Need, *, found: tuple[str, str], remedy: str
) -> Guard[CaseCircumstances]:
    """Another level of the case stands where a step needs it.

    Args:
        rule: id of the guard; `title` its Chinese title.
        title: see rule.
        need: where the level must stand.
        found: what is there when it does, and when it does not.
        remedy: what would bring it there.
    """

    def test(c: CaseCircumstances) -> Check:
        satisfied = need.is_met(c.case.positions)
        return Check(satisfied=satisfied, found=found[not satisfied], remedy=remedy)

    return Guard(rule=rule, title=title, test=test, needs=((need,),))


UNDER_WAY: Guard[CaseCircumstances] = requires(
    "case_under_way",
    "本户案件已受理",
    Need(level="case", states=("draft", "merged"), outside=True),
    found=("本户案件已受理", "本户案件尚未受理，或已并入他户"),
    remedy="先受理本户申请；已并户的，在并入的户办理",
)
"""Land and changes in a household go on in a withdrawn or refused case, but not in a draft."""

IS_APPROVED = Need(level="case", states=("approved", "closed"))


def _case_is_approved(c: CaseCircumstances) -> Check:
    day = c.case.done_on("case.approve")
    approved = IS_APPROVED.is_met(c.case.positions)
    return Check(
        satisfied=approved,
        found=f"{day:%Y-%m-%d} 已批准"
        if approved and day
        else "本户申请尚未批准，或者正在更正、已被撤销",
        remedy="待区人民政府批准本户申请后办理",
    )


APPROVED: Guard[CaseCircumstances] = Guard(
    rule="case_approved",
    title="本户申请已批准",
    test=_case_is_approved,
    needs=((IS_APPROVED,),),
)

HAS_ENDED: Needs = (
    (Need(level="case", states=("withdrawn", "refused", "revoked")),),
    (Need(level="hukou", states=("refused",)),),
)
"""The conversion has come to its end without a change of hukou."""


def nothing_due(due: Callable[[CaseCircumstances], str], *also: Need) -> Guard[CaseCircumstances]:
    """The conversion has ended without a change of hukou, or an approved case has nothing to do.

    Args:
        due: what the household has to do here, in Chinese; empty when nothing, which it may only
            be where `also` is met.
        also: what must stand before anybody can tell.
    """

    def test(c: CaseCircumstances) -> Check:
        if are_met(HAS_ENDED, c.case.positions):
            return Check(satisfied=True, found="本户申请已撤回、不予批准、已撤销或不予登记")
        approved = _case_is_approved(c)
        if not approved.satisfied:
            return approved
        found = due(c)
        return Check(
            satisfied=not found, found=found or "本户没有这类事项", remedy="按正常步骤办理本事项"
        )

    return Guard(
        rule="nothing_due",
        title="本户无须办理本事项",
        test=test,
        needs=(*HAS_ENDED, (IS_APPROVED, *also)),
    )


def adults(case: Case, c: Circumstances) -> dict[str, Member]:
    """Members of full age on the day, by serial."""
    return {serial: m for serial, m in case.members.items() if m.age_on(c.day) >= MAJORITY}


def all_signed(c: CaseCircumstances) -> Check:
    """Every adult signed, or a guardian where there is no adult."""
    assert isinstance(c.form, Signatures)
    signed, grown = c.form.signed, adults(c.case, c)
    missing = [
        m.name
        for serial, m in grown.items()
        if serial not in signed and not _cannot_sign(c.case, serial, c)
    ]
    if not grown and not c.form.guardian and not _guarded(c.case, c):
        missing = ["监护人（本户没有成年人）"]
    return Check(
        satisfied=not missing,
        found=f"未签字：{'、'.join(missing)}" if missing else "成年成员均已签字",
        remedy="请其本人或持委托书的代理人签字后补录",
    )


def _cannot_sign(case: Case, serial: str, c: Circumstances) -> bool:
    """The missing and wards of full age don't sign; a proxy signs in the absent person's place."""
    found = case.representations.get(serial)
    on_day = found is not None and found.counts_on(c.day)
    return on_day and found is not None and found.kind is not RepresentationKind.PROXY


def _guarded(case: Case, c: Circumstances) -> bool:
    """Whether a guardian is on record for somebody of a household without adults."""
    rows = case.representations.values()
    return any(r.kind is RepresentationKind.GUARDIAN and r.counts_on(c.day) for r in rows)


def _signers_known(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Signatures)
    return members_named(c.form.signed, c)


SIGNERS_KNOWN: Guard[CaseCircumstances] = Guard(
    rule="signers_known", title="签字的均为本户成员", test=_signers_known, reads_form=True
)


def one_head(members: Mapping[str, Member]) -> Check:
    """A household has exactly one head."""
    heads = [m for m in members.values() if m.is_head]
    return Check(
        satisfied=len(heads) == 1,
        found=f"户主 {len(heads)} 人",
        remedy="核对户口簿，只保留一名户主（关系代码 02）",
    )


def numbers_complete(members: Mapping[str, Member]) -> Check:
    """Everybody has a resident number, or a remark that says why not."""
    lacking = [m.name for m in members.values() if not m.resident_number and not m.remark]
    return Check(
        satisfied=not lacking,
        found=f"缺身份号码且无说明：{'、'.join(lacking)}" if lacking else "身份号码齐全",
        remedy="补登公民身份号码，或在备注中说明原因",
    )


def members_named(serials: tuple[str, ...], c: CaseCircumstances) -> Check:
    """Whoever a form names by serial is a member of the household."""
    unknown = [serial for serial in serials if serial not in c.case.members]
    return Check(
        satisfied=not unknown,
        found=f"本户没有成员 {'、'.join(unknown)}" if unknown else "所列成员均在本户",
        remedy="填写本户成员序号",
    )
