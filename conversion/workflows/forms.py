"""The forms that several procedures share."""

from typing import Annotated

from pydantic import Field

from conversion.policy.remedies import remedies
from conversion.workflows.step import Circumstances, Form

Reason = Annotated[str, Field(min_length=2, max_length=1000)]
"""Why one member or one row is left out; never empty."""


class Opinion(Form):
    """An examiner's or approver's written opinion."""

    opinion: str = Field(title="意见", min_length=2, max_length=500)


class Grounds(Form):
    """Why something is returned, refused, or not required."""

    reason: str = Field(title="理由", min_length=4, max_length=1000)


class Refusal(Grounds):
    """A refusal: its reasons, the clause, and the remedies told (行政许可法 38)."""

    clause: str = Field(title="依据条款", min_length=2, max_length=200)
    remedies: str = Field(title="救济途径", min_length=4, max_length=500)


class Signatures(Form):
    """Who signed; where a household has no adult, its guardian does (民法通则 16; 民法典 27)."""

    signed: tuple[str, ...] = Field(title="签字的成员（成员序号）")
    guardian: str = Field(
        default="", title="监护人", max_length=100, json_schema_extra={"personal": True}
    )


def statutory_remedies(c: Circumstances) -> str:
    """Where to turn against a decision, in the words of the pack on the day; empty without any."""
    return "".join(str(use.value) for use in remedies(c.pack))
