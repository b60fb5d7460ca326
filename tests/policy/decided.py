"""Decisions as made: what one rests on, the lines that explain it, and what it gives a household.

Each is a plain case; a test says with `replace` what is otherwise in its own.
"""

from datetime import date

from conversion.policy.decision import (
    Decision,
    FactUse,
    Formula,
    ParameterUse,
    Reference,
    TraceLine,
)
from conversion.policy.prospect import MONTHLY, Measure, ProspectChapter, ProspectLine

SINCE = date(2009, 12, 1)

LAW = Reference(title="农村土地承包法", article="第二十六条", href="https://example.org/law")
YEARS = ParameterUse(
    name="benefits.village_welfare.until",
    title="村级福利的期限",
    value={"years": 3},
    since=date(2009, 1, 1),
    reference=LAW,
    illustrative=True,
)
WELFARE = TraceLine(
    key="village_welfare/",
    title="村级福利",
    result="保留，到2012年12月1日止",
    because=("村里原来给的福利，过渡期照给。", "期限三年。"),
    formula=Formula(words="批准之日 ＋ 期限", numbers="2009年12月1日 ＋ 3年 ＝ 2012年12月1日"),
    facts=(FactUse(name="approved_on", title="批准之日", value="2009-12-01"),),
    parameters=(YEARS.name,),
    references=(LAW,),
    illustrative=True,
)
LAND = TraceLine(key="contracted_land/", title="承包地", result="保留")
DECISION = Decision(
    rule="transitional_benefit",
    granted=True,
    reasons=("村级福利照给。",),
    references=(LAW,),
    facts={"members": 5},
    parameters=(YEARS,),
    lines=(WELFARE, LAND),
)

GRANT = ProspectLine(
    chapter=ProspectChapter.BENEFIT,
    key="rural_minimum_living",
    member="",
    title="农村最低生活保障",
    result="待转换",
    amount=6500,
    measure=MONTHLY,
    since=SINCE,
    until=date(2010, 2, 28),
)
SHARES = ProspectLine(
    chapter=ProspectChapter.SHARES,
    key="population",
    member="01",
    title="人口股",
    result="配给",
    amount=333,
    measure=Measure("股", whole=100_000),
)
"""What a household is given: money each month, and units of a plan."""
