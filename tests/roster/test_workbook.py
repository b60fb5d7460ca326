"""Files as offices really send them, and files that mean harm."""

import struct
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from conversion.errors import WorkbookUnreadable
from conversion.roster.grid import Kind
from conversion.roster.reading import read_roster
from conversion.roster.workbook import read_grids

TODAY = date(2009, 11, 30)


def _csv(rows):
    return "\r\n".join(",".join(str(v) if v is not None else "" for v in row) for row in rows)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_one_csv_per_sheet_in_any_encoding_is_the_same_roster(book, read, tmp_path, encoding):
    folder = tmp_path / "csv"
    folder.mkdir()
    for name, rows in book.items():
        (folder / f"{name}.csv").write_bytes(_csv(rows).encode(encoding))

    assert read_roster(folder, today=TODAY).households == read(book).households


def test_a_rare_name_survives_gb18030(book, tmp_path):
    book["成员"][3][3] = "张𣒍"
    (tmp_path / "成员.csv").write_bytes(_csv(book["成员"]).encode("gb18030"))

    assert read_roster(tmp_path / "成员.csv", today=TODAY).households[0].members[2].name == "张𣒍"


def test_text_that_looks_like_a_formula_stays_text_in_csv(tmp_path):
    (tmp_path / "成员.csv").write_text('=1+1,"@SUM(A1)",-2\n', encoding="utf-8")

    (grid,) = read_grids(tmp_path / "成员.csv")

    assert [(c.kind, c.value) for c in grid.rows[1] if c] == [
        (Kind.TEXT, "=1+1"),
        (Kind.TEXT, "@SUM(A1)"),
        (Kind.TEXT, "-2"),
    ]


def test_merged_cells_hold_for_all_their_rows(book, deliver):
    path = deliver(book)
    page = (workbook := load_workbook(path))["成员"]
    for letters in "ABC":
        page.merge_cells(f"{letters}2:{letters}4")
    page["H3"] = page["H4"] = None
    page["H2"] = "苗族"
    page.merge_cells("H2:H4")
    workbook.save(path)

    roster = read_roster(path, today=TODAY)

    assert roster.findings == ()
    assert [m.ethnicity for m in roster.households[0].members] == ["06", "06", "06"]


def test_a_fault_in_a_merged_cell_is_reported_once(book, deliver):
    path = deliver(book)
    page = (workbook := load_workbook(path))["成员"]
    page["C2"] = "张国庆"
    page.merge_cells("C2:C4")
    workbook.save(path)

    found = [f.place for f in read_roster(path, today=TODAY).findings]

    assert found == ["成员!C2"]


def test_dates_and_numbers_keep_their_kind(deliver):
    path = deliver({"x": [[date(1962, 3, 4), 1.25, 12, "12", "=A1", None, True]]})

    (grid,) = read_grids(path)

    assert [c and (c.kind, c.value) for c in grid.rows[1]] == [
        (Kind.DATE, date(1962, 3, 4)),
        (Kind.NUMBER, 1.25),
        (Kind.NUMBER, 12),
        (Kind.TEXT, "12"),
        (Kind.FORMULA, "=A1"),
        None,
        (Kind.TEXT, "是"),
    ]


def _record(kind, body):
    return struct.pack("<HH", kind, len(body)) + body


def _label(row, column, text):
    return _record(
        0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le")
    )


def _formula(row, column, result):
    return _record(0x0006, struct.pack("<HHHdHLH", row, column, 0, result, 0, 0, 0))


def _xls(sheets):
    """A bare BIFF8 stream ([MS-XLS] 2.1): globals with a directory, then each sheet."""
    pages = []
    for rows in sheets.values():
        cells = b"".join(
            _formula(r, c, v) if isinstance(v, float) else _label(r, c, v)
            for r, row in enumerate(rows)
            for c, v in enumerate(row)
            if v is not None
        )
        bof = _record(0x0809, struct.pack("<HHHHLL", 0x0600, 0x0010, 0, 1997, 0, 6))
        pages.append(bof + cells + _record(0x000A, b""))
    bof = _record(0x0809, struct.pack("<HHHHLL", 0x0600, 0x0005, 0, 1997, 0, 6))
    size = len(bof) + 4 + sum(4 + 8 + 2 * len(name) for name in sheets)
    directory = b""
    for name, page in zip(sheets, pages, strict=True):
        entry = struct.pack("<LBBBB", size, 0, 0, len(name), 1) + name.encode("utf-16-le")
        directory += _record(0x0085, entry)
        size += len(page)
    return bof + directory + _record(0x000A, b"") + b"".join(pages)


def test_xls_is_read_and_its_formulas_are_noticed(book, tmp_path):
    book["成员"][3][8] = 3.5
    texts = {
        name: [[v if v is None or v == 3.5 else str(v) for v in row] for row in rows]
        for name, rows in book.items()
    }
    (tmp_path / "花名册.xls").write_bytes(_xls(texts))

    roster = read_roster(tmp_path / "花名册.xls", today=TODAY)

    assert [(f.place, f.code) for f in roster.findings] == [("成员!I4", "cell.formula")]
    assert [len(h.members) for h in roster.households] == [3, 1]


def _spoil(path: Path, entry: str, change):
    with ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts[entry] = change(parts.get(entry, b""))
    with ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name, body in parts.items():
            target.writestr(name, body)


def _refused(path, sentence):
    with pytest.raises(WorkbookUnreadable, match=sentence):
        read_roster(path, today=TODAY)


def test_a_zip_bomb_is_refused(book, deliver):
    path = deliver(book)
    _spoil(path, "xl/media/bomb.xml", lambda _: b"\0" * 20_000_000)

    _refused(path, "压缩炸弹")


def test_too_many_entries_are_refused(book, deliver):
    path = deliver(book)
    with ZipFile(path, "a") as archive:
        for place in range(2_100):
            archive.writestr(f"xl/media/{place}.bin", b"")

    _refused(path, "2000")


DTD = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "entry",
    ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"],
)
@pytest.mark.parametrize("padding", [b"", b"<!--" + b"x" * 5_000 + b"-->"])
def test_entities_are_refused_wherever_they_stand(book, deliver, entry, padding):
    path = deliver(book)
    _spoil(path, entry, lambda body: padding + DTD + body.split(b"?>", 1)[-1])

    _refused(path, "外部实体|损坏")


def test_a_declared_dimension_and_a_far_cell_cost_nothing(book, deliver):
    path = deliver(book)
    far = b"</sheetData>"
    _spoil(
        path,
        "xl/worksheets/sheet1.xml",
        lambda body: body.replace(far, b'<row r="9"><c r="XFD9"><v>1</v></c></row>' + far).replace(
            b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'
        ),
    )

    assert read_roster(path, today=TODAY).findings == ()


def test_too_many_rows_are_refused(book, deliver):
    path = deliver(book)
    end = b"</sheetData>"
    _spoil(path, "xl/worksheets/sheet1.xml", lambda b: b.replace(end, b'<row r="1048576"/>' + end))

    _refused(path, "200000 行")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"PK\x03\x04 no zip"),
        ("a.xlsx", b"hello"),
        ("a.xls", b"\xd0\xcf\x11\xe0 broken"),
        ("a.csv", b"\xff\xff\xff"),
        ("a.pdf", b"%PDF"),
    ],
)
def test_damaged_files_are_refused_with_a_sentence(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)

    _refused(tmp_path / name, "请")


def test_a_missing_file_is_refused(tmp_path):
    _refused(tmp_path / "没有.xlsx", "文件不存在")
