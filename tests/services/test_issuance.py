"""Making papers: a number once drawn is printed once, from what was sealed, and never again."""

import hashlib
from io import BytesIO
from itertools import product
from secrets import token_bytes
from threading import Thread

import pytest
from pypdf import PdfReader

from conversion.documents.render import render
from conversion.documents.rendering import Rendering
from conversion.domain.collections import put
from conversion.domain.notice import PaperStatus
from conversion.errors import DocumentRefused, NotFound, StepRefused
from conversion.history.act import Act
from conversion.services import issuance
from conversion.services.printing import paper_path
from conversion.services.recording import Issued, Unissued
from conversion.services.reprint import reprint
from conversion.store.append import append
from conversion.store.entries import erase_personal
from conversion.store.papers import PaperLine, paper_lines
from tests.office import KEY, Town, number_of, staff
from tests.stages import play
from tests.village_roster import VILLAGE, House

HOUSEHOLDS = ("0001", "0002", "0003")
PAPERS = 1 + 2 * len(HOUSEHOLDS)
"""The village's list of land, and of each household the receipt and the land confirmation."""


def print_here(jobs, _workers):
    for job in jobs:
        yield render(job.kind, job.facts)


@pytest.fixture
def here(monkeypatch):
    """Papers are printed in this process: the same printing, without starting another."""

    monkeypatch.setattr(issuance, "render_many", print_here)
    monkeypatch.setattr("conversion.services.reprint.render_many", print_here)


def papers(town, household="0001"):
    return town.case(household).papers


def pending(town):
    with town.database.reading() as session:
        return [p.number for p in paper_lines(session, VILLAGE, status=PaperStatus.PENDING)]


def files(town):
    return {path.name: path.read_bytes() for path in town.papers_folder.rglob("*.pdf")}


def sealed_digests(town):
    return {p.number: p.facts_sha256 for p in papers(town).values()}


@pytest.mark.usefixtures("here")
def test_papers_lie_by_household_and_are_the_ones_recorded(town_at):
    town = town_at("landed")
    done = town.issue()
    assert [p.path.parent.name for p in done] == ["村", *sorted(2 * HOUSEHOLDS)]
    for household, kind in product(HOUSEHOLDS, ("acceptance_receipt", "land_confirmation")):
        (paper,) = (p for p in papers(town, household).values() if p.kind == kind)
        (file,) = (town.papers_folder / household).glob(f"*_{paper.number}.pdf")
        assert paper.status is PaperStatus.ISSUED
        assert hashlib.sha256(file.read_bytes()).hexdigest() == paper.file_sha256
    assert town.issue() == []
    assert town.verify().is_sound


@pytest.mark.usefixtures("here")
def test_the_program_stops_between_page_and_record_and_the_next_run_makes_the_same(
    town_at, monkeypatch
):
    town = town_at("landed")
    facts = sealed_digests(town)
    with monkeypatch.context() as patch:
        patch.setattr(issuance, "record", stopped)
        with pytest.raises(KeyboardInterrupt):
            town.issue()
    assert files(town) == {}
    assert len(pending(town)) == PAPERS
    left = {path.read_bytes() for path in town.papers_folder.rglob("*.part")}
    town.calendar.later(40)
    assert all(isinstance(p, Issued) for p in town.issue())
    assert set(files(town).values()) == left
    assert not list(town.papers_folder.rglob("*.part"))
    assert sealed_digests(town) == facts
    assert pending(town) == []


def stopped(*_):
    raise KeyboardInterrupt


@pytest.mark.usefixtures("here")
def test_the_program_stops_while_printing_and_no_half_paper_is_left(town_at, monkeypatch):
    town = town_at("landed")
    waiting = pending(town)
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", stopped)
        with pytest.raises(KeyboardInterrupt):
            town.issue()
    assert files(town) == {}
    assert pending(town) == waiting
    assert [p.number for p in town.issue()] == waiting
    assert not list(town.papers_folder.rglob("*.part"))


