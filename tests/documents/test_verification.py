"""Is this paper the office's, and does it still count? Asked with nothing but the public lists."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader, PdfWriter

from conversion.documents.page_code import PREFIX, SealedCodes, read_code
from conversion.documents.render import render
from conversion.documents.signed_list import (
    EndedPaper,
    VoidList,
    read_key_list,
    read_void_list,
    tag_of,
    void_list,
)
from conversion.documents.signing import sign
from conversion.documents.verification import Trust, Verdict, verify_code, verify_file
from conversion.domain.notice import PaperStatus
from conversion.errors import NotGenuine
from conversion.services.keys import KeyFolder, open_signers, revoke_key, rotate_keys
from conversion.standards import base45
from conversion.standards.beijing_time import CHINA
from tests.documents.papers import the_facts
from tests.documents.proofs import LAND, NOW, a_claim, a_coded_paper, a_signed_file, the_codes
from tests.keys import OFFICE, ORIGIN, PASSPHRASE, a_key_folder, keys_in, the_signers
from tests.office import START

OTHER = "坪社地确〔2009〕0008号"


@cache
def keys():
    return a_key_folder().keys()


@cache
def the_file():
    return a_signed_file()


@cache
def a_forger():
    """Somebody with keys of his own under the office's very name."""
    folder = KeyFolder(path=Path(mkdtemp()) / "keys")
    keys_in(folder)
    return open_signers(folder, PASSPHRASE, START)


def the_void_list(*ended, at=NOW):
    return void_list(OFFICE, ORIGIN, ended, at)


def ended(status, successor=""):
    tag = tag_of(a_claim().facts_sha256)
    return EndedPaper(tag=tag, ended_on=date(2009, 11, 20), status=status, successor=successor)


def trust(void=None, now=NOW):
    return Trust(keys=keys(), now=now, void=void or the_void_list())


def page_one():
    return the_codes()[0]


# --- codes ---------------------------------------------------------------------------------------


def test_a_genuine_code_shows_what_the_page_must_say():
    answer = verify_code(page_one(), trust())

    assert answer.verdict is Verdict.GENUINE
    assert answer.claim == replace(a_claim(), page=1, pages=2)


def test_a_voided_paper_is_void_and_says_since_when():
    answer = verify_code(page_one(), trust(the_void_list(ended(PaperStatus.RECALLED))))

    assert answer.verdict is Verdict.VOID
    assert answer.ended_on == date(2009, 11, 20)
    assert "2009-11-20" in answer.reason


def test_a_superseded_paper_names_the_one_in_its_place():
    void = the_void_list(ended(PaperStatus.SUPERSEDED, OTHER))

    answer = verify_code(page_one(), trust(void))

    assert answer.verdict is Verdict.SUPERSEDED
    assert answer.successor == OTHER


def test_an_old_void_list_never_calls_a_paper_good():
    later = NOW + timedelta(days=1, seconds=1)

    assert verify_code(page_one(), trust(now=later)).verdict is Verdict.LIST_OUT_OF_DATE
    assert verify_code(page_one(), trust(now=NOW + timedelta(days=1))).verdict is Verdict.GENUINE


def test_what_an_old_list_calls_void_stays_void():
    void = the_void_list(ended(PaperStatus.VOID))

    answer = verify_code(page_one(), trust(void, now=NOW + timedelta(days=90)))

    assert answer.verdict is Verdict.VOID


def test_without_a_void_list_nothing_is_called_good():
    assert verify_code(page_one(), Trust(keys=keys(), now=NOW)).verdict is Verdict.LIST_OUT_OF_DATE


def test_a_list_from_the_future_is_not_believed():
    void = the_void_list(at=NOW + timedelta(hours=2))

    assert verify_code(page_one(), trust(void)).verdict is Verdict.LIST_OUT_OF_DATE


def test_a_code_of_another_office_is_of_an_unknown_key():
    (text, _) = the_codes(signers=a_forger())

    assert verify_code(text, trust()).verdict is Verdict.KEY_UNKNOWN


def test_a_code_that_claims_our_key_but_is_not_signed_by_it_is_not_genuine():
    (text, _) = the_codes(signers=a_forger())
    data = bytearray(base45.decode(text.removeprefix(PREFIX)))
    data[1:5] = the_signers().codes.key.id

    answer = verify_code(PREFIX + base45.encode(bytes(data)), trust())

    assert answer.verdict is Verdict.NOT_GENUINE
    assert answer.claim is None, "what it says is not shown"


@pytest.mark.parametrize("text", ["", "https://example.com", "HJ1:", page_one()[:-9]])
def test_what_is_no_code_is_not_genuine(text):
    assert verify_code(text, trust()).verdict is Verdict.NOT_GENUINE


def test_a_code_dated_after_its_keys_last_day_is_not_genuine():
    (text, _) = the_codes(day=date(2012, 1, 1))

    assert verify_code(text, trust()).verdict is Verdict.NOT_GENUINE


# --- changed and lost keys -----------------------------------------------------------------------


