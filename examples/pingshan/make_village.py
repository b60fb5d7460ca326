"""Writes the sample village's roster workbook, the same bytes every time.

    python examples/pingshan/make_village.py
    python examples/pingshan/make_village.py --households 10000 --out /tmp/large.xlsx

Every person in it is invented.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.cell_range import CellRange

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from people import Registry  # noqa: E402 (the folder is no package; it is put on the path above)
from village import House, Village  # noqa: E402

from conversion.roster.sheet import BENEFITS, LAND, MEMBERS, Sheet  # noqa: E402

SEED = 20091019
HOUSEHOLDS = 128
_MERGED_UP_TO = 1000  # merging is quadratic in openpyxl
_MOMENT = (2009, 11, 30, 9, 0, 0)
_TITLE_ROWS = 2


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write the sample village's roster workbook.")
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--out", type=Path, default=HERE / "花名册.xlsx")
    asked = parser.parse_args()
    write_roster(asked.out, asked.households)


def write_roster(path: Path, households: int = HOUSEHOLDS) -> None:
    """Write the workbook of a village with so many households."""
    rng = Random(SEED)  # noqa: S311 (invented people need no secrecy, they need to be the same)
    houses = list(Village(rng, Registry(rng)).houses(households))
    book = Workbook(write_only=True)
    _add(book, MEMBERS, "坪山村成员花名册", _member_rows(houses))
    _add(book, LAND, "坪山村土地清册", _land_rows(houses))
    _add(book, BENEFITS, "坪山村现有待遇清册", _benefit_rows(houses))
    if households <= _MERGED_UP_TO:
        _merge(book[MEMBERS.name], houses)
    unpacked = BytesIO()
    book.save(unpacked)
    path.write_bytes(_reproducible(unpacked))


def _add(book: Workbook, sheet: Sheet, title: str, rows: Iterator[list[str]]) -> None:
    page = book.create_sheet(sheet.name)
    page.freeze_panes = f"A{_TITLE_ROWS + 1}"
    for place, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(place)].width = max(10, 2 * len(column.name) + 4)
    page.append([title])
    page.append([column.name for column in sheet.columns])
    for row in rows:
        page.append([value or None for value in row])


def _member_rows(houses: list[House]) -> Iterator[list[str]]:
    """Household cells stand in the first row of a household only."""
    for house in houses:
        for place, person in enumerate(house.people):
            first = place == 0
            yield [
                house.group if first else "",
                house.number if first else "",
                house.head.name if first else "",
                person.name,
                person.relation,
                person.sex,
                person.number,
                person.born.isoformat(),
                person.ethnicity,
                person.marital_status,
                person.hukou,
                person.flag,
                person.traits,
                person.farming,
                person.phone,
                house.address if first else "",
                str(len(house.people)) if first else "",
                person.remark,
            ]
    people = sum(len(house.people) for house in houses)
    yield ["合计", f"{len(houses)}户", "", f"{people}人"]


def _land_rows(houses: list[House]) -> Iterator[list[str]]:
    for house in houses:
        for plot in house.plots:
            yield [
                house.number,
                plot.kind,
                plot.code,
                plot.name,
                plot.contract,
                plot.measured,
                plot.site,
                *plot.bounds,
                plot.contract_number,
                plot.certificate,
                plot.acquisition,
                plot.remark,
            ]


def _benefit_rows(houses: list[House]) -> Iterator[list[str]]:
    for house in houses:
        for name, item, since, yuan, basis in house.benefits:
            yield [house.number, name, item, since, yuan, basis]


def _merge(page: WriteOnlyWorksheet, houses: list[House]) -> None:
    """Merge group, number, head and address down over each household, as offices do."""
    row = _TITLE_ROWS + 1
    columns = [place for place, column in enumerate(MEMBERS.columns, 1) if column.carried]
    for house in houses:
        end = row + len(house.people) - 1
        for column in columns if end > row else ():
            letters = get_column_letter(column)
            page.merged_cells.add(CellRange(f"{letters}{row}:{letters}{end}"))
        row = end + 1


def _reproducible(packed: BytesIO) -> bytes:
    """The same archive without the time at which it was written."""
    result = BytesIO()
    with ZipFile(packed) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            body = source.read(name)
            if name == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2009-11-30T09:00:00Z", body)
            target.writestr(ZipInfo(name, _MOMENT), body, ZIP_DEFLATED)
    return result.getvalue()


if __name__ == "__main__":
    main()
