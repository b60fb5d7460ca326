"""What a rule answers is sealed with everything that leads to it."""

from datetime import date

from conversion.domain.right import Membership, MembershipStanding, ShareLot
from conversion.policy.decision import (
    Decision,
    FactUse,
    Formula,
    ParameterUse,
    Reference,
    TraceLine,
)

LAW = Reference(title="某法", article="第一条", href="https://law.example")
LAW_SEALED = {"title": "某法", "article": "第一条", "href": "https://law.example"}
USE = ParameterUse(
    name="notice.plan",
    title="公示期",
    value={"days": 7},
    since=date(2009, 1, 1),
    reference=LAW,
    illustrative=True,
)
USE_SEALED = {
    "name": "notice.plan",
    "title": "公示期",
    "value": {"days": 7},
    "since": "2009-01-01",
    "reference": LAW_SEALED,
    "illustrative": True,
}


def test_a_reference_reads_as_papers_print_it():
    assert str(LAW) == "《某法》第一条"
    assert str(Reference(title="某法")) == "《某法》"
    assert Reference(title="某法").trace() == {"title": "某法", "article": "", "href": ""}


def test_every_part_of_a_line_is_sealed():
    line = TraceLine(
        key="01/population",
        title="人口股",
        result="10股",
        because=("甲。", "乙。"),
        formula=Formula(words="每人一样", numbers="10 ÷ 1 ＝ 10"),
        facts=(FactUse(name="age", title="年龄", value=60),),
        parameters=("notice.plan",),
        references=(LAW,),
        illustrative=True,
    )

    assert line.trace() == {
        "key": "01/population",
        "title": "人口股",
        "result": "10股",
        "because": ["甲。", "乙。"],
        "formula": {"words": "每人一样", "numbers": "10 ÷ 1 ＝ 10"},
        "facts": [{"name": "age", "title": "年龄", "value": 60}],
        "parameters": ["notice.plan"],
        "references": [LAW_SEALED],
        "illustrative": True,
    }


def test_a_line_without_a_figure_has_no_formula():
    assert TraceLine(key="a", title="甲", result="乙").trace() == {
        "key": "a",
        "title": "甲",
        "result": "乙",
        "because": [],
        "formula": None,
        "facts": [],
        "parameters": [],
        "references": [],
        "illustrative": False,
    }


def test_a_decision_is_sealed_with_its_lines_only_where_it_has_any():
    plain = Decision(
        rule="r",
        granted=True,
        reasons=("因为。",),
        references=(LAW,),
        facts={"age": 60},
        parameters=(USE,),
    )
    sealed = {
        "rule": "r",
        "granted": True,
        "reasons": ["因为。"],
        "references": [LAW_SEALED],
        "facts": {"age": 60},
        "parameters": [USE_SEALED],
    }
    line = TraceLine(key="a", title="甲", result="乙")
    told = Decision(rule="r", granted=False, reasons=(), lines=(line,))

    assert plain.trace() == sealed
    assert told.trace() == {
        "rule": "r",
        "granted": False,
        "reasons": [],
        "references": [],
        "facts": {},
        "parameters": [],
        "lines": [line.trace()],
    }


def test_rows_of_one_kind_are_those_and_no_others():
    lot = ShareLot(member="01", share_class="population", units=3)
    membership = Membership(member="01", standing=MembershipStanding.PROPOSED)
    decision = Decision(rule="r", granted=True, reasons=(), rows=(lot, membership))

    assert decision.rows_of(ShareLot) == (lot,)
    assert decision.rows_of(Membership) == (membership,)
