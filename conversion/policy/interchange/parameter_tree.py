"""Parameters as OpenFisca writes them: a tree of names, values from days on, sources beside them.

A file is a parameter (`values`), a scale (`brackets`), or a node that holds more of them; its place
in the folder is its place in the tree. A decimal is an exact fraction. `null` ends a parameter,
`expected` only says that a value will change.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from conversion.domain.standing import Json
from conversion.policy.decision import Reference
from conversion.policy.exact_number import exact_number
from conversion.policy.marked_yaml import MarkedData
from conversion.policy.pack_fault import DataPath, PackFault
from conversion.policy.parameter import start_in_force

Scalar: TypeAlias = int | Fraction | str | bool | None
Exact: TypeAlias = "Scalar | tuple[Exact, ...]"
"""What a parameter's value can be."""

_ABOUT = frozenset({"description", "documentation", "metadata", "reference", "unit", "label"})
_SCALE = frozenset({"threshold", "rate", "amount", "average_rate", "base"})
_EXPECTED = "expected"


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeValue:
    """A value from one day on.

    Attributes:
        path: where it stands in its file.
        about: its `metadata`, and what of it stands beside them.
    """

    value: Exact
    path: DataPath
    about: Mapping[str, Json] = field(default_factory=dict)

    @property
    def references(self) -> tuple[Reference, ...]:
        """On what the value rests, as far as the file says."""
        return references_in(self.about.get("reference"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeParameter:
    """One parameter of a tree.

    Attributes:
        name: its place, e.g. `benefits.basic_income` or `taxes.scale[0].rate`.
        values: first day → value, oldest first.
        expected: days on which the value will change to one that isn't known.
    """

    name: str
    about: Mapping[str, Json]
    values: Mapping[dt.date, TreeValue]
    expected: tuple[dt.date, ...] = ()

    @property
    def references(self) -> tuple[Reference, ...]:
        """On what all its values rest."""
        return references_in(self.about.get("reference"))

    def since(self, day: dt.date) -> dt.date | None:
        """The first day of the value in force on a day; None when none is."""
        start = start_in_force(self.values, day)
        return None if start is None or self.values[start].value is None else start


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeNode:
    """A place in a tree, what is said of it, and where in its file."""

    about: Mapping[str, Json]
    path: DataPath


@dataclass(slots=True)
class ParameterTree:
    """What one file or folder of parameters holds; `nodes` has a place for each parameter too."""

    parameters: dict[str, TreeParameter] = field(default_factory=dict)
    nodes: dict[str, TreeNode] = field(default_factory=dict)
    faults: list[PackFault] = field(default_factory=list)


def references_in(told: Json) -> tuple[Reference, ...]:
    """References in any of the ways they are written: an address, a title, both, or a list.

    >>> references_in({"title": "某法", "href": "https://law.example"})
    (Reference(title='某法', article='', href='https://law.example'),)
    """
    match told:
        case str() if told:
            return (Reference(title=told, href=told if "://" in told else ""),)
        case dict() if title := told.get("title") or told.get("href"):
            article, href = str(told.get("article", "")), str(told.get("href", ""))
            return (Reference(title=str(title), article=article, href=href),)
        case list():
            return tuple(reference for one in told for reference in references_in(one))
        case _:
            return ()


def read_tree(marked: MarkedData, name: str) -> ParameterTree:
    """What a file holds, under the name that its place in the folder gives it."""
    reading = _Reading(marked=marked)
    reading.node(marked.value, (), name)
    return reading.tree


@dataclass(slots=True)
class _Reading:
    """One file on its way into a tree."""

    marked: MarkedData
    tree: ParameterTree = field(default_factory=ParameterTree)

    def node(self, value: Json, path: DataPath, name: str) -> None:
        """What stands at a place: a parameter, a scale, or names with more below them."""
        if not isinstance(value, dict) or not value:
            self._refuse(path, "应当是参数或者下一级的名称，例如 values: {2015-12-01: 0.15}")
            return
        self.tree.nodes[name] = TreeNode(about=_about(value), path=path)
        if "values" in value:
            self._known(value, path, {"values"})
            self._parameter(value["values"], (*path, "values"), name, _about(value))
        elif "brackets" in value:
            self._known(value, path, {"brackets"})
            self._scale(value["brackets"], (*path, "brackets"), name, _about(value))
        elif not any(_day(key) for key in value):
            for key in (key for key in value if key not in _ABOUT):
                self.node(value[key], (*path, key), f"{name}.{key}" if name else key)
        else:
            self._parameter(value, path, name, {})

    def _scale(self, value: Json, path: DataPath, name: str, about: Mapping[str, Json]) -> None:
        if not isinstance(value, list):
            self._refuse(path, "应当是列表，例如 - threshold: {2017-01-01: 0}")
            return
        for place, bracket in enumerate(value):
            here = (*path, place)
            self._known(bracket, here, _SCALE)
            parts = bracket.items() if isinstance(bracket, dict) else ()
            for part, told in ((p, t) for p, t in parts if p in _SCALE):
                values = told.get("values", told) if isinstance(told, dict) else told
                self._parameter(values, (*here, part), f"{name}[{place}].{part}", about)

    def _parameter(self, value: Json, path: DataPath, name: str, about: Mapping[str, Json]) -> None:
        if not isinstance(value, dict) or not value:
            self._refuse(path, "应当按日期写值，例如 2015-12-01: 0.15")
            return
        values, expected = dict[dt.date, TreeValue](), list[dt.date]()
        for key, told in value.items():
            day = _day(key)
            if day is None:
                self._refuse((*path, key), f"“{key}”不是日期，日期写成 2015-12-01")
            elif told == _EXPECTED or (isinstance(told, dict) and _EXPECTED in told):
                expected.append(day)
            else:
                values[day] = self._value(told, (*path, key))
        self.tree.parameters[name] = TreeParameter(
            name=name,
            about=about,
            values=dict(sorted(values.items())),
            expected=tuple(sorted(expected)),
        )

    def _value(self, told: Json, path: DataPath) -> TreeValue:
        if not isinstance(told, dict):
            return TreeValue(value=self._exact(told, path), path=path)
        if "value" not in told:
            self._refuse(path, "缺少“value”，例如 value: 0.15")
        self._known(told, path, {"value"})
        value = self._exact(told.get("value"), (*path, "value"))
        return TreeValue(value=value, path=path, about=_about(told))

    def _exact(self, value: Json, path: DataPath) -> Exact:
        if isinstance(value, dict):
            self._refuse(path, "值应当是数、文字、true、false 或列表，例如 value: 0.15")
            return None
        if isinstance(value, list):
            return tuple(self._exact(one, (*path, place)) for place, one in enumerate(value))
        return exact_number(str(value)) if path in self.marked.decimals else value

    def _known(self, value: Json, path: DataPath, keys: "set[str] | frozenset[str]") -> None:
        for key in sorted(value.keys() - keys - _ABOUT) if isinstance(value, dict) else ():
            self._refuse((*path, key), f"不认识的键“{key}”，这里只有 {'、'.join(sorted(keys))}")

    def _refuse(self, path: DataPath, sentence: str) -> None:
        self.tree.faults.append(self.marked.fault(path, sentence))


def _about(value: Mapping[str, Json]) -> dict[str, Json]:
    metadata = value.get("metadata")
    told: dict[str, Json] = {key: value[key] for key in sorted(_ABOUT & value.keys())}
    told.pop("metadata", None)
    return told | (metadata if isinstance(metadata, dict) else {})


def _day(key: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(key)
    except ValueError:
        return None
