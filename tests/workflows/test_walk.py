"""Random walks: lawful and unlawful acts on one case, beside a plain model of its positions."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from conversion.domain.household import HukouKind
from conversion.domain.notice import ObjectionState
from conversion.domain.right import EntitlementStatus, MembershipStanding
from conversion.domain.role import Actor, Role
from conversion.workflows.closing import MAY_CLOSE
from conversion.workflows.definition import CASE_LEVELS, INITIAL
from conversion.workflows.requirement import RequirementsUnmet
from tests.builders import a_member, an_actor, members_of
from tests.workflows.drive import (
    AS_POSTED,
    FOUND,
    GROUNDS,
    OBJECTION,
    OPINION,
    PLACE,
    REFUSAL,
    Desk,
    Filled,
    a_department,
    a_new_case,
    allot,
)

HOUSEHOLDS: dict[str, dict[str, Any]] = {
    "three farmers": {"members": 3},
    "without land": {"members": 2, "parcels": 0},
    "residents": {"members": [a_member(hukou_kind=HukouKind.NON_AGRICULTURAL)]},
    "partial": {
        "members": [a_member(), a_member("02", "张永强", "22", hukou_kind="non_agricultural")]
    },
    "five": {"members": members_of(5)},
}
ACTS = [f"{track.name}.{step.event}" for track in CASE_LEVELS for step in track.steps]
OBJECTION_AT = {
    "accept_objection": ObjectionState.OPEN,
    "decline_objection": ObjectionState.OPEN,
    "investigate": ObjectionState.ACCEPTED,
    "settle": ObjectionState.INVESTIGATED,
}
UNFOUNDED: Filled = {"reason": "所提事项与公示内容无关。", "remedies": "可以向街道办事处反映。"}
FREEZE: Filled = {
    "kind": "court",
    "authority": "汇川区人民法院",
    "reason": "欠款纠纷执行一案",
    "until": date(2013, 1, 1),
}
LAWSUIT: Filled = {
    "course": "lawsuit",
    "authority": "汇川区人民法院",
    "paper": "（2009）民初字第31号",
}
WITNESSES = ("何永清", "罗世海")
SEVERAL_HANDS = {
    *("countersign", "settle", "decline_objection", "acknowledge"),
    "dispute_membership",
}


def filled_for(desk: Desk, act: str, *, upheld: bool, findings: Filled) -> Filled:
    """What an honest clerk would fill in for a step as the case stands."""
    level, _, event = act.partition(".")
    case, grown = desk.case, [s for s, m in desk.case.members.items() if m.age_on(desk.day) >= 18]
    waiting = case.open_objections(level)
    at = [o.serial for o in waiting if o.state is OBJECTION_AT.get(event)]
    serial = at[0] if at else "O01"
    hold = next((h.serial for h in case.holds.values() if h.is_in_force), "H01")
    unsettled = next((k for k, b in case.benefits.items() if b.then and b.until), "x/")
    special: dict[str, Filled] = {
        "case.approve": OPINION | {"decision_number": "汇府批〔2010〕12号"},
        "hukou.register": {"receipt": "户登0012", "registered_on": desk.day},
        "land.register": {
            "registered_on": desk.day,
            "registrations": {s: f"汇土登{s}" for s in case.land},
        },
        "shares.propose_members": {"findings": findings},
        "case.record_unsigned": {"deliveries": [_a_call(desk, days) for days in (9, 4)]},
        "shares.dispute_membership": _a_dispute(desk, serial),
        "shares.resolve_dispute": _an_outcome(desk, confirmed=upheld),
        "benefits.explain": {"listener": grown[0], "read_aloud": True},
        "benefits.switch": {"benefit": unsettled, "decision": "7号文", "then": "转入城镇待遇"},
        "entitlements.settle": {"receipt": "接〔2010〕1号"},
        "case.reopen": GROUNDS | {"tracks": ["benefits", "hukou"] if upheld else []},
        "case.correct": {"corrected": "已经更正", "decision_number": "汇府更〔2010〕3号"},
        "case.revoke": REFUSAL | {"decision_number": "汇府撤〔2010〕1号"},
        "case.suspend": FREEZE | {"order": f"（2010）汇法执字第{desk.case.version}号"},
        "case.lift_hold": {"hold": hold, "paper": "解除一号"},
    }
    common: dict[str, Filled] = {
        "settle": {"objection": serial, "upheld": upheld, "reply": "经调查，答复如下。"},
        "accept_objection": {"objection": serial},
        "decline_objection": {"objection": serial} | UNFOUNDED,
        "investigate": {"objection": serial} | FOUND,
        "void_notice": {"found_on": desk.day, "defect": "altered", "account": "名单有涂改"},
        "object": OBJECTION | {"subject": f"第{len(case.objections) + 1}次异议"},
        "resubmit": {"corrected": "已经补正"},
        "refuse": REFUSAL,
    }
    whole = OPINION | PLACE | AS_POSTED | GROUNDS | {"signed": grown, "surveyed_on": desk.day}
    fields = desk.step(act).form.model_fields
    plain = {key: value for key, value in whole.items() if key in fields}
    return special.get(act) or common.get(event) or plain


def _a_call(desk: Desk, days: int) -> Filled:
    told = {"delivered_on": desk.day - timedelta(days=days), "witnesses": WITNESSES}
    return told | {"address": "坪山村一组", "response": "refused"}


def _a_dispute(desk: Desk, objection: str) -> Filled:
    told = LAWSUIT | {"member": max(desk.case.memberships, default="01")}
    objected = desk.case.positions["shares"] == "members_objected"
    return told | ({"objection": objection} if objected else {})


def _an_outcome(desk: Desk, *, confirmed: bool) -> Filled:
    rows = desk.case.memberships.values()
    disputed = (m.member for m in rows if m.standing is MembershipStanding.DISPUTED)
    told = {"member": next(disputed, "01"), "confirmed": confirmed, "basis": "judgment"}
    return told | {"paper": "（2010）民终字第7号", "effective_on": desk.day}


def hand_for(desk: Desk, act: str) -> Actor:
    """A fresh person of the right role and department, so that four eyes never stands in the way."""
    step = desk.step(act)
    account = f"person-{desk.case.version}"
    if Role.DEPARTMENT not in step.roles:
        return an_actor(step.roles[0], account=account)
    return a_department(_department_due(desk, act), account=account)


def _department_due(desk: Desk, act: str) -> str:
    case = desk.case
    due = [d.name for d in desk.pack.departments if d.countersigns]
    if act == "case.countersign":
        return next((name for name in due if name not in case.countersignatures), "")
    asked = {
        "entitlements.acknowledge": EntitlementStatus.DISPATCHED,
        "entitlements.settle": EntitlementStatus.ACKNOWLEDGED,
    }.get(act)
    rows = case.entitlements.values()
    return next((r.department for r in rows if r.status is asked), "民政局")


class Walk(RuleBasedStateMachine):
    """A case pushed about by everybody, and a plain dict that follows it."""

    desk: Desk
    model: dict[str, str]

    @initialize(
        household=st.sampled_from(sorted(HOUSEHOLDS)),
        hung=st.booleans(),
        done=st.integers(min_value=0, max_value=70),
    )
    def take_in(self, household: str, hung: bool, done: int) -> None:
        """A household that has gone some way already."""
        self.desk = Desk(a_new_case(**HOUSEHOLDS[household]))
        self.findings: Filled = {"01": ["hung_registration"]} if hung else {}
        for _ in range(done):
            go_on(self.desk, self.findings)
        self.model = dict(self.desk.case.positions) if done else dict(INITIAL)

    @rule(act=st.sampled_from(ACTS), upheld=st.booleans())
    def somebody_tries_anything(self, act: str, upheld: bool) -> None:
        self._try(act, upheld=upheld)

    @rule(
        data=st.data(),
        upheld=st.booleans(),
        level=st.sampled_from([track.name for track in CASE_LEVELS]),
    )
    def somebody_does_what_is_due(self, data: st.DataObject, upheld: bool, level: str) -> None:
        track = next(t for t in CASE_LEVELS if t.name == level)
        steps = track.events_from(self.model[level])
        assume(steps)
        step = data.draw(st.sampled_from(steps))
        if step.event in {"withdraw", "refuse", "return_for_correction", "revoke", "reopen"}:
            assume(upheld)
        self._try(f"{level}.{step.event}", upheld=upheld)

    @rule(act=st.sampled_from(ACTS))
    def a_stranger_tries(self, act: str) -> None:
        filled = filled_for(self.desk, act, upheld=True, findings=self.findings)
        stranger = an_actor(Role.AUDITOR, account="stranger")
        with pytest.raises(RequirementsUnmet):
            self.desk.take(act, stranger, filled=filled)

    @rule(days=st.sampled_from([1, 8, 20]))
    def time_goes_by(self, days: int) -> None:
        self.desk.later(days)

    @precondition(lambda self: self.model["shares"] == "members_confirmed")
    @rule()
    def the_plan_allots(self) -> None:
        allot(self.desk)

    def _try(self, act: str, *, upheld: bool) -> None:
        desk, (level, _, event) = self.desk, act.partition(".")
        before, step = desk.case, desk.step(act)
        filled = filled_for(desk, act, upheld=upheld, findings=self.findings)
        try:
            move = desk.take(act, hand_for(desk, act), filled=filled)
        except RequirementsUnmet:
            assert desk.case is before
            return
        assert self.model[level] in step.source
        if not (event in SEVERAL_HANDS and self._others_wait(level, event)):
            self.model |= {level: step.target or self.model[level]} | dict(move.moves)
        assert move.target in {None, self.model[level]}

    def _others_wait(self, level: str, event: str) -> bool:
        """Read off the rows, not off the engine: whether anybody still has a hand to lend."""
        case = self.desk.case
        due = {d.name for d in self.desk.pack.departments if d.countersigns}
        statuses = {row.status for row in case.entitlements.values()}
        unanswered = bool(case.open_objections(level))
        return {
            "decline_objection": unanswered,
            "dispute_membership": unanswered,
            "countersign": bool(due - set(case.countersignatures)),
            "acknowledge": EntitlementStatus.DISPATCHED in statuses,
            "settle": EntitlementStatus.ACKNOWLEDGED in statuses
            if level == "entitlements"
            else unanswered,
        }[event]

    @invariant()
    def positions_equal_the_model(self) -> None:
        assert self.desk.case.positions == self.model

    @invariant()
    def some_end_stays_reachable(self) -> None:
        for track in CASE_LEVELS:
            assert can_end(track.name, self.model[track.name])

    @invariant()
    def cross_rules_hold(self) -> None:
        case, model = self.desk.case, self.model
        confirmed = {
            m.member
            for m in case.memberships.values()
            if m.standing is MembershipStanding.CONFIRMED
        }
        assert {lot.member for lot in case.shares.values()} <= confirmed
        assert sum(m.is_head for m in case.members.values()) == 1
        if model["hukou"] not in {"open", "not_required"}:
            assert model["case"] in {"approved", "correcting", "closed", "archived", "revoked"}
        if model["case"] in {"closed", "archived"}:
            assert all(model[name] in states for name, states in MAY_CLOSE.items())
        if model["case"] in {"approved", "closed", "archived"}:
            assert all(
                n.closed_on for n in case.notices.values() if n is case.current_notice("case")
            )
        if model["entitlements"] not in {"open", "not_required"}:
            assert model["benefits"] != "open"


@cache
def can_end(level: str, state: str) -> bool:
    track = next(t for t in CASE_LEVELS if t.name == level)
    return bool(track.reachable(state) & track.ends)


Walk.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
TestWalk = Walk.TestCase


ENDS = {"case": {"archived", "refused", "withdrawn"}} | {
    name: set(states) for name, states in MAY_CLOSE.items()
}
AVOIDED = {
    *("withdraw", "refuse", "return_for_correction", "object", "rectify", "rectify_members"),
    *("reopen", "revoke", "suspend", "void_notice"),
    *("record_unsigned", "dispute_membership", "resolve_dispute"),
}


@pytest.mark.parametrize("household", HOUSEHOLDS)
@pytest.mark.parametrize("hung", [False, True])
def test_whoever_goes_on_always_reaches_an_end(household, hung):
    desk = Desk(a_new_case(**HOUSEHOLDS[household]))
    findings = {s: ["hung_registration"] for s in desk.case.members} if hung else {}
    for _ in range(120):
        if all(desk.case.positions[name] in states for name, states in ENDS.items()):
            break
        go_on(desk, findings)

    assert desk.case.positions["case"] == "archived"
    expected = "not_required" if hung else "certified"
    assert desk.case.positions["shares"] == expected


def go_on(desk: Desk, findings: Filled) -> None:
    """Take a step, or let the plan be adopted and a week go by."""
    if not take_any(desk, findings):
        allot(desk)
        desk.later(8)


def take_any(desk: Desk, findings: Filled) -> bool:
    """Take the first step that the case permits, other than those that lead aside."""
    for track in CASE_LEVELS:
        for step in track.events_from(desk.case.positions[track.name]):
            if step.event not in AVOIDED and try_step(desk, f"{track.name}.{step.event}", findings):
                return True
    return False


def try_step(desk: Desk, act: str, findings: Filled) -> bool:
    filled = filled_for(desk, act, upheld=False, findings=findings)
    evaluation = desk.look(act, hand_for(desk, act), filled=filled)
    if evaluation.permits:
        desk.take(act, hand_for(desk, act), filled=filled)
    return evaluation.permits


def test_a_case_stopped_anywhere_on_its_way_can_still_be_withdrawn_or_finished():
    desk = Desk(a_new_case())
    stops: list[Desk] = []
    for _ in range(40):
        stops.append(replace(desk))
        go_on(desk, {})

    for stop in stops:
        state = stop.case.positions["case"]
        source = stop.step("case.withdraw").source
        assert (state in source) == (state not in {"approved", "closed", "archived"})
