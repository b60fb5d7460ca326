import copy
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.domain.role import Actor, Role
from conversion.errors import StepRefused, WrongUse
from conversion.workflows.definition import CASE_LEVELS, DEFINITION, PARTS, VILLAGE_LEVELS, level
from conversion.workflows.engine import Evaluation, _Position, advance, evaluate, machine, step_at
from conversion.workflows.programme import PROGRAMME
from conversion.workflows.requirement import RequirementsUnmet
from conversion.workflows.step import Part, ProgrammeCircumstances
from tests.builders import a_programme, an_actor, an_event
from tests.workflows.drive import (
    GROUNDS,
    OPINION,
    PLACE,
    Desk,
    a_department,
    a_new_case,
    accept,
    an_approved_desk,
    approve,
    countersign,
    huichuan,
    run_notice,
)


def unmet(evaluation: Evaluation[Any]) -> set[str]:
    return {r.rule for r in evaluation.requirements if not r.satisfied}


# --- explaining -------------------------------------------------------------------------------


def test_every_unmet_requirement_is_told_not_only_the_first():
    desk = Desk(a_new_case(), programme=a_programme("on_notice"))
    stranger = an_actor(Role.AUDITOR, kin=("0012",))

    evaluation = desk.look("case.accept", stranger, evidence={}, filled={"signed": []})

    assert unmet(evaluation) == {
        "role",
        "avoidance",
        "evidence.application",
        "evidence.household_sheet",
        "milestone.resolved",
        "adults_signed",
    }
    for requirement in evaluation.requirements:
        assert requirement.title
        assert requirement.clause
        assert requirement.found
        assert requirement.satisfied or requirement.remedy


def test_a_refusal_carries_the_whole_list_and_reads_as_a_sentence():
    desk = Desk(a_new_case())

    with pytest.raises(RequirementsUnmet) as refused:
        desk.take("case.accept", an_actor(Role.VILLAGE), evidence={}, signed=["01"])

    assert {r.rule for r in refused.value.unmet} == {
        "role",
        "evidence.application",
        "evidence.household_sheet",
        "adults_signed",
    }
    assert len(refused.value.requirements) > len(refused.value.unmet)
    assert str(refused.value).startswith("办理“案件·受理申请”：")
    assert "补交《村改社区申请审批表》" in str(refused.value)
    assert str(refused.value.unmet[0]).startswith(
        "未满足 由工作专班办理（《“村改社区”工作实施方案》（汇办发〔2009〕108号），示例）"
    )


def test_a_requirement_met_says_what_is_there():
    evaluation = Desk(a_new_case()).look("case.accept", signed=["01", "02", "03"])

    lines = [str(r) for r in evaluation.requirements]

    assert evaluation.permits
    assert "已满足 成年成员均已签字：成年成员均已签字" in lines
    assert "已满足 已收到《村改社区申请审批表》：卷12页1" in lines


def test_who_can_do_it_is_told():
    evaluation = Desk(a_new_case()).look("case.accept", an_actor(Role.VILLAGE))

    role = next(r for r in evaluation.requirements if r.rule == "role")

    assert role.who == "工作专班"
    assert role.found == "罗世海的岗位是村级经办人"


def test_a_step_only_explained_lists_what_is_to_be_filled_in():
    evaluation = Desk(a_new_case()).look("case.review")

    form = next(r for r in evaluation.requirements if r.rule == "form")

    assert form.found == "尚未填写"
    assert form.remedy == "填写“意见”（opinion）"
    assert not evaluation.permits


def test_no_step_is_taken_without_its_form():
    desk = Desk(a_new_case())
    accept(desk)

    with pytest.raises(RequirementsUnmet, match="填写“意见”"):
        advance(desk.look("case.review"))

    assert desk.look("case.review", **OPINION).permits


def test_an_unknown_step_names_the_known_ones():
    with pytest.raises(WrongUse, match="accept（受理申请）、return_for_correction（退回补正）"):
        Desk(a_new_case()).look("case.acept")


def test_a_step_elsewhere_in_the_procedure_is_refused_by_its_place():
    evaluation = Desk(a_new_case()).look("case.approve", **OPINION, decision_number="12号")

    position = next(r for r in evaluation.requirements if r.rule == "position")

    assert not position.satisfied
    assert position.title == "案件处于“部门已会签”"
    assert position.found == "现处于“草稿”"
    assert position.remedy == "先办理到“部门已会签”"


