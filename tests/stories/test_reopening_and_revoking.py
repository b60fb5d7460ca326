"""An approved household's record put right, and an approval taken back, from paper to paper."""

from conversion.domain.notice import PaperStatus
from tests.office import AGREED, REASON, REFUSAL
from tests.stages import play, police_receipt

DECISION = {"corrected": "长女姓名以户口簿为准", "decision_number": "汇府更〔2010〕3号"}
REVOCATION = REFUSAL | {"decision_number": "汇府撤〔2010〕1号"}


def paper(town, household, kind):
    papers = [p for p in town.case(household).papers.values() if p.kind == kind]
    return max(papers, key=lambda p: p.number)


def test_a_case_is_reopened_corrected_and_its_papers_are_issued_anew(town_at):
    town = town_at("registered")
    town.take("case.reopen", "0001", by="taskforce2", **REASON, tracks=["hukou"])
    daughter = town.case("0001").members["04"].model_copy(update={"name": "张欣宜"})
    rows = [daughter.model_dump(mode="json")]
    town.take("case.correct", "0001", by="district2", **DECISION, members=rows)

    case = town.case("0001")
    assert case.positions["case"] == "approved"
    assert case.positions["hukou"] == "approved"
    told = {p.kind for p in case.papers.values() if p.is_live}
    assert told == {"acceptance_receipt", "rectification_notice"}, "letters say what was done"
    assert town.verify().is_sound

    first = {kind: paper(town, "0001", kind) for kind in ("hukou_certificate", "approval_form")}
    town.take("hukou.register", "0001", **police_receipt(town.calendar.day)(case))
    town.take("hukou.hand_over", "0001")
    for level in ("case", "shares", "land"):
        town.take(f"{level}.reissue", "0001", **REASON)
    assert paper(town, "0001", "hukou_certificate").replaces == first["hukou_certificate"].number
    assert paper(town, "0001", "approval_form").replaces == first["approval_form"].number
    play(town, "signed", after="registered")
    town.take("case.close", "0001")
    assert town.verify().is_sound


def test_a_revoked_case_recalls_its_papers_and_keeps_the_land(town_at):
    town = town_at("registered")
    town.issue()
    before = town.case("0001")
    town.take("case.revoke", "0001", by="district2", **REVOCATION)

    case = town.case("0001")
    recalled = [p for p in case.papers.values() if p.status is PaperStatus.RECALLED]
    assert {p.kind for p in recalled} == {"approval_form", "hukou_certificate"}
    assert paper(town, "0001", "revocation_notice").is_live
    assert (case.land, case.shares) == (before.land, before.shares)
    assert case.registrations == before.registrations
    assert case.positions["hukou"] == "handed_over"

    town.calendar.later(6)
    for ended in recalled:
        returned = {"number": ended.number, "returned_on": town.calendar.day}
        town.take("case.recall_paper", "0001", **returned)
    assert not any(p.is_outstanding for p in town.case("0001").papers.values())
    for track in ("benefits", "entitlements"):
        town.take(f"{track}.waive", "0001", **REASON)
    assert town.verify().is_sound


def test_a_correction_that_the_district_does_not_grant_changes_nothing(town_at):
    town = town_at("approved")
    before = town.case("0001")
    town.take("case.reopen", "0001", by="taskforce2", **REASON)
    town.take("case.leave_uncorrected", "0001", by="district2", **AGREED)

    papers = town.case("0001").papers
    (letter,) = papers.keys() - before.papers.keys()
    assert papers[letter].kind == "rectification_notice"
    assert papers.items() >= before.papers.items()
    assert town.case("0001").positions == before.positions
    assert town.verify().is_sound
