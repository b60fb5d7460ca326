"""What an office keeps beside the chains: number series, and the plan's allotments."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field, SQLModel

from conversion.domain.batch import Batch, BatchCase
from conversion.domain.meeting import Voter
from conversion.domain.print_run import PrintRun, PrintRunPaper
from conversion.domain.right import ShareLot
from conversion.store.chain_tables import CASE, PROGRAMME
from conversion.store.columns import Stored


class SeriesRow(Stored, table=True):
    """The last number drawn of one kind of paper in one year."""

    __tablename__: ClassVar[str] = "series"

    programme: str = Field(primary_key=True, max_length=40)
    kind: str = Field(primary_key=True, max_length=40)
    year: int = Field(primary_key=True, ge=1)
    last: int = Field(ge=0)


class AllotmentRow(ShareLot, Stored, table=True):
    """What the adopted plan allots to a person in one class.

    Attributes:
        chain: number of the person's case.
    """

    __tablename__: ClassVar[str] = "allotments"

    programme: str = Field(foreign_key=PROGRAMME, index=True, max_length=40)
    chain: str = Field(primary_key=True, foreign_key=CASE, max_length=60)
    member: str = Field(primary_key=True)
    share_class: str = Field(primary_key=True, max_length=40)


class VoterRow(Voter, Stored, table=True):
    """A person on the frozen roll of a meeting, and how the person took part."""

    __tablename__: ClassVar[str] = "voters"

    programme: str = Field(primary_key=True, foreign_key=PROGRAMME, max_length=40)
    meeting: str = Field(primary_key=True, max_length=10)
    chain: str = Field(primary_key=True, foreign_key=CASE, max_length=60)
    member: str = Field(primary_key=True, max_length=3)


class BatchRow(Batch, Stored, table=True):
    """One act, asked for many cases at once."""

    __tablename__: ClassVar[str] = "batches"

    programme: str = Field(primary_key=True, foreign_key=PROGRAMME, max_length=40)
    serial: str = Field(primary_key=True, max_length=10)


class BatchCaseRow(BatchCase, Stored, table=True):
    """One case of a batch, and what became of it."""

    __tablename__: ClassVar[str] = "batch_cases"

    programme: str = Field(primary_key=True, foreign_key=PROGRAMME, max_length=40)
    batch: str = Field(primary_key=True, max_length=10)
    chain: str = Field(primary_key=True, foreign_key=CASE, max_length=60)


class PrintRunRow(PrintRun, Stored, table=True):
    """Papers given to the workers at once."""

    __tablename__: ClassVar[str] = "print_runs"

    programme: str = Field(primary_key=True, foreign_key=PROGRAMME, max_length=40)
    serial: str = Field(primary_key=True, max_length=10)


class PrintRunPaperRow(PrintRunPaper, Stored, table=True):
    """One paper of a print run, and what became of it."""

    __tablename__: ClassVar[str] = "print_run_papers"

    programme: str = Field(primary_key=True, foreign_key=PROGRAMME, max_length=40)
    run: str = Field(primary_key=True, max_length=10)
    number: str = Field(primary_key=True, max_length=60)


class PrinterRow(Stored, table=True):
    """How far a printer has to shift a page so that it meets a pre-printed booklet.

    Attributes:
        name: as the office calls it.
        right, down: tenths of a millimetre, negative to the left and up.
    """

    __tablename__: ClassVar[str] = "printers"

    name: str = Field(primary_key=True, max_length=40)
    right: int
    down: int


class WorkerSlotRow(Stored, table=True):
    """A place at which one worker works at a time.

    Attributes:
        token: of the process that holds it.
        seen_at: its last sign of life, in seconds since 1970 UTC by its own clock.
    """

    __tablename__: ClassVar[str] = "worker_slots"

    slot: str = Field(primary_key=True, max_length=60)
    token: str = Field(max_length=32)
    seen_at: int = Field(ge=0)


class DefinitionRow(Stored, table=True):
    """A definition of the procedures by its content hash; it is written once and never changed.

    Attributes:
        data: its canonical bytes.
        since: the day on which this office first worked by it.
    """

    __tablename__: ClassVar[str] = "definitions"

    sha256: str = Field(primary_key=True, max_length=64, min_length=64)
    data: bytes
    since: date


ALLOTMENTS = SQLModel.metadata.tables["allotments"]
BATCHES = SQLModel.metadata.tables["batches"]
BATCH_CASES = SQLModel.metadata.tables["batch_cases"]
PRINTERS = SQLModel.metadata.tables["printers"]
PRINT_RUNS = SQLModel.metadata.tables["print_runs"]
PRINT_RUN_PAPERS = SQLModel.metadata.tables["print_run_papers"]
VOTERS = SQLModel.metadata.tables["voters"]
WORKER_SLOTS = SQLModel.metadata.tables["worker_slots"]
