"""Land-rights confirmation 土地确权: survey, boundaries signed, notice, confirmation, registration.

Nothing here asks a household to give land up; conversion leaves every land right as it was
(农村土地承包法 27; 土地管理法实施条例 36). The real-estate register prevails over the paper.
"""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from conversion.documents.land_confirmation import LAND_CONFIRMATION
from conversion.domain.collections import put
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.deadline import Deadline
from conversion.policy.decision import Decision
from conversion.workflows.forms import Grounds, Signatures
from conversion.workflows.guards import SIGNERS_KNOWN, UNDER_WAY, all_signed, milestone, past_day
from conversion.workflows.land_survey import (
    ALL_MEASURED,
    HAS_PARCELS,
    NO_PARCELS,
    OUTLINES_SOUND,
    SURVEYED_BY_NOW,
    Survey,
    surveyed,
)
from conversion.workflows.lists import LAND_LIST
from conversion.workflows.objection import objection_steps, objections_settled
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
from conversion.workflows.step import (
    CaseCircumstances,
    Check,
    Evidence,
    Form,
    Guard,
    Part,
    Step,
    Track,
)
from conversion.workflows.term import Term
from conversion.workflows.voiding import void_step


class RegistryReceipt(Form):
    """The register's answer, parcel by parcel."""

    registered_on: date = Field(title="登记日期")
    registrations: dict[str, Annotated[str, Field(min_length=2, max_length=60)]] = Field(
        title="不动产登记号（地块序号=登记号）"
    )


def _holders_complete(c: CaseCircumstances) -> Check:
    left_out = [
        member.name
        for serial, member in c.case.members.items()
        if any(serial not in right.holders for right in c.case.land.values())
    ]
    return Check(
        satisfied=not left_out,
        found=f"漏列共有人：{'、'.join(left_out)}" if left_out else "家庭成员均列为共有人",
        remedy="勘误重新调查，列入全部共有人",
    )


def _confirmed(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    rights = (r.model_copy(update={"confirmed_on": c.day}) for r in c.case.land.values())
    return (closed_notice(c, "land"), *(put("land", r.key, r) for r in rights))


def _all_registered(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, RegistryReceipt)
    given = c.form.registrations.keys()
    lacking = [s for s in c.case.land if s not in given]
    unknown = [s for s in given if s not in c.case.land]
    return Check(
        satisfied=not lacking and not unknown,
        found=f"缺登记号：{'、'.join(lacking) or '无'}；不属本户：{'、'.join(unknown) or '无'}",
        remedy="逐宗填写登记号",
    )


def _registered(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, RegistryReceipt)
    form = c.form
    rights = (
        right.model_copy(
            update={
                "registration": form.registrations[serial],
                "registered_on": form.registered_on,
            }
        )
        for serial, right in c.case.land.items()
    )
    return tuple(put("land", right.key, right) for right in rights)


LAND: Final[Track[CaseCircumstances]] = Track(
    name="land",
    title="土地确权",
    states={
        "open": "未调查",
        "surveyed": "已调查",
        "signed": "已指界签字",
        "on_notice": "公示中",
        "objected": "异议处理中",
        "confirmed": "已确认",
        "registered": "已登记",
        "issued": "确认书已发",
        "not_applicable": "无土地权属事项",
    },
    initial="open",
    final=("issued", "not_applicable"),
    steps=(
        Step(
            event="survey",
            title="权属调查",
            source=("open",),
            target="surveyed",
            roles=(Role.SURVEYOR,),
            part=Part.ENTER,
            form=Survey,
            evidence=(Evidence(id="survey_record", title="地块调查表"),),
            guards=(
                UNDER_WAY,
                milestone("proposed"),
                HAS_PARCELS,
                ALL_MEASURED,
                OUTLINES_SOUND,
                SURVEYED_BY_NOW,
            ),
            effect=surveyed,
        ),
        Step(
            event="sign_boundaries",
            title="指界签字",
            source=("surveyed",),
            target="signed",
            roles=(Role.SURVEYOR, Role.VILLAGE, Role.GROUP),
            part=Part.RECORD,
            form=Signatures,
            evidence=(Evidence(id="boundary_record", title="指界签字表"),),
            guards=(
                Guard(
                    rule="adults_signed",
                    title="成年共有人均已签字",
                    test=all_signed,
                    reads_form=True,
                ),
                SIGNERS_KNOWN,
            ),
        ),
        posting_step(
            LAND_LIST,
            "post",
            "公示土地权属",
            (Role.VILLAGE,),
            term=Term(
                deadline=Deadline.LAND_CONFIRMATION,
                roles=(Role.STREET,),
                after_notice=True,
            ),
        ),
        *objection_steps(
            LAND_LIST,
            (Role.VILLAGE, Role.TASK_FORCE),
            (Role.STREET,),
        ),
        void_step(LAND_LIST, (Role.VILLAGE, Role.STREET)),
        Step(
            event="rectify",
            title="勘误重新调查",
            source=("on_notice",),
            target="open",
            roles=(Role.VILLAGE,),
            part=Part.RECORD,
            form=Grounds,
            guards=(objections_settled("land"),),
            effect=lambda c, _decision: withdrawn_notice(c, "land"),
        ),
        Step(
            event="confirm",
            title="确认权属",
            source=("on_notice",),
            target="confirmed",
            roles=(Role.STREET,),
            part=Part.APPROVE,
            term=Term(
                deadline=Deadline.LAND_REGISTRATION,
                roles=(Role.REGISTRY,),
            ),
            for_many=True,
            form=Removal,
            evidence=(REMOVAL_PHOTO,),
            guards=(
                window_over("land"),
                objections_settled("land"),
                found_as_posted("land"),
                list_unchanged(LAND_LIST),
                Guard(
                    rule="holders_complete",
                    title="共有人没有遗漏",
                    test=_holders_complete,
                ),
            ),
            effect=_confirmed,
        ),
        Step(
            event="register",
            title="报送不动产登记",
            source=("confirmed",),
            target="registered",
            roles=(Role.REGISTRY,),
            part=Part.RECORD,
            term=Term(
                deadline=Deadline.CERTIFICATES,
                roles=(Role.TASK_FORCE,),
            ),
            form=RegistryReceipt,
            guards=(
                Guard(
                    rule="all_registered",
                    title="每宗地块都有登记号",
                    test=_all_registered,
                    reads_form=True,
                ),
                past_day("registered_on", "登记日期"),
            ),
            effect=_registered,
        ),
        Step(
            event="issue",
            title="发放土地权属确认书",
            source=("registered",),
            target="issued",
            roles=(Role.TASK_FORCE,),
            part=Part.RECORD,
            for_many=True,
            documents=(LAND_CONFIRMATION,),
        ),
        reissue_step(("issued",), (Role.TASK_FORCE,), LAND_CONFIRMATION),
        Step(
            event="waive",
            title="确认无土地权属事项",
            source=("open",),
            target="not_applicable",
            roles=(Role.VILLAGE,),
            part=Part.RECORD,
            form=Grounds,
            guards=(
                UNDER_WAY,
                NO_PARCELS,
            ),
        ),
    ),
)
"""Land-rights confirmation, parcel by parcel in one round for the household."""
