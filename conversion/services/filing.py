"""What is brought to the window for one step, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conversion.errors import ConversionError
from conversion.store.append import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What is brought for one step on one chain.

    Attributes:
        number: case number, or the programme's code.
        filled: the form as filled in, unvalidated; None only to explain a step.
        evidence: evidence id → where it lies (file number, page, photo digest).
    """

    number: str
    filled: Mapping[str, Any] | None = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one filing in a batch: a receipt, or the refusal with its reasons."""

    number: str
    receipt: Receipt | None = None
    refusal: ConversionError | None = None
