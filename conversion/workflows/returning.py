"""Returning 退回补正: an application sent back, with everything that it lacks told at once."""

from typing import Annotated, Final

from pydantic import Field

from conversion.documents.correction_request import CORRECTION_REQUEST, RETURNING, Lacking
from conversion.domain.role import Role
from conversion.policy.deadline import Deadline
from conversion.workflows.forms import Grounds
from conversion.workflows.step import CaseCircumstances, Part, Step
from conversion.workflows.term import Term, last_day_of

Item = Annotated[str, Field(min_length=2, max_length=300)]
"""One thing to put right: which paper or entry, what is wrong with it, and how it should be."""

UNDER_REVIEW: Final = ("accepted", "reviewed", "noticed", "examined", "countersigned")
"""Where a case lies on somebody's desk."""


class Return(Grounds):
    """Why an application goes back, and all that it lacks (行政许可法 32)."""

    items: tuple[Item, ...] = Field(
        default=(),
        max_length=30,
        title="补正事项（逐项一次写全；不写的以理由为准）",
        json_schema_extra={"personal": True},
    )


def _lacking(c: CaseCircumstances) -> Lacking:
    assert isinstance(c.form, Return)
    return Lacking(
        items=c.form.items or (c.form.reason,),
        by=last_day_of(Deadline.CORRECTION, c.day, c.pack),
    )


RETURN: Final[Step[CaseCircumstances]] = Step(
    event="return_for_correction",
    title="退回补正",
    source=UNDER_REVIEW,
    target="returned",
    roles=tuple(reversed(RETURNING)),
    part=Part.EXAMINE,
    term=Term(
        deadline=Deadline.CORRECTION,
        roles=(Role.TASK_FORCE,),
    ),
    form=Return,
    documents=(CORRECTION_REQUEST,),
    tells=_lacking,
)
"""By village, street or district; the household brings what is lacking to the task force."""
