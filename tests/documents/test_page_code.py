"""The code on each page: what it says, how it scans, and that no bit of it can be changed."""

import subprocess
from contextlib import suppress
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter
from pypdf import PdfReader
from typing_extensions import override

from conversion.documents.kind import Facts
from conversion.documents.kinds import HOUSEHOLD_KINDS, KINDS, kind_of
from conversion.documents.page_code import (
    GIST_SIGNS,
    HOLDER_SIGNS,
    PREFIX,
    Claim,
    SealedCodes,
    SignedCodes,
    claim_of,
    read_code,
)
from conversion.documents.render import render
from conversion.errors import DocumentRefused, NotGenuine
from conversion.standards import base45
from tests.builders import a_member
from tests.documents.papers import the_facts
from tests.documents.proofs import ROOT, a_claim, a_coded_paper, the_codes
from tests.keys import the_signers

QR = zxingcpp.barcode_formats_from_str("QRCode")
KEY = the_signers().codes.key
LONG = "买买提艾力·阿卜杜热合曼·吐尔逊尼亚孜·阿布都克里木"


def pictures(pdf, folder, dpi):
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-png", file, folder / "page"], check=True)
    return [Image.open(BytesIO(page.read_bytes())) for page in sorted(folder.glob("page*.png"))]


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_every_paper_says_in_its_code_whose_it_is_and_what_matters(kind):
    facts = the_facts(kind, members=5)

    claim = claim_of(kind, facts, log="520303105202", size=77, root=ROOT)

    assert claim.gist
    assert bool(claim.holder) == (kind in HOUSEHOLD_KINDS)
    assert "8X" not in claim.gist + claim.holder, "no end of a resident number"
    assert Claim.from_bytes(claim.to_bytes()) == claim


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_every_page_of_every_paper_scans_and_is_no_longer_for_it(kind, tmp_path):
    coded, plain = a_coded_paper(kind), render(kind, the_facts(kind, members=3))

    found = [
        zxingcpp.read_barcodes(page, formats=QR) for page in pictures(coded.pdf, tmp_path, 200)
    ]

    assert [[code.text for code in codes] for codes in found] == [[text] for text in coded.codes]
    assert coded.pages == plain.pages
    assert "核验本件" in PdfReader(BytesIO(coded.pdf)).pages[0].extract_text()


def test_a_faint_crooked_copy_still_scans(tmp_path):
    coded = a_coded_paper()

    for page, text in zip(pictures(coded.pdf, tmp_path, 300), coded.codes, strict=True):
        copy = page.rotate(2.5, fillcolor=255).filter(ImageFilter.GaussianBlur(1.2))
        (code,) = zxingcpp.read_barcodes(
            copy.point(lambda grey: 90 + grey * 140 // 255), formats=QR
        )
        assert code.text == text


def test_the_longest_name_still_scans(tmp_path):
    hukou = kind_of("hukou_certificate")
    facts = the_facts(hukou, members=[a_member(name=LONG)])
    claim = claim_of(hukou, facts, log="520303105202", size=10**6, root=ROOT)
    coded = render(hukou, facts, codes=SignedCodes(claim=claim, signer=the_signers().codes))

    (page,) = pictures(coded.pdf, tmp_path, 300)
    (code,) = zxingcpp.read_barcodes(page, formats=QR)

    assert read_code(code.text).claim.holder == LONG[: HOLDER_SIGNS - 1] + "…"


def test_the_same_facts_and_root_give_the_same_bytes():
    assert a_coded_paper().pdf == a_coded_paper().pdf
    assert the_codes() == the_codes()


def test_a_longer_history_gives_another_code():
    assert the_codes() != SignedCodes(
        claim=replace(a_claim(), size=78), signer=the_signers().codes
    )(2)


def test_the_code_is_in_the_file_as_text_beside_the_squares():
    coded = a_coded_paper()

    for page, text in zip(PdfReader(BytesIO(coded.pdf)).pages, coded.codes, strict=True):
        contents = page.get_contents()
        assert contents is not None
        assert f"/ActualText ({text})".encode() in contents.get_data()


def test_a_code_scans_only_as_alphanumeric_text():
    for text in the_codes():
        assert text.startswith(PREFIX)
        assert set(text) <= set(base45.ALPHABET)
        assert len(text) < 480, "version 13 at most"


def test_every_bit_of_a_code_is_signed():
    (text, _) = the_codes()
    data = base45.decode(text.removeprefix(PREFIX))
    believed = []
    for bit in range(0, len(data) * 8, 3):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        try:
            code = read_code(PREFIX + base45.encode(bytes(flipped)))
        except NotGenuine:
            continue
        if code.key_id == KEY.id.hex() and code.is_signed_by(KEY):
            believed.append(bit)

    assert believed == []


@given(st.text(max_size=60) | st.text(base45.ALPHABET, max_size=500).map(PREFIX.__add__))
def test_whatever_is_scanned_is_read_or_refused(text):
    with suppress(NotGenuine):
        assert not read_code(text).is_signed_by(KEY)


@pytest.mark.parametrize("spoil", [lambda t: t[:-3], lambda t: t + "000", lambda t: t[4:]])
def test_half_a_code_is_refused(spoil):
    (text, _) = the_codes()

    with pytest.raises(NotGenuine):
        read_code(spoil(text))


def test_what_is_too_long_for_a_code_is_cut_and_shows_it():
    claim = claim_of(
        kind_of("public_notice"),
        _Wordy(number="坪社公示〔2009〕0001号", day=date(2009, 12, 1), nonce="00"),
        log="1",
        size=1,
        root=ROOT,
    )

    assert len(claim.gist) == GIST_SIGNS
    assert claim.gist.endswith("…")


class _Wordy(Facts):
    @property
    @override
    def gist(self) -> str:
        return "很长" * 40


def test_sealed_codes_fit_their_paper_or_refuse():
    sealed = SealedCodes(number="坪社地确〔2009〕0007号", texts=the_codes(2))

    assert sealed(2) == the_codes(2)
    with pytest.raises(DocumentRefused):
        sealed(3)
