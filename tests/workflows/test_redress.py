"""Whose shares an answer may move, and where the other household has to stand."""

from dataclasses import replace
from typing import Any

import pytest

from conversion.domain.hold import Hold, HoldKind
from tests.workflows.drive import (
    FOUND,
    OBJECTION,
    PLACE,
    START,
    Desk,
    a_new_case,
    accept,
    allot,
    confirm_members,
)

OTHER = "0013"


def on_the_board(**others: Any) -> Desk:
    """A household whose shares hang on the board."""
    desk = Desk(a_new_case(**others))
    accept(desk)
    confirm_members(desk)
    allot(desk)
    desk.take("shares.allocate")
    desk.take("shares.post_shares", **PLACE)
    return desk


def a_neighbour(**positions: str) -> Any:
    case = on_the_board().case
    number = f"{case.programme}-{OTHER}"
    moved = {
        key: row.model_copy(
            update={"target": row.target.replace(case.number, number)},
        )
        for key, row in case.postings.items()
    }
    return replace(
        case,
        number=number,
        household=case.household.model_copy(update={"number": OTHER}),
        postings=moved,
        positions={**case.positions, **positions},
    )


def lacking(neighbour: Any, receiver: str = "01", giver: str = f"{OTHER}/01") -> set[str]:
    desk = on_the_board()
    desk.take("shares.object", **OBJECTION)
    desk.take("shares.accept_objection", objection="O01")
    desk.take("shares.investigate", objection="O01", **FOUND)
    desk.others = {OTHER: neighbour}
    moved = [{"giver": giver, "receiver": receiver, "units": {"population": 1}}]
    told: dict[str, Any] = {"objection": "O01", "upheld": True, "reply": "多计属实，更正。"}
    return desk.unmet("shares.settle", **told, moved=moved)


@pytest.mark.parametrize("state", ["allocated", "shares_on_notice", "booked", "certified"])
def test_whoever_has_shares_that_no_objection_waits_for_may_have_them_put_right(state):
    assert lacking(a_neighbour(shares=state)) == set()


@pytest.mark.parametrize(
    "positions",
    [
        {"shares": "members_confirmed"},
        {"shares": "shares_objected"},
        {"shares": "not_required"},
        {"shares": "certified", "case": "closed"},
        {"shares": "certified", "case": "archived"},
        {"shares": "booked", "case": "merged"},
    ],
    ids=lambda positions: "-".join(positions.values()),
)
def test_a_household_without_shares_or_with_a_closed_case_is_left_alone(positions):
    assert lacking(a_neighbour(**positions)) == {"redress_others_open"}


def test_a_hold_on_the_other_household_holds_its_shares_fast():
    hold = Hold(
        serial="H01",
        kind=HoldKind.DISPUTE,
        blocks=("shares",),
        authority="汇川区人民法院",
        order="（2010）汇民初字第3号",
        reason="份额权属争议",
        since=START,
    )
    neighbour = replace(a_neighbour(shares="booked"), holds={"H01": hold})

    assert lacking(neighbour) == {"redress_others_open"}


def test_a_stranger_gives_nothing_and_gets_nothing():
    neighbour = a_neighbour(shares="booked")

    assert "redress_parties" in lacking(neighbour, giver=f"{OTHER}/09")
    assert "redress_parties" in lacking(neighbour, receiver="77", giver="02")
