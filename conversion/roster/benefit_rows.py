"""Sheet 待遇: one row a benefit drawn today."""

from conversion.domain.household import DrawnBenefit
from conversion.roster.finding import Finding
from conversion.roster.parsing import RowReader
from conversion.roster.row import BenefitRow
from conversion.roster.table import Record
from conversion.standards import amount, name


def benefit_row(record: Record, findings: list[Finding]) -> BenefitRow:
    """The benefit in one record; every fault of the row goes to `findings`."""
    row = RowReader(record, findings)
    item = row.text("item")
    since = row.day("since")
    monthly = row.figure("monthly", amount.yuan_from_text)
    drawn = DrawnBenefit(
        serial="00", item=item or "-", since=since, monthly=monthly, basis=row.text("basis")
    )
    return BenefitRow(
        record=record,
        number=row.text("number"),
        name=name.normalise(row.text("name"))[0],
        drawn=drawn if item else None,
    )
