"""A small roster that is right; each test spoils what it needs."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from conversion.roster.reading import read_roster
from conversion.roster.roster import Roster

TODAY = date(2009, 11, 30)

MEMBERS: list[list[object]] = [
    ["组别", "户号", "户主姓名", "姓名", "与户主关系", "性别", "公民身份号码", "民族", "备注"],
    ["一组", "0001", "张国强", "张国强", "户主", "男", "52212119620304001X", "汉族", None],
    [None, None, None, "李秀英", "妻", "女", "522121196405060027", "土家族", None],
    [None, None, None, "张浩然", "长子", "男", "522121198807080038", None, None],
    ["一组", "0002", "王建华", "王建华", "户主", "男", "522121195501020055", None, None],
]
LAND: list[list[object]] = [
    ["户号", "地类", "地块编码", "合同面积(亩)", "面积(㎡)", "取得方式"],
    ["0001", "承包地", "5203031052020000001", "1.25", None, None],
    ["0001", "宅基地", "520303105002JC00001", None, "120.5", None],
    ["0002", "承包地", "5203031052020000002", 2.5, None, None],
]
BENEFITS: list[list[object]] = [
    ["户号", "姓名", "待遇项目", "起始日期", "标准(元/月)", "依据"],
    ["0001", "李秀英", "农村低保", "2008-01-01", "65.00", "低保证"],
    ["0002", None, "种粮直补", None, 32.5, None],
]

Book = dict[str, list[list[object]]]


@pytest.fixture
def book() -> Book:
    """The sheets as rows, row 1 first."""
    copies = {"成员": MEMBERS, "土地": LAND, "待遇": BENEFITS}
    return {name: [list(row) for row in rows] for name, rows in copies.items()}


@pytest.fixture
def deliver(tmp_path: Path) -> Callable[[Book], Path]:
    """Writes a book to an .xlsx file."""

    def write(book: Book, name: str = "花名册.xlsx") -> Path:
        made = Workbook()
        made.remove(made.active)
        for title, rows in book.items():
            page = made.create_sheet(title)
            for row in rows:
                page.append(row)
        made.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def read(deliver: Callable[[Book], Path]) -> Callable[[Book], Roster]:
    """Delivers a book and reads it."""
    return lambda book: read_roster(deliver(book), today=TODAY)


@pytest.fixture
def places() -> Callable[[Roster, str], list[tuple[str, str]]]:
    """Place and value of every finding with a code."""

    def find(roster: Roster, code: str) -> list[tuple[str, str]]:
        return [(f.place, f.value) for f in roster.findings if f.code == code]

    return find
