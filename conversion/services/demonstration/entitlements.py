"""The last chapters: benefits in force, rights handed over, cases closed and archived."""

from conversion.domain.case import Case
from conversion.domain.role import Role
from conversion.services.demonstration.forms import filled
from conversion.services.demonstration.stage import Form, Stage
from conversion.workflows.handing_over import HAND_OVER


def start_benefits(stage: Stage) -> None:
    """Benefits are assessed, read aloud at home, and put in force."""
    task_force = stage.cast(Role.TASK_FORCE)
    stage.play("benefits.assess", task_force, stage.cases(benefits="open", case="approved"))
    stage.calendar.later(2)

    def explanation(case: Case) -> Form:
        return {"listener": case.head.serial, "read_aloud": True}

    stage.play("benefits.explain", task_force, stage.cases(benefits="assessed"), explanation)
    starter = stage.cast(Role.DEPARTMENT, 1, department="民政局")
    stage.play("benefits.start", starter, stage.cases(benefits="explained"))


def hand_over(stage: Stage) -> None:
    """Each right goes to its department, and the statement is signed for."""
    task_force = stage.cast(Role.TASK_FORCE)
    stage.play("entitlements.map", task_force, stage.cases(entitlements="open", case="approved"))
    stage.play("entitlements.dispatch", task_force, stage.cases(entitlements="mapped"))
    stage.calendar.later(3)
    for status, act in (("dispatched", "acknowledge"), ("acknowledged", "settle")):
        for department, cases in _by_department(stage, status).items():
            cast = stage.cast(Role.DEPARTMENT, department=department)
            form = {"receipt": _receipt(stage, department)} if act == "settle" else {}
            stage.play(f"entitlements.{act}", cast, cases, filled(form))
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


def _receipt(stage: Stage, department: str) -> str:
    return f"{department}接〔{stage.calendar.day.year}〕{stage.calendar.day:%m%d}号"


def close(stage: Stage) -> None:
    """What needs nothing is waived; cases are closed, filed, archived, and handed over."""
    task_force = stage.cast(Role.TASK_FORCE)
    reason = {"reason": "本户申请已撤回或不予批准，本事项无需办理。"}
    for state in ("withdrawn", "refused"):
        for track in ("hukou", "benefits", "entitlements"):
            cases = stage.cases(case=state, **{track: "open"})
            stage.play(f"{track}.waive", task_force, cases, filled(reason))
    stage.play("case.close", task_force, stage.cases(case="approved"))
    stage.calendar.later(10)
    for state in ("closed", "refused", "withdrawn", "revoked"):
        stage.play("case.index_file", task_force, stage.cases(case=state))
    stage.issue()
    stage.play("case.archive", task_force, stage.cases(case="closed"))
    stage.village("accept", Role.DISTRICT, {"opinion": "经验收合格，同意通过。"})
    stage.village(HAND_OVER, Role.TASK_FORCE, {"receiver": stage.story["archive"]})
    stage.issue()
