"""`conversion policy side-by-side`: one household under two packs, as a worked example."""

from collections.abc import Iterable, Iterator
from typing import Annotated, TypeAlias

import typer
from rich.console import RenderableType

from conversion.cli.contrast import CHANGES
from conversion.cli.listing import Listing
from conversion.cli.output import JsonOption, show, table
from conversion.errors import NotFound, PackInvalid
from conversion.policy.contrast import LineChange, Turn, end_words
from conversion.policy.loading import load_packs
from conversion.policy.location import packs_folder
from conversion.policy.prospect import ProspectLine
from conversion.policy.side_by_side import (
    SideBySide,
    SideBySideResult,
    read_side_by_side,
    run_side_by_side,
)

Row: TypeAlias = tuple[str, str, str, str, str]
"""Chapter, title, members, and both sides in words."""

_NOTHING = "—"


def side_by_side(
    name: Annotated[str, typer.Argument(metavar="[名称]", help="名称里的几个字；不写时全部")] = "",
    *,
    differing: Annotated[bool, typer.Option("--differing", help="只列两个政策包不同的")] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="写成文档 docs/side-by-side.md 的样子")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """What both packs give the household; exit code 1 when an expectation isn't met."""
    results = side_by_side_results(name)
    if markdown:
        typer.echo(page(results), nl=False)
    else:
        _show(results, differing=differing, as_json=as_json)
    if any(result.shortfalls for result in results):
        raise typer.Exit(1)


def side_by_side_results(name: str = "") -> list[SideBySideResult]:
    """The examples with these words in their name, run against the packs.

    Raises:
        NotFound: there is no such example.
        PackInvalid: one of the examples or packs has faults.
    """
    folder = packs_folder()
    examples, faults = read_side_by_side(folder)
    if faults:
        found = "\n".join(["有以下错误", *map(str, faults)])
        raise PackInvalid("读取对照示例", found, "逐条改正后重新检查")
    chosen = [example for example in examples if name in example.name]
    if not chosen:
        known = "；".join(example.name for example in examples)
        raise NotFound(f"查找对照示例 {name}", "没有这样的示例", f"从中选择：{known}")
    packs = load_packs(folder)
    return [run_side_by_side(example, packs) for example in chosen]


def page(results: Iterable[SideBySideResult]) -> str:
    """The examples as a page of the documentation."""
    return "\n".join((*_HEADING, *(line for result in results for line in _section(result))))


_HEADING = (
    "# Side by side",
    "",
    "The same household on the same day under two policy packs: what each gives it. The examples",
    "lie in `policies/side-by-side/` and run with `conversion policy check`; this page is what",
    "`conversion policy side-by-side --markdown` prints.",
)


def _section(result: SideBySideResult) -> Iterator[str]:
    yield from ("", f"## {result.example.name}", "")
    yield f"{result.example.day}；份额按全村其他户的权重 {_weights(result.example)} 计算。"
    yield ""
    titles = [f"{pack.pack.title}（{pack.day}）" for pack in result.packs]
    yield f"| {' | '.join(('部分', '事项', '成员', *titles))} |"
    yield "|---|---|---|---|---|"
    yield from (f"| {' | '.join(row)} |" for row in rows(result.lines))
    yield ""


def _weights(example: SideBySide) -> str:
    return "、".join(f"{name} {weight}" for name, weight in example.others.items())


def rows(lines: Iterable[LineChange]) -> Iterator[Row]:
    """Lines for people; members for whom a thing reads the same share a row."""
    alike: dict[tuple[object, ...], list[LineChange]] = {}
    for change in lines:
        alike.setdefault((*change.line.place[:2], *_sides(change)), []).append(change)
    for same in alike.values():
        change = same[0]
        who = "、".join(one.line.member for one in same) or "全户"
        yield (change.line.chapter.label, _title(change), who, *_sides(change))


def _title(change: LineChange) -> str:
    """The thing's name; both names where the packs call it differently."""
    sides = (side.title for side in (change.before, change.after) if side)
    return " / ".join(dict.fromkeys(sides))


def _sides(change: LineChange) -> tuple[str, str]:
    return _words(change.before), _words(change.after)


def _words(line: ProspectLine | None) -> str:
    if line is None:
        return _NOTHING
    amount = "" if line.amount is None else line.measure.said(line.amount)
    told = "，".join(filter(None, (line.result, amount, end_words(line))))
    return told + ("（示例）" if line.illustrative else "")


def _show(results: Iterable[SideBySideResult], *, differing: bool, as_json: bool) -> None:
    shown = [
        (result, [c for c in result.lines if not differing or c.turn is not Turn.SAME])
        for result in results
    ]
    pictures = (part for result, lines in shown for part in _pictures(result, lines))
    show([_record(result, lines) for result, lines in shown], *pictures, as_json=as_json)


def _pictures(result: SideBySideResult, lines: list[LineChange]) -> Iterator[RenderableType]:
    columns = ("部分", "事项", "成员", *(pack.pack.id for pack in result.packs))
    yield table(columns, rows(lines), title=result.example.name)
    yield from result.shortfalls


def _record(result: SideBySideResult, lines: list[LineChange]) -> dict[str, object]:
    return {
        "name": result.example.name,
        "day": result.example.day,
        "packs": [{"id": pack.pack.id, "day": pack.day} for pack in result.packs],
        "lines": Listing("", CHANGES, lines).records,
        "shortfalls": result.shortfalls,
    }
