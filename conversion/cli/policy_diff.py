"""`conversion policy diff`: what two packs state differently, and what that means for a village."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from conversion.cli.contrast import side_record, side_words
from conversion.cli.listing import Column, Listing, pictures
from conversion.cli.opening import chosen_programme, open_office
from conversion.cli.output import JsonOption, progress, show
from conversion.domain.standing import Json
from conversion.errors import WrongUse
from conversion.policy.comparison import WHOLE, Difference, differences
from conversion.policy.contrast import Tendency, Turn
from conversion.policy.effect import Effect, HouseholdEffect, ThingEffect
from conversion.policy.loading import load_pack
from conversion.policy.location import pack_folder
from conversion.policy.pack import Pack, PackOnDay
from conversion.policy.prospect import Measure
from conversion.policy.supposition import nearest
from conversion.services.effect_workbook import write_effect
from conversion.services.policy_effect import policy_effect, sides_of
from conversion.services.trial import untimely
from conversion.services.village_trial import Side

ONLY_A_TRIAL = "试算，不是决定：已经办结的步骤不因政策包改变。"


def diff(
    first: Annotated[str, typer.Argument(metavar="PACK", help="政策包的编号，或它的文件夹")],
    second: Annotated[str, typer.Argument(metavar="PACK2", help="与之比对的政策包")],
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="日期，例如 2009-12-01；默认起始日"),
    ] = None,
    then: Annotated[
        datetime | None,
        typer.Option("--then", formats=["%Y-%m-%d"], help="第二个政策包的日期；默认与第一个相同"),
    ] = None,
    programme: Annotated[
        str | None,
        typer.Option("--programme", metavar="项目代码", help="逐户试算：改变涉及这个村的哪些户"),
    ] = None,
    *,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="逐户试算时，成员身份全部重新研判")
    ] = False,
    first_households: Annotated[
        int, typer.Option("--first", min=0, metavar="户数", help="屏幕上列出前几户")
    ] = 20,
    workbook: Annotated[
        Path | None,
        typer.Option("--workbook", metavar="FILE.xlsx", help="逐户试算的全部数字写成工作簿"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """What two packs state differently; with a programme, what changes for whom."""
    if workbook and programme is None:
        remedy = "加上 --programme 项目代码"
        raise WrongUse(f"写出 {workbook}", "工作簿写的是逐户试算，没有写明哪个村", remedy)
    packs = load_pack(pack_folder(first)), load_pack(pack_folder(second))
    day = on.date() if on else None
    if programme is None:
        _show_texts(packs, day, then.date() if then else None, as_json=as_json)
        return
    with open_office() as office:
        code = chosen_programme(office, programme)
        sides = sides_of(office, code, packs, day or office.today(), afresh=afresh)
        with progress(as_json=as_json) as bars:
            task = bars.add_task(f"试算 {code}", total=None)
            effect = policy_effect(office, code, sides, told=lambda: bars.advance(task))
    if workbook:
        write_effect(effect, [*_explained(sides)], workbook)
    _show_effect(effect, sides, first_households, workbook, as_json=as_json)


# --- what they state -----------------------------------------------------------------------------


def _show_texts(
    packs: tuple[Pack, Pack], day: date | None, then: date | None, *, as_json: bool
) -> None:
    day = day or max(pack.since for pack in packs)
    before, after = nearest(packs[0], day), nearest(packs[1], then or day)
    found = differences(before, after)
    columns: tuple[Column[Difference], ...] = (
        Column("chapter", "部分", lambda d: d.chapter),
        Column("key", "编号", lambda d: d.key),
        Column("title", "名称", lambda d: d.title),
        Column("field", "项目", lambda d: d.field, lambda name: _FIELDS.get(name, name)),
        Column("before", _heading(before), lambda d: d.before, _stated),
        Column("after", _heading(after), lambda d: d.after, _stated),
    )
    listing = Listing("", columns, found)
    data = {"first": packs[0].id, "second": packs[1].id, "days": [before.day, after.day]}
    told = f"共 {len(found)} 处不同。"
    show(data | {"differences": listing.records}, listing.picture, told, as_json=as_json)


_FIELDS = {
    WHOLE: "整项",
    "value": "值",
    "reference": "依据",
    "illustrative": "示例",
    "title": "名称",
    "department": "部门",
}
"""Field → how people call it; all others stand by their key in the files of the pack."""


def _heading(pack: PackOnDay) -> str:
    return f"{pack.pack.id} {pack.day}"


def _stated(value: Json) -> str:
    if value is None:
        return "没有"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# --- what it means for a village -----------------------------------------------------------------


def _sums(sums: Mapping[Measure, int]) -> list[dict[str, object]]:
    return [
        {"amount": amount, "per": measure.per, "said": measure.said(amount)}
        for measure, amount in sums.items()
    ]


def _listed(sums: list[dict[str, object]]) -> str:
    return "、".join(str(part["said"]) for part in sums)


THINGS: tuple[Column[ThingEffect], ...] = (
    Column("chapter", "部分", lambda t: t.line.chapter),
    Column("key", "编号", lambda t: t.line.key),
    Column("title", "名称", lambda t: t.line.title),
    Column("households", "涉及户数", lambda t: t.households),
    Column("gained", "多出", lambda t: t.turns[Turn.GAINED]),
    Column("lost", "不再有", lambda t: t.turns[Turn.LOST]),
    Column("changed", "改变", lambda t: t.turns[Turn.CHANGED]),
    Column("better", "有利", lambda t: t.lines[Tendency.BETTER]),
    Column("worse", "不利", lambda t: t.lines[Tendency.WORSE]),
    Column("before", "之前合计", lambda t: _sums(t.before), _listed),
    Column("after", "之后合计", lambda t: _sums(t.after), _listed),
    Column("difference", "差额", lambda t: _sums(t.difference), _listed),
)
HOUSEHOLDS: tuple[Column[HouseholdEffect], ...] = (
    Column("number", "户号", lambda h: h.number),
    Column("tendency", "对本户", lambda h: h.tendency),
    Column("better", "有利", lambda h: h.better),
    Column("worse", "不利", lambda h: h.worse),
    Column("mixed", "有变", lambda h: h.mixed),
    Column("difference", "差额", lambda h: _sums(h.difference), _listed),
    Column("titles", "哪些", lambda h: h.titles),
)


def _explained(sides: tuple[Side, Side]) -> Iterator[tuple[str, str]]:
    """What a workbook says of itself."""
    yield from zip(("从", "到"), map(side_words, sides), strict=True)
    yield from (("说明", note) for note in (*_notes(sides), ONLY_A_TRIAL))


def _notes(sides: tuple[Side, Side]) -> list[str]:
    return [*untimely(*sides), "一律按试算当日批准、登记计算。"]


def _show_effect(
    effect: Effect,
    sides: tuple[Side, Side],
    first: int,
    workbook: Path | None,
    *,
    as_json: bool,
) -> None:
    things = Listing("逐项", THINGS, [*effect.changed])
    every = Listing("逐户", HOUSEHOLDS, effect.households)
    shown = Listing("逐户", HOUSEHOLDS, effect.households[:first])
    notes = _notes(sides)
    data = {
        "decides": False,
        "sides": [side_record(side) for side in sides],
        "notes": notes,
        "counted": effect.counted,
        "tendencies": effect.tendencies,
        "things": things.records,
        "households": every.records,
    }
    before, after = sides
    heading = f"从　{side_words(before)}\n到　{side_words(after)}"
    show(
        data,
        heading,
        *notes,
        *pictures((things, shown)),
        *_rest(len(effect.households) - first),
        _summary(effect),
        *([f"已写出：{workbook}"] if workbook else []),
        ONLY_A_TRIAL,
        as_json=as_json,
    )


def _rest(count: int) -> list[str]:
    more = "--first 多列，--json 或者 --workbook 全部列出"
    return [f"还有 {count} 户没有列出：{more}。"] if count > 0 else []


def _summary(effect: Effect) -> str:
    found = effect.tendencies
    return (
        f"共 {effect.counted} 户：只有利的 {found[Tendency.BETTER]} 户，"
        f"只不利的 {found[Tendency.WORSE]} 户，有得有失或者说不清的 {found[Tendency.MIXED]} 户，"
        f"不变的 {found[Tendency.NONE]} 户。"
    )