def test_a_step_already_done_does_not_ask_to_go_backwards():
    desk = an_approved_desk()

    (position, *_) = desk.look("case.examine").requirements
    assert not position.satisfied
    assert position.remedy == "这一步已经办过，或者不再适用，无须办理"


def every_place() -> Iterator[tuple[str, str, str]]:
    for track in CASE_LEVELS:
        for event in dict.fromkeys(step.event for step in track.steps):
            yield from ((track.name, event, state) for state in track.states)


@pytest.mark.parametrize("brought", ["nothing", "empty", "nonsense"])
def test_every_step_can_be_explained_from_every_state(brought):
    filled: dict[str, Any] = {"nothing": None, "empty": {}, "nonsense": {"x": 1}}
    desk = Desk(a_new_case(), programme=a_programme("drafting", base_date=None))
    bare = desk.case
    for name, event, state in every_place():
        desk.case = replace(bare, positions={**bare.positions, name: state})
        evaluation = desk.look(f"{name}.{event}", filled=filled[brought])
        if not evaluation.permits:
            with pytest.raises(StepRefused):
                advance(evaluation)


FORMS: dict[str, dict[str, Any]] = {
    "case.accept": {"signed": ["01", "02", "03"]},
    "case.return_for_correction": GROUNDS,
    "case.resubmit": {"corrected": "已更正"},
    "case.approve": OPINION | {"decision_number": "12号"},
    "case.object": {"raised_by": "何永清", "subject": "有异议"},
    "case.settle": {"objection": "O01", "upheld": False, "reply": "经核查不成立"},
    "hukou.register": {"receipt": "户登1", "registered_on": "2009-12-01"},
    "hukou.resubmit": {"corrected": "已更正"},
    "shares.propose_members": {"findings": {"09": ["nonsense"]}},
    "land.survey": {"surveyed_on": "2009-12-01", "areas": {"P09": 5}},
    "land.sign_boundaries": {"signed": ["07"]},
    "land.register": {"registered_on": "2009-12-01", "registrations": {"P09": "登记"}},
    "benefits.explain": {"listener": "09", "read_aloud": True},
    "benefits.switch": {"benefit": "x/", "decision": "1号", "then": "衔接到城镇"},
    "entitlements.settle": {"receipt": "回执", "not_applicable": {"x/": "没有这项"}},
}


def test_every_filled_form_is_judged_from_every_state_without_a_crash():
    common = OPINION | PLACE | GROUNDS | {"clause": "第三条", "remedies": "可以申请复议"}
    desk = Desk(a_new_case(), programme=a_programme("drafting", base_date=None))
    bare = desk.case
    for name, event, state in every_place():
        desk.case = replace(bare, positions={**bare.positions, name: state})
        step = desk.step(f"{name}.{event}")
        form = FORMS.get(f"{name}.{event}") or {
            key: value for key, value in common.items() if key in step.form.model_fields
        }
        evaluation = desk.look(f"{name}.{event}", filled=form)
        placed = next(r for r in evaluation.requirements if r.rule == "position")
        assert placed.satisfied == (state in step.source)


@pytest.mark.parametrize(
    ("day", "article"), [(date(2010, 10, 27), "第八条"), (date(2010, 10, 28), "第三条")]
)
def test_a_requirement_cites_the_law_in_force_on_the_day_of_the_step(day, article):
    desk = Desk(a_new_case(), day=day)
    accept(desk)

    requirements = desk.look("case.review").requirements

    clauses = {r.rule: r.clause for r in requirements}
    assert clauses["milestone.approved"] == f"《中华人民共和国村民委员会组织法》{article}"


@pytest.mark.parametrize("day", [date(2009, 1, 1), date(2009, 12, 1), date(2010, 12, 31)])
def test_nothing_cites_a_law_of_a_later_day(day):
    later = ("民法典", "农村集体经济组织法", "不动产登记暂行条例", "NY/T 2537")
    desk = Desk(a_new_case(), day=day)
    for name, event, state in every_place():
        desk.case = replace(desk.case, positions={**desk.case.positions, name: state})
        requirements = desk.look(f"{name}.{event}").requirements
        assert not [r.clause for r in requirements if any(law in r.clause for law in later)]


# --- one evaluation serves doing and explaining -------------------------------------------------

