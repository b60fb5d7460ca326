"""What a case carries: a table for each kind of its rows."""

from collections.abc import Sequence

from sqlalchemy.schema import SchemaItem

from conversion.store.migrations.vocabulary import (
    day,
    flag,
    indexes,
    reference,
    table,
    text,
    texts,
    unique,
    whole,
)

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables."""
    _create_household_rows()
    _create_track_rows()
    _create_procedure_rows()


def _create_household_rows() -> None:
    rows_of_case(
        "household",
        text("number", 20, least=1),
        text("group", 40),
        text("address", 200),
        text("phone", 40),
        text("remark", 2000),
    )
    rows_of_case(
        "members",
        text("serial", 3, least=2),
        text("name", 100, least=1),
        text("relation", 2),
        text(
            "sex",
            1,
            codes=(
                "0",
                "1",
                "2",
                "9",
            ),
        ),
        text("resident_number", 18),
        day("birth_date"),
        text("ethnicity", 2),
        text("marital_status", 2),
        text(
            "hukou_kind",
            16,
            codes=(
                "agricultural",
                "non_agricultural",
                "resident",
            ),
        ),
        text("flag", 1),
        texts("traits"),
        whole("farming_months", least=0),
        text("phone", 40),
        text("remark", 2000),
    )
    indexes("members", "resident_number")
    rows_of_case(
        "drawn",
        text("serial"),
        text("member"),
        text("item", 100, least=1),
        day("since", nullable=True),
        whole("monthly", least=0, nullable=True),
        text("basis", 200),
    )
    rows_of_case(
        "parcels",
        text("serial", 4, least=2),
        text(
            "kind",
            12,
            codes=(
                "contracted",
                "homestead",
                "private_plot",
                "construction",
            ),
        ),
        text("code", 28),
        text("name", 100),
        whole("contract_area", least=0, nullable=True),
        whole("measured_area", least=0, nullable=True),
        whole("site_area", least=0, nullable=True),
        text("east", 100),
        text("south", 100),
        text("west", 100),
        text("north", 100),
        text("contract_number", 40),
        text("certificate_number", 40),
        text("acquisition", 40),
        texts("joint_households"),
        text("remark", 2000),
    )


def _create_track_rows() -> None:
    rows_of_case(
        "memberships",
        text("member"),
        text(
            "standing",
            13,
            codes=(
                "proposed",
                "not_proposed",
                "confirmed",
                "not_confirmed",
                "disputed",
            ),
        ),
        texts("grounds"),
        text("reason", 1000),
    )
    rows_of_case(
        "registrations",
        text("member"),
        text(
            "result",
            12,
            codes=(
                "registered",
                "refused",
                "not_required",
                "excepted",
            ),
        ),
        day("day", nullable=True),
        text("receipt", 60),
        text("before", 60),
        text("after", 60),
        text("reason", 1000),
    )
    rows_of_case("shares", text("member"), text("share_class", 40), whole("units", least=0))
    rows_of_case(
        "land",
        text("parcel"),
        text("right", 40),
        whole("area", least=0),
        texts("holders"),
        day("surveyed_on", nullable=True),
        day("confirmed_on", nullable=True),
        text("registration", 60),
        day("registered_on", nullable=True),
    )
    rows_of_case(
        "benefits",
        text("item", 60),
        text("title", 100),
        text("member"),
        text(
            "disposition",
            9,
            codes=(
                "kept",
                "dual",
                "to_switch",
                "switched",
                "for_life",
                "ended",
                "gained",
            ),
        ),
        whole("monthly", least=0, nullable=True),
        day("since"),
        day("until", nullable=True),
        text("until_event", 200),
        text("then", 300),
        text("basis", 300),
        text("reason", 1000),
        flag("illustrative"),
        text("window", 100),
    )
    rows_of_case(
        "entitlements",
        text("item", 60),
        text("title", 200),
        text("category", 40),
        text(
            "side",
            6,
            codes=(
                "kept",
                "gained",
            ),
        ),
        text("member"),
        text("basis", 300),
        day("since", nullable=True),
        day("until", nullable=True),
        text("until_event", 200),
        text("reason", 1000),
        text("duty", 300),
        text("department", 60),
        text("window", 100),
        flag("illustrative"),
        text(
            "status",
            14,
            codes=(
                "mapped",
                "dispatched",
                "acknowledged",
                "settled",
                "not_applicable",
            ),
        ),
        text("receipt", 60),
    )


def _create_procedure_rows() -> None:
    rows_of_case(
        "notices",
        text("serial"),
        text("level", 20),
        text("kind", 20),
        text("title", 200),
        day("posted_on"),
        day("last_day"),
        whole("days", above=0),
        flag("working_days"),
        text("place", 200),
        text("content_sha256", 64),
        day("closed_on", nullable=True),
    )
    rows_of_case(
        "objections",
        text("serial"),
        text("level", 20),
        day("raised_on"),
        text("raised_by", 100),
        text("subject", 1000),
        text(
            "state",
            9,
            codes=(
                "open",
                "upheld",
                "dismissed",
            ),
        ),
        day("settled_on", nullable=True),
        text("reply", 2000),
    )
    rows_of_case(
        "countersignatures",
        text("department", 60),
        day("signed_on"),
        text("signed_by", 100),
        text("opinion", 500),
    )
    rows_of_case(
        "papers",
        text("number", 60),
        text("kind", 40),
        text("template", 64),
        day("prepared_on"),
        text("facts_sha256", 64),
        text(
            "status",
            7,
            codes=(
                "pending",
                "issued",
                "void",
            ),
        ),
        text("file_sha256", 64),
        unique("uq_papers_number", "number"),
    )


def rows_of_case(name: str, *columns: Sequence[SchemaItem]) -> None:
    """Create the table of one collection of a case."""
    chain = reference("chain", 60, "cases.number")
    table(name, chain, text("row_key", 140), *columns, key=("chain", "row_key"))
