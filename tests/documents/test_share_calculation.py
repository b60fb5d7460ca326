"""The calculation sheet: from the sealed lines alone, person by person, with what came later."""

from datetime import date

import pytest

from conversion.documents.location import templates_folder
from conversion.documents.sealed_line import sealed_lines
from conversion.documents.share_calculation import SHARE_CALCULATION, LaterChange
from conversion.documents.template import fill
from conversion.domain.case import TRACKS
from conversion.domain.ledger import Posting, PostingKind
from conversion.domain.right import ReservedLot
from conversion.errors import DocumentRefused
from tests.builders import a_case
from tests.documents.papers import facts_of


def a_posting(serial, kind, units, source, target, **told):
    row = {"serial": serial, "transaction": serial, "kind": kind, "day": date(2009, 11, 1)}
    return Posting(
        share_class="population", units=units, source=source, target=target, **row | told
    )


def test_the_sheet_says_for_each_person_what_was_sealed():
    facts = facts_of(SHARE_CALCULATION, a_case(members=3, done=TRACKS))

    assert [(p.total, len(p.lines)) for p in facts.people] == [("239股", 1)] * 3
    line = facts.people[0].lines[0]
    assert (line.title, line.result) == ("人口股", "239股")
    assert line.numbers == "1 × 553000 ÷ 2310 ＝ 239 余 910，得239股"
    assert facts.total.result == "717股"
    assert facts.words.startswith("权重 × 本股种全村股数")
    assert facts.people[0].given == (line,)
    assert facts.people[0].refused == ()
    assert not facts.has_examples


def test_the_page_can_be_read_aloud():
    html = fill(
        SHARE_CALCULATION, facts_of(SHARE_CALCULATION, a_case(done=TRACKS)), templates_folder()
    )

    assert "每人一样，权重1。" in html
    assert "算式：1 × 553000 ÷ 2310 ＝ 239 余 910，得239股" in html
    assert "有意见怎么办" in html
    assert "配股以后的更正和变动" not in html
    assert "方案对您家下列情况的规定" not in html


def test_corrections_since_and_what_is_kept_back_are_told():
    case = a_case(members=2, done=TRACKS)
    me = f"{case.number}/01"
    postings = (
        a_posting("L001", PostingKind.ALLOCATION, 239, "plan", me),
        a_posting("L002", PostingKind.CORRECTION, 9, me, "reserve"),
        a_posting("L003", PostingKind.RELEASE, 5, "reserve", me),
    )
    kept = ReservedLot(member="02", share_class="population", units=7)
    case = case.__class__(
        **{name: getattr(case, name) for name in case.__slots__}
        | {"postings": {p.key: p for p in postings}, "reserved": {kept.key: kept}}
    )

    facts = facts_of(SHARE_CALCULATION, case)

    assert facts.changes == (
        LaterChange(day=date(2009, 11, 1), reason="更正", delta="－9股"),
        LaterChange(day=date(2009, 11, 1), reason="预留股兑现", delta="＋5股"),
    )
    assert facts.kept == (f"为{case.people['02'].name}预留人口股7股，身份确认以后发给本人。",)
    html = fill(SHARE_CALCULATION, facts, templates_folder())
    assert "配股以后的更正和变动" in html
    assert "更正以后：" in html


def test_without_sealed_lines_there_is_no_sheet():
    with pytest.raises(DocumentRefused, match="本户还没有配股"):
        facts_of(SHARE_CALCULATION, a_case())
    assert sealed_lines(None) == ()
