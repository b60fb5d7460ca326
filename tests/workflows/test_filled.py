import pytest

from conversion.workflows.definition import DEFINITION
from conversion.workflows.filled import read_form
from conversion.workflows.forms import Opinion
from conversion.workflows.step import Form


def test_a_form_with_nothing_to_fill_in_is_there_even_when_only_explained():
    assert read_form(Form, None, clause="") == (Form(), ())


def test_a_form_is_cleaned_of_spaces_at_its_ends():
    form, faults = read_form(Opinion, {"opinion": "　同意。 "}, clause="")

    assert form == Opinion(opinion="同意。")
    assert faults == ()


def test_faults_leave_no_form():
    form, faults = read_form(Opinion, {"opinion": None, "stamp": True}, clause="《办理表单》")

    assert form is None
    assert {fault.clause for fault in faults} == {"《办理表单》"}
    assert [(f.rule, f.found, f.remedy) for f in faults] == [
        ("form.opinion", "应填文字", "填写“意见”（opinion）"),
        ("form.stamp", "没有这一项", "删去“stamp”（stamp）"),
    ]


@pytest.mark.parametrize("track", DEFINITION, ids=lambda t: t.name)
def test_every_form_tells_its_faults_without_a_word_of_english(track):
    nonsense: tuple[object, ...] = (None, [], {}, "x", -1, {"x": ""}, [{}], object())
    for step in track.steps:
        for value in nonsense:
            filled = dict.fromkeys([*step.form.model_fields, "nonsense"], value)
            for fault in read_form(step.form, filled, clause="")[1]:
                told = fault.found.split(" ")[-1].replace("2009-06-30", "")
                assert not any(c.isascii() and c.isalpha() for c in told)
                assert fault.remedy
