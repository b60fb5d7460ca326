"""A certificate is damaged, misprinted, lost, found, contested, or should never have been."""

from datetime import timedelta
from typing import Any

import pytest

from conversion.domain.notice import PaperStatus
from conversion.domain.role import Role
from conversion.services import issuance
from conversion.services.number_series import series_counts
from conversion.services.recording import Issued
from conversion.store.papers import paper_lines, sealed_facts
from conversion.workflows.paper_life import to_bring_back
from tests.office import KEY
from tests.village_roster import VILLAGE

pytestmark = pytest.mark.slow


@pytest.fixture
def town(town_at):
    """Household 0001 holds its share certificate and its land confirmation."""
    town = town_at("certified")
    issue(town, "share_certificate", "land_confirmation")
    return town


def issue(town, *kinds):
    """Make household 0001's pending papers of these kinds."""
    with town.database.reading() as session:
        actor = issuance.issuer(session, town.office, VILLAGE, "taskforce1")
        lines = [
            line
            for line in paper_lines(session, VILLAGE, status=PaperStatus.PENDING)
            if line.household_number == "0001" and line.kind in kinds
        ]
    done = issuance.issue(town.office, VILLAGE, actor, lines, town.papers_folder)
    assert all(isinstance(paper, Issued) for paper in done), done


def papers(town, kind, status=PaperStatus.ISSUED):
    return [p for p in town.case("0001").papers.values() if (p.kind, p.status) == (kind, status)]


def only(town, kind, status=PaperStatus.ISSUED):
    (paper,) = papers(town, kind, status)
    return paper


def facts_of(town, number) -> Any:
    case = town.case("0001")
    with town.database.reading() as session:
        return sealed_facts(session, case.number, KEY)[number]


def head(town):
    return town.case("0001").head.name


def test_a_damaged_certificate_is_handed_in_and_a_new_number_says_which_it_replaces(town):
    old = only(town, "share_certificate")
    told = {
        "number": old.number,
        "damage": "水浸，份额一栏看不清",
        "returned_on": town.calendar.day,
    }
    refused = town.unmet("case.replace_paper", "0001", by="taskforce1", **told)
    assert set(refused) == {"certifier"}

    town.take("case.replace_paper", "0001", by="collective1", **told)

    was = town.case("0001").papers[old.number]
    new = only(town, "share_certificate", PaperStatus.PENDING)
    assert (was.status, was.end_reason) == (PaperStatus.SUPERSEDED, f"换证：{told['damage']}")
    assert not was.is_outstanding
    assert new.replaces == old.number
    before, after = facts_of(town, old.number), facts_of(town, new.number)
    own = {"number", "day", "nonce", "replaces"}
    assert {k: v for k, v in after.items() if k not in own} == {
        k: v for k, v in before.items() if k not in own
    }
    assert (after["replaces"], after["reissued"]) == (old.number, False)
    assert "certificate_counts" in town.unmet("case.replace_paper", "0001", **told)
    assert town.verify().is_sound


def test_a_misprint_is_corrected_with_a_letter_that_says_what_was_wrong(town):
    old = only(town, "land_confirmation")
    told = {
        "entry": "坐落",
        "printed": "水井弯",
        "right": "水井湾",
        "returned_on": town.calendar.day,
    }
    town.take(
        "case.correct_paper",
        "0001",
        by="taskforce1",
        number=old.number,
        corrected="坐落“水井弯”应为“水井湾”。",
        **told,
    )

    new = only(town, "land_confirmation", PaperStatus.PENDING)
    letter = facts_of(town, only(town, "rectification_notice", PaperStatus.PENDING).number)
    assert new.replaces == old.number
    (entry,) = letter["rectified"]["rewritten"]
    assert (entry["before"], entry["after"]) == ("水井弯", "水井湾")
    assert letter["rectified"]["papers"] == [{"number": old.number, "title": "土地权属确认书"}]
    assert not {"printed", "right"} & set(town.case("0001").past[-1].form)
    issue(town, "rectification_notice")


def lose(town, number, **others):
    told = {"declared_by": head(town), "circumstances": "搬家时遗失，多方寻找未果。"}
    town.take("case.declare_loss", "0001", number=number, place="村务公开栏", **(told | others))
    return town.case("0001").losses[number]


