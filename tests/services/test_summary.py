"""The figures at the end, counted from the cases."""

from conversion.services.summary import in_words, summarise
from tests.office import REASON
from tests.village_roster import VILLAGE


def test_every_case_is_counted_once_on_every_level(town_at):
    town = town_at("signed")
    summary = summarise(town.office, VILLAGE)
    assert (summary.households, summary.members, summary.parcels) == (3, 9, 5)
    assert {sum(counts.values()) for counts in summary.states.values()} == {3}
    assert summary.plan_units == summary.member_units == 100_000
    assert summary.milestone == "founded"


def test_a_number_without_a_page_is_no_paper(town_at):
    assert set(summarise(town_at("signed").office, VILLAGE).papers.values()) == {0}


def test_what_happened_beside_the_normal_way_is_told(town_at):
    town = town_at("registered")
    assert summarise(town.office, VILLAGE).incidents["部分成员转换的户"] == 1
    other = town_at("accepted")
    other.take("case.return_for_correction", "0001", by="village1", **REASON)
    other.take("case.withdraw", "0003", **REASON)
    told = summarise(other.office, VILLAGE)
    assert told.incidents["退回补正"] == 1
    assert told.incidents["撤回申请"] == 1
    assert told.incidents["撤销批准"] == 0
    assert told.plan_units == 0


def test_the_sentences_say_the_figures(town_at):
    summary = summarise(town_at("signed").office, VILLAGE)
    read = "".join(in_words(summary))
    for said in ("坪山村", "坪山社区", "3 户", "9 人", "5 宗地", "100000", "部分成员转换的户 1"):
        assert said in read


def test_an_empty_village_has_figures_too(town_at):
    summary = summarise(town_at("taken_in").office, VILLAGE)
    assert summary.member_units == 0
    assert all("{" not in sentence for sentence in in_words(summary))
