"""Hukou transfer 户口转移: filed with the police, who alone change the household register.

A household may be partial: each member is registered, refused, not required, or excepted with a
reason. The resident number never changes.
"""

from datetime import date
from typing import Final

from pydantic import Field

from conversion.documents.hukou_certificate import HUKOU_CERTIFICATE
from conversion.domain.collections import put
from conversion.domain.right import Registration, RegistrationResult
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.deadline import Deadline
from conversion.policy.decision import Decision
from conversion.policy.rules.registration import propose_registrations
from conversion.workflows.correction import NOBODY_NEW, SOUND, Resubmission, corrected_rows
from conversion.workflows.facts import household_facts
from conversion.workflows.forms import Grounds, Opinion, Reason, Refusal
from conversion.workflows.guards import APPROVED, members_named, nothing_due
from conversion.workflows.paper_life import reissue_step
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


class PoliceReceipt(Form):
    """What the police registered, member by member; who is not named was registered."""

    receipt: str = Field(title="户口登记回执号", min_length=2, max_length=60)
    registered_on: date = Field(title="登记日期")
    refused: dict[str, Reason] = Field(default_factory=dict, title="不予登记的成员（序号=理由）")
    excepted: dict[str, Reason] = Field(default_factory=dict, title="暂不转换的成员（序号=理由）")


def _proposal(c: CaseCircumstances) -> Decision:
    return propose_registrations(household_facts(c), c.pack)


def _registered(c: CaseCircumstances, decision: Decision | None) -> tuple[Change, ...]:
    assert decision is not None
    rows = decision.rows_of(Registration)
    return tuple(put("registrations", row.key, _as_answered(row, c.form)) for row in rows)


def _as_answered(row: Registration, form: Form | None) -> Registration:
    assert isinstance(form, PoliceReceipt)
    if row.member in form.refused:
        return _kept_out(row, RegistrationResult.REFUSED, form.refused[row.member])
    if row.member in form.excepted:
        return _kept_out(row, RegistrationResult.EXCEPTED, form.excepted[row.member])
    if row.result is not RegistrationResult.REGISTERED:
        return row
    return row.model_copy(update={"day": form.registered_on, "receipt": form.receipt})


def _kept_out(row: Registration, result: RegistrationResult, reason: str) -> Registration:
    return row.model_copy(update={"result": result, "after": row.before, "reason": reason})


def _members_named(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, PoliceReceipt)
    return members_named((*c.form.refused, *c.form.excepted), c)


def _answers_agree(c: CaseCircumstances) -> Check:
    """Each member has one answer, and at least one was registered."""
    assert isinstance(c.form, PoliceReceipt)
    kept_out = c.form.refused.keys() | c.form.excepted.keys()
    twice = sorted(c.form.refused.keys() & c.form.excepted.keys())
    registered = [serial for serial in _converting(c) if serial not in kept_out]
    return Check(
        satisfied=bool(registered) and not twice,
        found=f"登记 {len(registered)} 人；填了两种结果的成员：{'、'.join(twice) or '无'}",
        remedy="每名成员只填一种结果；无人登记的，由县级公安机关办理“不予登记”",
    )


def _day_fits(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, PoliceReceipt)
    day, approved = c.form.registered_on, c.case.done_on("case.approve")
    return Check(
        satisfied=approved is not None and approved <= day <= c.day,
        found=f"登记日期 {day:%Y-%m-%d}，今天 {c.day:%Y-%m-%d}",
        remedy="按回执填写，登记日期不得早于本户批准之日，也不得晚于今天",
    )


def _converting(c: CaseCircumstances) -> list[str]:
    rows = _proposal(c).rows_of(Registration)
    return [row.member for row in rows if row.result is RegistrationResult.REGISTERED]


def _to_convert(c: CaseCircumstances) -> str:
    names = [c.case.members[serial].name for serial in _converting(c)]
    return f"{'、'.join(names)}应报公安机关办理" if names else ""


