"""Programmes and cases: the head of each chain; and what a programme carries."""

from collections.abc import Sequence

from sqlalchemy.schema import SchemaItem

from conversion.store.migrations.vocabulary import day, flag, indexes, reference, table, text, whole

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    _create_chains()
    _create_programme_rows()


def _create_chains() -> None:
    table(
        "programmes",
        text("code", 40, least=1),
        whole("version", least=0),
        text("head_hash", 64, least=64),
        text("state", 40, least=1, nullable=True),
        text("assets_state", 40, least=1, nullable=True),
        key=("code",),
    )
    table(
        "cases",
        text("number", 60, least=1),
        reference("programme", 40, "programmes.code"),
        whole("version", least=0),
        text("head_hash", 64, least=64),
        text("case_state", 40, least=1, nullable=True),
        text("hukou_state", 40, least=1, nullable=True),
        text("shares_state", 40, least=1, nullable=True),
        text("land_state", 40, least=1, nullable=True),
        text("benefits_state", 40, least=1, nullable=True),
        text("entitlements_state", 40, least=1, nullable=True),
        text("household_number", 20),
        text("group_name", 40),
        text("head_name", 100),
        key=("number",),
    )
    indexes(
        "cases",
        "programme",
        "case_state",
        "hukou_state",
        "shares_state",
        "land_state",
        "benefits_state",
        "entitlements_state",
        "household_number",
        "group_name",
        "head_name",
    )


def _create_programme_rows() -> None:
    rows_of_programme(
        "village",
        text("village_name", 60),
        text("village_code", 12),
        text("community_name", 60),
        text("community_code", 12),
        text("town_name", 60),
        text("street_name", 60),
        text("district_name", 60),
        text("city_name", 60),
        text("province_name", 60),
        text("police_station", 60),
        text("county_police", 60),
        text("registry_office", 60),
        text("collective_name", 100),
        text("collective_code", 18),
        text("collective_address", 200),
        text("collective_representative", 60),
        text("issuing_office", 100),
        text("window_address", 200),
        text("window_phone", 40),
        text("series_prefix", 10),
        text("pack", 60),
    )
    rows_of_programme(
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
    )
    rows_of_programme(
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
        day("closed_on", nullable=True),
    )
    rows_of_programme("base_date", day("day"))
    rows_of_programme(
        "plan",
        text("version", 20),
        day("adopted_on"),
        day("base_date"),
        whole("total_units", above=0),
        whole("collective_units", least=0),
        whole("reserved_units", least=0),
        whole("asset_value", least=0),
        text("mode", 10),
        text("allotment_sha256", 64),
    )
    rows_of_programme(
        "share_classes",
        text("share_class", 40),
        text("title", 40),
        whole("place", least=1),
        whole("units", least=0),
        whole("weight_total", least=0),
    )


def rows_of_programme(name: str, *columns: Sequence[SchemaItem]) -> None:
    """Create the table of one collection of a programme."""
    chain = reference("chain", 40, "programmes.code")
    table(name, chain, text("row_key", 140), *columns, key=("chain", "row_key"))
