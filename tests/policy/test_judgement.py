"""One thing that a rule tests: what it says, what it rests on, and the decision of them all."""

from datetime import date

from conversion.policy.decision import Formula, ParameterUse, Reference
from conversion.policy.judgement import Judgement, judged

LAW, PLAN = Reference(title="甲法", article="第一条"), Reference(title="乙方案")


def a_use(name, reference, *, illustrative=False):
    return ParameterUse(
        name=name, title=name, value=1, since=date(2009, 1, 1), reference=reference,
        illustrative=illustrative,
    )  # fmt: skip


FIRM, EXAMPLE = a_use("firm", LAW), a_use("example", PLAN, illustrative=True)
MET = Judgement(
    key="a", title="甲", met=True, sentence="甲足够。", rests_on=(FIRM, FIRM),
    formula=Formula(words="一", numbers="1"),
)  # fmt: skip
UNMET = Judgement(key="b", title="乙", met=False, sentence="乙不足。", rests_on=(EXAMPLE,))


def test_a_judgement_is_a_line_with_what_it_rests_on():
    assert MET.line.trace() == {
        "key": "a",
        "title": "甲",
        "result": "符合",
        "because": ["甲足够。"],
        "formula": {"words": "一", "numbers": "1"},
        "facts": [],
        "parameters": ["firm", "firm"],
        "references": [LAW.trace()],
        "illustrative": False,
    }
    assert (UNMET.line.result, UNMET.line.illustrative) == ("不符合", True)


def test_a_decision_grants_what_meets_everything():
    granted = judged("rule", iter([MET]), (FIRM, FIRM), {"n": 1})
    refused = judged("rule", (MET, UNMET), (FIRM, EXAMPLE), {})

    assert (granted.rule, granted.granted, granted.facts) == ("rule", True, {"n": 1})
    assert granted.references == (LAW,)
    assert (refused.granted, refused.reasons) == (False, ("甲足够。", "乙不足。"))
    assert refused.references == (LAW, PLAN)
    assert refused.parameters == (FIRM, EXAMPLE)
    assert refused.lines == (MET.line, UNMET.line)
