"""The sample village's own files, as a task force would write them."""

from pathlib import Path

import pytest

from conversion.domain.role import Role
from conversion.services.village_files import VillageFileInvalid, read_staff, read_village
from conversion.standards import division, uniform_credit_code

SAMPLE = Path(__file__).parents[2] / "examples" / "pingshan"


def test_the_sample_village_is_whole_and_its_codes_are_right():
    village = read_village(SAMPLE / "village.yaml")

    assert village.before.endswith("坪山村")
    assert not [f for f in division.check(village.village_code) if f.is_error]
    assert not [f for f in uniform_credit_code.check(village.collective_code) if f.is_error]


def test_every_post_of_the_sample_is_filled():
    staff = read_staff(SAMPLE / "staff.yaml")

    assert {role for actor in staff for role in actor.roles} >= set(Role) - {
        Role.HOUSEHOLD,
        Role.SYSTEM,
    }
    assert all(actor.department for actor in staff if Role.DEPARTMENT in actor.roles)


def test_blanks_around_a_value_do_not_count(tmp_path):
    file = tmp_path / "人员.yaml"
    file.write_text('- {account: " a1 ", name: 甲, roles: [village]}', encoding="utf-8")

    assert read_staff(file)[0].account == "a1"


def test_a_value_missing_deep_inside_is_told_with_the_nearest_line(tmp_path):
    file = tmp_path / "人员.yaml"
    file.write_text("\n\n- account: a1\n  name: 甲\n  roles:\n  - village\n  - mayor\n", "utf-8")

    with pytest.raises(VillageFileInvalid) as refusal:
        read_staff(file)

    (fault,) = refusal.value.faults
    assert fault.startswith("第 7 行 roles：没有岗位 mayor")
