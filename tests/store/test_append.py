import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from conversion.domain.collections import put, remove
from conversion.domain.notice import Paper
from conversion.domain.standing import Change, Row
from conversion.errors import CaseChanged, NotFound, WrongUse
from conversion.history.chain import verify_chain
from conversion.history.commitment import open_personal
from conversion.history.entry import Entry
from conversion.history.merkle import leaf_hash, root_of
from conversion.history.replay import replay
from conversion.store.chains import case_numbers, load_case, standing_of, standings
from conversion.store.database import Database
from conversion.store.entries import all_entries, entries_of, erase_personal, log_head, node
from tests.store.builders import (
    DAY,
    KEY,
    VILLAGE,
    a_member,
    accepting,
    an_act,
    booking,
    number,
    opening_case,
    opening_programme,
    record,
    setting,
)

COUNTED = ("programmes", "cases", "members", "entries", "nodes", "log_heads", "personal_payloads")


@pytest.fixture
def village(database):
    """A database with one programme and one case in it."""
    with database.writing() as session:
        record(session, opening_programme(), opening_case())
    return database


def counts(database) -> dict[str, int]:
    with database.reading() as session:
        return {t: session.execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in COUNTED}


def replayed(session, chain):
    return replay(
        (
            Entry.from_bytes(e.bytes),
            open_personal(e.ciphertext, KEY, Entry.from_bytes(e.bytes).commitment or "")
            if e.ciphertext
            else None,
        )
        for e in entries_of(session, chain)
    )


def test_each_act_gets_its_place_in_chain_and_log(database):
    with database.writing() as session:
        receipts = record(
            session, opening_programme(), opening_case(), accepting(), opening_case(2)
        )

    assert [(r.chain, r.seq, r.index) for r in receipts] == [
        (VILLAGE, 1, 0),
        (number(1), 1, 1),
        (number(1), 2, 2),
        (number(2), 1, 3),
    ]


def test_an_act_moves_state_and_history_together(village):
    with village.writing() as session:
        record(session, accepting())

    with village.reading() as session:
        case = load_case(session, number(1))
        assert (case.version, case.positions["case"], case.positions["land"]) == (
            2,
            "accepted",
            "open",
        )
        assert [event.act for event in case.past] == ["case.open", "case.accept"]
        assert case.past[1].actor_name == "陈明"


def test_the_history_holds_together(village):
    with village.writing() as session:
        record(session, *[booking(units, version) for version, units in enumerate(range(20), 1)])

    with village.reading() as session:
        stored = list(all_entries(session, VILLAGE))
        chain = entries_of(session, number(1))
        assert list(verify_chain([e.bytes for e in chain], chain=number(1))) == []
        assert [e.idx for e in stored] == list(range(22))
        assert [e.leaf_hash for e in stored] == [leaf_hash(e.bytes) for e in stored]
        assert log_head(session, VILLAGE).size == 22
        assert log_head(session, VILLAGE).root() == root_of(e.leaf_hash for e in stored)
        assert node(session, VILLAGE, 4, 0) == root_of(e.leaf_hash for e in stored[:16])


def test_a_stale_form_is_refused(village):
    with village.writing() as session:
        record(session, accepting())
    before = counts(village)

    with pytest.raises(CaseChanged), village.writing() as session:
        record(session, accepting())

    assert counts(village) == before


def test_the_slower_of_two_writers_is_refused(postgresql_url):
    """The quick one commits after the slow one read the head: only the guarded UPDATE can tell."""
    village = Database(postgresql_url)
    with village.writing() as session:
        record(session, opening_programme(), opening_case())
    overtaken: list[str] = []

    def overtake(_connection, _cursor, statement, *_given) -> None:
        if statement.startswith("UPDATE cases") and not overtaken:
            overtaken.append(statement)
            with village.writing() as quick:
                record(quick, accepting())

    with village.writing() as slow:
        event.listen(slow.connection(), "before_cursor_execute", overtake)
        with pytest.raises(CaseChanged):
            record(slow, accepting())
        slow.rollback()
    assert overtaken
    village.close()


def test_a_case_is_opened_once(village):
    before = counts(village)

    with pytest.raises(CaseChanged), village.writing() as session:
        record(session, opening_case())

    assert counts(village) == before


def test_a_programme_comes_before_its_cases(database):
    with pytest.raises(NotFound, match=VILLAGE), database.writing() as session:
        record(session, opening_case())


def test_an_act_on_a_case_of_another_programme_finds_no_case(village):
    with village.writing() as session:
        record(session, opening_programme("999"), programme="999")

    with pytest.raises(NotFound, match=number(1)), village.writing() as session:
        record(session, accepting(), programme="999")


