"""The demonstration has one of everything that a village meets, so that a newcomer finds it."""

import hashlib
from collections import Counter

import pytest

from conversion import cli
from conversion.bootstrap import Settings, open_office
from conversion.documents.kinds import HOUSEHOLD_KINDS
from conversion.documents.rendering import Rendering
from conversion.domain.hold import HoldKind
from conversion.domain.ledger import PostingKind
from conversion.domain.notice import ObjectionState
from conversion.services import issuance
from conversion.store.chains import case_numbers, load_cases, load_programme
from conversion.workflows.changes.kinds import KINDS
from tests.village_roster import VILLAGE


def unprinted(jobs, _workers):
    """Papers whose pages are not laid out: what is tested here is what happens in the village."""
    for job in jobs:
        page = job.facts.number.encode()
        yield Rendering(
            number=job.facts.number, pdf=page, sha256=hashlib.sha256(page).hexdigest(), pages=1
        )


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The village after the demonstration, with what the command said."""
    folder = tmp_path_factory.mktemp("demo") / "village"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(issuance, "render_many", unprinted)
        patch.setattr(issuance, "signed", lambda _office, page: page)
        assert cli.run(["demo", "--out", str(folder)]) == 0
    settings = Settings(
        database_url=f"sqlite:///{folder / 'conversion.db'}", key_file=folder / "conversion.key"
    )
    office = open_office(settings)
    with office.database.reading() as session:
        programme = load_programme(session, VILLAGE)
        cases = load_cases(session, case_numbers(session, VILLAGE))
    office.database.close()
    return programme, cases, (folder / "说明.txt").read_text(encoding="utf-8")


def rows(played, collection):
    return [row for case in played[1] for row in getattr(case, collection).values()]


def test_the_village_converts_to_the_end_and_every_record_is_verified(played):
    programme, cases, told = played

    assert programme.state in {"accepted", "archived"}
    assert len(cases) >= 128
    assert "重演的结果与状态表一致" in told
    ended = Counter(case.positions["case"] for case in cases)
    assert ended["archived"] > 120
    assert {"refused", "revoked", "withdrawn", "merged"} <= set(ended)


def test_every_kind_of_hold_and_answer_has_its_household(played):
    assert {hold.kind for hold in rows(played, "holds")} == set(HoldKind)
    assert all(hold.lifted_on for hold in rows(played, "holds"))
    states = {objection.state for objection in rows(played, "objections")}
    assert {ObjectionState.UPHELD, ObjectionState.DISMISSED} <= states
    assert rows(played, "overrides")


def test_lists_hang_in_three_rounds_and_one_is_void(played):
    notices = rows(played, "notices")

    assert {n.round for n in notices if n.kind == "members"} == {1, 2, 3}
    assert any("撤下" in n.void_reason for n in notices)
    assert not any(n.is_running for n in notices)


def test_every_change_of_a_household_was_made(played):
    made = {change.kind for change in rows(played, "changes")}

    assert made == {kind.event for kind in KINDS}


def test_shares_move_in_every_way(played):
    assert {p.kind for p in rows(played, "postings")} == set(PostingKind)
    assert played[0].dividend_runs
    assert rows(played, "encumbrances")


def test_acts_beside_the_way_are_in_the_record(played):
    acts = {event.act for case in played[1] for event in case.past}

    assert {
        "case.migrate",
        "case.record_unsigned",
        "case.reopen",
        "case.correct",
        "case.revoke",
        "case.remind",
        "shares.dispute_membership",
        "shares.resolve_dispute",
        "land.void_notice",
    } <= acts


def test_every_kind_of_paper_of_a_household_is_brought(played):
    kinds = {paper.kind for paper in rows(played, "papers")}

    assert kinds == {kind.id for kind in HOUSEHOLD_KINDS}
    assert "left" in {paper.delivery for paper in rows(played, "papers")}


def test_the_village_has_its_own_papers(played):
    kinds = {paper.kind for paper in played[0].papers.values()}

    assert kinds == {"public_notice", "count_sheet", "meeting_minutes", "handover_list"}
