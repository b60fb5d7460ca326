"""Verifying at the office, which knows more than any list: what it recorded, byte for byte."""

from dataclasses import replace

import pytest

from conversion.documents.page_code import SignedCodes
from conversion.documents.render import render
from conversion.documents.signed_list import read_void_list
from conversion.documents.verification import Trust, Verdict, verify_code
from conversion.domain.collections import put
from conversion.domain.notice import PaperStatus
from conversion.errors import NotFound, SetupIncomplete, WrongUse
from conversion.history.act import Act
from conversion.services import issuance
from conversion.services.keys import KeyFolder
from conversion.services.reprint import reprint
from conversion.services.verification import trust_of_lists, trust_of_office, verify
from conversion.services.void_list import is_renewal_due, renew_void_list
from conversion.store.append import append
from tests.documents.test_page_code import pictures
from tests.keys import give_keys, keys_in
from tests.office import KEY, number_of, staff
from tests.village_roster import VILLAGE


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    """Papers are printed in this process."""

    def print_here(jobs, _workers):
        for job in jobs:
            yield render(job.kind, job.facts, job.templates, job.codes)

    monkeypatch.setattr(issuance, "render_many", print_here)
    monkeypatch.setattr("conversion.services.reprint.render_many", print_here)


@pytest.fixture
def folder(tmp_path):
    """Keys of this test alone, since lists are published beside them."""
    made = KeyFolder(path=tmp_path / "keys")
    keys_in(made)
    return made


@pytest.fixture
def issued(town_at, folder):
    """A town whose papers are made, and the one of household 0001."""
    town = town_at("landed")
    give_keys(town, folder)
    number = the_paper(town).number
    return town, next(p for p in town.issue() if p.number == number)


def the_paper(town):
    """The land confirmation of household 0001."""
    found = town.case("0001").papers.values()
    (paper,) = (p for p in found if p.kind == "land_confirmation")
    return paper


def asked(town, folder, what):
    (answer,) = verify(str(what), trust_of_office(town.office, folder))
    return answer


def end(town, status, household="0001"):
    """The land confirmation of a household counts no more, by an act as any other."""
    case, office = town.case(household), town.office
    update = {"status": status, "ended_on": office.today(), "end_reason": "记载更正"}
    act = Act(
        chain=case.number,
        version=case.version,
        at=office.now(),
        day=office.today(),
        actor=staff()[0],
        name="document.end",
        changes=tuple(
            put("papers", p.key, p.model_copy(update=update))
            for p in case.papers.values()
            if p.kind == "land_confirmation"
        ),
    )
    with town.database.writing() as session:
        append(session, VILLAGE, [act], key=KEY, random=office.random)


def test_a_paper_as_issued_is_genuine_and_so_is_each_of_its_codes(issued, folder):
    town, paper = issued

    answer = asked(town, folder, paper.path)

    assert (answer.verdict, answer.alarm) == (Verdict.GENUINE, "")
    assert answer.claim.number == paper.number
    codes = reprint(town.office, "auditor1", number_of("0001"), paper.number).rendering.codes
    assert {asked(town, folder, text).verdict for text in codes} == {Verdict.GENUINE}


def test_a_photo_of_the_paper_tells_the_same(issued, folder, tmp_path):
    town, paper = issued
    (tmp_path / "photos").mkdir()
    page, *_ = pictures(paper.path.read_bytes(), tmp_path / "photos", 200)
    page.convert("RGB").save(tmp_path / "照片.jpg", quality=70)

    assert asked(town, folder, tmp_path / "照片.jpg").verdict is Verdict.GENUINE


def test_a_reprint_is_the_paper_though_it_bears_no_signature(issued, folder, tmp_path):
    town, paper = issued
    again = tmp_path / "again.pdf"
    again.write_bytes(
        reprint(town.office, "auditor1", number_of("0001"), paper.number).rendering.pdf
    )

    assert asked(town, folder, again).verdict is Verdict.GENUINE


def test_a_file_with_one_byte_more_is_not_the_one_recorded(issued, folder, tmp_path):
    town, paper = issued
    longer = tmp_path / "longer.pdf"
    longer.write_bytes(paper.path.read_bytes() + b"\n")

    assert asked(town, folder, longer).verdict is Verdict.NOT_GENUINE


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (PaperStatus.VOID, Verdict.VOID),
        (PaperStatus.RECALLED, Verdict.VOID),
        (PaperStatus.SUPERSEDED, Verdict.SUPERSEDED),
    ],
)
def test_what_the_office_ended_is_ended_at_once(status, verdict, issued, folder):
    town, paper = issued
    end(town, status)

    answer = asked(town, folder, paper.path)

    assert answer.verdict is verdict
    assert answer.ended_on == town.calendar.day


def test_a_certificate_that_is_sought_is_genuine_and_whoever_is_shown_it_is_told(issued, folder):
    town, paper = issued
    told = {"declared_by": "张德明", "circumstances": "搬家时遗失，多方寻找未果。"}
    town.take("case.declare_loss", "0001", number=paper.number, place="村务公开栏", **told)
    loss = town.case("0001").losses[paper.number]

    answer = asked(town, folder, paper.path)

    assert answer.verdict is Verdict.GENUINE
    assert answer.sought == (
        f"持有人{loss.declared_on}声明遗失，公告至{loss.last_day}，请核对持件人身份"
    )
    town.take("case.find_paper", "0001", number=paper.number)
    assert asked(town, folder, paper.path).sought == ""


