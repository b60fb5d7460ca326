"""Changes are written as they are read."""

from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.standing import Change
from conversion.history.changes import changes_as_json, changes_in

WORDS = st.sampled_from(["shares", "members", "01", "02"])
CHANGES = st.builds(
    Change,
    collection=WORDS,
    key=WORDS,
    row=st.none() | st.dictionaries(WORDS, st.none() | st.integers(0, 9) | WORDS),
)


@given(st.lists(CHANGES).map(tuple))
@settings(deadline=None)
def test_changes_come_back_from_json(changes):
    assert changes_in({"changes": changes_as_json(changes)}) == changes
