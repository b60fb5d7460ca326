"""Sheet 土地: one row a parcel."""

from conversion.domain.parcel import Parcel, ParcelKind
from conversion.roster.finding import Finding
from conversion.roster.parsing import RowReader
from conversion.roster.row import LandRow
from conversion.roster.table import Record
from conversion.standards import area, land_code
from conversion.standards.code_table import CodeTable
from conversion.standards.compact_text import compact
from conversion.standards.fault import Fault, error, warning

JOINT = "共有"
"""What every household says that holds a parcel together with others."""

_KINDS = CodeTable(
    standard="地类",
    titles={kind.value: kind.label for kind in ParcelKind},
    aliases={
        "承包耕地": "contracted",
        "耕地": "contracted",
        "宅基": "homestead",
        "建设用地": "construction",
    },
)
_BUILDING = frozenset({ParcelKind.HOMESTEAD, ParcelKind.CONSTRUCTION})
_REAL_ESTATE_UNIT_LENGTH = 28


def land_row(record: Record, findings: list[Finding]) -> LandRow:
    """The parcel in one record; every fault of the row goes to `findings`."""
    row = RowReader(record, findings)
    kind = row.code("kind", _KINDS)
    acquisition, remark = row.text("acquisition"), row.text("remark")
    number = row.text("number")
    parcel = Parcel(
        serial="P00",
        kind=ParcelKind(kind or ParcelKind.CONTRACTED),
        code=_code(row, kind),
        contract_area=row.figure("contract_area", area.mu_from_text),
        measured_area=row.figure("measured_area", area.mu_from_text),
        site_area=row.figure("site_area", area.square_metres_from_text),
        acquisition=acquisition,
        remark=row.remarks(remark),
        name=row.text("name"),
        east=row.text("east"),
        south=row.text("south"),
        west=row.text("west"),
        north=row.text("north"),
        contract_number=row.text("contract_number"),
        certificate_number=row.text("certificate_number"),
    )
    if kind:
        _check_area(row, parcel)
    return LandRow(
        record=record,
        number=number,
        parcel=parcel if kind else None,
        is_joint=JOINT in acquisition or JOINT in remark,
    )


def _code(row: RowReader, kind: str) -> str:
    code = compact(row.text("code"))
    if code:
        for fault in _code_faults(code, kind):
            row.report("code", fault)
    return code


def _code_faults(code: str, kind: str) -> tuple[Fault, ...]:
    if len(code) == _REAL_ESTATE_UNIT_LENGTH:
        return land_code.check_real_estate_unit(code)
    if kind in _BUILDING or not code.isdigit():
        return land_code.check_cadastral(code)
    return land_code.check_parcel(code)


def _check_area(row: RowReader, parcel: Parcel) -> None:
    """Each kind of land is measured in its own unit; an area in the other one is a mistake."""
    if row.faulty:
        return
    if parcel.kind in _BUILDING and parcel.site_area is None:
        fault = error("area.missing", f"{parcel.kind.label}应填写面积(㎡)。")
        row.report("site_area", fault)
    if parcel.kind not in _BUILDING and parcel.contract_area is parcel.measured_area is None:
        fault = warning("area.missing", f"{parcel.kind.label}没有合同面积，也没有实测面积。")
        row.report("contract_area", fault)
