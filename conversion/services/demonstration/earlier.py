"""The procedures as they stood when the story begins, and the day on which they are left behind.

The village began under a version in which the list of members hung once. The province then asks
for three lists; the district decides that open cases go over, before any list has hung.
"""

from dataclasses import replace
from typing import Final

from conversion.domain.role import Role
from conversion.errors import ConversionError
from conversion.services.demonstration.stage import Stage
from conversion.services.migration import migrate
from conversion.workflows.definition import DEFINITION, Definition, definition_sha256
from conversion.workflows.migration import MigrationPlan
from conversion.workflows.shares import SHARES
from conversion.workflows.step import CaseCircumstances, Step

_LATER_RULE, _LATER_STEP = "lists_complete", "post_next_list"


def _once(step: Step[CaseCircumstances]) -> Step[CaseCircumstances]:
    return replace(step, guards=tuple(g for g in step.guards if g.rule != _LATER_RULE))


_SHARES = replace(
    SHARES, steps=tuple(_once(step) for step in SHARES.steps if step.event != _LATER_STEP)
)

EARLIER: Final[Definition] = tuple(
    _SHARES if track.name == SHARES.name else track for track in DEFINITION
)
"""Members posted once."""


def go_over(stage: Stage) -> None:
    """Every chain goes over to the procedures of today, on the district's decision.

    Raises:
        ConversionError: a chain can't go over, or the verification found something.
    """
    told = stage.story["procedures"]
    plan = MigrationPlan(
        old=definition_sha256(EARLIER),
        new=definition_sha256(stage.office.definition),
        reason=told["reason"],
        decision=told["decision"],
        decided_by=told["decided_by"],
    )
    account = stage.cast(Role.DISTRICT)[0].account
    migration = migrate(stage.office, stage.code, account, plan)
    for outcome in migration.outcomes:
        if outcome.refusal:
            raise outcome.refusal
    if migration.findings:
        raise ConversionError("演示流程改版", "；".join(migration.findings), "核对历史")
