"""The life of papers: losses, voidings, printings, pre-printed booklets, and printers."""

from collections.abc import Sequence

from sqlalchemy.schema import SchemaItem

from conversion.store.migrations.vocabulary import day, flag, reference, table, text, texts, whole

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables."""
    _of_case(
        "losses",
        text("number", 60),
        day("declared_on"),
        whole("days", above=0),
        flag("working_days"),
        day("last_day"),
        text("place", 200),
        text("outcome", 9, codes=("open", "found", "contested", "reissued")),
        day("ended_on", nullable=True),
    )
    for owned, prefix in ((_of_case, ""), (_of_programme, "programme_")):
        owned(f"{prefix}voidings", *_voiding())
        owned(f"{prefix}printings", *_printing())
    _of_programme(
        "booklets",
        text("serial", 10),
        text("kind", 40),
        text("prefix", 10),
        whole("first", least=0),
        whole("last", least=0),
        whole("width", above=0),
        day("received_on"),
        text("supplier", 200),
    )
    _of_programme(
        "spoiled",
        text("booklet", 20),
        day("spoiled_on"),
        text("reason", 200),
        text("witness", 40),
    )
    table("printers", text("name", 40), whole("right"), whole("down"), key=("name",))


def _voiding() -> Sequence[Sequence[SchemaItem]]:
    return (
        text("number", 60),
        day("proposed_on"),
        texts("proposers"),
        text("reason", 200),
        flag("anew"),
        text("outcome", 7, codes=("open", "granted", "refused")),
        day("decided_on", nullable=True),
    )


def _printing() -> Sequence[Sequence[SchemaItem]]:
    return (
        text("number", 60),
        whole("serial", least=1),
        day("printed_on"),
        text("printer", 40),
        whole("copies", above=0),
        text("reason", 200),
        text("booklet", 20),
        flag("is_original"),
        text("file_sha256", 64),
    )


def _of_case(name: str, *columns: Sequence[SchemaItem]) -> None:
    owner = reference("chain", 60, "cases.number")
    table(name, owner, text("row_key", 140), *columns, key=("chain", "row_key"))


def _of_programme(name: str, *columns: Sequence[SchemaItem]) -> None:
    owner = reference("chain", 40, "programmes.code")
    table(name, owner, text("row_key", 140), *columns, key=("chain", "row_key"))