@pytest.fixture
def own_folder(tmp_path):
    folder = KeyFolder(path=tmp_path / "keys")
    keys_in(folder)
    return folder


def test_what_the_old_keys_signed_stays_good_after_a_change(own_folder):
    old = open_signers(own_folder, PASSPHRASE, START)
    (text, _) = the_codes(signers=old)
    file = a_signed_file(signers=old)

    rotate_keys(own_folder, PASSPHRASE, START + timedelta(days=300))

    now = Trust(keys=own_folder.keys(), now=NOW, void=the_void_list())
    assert verify_code(text, now).verdict is Verdict.GENUINE
    assert verify_file(file, now).verdict is Verdict.GENUINE


def test_a_stolen_key_proves_nothing_without_the_records(own_folder):
    old = open_signers(own_folder, PASSPHRASE, START)
    (text, _) = the_codes(signers=old)

    revoke_key(own_folder, old.codes.key.id.hex(), PASSPHRASE, START)

    answer = verify_code(text, Trust(keys=own_folder.keys(), now=NOW, void=the_void_list()))
    assert answer.verdict is Verdict.NOT_GENUINE
    assert "发件窗口" in answer.reason


def test_a_revoked_certificate_signs_no_file(own_folder):
    old = open_signers(own_folder, PASSPHRASE, START)
    file = a_signed_file(signers=old)
    signer = own_folder.keys().signers[0]

    revoke_key(own_folder, signer.sha256[:8], PASSPHRASE, START)

    now = Trust(keys=own_folder.keys(), now=NOW, void=the_void_list())
    assert verify_file(file, now).verdict is Verdict.NOT_GENUINE


def test_a_file_of_a_newer_certificate_asks_for_a_newer_list(own_folder):
    older = own_folder.keys()
    code = open_signers(own_folder, PASSPHRASE, START).codes
    rotate_keys(own_folder, PASSPHRASE, START)
    newer = open_signers(own_folder, PASSPHRASE, START)
    rendering = a_coded_paper(signers=replace(newer, codes=code))
    file = sign(rendering.pdf, newer.papers, NOW)

    answer = verify_file(file, Trust(keys=older, now=NOW, void=the_void_list()))

    assert answer.verdict is Verdict.KEY_UNKNOWN


# --- files ---------------------------------------------------------------------------------------


def test_a_file_as_issued_is_genuine():
    answer = verify_file(the_file(), trust())

    assert answer.verdict is Verdict.GENUINE
    assert answer.claim
    assert answer.claim.number == a_claim().number


def test_a_file_signed_early_on_the_keys_first_morning_is_genuine():
    early = datetime.combine(START, time(0, 30), CHINA).astimezone(UTC)  # the day before there
    file = sign(a_coded_paper().pdf, the_signers().papers, early)

    assert verify_file(file, trust()).verdict is Verdict.GENUINE


def test_a_file_of_a_voided_paper_is_void():
    void = the_void_list(ended(PaperStatus.VOID))

    assert verify_file(the_file(), trust(void)).verdict is Verdict.VOID


def appended(file):
    return file + b"\n% later\n"


def cut_short(file):
    return file[:-40]


def with_another_title(file):
    writer = IncrementalPdfFileWriter(BytesIO(file))
    info = writer.trailer["/Info"]
    info["/Title"] = generic.pdf_string("另一份文书")
    writer.update_container(info)
    return saved(writer)


def with_a_turned_page(file):
    writer = IncrementalPdfFileWriter(BytesIO(file))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)
    return saved(writer)


def with_swapped_pages(file):
    writer = IncrementalPdfFileWriter(BytesIO(file))
    pages = writer.root["/Pages"]
    pages["/Kids"] = generic.ArrayObject(reversed(list(pages.raw_get("/Kids"))))
    writer.update_container(pages)
    return saved(writer)


def saved(writer):
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def copied(*pages, of=None):
    """A new file, unsigned, of some pages, with the first one's attachment."""
    writer = PdfWriter()
    for page in pages:
        writer.add_page(page)
    for name, contents in PdfReader(BytesIO(of or the_file())).attachments.items():
        writer.add_attachment(name, contents[0])
    return saved(writer)


def resigned(file):
    return sign(file, the_signers().papers, NOW)


def pages_of(file):
    return PdfReader(BytesIO(file)).pages


@pytest.mark.parametrize(
    "change", [appended, cut_short, with_another_title, with_a_turned_page, with_swapped_pages]
)
def test_a_file_that_was_touched_after_signing_is_not_genuine(change):
    assert verify_file(change(the_file()), trust()).verdict is Verdict.NOT_GENUINE


def test_a_file_signed_by_another_of_the_same_name_is_not_genuine():
    file = sign(a_coded_paper().pdf, a_forger().papers, NOW)

    answer = verify_file(file, trust())

    assert answer.verdict is Verdict.NOT_GENUINE
    assert "名称相同也不算" in answer.reason


