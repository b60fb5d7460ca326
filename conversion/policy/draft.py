"""A pack on its way in: every file parsed, nothing proven across files yet."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversion.domain.standing import Json
from conversion.policy.marked_yaml import MarkedData
from conversion.policy.pack_fault import DataPath
from conversion.policy.pack_file import (
    BenefitsFile,
    ClausesFile,
    EntitlementsFile,
    ExamplesFile,
    MembershipFile,
    PackFile,
    ParametersFile,
    SharesFile,
)
from conversion.policy.pack_part import Sourced
from conversion.policy.parameter import Parameter
from conversion.policy.row import PolicyRow
from conversion.policy.worked_example import Example


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A pack's files.

    Attributes:
        folder: name of the folder.
        marked: file → its data with lines, for messages.
        parameters, examples: file → its parameters, its examples.
    """

    folder: str
    marked: Mapping[str, MarkedData]
    pack: PackFile
    parameters: Mapping[str, ParametersFile]
    clauses: ClausesFile
    membership: MembershipFile
    shares: SharesFile
    benefits: BenefitsFile
    entitlements: EntitlementsFile
    examples: Mapping[str, ExamplesFile]

    def dated_parameters(self) -> Iterator[tuple[MarkedData, str, Parameter]]:
        """Every parameter, with the file it stands in and its name."""
        for file, part in self.parameters.items():
            for name, parameter in part.parameters.items():
                yield self.marked[file], name, parameter

    def dated(self) -> Iterator[tuple[MarkedData, DataPath, Mapping[dt.date, Sourced]]]:
        """Everything that has a value from days on: parameters, then clauses."""
        for marked, name, parameter in self.dated_parameters():
            yield marked, ("parameters", name, "values"), parameter.values
        for rule, clauses in self.clauses.clauses.items():
            yield self.marked["clauses.yaml"], ("clauses", rule), clauses

    def worked_examples(self) -> Iterator[tuple[MarkedData, DataPath, Example]]:
        """Every worked example, with the file it stands in and its place there."""
        for file, part in self.examples.items():
            for place, example in enumerate(part.examples):
                yield self.marked[file], ("examples", place), example

    def rows(self) -> Iterator[tuple[str, str, int, PolicyRow]]:
        """Every benefit and entitlement row: its file, its key there, its place, itself."""
        for place, benefit in enumerate(self.benefits.benefits):
            yield "benefits.yaml", "benefits", place, benefit
        for place, line in enumerate(self.entitlements.entitlements):
            yield "entitlements.yaml", "entitlements", place, line


def places(value: Json, path: DataPath = ()) -> Iterator[tuple[DataPath, Json]]:
    """Every value within a value, with its path, outermost first."""
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    if isinstance(value, list):
        for place, inner in enumerate(value):
            yield from places(inner, (*path, place))
