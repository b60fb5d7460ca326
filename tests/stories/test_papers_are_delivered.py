"""What must reach somebody is handed over against a receipt, or left before two witnesses."""

from typing import Any

from conversion.store.papers import sealed_facts
from tests.office import KEY

LEFT = {
    "manner": "left",
    "witnesses": ["何永清", "罗世海"],
    "account": "户主听完全文后拒绝签名，文书放在堂屋桌上，已拍照。",
}


def receipt_of(town, household="0001"):
    """The number of the application's receipt, the first paper that a household gets."""
    papers = town.case(household).papers.values()
    return next(p.number for p in papers if p.kind == "acceptance_receipt")


def test_a_receipt_for_the_papers_is_printed_signed_and_recorded(town_at):
    town = town_at("accepted")
    number = receipt_of(town)
    town.issue()
    town.take("case.prepare_delivery", "0001", papers=[number])
    case = town.case("0001")
    (receipt,) = (p for p in case.papers.values() if p.kind == "delivery_receipt")
    with town.database.reading() as session:
        sealed: Any = sealed_facts(session, case.number, KEY)[receipt.number]
    errand = sealed["errand"]
    assert errand["recipient"] == case.head.name
    assert errand["papers"] == [{"number": number, "title": "受理回执"}]
    town.calendar.later(1)

    told = {"papers": [number], "delivered_on": town.calendar.day}
    town.take("case.record_delivery", "0001", **told, manner="direct", signed_by=case.head.name)

    paper = town.case("0001").papers[number]
    assert (paper.delivered_on, paper.delivery) == (town.calendar.day, "direct")
    assert "papers_undelivered" in town.unmet("case.record_delivery", "0001", **told, **LEFT)
    assert town.verify().is_sound


def test_whoever_refuses_to_sign_has_the_paper_left_before_two_witnesses(town_at):
    town = town_at("accepted")
    number = receipt_of(town)
    told = {"papers": [number], "delivered_on": town.calendar.day}
    assert "papers_undelivered" in town.unmet("case.record_delivery", "0001", **told, **LEFT)
    town.issue()
    head = town.case("0001").head.name

    for short in (
        {"witnesses": ["何永清"]},
        {"witnesses": ["何永清", head]},
        {"account": ""},
        {"manner": "direct"},
    ):
        unmet = town.unmet("case.record_delivery", "0001", **told, **(LEFT | short))
        assert set(unmet) == {"delivery_witnessed"}, short
    town.take("case.record_delivery", "0001", **told, **LEFT)

    assert town.case("0001").papers[number].delivery == "left"
    leaf = town.case("0001").past[-1].form
    assert not {"witnesses", "account", "signed_by"} & set(leaf)


AGENT = {
    "manner": "agent",
    "signed_by": "张德才",
    "relation": "侄，委托书",
    "id_kind": "居民身份证",
    "id_last4": "001X",
}


def test_an_agent_shows_who_he_is_and_only_four_digits_are_kept(town_at):
    town = town_at("accepted")
    number = receipt_of(town)
    town.issue()
    told = {"papers": [number], "delivered_on": town.calendar.day}
    for missing in ("signed_by", "relation", "id_kind", "id_last4"):
        unmet = town.unmet("case.record_delivery", "0001", **told, **(AGENT | {missing: ""}))
        assert set(unmet) == {"delivery_witnessed"}, missing
    posted = told | {"manner": "mailed"}
    assert set(town.unmet("case.record_delivery", "0001", **posted)) == {"delivery_witnessed"}

    town.take("case.record_delivery", "0001", **told, **AGENT)

    assert town.case("0001").papers[number].delivery == "agent"
    assert not (set(AGENT) - {"manner"}) & set(town.case("0001").past[-1].form)


def test_a_delivery_is_not_recorded_before_the_paper_or_for_a_strangers_paper(town_at):
    town = town_at("accepted")
    town.issue()
    number, other = receipt_of(town), receipt_of(town, "0002")
    earlier = town.calendar.day.replace(day=1)

    unmet = town.unmet("case.record_delivery", "0001", papers=[other], delivered_on=earlier, **LEFT)
    assert unmet["papers_undelivered"].startswith("有一个编号不是本案的文书")
    unmet = town.unmet(
        "case.record_delivery", "0001", papers=[number], delivered_on=earlier, **LEFT
    )
    assert set(unmet) == {"papers_undelivered"}
    later = town.calendar.day.replace(year=2011)
    unmet = town.unmet("case.record_delivery", "0001", papers=[number], delivered_on=later, **LEFT)
    assert set(unmet) == {"delivered_on_past"}
    assert "papers_known" in town.unmet("case.prepare_delivery", "0001", papers=[other])