def test_an_act_from_a_state_that_has_passed_is_refused(village):
    act = an_act(number(1), 1, "case.review", source="accepted", target="reviewed")

    with pytest.raises(CaseChanged), village.writing() as session:
        record(session, act)


@pytest.mark.parametrize("table", ["entries", "nodes", "personal_payloads", "log_heads", "shares"])
def test_no_state_without_its_entry(village, table):
    """Whichever write fails, nothing of the act remains."""
    act = an_act(
        number(1), 1, "case.accept", source="draft", target="accepted",
        changes=[put("members", "01", a_member(name="王五")), *booking(3, 1).changes],
    )  # fmt: skip
    before = counts(village)
    with village.writing() as session:
        session.execute(text(f"ALTER TABLE {table} RENAME TO away"))

    with pytest.raises(DBAPIError), village.writing() as session:
        record(session, act)

    with village.writing() as session:
        session.execute(text(f"ALTER TABLE away RENAME TO {table}"))
    assert counts(village) == before
    with village.reading() as session:
        case = load_case(session, number(1))
        assert (case.version, case.positions["case"], case.head.name) == (1, "draft", "李0001之1")


@pytest.mark.parametrize("table", ["entries", "nodes"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET idx = idx + 100", "DELETE FROM {}"])
def test_history_can_only_be_added_to(village, table, statement):
    with pytest.raises(IntegrityError, match="历史只可追加"), village.writing() as session:
        session.execute(text(statement.format(table)))


def test_history_cannot_be_emptied_or_replaced(village, database_url):
    if database_url.startswith("sqlite"):
        attempts = [
            "INSERT OR REPLACE INTO entries SELECT programme, idx, chain, seq, x'00', leaf_hash FROM entries",
            "INSERT OR REPLACE INTO entries SELECT programme, idx + 9, chain, seq, x'00', leaf_hash FROM entries",
            "INSERT OR REPLACE INTO nodes SELECT programme, level, idx, x'00' FROM nodes",
        ]
    else:
        attempts = ["TRUNCATE entries", "TRUNCATE nodes"]

    for attempt in attempts:
        with pytest.raises(IntegrityError, match="历史只可追加"), village.writing() as session:
            session.execute(text(attempt))


def test_rows_are_set_replaced_and_removed(village):
    second = an_act(
        number(1), 1, "case.note",
        changes=[put("members", "01", a_member(name="王五")), remove("members", "02"), remove("parcels", "P01")],
    )  # fmt: skip
    with village.writing() as session:
        record(session, second)

    with village.reading() as session:
        case = load_case(session, number(1))
        assert [member.name for member in case.members.values()] == ["王五"]
        assert case.parcels == {}
        assert "parcels" not in standing_of(session, number(1)).rows


def test_of_two_changes_to_one_row_the_later_counts(village):
    with village.writing() as session:
        record(session, booking(5, 1), booking(8, 2))

    with village.reading() as session:
        assert load_case(session, number(1)).units == 8


@pytest.mark.parametrize(
    ("wrong", "found"),
    [({"name": ""}, "name"), ({"age": 39}, "age"), ({"birth_date": "1970/5/1"}, "birth_date")],
)
def test_a_row_that_breaks_its_rules_is_refused_by_field_and_not_by_value(village, wrong, found):
    row = a_member().model_dump(mode="json") | wrong
    act = an_act(
        number(1), 1, "case.note", changes=[Change(collection="members", key="01", row=row)]
    )

    with pytest.raises(WrongUse, match=found) as caught, village.writing() as session:
        record(session, act)

    assert "李志强" not in str(caught.value)


def test_a_row_must_be_whole(village):
    row: Row = {
        "serial": "01",
        "name": "李",
        "relation": "02",
        "sex": "1",
        "birth_date": "1970-05-01",
    }
    act = an_act(
        number(1), 1, "case.note", changes=[Change(collection="members", key="01", row=row)]
    )

    with pytest.raises(WrongUse, match="traits"), village.writing() as session:
        record(session, act)


def test_a_paper_number_is_used_once_in_all_cases(village):
    paper = Paper(
        number="坪社权告〔2009〕0001号",
        kind="statement",
        template="1",
        prepared_on=DAY,
        facts_sha256="",
    )
    with village.writing() as session:
        record(session, opening_case(2), setting("papers", paper.number, paper))

    again = an_act(number(2), 1, "case.note", changes=[put("papers", paper.number, paper)])
    with pytest.raises(IntegrityError), village.writing() as session:
        record(session, again)


def test_an_unknown_collection_or_level_is_refused(village):
    row = a_member()

    with pytest.raises(WrongUse, match="dreams"), village.writing() as session:
        record(session, setting("dreams", "01", row))
    with pytest.raises(WrongUse, match="weather"), village.writing() as session:
        record(session, an_act(number(1), 1, "case.note", moves={"weather": "fine"}))


def test_lists_follow_the_rows(village):
    with village.writing() as session:
        record(session, setting("members", "01", a_member(name="王五")))

    with village.reading() as session:
        columns = "head_name, household_number, group_name"
        assert tuple(session.execute(text(f"SELECT {columns} FROM cases")).one()) == (
            "王五",
            "0001",
            "一组",
        )


def test_personal_data_is_sealed_and_can_be_erased(village):
    with village.writing() as session:
        sealed = entries_of(session, number(1))[0]
        assert sealed.ciphertext is not None
        assert "李".encode() not in sealed.bytes + sealed.ciphertext
        erase_personal(session, number(1), 1)

    with village.reading() as session:
        erased = entries_of(session, number(1))[0]
        assert (erased.bytes, erased.ciphertext) == (sealed.bytes, None)
        assert list(verify_chain([erased.bytes], chain=number(1))) == []
        assert log_head(session, VILLAGE).root() == root_of(
            leaf_hash(e.bytes) for e in all_entries(session, VILLAGE)
        )


def test_what_is_erased_cannot_be_erased_again(village):
    with village.writing() as session:
        erase_personal(session, number(1), 1)

    for seq in (1, 2):
        with pytest.raises(NotFound), village.writing() as session:
            erase_personal(session, number(1), seq)


def test_many_clerks_on_one_case_lose_no_act(village):
    """Successes, entries and the final version are one number; every loser is told."""
    clerks = 32
    told: list[int] = []
    done: list[int] = []
    ready = threading.Barrier(clerks)

    def work(units: int) -> None:
        ready.wait()
        for _ in range(3):
            try:
                with village.writing() as session:
                    version = load_case(session, number(1)).version if units % 2 else 1 + len(done)
                    record(session, booking(units, version))
                done.append(units)
            except CaseChanged:
                told.append(units)

    threads = [threading.Thread(target=work, args=(units,)) for units in range(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(done) + len(told) == clerks * 3
    with village.reading() as session:
        stored = entries_of(session, number(1))
        assert load_case(session, number(1)).version == len(stored) == len(done) + 1
        assert list(verify_chain([e.bytes for e in stored])) == []
        assert replayed(session, number(1)) == standing_of(session, number(1))


def test_a_whole_roster_goes_in_at_once(village):
    with village.writing() as session:
        record(session, *[opening_case(household, members=4) for household in range(2, 700)])

    with village.reading() as session:
        assert len(case_numbers(session, VILLAGE)) == 699
        found = dict(standings(session, VILLAGE))
        assert list(found) == [VILLAGE, *case_numbers(session, VILLAGE)]
        assert found[number(699)] == replayed(session, number(699))


MEMBERS = st.sampled_from(["01", "02", "03"])
STEPS = st.one_of(
    st.tuples(st.just("put"), MEMBERS, st.text("张王李赵", min_size=1, max_size=4)),
    st.tuples(st.just("remove"), MEMBERS, st.just("")),
    st.tuples(
        st.just("move"), st.sampled_from(["hukou", "shares", "land"]), st.sampled_from(["a", "b"])
    ),
    st.tuples(st.just("book"), MEMBERS, st.integers(0, 2**53 - 1)),
)


@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.lists(STEPS, max_size=4), max_size=6))
def test_replayed_history_is_the_state(village, steps):
    acts = [act_of(version, parts) for version, parts in enumerate(steps, 1)]
    with village.writing() as session:
        record(session, *acts)

        live, told = standing_of(session, number(1)), replayed(session, number(1))
        assert list(live.differences(told)) == []
        assert live.positions == told.positions
        session.rollback()


def act_of(version, parts):
    changes, moves = [], {}
    for kind, key, value in parts:
        if kind == "put":
            changes.append(put("members", key, a_member(key, name=value)))
        elif kind == "remove":
            changes.append(remove("members", key))
        elif kind == "move":
            moves[key] = value
        else:
            changes.extend(booking(value, version).changes)
    return an_act(number(1), version, "case.note", moves=moves, changes=changes)


def test_randomness_is_drawn_for_every_payload(village):
    with village.writing() as session:
        record(
            session, *[setting("members", "01", a_member(), version=version) for version in (1, 2)]
        )
        first, second = entries_of(session, number(1))[1:]

    assert first.ciphertext != second.ciphertext
