"""A roster as a clerk writes it down: a few households, and the workbook they come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from conversion.standards.resident_number import check_digit

VILLAGE = "520303105202"


@dataclass(frozen=True, kw_only=True)
class House:
    """A household as a clerk writes it down.

    Attributes:
        people: `姓名 关系 性别 出生日期 [标题=内容 ...]`, the head first.
        plots: `地类 面积`; benefits: `姓名或- 待遇项目 每月元`.
    """

    number: str
    people: tuple[str, ...]
    plots: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()


FIVE = House(
    number="0001",
    people=(
        "张国强 户主 男 1962-03-04 农龄=28",
        "李秀英 妻 女 1964-05-06 农龄=26",
        "张浩然 长子 男 1988-07-08 农龄=3",
        "张欣怡 长女 女 1996-09-10 身份特征=在校生",
        "王素芬 母亲 女 1938-11-12 农龄=40",
    ),
    plots=("承包地 1.25", "承包地 2.40", "宅基地 120.5"),
    benefits=("王素芬 农村低保 65.00",),
)
SOLDIER = House(
    number="0002",
    people=(
        "何大勇 户主 男 1960-02-03 农龄=30",
        "冉启秀 妻 女 1962-04-05 农龄=28",
        "何鹏飞 长子 男 1989-06-07 成员备注=现役军人",
    ),
    plots=("承包地 1.80",),
)
ALONE = House(number="0003", people=("骆仕林 户主 男 1955-08-09 农龄=35",), plots=("承包地 0.90",))
HOUSES = (FIVE, SOLDIER, ALONE)

MEMBER_HEADINGS = [
    "组别",
    "户号",
    "户主姓名",
    "姓名",
    "与户主关系",
    "性别",
    "公民身份号码",
    "出生日期",
    "民族",
    "成员备注",
    "身份特征",
    "农龄",
    "联系电话",
    "住址",
    "备注",
]
LAND_HEADINGS = [
    "户号",
    "地类",
    "地块编码",
    "地块名称",
    "合同面积(亩)",
    "面积(㎡)",
    "东至",
    "南至",
    "西至",
    "北至",
]
BENEFIT_HEADINGS = ["户号", "姓名", "待遇项目", "起始日期", "标准(元/月)", "依据"]


def write_roster(path: Path, houses: Iterable[House] = HOUSES) -> Path:
    """A workbook of these households; the same people have the same numbers every time."""
    houses = tuple(houses)
    book = Workbook(write_only=True)
    sheets = {
        "成员": [MEMBER_HEADINGS, *(row for house in houses for row in _people(house))],
        "土地": [LAND_HEADINGS, *(row for house in houses for row in _plots(house))],
        "待遇": [BENEFIT_HEADINGS, *(row for house in houses for row in _benefits(house))],
    }
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def _people(house: House) -> Iterable[list[str]]:
    head = house.people[0].split()[0]
    for place, told in enumerate(house.people, 1):
        name, relation, sex, born, *others = told.split()
        row = {
            "组别": "一组",
            "户号": house.number,
            "户主姓名": head,
            "姓名": name,
            "与户主关系": relation,
            "性别": sex,
            "公民身份号码": resident_number(house.number, place, sex, born),
            "出生日期": born,
            "民族": "汉族",
            "住址": f"坪山村一组{int(house.number[-4:])}号",
        }
        row |= dict(other.split("=") for other in others)
        yield [row.get(heading, "") for heading in MEMBER_HEADINGS]


def resident_number(house: str, place: int, sex: str, born: str) -> str:
    """An invented number with the right check character."""
    sequence = int(house[-4:]) % 40 * 24 + place * 2 + (sex == "男")
    county = "522121" if born < "1998" else "520321" if born < "2004" else "520303"
    first17 = f"{county}{born.replace('-', '')}{sequence:03}"
    return first17 + check_digit(first17)


def _plots(house: House) -> Iterable[list[str]]:
    for place, told in enumerate(house.plots, 1):
        kind, area = told.split()
        serial = int(house.number[-4:]) * 10 + place
        is_site = kind == "宅基地"
        code = f"520303105202JC{serial:05}" if is_site else f"{VILLAGE}{serial:07}"
        areas = ["", area] if is_site else [area, ""]
        yield [house.number, kind, code, "水井坎", *areas, "小路", "水沟", "田坎", "山脚"]


def _benefits(house: House) -> Iterable[list[str]]:
    for told in house.benefits:
        name, item, yuan = told.split()
        yield [house.number, name.strip("-"), item, "2008-01-01", yuan, "批准文件"]
