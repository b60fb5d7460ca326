from conversion.domain.right import ShareLot
from conversion.store.allotment import allotment_of, allotment_table, put_allotment
from tests.store.builders import VILLAGE, number, opening_case, opening_programme, record


def lot(member: str, units: int, share_class: str = "population") -> ShareLot:
    return ShareLot(member=member, share_class=share_class, units=units)


def test_the_plans_table_gives_each_case_its_lots(database):
    first, second = (lot("01", 7, "farming"), lot("01", 3), lot("02", 5)), (lot("01", 2**40),)
    with database.writing() as session:
        record(session, opening_programme(), opening_case(1), opening_case(2))
        put_allotment(session, VILLAGE, {number(2): second, number(1): first[::-1]})

    with database.reading() as session:
        assert allotment_of(session, number(1)) == first
        assert allotment_table(session, VILLAGE) == {number(1): first, number(2): second}
        assert allotment_of(session, number(3)) == ()


def test_a_new_plan_replaces_the_table(database):
    with database.writing() as session:
        record(session, opening_programme(), opening_case(1), opening_case(2))
        put_allotment(session, VILLAGE, {number(1): [lot("01", 1)]})
        put_allotment(session, VILLAGE, {number(2): [lot("01", 2)]})

        assert allotment_table(session, VILLAGE) == {number(2): (lot("01", 2),)}
