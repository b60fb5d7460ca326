"""套打: everything on a page moved in the file being written, not scaled (ISO 32000-1 §8.3.4)."""

from collections.abc import Iterable
from typing import Any

from pydyf import Array, Stream

from conversion.documents.impression import Impression

_POINTS_A_TENTH = 72 / 254
"""PDF points in a tenth of a millimetre."""


def shift(pdf: Any, pages: Iterable[Any], impression: Impression) -> None:
    """Move these pages of a file as an impression says; an unmoved file stays as it is."""
    if not (impression.right or impression.down):
        return
    x, y = impression.right * _POINTS_A_TENTH, -impression.down * _POINTS_A_TENTH
    for page in pages:
        before, after = Stream([f"q 1 0 0 1 {x:.3f} {y:.3f} cm"]), Stream(["Q"])
        pdf.add_object(before)
        pdf.add_object(after)
        inner = page["Contents"]
        parts = inner if isinstance(inner, Array) else [inner]
        page["Contents"] = Array([before.reference, *parts, after.reference])
