"""The procedures change while cases are under way: told apart, pinned, migrated, taken back."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from conversion.domain.role import Role
from conversion.errors import HistoryBroken, StepRefused, WrongUse
from conversion.services import progress
from conversion.services.agenda import agenda
from conversion.services.definitions import differences, impact, known_definitions, procedures_of
from conversion.services.filing import Filing
from conversion.services.migration import migrate, revert, try_out
from conversion.services.sweep import sweep
from conversion.workflows.case import CASE
from conversion.workflows.definition import DEFINITION, definition_sha256
from conversion.workflows.hukou import HUKOU
from conversion.workflows.migration import LevelPlan, MigrationPlan
from conversion.workflows.requirement import RequirementsUnmet
from tests.altered import CONFIRMED_ANEW, NEXT, altered
from tests.office import BOARD, adults, number_of
from tests.village_roster import VILLAGE

OLD, NEW = definition_sha256(), definition_sha256(NEXT)
TO_SEAL = {"land": LevelPlan(states={"signed": "boundaries_signed"})}


def a_plan(**others):
    decided = {"reason": "村民小组应当在指界签字后盖章。", "decision": "汇府办〔2010〕7号"}
    plan = {"old": OLD, "new": NEW, "decided_by": "汇川区人民政府", "levels": TO_SEAL}
    return MigrationPlan(**(plan | decided | others))


def signed(town, *households):
    """Land boundaries signed under the old procedures."""
    day = town.calendar.day
    for household in households:
        town.take("land.survey", household, surveyed_on=day)
        town.take("land.sign_boundaries", household, signed=adults(town.case(household), day))


def upgraded(town):
    """The office after a new version of the program has come in."""
    town.office = replace(town.office, definition=NEXT)
    return town


def take(town, act, household, by="village1", **form):
    evidence = {"posting_photo": "照片1"}
    filing = Filing(number=number_of(household), filled=form, evidence=evidence)
    return progress.take(town.office, act, by, filing)


def unmet(error):
    return {r.rule: r.found for r in error.value.unmet}


@pytest.fixture
def town(town_at):
    """Two households stand at a state that the new procedures don't have, one on notice."""
    town = town_at("accepted")
    signed(town, "0001", "0002", "0003")
    town.take("land.post", "0003", **BOARD)
    return upgraded(town)


def test_a_case_goes_on_in_what_did_not_change_and_waits_in_what_did(town):
    with pytest.raises(RequirementsUnmet) as refused:
        take(town, "land.post", "0001", **BOARD)
    told = unmet(refused)
    assert "新增步骤“村民小组盖章”" in told["definition"]
    assert "取消状态“已指界签字”（signed）" in told["definition"]

    town.calendar.later(1)
    assert town.take("shares.propose_members", "0001").seq
    assert town.verify().is_sound


def test_what_changed_is_told_in_sentences_and_who_is_touched_by_name(town):
    sentences = {a.sentence for a in differences(town.office, OLD[:8], None)}
    assert "新增状态“小组已盖章”（sealed）" in sentences
    assert "步骤“公示土地权属”（post）起办状态由“已指界签字”改为“小组已盖章”" in sentences
    assert (
        "新增步骤“村民小组盖章”（seal）：由“村级经办人”从“已指界签字”办到“小组已盖章”" in sentences
    )
    assert {a.level for a in differences(town.office, OLD, None)} == {"land"}

    touched = impact(
        town.office, VILLAGE, procedures_of(town.office, OLD), procedures_of(town.office, None)
    )
    by_state = {t.state: t.chains for t in touched}
    assert by_state["signed"] == (number_of("0001"), number_of("0002"))
    assert by_state["on_notice"] == (number_of("0003"),)


