"""Live state is the sum of the acts: a row changed without an act stands out."""

from dataclasses import replace

import pytest

from conversion.domain.standing import Difference, Json, Standing
from conversion.errors import HistoryBroken
from conversion.history.replay import replay
from tests.history.builders import ENTRY


def shares(key, units):
    row = None if units is None else {"units": units}
    return {"collection": "shares", "key": key, "row": row}


OPENED = replace(
    ENTRY,
    act="case.open",
    source=None,
    target="opened",
    data={"moves": {"case": "opened", "shares": "open", "land": "open"}},
)
ALLOCATED = replace(
    ENTRY,
    seq=2,
    act="shares.allocate",
    source="open",
    target="allocated",
    data={"changes": [shares("01", 100), shares("02", 40)]},
)
CORRECTED = replace(
    ENTRY,
    seq=3,
    act="shares.correct",
    source=None,
    target=None,
    data={"changes": [shares("01", 90), shares("02", None)]},
)
MEMBERS: dict[str, Json] = {
    "changes": [{"collection": "members", "key": "01", "row": {"name": "王大明"}}]
}


def test_a_case_stands_where_its_acts_have_brought_it():
    assert replay([(OPENED, MEMBERS), (ALLOCATED, None), (CORRECTED, None)]) == Standing(
        positions={"case": "opened", "shares": "allocated", "land": "open"},
        rows={"members": {"01": {"name": "王大明"}}, "shares": {"01": {"units": 90}}},
    )


def test_no_acts_no_standing():
    assert replay([]) == Standing()


def test_an_act_from_a_state_in_which_its_level_was_not_is_refused():
    with pytest.raises(HistoryBroken, match="当时处于“open”"):
        replay([(OPENED, None), (replace(ALLOCATED, source="reviewed"), None)])


def test_an_act_that_forgets_where_its_level_stood_is_refused():
    with pytest.raises(HistoryBroken):
        replay([(OPENED, None), (replace(ALLOCATED, source=None), None)])


def test_the_first_act_of_a_level_may_name_where_it_came_from():
    assert replay([(ALLOCATED, None)]).positions == {"shares": "allocated"}


def test_the_same_act_twice_is_refused():
    with pytest.raises(HistoryBroken):
        replay([(OPENED, None), (ALLOCATED, None), (ALLOCATED, None)])


def test_a_share_count_edited_in_the_table_alone_is_seen():
    history = replay([(OPENED, None), (ALLOCATED, None)])
    tables = replay([(OPENED, None), (ALLOCATED, None)])
    tables.rows["shares"]["01"] = {"units": 900}

    assert list(tables.differences(history)) == [
        Difference(collection="shares", key="01", field="units", mine=900, theirs=100)
    ]


def test_an_erased_payload_leaves_its_rows_out():
    assert replay([(OPENED, None)]).rows == {}
