"""Every benefit and right of every pack has an example that has it, and one that doesn't and why."""

import pytest

from conversion.policy.loading import load_packs
from conversion.policy.location import packs_folder
from conversion.policy.row_trace import NOT_CONCERNED, NOT_GRANTED
from conversion.policy.worked_example import RuleName

PACKS = load_packs(packs_folder())
SORTS = [
    (pack, rule, rows)
    for pack in PACKS.values()
    for rule, rows in (
        (RuleName.ASSESS_BENEFITS, pack.benefits),
        (RuleName.MAP_ENTITLEMENTS, pack.entitlements),
    )
]


@pytest.mark.parametrize(
    ("pack", "rule", "rows"), SORTS, ids=[f"{pack.id}: {rule}" for pack, rule, _ in SORTS]
)
def test_each_row_is_granted_in_one_example_and_not_in_another(pack, rule, rows):
    expected = [e.expected for e in pack.examples if e.rule is rule]
    granted = {
        row["item"] for of_one in expected for row in of_one.rows if row.get("since", "a day")
    }
    refused = {
        line.key.partition("/")[0]
        for of_one in expected
        for line in of_one.lines
        if line.because
        and line.result
        and (line.result in {NOT_GRANTED, NOT_CONCERNED} or "待起算" in line.result)
    }

    ids = {row.id for row in rows}
    assert ids - granted == set()
    assert ids - refused == set()
