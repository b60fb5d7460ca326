"""The normal way of a village, stage by stage; a town at any stage is a copy away.

    town = a_town("approved", tmp_path)
    town.take("hukou.file", "0001")

A stage is played once a process on SQLite and copied from then on, so that a test pays only for
what it adds.
"""

import atexit
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from conversion.domain.case import Case
from conversion.domain.right import Entitlement
from conversion.domain.role import Role
from conversion.store.database import Database
from tests.office import AGREED, BASE_DATE, BOARD, Calendar, Town, adults, packs, staff


def _taken_in(town: Town) -> None:
    town.register()
    intake = town.take_in()
    assert intake.committed, intake.findings


def _resolved(town: Town) -> None:
    called = town.calendar.day
    town.village("propose")
    town.village("publish_plan", **BOARD)
    town.calendar.later(14)
    town.village("resolve", **town.meeting(called))
    town.village("fix_base_date", base_date=BASE_DATE)


def _accepted(town: Town) -> None:
    day = town.calendar.day
    town.all_take("case.accept", lambda c: {"signed": adults(c, day)}, case="draft")
    town.village("verify_assets", asset_value=3_684_000_000, report="遵评报字〔2009〕第118号")


def _landed(town: Town) -> None:
    day = town.calendar.day
    town.all_take("land.survey", lambda _: {"surveyed_on": day}, land="open")
    town.all_take("land.sign_boundaries", lambda c: {"signed": adults(c, day)}, land="surveyed")
    town.all_take("land.post", lambda _: BOARD, land="signed")
    town.wait_for_notice("0001", "land")
    town.all_take("land.confirm", land="on_notice")
    town.all_take("land.register", _registry(town.calendar.day), land="confirmed")
    town.all_take("land.issue", land="registered")


def _registry(day: date) -> Callable[[Case], Mapping[str, Any]]:
    def receipt(case: Case) -> Mapping[str, Any]:
        rows = {serial: f"汇土登{case.household.number}-{serial}" for serial in case.land}
        return {"registered_on": day, "registrations": rows}

    return receipt


def _members(town: Town) -> None:
    called = town.calendar.day
    town.all_take("shares.propose_members", shares="open")
    town.all_take("shares.post_members", lambda _: BOARD, shares="members_proposed")
    next_list(town)
    town.wait_for_notice("0001", "shares")
    town.village("confirm_roll", **town.meeting(called))
    next_list(town)
    town.wait_for_notice("0001", "shares")
    town.all_take("shares.confirm_members", shares="members_on_notice")


def next_list(town: Town) -> None:
    """The members' list that follows, once the one on the board has run its time."""
    town.wait_for_notice("0001", "shares")
    town.all_take("shares.post_next_list", lambda _: BOARD, shares="members_on_notice")


def _shared(town: Town) -> None:
    called = town.calendar.day
    town.calendar.later(12)
    town.village("adopt_share_plan", **town.meeting(called), version="2010-1")
    town.all_take("shares.allocate", shares="members_confirmed")
    town.all_take("shares.post_shares", lambda _: BOARD, shares="allocated")
    town.wait_for_notice("0001", "shares")
    town.all_take("shares.book", shares="shares_on_notice")


def _certified(town: Town) -> None:
    town.all_take("shares.certify", shares="booked")


def _founded(town: Town) -> None:
    town.village("approve", **AGREED, number="汇府复〔2010〕12号")
    town.village("found_community")


def _reviewed(town: Town) -> None:
    town.all_take("case.review", lambda _: AGREED, case="accepted")


def _posted(town: Town) -> None:
    town.all_take("case.post", lambda _: BOARD, case="reviewed")


def _examined(town: Town) -> None:
    town.wait_for_notice("0001", "case")
    town.all_take("case.close_notice", case="on_notice")
    town.all_take("case.examine", lambda _: AGREED, case="noticed")


def _countersigned(town: Town) -> None:
    for department in packs()["huichuan-2009"].departments:
        if department.countersigns:
            account = of_department(department.name)
            town.all_take("case.countersign", lambda _: AGREED, by=account, case="examined")


def of_department(name: str) -> str:
    return next(a.account for a in staff() if a.holds(Role.DEPARTMENT) and a.department == name)