def test_cases_are_tried_out_migrated_verified_and_go_on_in_the_new_procedures(town):
    trials = {t.chain: t for t in try_out(town.office, VILLAGE, a_plan())}
    assert trials[number_of("0001")].moves == {"land": "boundaries_signed"}
    assert "carry: notice" in trials[number_of("0003")].obstacles[0]
    assert town.case("0001").positions["land"] == "signed"

    done = migrate(town.office, VILLAGE, "district1", a_plan())

    assert done.findings == ()
    refused = {o.number: str(o.refusal) for o in done.outcomes if o.refusal}
    assert set(refused) == {number_of("0003")}
    assert town.case("0001").positions["land"] == "boundaries_signed"
    assert take(town, "land.seal", "0001").seq
    assert take(town, "land.post", "0001", **BOARD).seq
    assert town.verify().is_sound


def test_what_is_under_way_goes_on_when_the_plan_says_so(town):
    carried = {"land": LevelPlan(states=TO_SEAL["land"].states, carry=("notice",))}
    done = migrate(town.office, VILLAGE, "district1", a_plan(levels=carried))

    assert not [o for o in done.outcomes if o.refusal]
    assert town.case("0003").positions["land"] == "on_notice"
    assert town.case("0003").pins["definition"].sha256 == NEW
    pinned = {k.sha256: k.chains for k in known_definitions(town.office, VILLAGE)}
    assert pinned[OLD] == 0


def test_a_migration_is_taken_back_unless_the_case_has_gone_on(town):
    plan = a_plan(households=("0001", "0002"))
    before = town.case("0001")
    migrate(town.office, VILLAGE, "district1", plan)
    take(town, "land.seal", "0002")

    done = revert(town.office, VILLAGE, "district1", plan)

    assert done.findings == ()
    after = town.case("0001")
    assert (after.positions, after.pins) == (before.positions, before.pins)
    (kept,) = [o for o in done.outcomes if o.refusal]
    assert kept.number == number_of("0002")
    assert "迁移后已于" in str(kept.refusal)
    assert not revert(town.office, VILLAGE, "district1", plan).outcomes[0].receipt
    with pytest.raises(RequirementsUnmet):
        take(town, "land.seal", "0001")
    migrate(town.office, VILLAGE, "district1", plan)
    assert town.case("0001").positions["land"] == "boundaries_signed"
    assert town.verify().is_sound


def test_only_the_district_migrates_and_nobody_the_household_of_near_relatives(town):
    with pytest.raises(StepRefused, match="没有区级岗位"):
        migrate(town.office, VILLAGE, "street1", a_plan())
    assert town.case("0001").positions["land"] == "signed"

    town.appoint("district9", Role.DISTRICT, name="何满", kin=["0002"])
    done = migrate(town.office, VILLAGE, "district9", a_plan(households=("0001", "0002")))
    assert {o.number: o.refusal is None for o in done.outcomes} == {
        number_of("0001"): True,
        number_of("0002"): False,
    }


