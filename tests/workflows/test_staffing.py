"""The proof that a staff is enough, against trying every division of the work."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from conversion.domain.role import Role
from conversion.policy.pack import PackOnDay
from conversion.roster.reading import read_roster
from conversion.workflows.definition import CASE_LEVELS
from conversion.workflows.staff_list import table_of
from conversion.workflows.staffing import Demand, Place, assigned, prove
from conversion.workflows.step import Part
from tests.office import SAMPLE, START, people
from tests.workflows.drive import huichuan

BINDING = (Part.ENTER, Part.EXAMINE, Part.APPROVE)
HANDS = st.frozensets(st.sampled_from("abcde"), min_size=1, max_size=3)


def a_demand(part, hands):
    return Demand(title="", part=part, roles=(Role.VILLAGE,), department="", hands=hands)


DEMANDS = st.lists(st.builds(a_demand, st.sampled_from(BINDING), HANDS), max_size=7)


def can_be_divided(demands):
    """Whether any division of the work serves, all tried out."""
    divisions = (dict(zip("abcde", parts, strict=True)) for parts in product(BINDING, repeat=5))
    return any(all(any(d[a] is x.part for a in x.hands) for x in demands) for d in divisions)


@given(DEMANDS)
def test_the_search_finds_a_division_of_the_work_exactly_when_there_is_one(demands):
    found = assigned(demands)
    assert (found is not None) == can_be_divided(demands)
    if found is not None:
        assert all(any(found.get(a) is d.part for a in d.hands) for d in demands)


def sample_actors():
    return table_of(people(), START).on(START)


def sample_places():
    roster = read_roster(SAMPLE / "花名册.xlsx", today=START)
    for household in roster.households:
        numbers = frozenset(m.resident_number for m in household.members if m.resident_number)
        yield Place(
            household=household.household.number,
            groups=frozenset({household.household.group}),
            people=numbers,
        )


def test_the_sample_staff_carries_every_step_of_every_household():
    proof = prove(
        CASE_LEVELS, PackOnDay(pack=huichuan(), day=START), sample_actors(), sample_places()
    )
    assert not proof.lacks
    assert len(proof.witness) == 128
    own = proof.witness["0014"]
    assert own["案件·村级初审"] == "village2"  # village1 has a relative there
    assert own["案件·批准"] == "district1"


def test_each_department_of_the_pack_has_to_be_there():
    actors = [a for a in sample_actors() if a.department != "林业局"]
    places = [Place(household="0001", groups=frozenset({"一组"}))]
    (lack,) = prove(CASE_LEVELS, PackOnDay(pack=huichuan(), day=START), actors, places).lacks
    assert lack.remedy == "任用一名林业局区级部门"
    assert "权利义务对接·部门受理" in lack.found
