"""What stands still in a whole village, and which households have a list on the board."""

from datetime import date
from typing import Any

from conversion.domain.collections import put
from conversion.domain.hold import Hold, HoldKind
from conversion.domain.notice import Notice
from conversion.domain.override import Override
from conversion.store.holds import hold_lines, override_lines
from conversion.store.notices import cases_on_notice
from tests.store.builders import VILLAGE, an_act, number, opening_case, opening_programme, record

DAY = date(2010, 3, 8)


def act(chain, *changes):
    return an_act(chain, 1, "case.note", changes=changes)


def a_hold(serial="H01", **others):
    fields: dict[str, Any] = {
        "kind": HoldKind.COURT,
        "blocks": ("ledger",),
        "authority": "汇川区人民法院",
        "order": "（2010）汇法执字第8号",
        "since": DAY,
    }
    return Hold(serial=serial, **(fields | others))


def a_notice(serial, **others):
    return Notice(
        serial=serial, level="case", kind="household", title="公示", posted_on=DAY,
        last_day=date(2010, 3, 15), days=7, working_days=False, **others,
    )  # fmt: skip


def test_the_holds_of_a_village_and_of_its_households_stand_in_one_list(database):
    ended = a_hold("H02", lifted_on=DAY, ending="解除")
    of_village = a_hold(kind=HoldKind.DISCIPLINE, blocks=("all",))
    with database.writing() as session:
        record(session, opening_programme(), opening_case(1), opening_case(2))
        record(
            session,
            act(number(2), put("holds", "H01", a_hold()), put("holds", "H02", ended)),
            act(VILLAGE, put("holds", "H01", of_village)),
        )

    with database.reading() as session:
        lines = hold_lines(session, VILLAGE)

    assert [(line.chain, line.row) for line in lines] == [
        (VILLAGE, of_village),
        (number(2), a_hold()),
        (number(2), ended),
    ]
    assert [line.household_number for line in lines] == ["", "0002", "0002"]


def test_the_overrides_of_a_village_stand_in_one_list(database):
    override = Override(
        serial="W01", act="case.accept", rule="adults_signed", reason="委托书在途", requested_on=DAY,
        requested_by="chen", requester_name="陈明",
    )  # fmt: skip
    with database.writing() as session:
        record(session, opening_programme(), opening_case(1))
        record(session, act(number(1), put("overrides", "W01", override)))

    with database.reading() as session:
        (line,) = override_lines(session, VILLAGE)

    assert (line.chain, line.row) == (number(1), override)


def test_only_a_household_with_a_running_notice_is_on_notice(database):
    with database.writing() as session:
        record(session, opening_programme(), *(opening_case(n) for n in range(1, 5)))
        record(
            session,
            act(number(1), *(put("notices", n, a_notice(n)) for n in ("N01", "N02"))),
            act(number(2), put("notices", "N01", a_notice("N01", closed_on=DAY))),
            act(number(3), put("notices", "N01", a_notice("N01", voided_on=DAY))),
        )

    with database.reading() as session:
        assert cases_on_notice(session, VILLAGE) == [number(1)]