def test_pages_that_were_swapped_before_signing_are_told():
    """Even the office's own certificate doesn't make a paper of pages in the wrong order."""
    first, second = pages_of(the_file())

    answer = verify_file(resigned(copied(second, first)), trust())

    assert answer.verdict is Verdict.NOT_GENUINE
    assert "调换" in answer.reason


def test_a_page_that_is_missing_is_told():
    first, _ = pages_of(the_file())

    answer = verify_file(resigned(copied(first)), trust())

    assert answer.verdict is Verdict.NOT_GENUINE
    assert "全文2页，文件有1页" in answer.reason


def test_a_page_of_another_genuine_paper_is_told():
    first, _ = pages_of(the_file())
    _, second = pages_of(a_signed_file(number=OTHER))

    answer = verify_file(resigned(copied(first, second)), trust())

    assert answer.verdict is Verdict.NOT_GENUINE
    assert "第2页是另一份文书的页" in answer.reason


def test_genuine_codes_under_other_facts_are_told():
    other = the_facts(LAND, members=5)
    pages = render(LAND, other).pages
    codes = SealedCodes(number=other.number, texts=the_codes(pages))

    answer = verify_file(resigned(render(LAND, other, codes=codes).pdf), trust())

    assert answer.verdict is Verdict.NOT_GENUINE
    assert "所附的事实" in answer.reason


def test_a_paper_without_codes_is_not_genuine():
    plain = render(LAND, the_facts(LAND, members=3)).pdf

    assert verify_file(resigned(plain), trust()).verdict is Verdict.NOT_GENUINE


def test_an_unsigned_file_proves_nothing_though_its_codes_are_genuine():
    answer = verify_file(a_coded_paper().pdf, trust())

    assert answer.verdict is Verdict.NOT_GENUINE
    assert "应有一个签名" in answer.reason


@pytest.mark.parametrize("file", [b"", b"%PDF-1.7", b"%PDF-1.7\ntrailer<</Root 1 0 R>>", b"x" * 99])
def test_what_is_no_pdf_is_not_genuine(file):
    assert verify_file(file, trust()).verdict is Verdict.NOT_GENUINE


def test_no_single_bit_outside_the_signatures_own_hole_can_be_flipped():
    file = the_file()
    hole = range(file.rindex(b"/Contents <") + 11, file.index(b">", file.rindex(b"/Contents <")))
    chance = random.Random(7)
    accepted = []
    for place in chance.sample(range(len(file)), 150):
        flipped = bytearray(file)
        flipped[place] ^= 1 << chance.randrange(8)
        if verify_file(bytes(flipped), trust()).verdict is not Verdict.NOT_GENUINE:
            accepted.append(place)

    assert [place for place in accepted if place not in hole] == []


# --- lists ---------------------------------------------------------------------------------------


def test_a_key_list_is_held_against_the_printed_fingerprint():
    note = (a_key_folder().path / "key-list.txt").read_text(encoding="utf-8")
    printed = " ".join(keys().fingerprint[n : n + 4] for n in range(0, 64, 4)).upper()

    assert read_key_list(note, printed) == keys()
    with pytest.raises(NotGenuine):
        read_key_list(note, "0" * 64)


def test_a_key_list_of_a_forger_under_our_name_has_another_fingerprint(own_folder):
    forged = (own_folder.path / "key-list.txt").read_text(encoding="utf-8")

    with pytest.raises(NotGenuine):
        read_key_list(forged, keys().fingerprint)


@pytest.mark.parametrize(
    ("old", "new"),
    [("汇川区", "红花岗区"), ('"serial":1', '"serial":2'), ("2011-", "2031-"), ("v1", "v2")],
)
def test_a_key_list_that_was_touched_is_refused(old, new):
    note = (a_key_folder().path / "key-list.txt").read_text(encoding="utf-8")
    assert old in note

    with pytest.raises(NotGenuine):
        read_key_list(note.replace(old, new))


def test_a_void_list_is_only_the_offices():
    note = the_void_list(ended(PaperStatus.VOID)).note(the_signers().codes)

    assert read_void_list(note, keys()).papers == (ended(PaperStatus.VOID),)
    with pytest.raises(NotGenuine):
        read_void_list(the_void_list().note(a_forger().codes), keys())
    with pytest.raises(NotGenuine):
        read_void_list(note.replace("2009-11-20", "2019-11-20"), keys())


def test_a_void_list_tells_nobody_who_has_not_the_paper():
    note = the_void_list(ended(PaperStatus.VOID)).note(the_signers().codes)

    assert a_claim().number not in note
    assert a_claim().facts_sha256[:32] not in note
    assert VoidList.of_text(note.partition("\n\n")[0]).find("00" * 32) is None


def test_a_key_list_is_no_void_list():
    note = (a_key_folder().path / "key-list.txt").read_text(encoding="utf-8")

    with pytest.raises(NotGenuine):
        read_void_list(note, keys())


def test_every_page_of_a_paper_has_a_code_of_its_own():
    first, second = (read_code(text).claim for text in the_codes())

    assert (first.page, second.page) == (1, 2)
    assert first.without_page == second.without_page
