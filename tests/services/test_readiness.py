"""The office asks before the working day whether the machine can do its work."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from conversion.services.machine import Machine, look
from conversion.services.readiness import (
    FACES,
    Check,
    Verdict,
    calendar_check,
    clock_check,
    database_check,
    face_check,
    is_ready,
    pango_check,
    python_check,
    readiness,
    subset_check,
    zone_check,
)
from conversion.store.database import Database

BEIJING = timezone(timedelta(hours=8), "CST")
MORNING = datetime(2026, 3, 2, 8, 30, tzinfo=BEIJING)


def a_machine(**lacking) -> Machine:
    complete = {
        "python": (3, 11, 2),
        "pango": (1, 50, 12),
        "harfbuzz_subset": "6.0.0",
        "families": {
            "龙": frozenset({"Noto Serif CJK SC", "Noto Sans CJK SC", "BabelStone Han"}),
            "𣒍": frozenset({"BabelStone Han"}),
            "𮧵": frozenset({"BabelStone Han"}),
        },
        "calendar_until": 2026,
    }
    return Machine(**{**complete, **lacking})


def answering() -> Check:
    return Check(name="数据库", verdict=Verdict.FINE, found="conversion.db")


def test_a_complete_machine_is_ready_and_advises_nothing():
    checks = readiness(a_machine(), now=MORNING, probe_database=answering)

    assert is_ready(checks)
    assert {check.verdict for check in checks} == {Verdict.FINE}
    assert {check.cost + check.remedy for check in checks} == {""}


@pytest.mark.parametrize(
    ("lacking", "package"),
    [
        ({"python": (3, 10, 13)}, "python3"),
        ({"pango": None}, "libpango-1.0-0 libpangoft2-1.0-0"),
        ({"pango": (1, 42, 3)}, "libpango-1.0-0 libpangoft2-1.0-0"),
        ({"harfbuzz_subset": None}, "libharfbuzz-subset0"),
        ({"families": dict.fromkeys("龙𣒍𮧵", frozenset({"BabelStone Han"}))}, "fonts-noto-cjk"),
    ],
)
def test_each_needed_thing_that_is_lacking_stops_the_work_and_names_its_package(lacking, package):
    checks = readiness(a_machine(**lacking), now=MORNING, probe_database=answering)
    failed = [check for check in checks if check.verdict is Verdict.FAILED]

    assert not is_ready(checks)
    assert failed
    assert all(check.cost and package in check.remedy for check in failed)


def test_a_lack_of_rare_characters_only_warns_and_says_whose_papers_are_refused():
    families = {**a_machine().families, "𣒍": frozenset[str]()}
    checks = readiness(a_machine(families=families), now=MORNING, probe_database=answering)
    (warning,) = (check for check in checks if check.verdict is Verdict.WARNING)

    assert is_ready(checks)
    assert "U+2348D" in warning.name
    assert "拒绝出具" in warning.cost
    assert warning.remedy.endswith("fonts-babelstone-han")


def test_another_family_does_not_stand_in_for_the_body_face():
    serif = FACES[0]

    assert face_check(serif, frozenset({"BabelStone Han"})).verdict is Verdict.FAILED
    assert face_check(serif, frozenset({"Noto Serif CJK SC"})).found == "Noto Serif CJK SC"


def test_the_cost_of_slow_subsetting_is_told_in_seconds():
    assert subset_check(None).cost == "一页中文权益告知单从约半秒变成二十秒以上"


def test_an_old_pango_is_told_with_its_version():
    assert pango_check((1, 42, 3)).found == "1.42.3，低于 1.44"


def test_the_lowest_python_will_do():
    assert python_check((3, 11, 0)).verdict is Verdict.FINE


@pytest.mark.parametrize("year", [1970, 2024, 2100])
def test_a_clock_in_an_implausible_year_stops_the_work(year):
    assert clock_check(MORNING.replace(year=year), None).verdict is Verdict.FAILED


def test_a_clock_before_the_newest_entry_stops_the_work():
    newest = MORNING + timedelta(minutes=1)

    assert clock_check(MORNING, newest).verdict is Verdict.FAILED
    assert "早于最新一条办理记录" in clock_check(MORNING, newest).found
    assert clock_check(newest, MORNING).verdict is Verdict.FINE


def test_the_newest_entry_is_compared_as_an_instant_not_as_a_figure_on_a_dial():
    written_in_utc = (MORNING - timedelta(minutes=1)).astimezone(UTC)

    assert clock_check(MORNING, written_in_utc).verdict is Verdict.FINE


def test_a_machine_on_another_time_zone_is_warned():
    assert zone_check(MORNING).verdict is Verdict.FINE
    assert zone_check(MORNING.astimezone(UTC)).verdict is Verdict.WARNING


def test_after_the_last_published_year_deadlines_are_provisional():
    assert calendar_check(2026, 2026).verdict is Verdict.FINE
    assert calendar_check(2026, 2027).verdict is Verdict.WARNING
    assert "须重算" in calendar_check(2026, 2027).cost


def test_a_database_that_does_not_answer_stops_the_work():
    silent = Check(
        name="数据库", verdict=Verdict.FAILED, found="磁盘已满", cost="停办", remedy="扩容"
    )
    checks = readiness(a_machine(), now=MORNING, probe_database=lambda: silent)

    assert silent in checks
    assert not is_ready(checks)


def test_a_database_counts_once_its_tables_are_made(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/village.db")
    before = database_check(database)
    database.migrate()
    after = database_check(database)
    database.close()

    assert before.verdict is Verdict.FAILED
    assert before.found == f"{tmp_path}/village.db：文件不存在"
    assert "conversion db migrate" in before.remedy
    assert after == Check(name="数据库", verdict=Verdict.FINE, found=f"{tmp_path}/village.db")


def test_the_machine_that_runs_the_suite_can_print():
    checks = readiness(
        look(face.character for face in FACES), now=MORNING, probe_database=answering
    )

    assert [check for check in checks if check.verdict is Verdict.FAILED] == []
