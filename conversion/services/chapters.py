"""The demonstration's chapters, in the order in which a village lives through them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from conversion.domain.case import Case
from conversion.domain.programme import Village
from conversion.domain.role import Actor, Role
from conversion.errors import WorkbookUnreadable
from conversion.roster.reading import read_roster
from conversion.services import programme as villages
from conversion.services.demonstration import Form, Stage
from conversion.services.intake import commit_roster
from conversion.workflows.guards import MAJORITY

BOARD = "村务公开栏、各组公告牌"
TASK_FORCE, VILLAGE, STREET = Role.TASK_FORCE, Role.VILLAGE, Role.STREET
COLLECTIVE, SUPERVISORS = Role.COLLECTIVE, Role.SUPERVISORS
MEETING_NOTICE = timedelta(days=12)
"""Days between the call to a meeting and the meeting, two more than the law asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One part of the story, as the progress bar names it."""

    title: str
    play: Callable[[Stage], None]


def _plan(stage: Stage) -> None:
    stage.village("propose", TASK_FORCE)
    stage.calendar.later(1)
    stage.village("publish_plan", VILLAGE, {"place": BOARD})
    (notice,) = stage.programme().notices.values()
    called = stage.calendar.day
    stage.calendar.go_to(max(notice.last_day, called + MEETING_NOTICE) + timedelta(days=1))
    stage.village("resolve", VILLAGE, _ballot(stage, called))
    stage.calendar.later(2)
    stage.village("fix_base_date", COLLECTIVE, {"base_date": stage.story["base_date"]})


def _ballot(stage: Stage, called: date) -> dict[str, Any]:
    """A vote that nine in ten attend and nearly all of them favour."""
    eligible = sum(len(_adults(stage, case)) for case in stage.cases())
    present = eligible * 9 // 10
    against, abstained = present // 50, present // 40
    return {
        "body": "villagers_meeting",
        "noticed_on": called,
        "held_on": stage.calendar.day,
        "eligible": eligible,
        "present": present,
        "proxies": present // 12,
        "in_favour": present - against - abstained,
        "against": against,
        "abstained": abstained,
    }


def _adults(stage: Stage, case: Case) -> list[str]:
    day = stage.calendar.day
    return [s for s, m in case.members.items() if m.age_on(day) >= MAJORITY]


def _signed(stage: Stage) -> Callable[[Case], Form]:
    return lambda case: {"signed": _adults(stage, case)}


def _posted(_case: Case) -> Form:
    return {"place": BOARD}


def _accept(stage: Stage) -> None:
    account = stage.cast(TASK_FORCE)
    stage.play("case.accept", account, stage.cases(case="draft"), _signed(stage))
    stage.calendar.later(3)
    report = {
        "asset_value": stage.story["asset_value"],
        "report": "遵评报字〔2009〕第118号（示例）",
    }
    stage.village("verify_assets", SUPERVISORS, report)


def _land(stage: Stage) -> None:
    landed, landless = _by_land(stage.cases(land="open"))
    surveyor, village = stage.cast(Role.SURVEYOR), stage.cast(VILLAGE)
    surveyed = {"surveyed_on": stage.calendar.day}
    stage.play("land.survey", surveyor, landed, lambda _: surveyed)
    reason = {"reason": "经核对土地台账，该户没有承包地和宅基地。"}
    stage.play("land.waive", village, landless, lambda _: reason)
    stage.calendar.later(5)
    stage.play("land.sign_boundaries", surveyor, stage.cases(land="surveyed"), _signed(stage))
    stage.play("land.post", village, stage.cases(land="signed"), _posted)
    stage.calendar.later(2)
    _objection(stage, "land", village)
    stage.wait_for_notices("land", stage.cases(land="on_notice"))
    stage.play("land.confirm", stage.cast(STREET, 1), stage.cases(land="on_notice"))
    stage.calendar.later(10)
    stage.play(
        "land.register", stage.cast(Role.REGISTRY), stage.cases(land="confirmed"), _registry(stage)
    )
    stage.play("land.issue", stage.cast(TASK_FORCE), stage.cases(land="registered"))
    stage.issue()


def _by_land(cases: Iterable[Case]) -> tuple[list[Case], list[Case]]:
    landed: list[Case] = []
    landless: list[Case] = []
    for case in cases:
        (landed if case.parcels else landless).append(case)
    return landed, landless


def _registry(stage: Stage) -> Callable[[Case], Form]:
    day = stage.calendar.day

    def receipt(case: Case) -> Form:
        number = f"汇土登〔{day.year}〕{case.household.number}"
        return {
            "registered_on": day,
            "registrations": {serial: f"{number}-{serial}" for serial in case.land},
        }

    return receipt


def _objection(stage: Stage, track: str, cast: tuple[Actor, ...]) -> None:
    """One household objects within the window, and is answered three days later."""
    told = stage.story[f"{track}_objection"]
    raised = {"raised_by": told["raised_by"], "subject": told["subject"]}
    stage.play(f"{track}.object", cast, stage.household(told["household"]), lambda _: raised)
    stage.calendar.later(3)
    (case,) = stage.household(told["household"])
    (objection,) = case.open_objections(track)
    settled = {"objection": objection.serial, "upheld": told["upheld"], "reply": told["reply"]}
    stage.play(f"{track}.settle", cast, [case], lambda _: settled)


def _members(stage: Stage) -> None:
    found = stage.story["findings"]
    account = stage.cast(COLLECTIVE)

    def survey(case: Case) -> Form:
        return {"findings": found.get(case.household.number, {})}

    stage.play("shares.propose_members", account, stage.cases(shares="open"), survey)
    stage.play("shares.post_members", account, stage.cases(shares="members_proposed"), _posted)
    called = stage.calendar.day
    stage.calendar.later(2)
    _objection(stage, "shares", stage.cast(VILLAGE))
    stage.wait_for_notices("shares", stage.cases(shares="members_on_notice"))
    stage.calendar.go_to(called + MEETING_NOTICE)
    stage.village("confirm_roll", SUPERVISORS, _ballot(stage, called))
    stage.play(
        "shares.confirm_members", stage.cast(SUPERVISORS), stage.cases(shares="members_on_notice")
    )
    reason = {"reason": "经成员会议表决，本户没有确认为成员的人，不享有份额。"}
    strangers = [c for c in stage.cases(shares="members_confirmed") if not _is_member_household(c)]
    stage.play("shares.waive", stage.cast(SUPERVISORS), strangers, lambda _: reason)


def _is_member_household(case: Case) -> bool:
    return any(m.standing == "confirmed" for m in case.memberships.values())


def _shares(stage: Stage) -> None:
    called = stage.calendar.day
    stage.calendar.go_to(called + MEETING_NOTICE)
    ballot = _ballot(stage, called) | {"version": f"{stage.calendar.day.year}-1"}
    stage.village("adopt_share_plan", SUPERVISORS, ballot)
    account = stage.cast(COLLECTIVE)
    stage.play("shares.allocate", account, stage.cases(shares="members_confirmed"))
    stage.play("shares.post_shares", account, stage.cases(shares="allocated"), _posted)
    stage.wait_for_notices("shares", stage.cases(shares="shares_on_notice"))
    stage.play("shares.book", stage.cast(SUPERVISORS), stage.cases(shares="shares_on_notice"))
    stage.calendar.later(5)
    stage.play("shares.certify", account, stage.cases(shares="booked"))
    stage.issue()


def _district(stage: Stage) -> None:
    opinion = {"opinion": "同意。", "number": stage.story["decision_number"]}
    stage.village("approve", Role.DISTRICT, opinion)
    stage.calendar.later(3)
    stage.village("found_community", STREET)


def _review(stage: Stage) -> None:
    village = stage.cast(VILLAGE)
    agreed = _opinion("情况属实，同意上报。")
    stage.play("case.review", village, stage.cases(case="accepted"), agreed)
    returned = stage.story["return"]
    household = returned["household"]
    reason = {"reason": returned["reason"]}
    stage.play("case.return_for_correction", village, stage.household(household), lambda _: reason)
    stage.calendar.later(3)
    corrected = {"corrected": returned["corrected"]}
    stage.play(
        "case.resubmit", stage.cast(TASK_FORCE), stage.household(household), lambda _: corrected
    )
    stage.play("case.review", village, stage.household(household), agreed)
    stage.play("case.post", village, stage.cases(case="reviewed"), _posted)
    stage.calendar.later(2)
    _objection(stage, "case", village)
    stage.wait_for_notices("case", stage.cases(case="on_notice"))
    stage.play("case.close_notice", village, stage.cases(case="on_notice"))
    _withdraw(stage)


def _opinion(text: str) -> Callable[[Case], Form]:
    return lambda _: {"opinion": text}


def _withdraw(stage: Stage) -> None:
    told = stage.story["withdrawal"]
    reason = {"reason": told["reason"]}
    case = stage.household(told["household"])
    stage.play("case.withdraw", stage.cast(TASK_FORCE), case, lambda _: reason)


def _approve(stage: Stage) -> None:
    examined = _opinion("经审核，材料齐全，符合条件，同意上报。")
    stage.play("case.examine", stage.cast(STREET), stage.cases(case="noticed"), examined)
    stage.calendar.later(3)
    for department in _countersigning(stage):
        account = stage.cast(Role.DEPARTMENT, department=department)
        stage.play("case.countersign", account, stage.cases(case="examined"), _opinion("同意。"))
    stage.calendar.later(4)
    district = stage.cast(Role.DISTRICT)
    _refuse(stage, district)
    prefix = stage.story["approval_number"]

    def approval(case: Case) -> Form:
        text = f"{prefix}{int(case.household.number)}号"
        return {"opinion": "同意该户整体转为城镇居民。", "decision_number": text}

    stage.play("case.approve", district, stage.cases(case="countersigned"), approval)
    stage.issue()


def _countersigning(stage: Stage) -> list[str]:
    pack = stage.office.pack(stage.programme().village.pack, stage.calendar.day)
    return [d.name for d in pack.pack.departments if d.countersigns]


def _refuse(stage: Stage, district: tuple[Actor, ...]) -> None:
    told = stage.story["refusal"]
    form = {key: told[key] for key in ("reason", "clause", "remedies")}
    stage.play("case.refuse", district, stage.household(told["household"]), lambda _: form)


def _hukou(stage: Stage) -> None:
    task_force, station = stage.cast(TASK_FORCE), stage.cast(Role.POLICE_STATION)
    stage.play("hukou.file", task_force, stage.cases(hukou="open", case="approved"))
    stage.calendar.later(3)
    checked = _opinion("经核对人口信息，同意上报。")
    stage.play("hukou.check", station, stage.cases(hukou="filed"), checked)
    county = stage.cast(Role.COUNTY_POLICE)
    stage.play("hukou.approve", county, stage.cases(hukou="checked"), _opinion("同意登记。"))
    stage.calendar.later(4)
    stage.play("hukou.register", station, stage.cases(hukou="approved"), _police_receipt(stage))
    stage.calendar.later(7)
    stage.play("hukou.hand_over", task_force, stage.cases(hukou="registered"))
    stage.issue()


def _police_receipt(stage: Stage) -> Callable[[Case], Form]:
    excepted, day = stage.story["excepted"], stage.calendar.day

    def receipt(case: Case) -> Form:
        number = case.household.number
        return {
            "receipt": f"户登{day.year}{number}",
            "registered_on": day,
            "excepted": excepted.get(number, {}),
        }

    return receipt


def _benefits(stage: Stage) -> None:
    task_force = stage.cast(TASK_FORCE)
    stage.play("benefits.assess", task_force, stage.cases(benefits="open", case="approved"))
    stage.calendar.later(2)

    def explanation(case: Case) -> Form:
        return {"listener": case.head.serial, "read_aloud": True}

    stage.play("benefits.explain", task_force, stage.cases(benefits="assessed"), explanation)
    starter = stage.cast(Role.DEPARTMENT, 1, department="民政局")
    stage.play("benefits.start", starter, stage.cases(benefits="explained"))


def _entitlements(stage: Stage) -> None:
    task_force = stage.cast(TASK_FORCE)
    stage.play("entitlements.map", task_force, stage.cases(entitlements="open", case="approved"))
    stage.play("entitlements.dispatch", task_force, stage.cases(entitlements="mapped"))
    stage.calendar.later(3)
    for status, act in (("dispatched", "acknowledge"), ("acknowledged", "settle")):
        for department, cases in _by_department(stage, status).items():
            cast = stage.cast(Role.DEPARTMENT, department=department)
            form = {"receipt": _receipt(stage, department)} if act == "settle" else {}
            stage.play(f"entitlements.{act}", cast, cases, _filled(form))
        stage.calendar.later(5)
    stage.play("entitlements.sign_statement", task_force, stage.cases(entitlements="settled"))
    stage.issue()


def _by_department(stage: Stage, status: str) -> dict[str, list[Case]]:
    """Department → the cases that have rows of its own at this status."""
    found: dict[str, list[Case]] = {}
    for case in stage.cases(entitlements=status):
        rows = (row for row in case.entitlements.values() if row.status == status)
        for department in sorted({row.department for row in rows}):
            found.setdefault(department, []).append(case)
    return found


def _filled(form: Form) -> Callable[[Case], Form]:
    return lambda _: form


def _receipt(stage: Stage, department: str) -> str:
    return f"{department}接〔{stage.calendar.day.year}〕{stage.calendar.day:%m%d}号"


def _close(stage: Stage) -> None:
    task_force = stage.cast(TASK_FORCE)
    reason = {"reason": "本户申请已撤回或不予批准，本事项无需办理。"}
    for state in ("withdrawn", "refused"):
        for track in ("hukou", "benefits", "entitlements"):
            cases = stage.cases(case=state, **{track: "open"})
            stage.play(f"{track}.waive", task_force, cases, lambda _: reason)
    stage.play("case.close", task_force, stage.cases(case="approved"))
    stage.calendar.later(10)
    stage.play("case.archive", task_force, stage.cases(case="closed"))
    stage.village("accept", Role.DISTRICT, {"opinion": "经验收合格，同意通过。"})


CHAPTERS: Final = (
    Chapter(title="提出方案，公示，村民会议表决，确定基准日", play=_plan),
    Chapter(title="逐户受理申请，清产核资", play=_accept),
    Chapter(title="土地确权：调查、指界、公示、确认、登记、发证", play=_land),
    Chapter(title="成员身份：摸底、公示、异议、表决、确认", play=_members),
    Chapter(title="股份：方案表决、配股、公示、记账、发证", play=_shares),
    Chapter(title="区政府批复，社区成立", play=_district),
    Chapter(title="村级初审、退回补正、公示、异议、撤回", play=_review),
    Chapter(title="镇街审核、部门会签、区级批准与不予批准", play=_approve),
    Chapter(title="户口：报送、初审、审批、登记、换发簿证", play=_hukou),
    Chapter(title="过渡期待遇：核定、宣读、生效", play=_benefits),
    Chapter(title="权利义务对接：推送、受理、落实、签收告知单", play=_entitlements),
    Chapter(title="办结、归档、验收", play=_close),
)
"""From the draft plan to the accepted community; the roster has been taken in before."""


def perform(stage: Stage, village: Village, roster: Path) -> None:
    """The whole story on an empty database: village, staff, roster, then every chapter.

    Raises:
        ConversionError: whatever a step of the story is refused for.
    """
    total = len(CHAPTERS) + 1
    stage.told("登记村和人员，导入花名册", 0, total)
    villages.appoint(stage.office, stage.staff)
    account = stage.cast(TASK_FORCE)[0].account
    villages.register_village(stage.office, village, account)
    read = read_roster(roster, today=stage.calendar.day)
    intake = commit_roster(stage.office, stage.code, account, read)
    if intake.has_errors:
        raise WorkbookUnreadable(
            f"导入 {roster.name}", "花名册有错误", "运行 conversion roster check"
        )
    for done, chapter in enumerate(CHAPTERS, 1):
        stage.told(chapter.title, done, total)
        chapter.play(stage)
    stage.told("全部办完", total, total)
