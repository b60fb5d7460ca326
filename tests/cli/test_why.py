"""A household asks why; an auditor asks on what; both read what was sealed then."""

import json
from dataclasses import replace
from datetime import date

import pytest

from conversion import bootstrap
from conversion.cli import why
from conversion.policy.decision import (
    Decision,
    FactUse,
    Formula,
    ParameterUse,
    Reference,
    TraceLine,
)
from conversion.policy.location import packs_folder
from conversion.policy.share_calculation import TOTAL
from conversion.services.erasure import erase
from conversion.services.why import sealed_decisions
from conversion.workflows import allotting
from tests.cli.conftest import PACKS
from tests.faults.tampering import tamper

FIVE = "0001"
LAW = Reference(title="农村集体经济组织法", article="第四十条", href="https://example.org/law")
RULE = ParameterUse(
    name="shares.population",
    title="人口股",
    value={"portion": [7, 10]},
    since=date(2009, 1, 1),
    reference=LAW,
    illustrative=True,
)
LOT = TraceLine(
    key="01/population",
    title="成员01的人口股",
    result="3334股",
    because=("全村每人一份，您家户主也是一份。",),
    formula=Formula(words="总数 × 权重 ÷ 权重合计", numbers="10000 × 1 ÷ 3 ＝ 3333 余 1，进1"),
    facts=(FactUse(name="weight", title="权重", value=1),),
    parameters=("shares.population",),
    references=(LAW,),
    illustrative=True,
)
NOTHING = TraceLine(key="04/farming", title="成员04的农龄股", result="不配")
SUMS = tuple(
    TraceLine(key=key, title=title, result=result)
    for key, title, result in (
        ("01/", "成员01的股份", "3334股"),
        ("04/", "成员04的股份", "0股"),
        (TOTAL, "本户的股份", "3334股"),
    )
)
MADE = Decision(
    rule="share_allocation",
    granted=True,
    reasons=("本户配股如下。",),
    references=(LAW,),
    parameters=(RULE,),
    lines=(LOT, NOTHING, *SUMS),
)


@pytest.fixture
def allotted(counter_at, monkeypatch):
    """The village whose first household was allotted by a decision of our making."""
    counter = counter_at("members_confirmed")
    town, called = counter.town, counter.town.calendar.day
    town.calendar.later(12)
    town.village("adopt_share_plan", **town.meeting(called), version="2010-1")
    with monkeypatch.context() as patch:
        patch.setattr(allotting, "explain_lots", lambda *_, **__: MADE)
        town.take("shares.allocate", FIVE)
    counter.on(town.calendar.day)
    return counter


def test_a_household_hears_result_reason_and_sum(allotted):
    out = allotted.run("case", "why", FIVE, "shares.allocate").out.splitlines()

    day = allotted.town.calendar.day
    assert out == [
        f"资产股份化·配股（shares.allocate）　{day}　同意",
        "  成员01的人口股（01 张国强）：3334股（示例）",
        "    全村每人一份，您家户主也是一份。",
        "    算法：总数 × 权重 ÷ 权重合计",
        "    10000 × 1 ÷ 3 ＝ 3333 余 1，进1",
        "  成员04的农龄股（04 张欣怡）：不配",
        "  成员01的股份（01 张国强）：3334股",
        "  成员04的股份（04 张欣怡）：0股",
        "  本户的股份：3334股",
        "以上按作出决定时封存的记录列出，没有重新计算。",
    ]


def test_one_line_alone(allotted):
    out = allotted.run("case", "why", FIVE, "shares.allocate", "--line", "farming").out

    assert "成员04的农龄股（04 张欣怡）：不配" in out
    assert "成员01的人口股" not in out


def test_an_auditor_sees_facts_values_sources_and_where_it_lies(allotted):
    out = allotted.run("case", "why", FIVE, "shares.allocate", "--full").out
    sealed = allotted.run("history", "show", FIVE, "--json").json[-1]

    assert "    编号：01/population" in out
    assert "    事实：权重（weight）＝ 1" in out
    assert (
        '    参数：人口股（shares.population）＝ {"portion": [7, 10]}，自2009年1月1日，'
        "《农村集体经济组织法》第四十条 https://example.org/law，示例"
    ) in out
    assert "    依据：《农村集体经济组织法》第四十条 https://example.org/law" in out
    policy = sealed["entry"]["policy"]
    assert f"  政策包：huichuan-2009　SHA-256 {policy['sha256']}" in out
    assert f"（{sealed['entry']['actor']}，collective）" in out
    assert f"520303105202-{FIVE} 第 {sealed['seq']} 条" in out


