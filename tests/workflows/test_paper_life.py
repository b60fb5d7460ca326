"""Papers that count no more: superseded and issued anew, recalled, brought back."""

from dataclasses import replace
from datetime import date

import pytest

from conversion.documents.approval_form import APPROVAL_FORM
from conversion.documents.hukou_certificate import HUKOU_CERTIFICATE
from conversion.documents.share_certificate import SHARE_CERTIFICATE
from conversion.domain.notice import Paper, PaperStatus
from conversion.workflows.paper_life import (
    due_again,
    predecessor,
    recall,
    supersede,
    to_bring_back,
)
from tests.workflows.drive import Desk, a_new_case, an_approved_desk

DAY = date(2010, 3, 8)


def a_paper(number, kind=APPROVAL_FORM, *, status=PaperStatus.ISSUED, **others):
    made = {} if status is PaperStatus.PENDING else {"file_sha256": "cd" * 32}
    return Paper(
        number=number,
        kind=kind.id,
        template="1",
        prepared_on=date(2010, 1, 5),
        facts_sha256="ab" * 32,
        status=status,
        **(made | others),
    )


def a_case_with(*papers):
    return replace(a_new_case(), papers={p.number: p for p in papers})


def after(case, changes):
    rows = {c.key: Paper.model_validate(c.row) for c in changes}
    return replace(case, papers={**case.papers, **rows})


def test_a_superseded_kind_is_due_again_until_a_new_one_counts():
    case = a_case_with(a_paper("审1"), a_paper("户1", HUKOU_CERTIFICATE))

    case = after(case, supersede(case, kinds=(APPROVAL_FORM,), day=DAY, reason="更正"))

    assert case.papers["审1"].status is PaperStatus.SUPERSEDED
    assert (case.papers["审1"].ended_on, case.papers["审1"].end_reason) == (DAY, "更正")
    assert case.papers["户1"].is_live
    assert due_again(case, (HUKOU_CERTIFICATE, APPROVAL_FORM)) == (APPROVAL_FORM,)
    assert predecessor(case, APPROVAL_FORM.id) == "审1"

    anew = a_paper("审2", status=PaperStatus.PENDING, replaces="审1")
    case = replace(case, papers={**case.papers, "审2": anew})
    assert due_again(case, (APPROVAL_FORM,)) == ()
    assert predecessor(case, APPROVAL_FORM.id) == ""


def test_one_paper_is_superseded_by_its_number():
    case = a_case_with(a_paper("股1", SHARE_CERTIFICATE), a_paper("股2", SHARE_CERTIFICATE))

    (change,) = supersede(case, numbers=("股2",), day=DAY, reason="转让")

    assert change.key == "股2"
    assert due_again(after(case, (change,)), (SHARE_CERTIFICATE,)) == ()


def test_what_counts_no_more_is_not_ended_twice():
    case = a_case_with(a_paper("审1", status=PaperStatus.VOID))

    assert supersede(case, kinds=(APPROVAL_FORM,), day=DAY, reason="更正") == ()
    assert recall(case, numbers=("审1",), day=DAY, reason="撤销") == ()


def test_a_recalled_paper_is_never_due_again_and_one_never_made_is_void():
    case = a_case_with(a_paper("审1"), a_paper("审2", status=PaperStatus.PENDING))

    case = after(case, recall(case, kinds=(APPROVAL_FORM,), day=DAY, reason="撤销决定"))

    assert case.papers["审1"].status is PaperStatus.RECALLED
    assert case.papers["审2"].status is PaperStatus.VOID
    assert due_again(case, (APPROVAL_FORM,)) == ()
    assert [p.number for p in to_bring_back(case)] == ["审1"]


def test_nothing_is_issued_anew_that_was_not_superseded():
    desk = an_approved_desk()

    assert desk.unmet("case.reissue", reason="换发一份") == {"reissue_due"}


def test_a_superseded_form_is_issued_anew_where_the_case_stands():
    desk = an_approved_desk()
    desk.case = replace(desk.case, papers={"审1": a_paper("审1", status=PaperStatus.SUPERSEDED)})

    move = desk.take("case.reissue", reason="更正后换发")

    assert move.papers == (APPROVAL_FORM,)
    assert (move.source, move.target) == (None, None)
    assert desk.case.positions["case"] == "approved"


@pytest.mark.parametrize(
    ("number", "day", "unmet"),
    [
        ("审1", DAY, set()),
        ("审2", DAY, {"paper_outstanding"}),
        ("审9", DAY, {"paper_outstanding"}),
        ("审1", date(2010, 3, 9), {"returned_on_past"}),
    ],
)
def test_only_an_ended_paper_is_brought_back_and_only_once(number, day, unmet):
    desk = Desk(an_approved_desk().case, day=DAY)
    old, new = a_paper("审1", status=PaperStatus.SUPERSEDED), a_paper("审2", replaces="审1")
    desk.case = replace(desk.case, papers={"审1": old, "审2": new})

    assert desk.unmet("case.recall_paper", number=number, returned_on=day) == unmet
    if not unmet:
        desk.take("case.recall_paper", number=number, returned_on=day)
        assert desk.case.papers["审1"].returned_on == DAY
        again = {"number": number, "returned_on": day}
        assert desk.unmet("case.recall_paper", **again) == {"paper_outstanding"}
