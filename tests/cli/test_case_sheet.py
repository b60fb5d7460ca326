"""The sheet of a case that has gone its whole way: every list drawn, every code in words."""

import pytest

from conversion.cli.case_sheet import heading, sheet_of
from conversion.cli.output import show
from conversion.domain.case import TRACKS
from conversion.domain.departed import Departed
from conversion.domain.household_change import HouseholdChange
from conversion.domain.printing import Printing
from conversion.domain.representation import Representation, RepresentationKind
from conversion.domain.right import ReservedLot
from tests.builders import FIRST_DAY, a_case, a_member, a_programme, an_objection

MOVED = {"departure": "moved", "left_on": FIRST_DAY, "went_to": "520303105202-0159/09"}
CASE = a_case(
    at="closed",
    done=TRACKS,
    objections={"O01": an_objection()},
    reserved={"01/farming": ReservedLot(member="01", share_class="farming", units=7)},
    departed={"09": Departed.model_validate(a_member("09", "张永刚", "23").model_dump() | MOVED)},
    representations={
        "03": Representation(
            member="03", kind=RepresentationKind.PROXY, name="张德明", since=FIRST_DAY
        )
    },
    printings={
        "坪社受〔2009〕7号/1": Printing(
            number="坪社受〔2009〕7号",
            serial=1,
            printed_on=FIRST_DAY,
            printer="窗口一",
            copies=2,
            reason="交户主",
            is_original=True,
            file_sha256="0" * 64,
        )
    },
    changes={
        "C01": HouseholdChange(
            serial="C01",
            kind="split",
            title="分户",
            proposed_on=FIRST_DAY,
            proposed_by="clerk",
            form="{}",
        )
    },
)
SHEET = sheet_of(CASE, a_programme())


@pytest.mark.parametrize("name", sorted(SHEET.keys() - {"papers", "holds", "overrides", "beside"}))
def test_every_list_has_its_rows_for_people_and_programs(name, capsys):
    listing = SHEET[name]
    show(listing.records, listing.picture, as_json=False)

    assert listing.records
    assert len(listing.records) == len(listing.rows)
    assert listing.title in capsys.readouterr().out


def test_people_read_words_where_programs_read_codes(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    show(None, *(listing.picture for listing in SHEET.values()), as_json=False)
    drawn = capsys.readouterr().out

    assert [w for w in ("已确认", "人口股", "村级水电补贴", "不成立") if w not in drawn] == []
    assert {row["membership"] for row in SHEET["members"].records} == {"confirmed"}


def test_a_person_without_number_is_shown_without_one():
    case = a_case(members=[a_member(), a_member("02", "张小宝", "41", resident_number="")])

    assert sheet_of(case, a_programme())["members"].records[1]["resident_number"] == ""


def test_the_heading_names_the_household_and_its_shares():
    assert f"全户份额：{CASE.units}" in [*heading(CASE)]
