"""`conversion case why`: what led to each result of a decision, read from the sealed history."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Annotated

import typer
from rich.text import Text

from conversion.cli.opening import chosen_chain, open_office
from conversion.cli.output import JsonOption, show
from conversion.domain.standing import Json
from conversion.errors import NotFound
from conversion.policy.decision import ParameterUse, Reference, TraceLine
from conversion.services.why import Why, people_in, sealed_decisions
from conversion.standards.chinese_date import format_day
from conversion.workflows.definition import act_title

ERASED = "决定的理由已依法删除，记录中只留有结论。"
NOT_AGAIN = "以上按作出决定时封存的记录列出，没有重新计算。"


def why(
    number: Annotated[
        str, typer.Argument(metavar="案件", help="案件编号、户号，或项目代码（村的表决等）")
    ],
    act: Annotated[
        str, typer.Argument(metavar="[步骤]", help="例如 shares.allocate；不写时每个步骤最近一次的")
    ] = "",
    *,
    line: Annotated[
        str, typer.Option("--line", metavar="文字", help="只看编号或名称里有这些文字的")
    ] = "",
    seq: Annotated[
        int | None, typer.Option("--seq", min=1, metavar="序号", help="只看第几条记录的决定")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="供审计：事实、参数及其依据、政策包、记录的摘要")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """The decisions' lines, as they were sealed; nothing is computed again."""
    with open_office() as office:
        chain = chosen_chain(office, number)
        found = sealed_decisions(office, chain, act=act, seq=seq)
        people = people_in(office, chain)
    if not found:
        remedy = f"用 conversion case timeline {number} 查看办过的步骤"
        raise NotFound(f"查看 {chain} {act} 的决定", "没有这样的决定", remedy)
    pictures = (part for one in found for part in _told(one, line, people, full=full))
    data = [_record(one, line) for one in found]
    show({"chain": chain, "decisions": data}, *pictures, NOT_AGAIN, as_json=as_json)


def _told(one: Why, words: str, people: Mapping[str, str], *, full: bool) -> Iterator[Text]:
    entry, decision = one.entry, one.decision
    answer = "同意" if decision.granted else "不同意"
    yield Text(f"{act_title(entry.act)}（{entry.act}）　{one.day}　{answer}", style="bold")
    if not one.is_intact:
        yield Text("  本条记录的内容与记录时的摘要不符，已被改动：请停止办理，交审计人员。", "red")
    if not decision.is_whole:
        yield Text(f"  {ERASED}")
    if not decision.lines:
        yield from (Text(f"  {reason}") for reason in decision.reasons)
    for line in decision.lines_on(words):
        yield from _line(line, people)
        if full:
            yield from _proof(line, decision.uses(line))
    if full:
        yield from _entry(one)


def _line(line: TraceLine, people: Mapping[str, str]) -> Iterator[Text]:
    example = "（示例）" if line.illustrative else ""
    whose = "".join(f"（{s} {people[s]}）" for s in line.key.split("/") if s in people)
    yield Text(f"  {line.title}{whose}：{line.result}{example}", style="cyan")
    yield from (Text(f"    {sentence}") for sentence in line.because)
    if line.formula:
        yield Text(f"    算法：{line.formula.words}")
        yield Text(f"    {line.formula.numbers}")


def _proof(line: TraceLine, uses: tuple[ParameterUse, ...]) -> Iterator[Text]:
    """What an auditor asks of a line: facts, values with their sources, places in the law."""
    yield Text(f"    编号：{line.key}", style="dim")
    for fact in line.facts:
        yield Text(f"    事实：{fact.title}（{fact.name}）＝ {_words(fact.value)}", style="dim")
    yield from (Text(f"    {_use(use)}", style="dim") for use in uses)
    yield from (Text(f"    依据：{_place(place)}", style="dim") for place in line.references)


def _entry(one: Why) -> Iterator[Text]:
    entry, decision = one.entry, one.decision
    for use in decision.parameters if not decision.lines else ():
        yield Text(f"    {_use(use)}", style="dim")
    for place in decision.references if not decision.lines else ():
        yield Text(f"    依据：{_place(place)}", style="dim")
    if entry.policy:
        yield Text(f"  政策包：{entry.policy.pack}　SHA-256 {entry.policy.sha256}", style="dim")
    roles, principal = "、".join(entry.roles), entry.data.get("on_behalf")
    stood_in = f"，代 {principal}" if principal else ""
    yield Text(f"  决定人：{one.actor_name}（{entry.actor}，{roles}{stood_in}）", style="dim")
    yield Text(
        f"  记录：{entry.chain} 第 {entry.seq} 条　{entry.at:%Y-%m-%dT%H:%M:%SZ}"
        f"　SHA-256 {one.entry_sha256}",
        style="dim",
    )


def _use(use: ParameterUse) -> str:
    example = "，示例" if use.illustrative else ""
    since = format_day(use.since)
    told = f"{use.title}（{use.name}）＝ {_words(use.value)}"
    return f"参数：{told}，自{since}，{_place(use.reference)}{example}"


def _place(place: Reference) -> str:
    return f"{place} {place.href}".rstrip()


def _words(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _record(one: Why, words: str) -> Mapping[str, object]:
    entry, decision = one.entry, one.decision
    return {
        "act": entry.act,
        "title": act_title(entry.act),
        "day": one.day,
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "actor_name": one.actor_name,
        "roles": entry.roles,
        "pack": asdict(entry.policy) if entry.policy else None,
        "entry_sha256": one.entry_sha256,
        "intact": one.is_intact,
        "rule": decision.rule,
        "granted": decision.granted,
        "reasons": decision.reasons,
        "facts": decision.facts,
        "parameters": [use.trace() for use in decision.parameters],
        "references": [place.trace() for place in decision.references],
        "lines": [line.trace() for line in decision.lines_on(words)],
    }
