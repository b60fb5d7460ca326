"""A village votes on one of several share plans; what it chose explains every share later."""

from typing import Any

from conversion.documents.vote_record import vote_record
from conversion.domain.notice import PaperStatus
from conversion.services import holdings
from conversion.services import programme as villages
from conversion.services.filing import Filing
from tests.office import BOARD
from tests.village_roster import VILLAGE


def adopt(town, **told):
    called = town.calendar.day
    town.calendar.later(12)
    town.village("adopt_share_plan", **town.meeting(called), version="2010-1", **told)


def sheet(town, household):
    (paper,) = (p for p in town.case(household).papers.values() if p.kind == "share_calculation")
    return paper


def test_the_plan_voted_on_is_sealed_and_explains_the_lots(town_at):
    town = town_at("members_confirmed")
    adopt(town, scheme="full")

    plan = town.programme().plan
    assert (plan.scheme, plan.decimals, plan.unit) == ("full", 2, "股")
    assert plan.collective_units == 1_000_000
    vote = next(v for v in town.programme().votes.values() if v.matter == "adopt_share_plan")
    record = vote_record(vote, town.programme())
    assert record.resolution == "通过《折股量化方案》（2010-1版，多股种方案（示例））"

    for household in ("0001", "0002", "0003"):
        town.take("shares.allocate", household)
    case = town.case("0001")
    decision = town.decision("0001", "shares.allocate")
    assert decision["facts"]["scheme"] == "full"
    lines = {line["key"]: line for line in decision["lines"]}
    for lot in case.shares.values():
        assert lines[lot.key]["result"] == plan.said(lot.units)
    assert lines["total/"]["result"] == plan.said(case.units)
    assert sheet(town, "0001").status is PaperStatus.PENDING
    assert not holdings.check(town.office, VILLAGE).faults


def test_without_a_word_it_is_the_first_plan(town_at):
    town = town_at("members_confirmed")
    adopt(town)

    assert town.programme().plan.scheme == "standard"


def test_a_plan_that_the_pack_does_not_have_can_not_be_adopted(town_at):
    town = town_at("members_confirmed")
    ballots: dict[str, Any] = {"in_favour": 1, "against": 0, "abstained": 0}
    filled = ballots | {"version": "1", "scheme": "gold", "meeting": "M01"}

    found = villages.explain(
        town.office, "adopt_share_plan", "supervisors1", Filing(number=VILLAGE, filled=filled)
    )

    (plan,) = (r for r in found.requirements if r.rule == "plan_computed")
    assert not plan.satisfied
    assert plan.found.startswith(
        "政策包“遵义市汇川区村改社区政策包（2009年）”没有这个方案，从中选择：standard"
    )


def test_an_upheld_objection_has_the_sheet_made_anew(town_at):
    town = town_at("members_confirmed")
    adopt(town)
    for household in ("0001", "0002", "0003"):
        town.take("shares.allocate", household)
    assert "reissue_due" in town.unmet("shares.reissue", "0001", reason="换发")
    town.take("shares.post_shares", "0001", **BOARD)

    assert sheet(town, "0001").is_live
