"""Handing over 移交案卷: a village's files go to whoever keeps them, on a list that both sign."""

from typing import Final

from pydantic import Field

from conversion.documents.handover_list import HANDOVER_LIST, Handover
from conversion.domain.role import Role
from conversion.workflows.meeting import AT_ANY_TIME
from conversion.workflows.step import Check, Form, Guard, Part, ProgrammeCircumstances, Step

HAND_OVER: Final = "hand_over_files"


class HandoverOrder(Form):
    """Whom the files go to."""

    receiver: str = Field(title="接收单位", min_length=2, max_length=100)


def _ready(c: ProgrammeCircumstances) -> Check:
    return Check(
        satisfied=bool(c.files),
        found=f"已归档或者终结的案件 {len(c.files)} 件",
        remedy="先把案件归档（case.archive）",
    )


def _handed_over(c: ProgrammeCircumstances) -> Handover:
    assert isinstance(c.form, HandoverOrder)
    made = [paper for paper in c.programme.papers.values() if paper.file_sha256]
    return Handover(receiver=c.form.receiver, files=c.files, village_papers=len(made))


HANDING_OVER: Final[Step[ProgrammeCircumstances]] = Step(
    event=HAND_OVER,
    title="移交案卷",
    source=AT_ANY_TIME,
    target=None,
    roles=(Role.TASK_FORCE,),
    part=Part.RECORD,
    form=HandoverOrder,
    guards=(Guard(rule="files_ready", title="有已归档的案卷", test=_ready),),
    documents=(HANDOVER_LIST,),
    tells=_handed_over,
)
"""As often as files are handed over; each list has all that are archived by then."""
