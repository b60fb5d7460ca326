"""Personal data is kept apart from the history, and still can't be changed behind it."""

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.standing import Change, Json
from conversion.errors import HistoryBroken, SetupIncomplete
from conversion.history.canonical import canonical
from conversion.history.commitment import open_personal, personal_changes, seal_personal

KEY = bytes(range(32))
WANG = {"name": "王大明", "resident_number": "110101199003070011"}
LI = {"name": "李小红", "resident_number": "110101199203070028"}


def sealed(payload, start=0):
    return seal_personal(payload, KEY, bytes([start]) * 32, bytes([start]) * 12)


def test_a_sealed_payload_opens_with_its_key_and_its_commitment():
    wang = sealed(WANG)

    assert open_personal(wang.ciphertext, KEY, wang.commitment) == WANG


def test_the_commitment_is_the_hash_of_salt_and_canonical_payload():
    wang = sealed(WANG, start=7)

    assert wang.commitment == sha256(wang.salt + canonical(dict(WANG))).hexdigest()


def test_the_same_person_under_another_salt_has_another_commitment():
    assert sealed(WANG, start=1).commitment != sealed(WANG, start=2).commitment


def test_nothing_personal_is_legible_in_what_is_stored_or_logged():
    wang = sealed(WANG)

    assert WANG["resident_number"].encode() not in wang.ciphertext
    assert wang.salt not in wang.ciphertext
    assert repr(wang.salt) not in repr(wang)


def test_a_wrong_key_is_refused():
    wang = sealed(WANG)

    with pytest.raises(HistoryBroken):
        open_personal(wang.ciphertext, bytes(32), wang.commitment)


def test_swapped_payloads_of_two_people_are_refused():
    wang, li = sealed(WANG, start=1), sealed(LI, start=2)

    with pytest.raises(HistoryBroken):
        open_personal(li.ciphertext, KEY, wang.commitment)


def test_a_payload_claimed_after_erasure_is_refused():
    wang = sealed(WANG)
    claim = seal_personal(LI, KEY, wang.salt, bytes(12))

    with pytest.raises(HistoryBroken):
        open_personal(claim.ciphertext, KEY, wang.commitment)


def test_a_key_holder_cannot_seal_other_words_under_an_old_commitment():
    wang = sealed(WANG)
    digest = bytes.fromhex(wang.commitment)
    forged = bytes(12) + AESGCM(KEY).encrypt(bytes(12), bytes(32) + canonical(dict(LI)), digest)

    with pytest.raises(HistoryBroken, match="承诺值不符"):
        open_personal(forged, KEY, wang.commitment)


@given(place=st.integers(0), bit=st.integers(0, 7))
@settings(deadline=None)
def test_one_flipped_bit_anywhere_is_refused(place, bit):
    wang = sealed(WANG)
    altered = bytearray(wang.ciphertext)
    altered[place % len(altered)] ^= 1 << bit

    with pytest.raises(HistoryBroken):
        open_personal(bytes(altered), KEY, wang.commitment)


@pytest.mark.parametrize("length", [0, 5, 12, 27, 28])
def test_a_payload_cut_short_is_refused(length):
    wang = sealed(WANG)

    with pytest.raises(HistoryBroken):
        open_personal(wang.ciphertext[:length], KEY, wang.commitment)


def test_a_commitment_that_is_no_digest_is_refused():
    with pytest.raises(HistoryBroken):
        open_personal(sealed(WANG).ciphertext, KEY, "王")


@pytest.mark.parametrize(("key", "salt", "nonce"), [(31, 32, 12), (32, 16, 12), (32, 32, 16)])
def test_key_salt_and_nonce_have_one_length(key, salt, nonce):
    with pytest.raises(SetupIncomplete):
        seal_personal(WANG, bytes(key), bytes(salt), bytes(nonce))


def test_a_payload_is_not_opened_with_a_key_of_another_length():
    wang = sealed(WANG)

    with pytest.raises(SetupIncomplete):
        open_personal(wang.ciphertext, KEY[:16], wang.commitment)


def test_members_changed_by_an_act_are_read_from_its_payload():
    payload: dict[str, Json] = {
        "changes": [{"collection": "members", "key": "01", "row": {"name": "王大明"}}]
    }

    assert personal_changes(payload) == (
        Change(collection="members", key="01", row={"name": "王大明"}),
    )
    assert personal_changes({}) == ()
