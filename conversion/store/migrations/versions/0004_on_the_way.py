"""What happens on the way: holds, overrides, changes, the ledger, meetings, staff, reminders."""

from collections.abc import Sequence

from alembic import op
from sqlalchemy.schema import SchemaItem

from conversion.store.migrations.vocabulary import (
    day,
    flag,
    octets,
    reference,
    remade,
    table,
    text,
    texts,
    unique,
    whole,
)

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables, and widen those whose rows have come to say more."""
    _widen_cases()
    _create_rows_of_case()
    _create_rows_of_programme()
    _widen_rows()
    op.drop_table("staff")  # people belong to a programme and its history from now on
    table(
        "definitions",
        text("sha256", 64, least=64),
        octets("data"),
        day("since"),
        key=("sha256",),
    )
    table(
        "batches",
        reference("programme", 40, "programmes.code"),
        text("serial", 10),
        text("act", 60),
        text("account", 60),
        day("opened_on"),
        text("form"),
        text("evidence"),
        text("cases_sha256", 64),
        whole("attempt", least=0),
        key=("programme", "serial"),
    )
    table(
        "print_runs",
        reference("programme", 40, "programmes.code"),
        text("serial", 10),
        text("account", 60),
        text("folder"),
        whole("ordered_at", least=0),
        whole("attempt", least=1),
        key=("programme", "serial"),
    )
    table(
        "print_run_papers",
        text("chain", 60),
        whole("place", least=1),
        text("reason"),
        whole("pages", least=0),
        whole("done_at", least=0, nullable=True),
        reference("programme", 40, "programmes.code"),
        text("run", 10),
        text("number", 60),
        key=("programme", "run", "number"),
    )
    table(
        "worker_slots",
        text("slot", 60),
        text("token", 32),
        whole("seen_at", least=0),
        key=("slot",),
    )
    table(
        "batch_cases",
        whole("place", least=1),
        text("form"),
        text("state", 7, codes=("waiting", "done", "refused")),
        whole("seq", least=1, nullable=True),
        texts("reasons"),
        reference("programme", 40, "programmes.code"),
        text("batch", 10),
        reference("chain", 60, "cases.number"),
        key=("programme", "batch", "chain"),
    )
    table(
        "voters",
        text("meeting", 10),
        reference("chain", 60, "cases.number"),
        text("member", 3),
        text("attendance", 7, codes=("absent", "present", "proxy")),
        text("proxy", 3),
        reference("programme", 40, "programmes.code"),
        key=("meeting", "chain", "member", "programme"),
    )


def _widen_cases() -> None:
    for level in ("household", "ledger"):
        name = f"{level}_state"
        check = f'CONSTRAINT ck_cases_{name}_length CHECK (length("{name}") >= 1)'
        op.execute(f"ALTER TABLE cases ADD COLUMN {name} VARCHAR(40) {check}")


def _create_rows_of_case() -> None:
    rows_of_case(
        "holds",
        text("serial"),
        text("kind", 10, codes=("court", "discipline", "dispute", "death")),
        texts("blocks"),
        text("authority", 100),
        text("order", 100),
        text("reason", 1000),
        text("member", 3),
        day("since"),
        day("until", nullable=True),
        day("lifted_on", nullable=True),
        text("ending", 100),
    )
    rows_of_case(
        "overrides",
        text("serial"),
        text("act", 60),
        text("rule", 60),
        text("title", 100),
        text("reason", 1000),
        day("requested_on"),
        text("requested_by", 60),
        text("requester_name", 100),
        day("granted_on", nullable=True),
        text("granted_by", 60),
        text("granter_name", 100),
        text("decision", 100),
        day("refused_on", nullable=True),
        day("used_on", nullable=True),
    )
    rows_of_case(
        "changes",
        text("serial"),
        text("kind", 40),
        text("title", 60),
        text("state", 7, codes=("pending", "applied", "dropped", "undone")),
        day("proposed_on"),
        text("proposed_by", 60),
        day("settled_on", nullable=True),
        text("form"),
        text("difference"),
        text("inverse"),
        texts("others"),
    )
    rows_of_case(
        "departed",
        *_person(),
        text("departure", 13, codes=("died", "declared_dead", "moved", "left", "united")),
        day("left_on"),
        text("paper", 200),
        text("went_to", 80),
    )
    rows_of_case(
        "representations",
        text("member"),
        text("kind", 9, codes=("proxy", "guardian", "custodian")),
        text("name", 100, least=1),
        text("serial", 3),
        text("paper", 200),
        day("since"),
        day("until", nullable=True),
    )
    rows_of_case(
        "declarations",
        text("member"),
        whole("service_years", least=0, nullable=True),
        whole("monthly_income", least=0, nullable=True),
        day("declared_on"),
    )
    rows_of_case(
        "reserved",
        text("member"),
        text("share_class", 40),
        whole("units", least=0),
    )
    rows_of_case(
        "transactions",
        text("serial"),
        text(
            "kind",
            12,
            codes=(
                "allocation",
                "inheritance",
                "transfer",
                "gift",
                "redemption",
                "split",
                "cancellation",
                "correction",
                "release",
            ),
        ),
        text("state", 7, codes=("pending", "posted", "dropped")),
        day("proposed_on"),
        day("settled_on", nullable=True),
        text("paper", 200),
        text("legs"),
        text("form"),
    )
    rows_of_case(
        "postings",
        text("serial"),
        text("transaction", 80),
        text(
            "kind",
            12,
            codes=(
                "allocation",
                "inheritance",
                "transfer",
                "gift",
                "redemption",
                "split",
                "cancellation",
                "correction",
                "release",
            ),
        ),
        text("share_class", 40),
        whole("units", above=0),
        text("source", 80),
        text("target", 80),
        day("day"),
        text("paper", 200),
    )
    rows_of_case(
        "encumbrances",
        text("serial"),
        text("kind", 6, codes=("pledge", "freeze")),
        text("member"),
        text("share_class", 40),
        whole("units", above=0),
        flag("covers_shares"),
        flag("covers_dividends"),
        text("holder", 100),
        text("order", 100),
        day("since"),
        day("until", nullable=True),
        day("ended_on", nullable=True),
        text("ending", 100),
    )
    rows_of_case(
        "dividends",
        text("run"),
        text("member"),
        whole("units", least=0),
        whole("amount", least=0),
        whole("held", least=0),
        text("reason", 200),
        day("released_on", nullable=True),
    )
    rows_of_case(
        "reminders",
        text("subject", 100),
        text("title", 200),
        day("due"),
        whole("offset"),
        day("raised_on"),
        texts("roles"),
        flag("escalated"),
    )
    rows_of_case(
        "pins",
        text("sha256", 64),
        day("since"),
    )


def _person() -> list[Sequence[SchemaItem]]:
    return [
        text("serial", 3, least=2),
        text("name", 100, least=1),
        text("relation", 2),
        text("sex", 1, codes=("0", "1", "2", "9")),
        text("resident_number", 18),
        day("birth_date"),
        text("ethnicity", 2),
        text("marital_status", 2),
        text("hukou_kind", 16, codes=("agricultural", "non_agricultural", "resident")),
        text("flag", 1),
        texts("traits"),
        whole("farming_months", least=0),
        text("phone", 40),
        text("remark", 2000),
    ]


def _create_rows_of_programme() -> None:
    rows_of_programme(
        "programme_holds",
        text("serial"),
        text("kind", 10, codes=("court", "discipline", "dispute", "death")),
        texts("blocks"),
        text("authority", 100),
        text("order", 100),
        text("reason", 1000),
        text("member", 3),
        day("since"),
        day("until", nullable=True),
        day("lifted_on", nullable=True),
        text("ending", 100),
    )
    rows_of_programme(
        "meetings",
        text("serial"),
        text("body", 40),
        texts("matters"),
        day("noticed_on"),
        day("planned_on"),
        text("place", 200),
        whole("eligible", least=0),
        text("eligible_sha256", 64),
        day("held_on", nullable=True),
        whole("present", least=0, nullable=True),
        whole("proxies", least=0),
        text("attendance_sha256", 64),
    )
    rows_of_programme(
        "dividend_runs",
        text("serial"),
        whole("year", least=1),
        day("day"),
        whole("net_income", least=0),
        whole("loss_cover", least=0),
        whole("reserve_fund", least=0),
        whole("distributable", least=0),
        whole("units", least=0),
        whole("per_unit", least=0),
        whole("paid", least=0),
        whole("held", least=0),
        whole("residue", least=0),
        whole("reserved", least=0),
    )
    rows_of_programme(
        "programme_papers",
        text("number", 60),
        text("kind", 40),
        text("template", 64),
        day("prepared_on"),
        text("facts_sha256", 64),
        text("status", 10, codes=("pending", "issued", "superseded", "recalled", "void")),
        text("file_sha256", 64),
        day("ended_on", nullable=True),
        text("end_reason", 300),
        day("returned_on", nullable=True),
        text("replaces", 60),
        day("delivered_on", nullable=True),
        text("delivery", 12),
        unique("uq_programme_papers_number", "number"),
    )
    rows_of_programme(
        "programme_staff",
        text("account", 60, least=1),
        text("name", 100, least=1),
        text("resident_number", 18),
        texts("kin"),
    )
    rows_of_programme(
        "posts",
        text("account", 60),
        text(
            "role",
            14,
            codes=(
                "household",
                "group",
                "village",
                "collective",
                "supervisors",
                "task_force",
                "surveyor",
                "street",
                "department",
                "police_station",
                "county_police",
                "registry",
                "district",
                "auditor",
                "system",
            ),
        ),
        text("place", 40),
        text("department", 60),
        day("since", nullable=True),
        day("until", nullable=True),
    )
    rows_of_programme(
        "substitutions",
        text("serial"),
        text("account", 60),
        text("principal", 60),
        day("since"),
        day("until"),
        text("ground", 200),
        day("ended_on", nullable=True),
    )
    rows_of_programme(
        "programme_pins",
        text("sha256", 64),
        day("since"),
    )


def _widen_rows() -> None:
    remade_of_case(
        "parcels",
        text("serial", 4, least=2),
        text("kind", 12, codes=("contracted", "homestead", "private_plot", "construction")),
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
        texts("outline"),
        text("remark", 2000),
        outline="'[]'",
    )
    remade_of_case(
        "memberships",
        text("member"),
        text(
            "standing",
            13,
            codes=(
                "proposed",
                "not_proposed",
                "unsettled",
                "confirmed",
                "not_confirmed",
                "disputed",
                "ended",
            ),
        ),
        texts("grounds"),
        text("reason", 1000),
        day("ended_on", nullable=True),
        text("end_ground", 60),
        end_ground="''",
    )
    remade_of_case(
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
        text("category", 40),
        whole("yearly", least=0, nullable=True),
        whole("once", least=0, nullable=True),
        text("duty", 300),
        text("department", 60),
        whole("since_age", least=0, nullable=True),
        whole("until_age", least=0, nullable=True),
        day("then_since", nullable=True),
        category="''",
        duty="''",
        department="''",
    )
    remade_of_case(
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
        text("mode", 40),
        whole("since_age", least=0, nullable=True),
        whole("until_age", least=0, nullable=True),
        mode="''",
    )
    remade_of_case(
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
        whole("round", least=1),
        text("posting_proof", 300),
        text("removal_proof", 300),
        day("closed_on", nullable=True),
        day("voided_on", nullable=True),
        text("void_reason", 500),
        round="1",
        posting_proof="''",
        removal_proof="''",
        void_reason="''",
    )
    remade_of_programme(
        "programme_notices",
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
        whole("round", least=1),
        text("posting_proof", 300),
        text("removal_proof", 300),
        day("closed_on", nullable=True),
        day("voided_on", nullable=True),
        text("void_reason", 500),
        round="1",
        posting_proof="''",
        removal_proof="''",
        void_reason="''",
    )
    remade_of_programme(
        "votes",
        text("serial"),
        text("matter", 40),
        text("body", 40),
        day("held_on"),
        day("noticed_on"),
        whole("eligible", above=0),
        whole("present", least=0),
        whole("proxies", least=0),
        whole("in_favour", least=0),
        whole("against", least=0),
        whole("abstained", least=0),
        flag("passed"),
        text("meeting", 10),
        whole("invalid", least=0),
        meeting="''",
        invalid="0",
    )
    remade_of_case(
        "objections",
        text("serial"),
        text("level", 20),
        day("raised_on"),
        text("raised_by", 100),
        text("subject", 1000),
        text(
            "state",
            12,
            codes=(
                "open",
                "accepted",
                "investigated",
                "upheld",
                "dismissed",
                "not_admitted",
                "referred",
            ),
        ),
        day("accepted_on", nullable=True),
        day("investigated_on", nullable=True),
        text("findings", 2000),
        day("settled_on", nullable=True),
        text("reply", 2000),
        findings="''",
    )
    remade_of_case(
        "papers",
        text("number", 60),
        text("kind", 40),
        text("template", 64),
        day("prepared_on"),
        text("facts_sha256", 64),
        text("status", 10, codes=("pending", "issued", "superseded", "recalled", "void")),
        text("file_sha256", 64),
        day("ended_on", nullable=True),
        text("end_reason", 300),
        day("returned_on", nullable=True),
        text("replaces", 60),
        day("delivered_on", nullable=True),
        text("delivery", 12),
        unique("uq_papers_number", "number"),
        end_reason="''",
        replaces="''",
        delivery="''",
    )
    remade_of_programme(
        "plan",
        text("version", 20),
        text("scheme", 40),
        text("title", 100),
        text("unit", 4),
        whole("decimals", least=0),
        day("adopted_on"),
        day("base_date"),
        whole("total_units", above=0),
        whole("collective_units", least=0),
        whole("reserved_units", least=0),
        whole("asset_value", least=0),
        text("mode", 10),
        whole("review_years", least=0),
        text("allotment_sha256", 64),
        scheme="''",
        title="''",
        unit="'股'",
        decimals="0",
        review_years="0",
    )
    remade_of_programme(
        "share_classes",
        text("share_class", 40),
        text("title", 40),
        whole("place", least=1),
        whole("units", least=0),
        whole("weight_total", least=0),
        whole("reserved", least=0),
        reserved="0",
    )


def rows_of_case(name: str, *columns: Sequence[SchemaItem]) -> None:
    """Create the table of one collection of a case."""
    table(name, *_of_case(columns), key=("chain", "row_key"))


def rows_of_programme(name: str, *columns: Sequence[SchemaItem]) -> None:
    """Create the table of one collection of a programme."""
    table(name, *_of_programme(columns), key=("chain", "row_key"))


def remade_of_case(name: str, *columns: Sequence[SchemaItem], **added: str) -> None:
    """Make the table of a case's collection anew, its rows kept."""
    remade(name, *_of_case(columns), key=("chain", "row_key"), added=added)


def remade_of_programme(name: str, *columns: Sequence[SchemaItem], **added: str) -> None:
    """Make the table of a programme's collection anew, its rows kept."""
    remade(name, *_of_programme(columns), key=("chain", "row_key"), added=added)


def _of_case(columns: Sequence[Sequence[SchemaItem]]) -> list[Sequence[SchemaItem]]:
    return [reference("chain", 60, "cases.number"), text("row_key", 140), *columns]


def _of_programme(columns: Sequence[Sequence[SchemaItem]]) -> list[Sequence[SchemaItem]]:
    return [reference("chain", 40, "programmes.code"), text("row_key", 140), *columns]
