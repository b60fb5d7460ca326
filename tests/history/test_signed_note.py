"""Notes prove themselves: the standard's own example, and whatever is done to one."""

import base64

import pytest

from conversion.errors import NotGenuine
from conversion.history.signed_note import NoteKey, NoteSigner, read_note

OFFICE = NoteSigner(name="huichuan/list", seed=bytes(range(32)))

# The example that the standard's reference implementation is tested with (golang.org/x/mod, BSD-3).
PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
PUBLISHED = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""


def test_the_published_note_is_read_and_written_to_the_byte():
    signer = NoteSigner(name="PeterNeumann", seed=PUBLISHED_SEED)

    assert str(signer.key) == PUBLISHED_KEY
    text = read_note(PUBLISHED, [NoteKey.read(PUBLISHED_KEY)])
    assert signer.sign(text) == PUBLISHED


def test_a_note_reads_as_it_was_signed_and_always_the_same():
    note = OFFICE.sign("作废清单\n共零份\n")

    assert note == OFFICE.sign("作废清单\n共零份\n")
    assert read_note(note, [OFFICE.key]) == "作废清单\n共零份\n"
    assert note.startswith("作废清单\n共零份\n\n— huichuan/list ")


def test_a_key_is_written_and_read_as_the_standard_says():
    assert NoteKey.read(str(OFFICE.key)) == OFFICE.key
    assert str(OFFICE.key).startswith(f"huichuan/list+{OFFICE.key.id.hex()}+A")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: note.replace("零", "一"),
        lambda note: note.replace("\n\n", "\n"),
        lambda note: "前言\n" + note,
        lambda note: note.replace("— huichuan", "— other"),
        lambda note: note[:-8] + "AAAA" + note[-4:],
        lambda note: note.partition("\n\n")[0] + "\n",
        lambda _: "",
    ],
    ids=["text", "blank line", "prefix", "name", "signature", "unsigned", "empty"],
)
def test_a_note_that_was_touched_is_no_note(spoil):
    with pytest.raises(NotGenuine):
        read_note(spoil(OFFICE.sign("作废清单\n共零份\n")), [OFFICE.key])


def test_another_key_of_the_same_name_signs_in_vain():
    forger = NoteSigner(name=OFFICE.name, seed=bytes(32))

    with pytest.raises(NotGenuine):
        read_note(forger.sign("作废清单\n"), [OFFICE.key])


def test_the_same_note_with_windows_line_ends_is_the_same():
    note = OFFICE.sign("作废清单\n共零份\n").replace("\n", "\r\n")

    assert read_note(note, [OFFICE.key]) == "作废清单\n共零份\n"


def test_a_text_without_an_end_is_not_signed():
    with pytest.raises(NotGenuine):
        OFFICE.sign("作废清单")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "huichuan",
        str(OFFICE.key).replace("huichuan", "other"),
        "a+00000000+AgAA",
        "a b+00000000+" + "A" * 44,
        str(OFFICE.key)[:-4],
    ],
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(NotGenuine):
        NoteKey.read(text)


def test_a_signer_shows_no_secret():
    assert OFFICE.seed.hex() not in repr(OFFICE)
    assert str(OFFICE.seed) not in repr(OFFICE)
