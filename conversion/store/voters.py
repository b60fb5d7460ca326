"""The rolls of a village's meetings: who may come, and who came."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from conversion.domain.meeting import Voter
from conversion.store.database import Session
from conversion.store.office_tables import VOTERS


def put_roll(session: Session, programme: str, roll: Sequence[Voter]) -> None:
    """Set the roll of a meeting anew; an empty one sets nothing."""
    for meeting in {voter.meeting for voter in roll}:
        session.execute(
            delete(VOTERS).where(VOTERS.c.programme == programme, VOTERS.c.meeting == meeting)
        )
    rows = [{"programme": programme, **voter.model_dump()} for voter in roll]
    if rows:
        session.execute(insert(VOTERS), rows)


def roll_of(session: Session, programme: str, meeting: str) -> tuple[Voter, ...]:
    """The roll of a meeting, by case and member."""
    columns = [VOTERS.c[name] for name in Voter.model_fields]
    query = (
        select(*columns)
        .where(VOTERS.c.programme == programme, VOTERS.c.meeting == meeting)
        .order_by(VOTERS.c.chain, VOTERS.c.member)
    )
    return tuple(Voter.model_validate(dict(row)) for row in session.execute(query).mappings())
