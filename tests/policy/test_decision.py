"""What a rule answers is sealed with everything that leads to it."""

from dataclasses import replace

from conversion.domain.right import Membership, MembershipStanding, ShareLot
from conversion.policy.decision import Decision, Reference
from tests.policy.decided import DECISION, LAND, LAW, WELFARE

LAW_SEALED = {
    "title": "农村土地承包法",
    "article": "第二十六条",
    "href": "https://example.org/law",
}
USE_SEALED = {
    "name": "benefits.village_welfare.until",
    "title": "村级福利的期限",
    "value": {"years": 3},
    "since": "2009-01-01",
    "reference": LAW_SEALED,
    "illustrative": True,
}


def test_a_reference_reads_as_papers_print_it():
    assert str(LAW) == "《农村土地承包法》第二十六条"
    assert str(Reference(title="某法")) == "《某法》"
    assert Reference(title="某法").trace() == {"title": "某法", "article": "", "href": ""}


def test_every_part_of_a_line_is_sealed():
    assert WELFARE.trace() == {
        "key": "village_welfare/",
        "title": "村级福利",
        "result": "保留，到2012年12月1日止",
        "because": ["村里原来给的福利，过渡期照给。", "期限三年。"],
        "formula": {
            "words": "批准之日 ＋ 期限",
            "numbers": "2009年12月1日 ＋ 3年 ＝ 2012年12月1日",
        },
        "facts": [{"name": "approved_on", "title": "批准之日", "value": "2009-12-01"}],
        "parameters": ["benefits.village_welfare.until"],
        "references": [LAW_SEALED],
        "illustrative": True,
    }


def test_a_line_without_a_figure_has_no_formula():
    assert LAND.trace() == {
        "key": "contracted_land/",
        "title": "承包地",
        "result": "保留",
        "because": [],
        "formula": None,
        "facts": [],
        "parameters": [],
        "references": [],
        "illustrative": False,
    }


def test_a_decision_is_sealed_with_its_lines_only_where_it_has_any():
    sealed = {
        "rule": "transitional_benefit",
        "granted": True,
        "reasons": ["村级福利照给。"],
        "references": [LAW_SEALED],
        "facts": {"members": 5},
        "parameters": [USE_SEALED],
    }

    assert replace(DECISION, lines=()).trace() == sealed
    assert DECISION.trace() == sealed | {"lines": [WELFARE.trace(), LAND.trace()]}


def test_a_refusal_without_a_word_is_sealed_as_such():
    assert Decision(rule="r", granted=False, reasons=(), lines=(LAND,)).trace() == {
        "rule": "r",
        "granted": False,
        "reasons": [],
        "references": [],
        "facts": {},
        "parameters": [],
        "lines": [LAND.trace()],
    }


def test_rows_of_one_kind_are_those_and_no_others():
    lot = ShareLot(member="01", share_class="population", units=3)
    membership = Membership(member="01", standing=MembershipStanding.PROPOSED)
    decision = Decision(rule="r", granted=True, reasons=(), rows=(lot, membership))

    assert decision.rows_of(ShareLot) == (lot,)
    assert decision.rows_of(Membership) == (membership,)