def approval(case: Case) -> Mapping[str, Any]:
    return AGREED | {"decision_number": f"汇府批〔2010〕{case.household.number}号"}


def _approved(town: Town) -> None:
    town.all_take("case.approve", approval, case="countersigned")


def _registered(town: Town) -> None:
    town.all_take("hukou.file", hukou="open", case="approved")
    town.all_take("hukou.check", lambda _: AGREED, hukou="filed")
    town.all_take("hukou.approve", lambda _: AGREED, hukou="checked")
    town.all_take("hukou.register", police_receipt(town.calendar.day), hukou="approved")
    town.all_take("hukou.hand_over", hukou="registered")


def police_receipt(day: date) -> Callable[[Case], Mapping[str, Any]]:
    return lambda c: {"receipt": f"户登{c.household.number}", "registered_on": day}


def _in_force(town: Town) -> None:
    town.all_take("benefits.assess", benefits="open", case="approved")
    heard = {"listener": "01", "read_aloud": True}
    town.all_take("benefits.explain", lambda _: heard, benefits="assessed")
    town.all_take("benefits.start", benefits="explained")


def _signed(town: Town) -> None:
    town.all_take("entitlements.map", entitlements="open", case="approved")
    town.all_take("entitlements.dispatch", entitlements="mapped")
    _departments_answer(town, "entitlements.acknowledge", "dispatched", {})
    _departments_answer(town, "entitlements.settle", "acknowledged", {"receipt": "接〔2010〕1号"})
    town.all_take("entitlements.sign_statement", entitlements="settled")


def _departments_answer(town: Town, act: str, status: str, form: Mapping[str, Any]) -> None:
    cases = [town.case(household) for household in town.households(entitlements=status)]
    for department in sorted({row.department for c in cases for row in _waiting(c, status)}):
        own = [c for c in cases if any(r.department == department for r in _waiting(c, status))]
        numbers = [c.household.number for c in own]
        for outcome in town.take_many(act, numbers, lambda _: form, by=of_department(department)):
            if outcome.refusal:
                raise outcome.refusal


def _waiting(case: Case, status: str) -> list[Entitlement]:
    return [row for row in case.entitlements.values() if row.status == status]


STAGES: Mapping[str, Callable[[Town], None]] = {
    "taken_in": _taken_in,
    "resolved": _resolved,
    "accepted": _accepted,
    "landed": _landed,
    "members_confirmed": _members,
    "booked": _shared,
    "certified": _certified,
    "founded": _founded,
    "reviewed": _reviewed,
    "posted": _posted,
    "examined": _examined,
    "countersigned": _countersigned,
    "approved": _approved,
    "registered": _registered,
    "in_force": _in_force,
    "signed": _signed,
}
"""The normal way of all households; a stage is over when everything of its name has happened."""


def play(town: Town, until: str, *, after: str = "") -> None:
    """Go the normal way from a stage to another, that one included."""
    names = list(STAGES)
    begin = names.index(after) + 1 if after else 0
    for name in names[begin : names.index(until) + 1]:
        STAGES[name](town)


_KEPT = Path(mkdtemp(prefix="towns-"))
atexit.register(shutil.rmtree, _KEPT, ignore_errors=True)


@cache
def _kept(stage: str) -> tuple[Path, date]:
    """The database file of a town at a stage, and its day; made from the stage before."""
    names = list(STAGES)
    file = _KEPT / f"{stage}.db"
    url = f"sqlite:///{file}"
    place = names.index(stage)
    calendar = Calendar()
    if place:
        before, calendar.day = _kept(names[place - 1])
        shutil.copy(before, file)
    with closing(Database(url)) as database:
        database.migrate()
        STAGES[stage](Town(database, _KEPT, calendar, seed=place + 1))
    return file, calendar.day


def a_town(stage: str, folder: Path, *, seed: int = 99) -> Town:
    """A town of its own on SQLite at a stage; close its database when done."""
    file, day = _kept(stage)
    shutil.copy(file, folder / "town.db")
    database = Database(f"sqlite:///{folder / 'town.db'}")
    return Town(database, folder, Calendar(day), seed=seed)
