"""Parts of a pack that do nothing: nobody refers to them, or they can never apply."""

import datetime as dt
from collections.abc import Iterator

from conversion.policy.condition import Condition
from conversion.policy.draft import Draft, places
from conversion.policy.ground import Effect
from conversion.policy.pack import Document
from conversion.policy.pack_fault import PackFault
from conversion.policy.row import PolicyRow


def unused(draft: Draft) -> Iterator[PackFault]:
    """Documents that nothing cites, windows that no row sends to, departments without a task."""
    marked, head = draft.marked["pack.yaml"], draft.pack
    for document in _uncited(draft):
        sentence = f"没有一处引用“{document}”，删除，或者写到 reference: {{document: {document}}}"
        yield marked.fault(("documents", document), sentence)
    sent_to = {row.window for _, _, _, row in draft.rows()}
    for window in (window for window in head.windows if window not in sent_to):
        sentence = f"没有一行待遇或权益到“{window}”办理，删除，或者写 window: {window}"
        yield marked.fault(("windows", window), sentence)
    yield from _idle_departments(draft)


def _uncited(draft: Draft) -> Iterator[str]:
    """Documents that no reference cites and no text of the pack names."""
    found = [each for data in draft.marked.values() for each in places(data.value)]
    cited = {value for path, value in found if path[-2:] == ("reference", "document")}
    texts = (text for path, text in found if isinstance(text, str) and path[0] != "documents")
    spoken = "\n".join(texts)
    for name, document in draft.pack.documents.items():
        if name not in cited and not any(called in spoken for called in _called(document)):
            yield name


def _called(document: Document) -> Iterator[str]:
    """How a text names a document: by its number, or by its title, which for a law may be short."""
    yield f"《{document.title}》"
    yield f"《{document.title.removeprefix('中华人民共和国')}》"
    if document.number:
        yield document.number


def _idle_departments(draft: Draft) -> Iterator[PackFault]:
    busy = {row.department for _, _, _, row in draft.rows()}
    for place, department in enumerate(draft.pack.departments):
        if department.name not in busy and not department.countersigns:
            sentence = (
                f"“{department.name}”不会签，也没有待遇和权益，删除，或者写 countersigns: true"
            )
            yield draft.marked["pack.yaml"].fault(("departments", place), sentence)


def rows_for_nobody(draft: Draft) -> Iterator[PackFault]:
    """Conditions that nobody can fulfil, and rows that begin after the pack ends."""
    until = draft.pack.until
    for file, top, place, row in draft.rows():
        marked = draft.marked[file]
        for number, condition in enumerate(row.when):
            if _is_empty(condition):
                sentence = (
                    f"没有人既满{condition.age_at_least}岁又不满{condition.age_below}岁，"
                    "例如 {age_at_least: 16, age_below: 60}"
                )
                yield marked.fault((top, place, "when", number), sentence)
        if row.effective and until and row.effective > until:
            sentence = f"{row.effective}起施行，政策包到{until}为止，删除这一行，或者改正日期"
            yield marked.fault((top, place, "effective"), sentence)
        if (last := _fixed_end(row)) and last < (row.effective or draft.pack.since):
            sentence = f"到{last}为止，那时还没有施行，例如 until: {{years: 5}}"
            yield marked.fault((top, place, "until"), sentence)


def _is_empty(condition: Condition) -> bool:
    least, below = condition.age_at_least, condition.age_below
    return least is not None and below is not None and least >= below


def _fixed_end(row: PolicyRow) -> dt.date | None:
    return row.until.date if row.until else None


def dead_values(draft: Draft) -> Iterator[PackFault]:
    """Values and clauses for days on which the pack doesn't decide."""
    since, until = draft.pack.since, draft.pack.until
    for marked, path, dated in draft.dated():
        days = list(dated)
        for day, following in zip(days, [*days[1:], None], strict=True):
            if until and day > until:
                sentence = f"政策包到{until}为止，{day}起的不会用到，删除，或者写进接替的政策包"
                yield marked.fault((*path, day.isoformat()), sentence)
            elif following and following <= since:
                sentence = f"政策包从{since}起适用，{following}以前的不会用到，删除"
                yield marked.fault((*path, day.isoformat()), sentence)


def unfounded_grounds(draft: Draft) -> Iterator[PackFault]:
    """Grounds that nothing can establish."""
    for place, ground in enumerate(draft.membership.grounds):
        ways = (ground.finding, ground.hukou_kind, ground.has_land, ground.flag)
        if ground.effect is not Effect.PROTECT and not any(ways):
            sentence = (
                "没有什么能使它成立，例如 finding: born_here，或者 hukou_kind: [agricultural]"
            )
            yield draft.marked["membership.yaml"].fault(("grounds", place), sentence)
