"""The files of a pack's folder, each with its one shape."""

import datetime as dt
from collections.abc import Mapping

from pydantic import Field

from conversion.policy.ground import Ground
from conversion.policy.pack import Department, Document, Window
from conversion.policy.pack_part import Id, PackPart, Sourced, Text
from conversion.policy.parameter import Parameter
from conversion.policy.row import BenefitRow, EntitlementRow
from conversion.policy.share_scheme import ShareScheme
from conversion.policy.worked_example import Example


class PackFile(PackPart):
    """`pack.yaml`: whose pack it is, what it rests on, who countersigns and where to go.

    Attributes:
        until: the last day on which it decides; successor: the pack that decides from then on.
    """

    id: Id
    title: Text
    office: Text
    since: dt.date
    until: dt.date | None = None
    successor: Id | None = None
    note: str = Field(default="", max_length=2000)
    documents: dict[Id, Document] = Field(min_length=1)
    departments: tuple[Department, ...] = Field(min_length=1)
    windows: dict[Id, Window] = Field(min_length=1)


class ParametersFile(PackPart):
    """`parameters.yaml`."""

    parameters: dict[str, Parameter]


class ClausesFile(PackPart):
    """`clauses.yaml`: rule of a step → first day → what the requirement rests on from then on."""

    clauses: dict[str, dict[dt.date, Sourced]]


class MembershipFile(PackPart):
    """`membership.yaml`."""

    grounds: tuple[Ground, ...] = Field(min_length=1)


class SharesFile(PackPart):
    """`shares.yaml`: the plans that a village may vote on, the office's own first."""

    plans: tuple[ShareScheme, ...] = Field(min_length=1, max_length=9)


class BenefitsFile(PackPart):
    """`benefits.yaml`."""

    benefits: tuple[BenefitRow, ...]


class EntitlementsFile(PackPart):
    """`entitlements.yaml`."""

    entitlements: tuple[EntitlementRow, ...]


class ExamplesFile(PackPart):
    """`examples/*.yaml`."""

    examples: tuple[Example, ...]


FILES: Mapping[str, type[PackPart]] = {
    "pack.yaml": PackFile,
    "parameters.yaml": ParametersFile,
    "clauses.yaml": ClausesFile,
    "membership.yaml": MembershipFile,
    "shares.yaml": SharesFile,
    "benefits.yaml": BenefitsFile,
    "entitlements.yaml": EntitlementsFile,
}
"""Every file a pack must have, with its shape."""

EXAMPLES, PARAMETERS = "examples/", "parameters/"
"""Folders of a pack that may hold any number of files more; parameters, in place of their file."""


def shape_of_file(name: str) -> type[PackPart]:
    """The shape of a file of a pack, by its path within the folder."""
    return FILES.get(name) or (ParametersFile if name.startswith(PARAMETERS) else ExamplesFile)
