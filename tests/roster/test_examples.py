"""The sample village: reproducible, complete, and what it says it is."""

import subprocess
import sys
from pathlib import Path

from ruamel.yaml import YAML

from conversion.domain.programme import Village
from conversion.domain.role import Role
from conversion.services.village_files import read_staff
from conversion.standards import uniform_credit_code

PINGSHAN = Path(__file__).parents[2] / "examples" / "pingshan"


def test_the_generator_writes_the_same_bytes(tmp_path):
    made = tmp_path / "花名册.xlsx"
    subprocess.run([sys.executable, PINGSHAN / "make_village.py", "--out", made], check=True)

    assert made.read_bytes() == (PINGSHAN / "花名册.xlsx").read_bytes()


def test_the_village_file_is_a_village():
    facts = YAML(typ="safe").load(PINGSHAN / "village.yaml")

    village = Village.model_validate(facts)

    assert facts.keys() == Village.model_fields.keys()
    assert uniform_credit_code.check(village.collective_code) == ()


def test_every_role_of_the_office_is_staffed_twice():
    staff = read_staff(PINGSHAN / "staff.yaml")

    counts = {role: sum(role in actor.roles for actor in staff) for role in Role}

    assert [role for role, count in counts.items() if count < 2] == [
        Role.HOUSEHOLD,
        Role.SYSTEM,
    ]
    assert (
        len({actor.account for actor in staff})
        == len({actor.name for actor in staff})
        == len(staff)
    )
