"""The difference between two definitions, in sentences that a lawyer can read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from conversion.workflows.procedure import Procedure, Procedures, WrittenStep, WrittenTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One thing that differs in one level.

    Attributes:
        level: its name; title: as people call it.
    """

    level: str
    title: str
    sentence: str


def amendments(old: Procedures, new: Procedures) -> tuple[Amendment, ...]:
    """Everything that differs, level by level, in the order of the procedures."""
    titles = {level.name: level.title for level in (*old.levels, *new.levels)}
    return tuple(
        Amendment(level=name, title=title, sentence=sentence)
        for name, title in titles.items()
        for sentence in _level(old.level(name), new.level(name))
    )


def _level(was: Procedure | None, now: Procedure | None) -> Iterator[str]:
    if was is None or now is None:
        yield "新增这个事项" if was is None else "取消这个事项"
        return
    if was.title != now.title:
        yield f"名称由“{was.title}”改为“{now.title}”"
    yield from _states(was, now)
    yield from _steps(was, now)


def _states(was: Procedure, now: Procedure) -> Iterator[str]:
    for state, title in was.states.items():
        if state not in now.states:
            yield f"取消状态“{title}”（{state}）"
        elif now.states[state] != title:
            yield f"状态“{title}”（{state}）改称“{now.states[state]}”"
    for state, title in now.states.items():
        if state not in was.states:
            yield f"新增状态“{title}”（{state}）"
    if was.initial != now.initial:
        yield f"起始状态由“{was.title_of(was.initial)}”改为“{now.title_of(now.initial)}”"
    yield from _sets("终结状态", _titles(was, was.final), _titles(now, now.final))
    yield from _sets("可随案办结的状态", _titles(was, was.resting), _titles(now, now.resting))
    yield from _sets("由其他事项带到的状态", _titles(was, was.arrivals), _titles(now, now.arrivals))


def _titles(level: Procedure, states: Iterable[str]) -> dict[str, str]:
    return {state: level.title_of(state) for state in states}


def _steps(was: Procedure, now: Procedure) -> Iterator[str]:
    pairs = _paired(was.steps, now.steps)
    for before, after in pairs:
        if before is None and after is not None:
            yield f"新增步骤“{after.title}”（{after.event}）：{_told(now, after)}"
        elif after is None and before is not None:
            yield f"取消步骤“{before.title}”（{before.event}）：原{_told(was, before)}"
        elif before is not None and after is not None:
            sentences = _step(was, now, before, after)
            yield from (f"步骤“{before.title}”（{before.event}）{s}" for s in sentences)


def _paired(
    was: tuple[WrittenStep, ...], now: tuple[WrittenStep, ...]
) -> Iterator[tuple[WrittenStep | None, WrittenStep | None]]:
    """Steps of the same event together: first those from the same states, then in their order."""
    for event in dict.fromkeys(step.event for step in (*was, *now)):
        left = [step for step in was if step.event == event]
        right = [step for step in now if step.event == event]
        for step in tuple(left):
            same = next((other for other in right if other.source == step.source), None)
            if same:
                left.remove(step)
                right.remove(same)
                yield step, same
        while left or right:
            yield (left.pop(0) if left else None), (right.pop(0) if right else None)


def _told(level: Procedure, step: WrittenStep) -> str:
    return f"由{_list(step.roles.values())}从{_places(level, step.source)}办到{_end(level, step)}"


def _places(level: Procedure, states: Iterable[str]) -> str:
    return "、".join(f"“{level.title_of(state)}”" for state in states)


def _end(level: Procedure, step: WrittenStep) -> str:
    return "原状态（不移动）" if step.target is None else _places(level, [step.target])


def _step(was: Procedure, now: Procedure, before: WrittenStep, after: WrittenStep) -> Iterator[str]:
    if before.title != after.title:
        yield f"改称“{after.title}”"
    if before.source != after.source:
        yield f"起办状态由{_places(was, before.source)}改为{_places(now, after.source)}"
    if before.target != after.target:
        yield f"改为办到{_end(now, after)}，原办到{_end(was, before)}"
    yield from _sets("办理岗位", before.roles, after.roles)
    if before.part != after.part:
        yield f"性质由{_PARTS[before.part]}改为{_PARTS[after.part]}"
    yield from _sets("表单项目", before.form, after.form)
    yield from _obligatory(before, after)
    yield from _sets("材料", before.evidence, after.evidence)
    yield from _sets("要求", before.guards, after.guards)
    yield from _needs(before, after)
    yield from _sets("文书", before.papers, after.papers)
    if _led(before) != _led(after):
        yield "所带动的其他事项或其他户有变化"
    if before.despite_holds != after.despite_holds:
        yield "改为中止期间也可办理" if after.despite_holds else "改为中止期间不得办理"
    if before.several_hands != after.several_hands:
        yield "改为须各方办齐" if after.several_hands else "改为一方办理即可"
    yield from _since_written(before, after)


def _since_written(before: WrittenStep, after: WrittenStep) -> Iterator[str]:
    """What the first definitions didn't say; where one is silent there is nothing to compare."""
    both = before.model_fields_set & after.model_fields_set
    if "for_many" in both and before.for_many != after.for_many:
        yield "改为可以成批办理" if after.for_many else "改为须逐案办理"
    if "term" in both and before.term != after.term:
        yield f"的办理期限由“{_term(before.term)}”改为“{_term(after.term)}”"


def _term(term: WrittenTerm | None) -> str:
    if term is None:
        return "无"
    since = "公示期满" if term.after_notice else "办理之日"
    awaited = "，但不早于村的进度所待之日" if term.milestone else ""
    each = "，各部门分别计算" if term.each_department else ""
    return f"{term.title}，由{'、'.join(term.roles.values())}办理，自{since}起{awaited}{each}"


def _led(step: WrittenStep) -> tuple[object, ...]:
    return step.moves, step.moves_others, step.rewinds, step.rewinds_others, step.restores


_PARTS = {"enter": "经办", "examine": "审核", "approve": "批准", "record": "登记"}


def _sets(what: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    added = [title for id_, title in now.items() if id_ not in was]
    gone = [title for id_, title in was.items() if id_ not in now]
    renamed = [(was[i], now[i]) for i in was if i in now and was[i] != now[i]]
    if added:
        yield f"{what}增加{_list(added)}"
    if gone:
        yield f"{what}减去{_list(gone)}"
    yield from (f"{what}“{old}”改称“{new}”" for old, new in renamed)


def _obligatory(before: WrittenStep, after: WrittenStep) -> Iterator[str]:
    for name in (name for name in before.form if name in after.form):
        if (name in before.optional) != (name in after.optional):
            obligation = "可不填" if name in after.optional else "必填"
            yield f"表单项目“{after.form[name]}”改为{obligation}"


def _needs(before: WrittenStep, after: WrittenStep) -> Iterator[str]:
    for rule in (rule for rule in before.guards if rule in after.guards):
        if before.needs.get(rule) != after.needs.get(rule):
            yield f"要求“{after.guards[rule]}”所看的其他事项的状态有变化"


def _list(titles: Iterable[str]) -> str:
    return "、".join(f"“{title}”" for title in titles)
