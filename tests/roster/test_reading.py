"""A task force delivers a roster; every fault comes back with its true place."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversion.domain.household import Trait
from conversion.domain.parcel import ParcelKind
from conversion.errors import WorkbookUnreadable
from conversion.roster.grid import Cell, Grid, Kind
from conversion.roster.member_rows import Defaults
from conversion.roster.reading import read_roster, roster_of
from conversion.roster.sheet import SHEETS

TODAY = date(2009, 11, 30)
SAMPLE = Path(__file__).parents[2] / "examples" / "pingshan" / "花名册.xlsx"


def test_a_right_roster_has_no_findings_and_gives_domain_objects(read, book):
    roster = read(book)

    first, second = roster.households
    assert roster.findings == ()
    assert first.household.group == "一组"
    assert [(m.serial, m.name, m.relation, m.ethnicity) for m in first.members] == [
        ("01", "张国强", "02", "01"),
        ("02", "李秀英", "12", "15"),
        ("03", "张浩然", "22", "01"),
    ]
    assert first.members[0].birth_date == date(1962, 3, 4)
    assert [(p.serial, p.kind, p.contract_area, p.site_area) for p in first.parcels] == [
        ("P01", ParcelKind.CONTRACTED, 12_500, None),
        ("P02", ParcelKind.HOMESTEAD, None, 12_050),
    ]
    assert (first.drawn[0].member, first.drawn[0].monthly) == ("02", 6_500)
    assert (second.drawn[0].member, second.drawn[0].monthly) == ("", 3_250)
    assert first.rows == {"成员": (2, 3, 4), "土地": (2, 3), "待遇": (2,)}


def test_the_sample_village_reads_without_an_error():
    roster = read_roster(SAMPLE, today=TODAY)

    assert roster.errors == ()
    assert (roster.counts.households, len(roster.households)) == (128, 128)
    joint = [p.joint_households for h in roster.households for p in h.parcels if p.joint_households]
    assert joint == [("0015",), ("0014",)]


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("成员!G3", "522121196405060026", "resident_number.check_digit"),
        ("成员!G3", "522121196402300027", "resident_number.date"),
        ("成员!G3", "1.10101E+17", "resident_number.float"),
        ("成员!G3", 522121196405060027, "resident_number.float"),
        ("成员!G3", "52212119640506002", "resident_number.length"),
        ("成员!G3", None, "resident_number.empty"),
        ("成员!D4", "张浩\ue000", "name.private_use"),
        ("成员!D4", '=HYPERLINK("http://x")', "cell.formula"),
        ("成员!E4", "大侄子儿", "code.unknown"),
        ("成员!E4", "户主", "household.two_heads"),
        ("成员!E2", "父亲", "household.no_head"),
        ("成员!C2", "张国庆", "household.head_name"),
        ("成员!F3", "男", "sex.differs"),
        ("成员!I4", "备注\ue123", "text.private_use"),
        ("成员!E3", "夫", "kinship.sex"),
        ("成员!E3", "次女", "kinship.age"),
        ("成员!E4", "父亲", "kinship.age"),
        ("成员!G4", "52212119620304001X", "household.person_twice"),
        ("成员!G5", "522121196405060027", "village.duplicate_person"),
        ("土地!A2", "0009", "village.unknown_household"),
        ("土地!C4", "5203031052020000001", "village.duplicate_parcel"),
        ("土地!C2", "52030310520200", "land_code.structure"),
        ("土地!D2", "一亩多", "number.invalid"),
        ("土地!E3", None, "area.missing"),
        ("待遇!B2", "李秀兰", "benefit.person"),
        ("待遇!D2", "2008年2月30日", "date.invalid"),
        ("待遇!E2", "-5", "number.invalid"),
    ],
)
def test_a_fault_is_found_at_its_row_and_column(read, book, place, value, code):
    sheet, _, address = place.partition("!")
    book[sheet][int(address[1:]) - 1]["ABCDEFGHI".index(address[0])] = value

    roster = read(book)

    assert (place, code) in [(finding.place, finding.code) for finding in roster.findings]


def test_all_findings_of_a_row_are_given(read, book):
    book["成员"][2][4:7] = ["不知道", "男", "522121196402300026"]

    codes = {finding.code for finding in read(book).findings if finding.row == 3}

    assert codes >= {"code.unknown", "resident_number.date", "resident_number.check_digit"}


def test_titles_above_headings_order_and_spelling_do_not_matter(read, book):
    rows = [row[::-1] for row in book["成员"]]
    rows[0] = [
        "备 注",
        "民族",
        "身份证\n号码",
        "性别",
        "家庭关系",
        "成员姓名",
        "户 主",
        "家庭编号",
        "村民小组",
    ]
    book["成员"] = [["坪山村花名册"], ["填表日期", "2009年11月"], *rows]

    roster = read(book)

    assert roster.findings == ()
    assert [h.number for h in roster.households] == ["0001", "0002"]
    assert roster.households[0].rows["成员"] == (4, 5, 6)


def test_a_sheet_is_found_by_its_headings(read, book):
    book = {"Sheet1": book["土地"], "Sheet2": book["成员"]}

    assert len(read(book).households[0].parcels) == 2


def test_an_unknown_column_becomes_a_remark_and_one_finding(read, book, places):
    for row, value in zip(book["成员"], ["宗教信仰", "=1+1", None, "无", None], strict=True):
        row.append(value)

    roster = read(book)

    assert roster.unknown_columns == ("宗教信仰",)
    assert places(roster, "heading.unknown") == [("成员!J1", "")]
    assert roster.households[0].members[2].remark == "宗教信仰：无"
    assert not roster.has_errors


def test_totals_rows_are_checked_and_are_no_person(read, book, places):
    book["成员"] += [["合计", "2户", None, "5人"]]
    book["土地"] += [["合计", None, None, 3.75, 120.5], ["总计", None, None, "3.80"]]

    roster = read(book)

    assert places(roster, "totals.differs") == [("成员!D6", "5人"), ("土地!D6", "3.80")]
    assert roster.counts.members == 4


def test_another_head_without_a_number_is_not_taken_into_the_household_above(read, book, places):
    book["成员"][4][1] = None

    roster = read(book)

    assert ("成员!B5", "") in places(roster, "cell.empty")
    assert len(roster.households[0].members) == 3


def test_households_with_errors_are_left_out_only_when_asked_and_named(read, book):
    book["成员"].append(["一组", "0003", "赵开明", "赵开明", "户主", "男", "不详", None, None])
    book["土地"][3][3] = "不详"

    roster = read(book).without_faulty()

    assert [h.number for h in roster.households] == ["0001"]
    assert (roster.left_out, roster.has_errors) == (("0002", "0003"), False)


def test_what_is_put_right_is_reported(read, book):
    book["成员"][1][6] = "522121620304001"
    book["成员"][2][3] = "阿依古丽•买买提"
    book["待遇"][1][1] = None

    roster = read(book)

    assert {f.code for f in roster.findings} == {"resident_number.upgraded", "name.separator"}
    assert roster.households[0].members[0].resident_number == "52212119620304001X"
    assert roster.households[0].members[1].name == "阿依古丽·买买提"


def test_a_person_without_number_stays_a_finding_when_explained(read, book, places):
    book["成员"][0] += ["出生日期"]
    book["成员"][3][6], book["成员"][3][8] = None, "正在补录"
    book["成员"][3] += ["1988-07-08"]

    roster = read(book)

    assert places(roster, "resident_number.missing") == [("成员!G4", "")]
    assert roster.households[0].members[2].birth_date == date(1988, 7, 8)


def test_joint_parcels_need_every_household_to_say_so(read, book):
    book["土地"][3][2] = book["土地"][1][2]
    book["土地"][1][5] = book["土地"][3][5] = "家庭承包（共有）"

    roster = read(book)

    assert roster.findings == ()
    assert roster.households[0].parcels[0].joint_households == ("0002",)


def test_gaps_and_same_names_are_warnings(read, book):
    book["成员"][4][1:4] = ["0005", "张浩然", "张浩然"]
    book["土地"][3][0] = book["待遇"][2][0] = "0005"

    roster = read(book)

    assert {f.code for f in roster.findings} == {"village.gap", "village.same_name"}
    assert not roster.has_errors


def test_traits_farming_years_and_flags(read, book):
    extra = [
        ["身份特征", "农龄", "成员备注", "户口性质"],
        ["低保、残疾", "1981-01至2009-06", "外出务工", "非农"],
    ]
    for row, more in zip(book["成员"], [*extra, [], [], []], strict=True):
        row.extend(more)

    head = read(book).households[0].members[0]

    assert head.traits == (Trait.MINIMUM_LIVING, Trait.DISABLED)
    assert (head.farming_months, head.flag, head.hukou_kind.label) == (342, "7", "非农业")


def test_a_missing_column_is_named(read, book, places):
    for row in book["成员"]:
        del row[4]

    assert places(read(book), "heading.missing") == [("成员!H1", "")]


def test_a_workbook_without_members_is_no_roster(read, book):
    with pytest.raises(WorkbookUnreadable, match="成员"):
        read({"土地": book["土地"]})


JUNK = st.one_of(
    st.none(),
    st.sampled_from(
        ["合计", "户主", "=A1", "共有", "0001", "宅基地", "-1", "9" * 30, "子", "至今"]
    ),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.dates(),
)


def _cell(value):
    if value is None:
        return None
    kinds = {str: Kind.TEXT, int: Kind.NUMBER, float: Kind.NUMBER, date: Kind.DATE}
    return Cell(kinds[type(value)], value)


@given(
    sheets=st.lists(st.lists(st.lists(JUNK, max_size=20), max_size=8), min_size=3, max_size=3),
    kind=st.sampled_from([None, Kind.FORMULA, Kind.ERROR]),
)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_no_junk_stops_the_reading(sheets, kind):
    grids = []
    for sheet, rows in zip(SHEETS, sheets, strict=True):
        cells = [tuple(_cell(column.name) for column in sheet.columns)]
        cells += [tuple(_cell(value) for value in row) for row in rows]
        if kind and len(cells) > 1 and cells[1]:
            cells[1] = (Cell(kind, "=1"), *cells[1][1:])
        grids.append(Grid(name=sheet.name, rows=dict(enumerate(cells, 1))))

    roster = roster_of(Path("x"), iter(grids), today=TODAY, defaults=Defaults())

    assert roster.counts.members <= sum(map(len, sheets))
