"""The marked-up workbook: correct the coloured cells, deliver it again, done."""

from datetime import date

from openpyxl import load_workbook

from conversion.roster.marked import ERROR_FILL, WARNING_FILL, write_marked
from conversion.roster.reading import read_roster

TODAY = date(2009, 11, 30)
_OURS = {ERROR_FILL.fgColor.rgb, WARNING_FILL.fgColor.rgb}


def _marked(source, tmp_path):
    write_marked(source, read_roster(source, today=TODAY).findings, tmp_path / "核对.xlsx")
    return tmp_path / "核对.xlsx"


def _coloured(book):
    return {
        f"{page.title}!{cell.coordinate}"
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb in _OURS
    }


def test_correcting_only_the_coloured_cells_finishes_the_job(book, deliver, tmp_path):
    book["成员"][2][6] = "522121196405060026"
    book["成员"][3][3] = "=A1"
    book["成员"][3][4] = "户主"
    book["土地"][1][3] = "一亩"
    right = {
        "成员!G3": "522121196405060027",
        "成员!D4": "张浩然",
        "成员!E2": "户主",
        "成员!E4": "长子",
        "土地!D2": "1.25",
    }

    path = _marked(deliver(book), tmp_path)
    returned = load_workbook(path)
    coloured = _coloured(returned)
    for place, value in right.items():
        sheet, _, address = place.partition("!")
        returned[sheet][address] = value
    returned.save(path)

    assert coloured == set(right)
    assert read_roster(path, today=TODAY).findings == ()


def test_the_second_round_clears_the_first(book, deliver, tmp_path):
    book["成员"][2][6] = "522121196405060026"
    path = _marked(deliver(book), tmp_path)
    returned = load_workbook(path)
    returned["成员"]["G3"] = "522121196405060027"
    returned.save(path)

    again = load_workbook(_marked(path, tmp_path))

    assert _coloured(again) == set()
    assert [cell.value for cell in again["成员"]["J"]] == ["核对意见", None, None, None, None]


def test_every_reason_stands_in_the_last_column_of_its_row(book, deliver, tmp_path):
    book["成员"][2][4:7] = ["不知道", "男", "522121196402300026"]

    page = load_workbook(_marked(deliver(book), tmp_path))["成员"]

    assert page["J1"].value == "核对意见"
    assert len(page["J3"].value.splitlines()) == 3
    assert [cell.value for cell in page["D"]] == ["姓名", "张国强", "李秀英", "张浩然", "王建华"]


def test_nothing_in_the_copy_is_a_formula(book, deliver, tmp_path):
    book["成员"][3][8] = '=HYPERLINK("http://x","y")'

    page = load_workbook(_marked(deliver(book), tmp_path))["成员"]

    assert (page["I4"].data_type, page["I4"].quotePrefix) == ("s", True)


def test_a_csv_comes_back_as_a_workbook(book, tmp_path):
    book["成员"][2][6] = "522121196405060026"
    text = "\n".join(",".join(v or "" for v in row) for row in book["成员"])
    (tmp_path / "成员.csv").write_text(text, encoding="gb18030")

    path = _marked(tmp_path / "成员.csv", tmp_path)

    assert _coloured(load_workbook(path)) == {"成员!G3"}
    assert [f.place for f in read_roster(path, today=TODAY).findings] == ["成员!G3"]


def test_merged_cells_are_coloured_where_they_can_be_filled_in(book, deliver, tmp_path):
    source = deliver(book)
    page = (made := load_workbook(source))["成员"]
    page["H3"] = None
    page["H2"] = "外星族"
    page.merge_cells("H2:H3")
    made.save(source)

    assert _coloured(load_workbook(_marked(source, tmp_path))) == {"成员!H2"}
