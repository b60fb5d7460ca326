"""The template is made from what reads it, so it reads back."""

from datetime import date

import pytest
from openpyxl import load_workbook

from conversion.roster.reading import read_roster
from conversion.roster.sheet import SHEETS
from conversion.roster.template import HEADING_ROW, write_template


@pytest.fixture
def template(tmp_path):
    write_template(tmp_path / "模板.xlsx")
    return tmp_path / "模板.xlsx"


def test_the_empty_template_reads_back_clean(template):
    roster = read_roster(template, today=date(2009, 11, 30))

    assert (roster.households, roster.findings) == ((), ())


def test_every_column_has_its_heading_note_and_choices(template):
    book = load_workbook(template)

    for sheet in SHEETS:
        page = book[sheet.name]
        heads = [page.cell(HEADING_ROW, place) for place in range(1, len(sheet.columns) + 1)]
        assert [head.value for head in heads] == [column.name for column in sheet.columns]
        assert [head.comment.text for head in heads] == [column.note for column in sheet.columns]
        offered = sum(bool(column.choices) for column in sheet.columns)
        assert len(page.data_validations.dataValidation) == offered


def test_headings_are_protected_and_rows_are_not(template):
    page = load_workbook(template)["成员"]

    assert page.protection.sheet
    assert page.cell(HEADING_ROW, 1).protection.locked
    assert not page.column_dimensions["A"].protection.locked


def test_a_filled_template_is_a_roster(template, book):
    made = load_workbook(template)
    order = {column.name: place for place, column in enumerate(SHEETS[0].columns, 1)}
    for row, values in enumerate(book["成员"][1:], HEADING_ROW + 1):
        for name, value in zip(book["成员"][0], values, strict=True):
            made["成员"].cell(row, order[name], value)
    made.save(template)

    roster = read_roster(template, today=date(2009, 11, 30))

    assert roster.findings == ()
    assert [len(h.members) for h in roster.households] == [3, 1]
