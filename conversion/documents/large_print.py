"""大字版: a paper again in large type for those who read with difficulty, from the same facts.

It is a copy to read (无障碍环境建设法 29), has no number of its own and replaces nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from conversion.documents.entitlement_statement import ENTITLEMENT_STATEMENT
from conversion.documents.kind import HouseholdKind

LARGE: Final[Mapping[str, HouseholdKind]] = {
    ENTITLEMENT_STATEMENT.id: replace(
        ENTITLEMENT_STATEMENT,
        title="权益告知单（大字版）",
        template="entitlement_statement_large.html",
        version="2",
        signers=(),
        copies=("农户",),
    ),
}
"""Kind of paper → the same in large type."""
