"""Land and house plots that a household holds."""

from enum import StrEnum

from sqlmodel import Field, SQLModel


class ParcelKind(StrEnum):
    """地类 as task forces list them; `label` is the Chinese name, `right` the right confirmed."""

    CONTRACTED = "contracted"
    HOMESTEAD = "homestead"
    PRIVATE_PLOT = "private_plot"
    CONSTRUCTION = "construction"

    @property
    def label(self) -> str:
        """The kind's Chinese name."""
        return {
            "contracted": "承包地",
            "homestead": "宅基地",
            "private_plot": "自留地",
            "construction": "集体建设用地",
        }[self]

    @property
    def right(self) -> str:
        """The right that is confirmed on it (民法典 物权编; 农村土地承包法)."""
        return {
            "contracted": "土地承包经营权",
            "homestead": "宅基地使用权",
            "private_plot": "自留地使用权",
            "construction": "集体建设用地使用权",
        }[self]


class Parcel(SQLModel):
    """A parcel as the roster delivers it. Key: `serial`.

    Attributes:
        serial: `P01`, order within the household.
        code: 地块编码 or empty; it embeds the old village code and is never re-coded.
        contract_area: 合同面积 in 0.0001 亩; None when not contracted by area.
        measured_area: 实测面积 in 0.0001 亩 (not for building sites); None before measuring.
        site_area: 面积 of a homestead or building site in 0.01 m².
        joint_households: numbers of other households that hold the same parcel with this one.
        outline: its corners in order, each `east,north` in metres; empty until it is surveyed so.
    """

    serial: str = Field(min_length=2, max_length=4)
    kind: ParcelKind
    code: str = Field(default="", max_length=28)
    name: str = Field(default="", max_length=100)
    contract_area: int | None = Field(default=None, ge=0)
    measured_area: int | None = Field(default=None, ge=0)
    site_area: int | None = Field(default=None, ge=0)
    east: str = Field(default="", max_length=100)
    south: str = Field(default="", max_length=100)
    west: str = Field(default="", max_length=100)
    north: str = Field(default="", max_length=100)
    contract_number: str = Field(default="", max_length=40)
    certificate_number: str = Field(default="", max_length=40)
    acquisition: str = Field(default="", max_length=40)
    joint_households: tuple[str, ...] = ()
    outline: tuple[str, ...] = ()
    remark: str = Field(default="", max_length=2000)
