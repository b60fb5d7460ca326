"""The reach of a hold 中止: what its kind may block, and the requirement that it blocks no step.

A hold moves no level: whatever it blocks waits where it stands, and goes on from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from conversion.domain.hold import EVERYTHING, Hold, HoldKind
from conversion.domain.role import Role
from conversion.workflows.requirement import Requirement
from conversion.workflows.step import CaseCircumstances, Circumstances, Step, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a kind of hold may block, and whose matter it is.

    Attributes:
        usual: what it blocks when the order doesn't say; may: all it may block, levels and acts.
        recorded_by: who lays, renews and lifts it; lifted_by: on whose word, as people say it.
        needs_term: the order has to name its last day.
        village: whether it can lie on a whole village.
    """

    usual: tuple[str, ...]
    may: tuple[str, ...]
    recorded_by: tuple[Role, ...]
    lifted_by: str
    needs_term: bool = False
    village: bool = False


_RIGHTS = ("shares", "land", "ledger", "household", "benefits", "entitlements")
_OF_THE_DEAD = ("ledger", "benefits", "entitlements", "case.accept", "land.sign_boundaries")
_CERTIFICATE = ("shares.certify", "shares.reissue")

REACHES: Final[Mapping[HoldKind, Reach]] = {
    HoldKind.COURT: Reach(
        usual=("ledger", *_CERTIFICATE),
        may=("ledger", *_CERTIFICATE),
        recorded_by=(Role.TASK_FORCE, Role.COLLECTIVE),
        lifted_by="作出冻结的人民法院",
        needs_term=True,
    ),
    HoldKind.DISCIPLINE: Reach(
        usual=(EVERYTHING,),
        may=(EVERYTHING, "programme", "assets", "case", "hukou", *_RIGHTS),
        recorded_by=(Role.AUDITOR, Role.DISTRICT),
        lifted_by="作出中止决定的纪检监察或者审计机关",
        needs_term=True,
        village=True,
    ),
    HoldKind.DISPUTE: Reach(
        usual=(),
        may=("assets", *_RIGHTS),
        recorded_by=(Role.TASK_FORCE, Role.STREET),
        lifted_by="处理争议的机关",
        village=True,
    ),
    HoldKind.DEATH: Reach(
        usual=_OF_THE_DEAD,
        may=(*_OF_THE_DEAD, "hukou.file", "hukou.register", *_CERTIFICATE),
        recorded_by=(Role.TASK_FORCE, Role.VILLAGE),
        lifted_by="核实情况的工作专班",
    ),
}
"""Kind → its reach. A court's freeze stops shares and their income, never the hukou or a notice
(协助执行通知书); a dispute stops what is in dispute, which stays as it is (土地管理法 16)."""

ALL_RECORDERS: Final = tuple(
    dict.fromkeys(role for reach in REACHES.values() for role in reach.recorded_by)
)


def own_holds(c: Circumstances) -> Mapping[str, Hold]:
    """The holds of the chain that a step stands in."""
    return c.case.holds if isinstance(c, CaseCircumstances) else c.programme.holds


def holds_over(c: Circumstances) -> tuple[Hold, ...]:
    """Every hold that lies on a step's chain: its own, and on a case those of its village."""
    village = tuple(c.programme.holds.values())
    return (*c.case.holds.values(), *village) if isinstance(c, CaseCircumstances) else village


def blocking(c: Circumstances, level: str, event: str) -> tuple[Hold, ...]:
    """The holds in force that stop one step."""
    return tuple(h for h in holds_over(c) if h.is_in_force and h.blocks_act(level, event))


def hold_requirement(track: Track[Any], step: Step[Any], seen: Circumstances) -> Requirement:
    """No hold stops the step: the standing requirement, with order, authority, term and remedy."""
    found = () if step.despite_holds else blocking(seen, track.name, step.event)
    reaches = [REACHES[hold.kind] for hold in found]
    ends = [hold.until for hold in found if hold.until and not hold.has_lapsed(seen.day)]
    return Requirement(
        rule="hold",
        title="本事项没有被中止",
        clause=seen.pack.clause("hold"),
        satisfied=not found,
        found="；".join(_told(hold, seen) for hold in found) or "无中止",
        remedy="；".join(dict.fromkeys(_remedy(hold, seen.day) for hold in found)),
        earliest=max(ends) + timedelta(days=1) if found and len(ends) == len(found) else None,
        who="、".join(dict.fromkeys(r.label for reach in reaches for r in reach.recorded_by)),
    )


def _told(hold: Hold, seen: Circumstances) -> str:
    whole = "全村" if hold in seen.programme.holds.values() else ""
    term = f"至{hold.until}止" if hold.until else "没有期限"
    lapsed = "，期限已满而未登记，登记前仍然有效" if hold.has_lapsed(seen.day) else ""
    order = f"{hold.authority}{hold.order}"
    return f"{whole}{hold.kind.label} {hold.serial}：{order}，自{hold.since}起{term}{lapsed}"


def _remedy(hold: Hold, day: date) -> str:
    if hold.has_lapsed(day):
        return f"登记 {hold.serial} 中止期满（lapse_hold）后办理"
    return f"由{REACHES[hold.kind].lifted_by}解除，登记后办理"
