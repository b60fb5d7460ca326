"""A pack on its way in: every file parsed, nothing proven across files yet."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A pack's files.

    Attributes:
        folder: name of the folder.
        marked: file → its data with lines, for messages.
    """

    folder: str
    marked: Mapping[str, MarkedData]
    pack: PackFile
    parameters: ParametersFile
    clauses: ClausesFile
    membership: MembershipFile
    shares: SharesFile
    benefits: BenefitsFile
    entitlements: EntitlementsFile
    examples: tuple[ExamplesFile, ...]


def places(value: Json, path: DataPath = ()) -> Iterator[tuple[DataPath, Json]]:
    """Every value within a value, with its path, outermost first."""
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    if isinstance(value, list):
        for place, inner in enumerate(value):
            yield from places(inner, (*path, place))
