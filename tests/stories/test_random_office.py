"""A village pushed about by everybody: random lawful and unlawful acts through the services.

Beside it goes a plain model: where each household's levels stand, who is in it, how many acts it
has seen. After each act the whole history is verified, replay and state tables compared, and the
cross-rules tried. `CONVERSION_LONG_RUN=500` plays so many villages on each database.
"""

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import create_engine, insert, select
from sqlmodel import SQLModel
from typing_extensions import override

from conversion.domain.case import Case
from conversion.domain.role import Role
from conversion.errors import StepRefused
from conversion.services import progress
from conversion.services.filing import Filing
from conversion.store.chains import load_cases
from conversion.store.database import Database
from conversion.workflows.cross_rule import CROSS_RULES, Implication
from conversion.workflows.definition import CASE_LEVELS, level
from conversion.workflows.engine import step_at
from conversion.workflows.need import are_met
from tests.changes import a_death, a_newborn
from tests.office import AGREED, BOARD, Calendar, Town, adults, evidence_for, number_of, staff
from tests.stages import a_town, next_list
from tests.workflows.drive import Desk
from tests.workflows.test_walk import filled_for

LONG_RUN = os.environ.get("CONVERSION_LONG_RUN")
VILLAGES = int(LONG_RUN or "10")
"""The short run is the same each time, so that no change is blamed for an old fault; the long run
looks for new ones."""
HOUSEHOLDS = ("0001", "0002", "0003")
ACTS = [f"{track.name}.{step.event}" for track in CASE_LEVELS for step in track.steps]
ANYBODY = [a.account for a in staff()]
BY_ROLE = {role: [a.account for a in staff() if a.holds(role)] for role in Role}
"""Nobody holds the machine's own role: whoever tries in its name is refused."""

LEADING_ASIDE = {
    *("withdraw", "refuse", "return_for_correction", "revoke", "suspend", "waive"),
    *("reopen", "void_notice", "rectify", "rectify_members", "reissue", "resolve_dispute"),
}
"""What ends or turns back a household's way: done now and then, so that the others come far."""

BESIDE_THE_WAY = {"post_next_list", "dispute_membership", "resolve_dispute", "record_unsigned"}
"""Steps that stay where they are, and on which the way of a household may depend."""

VOTES = {"inventoried": "confirm_roll", "roll_confirmed": "adopt_share_plan"}
MINUTES = {"chair": "罗世海", "recorder": "杨秀英", "discussion": "与会人员没有其他意见。"}
YEAR = {"net_income": 90_000_000, "reserve_fund": 30_000_000}

PLAYED = {"register_birth", "register_death", "approve_change", "drop_change"}

Model = dict[str, dict[str, Any]]


def _all_but_one_sign(town: Town) -> None:
    for household in HOUSEHOLDS[:2]:
        signed = adults(town.case(household), town.calendar.day)
        town.take("case.accept", household, signed=signed)
    town.village("verify_assets", asset_value=3_684_000_000, report="遵评报字〔2009〕第118号")


def _members_hang(town: Town) -> None:
    town.all_take("shares.propose_members", shares="open")
    town.all_take("shares.post_members", lambda _: BOARD, shares="members_proposed")
    next_list(town)


def _shares_hang(town: Town) -> None:
    called = town.calendar.day
    town.calendar.later(12)
    town.village("adopt_share_plan", **town.meeting(called), version="2010-1")
    town.all_take("shares.allocate", shares="members_confirmed")
    town.all_take("shares.post_shares", lambda _: BOARD, shares="allocated")


def _nothing(_town: Town) -> None:
    """The stage is beginning enough."""


BEGINNINGS: dict[str, tuple[str, Callable[[Town], None]]] = {
    "accepted": ("accepted", _nothing),
    "one has not signed": ("resolved", _all_but_one_sign),
    "members on the board": ("accepted", _members_hang),
    "members confirmed": ("members_confirmed", _nothing),
    "shares on the board": ("members_confirmed", _shares_hang),
    "posted": ("posted", _nothing),
    "approved": ("approved", _nothing),
    "signed": ("signed", _nothing),
}
"""Where the village stands when everybody begins to push: a stage, and what is done after it."""


def begun(beginning: str, folder: Path) -> Town:
    """A town on SQLite at one of the beginnings."""
    stage, further = BEGINNINGS[beginning]
    town = a_town(stage, folder)
    further(town)
    return town


def model_of(case: Case) -> dict[str, Any]:
    """What the model follows of a household."""
    return {
        "acts": case.version,
        "positions": dict(case.positions),
        "holders": sorted(m.name for m in case.members.values()),
        "units": case.units,
    }


