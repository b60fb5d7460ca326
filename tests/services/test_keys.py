"""The office's keys: made once by two persons, kept from others, changed in time."""

import stat
from datetime import date, timedelta

import pytest
from cryptography import x509

from conversion.documents.key_ceremony import KEY_CEREMONY, ceremony_facts, grouped
from conversion.documents.render import render
from conversion.errors import NotFound, NotGenuine, SetupIncomplete, WrongUse
from conversion.services.key_cabinet import KeyCabinet
from conversion.services.keys import KeyFolder, found_keys, open_signers, revoke_key, rotate_keys
from tests.documents.papers import text_of
from tests.keys import OFFICE, ORIGIN, PASSPHRASE, keys_in
from tests.office import START


@pytest.fixture
def folder(tmp_path):
    made = KeyFolder(path=tmp_path / "keys")
    keys_in(made)
    return made


def private_files(folder):
    return sorted(path for path in folder.path.glob("*.p12"))


def test_private_keys_are_their_owners_and_sealed(folder):
    files = private_files(folder)

    assert len(files) == 4
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    signers = open_signers(folder, PASSPHRASE, START)
    for file in files:
        assert signers.codes.seed not in file.read_bytes()
        assert signers.papers.key not in file.read_bytes()


def test_a_key_opens_with_its_passphrase_only(folder):
    with pytest.raises(SetupIncomplete):
        open_signers(folder, PASSPHRASE + "x", START)


@pytest.mark.parametrize("passphrase", ["", "short", "一二三四五六七八九十一", "a" * 40])
def test_a_passphrase_that_could_be_guessed_is_refused_before_a_key_is_made(passphrase, tmp_path):
    folder = KeyFolder(path=tmp_path / "keys")

    with pytest.raises(WrongUse):
        found_keys(folder, office=OFFICE, origin=ORIGIN, passphrase=passphrase, day=START)

    assert not folder.path.exists()


def test_keys_are_never_made_over_others(folder):
    before = {file: file.read_bytes() for file in private_files(folder)}

    with pytest.raises(WrongUse):
        keys_in(folder)

    assert {file: file.read_bytes() for file in private_files(folder)} == before


def test_an_origin_with_a_space_makes_no_keys(tmp_path):
    folder = KeyFolder(path=tmp_path / "keys")

    with pytest.raises(NotGenuine):
        found_keys(folder, office=OFFICE, origin="a b", passphrase=PASSPHRASE, day=START)

    assert not private_files(folder)


def test_the_certificate_says_what_it_is_for(folder):
    signers = open_signers(folder, PASSPHRASE, START).papers
    certificate = x509.load_der_x509_certificate(signers.certificate)
    root = x509.load_der_x509_certificate(signers.root)

    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (
        True,
        True,
        False,
    )
    certificate.verify_directly_issued_by(root)
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert certificate.not_valid_before_utc.isoformat() == "2009-11-30T16:00:00+00:00"


def test_an_office_with_a_long_name_has_its_whole_name_in_the_key_list(tmp_path):
    folder, office = (
        KeyFolder(path=tmp_path / "keys"),
        "贵州省遵义市汇川区人民政府村改社区工作专班办公室",
    )

    keys = found_keys(folder, office=office, origin=ORIGIN, passphrase=PASSPHRASE, day=START)

    assert keys.office == office
    certificate = x509.load_der_x509_certificate(
        open_signers(folder, PASSPHRASE, START).papers.root
    )
    assert certificate.subject.rfc4514_string().startswith("CN=贵州省遵义市汇川区人民政府村改")


def test_the_keys_are_changed_without_a_gap_or_an_overlap_of_choice(folder):
    old = open_signers(folder, PASSPHRASE, START).codes.key.id.hex()
    day = START + timedelta(days=600)

    keys = rotate_keys(folder, PASSPHRASE, day)

    assert keys.serial == 2
    assert [line.since for line in keys.codes] == [START, day]
    assert keys.codes[0].until == day
    assert open_signers(folder, PASSPHRASE, day).codes.key.id.hex() == keys.codes[1].id != old
    assert folder.keys() == keys


def test_without_the_keys_of_the_safe_nothing_is_changed(folder):
    (folder.path / "root.p12").rename(folder.path.parent / "root.p12")

    with pytest.raises(SetupIncomplete):
        rotate_keys(folder, PASSPHRASE, START)

    assert folder.keys().serial == 1
    assert open_signers(folder, PASSPHRASE, START).office == OFFICE


def test_a_revoked_key_is_no_longer_at_work(folder):
    (code,) = folder.keys().codes

    keys = revoke_key(folder, code.id, PASSPHRASE, START)

    assert keys.codes[0].revoked_on == START
    with pytest.raises(SetupIncomplete):
        open_signers(folder, PASSPHRASE, START)
    with pytest.raises(NotFound):
        revoke_key(folder, "00000000", PASSPHRASE, START)
    with pytest.raises(NotFound):
        revoke_key(folder, code.id[:3], PASSPHRASE, START)


def test_an_office_at_work_takes_new_keys_up_by_itself(folder):
    day, asked = [START], []

    def passphrase():
        asked.append(1)
        return PASSPHRASE

    cabinet = KeyCabinet(folder=folder, passphrase=passphrase, today=lambda: day[0])
    first = cabinet()
    assert cabinet() is first
    rotate_keys(folder, PASSPHRASE, START)

    second = cabinet()

    assert first
    assert second
    assert first.codes.key != second.codes.key
    assert len(asked) == 1, "asked for once"


def unasked():
    raise AssertionError("nobody may be asked")


def test_an_office_that_has_no_keys_is_asked_for_no_passphrase(tmp_path):
    cabinet = KeyCabinet(folder=KeyFolder(path=tmp_path), passphrase=unasked, today=lambda: START)

    assert cabinet() is None


def test_a_key_list_that_was_touched_stops_the_office(folder):
    file = folder.path / "key-list.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("2011", "2031"), encoding="utf-8")

    with pytest.raises(NotGenuine):
        open_signers(folder, PASSPHRASE, START)


def test_the_leap_day_has_no_anniversary(tmp_path):
    folder = KeyFolder(path=tmp_path / "keys")

    keys = keys_in(folder, date(2008, 2, 29))

    assert keys.codes[0].until == date(2010, 2, 28)


def test_the_sheet_shows_every_fingerprint_and_who_was_there_on_one_page(folder):
    keys = folder.keys()

    sheet = render(KEY_CEREMONY, ceremony_facts(keys, ("周晓梅", "李文华")))

    text = text_of(sheet)
    assert sheet.pages == 1
    assert keys.fingerprint in text
    assert keys.signers[0].sha256 in text
    assert "在场人（周晓梅）签名" in text
    assert "在场人（李文华）签名" in text
    assert grouped(keys.fingerprint).count(" ") == 15
