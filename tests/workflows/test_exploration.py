"""The exhaustive check: what it counts, what it proves, and that a planted fault is found."""

from dataclasses import replace
from itertools import product

import pytest

from conversion.domain.role import Role
from conversion.workflows.cross_rule import CROSS_RULES, Implication, Independence, Precedence
from conversion.workflows.definition import CASE_LEVELS, level
from conversion.workflows.exploration import explore
from conversion.workflows.need import Need, are_met
from conversion.workflows.step import Part, Step, Track
from tests.workflows.drive import Desk, a_new_case


def a_step(event, source, target, *, needs=(), **others):
    guard = replace(level("hukou").steps_named("file")[0].guards[0], needs=needs)
    return Step(
        event=event,
        title=event,
        source=(source,),
        target=target,
        roles=(Role.VILLAGE,),
        part=Part.RECORD,
        guards=(guard,) if needs else (),
        **others,
    )


def a_track(name, *steps, final=("done",)):
    states = ("open", *(step.target for step in steps if step.target))
    return Track(
        name=name,
        title=name,
        states={state: f"{name}-{state}" for state in dict.fromkeys(states)},
        initial="open",
        final=final,
        steps=steps,
    )


def stands(level_name, *states):
    return ((Need(level=level_name, states=states),),)


def changed(name, event, **changes):
    """The shipped levels with one step of one level altered."""

    def altered(track):
        if track.name != name:
            return track
        steps = (replace(s, **changes) if s.event == event else s for s in track.steps)
        return replace(track, steps=tuple(steps))

    return tuple(altered(track) for track in CASE_LEVELS)


# --- the shipped procedures ----------------------------------------------------------------------


def test_in_every_configuration_all_rules_hold_and_the_case_can_end():
    found = explore(CASE_LEVELS, CROSS_RULES)

    assert found.faults == ()
    assert found.configurations > 20_000
    assert found.moves > found.configurations


def test_the_guards_that_the_check_rests_on_hold_nowhere_else():
    """A guard that lets a step through where its needs are not met would prove nothing."""
    guards = {g.rule: g for t in CASE_LEVELS for s in t.steps for g in s.guards if g.needs}
    assert guards
    desk = Desk(a_new_case())
    step = desk.step("case.accept")
    seen = desk.circumstances(desk.person(step, None), step)
    for guard in guards.values():
        levels = sorted({need.level for group in guard.needs for need in group})
        for states in product(*(level(name).states for name in levels)):
            positions = dict(desk.case.positions) | dict(zip(levels, states, strict=True))
            if not are_met(guard.needs, positions):
                case = replace(desk.case, positions=positions)
                assert not guard.test(replace(seen, case=case)).satisfied


def test_each_rule_has_its_own_id_and_its_own_sentence():
    assert len({rule.id for rule in CROSS_RULES}) == len(CROSS_RULES)
    assert len({rule.sentence for rule in CROSS_RULES}) == len(CROSS_RULES)


# --- planted faults ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "sentence", "way"),
    [
        (changed("hukou", "file", guards=()), "户口只在区人民政府批准", "立案 → 户口转移·报送公安"),
        (changed("case", "close", guards=()), "各事项均已办结", "案件·办结"),
        (changed("entitlements", "map", guards=()), "待遇不漏项", "权利义务对接·列明权利义务"),
        (changed("benefits", "assess", guards=()), "过渡期待遇只在批准后", "核定待遇"),
        (changed("benefits", "waive", guards=()), "没有申请的户", "确认无"),
        (changed("land", "survey", guards=()), "土地只在受理后调查", "立案 → 土地确权·权属调查"),
        (changed("case", "close_notice", target="countersigned"), "公示期满才批准", "已批准"),
        (changed("shares", "post_members", target="booked"), "只登记给已确认的成员", "已记账"),
        (
            changed("land", "issue", guards=level("entitlements").steps_named("map")[0].guards),
            "土地确权从不等户口",
            "发放土地权属确认书",
        ),
    ],
)
def test_a_guard_taken_away_is_found_with_the_acts_that_lead_there(levels, sentence, way):
    faults = [f for f in explore(levels, CROSS_RULES).faults if sentence in f]

    assert faults
    assert way in faults[0]


def test_a_closed_household_whose_shares_another_sends_back_is_found():
    levels = changed("shares", "settle", others_need=())

    (fault,) = [f for f in explore(levels, CROSS_RULES).faults if "各事项均已办结" in f]

    assert "他户资产股份化·答复异议" in fault


def test_a_case_that_can_never_end_is_found_with_the_way_into_the_trap():
    """Land that may be waived only before the hukou is filed leaves the others waiting for ever."""
    levels = changed("entitlements", "waive", guards=(), source=("open",))
    levels = tuple(
        replace(t, steps=tuple(s for s in t.steps if s.event != "sign_statement"))
        if t.name == "entitlements"
        else t
        for t in levels
    )

    (fault,) = [f for f in explore(levels, ()).faults if "再也不能办结" in f]

    assert "权利义务对接·列明权利义务" in fault
    assert "权利义务对接“已列明”" in fault


def test_two_levels_that_wait_for_each_other_can_never_end():
    one = a_track("one", a_step("go", "open", "done", needs=stands("two", "done")))
    two = a_track("two", a_step("go", "open", "done", needs=stands("one", "done")))

    found = explore((one, two), ())

    assert found.configurations == 1
    assert (
        "有 1 种情形再也不能办结，最近的是：立案，到达：one“one-open”，two“two-open”"
        in found.faults
    )
    assert "步骤“one·go”在任何情形下都不能办理" in found.faults


def test_a_level_that_nothing_looks_at_is_left_out_but_what_it_moves_is_followed():
    one = a_track("one", a_step("go", "open", "done"))
    side = a_track("side", a_step("go", "open", "done", may_move={"one": ("open",)}))

    found = explore((one, side), ())

    assert (found.levels, found.left_out) == (("one",), ("side",))
    assert (found.configurations, found.moves, found.faults) == (2, 2, ())


def test_what_an_act_moves_beside_its_own_level_is_followed_in_every_combination():
    two, three = (a_track(name, a_step("go", "open", "done")) for name in ("two", "three"))
    move = a_step("go", "open", "done", may_move={"two": ("done",), "three": ("done",)})
    rule = Implication(
        id="x",
        sentence="二在三之后",
        when=Need(level="two", states=("done",)),
        then=stands("three", "done"),
    )

    found = explore((a_track("one", move), two, three), (rule,))

    assert found.configurations == 4
    assert "“二在三之后”可以被违反：立案 → " in found.faults[0]


def test_what_another_household_does_may_happen_at_any_time():
    leave = a_step("leave", "done", None, others_move={"one": ("gone",)})
    one = a_track("one", a_step("go", "open", "done"), a_step("end", "done", "gone"), leave)
    rules = (
        Precedence(id="x", sentence="先办后走", level="one", first="done", then="gone"),
        Independence(id="y", sentence="一不等二", level="one", others=("two",)),
    )

    found = explore((replace(one, final=("gone",)),), rules)

    assert found.faults == ("“先办后走”可以被违反：one-open → one-gone",)
