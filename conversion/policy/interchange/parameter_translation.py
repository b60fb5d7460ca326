"""A pack's own parameters, written as a folder of OpenFisca's parameter files.

`parameters/notice/members.yaml` is `notice.members`. A value of several parts is a node with a
parameter for each part; a decimal is a portion. The result is the data that `parameters.yaml`
would have, with the lines of the file they really stand in, so that every check is the same.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import cast

from pydantic import ValidationError

from conversion.domain.standing import Json
from conversion.policy.interchange.parameter_tree import (
    Exact,
    ParameterTree,
    TreeParameter,
    TreeValue,
    read_tree,
)
from conversion.policy.marked_yaml import MarkedData
from conversion.policy.pack_fault import DataPath, PackFault
from conversion.policy.parameter_shape import shape_of

_Parts = Sequence[tuple[tuple[str, ...], TreeParameter]]
"""The parts of one parameter: where each stands in the value, and its values over time."""


def translated(
    marked: MarkedData, name: str, documents: Json
) -> tuple[MarkedData, tuple[PackFault, ...]]:
    """A parameter file's data as `parameters.yaml` would have them, and what is wrong in it.

    Args:
        marked: the file, read with its decimals.
        name: what its place in the folder says.
        documents: of `pack.yaml`, on which references rest.
    """
    work = _Translation(marked=marked, tree=read_tree(marked, name), documents=documents)
    value: dict[str, Json] = {base: work.parameter(base, parts) for base, parts in work.parts()}
    data = MarkedData(file=marked.file, value={"parameters": value}, lines=work.lines)
    return data, (*work.tree.faults, *work.faults)


@dataclass(slots=True)
class _Translation:
    """One file on its way from a tree to the pack's own shape."""

    marked: MarkedData
    tree: ParameterTree
    documents: Json
    lines: dict[DataPath, int] = field(default_factory=dict)
    faults: list[PackFault] = field(default_factory=list)

    def parts(self) -> Iterator[tuple[str, _Parts]]:
        """Each parameter that a rule knows, with its parts."""
        found: dict[str, list[tuple[tuple[str, ...], TreeParameter]]] = {}
        for name, parameter in self.tree.parameters.items():
            base = _known(name)
            rest = name.removeprefix(base).removeprefix(".")
            found.setdefault(base, []).append((tuple(rest.split(".")) if rest else (), parameter))
        return iter(found.items())

    def parameter(self, base: str, parts: _Parts) -> Json:
        """One parameter: its title and its values."""
        node = self.tree.nodes.get(base)
        self.lines["parameters", base] = self.marked.line(node.path if node else ())
        told: dict[str, Json] = {}
        for theirs, ours in (("description", "title"), ("unit", "unit")):
            if node and theirs in node.about:
                told[ours] = node.about[theirs]
        days = sorted({day for _, parameter in parts for day in parameter.values})
        return told | {"values": {day.isoformat(): self._value(base, parts, day) for day in days}}

    def _value(self, base: str, parts: _Parts, day: dt.date) -> Json:
        here: DataPath = ("parameters", base, "values", day.isoformat())
        starting = [(part.values[day], part) for _, part in parts if day in part.values]
        self.lines[here] = self.marked.line(starting[0][0].path)
        told: dict[str, Json] = {"value": self._composed(here, parts, day)}
        if any(value.about.get("illustrative") is True for value, _ in starting):
            told["illustrative"] = True
        if reference := self._reference(base, starting, day):
            told["reference"] = reference
        return told

    def _composed(self, here: DataPath, parts: _Parts, day: dt.date) -> Json:
        whole: dict[str, Json] = {}
        for place, parameter in parts:
            since = parameter.since(day)
            if since is None:
                continue
            value = parameter.values[since]
            self.lines[*here, "value", *place] = self.marked.line(value.path)
            if not place:
                plain = _plain(value.value)
                return {} if plain == [] and _is_of_parts(str(here[1])) else plain
            inner = whole
            for key in place[:-1]:
                inner = cast("dict[str, Json]", inner.setdefault(key, {}))
            inner[place[-1]] = _plain(value.value)
        return whole

    def _reference(
        self, base: str, starting: list[tuple[TreeValue, TreeParameter]], day: dt.date
    ) -> Json:
        node = self.tree.nodes.get(base)
        above = node.about.get("reference") if node else None
        each = [v.about.get("reference") or p.about.get("reference") or above for v, p in starting]
        told, path = [one for one in each if one], starting[0][0].path
        if any(one != told[0] for one in told):
            self._refuse(path, "同一天各部分的依据应当相同，例如各写 reference: {document: …}")
        if not told:
            return None
        first = told[0]
        return self._cited(first[0] if isinstance(first, list) else first, day, path)

    def _cited(self, told: Json, day: dt.date, path: DataPath) -> Json:
        cited = told if isinstance(told, dict) else {"title": told, "href": told}
        document = cited.get("document") or self._document(cited, day)
        if document is None:
            sentence = "依据不是 pack.yaml 里的文件，写它的编号、名称或网址，例如 {document: …}"
            self._refuse(path, sentence)
            return None
        return {"document": document} | {k: cited[k] for k in ("article",) if k in cited}

    def _document(self, cited: Mapping[str, Json], day: dt.date) -> str | None:
        """The document of that address or title; of several texts the one of the day."""
        known = cast("dict[str, dict[str, Json]]", self.documents or {})
        for key in ("href", "title"):
            wanted = cited.get(key)
            same = [i for i, d in known.items() if wanted and d.get(key) == wanted]
            of_the_day = [i for i in same if _in_force(known[i], day)]
            if of_the_day or same:
                return (of_the_day or same)[0]
        return None

    def _refuse(self, path: DataPath, sentence: str) -> None:
        self.faults.append(self.marked.fault(path, sentence))


def _known(name: str) -> str:
    """The parameter that a name is, or is a part of; the name itself when no rule knows any."""
    parts = name.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((known for known in names if shape_of(known)), name)


def _is_of_parts(name: str) -> bool:
    """Whether a value has parts, and may have none; a folder writes that as an empty list."""
    shape = shape_of(name)
    try:
        return shape is not None and shape.validate_python({}) == {}
    except ValidationError:
        return False


def _in_force(document: Mapping[str, Json], day: dt.date) -> bool:
    since, until = str(document.get("since") or ""), str(document.get("until") or "9999-12-31")
    return since <= day.isoformat() <= until


def _plain(value: Exact) -> Json:
    if isinstance(value, Fraction) and value.denominator != 1:
        return [value.numerator, value.denominator]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return cast("Json", value)
