"""What must hold of a pack's dated parts: parameters and clauses, each in force on its days."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import pairwise

from conversion.policy.draft import Draft
from conversion.policy.marked_yaml import MarkedData
from conversion.policy.model_fault import validated
from conversion.policy.pack import Document
from conversion.policy.pack_fault import DataPath, PackFault
from conversion.policy.parameter import Parameter
from conversion.policy.parameter_shape import NAMES, NEEDED, VOTED, Body, shape_of
from conversion.policy.step_rule import STEP_RULES


def check_parameters(draft: Draft) -> Iterator[PackFault]:
    """Every parameter is one that a rule knows, its values fit, its days stand in order."""
    seen: set[str] = set()
    for marked, name, parameter in draft.dated_parameters():
        here, shape = ("parameters", name), shape_of(name)
        if name in seen:
            yield marked.fault(here, f"参数“{name}”在别的文件里已经写过，删除其中一个")
        seen.add(name)
        if shape is None:
            near = get_close_matches(name, NAMES, n=1) or ["notice.members"]
            yield marked.fault(here, f"没有规则使用参数“{name}”，例如 {near[0]}")
            continue
        yield from _disordered(marked, (*here, "values"), parameter.values)
        for day, dated in parameter.values.items():
            where = (*here, "values", day.isoformat(), "value")
            yield from validated(shape, marked, where, dated.value)[1]


def check_needed(draft: Draft) -> Iterator[PackFault]:
    """What the rules look up is there from the pack's first day on, before a case has to stop."""
    since, known = draft.pack.since, {n: (m, p) for m, n, p in draft.dated_parameters()}
    for name in (name for name in NEEDED if name not in known):
        dated = f"{{{since}: {{value: …, reference: …}}}}"
        sentence = f"缺少参数“{name}”，例如 {name}: {{title: …, values: {dated}}}"
        yield draft.marked[min(draft.parameters)].fault(("parameters",), sentence)
    for name, (marked, parameter) in known.items():
        if name in NEEDED and (first := min(parameter.values)) > since:
            sentence = f"政策包从{since}起适用，这一项也应当从这一天写起，例如 {since}: {{…}}"
            yield marked.fault(("parameters", name, "values", first.isoformat()), sentence)


def check_bodies(draft: Draft) -> Iterator[PackFault]:
    """On every day some meeting can decide each matter that cases wait for."""
    known = {name: (marked, p) for marked, name, p in draft.dated_parameters()}
    since, until = draft.pack.since, draft.pack.until
    for matter, title in VOTED.items():
        days = {since} | {
            day
            for body in Body
            for kind in ("quorum", "barred")
            if (found := known.get(f"{kind}.{body}.{matter}"))
            for day in found[1].values
            if since <= day <= (until or day)
        }
        without = (day for day in sorted(days) if not any(_able(known, matter, day)))
        if day := next(without, None):
            rule = "{present_min: …, pass_min: …, base: all, notice_days: 10}"
            example = f"quorum.{Body.MEMBERS}.{matter}: {{values: {{{day}: {{value: {rule}}}}}}}"
            sentence = f"从{day}起没有一个会议可以表决{title}（{matter}），例如 {example}"
            yield draft.marked[min(draft.parameters)].fault(("parameters",), sentence)


def _able(
    known: Mapping[str, tuple[MarkedData, Parameter]], matter: str, day: dt.date
) -> Iterator[bool]:
    """For each body, whether it may decide a matter on a day."""
    for body in Body:
        rule, bar = (known.get(f"{kind}.{body}.{matter}") for kind in ("quorum", "barred"))
        yield bool(rule and rule[1].since(day)) and not (bar and bar[1].since(day))


def check_clauses(draft: Draft) -> Iterator[PackFault]:
    """Every rule of a step has a clause from the pack's first day on, and nothing else has one."""
    marked, clauses, since = draft.marked["clauses.yaml"], draft.clauses.clauses, draft.pack.since
    for rule in sorted(STEP_RULES - clauses.keys()):
        sentence = f"缺少步骤要求“{rule}”的依据，例如 {rule}: {{{since}: {{reference: …}}}}"
        yield marked.fault(("clauses",), sentence)
    for rule, dated in clauses.items():
        here = ("clauses", rule)
        if rule not in STEP_RULES:
            yield marked.fault(here, f"没有步骤要求“{rule}”，例如 four_eyes")
        if not dated or min(dated) > since:
            sentence = f"政策包从{since}起适用，依据也应当从这一天写起，例如 {since}: {{…}}"
            yield marked.fault(here, sentence)
        yield from _disordered(marked, here, dated)


def _disordered(marked: MarkedData, path: DataPath, days: Iterable[dt.date]) -> Iterator[PackFault]:
    for earlier, later in pairwise(days):
        if later <= earlier:
            sentence = f"日期应当从早到晚，{later}写在{earlier}之后，例如先写 {later}"
            yield marked.fault((*path, later.isoformat()), sentence)


def check_law_in_force(draft: Draft) -> Iterator[PackFault]:
    """A law's value or clause stands only for days on which the law is in force."""
    for marked, path, dated in draft.dated():
        ends = (*(later - dt.timedelta(days=1) for later in [*dated][1:]), draft.pack.until)
        for (start, source), end in zip(dated.items(), ends, strict=True):
            document = draft.pack.documents.get(source.reference.document)
            if document and not _covers(document, start, end):
                term = f"{document.since or ''}至{document.until or '今'}"
                sentence = f"《{document.title}》{term}有效，其余日子另写当日有效的依据"
                yield marked.fault((*path, start.isoformat(), "reference", "document"), sentence)


def _covers(document: Document, start: dt.date, end: dt.date | None) -> bool:
    begins = document.since is None or document.since <= start
    return begins and (document.until is None or (end is not None and end <= document.until))
