"""What people type around a code never changes the code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.standards.compact_text import compact


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("520303199001011234", "520303199001011234"),
        ("１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"),
        ("'520303199001011234", "520303199001011234"),
        (" 520303-1990\u20140101 1234\t\r\n", "52030319900101123" + "4"),
        ("\ufeff长\u3000子\u200b\u202e", "长子"),
        ("", ""),
    ],
)
def test_separators_and_invisible_marks_are_dropped(typed, code):
    assert compact(typed) == code


@settings(deadline=None)
@given(st.text())
def test_what_is_compact_stays_as_it_is(text):
    once = compact(text)

    assert compact(once) == once
