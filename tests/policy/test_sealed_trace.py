"""A decision sealed years ago reads as it was decided, or says that it can't be read."""

import json
from copy import deepcopy
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversion.errors import HistoryBroken
from conversion.policy.decision import Decision, FactUse, Formula, ParameterUse, TraceLine
from conversion.policy.sealed_trace import SealedDecision, read_decision
from tests.policy import decided
from tests.policy.decided import LAND, LAW, WELFARE, YEARS

OTHER = ParameterUse(
    name="remedies", title="救济途径", value="……", since=date(2009, 1, 1), reference=LAW
)
DECISION = replace(decided.DECISION, parameters=(YEARS, OTHER))


def sealed(decision=DECISION):
    """The trace as it comes back from an entry's bytes."""
    return json.loads(json.dumps(decision.trace()))


def test_a_decision_reads_as_it_was_sealed():
    read = read_decision(sealed())

    assert read.is_whole
    for name in {field.name for field in fields(SealedDecision)} - {"is_whole"}:
        assert getattr(read, name) == getattr(DECISION, name)


def test_of_a_decision_whose_argument_was_erased_the_answer_is_left():
    read = read_decision(DECISION.answer())

    assert (read.rule, read.granted) == (DECISION.rule, DECISION.granted)
    assert not read.is_whole
    assert (read.reasons, read.lines, read.parameters) == ((), (), ())


def test_an_entry_of_before_has_reasons_and_no_lines():
    told = {name: part for name, part in sealed().items() if name != "lines"}

    assert read_decision(told).lines == ()
    assert read_decision(told).reasons == ("村级福利照给。",)


def test_lines_are_found_by_their_key_or_their_title():
    read = read_decision(sealed())

    assert read.lines_on("") == (WELFARE, LAND)
    assert read.lines_on("village_welfare") == (WELFARE,)
    assert read.lines_on("承包") == (LAND,)
    assert read.lines_on("没有") == ()


def test_a_line_has_the_parameter_values_that_it_names():
    read = read_decision(sealed())

    assert read.uses(WELFARE) == (YEARS,)
    assert read.uses(LAND) == ()


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ((), None, "decision 项不是字典"),
        (("rule",), 3, "rule 项不是文字"),
        (("granted",), "yes", "granted 项不是 true 或 false"),
        (("reasons",), "一句", "reasons 项不是列表"),
        (("facts",), [], "facts 项不是字典"),
        (("parameters",), {}, "parameters 项不是列表"),
        (("parameters", 0), "三年", "parameters 项不是字典"),
        (("parameters", 0, "since"), "2009-13-01", "since 项不是日期"),
        (("parameters", 0, "since"), None, "since 项不是文字"),
        (("parameters", 0, "illustrative"), 1, "illustrative 项不是 true 或 false"),
        (("parameters", 0, "reference"), None, "reference 项不是字典"),
        (("parameters", 0, "reference", "href"), None, "href 项不是文字"),
        (("references", 0, "article"), None, "article 项不是文字"),
        (("lines",), None, "lines 项不是列表"),
        (("lines", 0), [], "lines 项不是字典"),
        (("lines", 0, "key"), None, "key 项不是文字"),
        (("lines", 0, "because"), [1], "because 项不是文字"),
        (("lines", 0, "formula"), "三年", "formula 项不是字典"),
        (("lines", 0, "formula", "numbers"), 3, "numbers 项不是文字"),
        (("lines", 0, "facts", 0), None, "facts 项不是字典"),
        (("lines", 0, "facts", 0, "title"), None, "title 项不是文字"),
        (("lines", 0, "parameters"), None, "parameters 项不是列表"),
        (("lines", 0, "illustrative"), None, "illustrative 项不是 true 或 false"),
    ],
)
def test_what_is_not_a_decision_is_refused_and_named(path, value, says):
    told = {"": deepcopy(sealed())}
    at, place = told, ""
    for step in path:
        at, place = at[place], step
    at[place] = value

    with pytest.raises(HistoryBroken) as refused:
        read_decision(told[""])

    assert str(refused.value) == (
        f"读取历史记录：{says}。请停止办理，用备份和已签存的根摘要核对历史。"
    )


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
LINES = st.builds(
    TraceLine,
    key=st.text(max_size=5),
    title=st.text(max_size=5),
    result=st.text(max_size=5),
    because=st.lists(st.text(max_size=5), max_size=2).map(tuple),
    formula=st.none() | st.builds(Formula, words=st.text(), numbers=st.text()),
    facts=st.lists(st.builds(FactUse, name=st.text(), title=st.text(), value=VALUES)).map(tuple),
    parameters=st.lists(st.text(max_size=5), max_size=2).map(tuple),
    illustrative=st.booleans(),
)


@given(st.lists(LINES, max_size=3))
def test_whatever_was_sealed_is_read_back(lines):
    decision = Decision(rule="r", granted=False, reasons=(), lines=tuple(lines))

    assert read_decision(sealed(decision)).lines == tuple(lines)
