"""What must hold across a pack's files. A check returns faults; `CHECKS` is the registry."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from conversion.policy.checks.dated_check import (
    check_bodies,
    check_clauses,
    check_law_in_force,
    check_needed,
    check_parameters,
)
from conversion.policy.checks.example_check import check_examples
from conversion.policy.checks.ground_check import check_grounds
from conversion.policy.checks.land_condition import demands_land
from conversion.policy.checks.lawful_check import LAWFUL_CHECKS
from conversion.policy.checks.plan_check import check_plans
from conversion.policy.draft import Draft, places
from conversion.policy.marked_yaml import MarkedData
from conversion.policy.pack import Document
from conversion.policy.pack_fault import PackFault
from conversion.policy.row import BenefitRow, Scope


def check_folder(draft: Draft) -> Iterator[PackFault]:
    """The pack's id is the folder's name."""
    if draft.pack.id != draft.folder:
        sentence = f"id 应当与文件夹同名，例如 id: {draft.folder}"
        yield draft.marked["pack.yaml"].fault(("id",), sentence)


def check_succession(draft: Draft) -> Iterator[PackFault]:
    """A pack that ends names another that goes on; one without an end names none."""
    head, marked = draft.pack, draft.marked["pack.yaml"]
    if head.until and head.until < head.since:
        sentence = f"until 应当不早于 since，例如 until: {head.since}"
        yield marked.fault(("until",), sentence)
    if (head.successor is not None) != (head.until is not None):
        sentence = "until 和 successor 一起写，例如 until: 2025-04-30 和 successor: cn-2025"
        yield marked.fault(("successor" if head.successor else "until",), sentence)
    if head.successor == head.id:
        yield marked.fault(("successor",), "successor 应当是另一个政策包，例如 cn-2025")


def check_documents(draft: Draft) -> Iterator[PackFault]:
    """Every reference names a document of the pack; on a title alone only examples rest."""
    for marked in draft.marked.values():
        yield from misreferred(marked, draft.pack.documents)


def misreferred(marked: MarkedData, documents: Mapping[str, Document]) -> Iterator[PackFault]:
    """References of one file that name no document, or take a mere title for a source."""
    found = dict(places(marked.value))
    for path, value in found.items():
        if path[-2:] != ("reference", "document"):
            continue
        document = documents.get(str(value))
        if document is None:
            known = "、".join(sorted(documents)[:3])
            yield marked.fault(path, f"pack.yaml 没有文件“{value}”，例如 {known}")
        elif not document.text_known and found.get((*path[:-2], "illustrative")) is not True:
            sentence = "该文件只知题名，据此写的内容须标明示例：illustrative: true"
            yield marked.fault(path, sentence)


def check_ids(draft: Draft) -> Iterator[PackFault]:
    """No id is used twice."""
    grounds = [ground.code for ground in draft.membership.grounds]
    benefits = [row.id for row in draft.benefits.benefits]
    lines = [row.id for row in draft.entitlements.entitlements]
    yield from _repeated(draft, "membership.yaml", "grounds", "code", grounds)
    yield from _repeated(draft, "benefits.yaml", "benefits", "id", benefits)
    yield from _repeated(draft, "entitlements.yaml", "entitlements", "id", lines, *benefits)


def _repeated(
    draft: Draft, file: str, top: str, key: str, ids: Sequence[str], *taken: str
) -> Iterator[PackFault]:
    for place, found in enumerate(ids):
        if found in ids[:place] or found in taken:
            sentence = f"编号“{found}”已经用过，换一个，例如 {found}_2"
            yield draft.marked[file].fault((top, place, key), sentence)


def check_counters(draft: Draft) -> Iterator[PackFault]:
    """Every row goes to a window and a department of the pack."""
    departments = [department.name for department in draft.pack.departments]
    for file, top, place, row in draft.rows():
        marked = draft.marked[file]
        if row.window not in draft.pack.windows:
            known = next(iter(draft.pack.windows))
            sentence = f"pack.yaml 没有窗口“{row.window}”，例如 {known}"
            yield marked.fault((top, place, "window"), sentence)
        if row.department not in departments:
            sentence = f"pack.yaml 没有部门“{row.department}”，例如 {departments[0]}"
            yield marked.fault((top, place, "department"), sentence)


def check_departments(draft: Draft) -> Iterator[PackFault]:
    """A name, borne now or before, is that of one department."""
    marked, taken = draft.marked["pack.yaml"], set[str]()
    for place, department in enumerate(draft.pack.departments):
        names = (department.name, *department.formerly)
        for found in names:
            if found in taken:
                sentence = f"部门名称“{found}”已经用过，每个名称（包括旧名）只归一个部门"
                yield marked.fault(("departments", place), f"{sentence}，例如 formerly: [卫生局]")
            taken.add(found)


def check_conditions(draft: Draft) -> Iterator[PackFault]:
    """A row that asks what is drawn says under which names."""
    for file, top, place, row in draft.rows():
        if any(c.draws is not None for c in row.when) and not row.drawn_as:
            sentence = "用了 draws 就要写 drawn_as，例如 drawn_as: [农村低保]"
            yield draft.marked[file].fault((top, place, "when"), sentence)


_COUNTED_FOR: Mapping[str, Scope] = {
    "per_mu": Scope.HOUSEHOLD,
    "standard_less_income": Scope.HOUSEHOLD,
    "per_year_of_service": Scope.PERSON,
}
"""Kind of amount → whose it must be: land and income are the household's, service is a person's."""


def check_amounts(draft: Draft) -> Iterator[PackFault]:
    """An amount is counted by what its holder has; what is drawn is drawn under some name."""
    marked = draft.marked["benefits.yaml"]
    for place, row in enumerate(draft.benefits.benefits):
        if row.amount is None:
            continue
        kind, here = row.amount.kind, ("benefits", place, "amount")
        if _COUNTED_FOR.get(kind, row.scope) is not row.scope:
            example = "例如改写 {fixed: 5000, per: month}"
            sentence = f"{kind} 只用于 scope: {_COUNTED_FOR[kind]}，{example}"
            yield marked.fault((*here, kind), sentence)
        if kind == "drawn" and not row.drawn_as:
            sentence = "金额写 drawn 就要写 drawn_as，例如 drawn_as: [农村低保]"
            yield marked.fault((*here, kind), sentence)


def check_successors(draft: Draft) -> Iterator[PackFault]:
    """A row that follows another leaves neither gap nor overlap."""
    marked, earlier = draft.marked["benefits.yaml"], dict[str, BenefitRow]()
    for place, row in enumerate(draft.benefits.benefits):
        before = earlier.get(row.after or "")
        if row.after and not (before and before.until and before.until.is_dated):
            sentence = "after 应当是写在前面、终点为日期的一项，例如 after: rural_medical"
            yield marked.fault(("benefits", place, "after"), sentence)
        elif before and not _is_for_the_same(before, row):
            same = "scope、when、drawn_as、effective 应当与它相同，例如照抄它的 when"
            sentence = f"与“{before.id}”衔接的一项，{same}"
            yield marked.fault(("benefits", place, "when"), sentence)
        earlier[row.id] = row
    for place, line in enumerate(draft.entitlements.entitlements):
        if line.after:
            sentence = "权益不写 after，写 from，例如 from: approval"
            yield draft.marked["entitlements.yaml"].fault(
                ("entitlements", place, "after"), sentence
            )


def _is_for_the_same(before: BenefitRow, row: BenefitRow) -> bool:
    same = (before.scope, before.when, before.drawn_as, before.effective)
    return same == (row.scope, row.when, row.drawn_as, row.effective)


def check_exclusive_groups(draft: Draft) -> Iterator[PackFault]:
    """In an exclusive group each row but the first follows the one before it."""
    last: dict[str, str] = {}
    for place, row in enumerate(draft.benefits.benefits):
        if row.exclusive is None:
            continue
        if row.after != last.get(row.exclusive):
            group = f"“{row.exclusive}”组内只能享受一种，各项应当前后衔接"
            example = f"after: {last.get(row.exclusive, '…')}"
            sentence = (
                f"{group}，例如 {example}" if row.exclusive in last else f"{group}，第一项写 from"
            )
            yield draft.marked["benefits.yaml"].fault(("benefits", place, "exclusive"), sentence)
        last[row.exclusive] = row.id


def check_land(draft: Draft) -> Iterator[PackFault]:
    """Giving up contracted land or a homestead is nobody's condition."""
    for file, marked in draft.marked.items():
        if file.startswith("examples/"):
            continue
        for path, value in places(marked.value):
            if isinstance(value, str) and demands_land(value):
                sentence = (
                    "不得以交回承包地、退出宅基地作为条件（农村土地承包法），删除这一条件，"
                    "例如 承包地不收回，照旧耕种。"
                )
                yield marked.fault(path, sentence)


CHECKS: tuple[Callable[[Draft], Iterator[PackFault]], ...] = (
    check_folder,
    check_succession,
    check_documents,
    check_parameters,
    check_needed,
    check_bodies,
    check_clauses,
    check_law_in_force,
    check_ids,
    check_departments,
    check_counters,
    check_conditions,
    check_amounts,
    check_successors,
    check_exclusive_groups,
    check_land,
    check_grounds,
    check_plans,
    check_examples,
    *LAWFUL_CHECKS,
)