def test_years_later_under_another_pack_the_same_is_read(allotted, monkeypatch):
    def asked(*more):
        return allotted.run("case", "why", FIVE, *more).out

    questions = ((), ("--full",), ("shares.allocate", "--full", "--json"))
    before = [asked(*question) for question in questions]
    packs = dict(PACKS(packs_folder()))
    packs["huichuan-2009"] = replace(
        packs["huichuan-2009"], sha256="f" * 64, benefits=(), grounds=()
    )
    monkeypatch.setattr(bootstrap, "Shelf", lambda _: packs)
    allotted.on(date(2029, 6, 1))

    assert [asked(*question) for question in questions] == before


def test_a_program_gets_everything_that_was_sealed(allotted):
    (told,) = allotted.run("case", "why", FIVE, "shares.allocate", "--json").json["decisions"]
    sealed = allotted.run("history", "show", FIVE, "--json").json[-1]["entry"]

    assert told["lines"] == json.loads(json.dumps(MADE.trace()))["lines"]
    assert sealed["data"]["decision"] == {"rule": MADE.rule, "granted": True}
    assert told["pack"] == sealed["policy"]
    assert told["intact"] is True
    assert (told["seq"], told["act"]) == (sealed["seq"], "shares.allocate")


def test_all_decisions_of_a_case_the_newest_of_each_act(allotted):
    told = allotted.run("case", "why", FIVE, "--json").json["decisions"]

    acts = [decision["act"] for decision in told]
    assert len(acts) == len(set(acts))
    assert {"land.post", "shares.propose_members", "shares.allocate"} <= set(acts)
    (alone,) = allotted.run("case", "why", FIVE, "--seq", told[0]["seq"], "--json").json[
        "decisions"
    ]
    assert alone == told[0]


def test_a_villages_vote_can_be_asked_too(allotted):
    out = allotted.run("case", "why", allotted.village, "programme.resolve").out

    assert out.startswith("村改社区项目·")


def test_a_decision_sealed_before_there_were_lines_gives_its_reasons(allotted, monkeypatch):
    def without_lines(*asked, **more):
        found = sealed_decisions(*asked, **more)
        return tuple(replace(one, decision=replace(one.decision, lines=())) for one in found)

    monkeypatch.setattr(why, "sealed_decisions", without_lines)

    out = allotted.run("case", "why", FIVE, "shares.allocate", "--full").out

    assert "\n  本户配股如下。\n" in out
    assert "    参数：人口股（shares.population）" in out
    assert "    依据：《农村集体经济组织法》第四十条" in out


def test_no_decision_is_said_so(allotted):
    answer = allotted.run("case", "why", FIVE, "benefits.assess")

    assert answer.code == 1
    assert "没有这样的决定" in answer.err


def test_an_altered_entry_is_called_altered(allotted):
    tamper(
        allotted.town,
        "UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"granted\":true', '\"granted\":false') AS BLOB)"
        " WHERE chain LIKE '%-0001'",
    )

    out = allotted.run("case", "why", FIVE, "shares.allocate").out

    assert "已被改动：请停止办理，交审计人员。" in out


def test_after_a_lawful_erasure_only_the_answer_is_left_and_that_is_said(allotted):
    decided = allotted.run("case", "why", FIVE, "shares.allocate", "--json").json["decisions"]
    (seq,) = (told["seq"] for told in decided)
    erase(
        allotted.town.office,
        "district1",
        f"520303105202-{FIVE}",
        seq,
        ground="本人申请",
    )

    answer = allotted.run("case", "why", FIVE, "shares.allocate")

    assert answer.out.splitlines() == [
        f"资产股份化·配股（shares.allocate）　{allotted.town.calendar.day}　同意",
        "  决定的理由已依法删除，记录中只留有结论。",
        "以上按作出决定时封存的记录列出，没有重新计算。",
    ]
    assert allotted.town.verify().is_sound
