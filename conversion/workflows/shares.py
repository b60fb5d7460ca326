"""Asset shareholding 资产股份化: membership confirmed, shares allotted, booked and certified.

Independent of the hukou: it goes on in a withdrawn or refused case, and in one that never converts.
"""

from typing import Final

from conversion.documents.share_calculation import SHARE_CALCULATION
from conversion.documents.share_certificate import SHARE_CERTIFICATE
from conversion.domain.right import MembershipStanding
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.deadline import Deadline
from conversion.policy.decision import Decision
from conversion.workflows.allotting import ALLOTTED, ONLY_MEMBERS, allocated, explained
from conversion.workflows.dispute import DISPUTE_STEPS
from conversion.workflows.forms import Grounds
from conversion.workflows.guards import milestone
from conversion.workflows.lists import MEMBERS_LIST, SHARES_LIST
from conversion.workflows.membership import (
    BASE_DATE_OVER,
    EVERYONE_DECIDED,
    EVERYONE_SETTLED,
    FINDINGS,
    Survey,
    confirm,
    memberships,
    propose,
)
from conversion.workflows.objection import objection_steps, objections_settled
from conversion.workflows.outcome import RESOLVE_DISPUTE
from conversion.workflows.paper_life import reissue_step
from conversion.workflows.publicity import (
    REMOVAL_PHOTO,
    Removal,
    closed_notice,
    found_as_posted,
    list_unchanged,
    posting_step,
    window_over,
    withdrawn_notice,
)
from conversion.workflows.redress import with_redress
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
from conversion.workflows.unsigned import MAY_BE_SURVEYED
from conversion.workflows.voiding import void_step


def _nobody_is_member(c: CaseCircumstances) -> Check:
    rows = c.case.memberships.values()
    others = [m for m in rows if m.standing is not MembershipStanding.NOT_CONFIRMED]
    return Check(
        satisfied=not others,
        found=f"已确认或有争议的 {len(others)} 人",
        remedy="本户有成员的，应配股到人；有争议的，待其了结",
    )


def _close_shares_notice(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    return (closed_notice(c, "shares"),)


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
                MAY_BE_SURVEYED,
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
            (Role.COLLECTIVE, Role.VILLAGE),
            (Role.VILLAGE, Role.STREET),
        ),
        void_step(MEMBERS_LIST, (Role.SUPERVISORS, Role.COLLECTIVE)),
        *DISPUTE_STEPS,
        RESOLVE_DISPUTE,
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
                list_unchanged(MEMBERS_LIST),
                milestone("roll_confirmed"),
                EVERYONE_DECIDED,
                EVERYONE_SETTLED,
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
                *ALLOTTED,
            ),
            decide=explained,
            effect=allocated,
            documents=(SHARE_CALCULATION,),
        ),
        reissue_step(
            ("allocated", "shares_on_notice", "booked"), (Role.COLLECTIVE,), SHARE_CALCULATION
        ),
        posting_step(SHARES_LIST, "post_shares", "公示股权", (Role.COLLECTIVE,)),
        *with_redress(
            objection_steps(
                SHARES_LIST,
                (Role.COLLECTIVE, Role.VILLAGE),
                (Role.VILLAGE, Role.STREET),
            )
        ),
        void_step(SHARES_LIST, (Role.SUPERVISORS, Role.COLLECTIVE)),
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
                list_unchanged(SHARES_LIST),
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
        reissue_step(("certified",), (Role.COLLECTIVE,), SHARE_CALCULATION, SHARE_CERTIFICATE),
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
