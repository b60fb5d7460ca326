"""What no law forbids and hardly any office does; and what is nothing but examples."""

from collections.abc import Iterator

from conversion.policy.draft import Draft, places
from conversion.policy.pack_fault import PackFault

_LEAST_NOTICE = 7


def unusual_figures(draft: Draft) -> Iterator[PackFault]:
    """Lists that hang for less than a week."""
    for marked, name, parameter in draft.dated_parameters():
        for day, dated in parameter.values.items() if name.startswith("notice.") else ():
            days = dated.value.get("days") if isinstance(dated.value, dict) else None
            if isinstance(days, int) and days < _LEAST_NOTICE:
                sentence = f"只公示{days}天，通行的不少于{_LEAST_NOTICE}天，例如 {{days: 7}}"
                where = ("parameters", name, "values", day.isoformat(), "value", "days")
                yield marked.fault(where, sentence)


def all_illustrative(draft: Draft) -> Iterator[PackFault]:
    """A part of a file in which every figure is still an example."""
    for marked in draft.marked.values():
        found = dict(places(marked.value))
        sources = [path[:-1] for path in found if path[-1:] == ("reference",)]
        for part in dict.fromkeys(path[0] for path in sources):
            marks = [
                found.get((*path, "illustrative")) is True for path in sources if path[0] == part
            ]
            if len(marks) > 1 and all(marks):
                sentence = (
                    f"{part} 里 {len(marks)} 处全是示例，取得文件后改正，并删除 illustrative: true"
                )
                yield marked.fault((part,), sentence)