def test_a_number_that_was_drawn_and_never_made_is_no_paper(town_at, folder):
    town = town_at("landed")
    give_keys(town, folder)
    town.issue()
    text = code_text(town)
    end(town, PaperStatus.PENDING)

    assert asked(town, folder, text).verdict is Verdict.NOT_GENUINE


def code_text(town):
    number = the_paper(town).number
    return reprint(town.office, "auditor1", number_of("0001"), number).rendering.codes[0]


def test_a_paper_that_only_the_key_knows_is_not_genuine(issued, folder):
    """Whoever has the key alone can sign anything, and the records say that it was never made."""
    town, _ = issued
    signers = town.office.signers()
    claim = verify_code(code_text(town), trust_of_office(town.office, folder)).claim
    assert claim
    for false in (
        replace(claim, number="坪社地确〔2009〕0099号"),
        replace(claim, facts_sha256="00" * 32),
        replace(claim, log="1"),
    ):
        (forged,) = SignedCodes(claim=false, signer=signers.codes)(1)
        assert asked(town, folder, forged).verdict is Verdict.NOT_GENUINE


def test_a_history_that_was_rewritten_is_denied_by_the_papers_outside(issued, folder):
    town, paper = issued
    signers = town.office.signers()
    claim = asked(town, folder, paper.path).claim
    other = SignedCodes(claim=replace(claim, root="ab" * 32), signer=signers.codes)(1)[0]
    longer = SignedCodes(claim=replace(claim, size=10**6), signer=signers.codes)(1)[0]

    assert "改写" in asked(town, folder, other).alarm
    assert "旧备份" in asked(town, folder, longer).alarm


def test_a_key_that_was_revoked_is_still_told_from_the_records(issued, folder):
    town, paper = issued
    keys = folder.keys()
    day = town.calendar.day
    revoked = tuple(line.model_copy(update={"revoked_on": day}) for line in keys.codes)
    trust = trust_of_office(town.office, folder)
    lost = replace(trust, keys=keys.model_copy(update={"codes": revoked}))

    (answer,) = verify(str(paper.path), lost)
    (offline,) = verify(str(paper.path), Trust(keys=lost.keys, now=lost.now))

    assert answer.verdict is Verdict.GENUINE
    assert offline.verdict is Verdict.NOT_GENUINE


# --- the void list -------------------------------------------------------------------------------


def test_the_list_is_drawn_up_anew_when_a_paper_ends(issued, folder):
    town, paper = issued
    assert is_renewal_due(town.office, folder), "there is none yet"
    assert renew_void_list(town.office, folder).papers == ()
    assert not is_renewal_due(town.office, folder)

    end(town, PaperStatus.SUPERSEDED)

    assert is_renewal_due(town.office, folder)
    (ended,) = renew_void_list(town.office, folder).papers
    assert ended.ended_on == town.calendar.day
    assert not is_renewal_due(town.office, folder)
    elsewhere = trust_of_lists(
        folder.path / "key-list.txt",
        folder.path / "void-list.txt",
        folder.keys().fingerprint,
        town.office.now(),
    )
    (answer,) = verify(str(paper.path), elsewhere)
    assert answer.verdict is Verdict.SUPERSEDED


def test_the_list_is_drawn_up_anew_before_its_time_is_over(issued, folder):
    town, _ = issued
    listed = renew_void_list(town.office, folder)
    town.calendar.later(1)

    assert is_renewal_due(town.office, folder)
    assert renew_void_list(town.office, folder).issued_at > listed.issued_at


def test_a_successor_stands_in_the_list(issued, folder):
    town, _ = issued
    paper = the_paper(town)
    case = town.case("0001")
    old = paper.model_copy(update={"status": PaperStatus.SUPERSEDED, "ended_on": town.calendar.day})
    new = paper.model_copy(
        update={
            "number": "坪社地确〔2009〕0044号",
            "replaces": paper.number,
            "facts_sha256": "1" * 64,
        }
    )
    act = Act(
        chain=case.number,
        version=case.version,
        at=town.office.now(),
        day=town.office.today(),
        actor=staff()[0],
        name="document.end",
        changes=(put("papers", old.key, old), put("papers", new.key, new)),
    )
    with town.database.writing() as session:
        append(session, VILLAGE, [act], key=KEY, random=town.office.random)

    (ended,) = renew_void_list(town.office, folder).papers

    assert ended.successor == "坪社地确〔2009〕0044号"
    note = (folder.path / "void-list.txt").read_text(encoding="utf-8")
    assert read_void_list(note, folder.keys()).papers == (ended,)


def test_an_office_without_keys_has_no_list(town_at, tmp_path):
    town, nowhere = town_at("landed"), KeyFolder(path=tmp_path / "none")

    assert not is_renewal_due(town.office, nowhere)
    with pytest.raises(SetupIncomplete):
        renew_void_list(town.office, nowhere)
    with pytest.raises(SetupIncomplete):
        trust_of_office(town.office, nowhere)


@pytest.mark.parametrize(
    ("contents", "error"), [(None, NotFound), (b"", WrongUse), (b"GIF89a", WrongUse)]
)
def test_what_can_not_be_looked_at_is_said(contents, error, issued, folder, tmp_path):
    town, _ = issued
    file = tmp_path / "x.jpg"
    if contents is not None:
        file.write_bytes(contents)

    with pytest.raises(error):
        asked(town, folder, file)
