"""Print run 印制任务: papers given to the workers to be made, and what became of each."""

from enum import StrEnum

from sqlmodel import Field, SQLModel


class Made(StrEnum):
    """How far a paper of a print run is."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The state's Chinese name."""
        return {"waiting": "待办", "done": "办成", "failed": "未办成"}[self]


class PrintRun(SQLModel):
    """Papers given to the workers at once.

    Attributes:
        serial: `P0001`, order within the programme.
        account: who issues; folder: where the papers shall lie, the same for every worker.
        ordered_at: seconds since 1970 UTC.
        attempt: how many times it was given to the workers.
    """

    programme: str = Field(max_length=40)
    serial: str = Field(max_length=10)
    account: str = Field(max_length=60)
    folder: str
    ordered_at: int = Field(ge=0)
    attempt: int = Field(default=1, ge=1)


class PrintRunPaper(SQLModel):
    """One paper of a print run. Whether it is made, its own row says.

    Attributes:
        number: the paper's; chain: of the case, or the programme's code.
        place: its place in the run, from 1.
        reason: why it was not made, empty while that was not tried.
        pages: of the page as made, 0 before; done_at: seconds since 1970 UTC.
    """

    number: str = Field(max_length=60)
    chain: str = Field(max_length=60)
    place: int = Field(ge=1)
    reason: str = ""
    pages: int = Field(default=0, ge=0)
    done_at: int | None = Field(default=None, ge=0)