ACTORS = st.builds(
    Actor,
    account=st.sampled_from(["task_force", "village", "district", "zhang"]),
    name=st.just("张三"),
    roles=st.lists(st.sampled_from(Role), max_size=3, unique=True).map(tuple),
    department=st.sampled_from(["", "民政局", "教育局"]),
    kin=st.sampled_from([(), ("0012",), ("0013",)]),
)


@st.composite
def circumstances(draw: st.DrawFn) -> Evaluation[Any]:
    track = draw(st.sampled_from(CASE_LEVELS))
    step = draw(st.sampled_from(track.steps))
    state = draw(st.sampled_from([*step.source, *track.states]))
    case = a_new_case(positions={track.name: state})
    past = draw(
        st.lists(st.sampled_from(["case.accept", "case.examine", "land.survey"]), max_size=3)
    )
    events = tuple(
        replace(an_event(*act.split(".")), actor=draw(st.sampled_from(["zhang", "village"])))
        for act in past
    )
    desk = Desk(
        replace(case, past=events),
        programme=a_programme(draw(st.sampled_from(["drafting", "resolved", "approved"]))),
        day=date(2009, 12, 1),
    )
    act = f"{track.name}.{step.event}"
    filled = draw(st.sampled_from([None, {}, FORMS.get(act, OPINION)]))
    evidence = draw(st.sampled_from([None, {}, {"application": " "}]))
    return desk.look(act, draw(ACTORS), evidence=evidence, filled=filled)


@given(circumstances())
@settings(deadline=None, max_examples=200)
def test_a_step_is_taken_exactly_when_its_explanation_permits(evaluation):
    if evaluation.permits:
        move = advance(evaluation)
        assert move.source == evaluation.state
        assert move.target in {evaluation.state, evaluation.step.target}
        assert move.grounds == tuple(r.rule for r in evaluation.requirements)
        return
    with pytest.raises(RequirementsUnmet) as refused:
        advance(evaluation)
    assert refused.value.unmet == tuple(r for r in evaluation.requirements if not r.satisfied)


@given(circumstances())
@settings(deadline=None, max_examples=50)
def test_judging_and_moving_leave_the_case_as_it_was(evaluation):
    case = evaluation.circumstances.case
    before = copy.deepcopy(case)

    if evaluation.permits:
        advance(evaluation)

    assert case == before


def test_the_same_evaluation_moves_twice_to_the_same_place():
    evaluation = Desk(a_new_case()).look("case.accept", signed=["01", "02", "03"])

    assert advance(evaluation) == advance(evaluation)


# --- four eyes ----------------------------------------------------------------------------------

WHOLE_HAND = (Role.TASK_FORCE, Role.VILLAGE, Role.STREET, Role.DISTRICT)


def someone(account: str = "zhang") -> Actor:
    return an_actor(account=account, name="张三", roles=WHOLE_HAND)


def test_who_entered_may_not_examine():
    desk = Desk(a_new_case())
    desk.take("case.accept", someone(), signed=["01", "02", "03"])

    evaluation = desk.look("case.review", someone(), **OPINION)

    four_eyes = next(r for r in evaluation.requirements if r.rule == "four_eyes")
    assert unmet(evaluation) == {"four_eyes"}
    assert four_eyes.found == "张三经办过“案件·受理申请”（2009-12-01）"


@pytest.mark.parametrize("earlier", ["case.accept", "case.review", "case.examine"])
def test_who_entered_or_examined_may_not_approve(earlier):
    desk = Desk(a_new_case())
    hands = dict.fromkeys(("case.accept", "case.review", "case.examine"), "another")
    hands[earlier] = "zhang"
    desk.take("case.accept", someone(hands["case.accept"]), signed=["01", "02", "03"])
    desk.take("case.review", someone(hands["case.review"] + "2"), **OPINION)
    if earlier == "case.review":
        desk.case = replace(
            desk.case, past=(*desk.case.past[:-1], replace(desk.case.past[-1], actor="zhang"))
        )
    desk.take("case.post", **PLACE)
    desk.wait_for_notice("case")
    desk.take("case.close_notice")
    desk.take("case.examine", someone("zhang" if earlier == "case.examine" else "third"), **OPINION)
    countersign(desk)

    approval = OPINION | {"decision_number": "12号"}

    assert unmet(desk.look("case.approve", someone(), **approval)) == {"four_eyes"}
    assert desk.look("case.approve", someone("fourth"), **approval).permits


