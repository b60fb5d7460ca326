"""The plan over the confirmed roll: every unit is somebody's, and the table is sealed."""

from datetime import date

import pytest

from conversion.errors import WrongUse
from conversion.services.share_plan import allotment_sha256, draft, weights_of
from conversion.store.allotment import allotment_of, allotment_table
from conversion.store.chains import case_numbers, load_cases
from tests.office import BASE_DATE, number_of
from tests.stages import play
from tests.village_roster import VILLAGE, House


def confirmed(town):
    with town.database.reading() as session:
        return load_cases(session, case_numbers(session, VILLAGE))


def pack(town):
    return town.office.pack("huichuan-2009", town.calendar.day)


def test_the_whole_is_the_sum_of_its_parts(town_at):
    town = town_at("booked")
    plan = town.programme().plan
    held = sum(town.case(h).units for h in ("0001", "0002", "0003"))
    assert held + plan.collective_units + plan.reserved_units == plan.total_units == 100_000
    assert sum(c.units for c in town.programme().share_classes.values()) == held


def test_each_household_gets_what_the_plan_allots_and_the_table_is_sealed(town_at):
    town = town_at("booked")
    with town.database.reading() as session:
        table = allotment_table(session, VILLAGE)
        assert allotment_of(session, number_of("0001")) == table[number_of("0001")]
    for household in ("0001", "0002", "0003"):
        case = town.case(household)
        assert tuple(case.shares.values()) == tuple(t for t in table[case.number] if t.units)
    assert allotment_sha256(table) == town.programme().plan.allotment_sha256


def test_the_digest_knows_every_unit_but_not_the_order_of_the_cases(town_at):
    town = town_at("booked")
    with town.database.reading() as session:
        table = allotment_table(session, VILLAGE)
    digest = allotment_sha256(table)
    assert allotment_sha256(dict(reversed(table.items()))) == digest
    one, *others = table[number_of("0001")]
    spoiled = one.model_copy(update={"units": one.units + 1})
    assert allotment_sha256(table | {number_of("0001"): (spoiled, *others)}) != digest


def test_a_draft_is_the_same_every_time_and_whatever_the_order(town_at):
    town = town_at("members_confirmed")
    cases, programme = confirmed(town), town.programme()
    first = draft(programme, cases, pack(town), pack(town).share_plan(), version="1")
    again = draft(programme, cases[::-1], pack(town), pack(town).share_plan(), version="1")
    assert {n: sorted(lots, key=lambda lot: lot.key) for n, lots in first.lots.items()} == {
        n: sorted(lots, key=lambda lot: lot.key) for n, lots in again.lots.items()
    }


def test_people_alike_weigh_alike_and_the_soldier_is_not_forgotten(town_at):
    town = town_at("members_confirmed")
    weights = weights_of(town.case("0002"), pack(town).share_plan(), BASE_DATE)
    assert weights["population"] == {"01": 1, "02": 1, "03": 1}


def test_nobody_confirmed_is_nobodys_plan(town_at):
    town = town_at("accepted")
    with pytest.raises(WrongUse):
        draft(town.programme(), confirmed(town), pack(town), pack(town).share_plan(), version="1")


def test_a_child_born_after_the_base_date_weighs_nothing(town_at):
    young = House(
        number="0006",
        people=(
            "冉应伦 户主 男 1980-01-02 农龄=8",
            "母若兰 妻 女 1982-03-04 农龄=5",
            "冉一鸣 长子 男 2009-12-01",
        ),
    )
    town = town_at("taken_in")
    assert town.take_in([young]).committed
    case = town.case("0006")
    assert case.members["03"].birth_date == date(2009, 12, 1)
    play(town, "accepted", after="taken_in")
    town.calendar.later(5)
    town.take("shares.propose_members", "0006")
    standings = {s: m.standing.value for s, m in town.case("0006").memberships.items()}
    assert standings["01"] == "proposed"
    assert weights_of(case, pack(town).share_plan(), BASE_DATE) == {"population": {}, "farming": {}}
