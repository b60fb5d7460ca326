"""Issuing a list 制发公示榜: the paper that is hung, numbered and sealed before it is."""

from enum import StrEnum
from typing import Final

from pydantic import Field

from conversion.documents.public_notice import PUBLIC_NOTICE
from conversion.domain.role import Role
from conversion.workflows.meeting import AT_ANY_TIME
from conversion.workflows.step import Check, Form, Guard, Part, ProgrammeCircumstances, Step

ISSUE_LIST: Final = "issue_list"


class ListKind(StrEnum):
    """What a list about households is of, as the pack names its window."""

    HOUSEHOLD = "household"
    LAND = "land"
    MEMBERS = "members"
    SHARES = "shares"


class ListOrder(Form):
    """Which list is to be hung."""

    kind: ListKind = Field(
        title="公示种类（household 农户情况、land 土地权属、members 成员名单、shares 股权）"
    )
    group: str = Field(default="", title="村民小组（不填为全村）", max_length=40)
    round: int = Field(default=1, title="第几榜", ge=1, le=9)


def _drawn(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, ListOrder)
    where = c.form.group or "全村"
    return Check(
        satisfied=c.listed is not None,
        found=f"{where}第{c.form.round}榜可以张贴的 {c.listed.households if c.listed else 0} 户",
        remedy="用 conversion notice draft 查看现在可以张贴的各榜；各户先办理到张贴之前的一步",
    )


LIST_ISSUE: Final[Step[ProgrammeCircumstances]] = Step(
    event=ISSUE_LIST,
    title="制发公示榜",
    source=AT_ANY_TIME,
    target=None,
    roles=(Role.VILLAGE, Role.COLLECTIVE),
    part=Part.RECORD,
    form=ListOrder,
    guards=(Guard(rule="list_drawn", title="有可以张贴的户", test=_drawn, reads_form=True),),
    documents=(PUBLIC_NOTICE,),
    tells=lambda c: c.listed,
)
"""The list as it can be hung today: what each household's posting will be compared with."""
