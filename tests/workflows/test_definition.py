import re
from dataclasses import replace

import pytest

from conversion.domain.case import TRACKS
from conversion.domain.programme import LINES
from conversion.domain.role import Role
from conversion.errors import SetupIncomplete, WrongUse
from conversion.policy.step_rule import STEP_RULES
from conversion.workflows import definition
from conversion.workflows.case import CASE
from conversion.workflows.closing import MAY_CLOSE
from conversion.workflows.definition import (
    CASE_LEVELS,
    DEFINITION,
    INITIAL,
    PARTS,
    VILLAGE_LEVELS,
    act_title,
    check_definition,
    definition_sha256,
    faults,
    level,
    village_level,
)
from conversion.workflows.step import Part, Step, Track


def a_step(event="go", source=("open",), target="done", roles=(Role.VILLAGE,)):
    return Step(
        event=event, title="办理", source=source, target=target, roles=roles, part=Part.RECORD
    )


def a_track(*steps, states=("open", "done"), initial="open", final=("done",), resting=()):
    return Track(
        name="test",
        title="试",
        states={state: state for state in states},
        initial=initial,
        final=final,
        resting=resting,
        steps=steps or (a_step(),),
    )


def test_the_shipped_procedures_are_sound():
    check_definition()

    assert [fault for track in DEFINITION for fault in faults(track)] == []


def test_a_sound_track_has_no_fault():
    assert list(faults(a_track())) == []


@pytest.mark.parametrize(
    ("track", "fault"),
    [
        (a_track(a_step(), a_step("err", target="gone")), "test.err 用到未定义的状态 gone"),
        (a_track(a_step(), a_step("err", source=("gone",))), "test.err 用到未定义的状态 gone"),
        (a_track(states=("open", "done", "island")), "test 的状态 island 无法到达"),
        (
            a_track(a_step(), a_step("fall", target="trap"), states=("open", "trap", "done")),
            "test 的状态 trap 无法办结",
        ),
        (a_track(a_step(), a_step("undo", ("done",), "open")), "test.undo 从终止状态 done 出发"),
        (a_track(a_step(roles=())), "test.go 没有办理岗位"),
        (a_track(a_step(), a_step(target="open")), "test.go 在状态 open 有两个去向"),
        (a_track(initial="nowhere"), "test 的起止状态 nowhere 没有定义"),
        (a_track(final=("done", "over")), "test 的起止状态 over 没有定义"),
        (a_track(resting=("asleep",)), "test 的起止状态 asleep 没有定义"),
    ],
)
def test_each_planted_fault_is_found(track, fault):
    assert fault in list(faults(track))


def test_a_household_that_circles_for_ever_is_a_trap():
    round_and_round = (a_step("on", target="b"), a_step("back", ("b",), "open"))
    track = a_track(*round_and_round, states=("open", "b", "done"))

    found = list(faults(track))

    assert "test 的状态 open 无法办结" in found
    assert "test 的状态 b 无法办结" in found


def test_the_program_refuses_to_start_on_an_unsound_definition(monkeypatch):
    monkeypatch.setattr(definition, "DEFINITION", (a_track(a_step(roles=())),))

    with pytest.raises(SetupIncomplete, match="没有办理岗位"):
        check_definition()


def test_closing_must_know_every_final_and_resting_state(monkeypatch):
    hukou = level("hukou")
    widened = replace(hukou, final=(*hukou.final, "checked"))
    levels = (CASE, widened, *CASE_LEVELS[2:])
    monkeypatch.setattr(definition, "CASE_LEVELS", levels)

    with pytest.raises(SetupIncomplete, match="允许的 hukou 状态与流程不一致"):
        check_definition()


@pytest.mark.parametrize("rules", [STEP_RULES | {"unheard_of"}, STEP_RULES - {"one_head"}])
def test_packs_must_be_asked_for_exactly_the_clauses_that_steps_need(monkeypatch, rules):
    monkeypatch.setattr(definition, "STEP_RULES", rules)

    with pytest.raises(SetupIncomplete, match=r"要求 (unheard_of|one_head) 与政策包"):
        check_definition()


def test_a_case_closes_only_on_final_or_resting_tracks():
    assert tuple(MAY_CLOSE) == TRACKS
    for track in (level(name) for name in TRACKS):
        assert set(MAY_CLOSE[track.name]) == {*track.final, *track.resting}


@pytest.mark.parametrize("track", DEFINITION, ids=lambda t: t.name)
def test_an_event_leads_from_a_state_to_one_target(track):
    ways = [(step.event, state) for step in track.steps for state in step.source]

    assert len(ways) == len(set(ways))


@pytest.mark.parametrize("track", DEFINITION, ids=lambda t: t.name)
def test_events_are_verbs_and_states_are_words(track):
    words = {*track.states, *(step.event for step in track.steps)}

    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", word) for word in words)
    assert not set(track.states) & {step.event for step in track.steps}


@pytest.mark.parametrize("track", DEFINITION, ids=lambda t: t.name)
def test_every_guard_has_a_title_and_every_evidence_its_paper(track):
    for step in track.steps:
        assert all(guard.title for guard in step.guards)
        assert all(evidence.title for evidence in step.evidence)
        assert all(field.title for field in step.form.model_fields.values())
        rules = [guard.rule for guard in step.guards]
        assert len(rules) == len(set(rules))


@pytest.mark.parametrize("track", DEFINITION, ids=lambda t: t.name)
def test_from_every_state_the_procedure_can_end(track):
    for state in track.states:
        assert track.reachable(state) & track.ends


def test_the_village_stands_in_the_order_of_its_milestones():
    assert {track.name: tuple(track.states) for track in VILLAGE_LEVELS} == LINES


def test_a_step_of_the_village_stands_in_one_of_its_levels():
    steps = [step.event for track in VILLAGE_LEVELS for step in track.steps]

    assert len(steps) == len(set(steps))
    assert village_level("adopt_share_plan").name == "assets"
    with pytest.raises(WrongUse, match=r"approve（区人民政府批复）、.*verify_assets（清产核资）"):
        village_level("aprove")


def test_every_act_has_a_part_and_every_level_a_beginning():
    acts = {f"{t.name}.{s.event}" for t in DEFINITION for s in t.steps}

    assert set(PARTS) == acts
    assert {"case": "draft", "hukou": "open"}.items() <= INITIAL.items()


def test_an_unknown_level_names_the_known_ones():
    with pytest.raises(WrongUse, match="hukou（户口转移）"):
        level("hukuo")


@pytest.mark.parametrize(
    ("act", "title"),
    [
        ("case.approve", "案件·批准"),
        ("shares.settle", "资产股份化·答复异议"),
        ("case.open", "案件·立案"),
        ("programme.open", "村改社区项目·立项"),
        ("document.issue", "文书·制成"),
        ("case.unheard_of", "case.unheard_of"),
    ],
)
def test_acts_are_told_in_chinese(act, title):
    assert act_title(act) == title


def test_the_definition_has_one_hash_that_a_change_moves():
    before = definition_sha256()
    assert before == definition_sha256((*DEFINITION,))

    assert definition_sha256((*DEFINITION[:-1], a_track())) != before


@pytest.mark.parametrize("track", CASE_LEVELS, ids=lambda t: t.name)
def test_nothing_asks_a_household_to_give_up_land(track):
    forbidden = ("放弃", "退出承包", "退出宅基地", "交回", "收回")
    for step in track.steps:
        told = [step.title, *(e.title for e in step.evidence), *(g.title for g in step.guards)]
        told += [field.title or "" for field in step.form.model_fields.values()]
        assert not [text for text in told if any(word in text for word in forbidden)]
