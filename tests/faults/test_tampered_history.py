"""Whoever changes what was written is found out, and the report names the case."""

from random import Random

import pytest

from conversion.errors import HistoryBroken, NotFound
from conversion.services import audit
from tests.faults.tampering import (
    blamed,
    read,
    recompute_heads,
    rewrite_entry,
    tamper,
    the_file,
)
from tests.office import Town, number_of
from tests.village_roster import VILLAGE

FIVE = number_of("0001")


def entry_of(town: Town, chain: str, seq: int) -> int:
    ((idx,),) = read(town, "SELECT idx FROM entries WHERE chain = ? AND seq = ?", chain, seq)
    return int(idx)


def test_a_byte_changed_anywhere_in_any_entry_is_found_and_its_case_is_named(
    accepted_town: Town,
) -> None:
    random = Random(2009)
    entries = read(accepted_town, "SELECT idx, chain, bytes FROM entries")
    tried = 0
    with the_file(accepted_town) as file:
        for idx, chain, data in entries:
            every = max(len(data) // 20, 1)
            for place in range(random.randrange(every), len(data), every):
                spoiled = bytearray(data)
                spoiled[place] ^= 1 << random.randrange(8)
                change = "UPDATE entries SET bytes = ? WHERE idx = ?"
                file.execute(change, (bytes(spoiled), idx))
                report = accepted_town.verify()
                assert chain in blamed(report), f"byte {place} of entry {idx} of {chain}"
                file.execute(change, (data, idx))
                tried += 1
    assert tried >= 200
    assert accepted_town.verify().is_sound


def test_a_leaf_hash_changed_is_found(accepted_town: Town) -> None:
    for idx, chain in read(accepted_town, "SELECT idx, chain FROM entries"):
        tamper(accepted_town, f"UPDATE entries SET leaf_hash = zeroblob(32) WHERE idx = {idx}")
        assert chain in blamed(accepted_town.verify())


def test_any_entry_deleted_is_found_and_its_case_is_named(accepted_town: Town) -> None:
    entries = read(
        accepted_town, "SELECT programme, idx, chain, seq, bytes, leaf_hash FROM entries"
    )
    with the_file(accepted_town) as file:
        for entry in entries:
            file.execute("DELETE FROM entries WHERE idx = ?", (entry[1],))
            assert entry[2] in blamed(accepted_town.verify()), f"entry {entry[1]}"
            file.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", entry)
    assert accepted_town.verify().is_sound


def test_any_entry_deleted_and_all_heads_recomputed_is_still_found(accepted_town: Town) -> None:
    """Without the entry the state tables stand where no history leads."""
    last = max(read(accepted_town, "SELECT idx, chain FROM entries"))
    for idx, chain in [(entry_of(accepted_town, FIVE, 2), FIVE), last]:
        with the_file(accepted_town) as file:
            file.execute("DELETE FROM entries WHERE idx = ?", (idx,))
            recompute_heads(file)
        assert chain in blamed(accepted_town.verify())


def test_two_entries_of_a_case_swapped_are_found(town: Town) -> None:
    one, other = entry_of(town, FIVE, 3), entry_of(town, FIVE, 4)
    with the_file(town) as file:
        swap_contents(file, one, other)
        recompute_heads(file)
    assert FIVE in blamed(town.verify())


def test_entries_of_two_cases_swapped_are_found_in_both(town: Town) -> None:
    other_case = number_of("0002")
    with the_file(town) as file:
        swap_contents(file, entry_of(town, FIVE, 2), entry_of(town, other_case, 2))
        recompute_heads(file)
    assert {FIVE, other_case} <= blamed(town.verify())


def swap_contents(file, one, other) -> None:
    found = [
        file.execute("SELECT bytes, leaf_hash FROM entries WHERE idx = ?", (idx,)).fetchone()
        for idx in (one, other)
    ]
    for idx, content in zip((other, one), found, strict=True):
        file.execute("UPDATE entries SET bytes = ?, leaf_hash = ? WHERE idx = ?", (*content, idx))


def test_entries_renumbered_in_the_table_only_are_found(town: Town) -> None:
    """Their bytes are whole and in place: only the numbers that the case is read by are wrong."""
    with the_file(town) as file:
        for before, after in ((3, 99), (4, 3), (99, 4)):
            change = "UPDATE entries SET seq = ? WHERE chain = ? AND seq = ?"
            file.execute(change, (after, FIVE, before))
    assert FIVE in blamed(town.verify())


def test_an_entry_renumbered_in_its_bytes_is_found(town: Town) -> None:
    with the_file(town) as file:
        rewrite_entry(file, entry_of(town, FIVE, 4), seq=7)
        recompute_heads(file)
    assert FIVE in blamed(town.verify())


def test_an_entry_given_to_another_case_is_found_in_both(town: Town) -> None:
    other_case = number_of("0002")
    last = read(town, "SELECT MAX(seq) FROM entries WHERE chain = ?", FIVE)[0][0]
    idx = entry_of(town, FIVE, last)
    tamper(town, f"UPDATE entries SET chain = '{other_case}', seq = 99 WHERE idx = {idx}")
    assert {FIVE, other_case} <= blamed(town.verify())


@pytest.mark.parametrize(
    "lie",
    [
        {"at": "2009-01-01T00:00:00Z"},
        {"actor": "district1"},
        {"roles": ["district"]},
        {"previous": "0" * 64},
        {"policy": None},
        {"chain": number_of("0002")},
        {"log": "520303105203"},
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_an_entry_rewritten_with_all_heads_recomputed_breaks_the_chain(lie, town: Town) -> None:
    """Whatever comes later in the case names the entry as it was."""
    with the_file(town) as file:
        rewrite_entry(file, entry_of(town, FIVE, 3), **lie)
        recompute_heads(file)
    assert FIVE in blamed(town.verify())


def test_the_last_entry_rewritten_so_that_it_leads_elsewhere_is_caught_by_replay(
    town: Town,
) -> None:
    last = read(town, "SELECT MAX(seq) FROM entries WHERE chain = ?", FIVE)[0][0]
    with the_file(town) as file:
        rewrite_entry(file, entry_of(town, FIVE, last), target="not_required")
        recompute_heads(file)
    assert blamed(town.verify()) == {FIVE}


def test_the_last_entry_rewritten_without_effect_is_caught_only_by_an_outside_anchor(
    town: Town,
) -> None:
    """Nothing on the machine can tell who did the last act if every hash is made anew.

    That is why the root is printed: the one of yesterday's paper is no longer the log's.
    """
    printed = town.verify().root
    last = read(town, "SELECT MAX(seq) FROM entries WHERE chain = ?", FIVE)[0][0]
    with the_file(town) as file:
        rewrite_entry(file, entry_of(town, FIVE, last), actor="collective2")
        recompute_heads(file)
    report = town.verify()
    assert report.is_sound
    assert report.root != printed


def test_the_log_rolled_back_to_an_earlier_head_is_found(accepted_town: Town) -> None:
    (head,) = read(accepted_town, "SELECT size, frontier FROM log_heads")
    accepted_town.take("case.return_for_correction", "0001", by="village1", reason="请补交材料。")
    assert accepted_town.verify().is_sound
    with the_file(accepted_town) as file:
        file.execute("UPDATE log_heads SET size = ?, frontier = ?", head)
    assert VILLAGE in blamed(accepted_town.verify())


@pytest.mark.parametrize("frontier", [b"", b"\x00", b"\xff" * 40])
def test_a_head_of_the_log_past_reading_is_reported(frontier: bytes, town: Town) -> None:
    tamper(town, "UPDATE log_heads SET frontier = ?", values=[frontier])
    assert VILLAGE in blamed(town.verify())


def test_a_missing_head_of_the_log_is_reported(town: Town) -> None:
    tamper(town, "DELETE FROM log_heads")
    assert VILLAGE in blamed(town.verify())


def test_the_payloads_of_two_people_swapped_are_found(accepted_town: Town) -> None:
    """Both can be opened with the key; each commitment knows its own only."""
    one, other = (entry_of(accepted_town, number_of(h), 1) for h in ("0001", "0002"))
    with the_file(accepted_town) as file:
        change = "UPDATE personal_payloads SET idx = ? WHERE idx = ?"
        for before, after in ((one, 999), (other, one), (999, other)):
            file.execute(change, (after, before))
    assert {FIVE, number_of("0002")} <= blamed(accepted_town.verify())


def test_a_byte_of_a_payload_changed_is_found(accepted_town: Town) -> None:
    idx = entry_of(accepted_town, FIVE, 1)
    ((sealed,),) = read(
        accepted_town, "SELECT ciphertext FROM personal_payloads WHERE idx = ?", idx
    )
    for place in range(0, len(sealed), len(sealed) // 10):
        spoiled = bytearray(sealed)
        spoiled[place] ^= 1
        tamper(
            accepted_town,
            f"UPDATE personal_payloads SET ciphertext = ? WHERE idx = {idx}",
            values=[bytes(spoiled)],
        )
        assert FIVE in blamed(accepted_town.verify())


def test_a_programme_that_is_not_there_is_not_called_sound(town: Town) -> None:
    with pytest.raises((NotFound, HistoryBroken)):
        audit.verify(town.office, "520303105299")
