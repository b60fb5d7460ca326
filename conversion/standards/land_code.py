"""The codes of contracted land, parcels and real estate.

NY/T 2537-2014 and 2539-2016: the issuer of contracts (发包方) 14 digits = village 12 + group 2;
contractor (承包方) 18 = issuer + 4; contracted parcel (承包地块) 19 = issuer + 5; contract and
certificate (合同, 权证) 19 = contractor + J (by households) or Q (otherwise).
GB/T 37346-2019: cadastral parcel (宗地) 19 = county 6 + district 3 + subdistrict 3 + two feature
letters + 5; real-estate unit (不动产单元) 28 = parcel + what stands on it, F, L, Q or W
and 8 digits.

All of them carry the division code of the day they were given. They are never re-coded when the
village becomes a community; `division.DivisionAlias` joins the two.

>>> check_contract("520303105202010001J"), check_parcel("5203031052020100012")
((), ())
>>> cadastral_parts("520303001002JC00018").right_title
'宅基地使用权'
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from conversion.errors import NumberInvalid
from conversion.standards import county, division
from conversion.standards.code_table import CodeTable
from conversion.standards.fault import Fault, error, warning

OWNERSHIP: Final = CodeTable(
    standard="GB/T 37346 宗地特征码第1位",
    titles={"G": "国家土地所有权", "J": "集体土地所有权", "Z": "土地所有权未确定或有争议"},
)
RIGHT: Final = CodeTable(
    standard="GB/T 37346 宗地特征码第2位",
    titles={
        "A": "集体土地所有权",
        "B": "建设用地使用权（地表）",
        "S": "建设用地使用权（地上）",
        "X": "建设用地使用权（地下）",
        "C": "宅基地使用权",
        "D": "土地承包经营权（耕地）",
        "E": "土地承包经营权（林地）",
        "F": "土地承包经营权（草地）",
        "H": "海域使用权",
        "G": "无居民海岛使用权",
        "W": "使用权未确定或有争议",
        "Y": "其他使用权",
    },
)
_VILLAGE: Final = 12
_CADASTRAL_LENGTH: Final = 19
_NOTHING_BUILT: Final = "W00000000"
_ISSUER = re.compile(r"[0-9]{14}")
_CONTRACTOR = re.compile(r"[0-9]{18}")
_PARCEL = re.compile(r"[0-9]{19}")
_CONTRACT = re.compile(r"[0-9]{18}[JQ]")
_CADASTRAL = re.compile(
    r"(?P<county>[0-9]{6})(?P<district>[0-9]{3})(?P<subdistrict>[0-9]{3})"
    r"(?P<ownership>[GJZ])(?P<right>[ABSXCDEFHGWY])(?P<serial>[0-9]{5})"
)
_FIXTURE = re.compile(r"[FLQ][0-9]{8}|W0{8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CadastralParts:
    """A cadastral parcel's code taken apart.

    Attributes:
        county: 6 digits.
        district: Cadastral district (地籍区), 3 digits.
        subdistrict: Cadastral subdistrict (地籍子区), 3 digits.
        ownership: G state, J collective, Z undetermined.
        right: The kind of right, one letter.
        serial: 5 digits.
    """

    county: str
    district: str
    subdistrict: str
    ownership: str
    right: str
    serial: str

    @property
    def ownership_title(self) -> str:
        """Who owns the land, in the standard's words."""
        return OWNERSHIP.title_of(self.ownership)

    @property
    def right_title(self) -> str:
        """Which right the parcel is for, in the standard's words."""
        return RIGHT.title_of(self.right)


def check_issuer(code: str) -> tuple[Fault, ...]:
    """Every fault of the code of the body that contracts land out (发包方)."""
    return _check_contract_land(code, _ISSUER, "发包方编码应为14位数字：村级区划12位＋组号2位")


def check_contractor(code: str) -> tuple[Fault, ...]:
    """Every fault of a contractor's code (承包方)."""
    return _check_contract_land(code, _CONTRACTOR, "承包方编码应为18位数字：发包方14位＋顺序号4位")


def check_parcel(code: str) -> tuple[Fault, ...]:
    """Every fault of a contracted parcel's code (承包地块)."""
    return _check_contract_land(code, _PARCEL, "承包地块编码应为19位数字：发包方14位＋顺序号5位")


def check_contract(code: str) -> tuple[Fault, ...]:
    """Every fault of a contract's or certificate's code (承包合同, 权证)."""
    return _check_contract_land(
        code, _CONTRACT, "承包合同（权证）编码应为19位：承包方18位＋J（家庭承包）或Q（其他方式）"
    )


def check_cadastral(code: str) -> tuple[Fault, ...]:
    """Every fault of a cadastral parcel's code (宗地代码)."""
    if not _CADASTRAL.fullmatch(code):
        return (
            error(
                "land_code.cadastral",
                "宗地代码应为19位：县级区划6位＋地籍区3位＋地籍子区3位＋特征码2位"
                f"（如JC）＋顺序号5位，现为“{code}”。",
            ),
        )
    return tuple(_cadastral_faults(cadastral_parts(code)))


def check_real_estate_unit(code: str) -> tuple[Fault, ...]:
    """Every fault of a real-estate unit's code (不动产单元代码)."""
    faults = check_cadastral(code[:_CADASTRAL_LENGTH])
    if _FIXTURE.fullmatch(code[_CADASTRAL_LENGTH:]):
        return faults
    return (
        *faults,
        error(
            "land_code.real_estate_unit",
            "不动产单元代码应为28位：宗地19位＋定着物9位（F、L、Q加8位数字，无定着物为"
            f"{_NOTHING_BUILT}），现为“{code}”。",
        ),
    )


def division_of(code: str) -> str:
    """The village's twelve-digit code at the head of a contracted-land code.

    >>> division_of("520303105202010001J")
    '520303105202'

    Raises:
        NumberInvalid: The code doesn't begin with one.
    """
    village = code[:_VILLAGE]
    division.parts(village)
    return village


def cadastral_parts(code: str) -> CadastralParts:
    """A cadastral parcel's code, or the head of a real-estate unit's, taken apart.

    Raises:
        NumberInvalid: Not the shape of a parcel's code.
    """
    found = _CADASTRAL.fullmatch(code[:_CADASTRAL_LENGTH])
    if found is None:
        raise NumberInvalid("拆分宗地代码", f"“{code}”不是19位宗地代码", "核对宗地代码")
    return CadastralParts(**found.groupdict())


def _check_contract_land(code: str, shape: re.Pattern[str], rule: str) -> tuple[Fault, ...]:
    if not shape.fullmatch(code):
        return (error("land_code.structure", f"{rule}，现为“{code}”。"),)
    return division.check(code[:_VILLAGE])


def _cadastral_faults(parts: CadastralParts) -> Iterator[Fault]:
    if not county.province_of(parts.county):
        yield error(
            "land_code.province", f"宗地代码前2位“{parts.county[:2]}”不是省级代码，请核对。"
        )
    elif not county.is_listed(parts.county):
        yield warning(
            "land_code.county", f"宗地代码前6位“{parts.county}”不在县级代码表中，请核对。"
        )
    if parts.ownership == "G" and parts.right in "AC":
        yield error(
            "land_code.ownership",
            f"特征码G{parts.right}不成立：{parts.right_title}只能与J（集体土地）或Z（未确定）组合。",
        )