@pytest.mark.usefixtures("here")
def test_reprinting_gives_the_same_bytes_long_after(town_at):
    town = town_at("landed")
    (_, first, *_) = town.issue()
    town.calendar.later(900)
    again = reprint(town.office, "auditor1", number_of("0001"), first.number).rendering
    assert again.pdf == first.path.read_bytes()


def test_a_number_whose_paper_was_never_made_is_not_reprinted(town_at):
    town = town_at("landed")
    number, *_ = papers(town)
    with pytest.raises(DocumentRefused):
        reprint(town.office, "auditor1", number_of("0001"), number)


@pytest.mark.usefixtures("here")
def test_a_reprint_that_is_not_the_paper_as_issued_is_refused(town_at, monkeypatch):
    town = town_at("landed")
    (_, first, *_) = town.issue()

    def other_face(jobs, _workers):
        for job in jobs:
            changed = {"window_phone": "0851-28000001"}
            yield render(job.kind, job.facts.model_copy(update=changed))

    monkeypatch.setattr("conversion.services.reprint.render_many", other_face)
    with pytest.raises(DocumentRefused):
        reprint(town.office, "auditor1", number_of("0001"), first.number)


@pytest.mark.parametrize(
    ("household", "number"), [("0001", "坪社地确〔2009〕0002号"), ("0001", ""), ("0099", "x")]
)
def test_a_paper_of_another_household_is_not_found(household, number, town_at):
    with pytest.raises(NotFound):
        reprint(town_at("landed").office, "auditor1", number_of(household), number)


@pytest.mark.usefixtures("here")
def test_a_paper_whose_facts_are_gone_stops_no_other(town_at):
    town = town_at("landed")
    with town.database.writing() as session:
        erase_personal(session, number_of("0002"), town.case("0002").version)
    done = town.issue()
    assert len([p for p in done if isinstance(p, Issued)]) == PAPERS - 1
    (failed,) = [p for p in done if isinstance(p, Unissued)]
    assert failed.chain == number_of("0002")
    assert pending(town) == [failed.number]


@pytest.mark.usefixtures("here")
def test_a_paper_that_can_not_be_kept_stays_pending_and_stops_no_other(town_at):
    """Somebody left a file where the household's folder should be."""
    town = town_at("landed")
    town.papers_folder.mkdir()
    (town.papers_folder / "0002").write_bytes(b"")
    failed = [p for p in town.issue() if isinstance(p, Unissued)]
    assert {p.chain for p in failed} == {number_of("0002")}
    assert pending(town) == [p.number for p in failed]
    (town.papers_folder / "0002").unlink()
    assert [p.number for p in town.issue()] == [p.number for p in failed]


@pytest.mark.usefixtures("here")
def test_a_paper_of_a_broken_history_stops_no_other(town_at):
    town = town_at("landed")
    statement = (
        "UPDATE personal_payloads SET ciphertext = zeroblob(60) WHERE idx IN "
        "(SELECT idx FROM entries WHERE chain = :case)"
    )
    with town.database.writing() as session:
        session.connection().exec_driver_sql(statement, {"case": number_of("0002")})
    done = town.issue()
    assert {p.chain for p in done if isinstance(p, Unissued)} == {number_of("0002")}
    assert len([p for p in done if isinstance(p, Issued)]) == PAPERS - 2


@pytest.mark.usefixtures("here")
def test_two_clerks_at_once_record_each_paper_once(town_at, monkeypatch):
    town, real = town_at("landed"), print_here

    def while_another_issues(jobs, workers):
        monkeypatch.setattr(issuance, "render_many", real)
        yield from real(jobs, workers)
        town.issue(by="taskforce2")

    monkeypatch.setattr(issuance, "render_many", while_another_issues)
    town.issue()
    events = [e.act for e in town.case("0001").past]
    assert events.count("document.issue") == 2
    assert town.verify().is_sound


