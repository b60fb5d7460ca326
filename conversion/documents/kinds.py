"""The registry: every kind of paper there is."""

from conversion.documents.acceptance_receipt import ACCEPTANCE_RECEIPT
from conversion.documents.approval_form import APPROVAL_FORM
from conversion.documents.benefit_assessment import BENEFIT_ASSESSMENT
from conversion.documents.case_history import CASE_HISTORY
from conversion.documents.correction_request import CORRECTION_REQUEST
from conversion.documents.count_sheet import COUNT_SHEET
from conversion.documents.day_record import DAY_RECORD
from conversion.documents.delivery_receipt import DELIVERY_RECEIPT
from conversion.documents.entitlement_statement import ENTITLEMENT_STATEMENT
from conversion.documents.file_index import FILE_INDEX
from conversion.documents.handover_list import HANDOVER_LIST
from conversion.documents.hukou_certificate import HUKOU_CERTIFICATE
from conversion.documents.kind import AnyKind, HouseholdKind
from conversion.documents.land_confirmation import LAND_CONFIRMATION
from conversion.documents.loss_announcement import LOSS_ANNOUNCEMENT
from conversion.documents.meeting_minutes import MEETING_MINUTES
from conversion.documents.objection_acceptance import OBJECTION_ACCEPTANCE
from conversion.documents.objection_reply import OBJECTION_REPLY
from conversion.documents.public_notice import PUBLIC_NOTICE
from conversion.documents.rectification_notice import RECTIFICATION_NOTICE
from conversion.documents.refusal_decision import REFUSAL_DECISION
from conversion.documents.revocation_notice import REVOCATION_NOTICE
from conversion.documents.share_calculation import SHARE_CALCULATION
from conversion.documents.share_certificate import SHARE_CERTIFICATE
from conversion.documents.void_announcement import VILLAGE_VOID_ANNOUNCEMENT, VOID_ANNOUNCEMENT
from conversion.errors import NotFound

HOUSEHOLD_KINDS: tuple[HouseholdKind, ...] = (
    ACCEPTANCE_RECEIPT,
    CORRECTION_REQUEST,
    OBJECTION_ACCEPTANCE,
    OBJECTION_REPLY,
    VOID_ANNOUNCEMENT,
    LOSS_ANNOUNCEMENT,
    APPROVAL_FORM,
    REFUSAL_DECISION,
    RECTIFICATION_NOTICE,
    REVOCATION_NOTICE,
    HUKOU_CERTIFICATE,
    SHARE_CALCULATION,
    SHARE_CERTIFICATE,
    LAND_CONFIRMATION,
    BENEFIT_ASSESSMENT,
    ENTITLEMENT_STATEMENT,
    DELIVERY_RECEIPT,
    FILE_INDEX,
)
"""Papers of a household, in the order in which its file holds them."""

VILLAGE_KINDS: tuple[AnyKind, ...] = (
    PUBLIC_NOTICE,
    VILLAGE_VOID_ANNOUNCEMENT,
    COUNT_SHEET,
    MEETING_MINUTES,
    HANDOVER_LIST,
)
"""Papers of the village, which steps of its programme issue."""

PRINT_OUTS: tuple[AnyKind, ...] = (CASE_HISTORY, DAY_RECORD)
"""What is printed from the log, without a number of its own."""

KINDS = (*HOUSEHOLD_KINDS, *VILLAGE_KINDS)


def kind_of(id: str) -> AnyKind:  # noqa: A002  # it is the field's name
    """The kind with an id.

    >>> kind_of("share_certificate").title
    '股权证书'

    Raises:
        NotFound: there is none.
    """
    for kind in KINDS:
        if kind.id == id:
            return kind
    known = "、".join(kind.id for kind in KINDS)
    raise NotFound("查找文书种类", f"没有名为 {id} 的文书", f"在 {known} 中选择")
