"""Nobody has a household's papers before them whose work it isn't."""

import pytest

from conversion.domain.role import Role
from conversion.errors import StepRefused
from conversion.services.reprint import large_print, reprint
from tests.office import number_of
from tests.village_roster import VILLAGE


@pytest.mark.parametrize("service", [reprint, large_print])
@pytest.mark.parametrize("account", ["surveyor1", "station1", "minzheng1"])
def test_only_those_who_give_out_and_those_who_examine_have_papers(service, account, town_at):
    town = town_at("landed")
    with pytest.raises(StepRefused, match="由工作专班"):
        service(town.office, account, number_of("0001"), "坪社地确〔2009〕0001号")


def test_a_post_for_one_group_has_only_the_papers_of_its_group(town_at):
    town = town_at("landed")
    town.appoint("helper", Role.VILLAGE, place="二组")
    with pytest.raises(StepRefused, match="由服务一组的人员办理"):
        reprint(town.office, "helper", number_of("0001"), "坪社地确〔2009〕0001号")


def test_a_near_relative_has_no_papers_of_the_household_but_those_of_the_village(town_at):
    town = town_at("landed")
    town.appoint("auditor1", Role.AUDITOR, kin=("0001",))
    with pytest.raises(StepRefused, match="近亲属"):
        reprint(town.office, "auditor1", number_of("0001"), "坪社地确〔2009〕0001号")
    village, *_ = town.issue()
    assert village.chain == VILLAGE
    assert reprint(town.office, "auditor1", VILLAGE, village.number).rendering.pdf