@pytest.mark.parametrize(
    ("others", "fault"),
    [
        ({"levels": {"land": LevelPlan(states={"signed": "nowhere"})}}, "新流程没有状态 nowhere"),
        ({"levels": {"land": LevelPlan(states={"gone": "sealed"})}}, "原流程没有状态 gone"),
        ({"levels": {"hukou": LevelPlan()}}, "事项 hukou 没有变化"),
        ({"levels": {"land": LevelPlan(states={"issued": "open"})}}, "已经终结"),
        ({"old": NEW}, "新旧流程版本相同"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused_with_every_fault(others, fault, town):
    with pytest.raises(WrongUse, match=fault):
        try_out(town.office, VILLAGE, a_plan(**others))


def test_a_state_that_the_plan_forgets_stops_its_cases_and_no_others(town):
    done = migrate(town.office, VILLAGE, "district1", a_plan(levels={}))

    refused = {o.number: str(o.refusal) for o in done.outcomes if o.refusal}
    assert set(refused) == {number_of(h) for h in ("0001", "0002", "0003")}
    assert "方案也没有写明去向" in refused[number_of("0001")]
    assert done.findings == ()


def test_no_migration_may_lead_where_the_procedures_never_could(town):
    """A household whose application is not approved may not be found filed with the police."""
    hukou = replace(HUKOU, states={**HUKOU.states, "filed": "已报区公安机关"})
    town.office = replace(town.office, definition=altered(hukou=hukou))
    filed = {"hukou": LevelPlan(states={"open": "filed"})}
    plan = a_plan(new=definition_sha256(town.office.definition), levels=filed)

    trials = {t.chain: t.obstacles for t in try_out(town.office, VILLAGE, plan)}

    assert trials.pop(VILLAGE) == ()
    told = ("迁移后将违反“户口只在区人民政府批准本户申请后报送”",)
    assert set(trials.values()) == {told}


def test_a_program_migrates_only_to_its_own_procedures_and_refuses_cases_of_a_newer_one(town):
    migrate(town.office, VILLAGE, "district1", a_plan())
    town.office = replace(town.office, definition=DEFINITION)

    with pytest.raises(WrongUse, match="不是本程序的版本"):
        try_out(town.office, VILLAGE, a_plan())
    with pytest.raises(RequirementsUnmet) as refused:
        take(town, "land.post", "0001", **BOARD)
    assert "取消步骤“村民小组盖章”" in unmet(refused)["definition"]


def test_every_new_case_is_pinned_to_the_procedures_of_its_day(town_at):
    town = town_at("taken_in")

    assert {town.case(h).pins["definition"].sha256 for h in town.households()} == {OLD}
    assert town.programme().pins["definition"].sha256 == OLD
    (known,) = known_definitions(town.office, VILLAGE)
    assert (known.sha256, known.is_own) == (OLD, True)
    assert known.chains == len(town.households()) + 1


def test_a_kept_definition_that_was_altered_is_not_believed(town):
    with town.database.writing() as session:
        session.execute(
            text("UPDATE definitions SET data = CAST(replace(data, 'sign', 'seal') AS BLOB)")
        )

    with pytest.raises(HistoryBroken, match="已被改动"):
        procedures_of(town.office, OLD)
    with pytest.raises(HistoryBroken, match="已被改动"):
        take(town, "land.post", "0001", **BOARD)
    found = town.verify().findings
    assert {f.chain for f in found} == {VILLAGE, *map(number_of, town.households())}
    assert {f.sentence for f in found} == {f"所依据的流程版本 {OLD[:12]} 的存档已被改动"}


def test_a_term_runs_on_through_a_migration_and_back_and_is_called_to_mind_once(town_at):
    town = town_at("accepted")
    signed(town, "0001")
    town.take("land.post", "0001", **BOARD)
    town.wait_for_notice("0001", "land")
    town.take("land.confirm", "0001")
    last = town.calendar.day = registration_due(town)
    sweep(town.office)
    town.office = replace(town.office, definition=CONFIRMED_ANEW)
    plan = a_plan(
        new=definition_sha256(CONFIRMED_ANEW),
        levels={"land": LevelPlan(states={"confirmed": "rights_confirmed"})},
    )

    migrate(town.office, VILLAGE, "district1", plan)

    assert registration_due(town) == last
    assert not sweep(town.office).did_anything
    revert(town.office, VILLAGE, "district1", plan)
    town.office = replace(town.office, definition=DEFINITION)
    assert registration_due(town) == last


def test_what_is_due_is_called_to_mind_before_the_cases_are_migrated(town_at):
    town = town_at("posted")
    town.take("case.object", "0001", raised_by="邻居王五", subject="人口数有误，请核对。")
    steps = (replace(s, title="催一催") if s.event == "remind" else s for s in CASE.steps)
    changed = altered(case=replace(CASE, steps=tuple(steps)))
    town.office = replace(town.office, definition=changed)
    town.calendar.later(30)

    swept = sweep(town.office)

    assert not swept.unswept
    assert number_of("0001") in {r.case for r in swept.reminded}
    assert "definition" in town.unmet("case.withdraw", "0001", reason="本户自愿撤回申请。")


def registration_due(town):
    items = agenda(town.office, VILLAGE).items
    return next(i.last for i in items if (i.household, i.title) == ("0001", "不动产登记"))
