"""Base45 as RFC 9285 prints it, and as any bytes go through it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversion.errors import WrongUse
from conversion.standards import base45


@pytest.mark.parametrize(
    ("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581")]
)
def test_the_examples_of_the_rfc(data, text):
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@given(st.binary(max_size=400))
def test_any_bytes_come_back(data):
    assert base45.decode(base45.encode(data)) == data


@pytest.mark.parametrize("text", ["GGW", ":::", "::", "A", "ab8", "BB8A", "村村村"])
def test_what_no_bytes_are_written_as_is_refused(text):
    with pytest.raises(WrongUse):
        base45.decode(text)