def test_recording_does_not_bar_from_approving():
    desk = Desk(a_new_case())
    accept(desk)
    desk.take("case.review", **OPINION)
    desk.take("case.post", someone(), **PLACE)
    desk.wait_for_notice("case")
    desk.take("case.close_notice", someone())
    desk.take("case.examine", **OPINION)
    countersign(desk)

    assert desk.look("case.approve", someone(), **OPINION, decision_number="12号").permits


def test_four_eyes_looks_across_the_tracks_of_the_case():
    desk = an_approved_desk()
    clerk = an_actor(account="double", roles=(Role.TASK_FORCE, Role.DEPARTMENT, Role.COUNTY_POLICE))
    desk.take("benefits.assess", clerk)
    desk.take("hukou.file")
    desk.take("hukou.check", **OPINION)

    assert unmet(desk.look("hukou.approve", clerk, **OPINION)) == {"four_eyes"}


def test_a_return_and_a_resubmission_wash_nothing_off():
    desk = Desk(a_new_case())
    desk.take("case.accept", someone("entry"), signed=["01", "02", "03"])
    desk.take("case.review", someone("examiner"), **OPINION)
    desk.take("case.return_for_correction", someone("returner"), **GROUNDS)
    desk.take("case.resubmit", someone("corrector"), corrected="已更正地址")

    for account in ("entry", "corrector"):
        assert unmet(desk.look("case.review", someone(account), **OPINION)) == {"four_eyes"}
    approve(desk)
    early = replace(desk.case, positions={**desk.case.positions, "case": "countersigned"})
    desk.case = early
    for account in ("entry", "corrector", "examiner", "returner"):
        approval = desk.look("case.approve", someone(account), **OPINION, decision_number="12号")
        assert unmet(approval) == {"four_eyes"}


def test_kin_of_the_household_keep_out_of_every_step():
    relative = an_actor(Role.TASK_FORCE, kin=("0001", "0012"))

    evaluation = Desk(a_new_case()).look("case.accept", relative, signed=["01", "02", "03"])

    assert unmet(evaluation) == {"avoidance"}
    assert (
        Desk(a_new_case())
        .look("case.accept", an_actor(Role.TASK_FORCE, kin=("0001",)), signed=["01", "02", "03"])
        .permits
    )


@pytest.mark.parametrize("track", DEFINITION, ids=lambda t: t.name)
def test_every_step_refuses_whoever_holds_no_role(track):
    nobody = an_actor(account="nobody", roles=())
    for step in track.steps:
        if track in VILLAGE_LEVELS:
            continue
        evaluation = Desk(a_new_case(positions={track.name: step.source[0]})).look(
            f"{track.name}.{step.event}", nobody
        )
        assert "role" in unmet(evaluation)


# --- evidence and forms -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "where", [{}, {"application": ""}, {"application": "  "}, {"aplication": "卷1"}]
)
def test_evidence_counts_only_when_it_lies_somewhere(where):
    evaluation = Desk(a_new_case()).look(
        "case.accept", evidence=where | {"household_sheet": "卷1页2"}, signed=["01", "02", "03"]
    )

    assert unmet(evaluation) == {"evidence.application"}


@pytest.mark.parametrize(
    ("act", "filled", "rule", "found", "title"),
    [
        ("case.review", {}, "form.opinion", "未填写", "表单“意见”填写正确"),
        ("case.review", {"opinion": "好"}, "form.opinion", "内容太短", "表单“意见”填写正确"),
        ("case.review", {"opinion": "  好 "}, "form.opinion", "内容太短", "表单“意见”填写正确"),
        ("case.review", {"opinion": 5}, "form.opinion", "应填文字", "表单“意见”填写正确"),
        (
            "case.review",
            OPINION | {"opnion": "x"},
            "form.opnion",
            "没有这一项",
            "表单“opnion”填写正确",
        ),
        (
            "hukou.register",
            {"receipt": "户登1", "registered_on": "30/6/2009"},
            "form.registered_on",
            "日期有误，应如 2009-06-30",
            "表单“登记日期”填写正确",
        ),
        (
            "case.settle",
            {"objection": "第一件", "upheld": "也许", "reply": "已经答复"},
            "form.upheld",
            "应填是或否",
            "表单“异议是否成立”填写正确",
        ),
        (
            "land.survey",
            {"surveyed_on": "2009-12-01", "areas": {"P01": -5}},
            "form.areas",
            "P01 数值太小",
            "表单“实测面积（地块序号=面积）”填写正确",
        ),
        (
            "hukou.register",
            {"receipt": "户登1", "registered_on": "2009-12-01", "refused": {"02": ""}},
            "form.refused",
            "02 内容太短",
            "表单“不予登记的成员（序号=理由）”填写正确",
        ),
        (
            "case.resubmit",
            {"corrected": "更正", "members": [{"serial": "01"}]},
            "form.members",
            "0.name 未填写",
            "表单“更正后的成员”填写正确",
        ),
    ],
)
def test_faults_of_a_form_are_told_in_chinese(act, filled, rule, found, title):
    evaluation = Desk(a_new_case()).look(act, filled=filled)

    faults = [r for r in evaluation.requirements if r.rule == rule]

    assert (faults[0].found, faults[0].title) == (found, title)
    assert not evaluation.permits
    assert not any(c.isascii() and c.isalpha() for r in faults for c in r.found.split(" ")[-1][:2])


