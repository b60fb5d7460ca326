"""Papers of an office that has keys: a code on each page, a signature behind the file."""

import hashlib
import subprocess
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from conversion.documents.page_code import read_code
from conversion.documents.render import render
from conversion.domain.notice import PaperStatus
from conversion.errors import DocumentRefused, NotFound, SetupIncomplete
from conversion.services import issuance
from conversion.services.reprint import reprint
from conversion.store.entries import entries_of, erase_personal, log_head
from tests.keys import OFFICE, give_keys
from tests.office import number_of
from tests.village_roster import VILLAGE

QR = zxingcpp.barcode_formats_from_str("QRCode")


def print_here(jobs, _workers):
    for job in jobs:
        yield render(job.kind, job.facts, job.templates, job.codes)


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    """Papers are printed in this process: the same printing, without starting another."""

    monkeypatch.setattr(issuance, "render_many", print_here)
    monkeypatch.setattr("conversion.services.reprint.render_many", print_here)


def papers(town, household="0001"):
    """The household's land confirmation; the receipt of its application is a paper as well."""
    found = town.case(household).papers
    return {number: p for number, p in found.items() if p.kind == "land_confirmation"}


def paper_of(town, household="0001"):
    """The land confirmation of a household, made with all others."""
    (number,) = papers(town, household)
    return next(p for p in town.issue() if p.number == number)


def scanned(pdf, folder, dpi=300):
    """The codes on a printed and scanned paper, page by page."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-png", file, folder / "page"], check=True)
    images = sorted(folder.glob("page*.png"))
    return [
        [
            code.text
            for code in zxingcpp.read_barcodes(Image.open(BytesIO(page.read_bytes())), formats=QR)
        ]
        for page in images
    ]


def test_each_page_has_the_signed_word_of_the_office_and_scans(town_at, tmp_path):
    town = town_at("landed")
    keys = give_keys(town).keys()
    with town.database.reading() as session:
        head = log_head(session, VILLAGE)
    paper = paper_of(town)

    codes = [read_code(text) for (text,) in scanned(paper.path.read_bytes(), tmp_path)]

    for n, code in enumerate(codes, 1):
        line = keys.code_line(code.key_id)
        assert line
        assert code.is_signed_by(keys.code_key(line))
        assert (code.claim.page, code.claim.pages) == (n, paper.pages)
    (recorded,) = papers(town).values()
    claim = codes[0].claim
    assert (claim.title, claim.number) == ("土地权属确认书", paper.number)
    assert claim.holder == f"{town.case('0001').head.name}（户号0001）"
    assert claim.facts_sha256 == recorded.facts_sha256
    assert (claim.log, claim.size, claim.root) == (VILLAGE, head.size, head.root().hex())


def test_another_program_finds_the_signature_valid(town_at):
    town = town_at("landed")
    give_keys(town)
    (_, paper, *_) = town.issue()

    told = subprocess.run(["pdfsig", paper.path], capture_output=True, text=True, check=False)

    assert "Signature is Valid" in told.stdout
    assert "Total document signed" in told.stdout
    assert "ETSI.CAdES.detached" in told.stdout
    assert f"{OFFICE}文书签名" in told.stdout
    assert told.stdout.count("Signature #") == 1


def test_the_page_stands_unchanged_before_the_signature_and_both_digests_are_sealed(town_at):
    town = town_at("landed")
    give_keys(town)
    paper = paper_of(town)

    again = reprint(town.office, "auditor1", number_of("0001"), paper.number).rendering

    signed = paper.path.read_bytes()
    assert signed.startswith(again.pdf)
    (recorded,) = papers(town).values()
    assert recorded.status is PaperStatus.ISSUED
    assert recorded.file_sha256 == hashlib.sha256(signed).hexdigest()
    issue = town.case("0001").past[-1]
    assert issue.form["page_sha256"] == again.sha256
    assert town.verify().is_sound


def test_a_reprint_needs_no_key_and_no_day(town_at):
    town = town_at("landed")
    give_keys(town)
    paper = paper_of(town)
    town.calendar.later(4000)
    object.__setattr__(town.office, "signers", lambda: None)

    again = reprint(town.office, "auditor1", number_of("0001"), paper.number).rendering

    assert paper.path.read_bytes().startswith(again.pdf)
    assert len(again.codes) == again.pages


def test_what_a_code_says_of_a_person_is_not_in_the_leaf_and_goes_with_its_payload(town_at):
    town = town_at("landed")
    give_keys(town)
    town.issue()
    name = town.case("0001").head.name
    with town.database.writing() as session:
        *_, last = entries_of(session, number_of("0001"))
        assert b"document.issue" in last.bytes
        assert b"HJ1:" not in last.bytes
        assert name.encode() not in last.bytes
        erase_personal(session, number_of("0001"), town.case("0001").version)
    (number,) = papers(town)

    with pytest.raises(NotFound):
        reprint(town.office, "auditor1", number_of("0001"), number)


def test_an_office_without_keys_issues_as_before(town_at):
    town = town_at("landed")
    (_, paper, *_) = town.issue()

    page = PdfReader(BytesIO(paper.path.read_bytes())).pages[0].extract_text()

    assert "核验本件" not in page
    assert not town.case("0001").past[-1].form.get("page_sha256")


@pytest.mark.parametrize("passphrase", ["", "不是这个口令的口令"])
def test_without_the_passphrase_no_paper_is_made(passphrase, town_at):
    town = town_at("landed")
    give_keys(town, passphrase=passphrase)

    with pytest.raises(SetupIncomplete):
        town.issue()

    assert {p.status for p in papers(town).values()} == {PaperStatus.PENDING}
    assert not town.papers_folder.exists()


def test_keys_that_are_past_their_day_sign_nothing(town_at):
    town = town_at("landed")
    give_keys(town)
    town.calendar.later(3 * 366)

    with pytest.raises(SetupIncomplete) as expired:
        town.issue()

    assert "conversion keys rotate" in expired.value.remedy
    assert {p.status for p in papers(town).values()} == {PaperStatus.PENDING}


def test_a_reprint_with_more_pages_than_codes_is_refused(town_at, monkeypatch):
    town = town_at("landed")
    give_keys(town)
    paper = paper_of(town)
    monkeypatch.setattr(
        "conversion.store.paper_records._codes", lambda *_: ("HJ1:",) * (paper.pages + 1)
    )

    with pytest.raises(DocumentRefused):
        reprint(town.office, "auditor1", number_of("0001"), paper.number)
