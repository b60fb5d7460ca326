"""`conversion doctor` on the keys: told in time, by what it costs and what to type."""

from datetime import datetime, timedelta

import pytest

from conversion.documents.signed_list import void_list
from conversion.services.key_check import keys_check
from conversion.services.keys import (
    SAFE,
    VOID_LIST,
    KeyFolder,
    open_signers,
    revoke_key,
    rotate_keys,
)
from conversion.services.readiness import Verdict
from conversion.standards.beijing_time import CHINA
from tests.keys import OFFICE, ORIGIN, PASSPHRASE, keys_in
from tests.office import START

NOW = datetime(2009, 12, 1, 9, 30, tzinfo=CHINA)


@pytest.fixture
def folder(tmp_path):
    made = KeyFolder(path=tmp_path / "keys")
    keys_in(made)
    return made


def list_of(folder, now=NOW):
    signers = open_signers(folder, PASSPHRASE, now.date())
    folder.publish(VOID_LIST, void_list(OFFICE, ORIGIN, (), now).note(signers.codes))


def to_the_safe(folder):
    for name in SAFE:
        (folder.path / name).rename(folder.path.parent / name)


def test_keys_at_work_with_a_list_of_today_are_fine(folder):
    list_of(folder)

    assert keys_check(folder, NOW).verdict is Verdict.FINE


def test_an_office_without_keys_is_told_what_it_costs(tmp_path):
    found = keys_check(KeyFolder(path=tmp_path / "keys"), NOW)

    assert found.verdict is Verdict.WARNING
    assert "conversion keys init" in found.remedy


def test_keys_of_the_safe_are_not_left_on_the_machine_overnight(folder):
    tomorrow = NOW + timedelta(days=1)
    list_of(folder, tomorrow)

    assert "root.p12 还在机器上" in keys_check(folder, tomorrow).found
    to_the_safe(folder)
    assert keys_check(folder, tomorrow).verdict is Verdict.FINE


@pytest.mark.parametrize(
    ("days", "verdict"), [(600, Verdict.FINE), (680, Verdict.WARNING), (740, Verdict.FAILED)]
)
def test_the_change_of_keys_is_called_to_mind_in_time(days, verdict, folder):
    then = NOW + timedelta(days=days)
    signers = open_signers(folder, PASSPHRASE, START)
    folder.publish(VOID_LIST, void_list(OFFICE, ORIGIN, (), then).note(signers.codes))
    to_the_safe(folder)

    found = keys_check(folder, then)

    assert found.verdict is verdict
    assert verdict is Verdict.FINE or "conversion keys rotate" in found.remedy


def test_a_revoked_key_stops_papers_until_it_is_changed(folder):
    (code,) = folder.keys().codes
    revoke_key(folder, code.id, PASSPHRASE, START)
    assert keys_check(folder, NOW).verdict is Verdict.FAILED

    rotate_keys(folder, PASSPHRASE, START)
    list_of(folder)
    assert keys_check(folder, NOW).verdict is Verdict.FINE


def test_a_list_of_yesterday_and_none_at_all_are_told(folder):
    assert "作废清单" in keys_check(folder, NOW).found
    signers = open_signers(folder, PASSPHRASE, START)
    old = void_list(OFFICE, ORIGIN, (), NOW - timedelta(hours=30))
    folder.publish(VOID_LIST, old.note(signers.codes))

    assert "作废清单" in keys_check(folder, NOW).found


def test_a_list_that_was_touched_is_told(folder):
    list_of(folder)
    file = folder.path / VOID_LIST
    file.write_text(
        file.read_text(encoding="utf-8").replace("2009-12", "2019-12"), encoding="utf-8"
    )

    assert keys_check(folder, NOW).verdict is Verdict.FAILED
