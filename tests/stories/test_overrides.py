"""A requirement set aside by two persons, in one act, for everybody to see."""

from conversion.store.papers import sealed_facts
from tests.office import AGREED, BOARD, number_of, packs
from tests.stages import approval, of_department

REQUEST = {
    "step": "case.accept",
    "rule": "adults_signed",
    "reason": "一名成年成员在外务工，委托书在途，已电话确认。",
}


def test_an_override_serves_once_and_stands_on_the_approval_form(town_at):
    town = town_at("resolved")
    town.take("case.request_override", "0001", by="taskforce2", **REQUEST)
    leave = {"override": "W01", "decision_number": "汇府特〔2009〕1号"}
    assert "four_eyes" not in town.unmet("case.grant_override", "0001", **leave)
    town.take("case.grant_override", "0001", by="district2", **leave)
    town.take("case.accept", "0001", signed=["01"])

    override = town.case("0001").overrides["W01"]
    assert override.used_on == town.calendar.day
    assert (override.requested_by, override.granted_by) == ("taskforce2", "district2")
    assert town.verify().is_sound

    approve(town, "0001")
    (form,) = [p for p in town.case("0001").papers.values() if p.kind == "approval_form"]
    with town.database.reading() as session:
        facts = sealed_facts(session, number_of("0001"), town.office.key)[form.number]
    assert isinstance(facts, dict)
    assert facts["set_aside"] == [
        {
            "title": "成年成员均已签字",
            "reason": REQUEST["reason"],
            "decision": "汇府特〔2009〕1号",
            "requester": override.requester_name,
            "granter": override.granter_name,
            "granted_on": override.granted_on.isoformat(),
            "used_on": override.used_on.isoformat(),
        }
    ]


def approve(town, household):
    town.village("approve", **AGREED, number="汇府复〔2010〕12号")
    town.take("case.review", household, **AGREED)
    town.take("case.post", household, **BOARD)
    town.wait_for_notice(household, "case")
    town.take("case.close_notice", household)
    town.take("case.examine", household, **AGREED)
    for department in packs()["huichuan-2009"].departments:
        if department.countersigns:
            account = of_department(department.name)
            town.take("case.countersign", household, by=account, **AGREED)
    town.take("case.approve", household, **approval(town.case(household)))
