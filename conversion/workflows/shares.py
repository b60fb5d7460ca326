"""Asset shareholding 资产股份化: membership confirmed, shares allotted, booked and certified.

Independent of the hukou: it goes on in a withdrawn or refused case, and in one that never converts.
"""

from typing import Final

from conversion.documents.share_certificate import SHARE_CERTIFICATE
from conversion.domain.ledger import PLAN, Leg, PostingKind, account_of
from conversion.domain.right import MembershipStanding, ShareLot
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.policy.parameter_shape import Deadline
from conversion.policy.rules.share_allocation import explain_lots
from conversion.workflows.bookkeeping import ALLOCATION, book, transaction_id
from conversion.workflows.forms import Grounds
from conversion.workflows.guards import UNDER_WAY, milestone
from conversion.workflows.lists import MEMBERS_LIST, SHARES_LIST
from conversion.workflows.membership import (
    BASE_DATE_OVER,
    EVERYONE_DECIDED,
    FINDINGS,
    Survey,
    confirm,
    confirmed_members,
    memberships,
    propose,
)
from conversion.workflows.objection import objection_steps, objections_settled
from conversion.workflows.paper_life import reissue_step
from conversion.workflows.publicity import (
    REMOVAL_PHOTO,
    Removal,
    closed_notice,
    found_as_posted,
    posting_step,
    window_over,
    withdrawn_notice,
)
from conversion.workflows.rounds import lists_complete, next_list_step
from conversion.workflows.step import (
    CaseCircumstances,
    Check,
    Evidence,
    Guard,
    Part,
    Step,
    Track,
)
from conversion.workflows.term import Term
from conversion.workflows.voiding import void_step


def _someone_is_member(c: CaseCircumstances) -> Check:
    confirmed = confirmed_members(c)
    return Check(
        satisfied=bool(confirmed),
        found=f"本户已确认成员 {len(confirmed)} 人",
        remedy="本户无成员的，办理“确认不享有份额”",
    )


def _nobody_is_member(c: CaseCircumstances) -> Check:
    rows = c.case.memberships.values()
    others = [m for m in rows if m.standing is not MembershipStanding.NOT_CONFIRMED]
    return Check(
        satisfied=not others,
        found=f"已确认或有争议的 {len(others)} 人",
        remedy="本户有成员的，应配股到人；有争议的，待其了结",
    )


def _allotted(c: CaseCircumstances) -> Check:
    confirmed = confirmed_members(c)
    holders = {key.partition("/")[0] for key in c.allotment}
    return Check(
        satisfied=holders == confirmed,
        found=f"已确认成员 {len(confirmed)} 人，方案配股 {len(holders)} 人",
        remedy="按折股量化方案核对成员名册；方案之后才确认的成员从预留股份中办理",
    )


def _only_members_hold(c: CaseCircumstances) -> Check:
    ended = {
        m.member for m in c.case.memberships.values() if m.standing is MembershipStanding.ENDED
    }
    strangers = {lot.member for lot in c.case.shares.values()} - confirmed_members(c) - ended
    return Check(
        satisfied=not strangers,
        found=f"未确认成员持有份额：{'、'.join(sorted(strangers))}"
        if strangers
        else "持股人均为已确认成员",
        remedy="更正配股表",
    )


def _lots(c: CaseCircumstances) -> tuple[ShareLot, ...]:
    return tuple(
        ShareLot(member=member, share_class=share_class, units=units)
        for key, units in sorted(c.allotment.items())
        for member, _, share_class in (key.partition("/"),)
    )


def _explained(c: CaseCircumstances) -> Decision:
    plan = c.programme.plan
    assert plan is not None, "the plan_adopted milestone is a guard of this step"
    lots = {lot.key: lot for lot in _lots(c)}
    return explain_lots(lots, c.weights, c.programme.share_classes, plan, c.pack)


