"""Changes of households at the window: previewed, proposed, approved, dropped, undone, listed."""

from dataclasses import dataclass

from conversion.domain.household_change import ChangeState, HouseholdChange
from conversion.errors import WrongUse
from conversion.services.desk import open_desk
from conversion.services.filing import Filing
from conversion.services.office import Office
from conversion.store.chains import case_numbers, load_case, load_cases
from conversion.workflows.changes.difference import lines
from conversion.workflows.changes.kind import Kind
from conversion.workflows.changes.kinds import BY_EVENT, KINDS
from conversion.workflows.changes.planning import planned
from conversion.workflows.engine import Evaluation
from conversion.workflows.household import HOUSEHOLD
from conversion.workflows.step import CaseCircumstances


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A change looked at before it is proposed.

    Attributes:
        evaluation: every requirement of the proposal.
        difference: what would change, a line each; empty where it can't be told yet.
    """

    evaluation: Evaluation[CaseCircumstances]
    difference: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """A change as a line of a list."""

    case: str
    household_number: str
    change: HouseholdChange


def kind_of(event: str) -> Kind:
    """The kind of change of this event.

    Raises:
        WrongUse: there is none.
    """
    if event not in BY_EVENT:
        known = "、".join(f"{kind.event}（{kind.title}）" for kind in KINDS)
        raise WrongUse(f"办理户内变更 {event}", "没有这种变更", f"从中选择：{known}")
    return BY_EVENT[event]


def preview(office: Office, event: str, account: str, filing: Filing) -> Preview:
    """What a change would do, and every requirement of its proposal; nothing is written.

    Raises:
        NotFound, WrongUse: the case, the person or the kind does not exist.
    """
    kind, act = kind_of(event), f"{HOUSEHOLD.name}.{event}"
    with office.database.reading() as session:
        case = load_case(session, filing.number)
        desk = open_desk(
            session,
            office,
            account,
            case.programme,
            act=act,
            numbers=[case.number],
            channel="explain",
        )
        evaluation = desk.evaluate(act, case, filing)
    if evaluation.decision is None or evaluation.circumstances.form is None:
        return Preview(evaluation=evaluation, difference=())
    found = planned(evaluation.circumstances, kind, evaluation.circumstances.form)
    return Preview(evaluation=evaluation, difference=tuple(lines(found)))


def listed(office: Office, programme: str, *, state: ChangeState | None = None) -> list[ChangeLine]:
    """All changes of a village's households, or those in one state, by case."""
    with office.database.reading() as session:
        states = {HOUSEHOLD.name: "pending"} if state is ChangeState.PENDING else {}
        cases = load_cases(session, case_numbers(session, programme, states=states))
    return [
        ChangeLine(case=case.number, household_number=case.household.number, change=change)
        for case in cases
        for change in case.changes.values()
        if state in {None, change.state}
    ]
