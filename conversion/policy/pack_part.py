"""What every part of a pack has in common: strict, frozen, without unknown keys."""

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field


class PackPart(BaseModel):
    """A piece of a pack. Read from JSON values only, so that lists become tuples strictly."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Id: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=1000)]


class PackReference(PackPart):
    """The place in one of the pack's documents on which a value rests.

    Attributes:
        document: id in `pack.yaml`.
        article: e.g. `第二十六条`; empty when only the document as a whole can be named.
    """

    document: Id
    article: str = Field(default="", max_length=80)


class Sourced(PackPart):
    """What rests on a document.

    Attributes:
        illustrative: an example (示例), not a figure of the office; printed so.
    """

    reference: PackReference
    illustrative: bool = False
