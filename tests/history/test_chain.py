"""Whoever changes a stored chain is seen, and a clean chain gives no alarm."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from conversion.history.chain import Finding, entry_hash, verify_chain
from tests.history.builders import CASE, ENTRY, LOG, a_chain

CHAIN = tuple(entry.to_bytes() for entry in a_chain())
HEAD = entry_hash(CHAIN[-1])
SEEDS = 60


def findings(stored):
    return list(verify_chain(stored, log=LOG, chain=CASE, head=HEAD))


def flip_a_bit(stored, place, random):
    data = bytearray(stored[place])
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    stored[place] = bytes(data)


def delete(stored, place, _random):
    del stored[place]


def swap(stored, place, random):
    other = random.choice([at for at in range(len(stored)) if at != place])
    stored[place], stored[other] = stored[other], stored[place]


def duplicate(stored, place, random):
    stored.insert(random.randrange(len(stored) + 1), stored[place])


def cut_the_tail(stored, place, _random):
    del stored[place:]


def append_one(stored, _place, _random):
    previous = entry_hash(stored[-1]).hex()
    last = replace(a_chain()[-1], seq=len(stored) + 1, previous=previous)
    stored.append(last.to_bytes())


def rewriting(**facts_of):
    def rewrite(stored, place, random):
        entry = a_chain()[place]
        facts = {name: change(entry, random) for name, change in facts_of.items()}
        stored[place] = replace(entry, **facts).to_bytes()

    return rewrite


def rewrite_and_hash_again(stored, place, _random):
    previous = a_chain()[place].previous
    for at, entry in enumerate(a_chain()[place:], place):
        stored[at] = replace(entry, actor="mallory", previous=previous).to_bytes()
        previous = entry_hash(stored[at]).hex()


ATTACKS = {
    "flip a bit": flip_a_bit,
    "delete": delete,
    "swap": swap,
    "duplicate": duplicate,
    "cut the tail": cut_the_tail,
    "append": append_one,
    "renumber": rewriting(seq=lambda entry, random: entry.seq + random.randint(1, 9)),
    "back-date": rewriting(
        at=lambda entry, random: entry.at - timedelta(days=random.randint(1, 99))
    ),
    "change the actor": rewriting(actor=lambda *_: "mallory"),
    "change the log": rewriting(log=lambda *_: "elsewhere.example/log"),
    "entry of another case": rewriting(chain=lambda *_: "HG-2024-0002"),
    "rewrite and hash again": rewrite_and_hash_again,
}


def test_a_clean_chain_gives_no_finding():
    for length in range(1, len(CHAIN) + 1):
        stored = CHAIN[:length]

        assert list(verify_chain(stored, log=LOG, chain=CASE, head=entry_hash(stored[-1]))) == []
        assert list(verify_chain(stored)) == []


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_every_change_to_a_stored_chain_is_found(attack):
    for seed in range(SEEDS):
        random = Random(seed)
        stored = list(CHAIN)
        attack(stored, random.randrange(len(stored)), random)

        assert findings(stored), f"seed {seed}"


@pytest.mark.parametrize("place", range(len(CHAIN)))
@pytest.mark.parametrize("attack", ["flip a bit", "renumber", "change the actor"])
def test_the_first_finding_points_at_the_changed_entry_or_at_its_successor(attack, place):
    stored = list(CHAIN)
    ATTACKS[attack](stored, place, Random(place))

    changed = place + 1
    assert findings(stored)[0].seq in {changed, min(changed + 1, len(CHAIN))}


def test_a_deleted_entry_is_named_once_by_number_and_once_by_hash():
    stored = [*CHAIN[:2], *CHAIN[3:]]

    assert findings(stored) == [
        Finding(seq=3, chain=CASE, sentence="第 3 条：序号为 4，应为 3"),
        Finding(seq=3, chain=CASE, sentence="第 3 条：所记的前一条摘要与前一条不符"),
    ]


def test_a_clock_set_back_is_found_though_every_hash_is_right():
    first, second, *_ = a_chain()
    late = replace(second, at=first.at - timedelta(days=365))

    assert list(verify_chain([first.to_bytes(), late.to_bytes()])) == [
        Finding(
            seq=2,
            chain=CASE,
            sentence="第 2 条：时间 2023-05-07 01:31:00 早于前一条 2024-05-06 01:31:00",
        )
    ]


def test_two_acts_in_one_second_are_in_order():
    first, second, *_ = a_chain()

    assert not list(verify_chain([first.to_bytes(), replace(second, at=first.at).to_bytes()]))


def test_a_whole_chain_put_in_the_place_of_another_is_found():
    other = [entry.to_bytes() for entry in a_chain(2, log="other.example/log", case="HG-2024-0002")]

    assert list(verify_chain(other)) == []
    assert [finding.sentence for finding in verify_chain(other, log=LOG, chain=CASE)] == [
        "第 1 条：属于日志 other.example/log，应属 haigang.example/cungaiju/2024",
        "第 1 条：属于案件 HG-2024-0002，应属 HG-2024-0001",
        "第 2 条：属于日志 other.example/log，应属 haigang.example/cungaiju/2024",
        "第 2 条：属于案件 HG-2024-0002，应属 HG-2024-0001",
    ]


def test_bytes_that_are_no_entry_are_found_and_the_rest_is_still_checked():
    stored = [CHAIN[0], b'{"v":1,"v":1}', *CHAIN[2:5], ENTRY.to_bytes()]

    assert [finding.seq for finding in verify_chain(stored)] == [2, 3, 6, 6, 6]


def test_a_chain_that_should_not_be_empty_is_found_empty():
    assert list(verify_chain([])) == []
    assert len(findings([])) == 1


def test_without_the_head_a_rewritten_last_entry_would_not_be_seen():
    stored = list(CHAIN)
    ATTACKS["change the actor"](stored, len(stored) - 1, Random(0))

    assert list(verify_chain(stored)) == []
    assert [finding.seq for finding in findings(stored)] == [len(CHAIN)]
