"""Indexing 编制案卷目录: the list of what lies in a file, drawn up once its case has ended."""

from enum import StrEnum
from typing import Final

from pydantic import Field

from conversion.documents.file_index import FILE_INDEX, FileContents
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.paper_life import supersede
from conversion.workflows.step import CaseCircumstances, Form, Part, Step


class Retention(StrEnum):
    """保管期限 of a file (DA/T 22-2015): Y, D30 or D10."""

    PERMANENT = "Y"
    THIRTY_YEARS = "D30"
    TEN_YEARS = "D10"

    @property
    def label(self) -> str:
        """As papers print it."""
        return {"Y": "永久", "D30": "30年", "D10": "10年"}[self]


class FileOrder(Form):
    """How long a file is kept, and its code in the archive."""

    retention: Retention = Field(
        default=Retention.PERMANENT, title="保管期限（Y 永久、D30 三十年、D10 十年）"
    )
    code: str = Field(default="", title="档号（没有的不填）", max_length=60)


def _contents(c: CaseCircumstances) -> FileContents:
    assert isinstance(c.form, FileOrder)
    return FileContents(items=c.filed, retention=c.form.retention.label, code=c.form.code)


def _drawn_up_anew(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    return supersede(c.case, kinds=(FILE_INDEX,), day=c.day, reason="重新编制案卷目录")


INDEX_FILE: Final[Step[CaseCircumstances]] = Step(
    event="index_file",
    title="编制案卷目录",
    source=("closed", "archived", "refused", "revoked", "withdrawn", "merged", "extinct"),
    target=None,
    roles=(Role.TASK_FORCE,),
    part=Part.RECORD,
    form=FileOrder,
    effect=_drawn_up_anew,
    documents=(FILE_INDEX,),
    tells=_contents,
    for_many=True,
    despite_holds=True,
    at_file=True,
)
"""Done again, it takes the place of the index before."""
