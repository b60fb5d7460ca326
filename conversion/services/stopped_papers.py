"""Papers that a hold stops: a number drawn before it stays pending until the hold has ended."""

from collections.abc import Iterable, Sequence

from conversion.documents.batch import Failure
from conversion.domain.hold import Hold
from conversion.errors import DocumentRefused
from conversion.services.office import Office
from conversion.store.database import Session
from conversion.store.holds import Line, hold_lines
from conversion.store.papers import PaperLine
from conversion.workflows.definition import issuing_acts
from conversion.workflows.hold_reach import REACHES


def stopped(
    session: Session, office: Office, programme: str, lines: Sequence[PaperLine]
) -> list[Failure]:
    """The papers whose step a hold on their chain, or on the whole village, stops today."""
    holds = [line for line in hold_lines(session, programme) if line.row.is_in_force]
    over = ((line, _over(line, holds, office, programme)) for line in lines)
    return [_refused(line.number, hold) for line, hold in over if hold]


def _over(
    paper: PaperLine, holds: Iterable[Line[Hold]], office: Office, programme: str
) -> Hold | None:
    acts = issuing_acts(paper.kind, office.definition)
    here = (line.row for line in holds if line.chain in {programme, paper.chain})
    return next((hold for hold in here if any(hold.blocks_act(*act) for act in acts)), None)


def _refused(number: str, hold: Hold) -> Failure:
    found = f"{hold.kind.label} {hold.serial}（{hold.authority}{hold.order}）有效，文书停发"
    remedy = f"由{REACHES[hold.kind].lifted_by}解除，登记后再制成"
    return Failure(number=number, error=DocumentRefused(f"印制文书{number}", found, remedy))
