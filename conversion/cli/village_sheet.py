"""A village's programme on one sheet: milestones, votes, plan, and the tally of its cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conversion.cli.hold_list import hold_listing
from conversion.cli.listing import Column, Listing
from conversion.cli.possible import possible_steps, steps_beside
from conversion.domain.programme import ASSET_MILESTONES, MILESTONES, Programme, ShareClass, Vote
from conversion.policy.parameter_shape import Body
from conversion.standards.amount import format_yuan
from conversion.workflows.definition import (
    CASE_LEVELS,
    VILLAGE_LEVELS,
    act_title,
    village_level,
)

TITLES = {state: title for track in VILLAGE_LEVELS for state, title in track.states.items()}
"""A milestone of either line, as people call it."""


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A programme as a line of a list, with the number of its cases."""

    programme: Programme
    cases: int


VILLAGES: tuple[Column[VillageLine], ...] = (
    Column("code", "项目代码", lambda v: v.programme.code),
    Column("village", "村", lambda v: v.programme.village.village_name),
    Column("community", "社区", lambda v: v.programme.village.community_name),
    Column("state", "进度", lambda v: v.programme.state, TITLES.__getitem__),
    Column("assets", "资产改革", lambda v: v.programme.positions["assets"], TITLES.__getitem__),
    Column("cases", "案件数", lambda v: v.cases),
)


def _matter(event: str) -> str:
    return act_title(f"{village_level(event).name}.{event}")


VOTES: tuple[Column[Vote], ...] = (
    Column("serial", "编号", lambda v: v.serial),
    Column(
        "matter", "事项", lambda v: v.matter, lambda m: act_title(f"{village_level(m).name}.{m}")
    ),
    Column("body", "表决机构", lambda v: Body(v.body)),
    Column("held_on", "日期", lambda v: v.held_on),
    Column("eligible", "应到", lambda v: v.eligible),
    Column("present", "到会", lambda v: v.present),
    Column("proxies", "其中委托", lambda v: v.proxies),
    Column("in_favour", "同意", lambda v: v.in_favour),
    Column("against", "反对", lambda v: v.against),
    Column("abstained", "弃权", lambda v: v.abstained),
    Column("invalid", "废票", lambda v: v.invalid),
    Column("passed", "结果", lambda v: v.passed, lambda p: "通过" if p else "未通过"),
)

CLASSES: tuple[Column[ShareClass], ...] = (
    Column("share_class", "代码", lambda c: c.share_class),
    Column("title", "股种", lambda c: c.title),
    Column("units", "份额", lambda c: c.units),
    Column("weight_total", "权数合计", lambda c: c.weight_total),
)


def sheet_of(programme: Programme, tally: Mapping[tuple[str, str], int]) -> dict[str, Listing[Any]]:
    """The lists of a programme's sheet, by their names in JSON.

    Args:
        programme: the programme.
        tally: level and state → number of cases there.
    """
    return {
        "milestones": _milestones(programme),
        "votes": Listing("表决", VOTES, [*programme.votes.values()]),
        "holds": hold_listing(programme.holds.values()),
        "share_classes": Listing("股种", CLASSES, [*programme.share_classes.values()]),
        "tally": _tally(tally),
        "possible": possible_steps(programme.positions, VILLAGE_LEVELS),
        "beside": steps_beside(programme.positions, VILLAGE_LEVELS),
    }


def heading(programme: Programme, cases: int) -> Iterator[str]:
    """What stands above the lists."""
    village = programme.village
    yield f"{programme.code}　{village.before} → {village.after}"
    base = f"{programme.base_date:%Y-%m-%d}" if programme.base_date else "未定"
    at = f"进度：{TITLES[programme.state]}　资产改革：{TITLES[programme.positions['assets']]}"
    yield f"{at}　基准日：{base}　政策包：{village.pack}　案件：{cases}"
    if plan := programme.plan:
        members = plan.total_units - plan.collective_units - plan.reserved_units
        yield (
            f"股权方案 {plan.version}（{plan.adopted_on:%Y-%m-%d} 通过）："
            f"总份额 {plan.total_units} = 成员股 {members} + 集体股 {plan.collective_units}"
            f" + 预留股 {plan.reserved_units}；量化资产 {format_yuan(plan.asset_value)} 元"
        )


def _milestones(programme: Programme) -> Listing[str]:
    columns: tuple[Column[str], ...] = (
        Column("state", "进度", lambda m: m, TITLES.__getitem__),
        Column("day", "日期", programme.reached_on),
    )
    return Listing("历次进度", columns, [*MILESTONES, *ASSET_MILESTONES[1:]])


def _tally(tally: Mapping[tuple[str, str], int]) -> Listing[tuple[str, str]]:
    """The states that have cases, in the order of the procedures."""
    titles = {(t.name, state): title for t in CASE_LEVELS for state, title in t.states.items()}
    levels = {t.name: t.title for t in CASE_LEVELS}
    columns: tuple[Column[tuple[str, str]], ...] = (
        Column("level", "事项", lambda at: at[0], lambda name: levels[name]),
        Column("state", "代码", lambda at: at[1]),
        Column("title", "状态", lambda at: titles.get(at, at[1])),
        Column("cases", "户数", lambda at: tally[at]),
    )
    return Listing("各事项的户数", columns, [at for at in titles if tally.get(at)])
