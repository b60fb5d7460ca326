"""The survey 权属调查 of a household's parcels: what is measured, and what it establishes."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from conversion.domain.collections import put
from conversion.domain.parcel import Parcel
from conversion.domain.right import LandRight
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.guards import past_day
from conversion.workflows.step import CaseCircumstances, Check, Form, Guard


class Survey(Form):
    """What the survey measured; a parcel not named keeps the area of the roster.

    Attributes:
        areas: parcel serial → area, 0.0001 亩 for farmland, 0.01 m² for building sites.
    """

    surveyed_on: date = Field(title="调查日期")
    areas: dict[str, Annotated[int, Field(gt=0)]] = Field(
        default_factory=dict, title="实测面积（地块序号=面积）"
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
    return tuple(put("land", right.key, right) for right in rights)


HAS_PARCELS: Final[Guard[CaseCircumstances]] = Guard(
    rule="has_parcels", title="本户有地块", test=_has_parcels
)
NO_PARCELS: Final[Guard[CaseCircumstances]] = Guard(
    rule="no_parcels", title="本户没有地块", test=_no_parcels
)
ALL_MEASURED: Final[Guard[CaseCircumstances]] = Guard(
    rule="all_measured", title="每宗地块都有面积", test=_all_measured, reads_form=True
)
SURVEYED_BY_NOW: Final = past_day("surveyed_on", "调查日期")
