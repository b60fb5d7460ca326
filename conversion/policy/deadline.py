"""What an office has to have done in time 办理期限: how many days a pack gives for each."""

from enum import StrEnum


class Deadline(StrEnum):
    """What an office has to have done within some days, each by `deadline.<name>`."""

    REVIEW = "review"
    CORRECTION = "correction"
    POSTING = "posting"
    NOTICE_REMOVAL = "notice_removal"
    EXAMINATION = "examination"
    COUNTERSIGNING = "countersigning"
    APPROVAL = "approval"
    OBJECTION_REPLY = "objection_reply"
    POLICE_CHECK = "police_check"
    POLICE_APPROVAL = "police_approval"
    REGISTRATION = "registration"
    BOOKLETS = "booklets"
    LAND_CONFIRMATION = "land_confirmation"
    LAND_REGISTRATION = "land_registration"
    CERTIFICATES = "certificates"
    DEPARTMENT_ACKNOWLEDGEMENT = "department_acknowledgement"
    DEPARTMENT_RECEIPT = "department_receipt"
    HANDOVER = "handover"

    @property
    def label(self) -> str:
        """What is due, in Chinese."""
        return _DEADLINES[self]


_DEADLINES = {
    Deadline.REVIEW: "村级初审",
    Deadline.CORRECTION: "补正后重新提交",
    Deadline.POSTING: "张榜公示",
    Deadline.NOTICE_REMOVAL: "公示期满取证",
    Deadline.EXAMINATION: "镇（街道）审核",
    Deadline.COUNTERSIGNING: "部门会签",
    Deadline.APPROVAL: "区级审批",
    Deadline.OBJECTION_REPLY: "答复异议",
    Deadline.POLICE_CHECK: "派出所初审",
    Deadline.POLICE_APPROVAL: "公安机关审批",
    Deadline.REGISTRATION: "登记户口",
    Deadline.BOOKLETS: "换发簿证",
    Deadline.LAND_CONFIRMATION: "确认土地权属",
    Deadline.LAND_REGISTRATION: "不动产登记",
    Deadline.CERTIFICATES: "发放证书",
    Deadline.DEPARTMENT_ACKNOWLEDGEMENT: "部门受理权益事项",
    Deadline.DEPARTMENT_RECEIPT: "部门落实权益事项",
    Deadline.HANDOVER: "办结后移交归档",
}
