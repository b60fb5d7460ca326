"""校准页: rulers and crosshairs at known millimetres, by which a printer's offset is measured.

A sheet of the office's own, without a number: it says nothing of any household.
"""

from datetime import date

from conversion.documents.kind import DocumentKind, Facts, Occasion
from conversion.standards.fixed_point import to_text


class CalibrationSheet(Facts):
    """The facts of the 校准页.

    Attributes:
        issuing_office: whose printer; printer: as the office calls it.
        right, down: the offset at which the sheet was printed, in words.
    """

    issuing_office: str
    printer: str
    right: str
    down: str


def calibration_facts(
    office: str, printer: str, day: date, *, right: int, down: int
) -> CalibrationSheet:
    """The sheet of a printer; `right` and `down` are tenths of a millimetre."""
    return CalibrationSheet(
        number="校准页",
        day=day,
        nonce="",
        issuing_office=office,
        printer=printer,
        right=millimetres(right),
        down=millimetres(down),
    )


def millimetres(tenths: int) -> str:
    """Tenths of a millimetre as people read them.

    >>> millimetres(15), millimetres(-8)
    ('1.5', '-0.8')
    """
    return to_text(tenths, places=1)


def _never(_occasion: Occasion) -> CalibrationSheet:
    raise NotImplementedError


CALIBRATION = DocumentKind(
    id="calibration",
    title="套打校准页",
    series="校准",
    template="calibration.html",
    version="1",
    facts_model=CalibrationSheet,
    facts=_never,
    signers=(),
    copies=("工作专班",),
)
