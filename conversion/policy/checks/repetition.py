"""What a pack says twice."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from conversion.policy.draft import Draft
from conversion.policy.pack_fault import PackFault
from conversion.policy.row import PolicyRow


def repeated_rows(draft: Draft) -> Iterator[PackFault]:
    """Two rows of one file with the same title, or for the same people who draw the same."""
    for (file, top, _, first), (other, _, place, second) in combinations(draft.rows(), 2):
        if file != other:
            continue
        marked = draft.marked[file]
        if first.title == second.title:
            sentence = f"名称与“{first.id}”相同，合并成一行，或者改名，例如 {first.title}（老年人）"
            yield marked.fault((top, place, "title"), sentence)
        elif _is_the_same(first, second):
            sentence = f"与“{first.id}”给同样的人，花名册上的名称也相同，合并，或者写 exclusive"
            yield marked.fault((top, place), sentence)


def _is_the_same(first: PolicyRow, second: PolicyRow) -> bool:
    """Whether both are for the same people at the same time, under the same names in the roster."""
    if second.after or not first.drawn_as:
        return False
    fields = ("category", "scope", "when", "drawn_as", "effective")
    return all(getattr(first, name) == getattr(second, name) for name in fields)


def unchanged_values(draft: Draft) -> Iterator[PackFault]:
    """A dated value or clause that says what was said before."""
    for marked, path, dated in draft.dated():
        for (earlier, before), (later, after) in pairwise(dated.items()):
            if before == after:
                sentence = f"与{earlier}的完全相同，删除这一项，{earlier}的一直有效"
                yield marked.fault((*path, later.isoformat()), sentence)
