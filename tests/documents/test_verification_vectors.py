"""The published vectors, as this program answers them; `tests/browser` asks the web page the same."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from conversion.documents.page_code import read_code
from conversion.documents.signed_list import read_key_list, read_void_list
from conversion.documents.verification import Trust, verify_code
from conversion.errors import NotGenuine
from tests.documents import verification_vectors

PUBLISHED = json.loads(verification_vectors.FILE.read_text(encoding="utf-8"))
KEYS = read_key_list(PUBLISHED["keys"], PUBLISHED["fingerprint"])
NOW = datetime.fromisoformat(PUBLISHED["now"])


@pytest.mark.parametrize("case", PUBLISHED["cases"], ids=lambda case: case["name"])
def test_each_code_has_its_answer(case):
    void = read_void_list(case["void"], KEYS) if case["void"] else None

    answer = verify_code(case["code"], Trust(keys=KEYS, now=NOW, void=void))

    assert answer.verdict == case["verdict"]


@pytest.mark.parametrize("note", PUBLISHED["refused_keys"])
def test_what_is_no_key_list_of_the_office_is_refused(note):
    with pytest.raises(NotGenuine):
        read_key_list(note, PUBLISHED["fingerprint"])


@pytest.mark.parametrize("note", PUBLISHED["refused_voids"])
def test_what_is_no_void_list_of_the_office_is_refused(note):
    with pytest.raises(NotGenuine):
        read_void_list(note, KEYS)


def test_codes_are_written_as_they_were_published():
    """Papers that are out can't follow a change of the format."""
    assert verification_vectors.text() == verification_vectors.FILE.read_text(encoding="utf-8")
    claim = read_code(PUBLISHED["cases"][0]["code"]).claim
    assert claim == replace(verification_vectors.CLAIM, page=1, pages=2)
