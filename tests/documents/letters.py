"""The acts that write letters and receipts, with what their steps tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from conversion.documents.acceptance_receipt import Taken
from conversion.documents.correction_request import Lacking
from conversion.documents.delivery_receipt import DeliveredPaper, Errand
from conversion.documents.file_index import FileContents, FiledItem
from conversion.documents.kind import HouseholdKind, VillageOccasion
from conversion.documents.rectification_notice import EndedPaper, Rectified, Rewritten
from conversion.documents.revocation_notice import Revoked
from conversion.domain.case import Case
from conversion.domain.notice import Notice, ObjectionState
from conversion.domain.paper_loss import PaperLoss
from conversion.domain.role import Role
from tests.builders import a_programme, an_event, an_objection

ITEMS = (
    "户口簿第3页：登记的是十五位身份号码，请补交派出所出具的号码升位证明原件。",
    "入户核查表：成员张永强没有签字，请本人签字，或者提交委托书。",
)
LOST = "坪社股〔2009〕0003号"
STATUTORY = "可以自知道之日起六十日内申请行政复议，也可以自知道之日起三个月内提起行政诉讼。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """An act that writes a letter, and what its step tells."""

    event: str
    role: Role
    form: Mapping[str, Any] = field(default_factory=dict)
    told: Any = None
    level: str = "case"


WRITINGS: Mapping[str, Writing] = {
    "acceptance_receipt": Writing(
        event="accept",
        role=Role.TASK_FORCE,
        form={"signed": ["01", "02"]},
        told=Taken(materials=("村改社区申请审批表", "入户核查表"), review_by=date(2009, 11, 6)),
    ),
    "correction_request": Writing(
        event="return_for_correction",
        role=Role.VILLAGE,
        form={"reason": "户口簿与申请表不一致。"},
        told=Lacking(items=ITEMS, by=date(2009, 10, 19)),
    ),
    "refusal_decision": Writing(
        event="refuse",
        role=Role.DISTRICT,
        form={
            "reason": "该户系空挂户，在本村无住房、无承包地。",
            "clause": "“村改社区”工作实施方案（示例）",
            "remedies": "可自收到之日起六十日内向遵义市人民政府申请行政复议。",
        },
        told=STATUTORY,
    ),
    "objection_acceptance": Writing(
        event="accept_objection",
        role=Role.STREET,
        form={"objection": "O01"},
        told=date(2009, 10, 21),
    ),
    "objection_reply": Writing(
        event="settle",
        role=Role.STREET,
        form={"objection": "O01", "upheld": False},
        told=STATUTORY,
    ),
    "rectification_notice": Writing(
        event="correct",
        role=Role.DISTRICT,
        form={
            "corrected": "民族更正为苗族，以户口簿为准。",
            "decision_number": "汇府更〔2010〕1号",
        },
        told=Rectified(
            rewritten=(
                Rewritten(whose="张德明", what="民族", before="汉族", after="苗族"),
                Rewritten(whose="全户", what="电话", before="", after="138****1234"),
            ),
            again=("户口转移", "权利义务对接"),
            papers=(EndedPaper(number="坪社户转〔2009〕0003号", title="户口转换证明"),),
        ),
    ),
    "loss_announcement": Writing(
        event="declare_loss",
        role=Role.TASK_FORCE,
        form={"number": LOST, "place": "村务公开栏"},
        told="股权证书",
    ),
    "void_announcement": Writing(event="void_notice", role=Role.VILLAGE),
    "revocation_notice": Writing(
        event="revoke",
        role=Role.DISTRICT,
        form={
            "reason": "经核查，该户提交的居住证明系伪造。",
            "clause": "“村改社区”工作实施方案（示例）",
            "remedies": "可自收到之日起六十日内向遵义市人民政府申请行政复议。",
            "decision_number": "汇府撤〔2010〕1号",
        },
        told=Revoked(
            papers=(EndedPaper(number="坪社户转〔2009〕0003号", title="户口转换证明"),),
            statutory=STATUTORY,
        ),
    ),
    "file_index": Writing(
        event="index_file",
        role=Role.TASK_FORCE,
        told=FileContents(
            items=(
                FiledItem(
                    title="村改社区申请审批表",
                    reference="一组卷1页1",
                    handler="周晓梅",
                    day=date(2009, 9, 2),
                    pages=None,
                    remark="",
                ),
                FiledItem(
                    title="户口转换证明",
                    reference="坪社户转〔2009〕0003号",
                    handler="周晓梅",
                    day=date(2009, 9, 12),
                    pages=1,
                    remark="已被取代",
                ),
            ),
            retention="永久",
            code="Z109-WS·2009-Y-CGJ-0001",
        ),
    ),
    "delivery_receipt": Writing(
        event="prepare_delivery",
        role=Role.TASK_FORCE,
        told=Errand(
            recipient="张𣒍明",
            address="贵州省遵义市汇川区高坪镇大坪村六组12号",
            papers=(DeliveredPaper(number="坪社不批〔2009〕7号", title="不予批准决定书"),),
        ),
    ),
}
"""Kind of letter → the act that writes it."""

VOID: Mapping[str, Any] = {
    "voided_on": date(2009, 9, 6),
    "void_reason": "公示期未满即被撤下：六组的榜被人撕走。",
}


def written_to(kind: HouseholdKind, case: Case) -> tuple[Case, Any]:
    """The case with the act that writes the letter as its newest, and what its step tells."""
    writing = WRITINGS[kind.id]
    seq = len(case.past) + 1
    if writing.event == "void_notice":
        case = _with_a_void_list(case)
    if writing.event == "declare_loss":
        case = replace(case, losses={LOST: a_loss()})
    if "objection" in writing.form:
        case = _with_an_objection(case, answered=writing.event == "settle")
    done = an_event(
        writing.level,
        writing.event,
        seq=seq,
        day=date(2009, 10, 12),
        role=writing.role,
        form=writing.form,
    )
    return replace(case, past=(*case.past, done)), writing.told


def _with_a_void_list(case: Case) -> Case:
    notice = case.current_notice("case")
    assert notice
    return replace(case, notices={**case.notices, notice.key: notice.model_copy(update=VOID)})


def _with_an_objection(case: Case, *, answered: bool) -> Case:
    state = ObjectionState.DISMISSED if answered else ObjectionState.ACCEPTED
    findings = "调查人：王志远、何永清。经入户核对，人口与户口簿一致。" if answered else ""
    told = {"state": state, "findings": findings}
    row = an_objection().model_copy(update=told)
    return replace(case, objections={row.key: row})


def a_loss() -> PaperLoss:
    """A certificate that is sought for thirty days."""
    return PaperLoss(
        number=LOST,
        declared_on=date(2009, 10, 12),
        days=30,
        working_days=False,
        last_day=date(2009, 11, 11),
        place="村务公开栏",
    )


def a_void_list_of_the_village(number: str) -> VillageOccasion[None]:
    """What the announcement of a void list of the whole village is made from."""
    notice = Notice(
        serial="N01",
        level="programme",
        kind="plan",
        title="实施方案公示",
        posted_on=date(2009, 9, 1),
        last_day=date(2009, 9, 11),
        days=10,
        working_days=False,
        place="村务公开栏",
        content_sha256="0123abcd" * 8,
        **VOID,
    )
    act = an_event("programme", "void_notice", seq=3, role=Role.STREET)
    return VillageOccasion(
        number=number,
        day=date(2009, 10, 12),
        nonce="0a" * 10,
        programme=a_programme(at="proposed", notices={"N01": notice}, past=(act,)),
        told=None,
    )