class Village(RuleBasedStateMachine):
    """Three households at some stage, on one kind of database."""

    make: ClassVar[Any]
    stack: ExitStack
    town: Town
    model: Model

    @initialize(beginning=st.sampled_from(sorted(BEGINNINGS)))
    def find_the_village_at_work(self, beginning: str) -> None:
        self.stack = ExitStack()
        self.town = self.make(self.stack, beginning)
        self.model = self.as_stored()

    @override
    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    def as_stored(self) -> Model:
        with self.town.database.reading() as session:
            cases = load_cases(session, [number_of(h) for h in HOUSEHOLDS])
        return {case.household.number: model_of(case) for case in cases}

    @rule(
        household=st.sampled_from(HOUSEHOLDS),
        act=st.sampled_from(ACTS),
        person=st.integers(min_value=0, max_value=11),
        upheld=st.booleans(),
    )
    def somebody_tries_anything(self, household: str, act: str, person: int, upheld: bool) -> None:
        self._try(household, act, self._hand(act, person), upheld=upheld)

    @rule(
        household=st.sampled_from(HOUSEHOLDS),
        seed=st.integers(min_value=0, max_value=2**32),
        upheld=st.booleans(),
    )
    def somebody_does_what_is_due(self, household: str, seed: int, upheld: bool) -> None:
        """Of the steps that leave the present states, those that come to mind, until three are done."""
        chance, positions = self._chance(seed), self.model[household]["positions"]
        aside = chance.random() < 0.3
        due = [
            f"{track.name}.{step.event}"
            for track in CASE_LEVELS
            for step in track.events_from(positions.get(track.name, track.initial))
            if step.target or step.event in BESIDE_THE_WAY
            if aside or step.event not in LEADING_ASIDE
            if track.name not in {"household", "ledger"} or step.event in PLAYED
        ]
        chance.shuffle(due)
        done = 0
        for act in due:
            self.town.calendar.later(chance.choice([0, 0, 0, 0, 1, 8]))
            hand = self._hand(act, chance.randrange(12))
            if done < 3 and self._try(household, act, hand, upheld=upheld):
                done += 1
                self.history_and_tables_are_one()

    def _chance(self, seed: int) -> Random:
        """Another chance with each act and day, however often the same seed is drawn."""
        acts = [of["acts"] for of in self.model.values()]
        return Random(f"{seed} {acts} {self.town.calendar.day}")

    @rule(
        household=st.sampled_from(HOUSEHOLDS),
        track=st.sampled_from(["case", "land", "shares"]),
        upheld=st.booleans(),
    )
    def an_objection_is_seen_through(self, household: str, track: str, upheld: bool) -> None:
        for event in ("object", "accept_objection", "investigate", "settle"):
            act = f"{track}.{event}"
            self._try(household, act, self._hand(act, 0), upheld=upheld)

    @rule(seed=st.integers(min_value=0, max_value=2**32))
    def the_village_acts(self, seed: int) -> None:
        chance = self._chance(seed)
        positions = self.town.programme().positions
        due = VOTES.get(positions["assets"])
        if positions["programme"] == "dated" and chance.random() < 0.5:
            self._village_tries("approve", **AGREED, number="汇府复〔2010〕12号")
        elif due and chance.random() < 0.7:
            self._village_votes(due, against=chance.choice([0, 0, 0, 6]))
        elif due or chance.random() < 0.5:
            kind = chance.choice(["household", "land", "members", "shares"])
            self._village_tries("issue_list", kind=kind, round=chance.randint(1, 3))
        else:
            self._village_tries("distribute", year=self.town.calendar.day.year, **YEAR)

    def _village_votes(self, matter: str, *, against: int) -> None:
        """A meeting, its vote if it carries, and its minutes."""
        called = self.town.calendar.day
        self.town.calendar.later(12)
        try:
            ballot = self.town.meeting(called)
        except StepRefused:
            return
        favour = max(ballot["in_favour"] - against, 0)
        ballot |= {"in_favour": favour, "against": ballot["in_favour"] - favour}
        told = {"version": "2010-1"} if matter == "adopt_share_plan" else {}
        if not self._village_tries(matter, **ballot, **told):
            self._village_tries("fail_vote", **ballot, matter=matter)
        listed = self.town.programme().meetings[ballot["meeting"]].matters
        voted = {vote.matter for vote in self.town.programme().votes.values()}
        put_off = [other for other in listed if other not in voted]
        self._village_tries("minute_meeting", meeting=ballot["meeting"], put_off=put_off, **MINUTES)

    @rule(household=st.sampled_from(HOUSEHOLDS), act=st.sampled_from(ACTS))
    def an_outsider_is_always_refused(self, household: str, act: str) -> None:
        outsiders = set(level(act.partition(".")[0]).steps_named(act.partition(".")[2])[0].roles)
        stranger = next(a for a in staff() if not a.holds(*outsiders))
        assert not self._try(household, act, stranger.account, upheld=True)

    @rule(days=st.sampled_from([1, 8, 20]))
    def time_goes_by(self, days: int) -> None:
        self.town.calendar.later(days)

    def _hand(self, act: str, person: int) -> str:
        name, _, event = act.partition(".")
        accounts = BY_ROLE[level(name).steps_named(event)[0].roles[0]] or ANYBODY
        return accounts[person % len(accounts)]

    def _filling(self, case: Case, act: str, *, upheld: bool) -> dict[str, Any]:
        told: dict[str, dict[str, Any]] = {
            "household.register_birth": a_newborn(self.town, name=self._name_of_newborn(case)),
            "household.register_death": a_death(self.town, max(case.members)),
        }
        desk = Desk(case=case, day=self.town.calendar.day)
        filled = told.get(act) or filled_for(desk, act, upheld=upheld, findings={})
        if act == "shares.settle" and case.positions["shares"] == "shares_objected":
            return filled | {"moved": self._moved(case)}
        return filled

    def _name_of_newborn(self, case: Case) -> str:
        """A name that nobody has: of this household at this act."""
        return f"张{'安平康'[HOUSEHOLDS.index(case.household.number)]}{chr(0x4E00 + case.version)}"

    def _moved(self, case: Case) -> list[dict[str, Any]]:
        """Shares that an answer moves: from the reserve, a neighbour or a member, or none."""
        chance = Random(case.version)
        (neighbour, *_) = [h for h in HOUSEHOLDS if h != case.household.number]
        givers = ("", "reserve", f"{neighbour}/01", "02")
        units = {lot.share_class: 1 for lot in case.shares.values()}
        giver = chance.choice(givers)
        return [{"giver": giver, "receiver": "01", "units": units}] if giver and units else []

    def _village_tries(self, event: str, **form: Any) -> bool:
        """One act of the village: whatever it sets in households' chains, it moves none of them."""
        before = self.model
        try:
            self.town.village(event, **form)
        except StepRefused:
            assert self.as_stored() == before
            return False
        after = self.as_stored()
        for household, own in before.items():
            now = after[household]
            assert own | {"acts": now["acts"]} == now
            assert now["acts"] - own["acts"] in {0, 1}
        self.model = after
        return True

    def _try(self, household: str, act: str, account: str, *, upheld: bool) -> bool:
        """One act through the services; whether it was done. The model says what it may change."""
        town, before = self.town, self.model
        case = town.case(household)
        if not case.members:
            return False  # nobody is left, and nobody comes to the window
        name, _, event = act.partition(".")
        step = step_at(level(name), event, case.positions.get(name, level(name).initial))
        filling = self._filling(case, act, upheld=upheld)
        filing = Filing(number=case.number, filled=filling, evidence=evidence_for(step))
        try:
            progress.take(town.office, act, account, filing)
        except StepRefused:
            assert self.as_stored() == before
            return False
        after = self.as_stored()
        own, now = before[household], after[household]
        assert own["positions"].get(name, level(name).initial) in step.source
        assert now["acts"] == own["acts"] + 1
        for other, state in now["positions"].items():
            if state != own["positions"].get(other):
                assert (other == name and state == step.target) or step.may_lead(other, state)
        if step.elsewhere is None:
            assert {h: m for h, m in after.items() if h != household} == {
                h: m for h, m in before.items() if h != household
            }
        if name not in {"household", "case"} or event == "suspend":
            assert now["holders"] == own["holders"]
        if name in {"case", "hukou", "land", "benefits", "entitlements"}:
            assert now["units"] == own["units"]
        self.model = after
        return True

    @invariant()
    def history_and_tables_are_one(self) -> None:
        assert self.town.verify().findings == ()
        assert self.as_stored() == self.model

    @invariant()
    def cross_rules_hold(self) -> None:
        for of in self.model.values():
            for told in CROSS_RULES:
                if isinstance(told, Implication) and told.when.is_met(of["positions"]):
                    assert are_met(told.then, of["positions"]), told.sentence

    @invariant()
    def nobody_is_in_two_households(self) -> None:
        people = [name for of in self.model.values() for name in of["holders"]]
        assert len(people) == len(set(people))