def test_a_lost_certificate_is_sought_for_the_packs_days_and_then_reissued(town):
    old = only(town, "share_certificate")
    loss = lose(town, old.number)
    assert loss.last_day >= town.calendar.day + timedelta(days=30)
    assert "loss_not_declared" in town.unmet(
        "case.declare_loss", "0001", number=old.number, declared_by="某某",
        circumstances="又丢了一次。", place="公开栏",
    )  # fmt: skip
    leaf = town.case("0001").past[-1].form
    assert not {"declared_by", "circumstances"} & set(leaf)
    told = facts_of(town, only(town, "loss_announcement", PaperStatus.PENDING).number)
    assert (told["lost"], told["title"], told["last_day"]) == (
        old.number, "股权证书", str(loss.last_day),
    )  # fmt: skip
    assert "搬家" not in str(told)
    issue(town, "loss_announcement")
    again = {"number": old.number, "by": "collective1"}
    assert set(town.unmet("case.reissue_lost", "0001", **again)) == {"loss_notice_over"}
    assert only(town, "share_certificate").number == old.number

    town.calendar.day = loss.last_day + timedelta(days=1)
    town.take("case.reissue_lost", "0001", **again)

    was = town.case("0001").papers[old.number]
    new = only(town, "share_certificate", PaperStatus.PENDING)
    assert (was.status, was.is_outstanding) == (PaperStatus.VOID, False)
    assert "遗失" in was.end_reason
    assert new.replaces == old.number
    assert facts_of(town, new.number)["reissued"] is True
    assert town.case("0001").losses[old.number].outcome == "reissued"
    assert town.verify().is_sound


@pytest.mark.parametrize(
    ("event", "told", "outcome"),
    [
        ("find_paper", {}, "found"),
        (
            "contest_loss",
            {"contested_by": "何永清", "grounds": "证书质押在我处，借款未还。"},
            "contested",
        ),
    ],
)
def test_what_turns_up_or_is_contested_is_not_reissued(town, event, told, outcome):
    old = only(town, "share_certificate")
    loss = lose(town, old.number)

    town.take(f"case.{event}", "0001", number=old.number, **told)

    town.calendar.day = loss.last_day + timedelta(days=1)
    unmet = town.unmet("case.reissue_lost", "0001", by="collective1", number=old.number)
    assert set(unmet) == {"loss_declared", "loss_notice_over"}
    assert town.case("0001").losses[old.number].outcome == outcome
    assert "contested_by" not in town.case("0001").past[-1].form
    assert lose(town, old.number).is_open


def test_two_persons_void_a_certificate_and_its_place_is_taken(town):
    old = only(town, "share_certificate")
    told = {"number": old.number, "reason": "盖错印章，作废重发", "anew": True}
    town.appoint("collective1", Role.COLLECTIVE, Role.SUPERVISORS)
    assert set(town.unmet("case.void_paper", "0001", number=old.number)) == {"void_proposed"}
    town.take("case.propose_void", "0001", by="collective1", **told)
    assert only(town, "share_certificate").number == old.number
    assert "paper_voidable" in town.unmet("case.propose_void", "0001", **told)
    refused = town.unmet("case.void_paper", "0001", by="collective1", number=old.number)
    assert set(refused) == {"void_other_hand"}

    town.take("case.void_paper", "0001", number=old.number)

    was = town.case("0001").papers[old.number]
    new = only(town, "share_certificate", PaperStatus.PENDING)
    assert (was.status, was.end_reason) == (PaperStatus.VOID, f"作废：{told['reason']}")
    assert new.replaces == old.number
    assert [p.number for p in to_bring_back(town.case("0001"))] == [old.number]
    assert town.verify().is_sound


def test_a_number_that_was_never_made_is_voided_and_the_gap_has_its_reason(town_at):
    town = town_at("certified")
    (pending,) = papers(town, "share_certificate", PaperStatus.PENDING)
    told = {"number": pending.number, "reason": "人名用字尚未核准"}
    town.take("case.propose_void", "0001", **told)
    town.take("case.keep_paper", "0001", number=pending.number)
    assert only(town, "share_certificate", PaperStatus.PENDING).number == pending.number
    town.take("case.propose_void", "0001", **told)

    town.take("case.void_paper", "0001", number=pending.number)

    with town.database.reading() as session:
        series = {s.kind: s for s in series_counts(session, VILLAGE)}["share_certificate"]
    (gap,) = series.gaps
    assert gap.number == pending.number
    assert "人名用字尚未核准" in gap.reason
    assert series.findings == ()
    assert town.verify().is_sound


def test_a_letter_is_no_certificate(town):
    receipt = next(p for p in town.case("0001").papers.values() if p.kind == "acceptance_receipt")
    told = {"number": receipt.number, "damage": "撕破了一角", "returned_on": town.calendar.day}

    assert "certificate_counts" in town.unmet("case.replace_paper", "0001", **told)
    void = {"number": receipt.number, "reason": "重复制发", "anew": True}
    assert set(town.unmet("case.propose_void", "0001", **void)) == {"void_anew"}


def test_a_paper_of_the_village_is_voided_by_two(town):
    number = next(iter(town.programme().papers))
    town.village("propose_void", number=number, reason="抄录的票数有误")

    town.village("void_paper", number=number)

    assert town.programme().papers[number].status is PaperStatus.VOID
    assert town.programme().voidings[number].outcome == "granted"
    assert town.verify().is_sound