HUKOU: Final[Track[CaseCircumstances]] = Track(
    name="hukou",
    title="户口转移",
    states={
        "open": "未申报",
        "filed": "已报公安机关",
        "returned": "退回补正",
        "checked": "派出所已初审",
        "approved": "公安机关已审批",
        "registered": "已登记",
        "handed_over": "簿证已换发",
        "refused": "不予登记",
        "not_required": "无需转换",
    },
    initial="open",
    final=("handed_over", "refused", "not_required"),
    steps=(
        Step(
            event="file",
            title="报送公安机关",
            source=("open",),
            target="filed",
            roles=(Role.TASK_FORCE,),
            part=Part.ENTER,
            term=Term(
                deadline=Deadline.POLICE_CHECK,
                roles=(Role.POLICE_STATION,),
            ),
            for_many=True,
            evidence=(
                Evidence(id="household_booklet", title="居民户口簿"),
                Evidence(id="identity_cards", title="居民身份证"),
            ),
            guards=(APPROVED,),
            decide=_proposal,
        ),
        Step(
            event="check",
            title="派出所初审",
            source=("filed",),
            target="checked",
            roles=(Role.POLICE_STATION,),
            part=Part.EXAMINE,
            term=Term(
                deadline=Deadline.POLICE_APPROVAL,
                roles=(Role.COUNTY_POLICE,),
            ),
            for_many=True,
            form=Opinion,
        ),
        Step(
            event="approve",
            title="公安机关审批",
            source=("checked",),
            target="approved",
            roles=(Role.COUNTY_POLICE,),
            part=Part.APPROVE,
            term=Term(
                deadline=Deadline.REGISTRATION,
                roles=(Role.POLICE_STATION,),
            ),
            for_many=True,
            form=Opinion,
        ),
        Step(
            event="register",
            title="登记户口",
            source=("approved",),
            target="registered",
            roles=(Role.POLICE_STATION,),
            part=Part.RECORD,
            term=Term(
                deadline=Deadline.BOOKLETS,
                roles=(Role.TASK_FORCE,),
            ),
            form=PoliceReceipt,
            guards=(
                APPROVED,
                Guard(
                    rule="members_named",
                    title="所列成员均在本户",
                    test=_members_named,
                    reads_form=True,
                ),
                Guard(
                    rule="answers_agree",
                    title="每人一种结果，至少登记一人",
                    test=_answers_agree,
                    reads_form=True,
                ),
                Guard(
                    rule="registered_in_time",
                    title="登记日期在批准之后、今天以前",
                    test=_day_fits,
                    reads_form=True,
                ),
            ),
            decide=_proposal,
            effect=_registered,
        ),
        Step(
            event="hand_over",
            title="换发簿证",
            source=("registered",),
            target="handed_over",
            roles=(Role.TASK_FORCE,),
            part=Part.RECORD,
            evidence=(Evidence(id="delivery_receipt", title="簿证签收单"),),
            documents=(HUKOU_CERTIFICATE,),
        ),
        reissue_step(("handed_over",), (Role.TASK_FORCE,), HUKOU_CERTIFICATE),
        Step(
            event="return_for_correction",
            title="退回补正",
            source=("filed", "checked"),
            target="returned",
            roles=(Role.POLICE_STATION, Role.COUNTY_POLICE),
            part=Part.EXAMINE,
            term=Term(
                deadline=Deadline.CORRECTION,
                roles=(Role.TASK_FORCE,),
            ),
            form=Grounds,
        ),
        Step(
            event="resubmit",
            title="补正后重新报送",
            source=("returned",),
            target="filed",
            roles=(Role.TASK_FORCE,),
            part=Part.ENTER,
            term=Term(
                deadline=Deadline.POLICE_CHECK,
                roles=(Role.POLICE_STATION,),
            ),
            form=Resubmission,
            guards=(*SOUND, NOBODY_NEW),
            effect=corrected_rows,
        ),
        Step(
            event="refuse",
            title="不予登记",
            source=("filed", "checked", "approved"),
            target="refused",
            roles=(Role.COUNTY_POLICE,),
            part=Part.APPROVE,
            form=Refusal,
        ),
        Step(
            event="waive",
            title="确认无需转换",
            source=("open", "returned"),
            target="not_required",
            roles=(Role.TASK_FORCE,),
            part=Part.RECORD,
            form=Grounds,
            guards=(nothing_due(_to_convert),),
        ),
    ),
)
"""Hukou transfer; the police receipt decides, member by member."""