def on_sqlite(stack: ExitStack, beginning: str) -> Town:
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="village-")))
    town = begun(beginning, folder)
    stack.callback(town.database.close)
    return town


def copied(source: Path, url: str) -> None:
    """Every row of one database into another that is empty."""
    here, there = create_engine(f"sqlite:///{source}"), create_engine(url)
    with here.connect() as old, there.begin() as new:
        for table in SQLModel.metadata.sorted_tables:
            rows = [dict(row) for row in old.execute(select(table)).mappings()]
            kept = new.execute(select(table)).first()
            if rows and not kept:
                new.execute(insert(table), rows)
    here.dispose()
    there.dispose()


def play(make: Any) -> None:
    machine = type("AVillage", (Village,), {"make": staticmethod(make)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=VILLAGES,
            stateful_step_count=30 if LONG_RUN else 10,
            derandomize=LONG_RUN is None,
            phases=set(Phase) - {Phase.explain},
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_people_do_history_and_tables_stay_one_on_sqlite():
    play(on_sqlite)


def test_whatever_people_do_history_and_tables_stay_one_on_postgresql(
    postgresql, postgresql_template
):
    def on_postgresql(stack: ExitStack, beginning: str) -> Town:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="village-")))
        staged = begun(beginning, folder)
        staged.database.close()
        name = stack.enter_context(postgresql.database(postgresql_template))
        copied(folder / "town.db", postgresql.url(name))
        town = Town(Database(postgresql.url(name)), folder, Calendar(staged.calendar.day))
        stack.callback(town.database.close)
        return town

    play(on_postgresql)
