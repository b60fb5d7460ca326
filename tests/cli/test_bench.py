"""How fast this machine is, measured on a made-up village that nobody sees."""

import pytest

from conversion.cli.bench import statements_of_the_example
from conversion.documents.entitlement_statement import EntitlementStatement
from conversion.services import bench
from conversion.services.printing_bench import Printed, compare


@pytest.fixture
def counter(empty_counter, monkeypatch):
    """An office without database, and a short history to measure on."""
    monkeypatch.setattr(bench, "ROUNDS", 1)
    return empty_counter


def test_each_size_is_measured_and_the_offices_own_data_is_not_touched(counter):
    measured = counter.run("bench", "advance", "--households", 2, "--households", 1, "--json")

    assert measured.code == 0
    assert [m["households"] for m in measured.json] == [2, 1]
    assert all(m["events"] == 7 and m["rows"] > m["households"] for m in measured.json)
    assert list(counter.folder.iterdir()) == []


def test_a_person_reads_it_in_a_table(counter):
    measured = counter.run("bench", "advance", "--households", 1)

    assert measured.code == 0
    assert "办理一步（毫秒）" in measured.out
    assert "成批办理一步" in measured.out


@pytest.mark.parametrize("size", ["0", "很多"])
def test_a_size_that_is_none_is_wrong_use(counter, size):
    answer = counter.run("bench", "advance", "--households", size)

    assert answer.code == 2
    assert "--households" in answer.err


def test_statements_are_printed_plainly_one_by_one_and_in_a_batch(empty_counter):
    asked = ("--papers", 2, "--workers", 1, "--rounds", 1, "--long", 2)
    measured = empty_counter.run("bench", "documents", *asked, "--json")

    assert measured.code == 0, measured.err
    plain, single, batch, long = measured.json
    assert [m["way"] for m in measured.json] == ["排版程序原样", "逐份", "成批", "成批，连续"]
    assert long["papers"] == 1
    assert plain["times"] == 1
    assert single["papers"] == batch["papers"] == 1
    assert single["pages"] == batch["pages"] >= 2
    assert all(m["peak"] > 50 for m in measured.json)
    assert list(empty_counter.folder.iterdir()) == []


def test_a_way_is_held_against_the_plain_one_of_its_own_round():
    def printed(way, seconds, peak=100):
        return Printed(
            way=way, processes=1, papers=2, pages=10, milliseconds=seconds * 1000, peak=peak
        )

    quick, slow, middling = (
        [printed("plain", 10 * pace), printed("batch", pace * share, 100 * pace)]
        for pace, share in ((1, 1), (3, 2), (2, 5))
    )

    plain, batch = compare([quick, slow, middling])

    assert (plain.times, batch.times) == pytest.approx((1, 5))
    assert (batch.printed.papers, batch.printed.pages, batch.printed.peak) == (6, 30, 300)
    assert batch.printed.milliseconds == 17_000


def test_what_a_bench_prints_is_a_whole_statement_of_a_household_of_the_example():
    (facts,) = statements_of_the_example(1)

    assert isinstance(facts, EntitlementStatement)
    assert len(facts.members) > 1
    assert facts.kept
    assert facts.gained
    assert facts.number.endswith("〔2009〕0001号")