def test_a_field_that_does_not_exist_is_to_be_taken_out():
    evaluation = Desk(a_new_case()).look("case.review", filled=OPINION | {"opnion": "x"})

    fault = next(r for r in evaluation.requirements if r.rule == "form.opnion")

    assert fault.remedy == "删去“opnion”（opnion）"


# --- several hands --------------------------------------------------------------------------------


def test_countersigning_stays_until_the_last_department():
    desk = Desk(a_new_case())
    accept(desk)
    run_notice(desk)
    desk.take("case.examine", **OPINION)
    departments = [d.name for d in huichuan().departments if d.countersigns]

    for department in departments[:-1]:
        move = desk.take("case.countersign", a_department(department), **OPINION)
        assert move.target == "examined"
    assert desk.take("case.countersign", a_department(departments[-1]), **OPINION).target == (
        "countersigned"
    )


# --- the machine ---------------------------------------------------------------------------------


def test_a_machine_is_built_once_and_shared():
    assert machine(level("case")) is machine(level("case"))


def test_a_guard_that_refuses_leaves_the_state():
    evaluation = Desk(a_new_case()).look("case.accept", evidence={}, signed=["01"])
    position = _Position("draft")

    moved = machine(level("case")).events["accept"].trigger(position, evaluation=evaluation)

    assert not moved
    assert position.state == "draft"


def test_eight_threads_share_one_machine_without_a_wrong_state():
    desk = Desk(a_new_case())
    accept(desk)
    to_reviewed = desk.look("case.review", **OPINION)
    draft = Desk(a_new_case())
    to_accepted = draft.look("case.accept", signed=["01", "02", "03"])
    refused = draft.look("case.accept", evidence={}, signed=[])

    def work(number: int) -> list[str]:
        told = []
        for turn in range(500):
            evaluation = (to_reviewed, to_accepted, refused)[(number + turn) % 3]
            try:
                told.append(f"{evaluation.state}>{advance(evaluation).target}")
            except RequirementsUnmet:
                told.append(f"{evaluation.state}>refused")
        return told

    with ThreadPoolExecutor(8) as pool:
        told = [line for lines in pool.map(work, range(8)) for line in lines]

    assert len(told) == 4000
    assert set(told) == {"accepted>reviewed", "draft>accepted", "draft>refused"}


@pytest.mark.parametrize("track", DEFINITION, ids=lambda t: t.name)
def test_the_machine_knows_exactly_the_events_of_its_track(track):
    assert set(machine(track).events) == {step.event for step in track.steps}


def test_an_event_of_several_states_is_looked_up_where_the_level_stands():
    shares = level("shares")

    assert step_at(shares, "object", "members_on_notice").target == "members_objected"
    assert step_at(shares, "object", "shares_on_notice").target == "shares_objected"
    assert step_at(shares, "object", "open").target == "members_objected"


def test_a_programme_has_no_household_to_keep_out_of():
    actor = an_actor(Role.TASK_FORCE, kin=("0012",))
    seen = ProgrammeCircumstances(
        programme=a_programme("drafting"),
        pack=huichuan().on(date(2009, 12, 1)),
        actor=actor,
        day=date(2009, 12, 1),
    )

    evaluation = evaluate(PROGRAMME, "propose", "drafting", seen, filled={}, past=(), parts=PARTS)

    assert unmet(evaluation) == {"evidence.plan_draft", "evidence.stability_report"}
    assert all(hand.part in Part and hand.title for hand in PARTS.values())
