"""The survey 权属调查 of a household's parcels: what is measured, and what it establishes."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from conversion.domain.collections import put
from conversion.domain.parcel import Parcel
from conversion.domain.right import LandRight
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.standards.area import format_square_metres
from conversion.standards.outline import CORNER, read_outline, square_metres_of_mu
from conversion.workflows.guards import past_day
from conversion.workflows.step import CaseCircumstances, Check, Form, Guard


def _as_corners(ring: object) -> object:
    """Pairs of figures as corners are written; a first corner repeated at the end left out."""
    if not isinstance(ring, list | tuple):
        return ring
    written = [
        ",".join(f"{Decimal(str(figure)):.2f}" for figure in corner)
        if isinstance(corner, list | tuple)
        else corner
        for corner in ring
    ]
    return written[:-1] if len(written) > 1 and written[0] == written[-1] else written


Ring = Annotated[
    tuple[Annotated[str, Field(pattern=CORNER)], ...],
    BeforeValidator(_as_corners),
    Field(max_length=200),
]
"""The corners of one parcel."""


class Survey(Form):
    """What the survey measured; a parcel not named keeps the area of the roster.

    Attributes:
        areas: parcel serial → area, 0.0001 亩 for farmland, 0.01 m² for building sites.
        outlines: parcel serial → its corners in order, `east,north` or GeoJSON's [east, north], in
            metres; where a parcel lies is its household's own affair.
    """

    surveyed_on: date = Field(title="调查日期")
    areas: dict[str, Annotated[int, Field(gt=0)]] = Field(
        default_factory=dict, title="实测面积（地块序号=面积）"
    )
    outlines: dict[str, Ring] = Field(
        default_factory=dict,
        title="界址点坐标（地块序号=依次各点的东、北坐标，米）",
        json_schema_extra={"personal": True},
    )


def recorded_area(parcel: Parcel) -> int | None:
    """The area on record: a site's m², else the measured and before it the contracted 亩."""
    return parcel.site_area or parcel.measured_area or parcel.contract_area


def _has_parcels(c: CaseCircumstances) -> Check:
    return Check(
        satisfied=bool(c.case.parcels),
        found=f"本户地块 {len(c.case.parcels)} 宗",
        remedy="本户无地块的，办理“确认无土地权属事项”",
    )


def _no_parcels(c: CaseCircumstances) -> Check:
    return Check(
        satisfied=not c.case.parcels,
        found=f"本户地块 {len(c.case.parcels)} 宗",
        remedy="本户有地块的，应逐宗调查确认",
    )


def _all_measured(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Survey)
    areas = c.form.areas
    lacking = [
        p.name or serial
        for serial, p in c.case.parcels.items()
        if not (areas.get(serial) or recorded_area(p))
    ]
    unknown = [serial for serial in areas if serial not in c.case.parcels]
    return Check(
        satisfied=not lacking and not unknown,
        found=f"缺面积：{'、'.join(lacking) or '无'}；不属本户：{'、'.join(unknown) or '无'}",
        remedy="逐宗填写本户地块的实测面积",
    )


def _outlines_sound(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, Survey)
    form = c.form
    faults = [
        f"{serial}{fault}"
        for serial, ring in form.outlines.items()
        if (fault := _fault(c.case.parcels.get(serial), ring, form.areas.get(serial)))
    ]
    return Check(
        satisfied=not faults,
        found="；".join(faults) or f"有界址点的地块 {len(form.outlines)} 宗，面积相符",
        remedy="核对界址点的次序和坐标；图上面积与实测面积相差不得超过百分之五",
    )


def _fault(parcel: Parcel | None, ring: tuple[str, ...], measured: int | None) -> str:
    """Why an outline can't be that of the parcel, empty when it can."""
    if parcel is None:
        return "不是本户的地块"
    outline = read_outline(ring)
    if outline.fault:
        return outline.fault
    area = measured or recorded_area(parcel) or 0
    told = area if parcel.site_area is not None else square_metres_of_mu(area)
    apart = abs(outline.area - told) * 100
    if apart <= told * _PER_CENT_APART:
        return ""
    drawn, recorded = format_square_metres(outline.area), format_square_metres(told)
    return f"图上面积 {drawn} 平方米，实测面积 {recorded} 平方米"


_PER_CENT_APART: Final = 5
"""How far an outline's area may be from the recorded one: old areas were paced, not measured."""


def _outlined(c: CaseCircumstances) -> tuple[Change, ...]:
    assert isinstance(c.form, Survey)
    drawn = ((c.case.parcels[serial], ring) for serial, ring in c.form.outlines.items())
    return tuple(
        put("parcels", parcel.serial, parcel.model_copy(update={"outline": ring}))
        for parcel, ring in drawn
    )


def surveyed(c: CaseCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    """The effect of the survey: each parcel's right, area and holders."""
    assert isinstance(c.form, Survey)
    form = c.form
    rights = (
        LandRight(
            parcel=serial,
            right=parcel.kind.right,
            area=form.areas.get(serial) or recorded_area(parcel) or 0,
            holders=tuple(c.case.members),
            surveyed_on=form.surveyed_on,
        )
        for serial, parcel in c.case.parcels.items()
    )
    return (*_outlined(c), *(put("land", right.key, right) for right in rights))


HAS_PARCELS: Final[Guard[CaseCircumstances]] = Guard(
    rule="has_parcels", title="本户有地块", test=_has_parcels
)
NO_PARCELS: Final[Guard[CaseCircumstances]] = Guard(
    rule="no_parcels", title="本户没有地块", test=_no_parcels
)
ALL_MEASURED: Final[Guard[CaseCircumstances]] = Guard(
    rule="all_measured", title="每宗地块都有面积", test=_all_measured, reads_form=True
)
OUTLINES_SOUND: Final[Guard[CaseCircumstances]] = Guard(
    rule="outlines_sound", title="界址线闭合，面积相符", test=_outlines_sound, reads_form=True
)
SURVEYED_BY_NOW: Final = past_day("surveyed_on", "调查日期")
