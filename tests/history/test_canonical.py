"""One value has one way to be written."""

import json
from functools import partial
from unicodedata import normalize

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.errors import HistoryBroken
from conversion.history.canonical import LARGEST, canonical, parse

TEXTS = st.text(st.characters(codec="utf-8")).map(partial(normalize, "NFC"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXTS,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(TEXTS, parts, max_size=4),
    max_leaves=12,
)

FRENCH = (
    '{"peach":"This sorting order","péché":"is wrong according to French",'
    '"pêche":"but canonicalization MUST","sin":"ignore locale"}'
)

# The cyberphone vectors of RFC 8785, without their fractions, which no entry may hold, and
# without U+FB33, which is not NFC.
VECTORS = {
    "arrays": ('[56,{"d":true,"10":null,"1":[]}]', '[56,{"1":[],"10":null,"d":true}]'),
    "french": (FRENCH, FRENCH),
    "structures": (
        (
            '{"1":{"f":{"f":"hi","F":5},"\\n":56},"10":{},"":"empty","a":{},'
            '"111":[{"e":"yes","E":"no"}],"A":{}}'
        ),
        '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}',
    ),
    "values": (
        '{"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
        '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    ),
    "weird": (
        (
            '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\u000a":"Newline","1":"One",'
            '"\\u0080":"Control\\u007f","\\ud83d\\ude02":"Smiley",'
            '"\\u00f6":"Latin Small Letter O With Diaeresis","</script>":"Browser Challenge"}'
        ),
        (
            '{"\\n":"Newline","\\r":"Carriage Return","1":"One","</script>":"Browser Challenge",'
            '"\x80":"Control\x7f","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😂":"Smiley"}'
        ),
    ),
    "UTF-16 order": ('{"Ａ":2,"😂":1}', '{"😂":1,"Ａ":2}'),
}


@pytest.mark.parametrize(("given_text", "expected"), VECTORS.values(), ids=VECTORS)
def test_published_vectors_are_written_byte_for_byte(given_text, expected):
    assert canonical(json.loads(given_text)) == expected.encode()


@given(VALUES)
@settings(deadline=None)
def test_what_was_written_is_read_back_and_the_rfc_library_writes_the_same(value):
    written = canonical(value)

    assert parse(written) == value
    assert written == rfc8785.dumps(value)


def a_deep_list():
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        {"area": 66.67},
        float("nan"),
        LARGEST + 1,
        -LARGEST - 1,
        {1: "one"},
        "\ud800",
        {"\udfff": 1},
        "A\u030a",
        {"A\u030a": 1},
        b"bytes",
        ("a", "tuple"),
        {"nested": [{"deep": {1, 2}}]},
        a_deep_list(),
    ],
    ids=lambda value: repr(value)[:20] if not isinstance(value, list) else "deep list",
)
def test_a_value_with_more_than_one_way_to_be_written_is_refused(value):
    with pytest.raises(HistoryBroken):
        canonical(value)


def test_the_refusal_names_the_place_and_keeps_the_value_to_itself():
    with pytest.raises(HistoryBroken) as refusal:
        canonical({"members": [{"name": "王"}, {"name": "李小A\u030a"}]})

    assert "members[1].name" in refusal.value.found
    assert "李" not in str(refusal.value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":01}',
        b'{"a":NaN}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 5000 + b"}",
        rb'"\u6751"',
        rb'"\ud800"',
        rb'"\/"',
        '{"a":1}'.encode("utf-16"),
        b'\xef\xbb\xbf{"a":1}',
        b'"\xff"',
        b"",
        b"[1,]",
        b"[" * 100_000 + b"]" * 100_000,
    ],
    ids=lambda data: repr(data)[:24],
)
def test_bytes_that_were_not_written_canonically_are_refused(data):
    with pytest.raises(HistoryBroken):
        parse(data)
