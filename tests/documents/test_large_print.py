"""The statement for those who read with difficulty: the same words, and none of them small."""

import pytest

from conversion.documents.entitlement_statement import ENTITLEMENT_STATEMENT
from conversion.documents.large_print import LARGE
from conversion.documents.render import render
from tests.documents.papers import opened, text_of, the_facts

STATEMENT = LARGE["entitlement_statement"]
SMALLEST = 18
FOOT = 70
"""Points from the lower edge up to which the foot reaches."""


@pytest.mark.parametrize("members", [1, 5, 12])
def test_large_type_says_all_that_the_statement_says(members):
    facts = the_facts(ENTITLEMENT_STATEMENT, members=members)

    text = text_of(render(STATEMENT, facts))

    assert facts.number in text
    assert "大字版只供阅读" in text
    for line in facts.lines:
        assert line.title in text
        assert line.why.replace(" ", "") in text
        assert line.duty in text
        assert line.window_name in text
    for name in facts.members:
        assert name in text
    for reminder in facts.reminders:
        assert reminder.words in text


def test_nothing_but_the_foot_is_smaller_than_eighteen_points():
    sizes = set()

    def seen(text, cm, tm, _font, size):
        if text.strip() and cm[3] * tm[5] + cm[5] > FOOT:
            sizes.add(round(size * abs(tm[3]) * abs(cm[3]), 1))

    for page in opened(render(STATEMENT, the_facts(ENTITLEMENT_STATEMENT, members=5))).pages:
        page.extract_text(visitor_text=seen)

    assert sizes
    assert min(sizes) >= SMALLEST, sizes