def _allocate(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    plan = c.programme.plan
    assert plan is not None, "the plan_adopted milestone is a guard of this step"
    legs = (
        Leg(
            share_class=lot.share_class,
            units=lot.units,
            source=PLAN,
            target=account_of(c.case.number, lot.member),
        )
        for lot in _lots(c)
        if lot.units
    )
    return book(
        c.case,
        legs,
        transaction=transaction_id(c.case.number, ALLOCATION),
        kind=PostingKind.ALLOCATION,
        day=c.day,
        paper=f"折股量化方案{plan.version}",
    )


def _close_shares_notice(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    return (closed_notice(c, "shares"),)


ONLY_MEMBERS: Final[Guard[CaseCircumstances]] = Guard(
    rule="only_members_hold",
    title="份额只登记给已确认的成员",
    test=_only_members_hold,
)

SHARES: Final[Track[CaseCircumstances]] = Track(
    name="shares",
    title="资产股份化",
    states={
        "open": "未办理",
        "members_proposed": "成员身份已提出",
        "members_on_notice": "成员名单公示中",
        "members_objected": "成员异议处理中",
        "members_confirmed": "成员身份已确认",
        "allocated": "已配股",
        "shares_on_notice": "股权公示中",
        "shares_objected": "股权异议处理中",
        "booked": "已记账",
        "certified": "已发证",
        "not_required": "不享有份额",
    },
    initial="open",
    final=("certified", "not_required"),
    steps=(
        Step(
            event="propose_members",
            title="提出成员身份意见",
            source=("open",),
            target="members_proposed",
            roles=(Role.COLLECTIVE,),
            part=Part.ENTER,
            form=Survey,
            evidence=(Evidence(id="survey_sheet", title="成员摸底表（签字按印）"),),
            guards=(
                UNDER_WAY,
                milestone("dated"),
                *FINDINGS,
                BASE_DATE_OVER,
            ),
            decide=propose,
            effect=memberships,
        ),
        posting_step(
            MEMBERS_LIST,
            "post_members",
            "公示成员名单",
            (Role.COLLECTIVE,),
            guards=(EVERYONE_DECIDED,),
        ),
        next_list_step(MEMBERS_LIST, "roll_confirmed", (Role.COLLECTIVE,), (EVERYONE_DECIDED,)),
        *objection_steps(
            MEMBERS_LIST,
            "members_objected",
            (Role.COLLECTIVE, Role.VILLAGE),
            (Role.VILLAGE, Role.STREET),
        ),
        void_step(
            "shares", "members_on_notice", "members_proposed", (Role.SUPERVISORS, Role.COLLECTIVE)
        ),
        Step(
            event="rectify_members",
            title="更正后重新提出",
            source=("members_proposed", "members_on_notice"),
            target="open",
            roles=(Role.COLLECTIVE,),
            part=Part.RECORD,
            form=Grounds,
            guards=(objections_settled("shares"),),
            effect=lambda c, _decision: withdrawn_notice(c, "shares"),
        ),
        Step(
            event="confirm_members",
            title="确认成员身份",
            source=("members_on_notice",),
            target="members_confirmed",
            roles=(Role.SUPERVISORS,),
            part=Part.APPROVE,
            for_many=True,
            form=Removal,
            evidence=(REMOVAL_PHOTO,),
            guards=(
                lists_complete(MEMBERS_LIST),
                window_over("shares"),
                objections_settled("shares"),
                found_as_posted("shares"),
                milestone("roll_confirmed"),
                EVERYONE_DECIDED,
            ),
            effect=confirm,
        ),
        Step(
            event="allocate",
            title="配股",
            source=("members_confirmed",),
            target="allocated",
            roles=(Role.COLLECTIVE,),
            part=Part.ENTER,
            for_many=True,
            guards=(
                milestone("plan_adopted"),
                Guard(
                    rule="someone_is_member",
                    title="本户有已确认的成员",
                    test=_someone_is_member,
                ),
                Guard(
                    rule="allotted",
                    title="方案已为每名成员配股",
                    test=_allotted,
                ),
            ),
            decide=_explained,
            effect=_allocate,
        ),
        posting_step(SHARES_LIST, "post_shares", "公示股权", (Role.COLLECTIVE,)),
        *objection_steps(
            SHARES_LIST,
            "shares_objected",
            (Role.COLLECTIVE, Role.VILLAGE),
            (Role.VILLAGE, Role.STREET),
        ),
        void_step("shares", "shares_on_notice", "allocated", (Role.SUPERVISORS, Role.COLLECTIVE)),
        Step(
            event="book",
            title="登记股权账",
            source=("shares_on_notice",),
            target="booked",
            roles=(Role.SUPERVISORS,),
            part=Part.APPROVE,
            term=Term(
                deadline=Deadline.CERTIFICATES,
                roles=(Role.COLLECTIVE,),
            ),
            for_many=True,
            form=Removal,
            evidence=(REMOVAL_PHOTO,),
            guards=(
                window_over("shares"),
                objections_settled("shares"),
                found_as_posted("shares"),
                ONLY_MEMBERS,
            ),
            effect=_close_shares_notice,
        ),
        Step(
            event="certify",
            title="发放股权证书",
            source=("booked",),
            target="certified",
            roles=(Role.COLLECTIVE,),
            part=Part.RECORD,
            for_many=True,
            guards=(ONLY_MEMBERS,),
            documents=(SHARE_CERTIFICATE,),
        ),
        reissue_step(("certified",), (Role.COLLECTIVE,), SHARE_CERTIFICATE),
        Step(
            event="waive",
            title="确认不享有份额",
            source=("members_confirmed",),
            target="not_required",
            roles=(Role.SUPERVISORS,),
            part=Part.APPROVE,
            form=Grounds,
            guards=(
                Guard(
                    rule="nobody_is_member",
                    title="本户无已确认的成员",
                    test=_nobody_is_member,
                ),
            ),
        ),
    ),
)
"""Asset shareholding; what happens to shares later is the ledger's."""
