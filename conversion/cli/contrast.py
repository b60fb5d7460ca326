"""Changed lines of two prospects, for people and for programs."""

from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from conversion.cli.listing import Column
from conversion.domain.household import Member
from conversion.policy.contrast import LineChange, Tendency, end_words
from conversion.policy.prospect import ProspectChapter, ProspectLine
from conversion.services.village_trial import Side
from conversion.standards.chinese_date import format_day

_STYLES = {Tendency.BETTER: "green", Tendency.WORSE: "red", Tendency.MIXED: "yellow"}


def _side(line: ProspectLine | None) -> dict[str, object] | None:
    if line is None:
        return None
    return {
        "result": line.result,
        "favours": line.favours,
        "amount": line.amount,
        "said": None if line.amount is None else line.measure.said(line.amount),
        "since": line.since,
        "until": line.until,
        "until_event": line.until_event,
        "since_age": line.since_age,
        "until_age": line.until_age,
        "reason": line.reason,
        "illustrative": line.illustrative,
    }


CHANGES: tuple[Column[LineChange], ...] = (
    Column("chapter", "部分", lambda c: c.line.chapter),
    Column("key", "编号", lambda c: c.line.key),
    Column("member", "成员", lambda c: c.line.member),
    Column("title", "名称", lambda c: c.line.title),
    Column("turn", "变化", lambda c: c.turn),
    Column("tendency", "对本户", lambda c: c.tendency),
    Column("words", "怎样变", lambda c: c.words),
    Column("before", "现状", lambda c: _side(c.before)),
    Column("after", "假设", lambda c: _side(c.after)),
)


def side_words(side: Side) -> str:
    """Whose rules, which plan and which day."""
    return f"{side.pack.pack.title}，{side.plan.title}，{format_day(side.day)}"


def side_record(side: Side) -> dict[str, object]:
    """The same for a program."""
    pack = side.pack.pack
    return {
        "pack": pack.id,
        "sha256": pack.sha256,
        "pack_day": side.pack.day,
        "plan": side.plan.id,
        "day": side.day,
        "afresh": side.afresh,
    }


def told(changes: Iterable[LineChange], people: Mapping[str, Member]) -> Iterator[Text]:
    """The changes as paragraphs; those that only start on another day are told together."""
    moved: dict[tuple[str, ...], list[str]] = {}
    for change in changes:
        if change.moves_only:
            moved.setdefault(change.words, []).append(change.line.title)
        else:
            yield from _paragraph(change, people)
    for words, titles in moved.items():
        yield Text(f"其余不变，只是{'；'.join(words)}的{len(titles)}项：")
        yield Text(f"  {'、'.join(dict.fromkeys(titles))}。")


def _paragraph(change: LineChange, people: Mapping[str, Member]) -> Iterator[Text]:
    """What it is, what changes, and both sides' reasons."""
    line = change.line
    who = f"{line.member} {people[line.member].name}" if line.member in people else "全户"
    head = f"【{change.turn.label}】{line.chapter.label}　{line.title}　{who}"
    yield Text(head, style=_STYLES.get(change.tendency, ""))
    if change.words:
        yield Text(f"  {'；'.join(change.words)}。")
    for name, side in (("现状", change.before), ("假设", change.after)):
        if side:
            yield Text(f"  {name}：{in_words(side)}")


def in_words(line: ProspectLine) -> str:
    """A line in a sentence or two, with its reason and whether it is an example."""
    amount = "" if line.amount is None else line.measure.said(line.amount)
    if line.chapter is ProspectChapter.BENEFIT:  # its reason says how long, and what is an example
        return f"{amount + '。' if amount else ''}{line.reason}"
    parts = "，".join(filter(None, (line.result, amount, end_words(line))))
    return f"{parts}{'（示例）' if line.illustrative else ''}。{line.reason}"
