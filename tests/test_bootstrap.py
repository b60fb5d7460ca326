"""An office opens only on its own database and its own key."""

from pathlib import Path

import pytest

from conversion.bootstrap import Settings, create, open_office
from conversion.errors import SetupIncomplete
from conversion.roster.reading import read_roster
from conversion.services.intake import commit_roster
from conversion.services.programme import register_village
from conversion.services.village_files import read_village
from tests.office import SAMPLE, Calendar, people
from tests.village_roster import HOUSES, VILLAGE, write_roster


@pytest.fixture
def settings(tmp_path):
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'office.db'}", key_file=tmp_path / "office.key"
    )


def test_the_key_lies_beside_the_sqlite_file_unless_said_otherwise():
    settings = Settings.read({"CONVERSION_DATABASE_URL": "sqlite:////srv/pingshan/case.db"})

    assert settings.key_file == Path("/srv/pingshan/case.key")


def test_preparing_twice_changes_nothing(settings):
    create(settings)
    key = settings.key_file.read_text()
    create(settings)

    assert settings.key_file.read_text() == key
    assert settings.key_file.stat().st_mode & 0o777 == 0o600


def a_village_with_cases(settings):
    create(settings)
    office = open_office(settings, clock=Calendar())
    register_village(office, read_village(SAMPLE / "village.yaml"), people(), "taskforce1")
    path = write_roster(settings.key_file.parent / "花名册.xlsx", HOUSES)
    roster = read_roster(path, today=office.today())
    assert commit_roster(office, VILLAGE, "taskforce1", roster).committed
    office.database.close()


def test_another_databases_key_opens_no_office(settings):
    a_village_with_cases(settings)
    settings.key_file.write_text("ab" * 32)

    with pytest.raises(SetupIncomplete, match="不是这个数据库的密钥"):
        open_office(settings)


def test_a_lost_key_is_never_replaced_by_a_new_one(settings):
    a_village_with_cases(settings)
    settings.key_file.unlink()

    with pytest.raises(SetupIncomplete, match="已有用它封存的内容"):
        create(settings)
    assert not settings.key_file.exists()


@pytest.mark.parametrize("content", ["", "keine", "ab" * 31], ids=["empty", "words", "short"])
def test_a_damaged_key_is_said_to_be_one(settings, content):
    create(settings)
    settings.key_file.write_text(content)

    with pytest.raises(SetupIncomplete, match="读取密钥"):
        open_office(settings)
