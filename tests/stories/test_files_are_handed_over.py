"""What a household takes home, and what becomes of its file once the case has ended."""

from typing import Any

import pytest

from conversion.domain.notice import PaperStatus
from conversion.errors import DocumentRefused
from conversion.services.reprint import large_print
from conversion.store.papers import sealed_facts
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import KEY, number_of
from tests.village_roster import VILLAGE


def sealed(town, chain, kind) -> Any:
    """What the live paper of a kind says."""
    holder = town.programme() if chain == VILLAGE else town.case(chain[-4:])
    (number,) = (p.number for p in holder.papers.values() if p.kind == kind and p.is_live)
    with town.database.reading() as session:
        return sealed_facts(session, chain, KEY)[number]


def test_a_file_is_indexed_archived_and_handed_over(town_at):
    town, number = town_at("signed"), number_of("0001")
    with pytest.raises(RequirementsUnmet) as early:
        town.village("hand_over_files", receiver="汇川区档案馆")
    assert [r.rule for r in early.value.unmet] == ["files_ready"]
    made = {p.number: p.pages for p in town.issue() if p.chain == number}
    town.take("case.close", "0001")
    town.take("case.index_file", "0001", retention="Y", code="Z109-WS·2010-Y-CGJ-0001")

    contents = sealed(town, number, "file_index")["contents"]
    assert contents["retention"] == "永久"
    printed = {i["reference"]: i["pages"] for i in contents["items"] if i["pages"] is not None}
    assert printed == made, "every paper with its pages, none twice"
    brought = {i["title"] for i in contents["items"] if i["pages"] is None}
    assert {"村改社区申请审批表", "入户核查表", "张贴照片"} <= brought

    town.issue()
    town.take("case.index_file", "0001")
    indexes = [p for p in town.case("0001").papers.values() if p.kind == "file_index"]
    assert [p.status for p in indexes] == [PaperStatus.SUPERSEDED, PaperStatus.PENDING]
    assert indexes[1].replaces == indexes[0].number
    town.issue()
    town.take("case.archive", "0001")

    town.village("hand_over_files", receiver="汇川区档案馆")
    handover = sealed(town, VILLAGE, "handover_list")["handover"]
    (line,) = handover["files"]
    assert (line["household_number"], line["state"]) == ("0001", "已归档")
    assert line["index"] == indexes[1].number
    assert line["papers"] == len(made) + 2
    assert handover["village_papers"] > 0
    assert town.verify().is_sound


def test_the_statement_is_printed_in_large_type_and_no_other_paper_is(town_at):
    town = town_at("signed")
    papers = {p.kind: p.number for p in town.case("0001").papers.values()}

    printed = large_print(
        town.office, "auditor1", number_of("0001"), papers["entitlement_statement"]
    )

    assert printed.pages >= 1
    with pytest.raises(DocumentRefused, match="权益告知单"):
        large_print(town.office, "auditor1", number_of("0001"), papers["approval_form"])
