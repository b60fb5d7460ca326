"""Each check across the files, on a sound draft in which one thing is written otherwise."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from conversion.policy.checks.dated_check import (
    check_bodies,
    check_clauses,
    check_law_in_force,
    check_needed,
    check_parameters,
)
from conversion.policy.checks.pack_check import (
    check_conditions,
    check_counters,
    check_documents,
    check_exclusive_groups,
    check_folder,
    check_ids,
    check_land,
    check_succession,
    check_successors,
)
from conversion.policy.condition import Condition
from conversion.policy.draft import Draft
from conversion.policy.parameter_shape import NAMES, VOTED, Body, shape_of
from conversion.policy.row import Scope
from conversion.policy.span import Until
from conversion.workflows.meeting import MATTERS
from tests.policy.drafting import told, with_ground, with_head, with_row, with_value

ROWS, LINES, HEAD, FIGURES = "benefits.yaml", "entitlements.yaml", "pack.yaml", "parameters.yaml"


def place(draft: Draft, row: str) -> int:
    for rows in (draft.benefits.benefits, draft.entitlements.entitlements):
        if row in (ids := [one.id for one in rows]):
            return ids.index(row)
    raise AssertionError(row)


def test_the_folder_has_the_packs_name(draft):
    assert told(check_folder(draft)) == []
    assert told(check_folder(replace(draft, folder="other"))) == [
        (HEAD, "id", "id 应当与文件夹同名，例如 id: other")
    ]


@pytest.mark.parametrize(
    ("until", "successor", "key", "sentence"),
    [
        (None, None, "", ""),
        (date(2009, 1, 1), "cn-2025", "", ""),
        (
            date(2008, 12, 31), "cn-2025",
            "until", "until 应当不早于 since，例如 until: 2009-01-01",
        ),
        (
            date(2025, 4, 30), None,
            "until", "until 和 successor 一起写，例如 until: 2025-04-30 和 successor: cn-2025",
        ),
        (
            None, "cn-2025",
            "successor", "until 和 successor 一起写，例如 until: 2025-04-30 和 successor: cn-2025",
        ),
        (
            date(2025, 4, 30), "huichuan-2009",
            "successor", "successor 应当是另一个政策包，例如 cn-2025",
        ),
    ],
)  # fmt: skip
def test_a_pack_that_ends_says_which_goes_on(draft, until, successor, key, sentence):
    found = told(check_succession(with_head(draft, until=until, successor=successor)))

    assert found == ([(HEAD, key, sentence)] if key else [])


def test_every_reference_leads_to_a_document(draft):
    documents = {k: v for k, v in draft.pack.documents.items() if k != "bingyi-fa"}
    known = "、".join(sorted(documents)[:3])

    found = told(check_documents(with_head(draft, documents=documents)))

    assert found
    assert {words for _, _, words in found} == {f"pack.yaml 没有文件“bingyi-fa”，例如 {known}"}
    assert all(key.endswith("reference.document") for _, key, _ in found)


def test_on_a_title_alone_only_examples_rest(draft):
    documents = draft.pack.documents
    unread = documents["liangshi-2004"].model_copy(update={"text_known": False})

    found = told(check_documents(with_head(draft, documents=documents | {"liangshi-2004": unread})))

    assert (
        ROWS,
        f"benefits[{place(draft, 'grain_subsidy')}].reference.document",
        "该文件只知题名，据此写的内容须标明示例：illustrative: true",
    ) in found
    assert told(check_documents(draft)) == []


def test_no_id_is_used_twice(draft):
    def sentence(used: str) -> str:
        return f"编号“{used}”已经用过，换一个，例如 {used}_2"

    forest = place(draft, "forest_subsidy")
    assert told(check_ids(draft)) == []
    assert told(check_ids(with_row(draft, "forest_subsidy", id="grain_subsidy"))) == [
        (ROWS, f"benefits[{forest}].id", sentence("grain_subsidy"))
    ]
    care = place(draft, "home_care")
    assert told(check_ids(with_row(draft, "home_care", id="rural_medical"))) == [
        (LINES, f"entitlements[{care}].id", sentence("rural_medical"))
    ]
    first, second = draft.membership.grounds[0].code, draft.membership.grounds[1].code
    assert told(check_ids(with_ground(draft, second, code=first))) == [
        ("membership.yaml", "grounds[1].code", sentence(first))
    ]


def test_every_row_goes_to_a_counter_of_the_pack(draft):
    forest, care = place(draft, "forest_subsidy"), place(draft, "home_care")
    window, department = next(iter(draft.pack.windows)), draft.pack.departments[0].name

    assert told(check_counters(draft)) == []
    assert told(check_counters(with_row(draft, "forest_subsidy", window="x"))) == [
        (ROWS, f"benefits[{forest}].window", f"pack.yaml 没有窗口“x”，例如 {window}")
    ]
    assert told(check_counters(with_row(draft, "home_care", department="水利局"))) == [
        (
            LINES,
            f"entitlements[{care}].department",
            f"pack.yaml 没有部门“水利局”，例如 {department}",
        )
    ]


@pytest.mark.parametrize("draws", [True, False])
def test_who_asks_what_is_drawn_says_under_which_name(draft, draws):
    asked = (Condition(age_at_least=60), Condition(draws=draws))
    key = f"benefits[{place(draft, 'forest_subsidy')}].when"
    sentence = "用了 draws 就要写 drawn_as，例如 drawn_as: [农村低保]"

    nameless = with_row(draft, "forest_subsidy", when=asked, drawn_as=())
    assert told(check_conditions(nameless)) == [(ROWS, key, sentence)]
    assert told(check_conditions(with_row(draft, "forest_subsidy", when=asked))) == []
    unasked = with_row(draft, "forest_subsidy", when=(Condition(age_at_least=60),), drawn_as=())
    assert told(check_conditions(unasked)) == []


@pytest.mark.parametrize(
    "until", [None, Until(event="年底"), Until(life=True)], ids=["none", "event", "life"]
)
def test_what_follows_another_follows_a_day(draft, until):
    sentence = "after 应当是写在前面、终点为日期的一项，例如 after: rural_medical"
    key = f"benefits[{place(draft, 'urban_medical')}].after"

    assert told(check_successors(with_row(draft, "rural_medical", until=until))) == [
        (ROWS, key, sentence)
    ]
    for after in ("nothing", "village_welfare"):
        assert told(check_successors(with_row(draft, "urban_medical", after=after))) == [
            (ROWS, key, sentence)
        ]


@pytest.mark.parametrize(
    "otherwise",
    [
        {"when": (Condition(age_at_least=60),)},
        {"scope": Scope.HOUSEHOLD},
        {"drawn_as": ("新农合",)},
        {"effective": date(2010, 1, 1)},
    ],
)
def test_what_follows_another_is_for_the_same_people(draft, otherwise):
    assert told(check_successors(draft)) == []
    assert told(check_successors(with_row(draft, "urban_medical", **otherwise))) == [
        (
            ROWS,
            f"benefits[{place(draft, 'urban_medical')}].when",
            "与“rural_medical”衔接的一项，scope、when、drawn_as、effective 应当与它相同，例如照抄它的 when",
        )
    ]


def test_a_right_follows_nothing(draft):
    assert told(check_successors(with_row(draft, "home_care", after="rural_medical"))) == [
        (
            LINES,
            f"entitlements[{place(draft, 'home_care')}].after",
            "权益不写 after，写 from，例如 from: approval",
        )
    ]


def test_in_a_group_one_follows_the_other(draft):
    group = "“basic_medical”组内只能享受一种，各项应当前后衔接"
    rural, urban = place(draft, "rural_medical"), place(draft, "urban_medical")

    assert told(check_exclusive_groups(draft)) == []
    assert told(check_exclusive_groups(with_row(draft, "urban_medical", after=None))) == [
        (ROWS, f"benefits[{urban}].exclusive", f"{group}，例如 after: rural_medical")
    ]
    assert told(check_exclusive_groups(with_row(draft, "rural_medical", after="x"))) == [
        (ROWS, f"benefits[{rural}].exclusive", f"{group}，第一项写 from")
    ]
    third = with_row(draft, "aged_allowance", exclusive="basic_medical")
    assert told(check_exclusive_groups(third)) == [
        (
            ROWS,
            f"benefits[{place(draft, 'aged_allowance')}].exclusive",
            f"{group}，例如 after: urban_medical",
        )
    ]


def test_no_text_of_a_pack_asks_for_land_but_an_example_may_tell_of_it(draft):
    def spoilt(file: str) -> Draft:
        marked = draft.marked[file]
        value: Any = {"benefits": [{"reason": "交回承包地后，方可享受。"}]}
        other: Draft = replace(draft, marked={**draft.marked, file: replace(marked, value=value)})
        return other

    sentence = (
        "不得以交回承包地、退出宅基地作为条件（农村土地承包法），删除这一条件，"
        "例如 承包地不收回，照旧耕种。"
    )
    assert told(check_land(draft)) == []
    assert told(check_land(spoilt(ROWS))) == [(ROWS, "benefits[0].reason", sentence)]
    assert told(check_land(spoilt(HEAD))) == [(HEAD, "benefits[0].reason", sentence)]
    assert told(check_land(spoilt("examples/benefits.yaml"))) == []


def test_every_parameter_is_one_that_a_rule_knows_and_fits_it(draft):
    assert told(check_parameters(draft)) == []
    assert told(check_parameters(with_value(draft, "notice.plans", {date(2009, 1, 1): {}}))) == [
        (FIGURES, "parameters.notice.plans", "没有规则使用参数“notice.plans”，例如 notice.plan")
    ]
    odd = with_value(draft, "notice.plan", {date(2009, 1, 1): {"days": 0}})
    assert told(check_parameters(odd)) == [
        (FIGURES, "parameters.notice.plan.values.2009-01-01.value.days", "应当不小于 1，例如 1")
    ]


def test_days_of_values_stand_in_order(draft):
    days = (date(2010, 1, 1), date(2009, 1, 1), date(2009, 1, 2))
    odd = with_value(draft, "notice.plan", {day: {"days": 7} for day in days})

    assert told(check_parameters(odd)) == [
        (
            FIGURES,
            "parameters.notice.plan.values.2009-01-01",
            "日期应当从早到晚，2009-01-01写在2010-01-01之后，例如先写 2009-01-01",
        )
    ]


def with_clause(draft: Draft, rule: str, dated: object) -> Draft:
    clauses = {**draft.clauses.clauses, rule: dated}
    return replace(draft, clauses=draft.clauses.model_copy(update={"clauses": clauses}))


def test_every_requirement_has_a_clause_from_the_packs_first_day_on(draft):
    since = draft.pack.since
    clause = draft.clauses.clauses["four_eyes"][since]
    late, early = since + timedelta(days=1), since - timedelta(days=1)
    sentence = f"政策包从{since}起适用，依据也应当从这一天写起，例如 {since}: {{…}}"

    assert told(check_clauses(draft)) == []
    for dated in ({late: clause}, {}):
        assert told(check_clauses(with_clause(draft, "four_eyes", dated))) == [
            ("clauses.yaml", "clauses.four_eyes", sentence)
        ]
    assert told(check_clauses(with_clause(draft, "four_eyes", {early: clause}))) == []
    assert told(check_clauses(with_clause(draft, "four_eyes", {since: clause, early: clause}))) == [
        (
            "clauses.yaml",
            f"clauses.four_eyes.{early}",
            f"日期应当从早到晚，{early}写在{since}之后，例如先写 {early}",
        )
    ]


def test_clauses_are_for_requirements_that_there_are_and_for_all_of_them(draft):
    since = draft.pack.since
    clauses = dict(draft.clauses.clauses)
    clauses["six_eyes"] = clauses.pop("four_eyes")
    odd = replace(draft, clauses=draft.clauses.model_copy(update={"clauses": clauses}))

    assert told(check_clauses(odd)) == [
        (
            "clauses.yaml",
            "clauses",
            f"缺少步骤要求“four_eyes”的依据，例如 four_eyes: {{{since}: {{reference: …}}}}",
        ),
        ("clauses.yaml", "clauses.six_eyes", "没有步骤要求“six_eyes”，例如 four_eyes"),
    ]


@pytest.mark.parametrize(
    ("since", "until", "term"),
    [
        (None, None, ""),
        (date(2009, 1, 1), None, ""),
        (date(2009, 1, 2), None, "2009-01-02至今"),
        (None, date(2009, 12, 31), ""),
        (None, date(2009, 12, 30), "至2009-12-30"),
        (date(2010, 1, 1), date(2010, 12, 31), "2010-01-01至2010-12-31"),
    ],
)
def test_a_value_rests_on_its_law_only_while_this_is_in_force(draft, since, until, term):
    name = "notice.plan"
    days = {date(2009, 1, 1): {"days": 7}, date(2010, 1, 1): {"days": 8}}
    found = with_value(draft, name, days)
    later = next(iter(found.parameters.values())).parameters[name].values[date(2010, 1, 1)]
    documents = draft.pack.documents
    law = documents[later.reference.document].model_copy(update={"since": since, "until": until})
    other = later.model_copy(
        update={"reference": later.reference.model_copy(update={"document": "minfa-tongze"})}
    )
    file, part = next(iter(found.parameters.items()))
    parameter = part.parameters[name]
    values = {**parameter.values, date(2010, 1, 1): other}
    changed = {name: parameter.model_copy(update={"values": values})}
    found = replace(found, parameters={file: part.model_copy(update={"parameters": changed})})
    found = replace(found, clauses=draft.clauses.model_copy(update={"clauses": {}}))
    found = with_head(found, documents=documents | {later.reference.document: law})

    sentence = f"《{law.title}》{term}有效，其余日子另写当日有效的依据"
    key = f"parameters.{name}.values.2009-01-01.reference.document"
    assert told(check_law_in_force(found)) == ([(FIGURES, key, sentence)] if term else [])


def test_the_last_value_needs_its_law_until_the_pack_ends(draft):
    documents = draft.pack.documents
    used = {draft.clauses.clauses["four_eyes"][draft.pack.since].reference.document}
    (name,) = used
    law = documents[name].model_copy(update={"until": date(2025, 4, 30)})
    found = with_head(draft, documents=documents | {name: law})

    assert "clauses.four_eyes.2009-01-01.reference.document" not in [
        key for _, key, _ in told(check_law_in_force(with_head(found, until=date(2025, 4, 30))))
    ]
    for until in (date(2025, 5, 1), None):
        assert "clauses.four_eyes.2009-01-01.reference.document" in [
            key for _, key, _ in told(check_law_in_force(with_head(found, until=until)))
        ]


EXAMPLE = "{title: …, values: {2009-01-01: {value: …, reference: …}}}"


def test_what_a_step_can_not_do_without_is_there_from_the_first_day(draft):
    assert told(check_needed(draft)) == []

    (file, part), *_ = draft.parameters.items()
    fewer = {name: one for name, one in part.parameters.items() if name != "notice.plan"}
    without = {file: part.model_copy(update={"parameters": fewer})}
    assert told(check_needed(replace(draft, parameters=without))) == [
        (
            FIGURES,
            "parameters",
            f"缺少参数“notice.plan”，例如 notice.plan: {EXAMPLE}",
        )
    ]

    late = with_value(draft, "dividend.reserve_min", {date(2009, 1, 2): [1, 10]})
    assert told(check_needed(late)) == [
        (
            FIGURES,
            "parameters.dividend.reserve_min.values.2009-01-02",
            "政策包从2009-01-01起适用，这一项也应当从这一天写起，例如 2009-01-01: {…}",
        )
    ]


def without(draft, *names):
    parameters = {
        file: part.model_copy(
            update={"parameters": {n: p for n, p in part.parameters.items() if n not in names}}
        )
        for file, part in draft.parameters.items()
    }
    return replace(draft, parameters=parameters)


def test_some_meeting_decides_each_matter_that_cases_wait_for(draft):
    assert told(check_bodies(draft)) == []

    found = told(check_bodies(without(draft, *(f"quorum.{body}.resolve" for body in Body))))

    rule = "{present_min: …, pass_min: …, base: all, notice_days: 10}"
    assert found == [
        (
            FIGURES,
            "parameters",
            (
                "从2009-01-01起没有一个会议可以表决村改社区的决议（resolve），例如 "
                f"quorum.members_meeting.resolve: {{values: {{2009-01-01: {{value: {rule}}}}}}}"
            ),
        )
    ]


def test_one_meeting_is_enough(draft):
    others = [f"quorum.{body}.confirm_roll" for body in Body if body is not Body.MEMBERS]

    assert told(check_bodies(without(draft, *others))) == []


def test_a_meeting_that_may_decide_only_later_leaves_days_without_one(draft):
    alone = without(draft, "quorum.household_meeting.resolve")
    late = with_value(alone, "quorum.villagers_meeting.resolve", {date(2009, 1, 2): {}})

    ((_, _, sentence),) = told(check_bodies(late))

    assert sentence.startswith("从2009-01-01起没有一个会议可以表决村改社区的决议")


@pytest.mark.parametrize(("day", "says"), [(date(2025, 4, 30), True), (date(2025, 5, 1), False)])
def test_a_meeting_that_is_barred_decides_no_more_while_the_pack_lasts(draft, day, says):
    alone = without(draft, "quorum.villagers_meeting.resolve")
    barred = with_value(alone, "barred.household_meeting.resolve", {day: "不再表决"})

    found = told(check_bodies(barred))

    assert [sentence.startswith(f"从{day}起没有") for _, _, sentence in found] == [True] * says


def test_what_meetings_decide_is_what_the_steps_wait_for():
    assert set(VOTED) == set(MATTERS)
    assert {name for name in NAMES if shape_of(name) is None} == set()
