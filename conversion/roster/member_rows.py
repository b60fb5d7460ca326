"""Sheet 成员: one row a person."""

import re
from dataclasses import dataclass
from datetime import date

from conversion.domain.household import HukouKind, Trait
from conversion.errors import NumberInvalid
from conversion.roster.farming import farming_months
from conversion.roster.finding import Finding
from conversion.roster.grid import Kind
from conversion.roster.parsing import RowReader
from conversion.roster.row import MemberRow
from conversion.roster.table import Record
from conversion.standards import (
    ethnicity,
    marital_status,
    member_flag,
    name,
    relation,
    resident_number,
    sex,
)
from conversion.standards.code_table import CodeTable
from conversion.standards.fault import error, warning

_OLD_LENGTH = 15
_SEPARATORS = re.compile(r"[、，,;；/\s]+")
_HUKOU = CodeTable(
    standard="户口性质",
    titles={kind.value: kind.label for kind in HukouKind},
    aliases={
        "农业户口": "agricultural",
        "农": "agricultural",
        "非农业户口": "non_agricultural",
        "非农": "non_agricultural",
        "城镇": "non_agricultural",
        "居民户口": "resident",
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What the village's programme supplies where the roster says nothing.

    Attributes:
        ethnicity: GB/T 3304 code.
        hukou_kind: registration before the conversion.
    """

    ethnicity: str = "01"
    hukou_kind: HukouKind = HukouKind.AGRICULTURAL


def member_row(
    record: Record, findings: list[Finding], *, today: date, defaults: Defaults
) -> MemberRow:
    """The person in one record; every fault of the row goes to `findings`."""
    row = RowReader(record, findings)
    identity = _identity(row, today)
    return MemberRow(
        record=record,
        group=row.text("group"),
        number=row.text("number"),
        head_name=_name(row, "head_name"),
        name=_name(row, "name"),
        relation=row.code("relation", relation.TABLE),
        sex=_sex(row, identity),
        resident_number=identity,
        birth_date=_birth_date(row, identity, today),
        ethnicity=row.code("ethnicity", ethnicity.TABLE, default=defaults.ethnicity),
        marital_status=row.code("marital_status", marital_status.TABLE),
        hukou_kind=HukouKind(
            row.code("hukou_kind", _HUKOU, default=defaults.hukou_kind) or defaults.hukou_kind
        ),
        flag=row.code("flag", member_flag.TABLE),
        traits=_traits(row),
        farming_months=row.figure("farming_months", lambda t: farming_months(t, today=today)) or 0,
        phone=row.text("phone"),
        address=row.text("address"),
        declared_size=row.figure("declared_size", _people),
        remark=row.remarks(row.text("remark")),
    )


def _name(row: RowReader, field: str) -> str:
    cell = row.cell(field)
    if cell is None:
        return ""
    found, faults = name.normalise(cell.shown)
    for fault in faults:
        row.report(field, fault)
    return found[: name.LONGEST]


def _identity(row: RowReader, today: date) -> str:
    """The resident number when it is right, else empty."""
    cell = row.record.cells.get("resident_number")
    if cell is None:
        _report_missing(row)
        return ""
    if row.cell("resident_number") is None:
        return ""
    number = resident_number.normalise(cell.shown)
    if cell.kind is not Kind.TEXT or resident_number.looks_like_float(cell.shown):
        row.report("resident_number", _FLOAT)
        return ""
    if len(number) == _OLD_LENGTH:
        number = _upgraded(row, number)
    faults = resident_number.check(number, today=today)
    for fault in faults:
        row.report("resident_number", fault)
    return "" if any(fault.is_error for fault in faults) else number


_FLOAT = error(
    "resident_number.float",
    "公民身份号码以数字格式存放，末几位可能已丢失，不能采用；请把单元格设为文本格式后重新录入。",
)


def _report_missing(row: RowReader) -> None:
    explained = "remark" in row.record.cells
    fault = (
        warning("resident_number.missing", "没有公民身份号码，已按备注保留，请尽快补录。")
        if explained
        else error("resident_number.empty", "没有填写公民身份号码；确无号码的请在备注中说明原因。")
    )
    row.report("resident_number", fault)


def _upgraded(row: RowReader, number: str) -> str:
    try:
        longer = resident_number.upgrade(number)
    except NumberInvalid:
        return number
    row.report(
        "resident_number",
        warning("resident_number.upgraded", f"15 位旧号码已升为 18 位：{longer}，请核对。"),
    )
    return longer


def _sex(row: RowReader, identity: str) -> str:
    code = row.code("sex", sex.TABLE)
    if not identity:
        _require_without_number(row, "sex")
        return code
    implied = resident_number.sex(identity)
    if code and code != implied:
        right = sex.title_of(implied)
        row.report("sex", error("sex.differs", f"性别与公民身份号码不一致，按号码应为“{right}”。"))
    return implied


def _birth_date(row: RowReader, identity: str, today: date) -> date | None:
    born = row.day("birth_date")
    if not identity:
        _require_without_number(row, "birth_date")
        if born and born > today:
            row.report("birth_date", error("birth_date.future", "出生日期晚于今天，请核对。"))
        return born
    implied = resident_number.birth_date(identity)
    if born and born != implied:
        fault = error("birth_date.differs", f"出生日期与公民身份号码不一致，按号码应为 {implied}。")
        row.report("birth_date", fault)
    return implied


def _require_without_number(row: RowReader, field: str) -> None:
    """Sex and birth date must be given when there is no number that says them."""
    if {field, "resident_number"} & row.record.cells.keys():
        return
    name = row.record.table.sheet.column(field).name
    fault = error(f"{field}.missing", f"没有公民身份号码时必须填写{name}。")
    row.report(field if row.record.has_column(field) else "resident_number", fault)


def _traits(row: RowReader) -> tuple[Trait, ...]:
    words = [word for word in _SEPARATORS.split(row.text("traits")) if word]
    for word in words:
        if word not in _TRAITS:
            fault = error("trait.unknown", f"“{word}”不是身份特征，可填：{'、'.join(Trait)}。")
            row.report("traits", fault)
    return tuple(_TRAITS[word] for word in dict.fromkeys(words) if word in _TRAITS)


_TRAITS = {trait.value: trait for trait in Trait}
_MOST_PEOPLE = 99


def _people(text: str) -> int:
    digits = text.removesuffix("人").strip()
    if not digits.isascii() or not digits.isdigit() or int(digits) > _MOST_PEOPLE:
        raise NumberInvalid("读取家庭人口", f"“{text}”不是人数", "填写整数")
    return int(digits)