def test_two_who_print_at_the_same_time_leave_the_page_that_was_recorded(
    database, tmp_path, monkeypatch
):
    """Signed pages are never twice the same, so the other's page would not be the paper."""
    town = Town(database, tmp_path)
    play(town, "landed")
    monkeypatch.setattr(issuance, "CHUNK", 1)
    monkeypatch.setattr(issuance, "render_many", differently)
    waiting, done = pending(town), []
    desks = [
        Thread(target=lambda by=by: done.extend(town.issue(by=by)))
        for by in ("taskforce1", "taskforce2")
    ]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()

    assert sorted(p.number for p in done if isinstance(p, Issued)) == sorted(waiting)
    assert {p.number for p in done if isinstance(p, Unissued)} == set(waiting)
    with town.database.reading() as session:
        recorded = {p.file_sha256 for p in paper_lines(session, VILLAGE)}
    assert {hashlib.sha256(file).hexdigest() for file in files(town).values()} == recorded
    assert not list(town.papers_folder.rglob("*.part"))
    assert town.verify().is_sound


def differently(jobs, _workers):
    for job in jobs:
        pdf = token_bytes(1000)
        digest = hashlib.sha256(pdf).hexdigest()
        yield Rendering(number=job.facts.number, pdf=pdf, sha256=digest, pages=1)


@pytest.mark.usefixtures("here")
def test_a_number_voided_while_it_was_being_printed_stays_void(town_at, monkeypatch):
    town, real = town_at("landed"), print_here

    def while_another_voids(jobs, workers):
        yield from real(jobs, workers)
        void_papers(town, "0001")

    monkeypatch.setattr(issuance, "render_many", while_another_voids)
    town.issue()
    assert {p.status for p in papers(town, "0001").values()} == {PaperStatus.VOID}
    assert {p.status for p in papers(town, "0002").values()} == {PaperStatus.ISSUED}


def void_papers(town, household):
    case, office = town.case(household), town.office
    voided = [p.model_copy(update={"status": PaperStatus.VOID}) for p in case.papers.values()]
    act = Act(
        chain=case.number,
        version=case.version,
        at=office.now(),
        day=office.today(),
        actor=staff()[0],
        name="document.void",
        changes=tuple(put("papers", p.key, p) for p in voided),
    )
    with town.database.writing() as session:
        append(session, VILLAGE, [act], key=KEY, random=office.random)


@pytest.mark.parametrize("account", ["auditor1", "village1", "district1", "surveyor1"])
def test_whoever_has_not_the_role_makes_no_paper(account, town_at):
    town = town_at("landed")
    with pytest.raises(StepRefused):
        town.issue(by=account)
    assert len(pending(town)) == PAPERS
    assert not town.papers_folder.exists()


@pytest.mark.usefixtures("here")
def test_a_name_with_a_rare_character_prints_as_it_is_written(town_at):
    rare = House(
        number="0007",
        people=("骆𣒍 户主 男 1955-08-09 农龄=35", "令狐䶮 妻 女 1957-01-02"),
        plots=("承包地 1.10",),
    )
    town = town_at("taken_in")
    assert town.take_in([rare]).committed == (number_of("0007"),)
    play(town, "landed", after="taken_in")
    done = {p.chain: p for p in town.issue()}
    page = PdfReader(BytesIO(done[number_of("0007")].path.read_bytes()))
    read = "".join(p.extract_text() for p in page.pages)
    assert "骆𣒍" in read


@pytest.mark.parametrize("number", ["../../etc", "/etc", "..", "a/b", "a\\b", "C:x", "\x00"])
def test_a_household_number_leads_out_of_no_folder(number, tmp_path):
    line = PaperLine(
        chain=f"{VILLAGE}-{number}",
        household_number=number,
        number="坪社/地确〔2009〕0001号",
        kind="land_confirmation",
        status=PaperStatus.PENDING,
    )
    path = paper_path(tmp_path, line)
    assert path.resolve().parent.parent == tmp_path.resolve()
    assert path.name.endswith("地确〔2009〕0001号.pdf")
