"""A pack that is sound may be odd: what does nothing, what is said twice, what is out of date."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from conversion.policy.checks.dead_part import (
    dead_values,
    rows_for_nobody,
    unfounded_grounds,
    unused,
)
from conversion.policy.checks.example_cover import untried
from conversion.policy.checks.old_law import lapsed_references, long_unchanged, not_yet_law
from conversion.policy.checks.pack_warning import Oddity, PackWarning, warnings_of
from conversion.policy.checks.practice import all_illustrative, unusual_figures
from conversion.policy.checks.repetition import repeated_rows, unchanged_values
from conversion.policy.condition import Condition
from conversion.policy.examination import Examination, examine
from conversion.policy.loading import pack_of
from conversion.policy.location import packs_folder
from conversion.policy.pack_fault import PackFault
from conversion.policy.pack_part import PackReference
from conversion.policy.row import Category, Scope
from conversion.policy.span import Until
from tests.policy.drafting import told, with_ground, with_head, with_row, with_value

ROWS = "benefits.yaml"
HUICHUAN = packs_folder() / "huichuan-2009"
TODAY = date(2026, 11, 27)


def place(draft, row):
    return [one.id for one in draft.benefits.benefits].index(row)


def keys(faults):
    return [key for _, key, _ in told(faults)]


def test_a_document_that_nothing_cites_is_told(draft):
    documents = draft.pack.documents | {"new-law": draft.pack.documents["dangan-fa"]}
    found = told(unused(with_head(draft, documents=documents)))

    assert (
        "pack.yaml",
        "documents.new-law",
        "没有一处引用“new-law”，删除，或者写到 reference: {document: new-law}",
    ) in found
    assert "documents.tudi-chengbao-fa" not in [key for _, key, _ in found]


@pytest.mark.parametrize(
    ("title", "number", "said", "is_cited"),
    [
        ("中华人民共和国行政复议法", "", "期限依《行政复议法》第九条", True),
        ("中华人民共和国行政复议法", "", "期限依《中华人民共和国行政复议法》", True),
        ("中华人民共和国行政复议法", "", "行政复议", False),
        ("指导意见（试行）", "汇办发[2005]89号", "只载汇办发[2005]89号的题名", True),
        ("指导意见（试行）", "", "只载别的题名", False),
    ],
)
def test_a_document_that_a_text_of_the_pack_names_is_cited(draft, title, number, said, is_cited):
    law = draft.pack.documents["dangan-fa"].model_copy(update={"title": title, "number": number})
    marked = draft.marked["pack.yaml"]
    value: Any = marked.value
    spoken = replace(
        draft, marked=draft.marked | {"pack.yaml": replace(marked, value=value | {"note": said})}
    )

    found = keys(unused(with_head(spoken, documents=draft.pack.documents | {"new-law": law})))

    assert ("documents.new-law" not in found) == is_cited


def test_a_document_does_not_name_itself(draft):
    value: Any = draft.marked["pack.yaml"].value
    named = replace(
        draft.marked["pack.yaml"],
        value=value | {"documents": {"new-law": {"title": "《甲》", "number": "乙〔2009〕1号"}}},
    )
    law = draft.pack.documents["dangan-fa"].model_copy(
        update={"title": "甲", "number": "乙〔2009〕1号"}
    )
    changed = replace(draft, marked=draft.marked | {"pack.yaml": named})

    assert "documents.new-law" in keys(
        unused(with_head(changed, documents=draft.pack.documents | {"new-law": law}))
    )


@pytest.mark.whole
@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("huichuan-2009", [("pack.yaml", "departments"), ("shares.yaml", "plans")]),
        ("cn-2025", [("pack.yaml", "departments")]),
    ],
)
def test_of_the_packs_that_come_with_the_program_only_examples_remain_to_be_replaced(name, warned):
    found = examine(packs_folder() / name, day=TODAY).warnings

    assert [(one.at.file, one.at.key) for one in found] == warned
    assert {one.oddity for one in found} == {Oddity.UNUSUAL}


def test_a_window_that_no_row_sends_to_is_told(draft):
    windows = draft.pack.windows | {"fourth": draft.pack.windows["land"]}
    found = told(unused(with_head(draft, windows=windows)))

    assert (
        "pack.yaml",
        "windows.fourth",
        "没有一行待遇或权益到“fourth”办理，删除，或者写 window: fourth",
    ) in found
    assert "windows.land" not in [key for _, key, _ in found]


def test_a_department_without_rows_that_countersigns_nothing_is_told(draft):
    first = draft.pack.departments[0]
    idle = first.model_copy(update={"name": "水利局", "countersigns": False})
    busy = first.model_copy(update={"name": "审计局"})
    departments = (*draft.pack.departments, idle, busy)
    number = len(departments) - 2

    assert [
        (key, words)
        for _, key, words in told(unused(with_head(draft, departments=departments)))
        if key.startswith("departments")
    ] == [
        (
            f"departments[{number}]",
            "“水利局”不会签，也没有待遇和权益，删除，或者写 countersigns: true",
        )
    ]


@pytest.mark.parametrize(
    ("least", "below", "is_empty"),
    [(60, 60, True), (61, 60, True), (59, 60, False), (0, 0, True), (60, None, False)],
)
def test_an_age_that_nobody_has_is_told(draft, least, below, is_empty):
    asked = (Condition(), Condition(age_at_least=least, age_below=below))
    found = told(rows_for_nobody(with_row(draft, "aged_allowance", when=asked)))

    sentence = f"没有人既满{least}岁又不满{below}岁，例如 {{age_at_least: 16, age_below: 60}}"
    key = f"benefits[{place(draft, 'aged_allowance')}].when[1]"
    assert found == ([(ROWS, key, sentence)] if is_empty else [])


def test_an_age_with_an_upper_bound_only_is_somebodys(draft):
    asked = (Condition(age_below=1),)

    assert told(rows_for_nobody(with_row(draft, "aged_allowance", when=asked))) == []


def test_a_row_that_begins_after_the_pack_is_told(draft):
    ended = with_head(draft, until=date(2011, 7, 31))
    key = f"benefits[{place(draft, 'old_veteran_subsidy')}].effective"

    assert (
        ROWS,
        key,
        "2011-08-01起施行，政策包到2011-07-31为止，删除这一行，或者改正日期",
    ) in told(rows_for_nobody(ended))
    for until in (date(2011, 8, 1), None):
        assert key not in keys(rows_for_nobody(with_head(draft, until=until)))


@pytest.mark.parametrize(
    ("end", "effective", "is_dead"),
    [
        (date(2008, 12, 31), None, True),
        (date(2009, 1, 1), None, False),
        (date(2010, 1, 1), date(2010, 1, 2), True),
        (date(2010, 1, 2), date(2010, 1, 2), False),
    ],
)
def test_a_row_that_ends_before_it_begins_is_told(draft, end, effective, is_dead):
    odd = with_row(draft, "aged_allowance", until=Until(date=end), effective=effective)
    sentence = f"到{end}为止，那时还没有施行，例如 until: {{years: 5}}"
    key = f"benefits[{place(draft, 'aged_allowance')}].until"

    assert told(rows_for_nobody(odd)) == ([(ROWS, key, sentence)] if is_dead else [])


def test_values_beyond_the_packs_days_are_told(draft):
    name, value = "notice.plan", {"days": 7}
    days = (date(2007, 1, 1), date(2009, 1, 1), date(2025, 4, 30), date(2025, 5, 1))
    odd = with_value(with_head(draft, until=date(2025, 4, 30)), name, dict.fromkeys(days, value))
    where = f"parameters.{name}.values."

    assert [entry for entry in told(dead_values(odd)) if entry[1].startswith(where)] == [
        (
            "parameters.yaml",
            where + "2007-01-01",
            "政策包从2009-01-01起适用，2009-01-01以前的不会用到，删除",
        ),
        (
            "parameters.yaml",
            where + "2025-05-01",
            "政策包到2025-04-30为止，2025-05-01起的不会用到，删除，或者写进接替的政策包",
        ),
    ]
    endless = with_value(with_head(draft, until=None), name, {days[1]: value, days[3]: value})
    assert told(dead_values(endless)) == []


@pytest.mark.parametrize(
    ("fields", "is_odd"),
    [
        ({}, True),
        ({"finding": "born_here"}, False),
        ({"hukou_kind": ("agricultural",)}, False),
        ({"has_land": ("contracted",)}, False),
        ({"flag": ("4",)}, False),
    ],
)
def test_a_ground_that_nothing_establishes_is_told(draft, fields, is_odd):
    nothing = {"finding": None, "hukou_kind": (), "has_land": (), "flag": ()}
    first = draft.membership.grounds[0]
    sentence = "没有什么能使它成立，例如 finding: born_here，或者 hukou_kind: [agricultural]"

    found = told(unfounded_grounds(with_ground(draft, first.code, **nothing | fields)))

    assert found == ([("membership.yaml", "grounds[0]", sentence)] if is_odd else [])


def test_a_ground_that_only_protects_needs_nothing(draft):
    protecting = next(g for g in draft.membership.grounds if g.effect == "protect")
    nothing = {"finding": None, "hukou_kind": (), "has_land": (), "flag": ()}

    assert told(unfounded_grounds(with_ground(draft, protecting.code, **nothing))) == []


def test_two_rows_of_one_name_are_told_at_the_second(draft):
    odd = with_row(draft, "forest_subsidy", title="高龄津贴")

    assert told(repeated_rows(odd)) == [
        (
            ROWS,
            f"benefits[{place(draft, 'aged_allowance')}].title",
            "名称与“forest_subsidy”相同，合并成一行，或者改名，例如 高龄津贴（老年人）",
        )
    ]


@pytest.mark.parametrize(
    ("otherwise", "is_told"),
    [
        ({}, True),
        ({"after": "rural_medical"}, False),
        ({"category": Category.HEALTH}, False),
        ({"scope": Scope.PERSON}, False),
        ({"when": (Condition(age_at_least=60),)}, False),
        ({"drawn_as": ("还林",)}, False),
        ({"effective": date(2010, 1, 1)}, False),
    ],
)
def test_two_rows_for_the_same_people_who_draw_the_same_are_told(draft, otherwise, is_told):
    first = next(row for row in draft.benefits.benefits if row.id == "grain_subsidy")
    same = {
        name: getattr(first, name)
        for name in ("category", "scope", "when", "drawn_as", "effective")
    }
    odd = with_row(draft, "forest_subsidy", **same | otherwise)
    sentence = "与“grain_subsidy”给同样的人，花名册上的名称也相同，合并，或者写 exclusive"
    key = f"benefits[{place(draft, 'forest_subsidy')}]"

    assert told(repeated_rows(odd)) == ([(ROWS, key, sentence)] if is_told else [])


def test_rows_that_are_drawn_under_no_name_may_be_for_the_same_people(draft):
    assert told(repeated_rows(draft)) == []


def test_what_is_restated_unchanged_is_told(draft):
    days = {
        date(2009, 1, 1): {"days": 7},
        date(2010, 1, 1): {"days": 7},
        date(2011, 1, 1): {"days": 8},
    }

    assert told(unchanged_values(with_value(draft, "notice.plan", days))) == [
        (
            "parameters.yaml",
            "parameters.notice.plan.values.2010-01-01",
            "与2009-01-01的完全相同，删除这一项，2009-01-01的一直有效",
        )
    ]


def test_what_outlives_its_law_is_told(draft):
    key = f"benefits[{place(draft, 'village_welfare')}].reference.document"
    assert draft.pack.documents["cunweihui-zuzhifa"].until == date(2010, 10, 27)
    sentence = (
        "《中华人民共和国村民委员会组织法》2010-10-27失效，此后没有依据，"
        "例如改引现行的文本，或者给政策包写 until"
    )
    row = with_row(draft, "village_welfare", reference=PackReference(document="cunweihui-zuzhifa"))

    assert (
        ROWS,
        key,
        sentence,
    ) in told(lapsed_references(row))
    assert key in keys(lapsed_references(with_head(row, until=date(2010, 10, 28))))
    assert key not in keys(lapsed_references(with_head(row, until=date(2010, 10, 27))))
    assert key in keys(lapsed_references(with_head(row, until=None)))


@pytest.mark.parametrize("day", [None, date(2011, 7, 31), date(2011, 8, 1)])
def test_what_counts_before_its_law_is_told(draft, day):
    documents = draft.pack.documents
    since = documents["fuxu-2004"].model_copy(update={"since": date(2011, 8, 1)})
    odd = with_head(draft, documents=documents | {"fuxu-2004": since})
    row = with_row(odd, "preferential_pension", effective=day)
    key = f"benefits[{place(draft, 'preferential_pension')}].reference.document"

    found = {k: words for _, k, words in told(not_yet_law(row))}

    assert found.get(key) == (
        None
        if day == date(2011, 8, 1)
        else f"《{since.title}》2011-08-01起施行，此前没有依据，例如 effective: 2011-08-01"
    )


def test_departments_grounds_and_classes_rest_on_laws_too(draft):
    later = {
        name: document.model_copy(update={"since": date(2030, 1, 1)})
        for name, document in draft.pack.documents.items()
    }
    found = keys(not_yet_law(with_head(draft, documents=later)))

    assert "departments[0].reference.document" in found
    assert "grounds[0].reference.document" in found
    assert "plans[0].classes[1].reference.document" in found
    assert "entitlements[0].reference.document" in found


def test_a_value_that_has_not_changed_for_years_is_told_when_asked(draft):
    days = {date(2009, 1, 1): {"days": 7}, date(2012, 3, 1): {"days": 8}}
    odd, key = with_value(draft, "notice.plan", days), "parameters.notice.plan.values."

    def found(day, years=10):
        return {k: words for _, k, words in told(long_unchanged(odd, day, years))}

    assert found(date(2022, 3, 2))[key + "2012-03-01"] == (
        "2012-03-01以来没有变，超过10年，核对是否仍然有效，例如补写新的一天"
    )
    assert key + "2012-03-01" not in found(date(2022, 3, 1))
    assert key + "2009-01-01" in found(date(2012, 2, 29), years=3)
    assert key + "2009-01-01" not in found(date(2012, 3, 1), years=3)
    assert found(date(2008, 1, 1)) == {}


def test_a_list_that_hangs_less_than_a_week_is_told(draft):
    days = {date(2009, 1, 1): {"days": 7}, date(2010, 1, 1): {"days": 6}}

    assert told(unusual_figures(with_value(draft, "notice.plan", days))) == [
        (
            "parameters.yaml",
            "parameters.notice.plan.values.2010-01-01.value.days",
            "只公示6天，通行的不少于7天，例如 {days: 7}",
        )
    ]
    assert (
        told(
            unusual_figures(
                with_value(draft, "deadline.review", {days_: {"days": 1} for days_ in days})
            )
        )
        == []
    )


def test_a_file_of_nothing_but_examples_is_told(draft):
    found = {file: (key, words) for file, key, words in told(all_illustrative(draft))}
    places = (HUICHUAN / "shares.yaml").read_text("utf-8").count("reference:")

    assert found["shares.yaml"] == (
        "plans",
        f"plans 里 {places} 处全是示例，取得文件后改正，并删除 illustrative: true",
    )
    assert "benefits.yaml" not in found
    assert "examples/benefits.yaml" not in found


def test_what_no_example_tries_is_told(draft):
    pack = pack_of(draft)
    few = replace(pack, examples=pack.examples[:1])
    found = {key: words for _, key, words in told(untried(draft, few))}
    aged = next(row for row in draft.benefits.benefits if row.id == "preferential_pension")
    key = f"benefits[{place(draft, aged.id)}]"

    assert found[key] == f"没有示例给“{aged.title}”，例如 rows: [{{item: {aged.id}}}]"
    land = f"benefits[{place(draft, 'contracted_land')}]"
    assert found[land] == "没有示例不给“承包地”，例如 absent: [contracted_land]"
    assert f"benefits[{place(draft, 'labour_levy')}]" not in found, "it is for everybody"
    first = draft.membership.grounds[0]
    assert (
        found["grounds[0]"]
        == f"没有示例用到“{first.title}”，例如 findings: [{first.finding or '…'}]"
    )


def test_a_pack_without_examples_is_told_once(draft):
    pack = replace(pack_of(draft), examples=())

    assert [str(fault) for fault in untried(draft, pack)] == [
        "examples:1 没有一个示例，例如 examples/benefits.yaml 里写一户人家和应得的结果"
    ]


def test_an_example_that_cannot_be_asked_tries_nothing(draft):
    pack = pack_of(draft)
    before = [e.model_copy(update={"day": date(2000, 1, 1)}) for e in pack.examples]

    found = keys(untried(draft, replace(pack, examples=tuple(before))))

    assert len([key for key in found if key.startswith("benefits")]) >= len(draft.benefits.benefits)


def test_warnings_are_told_with_place_kind_and_sentence_in_order_of_the_files(draft):
    fault = PackFault(file="a.yaml", line=3, key="rows[0]", sentence="甲")
    named = {
        Oddity.DEAD: "不起作用",
        Oddity.REPEATED: "重复",
        Oddity.OLD: "过时",
        Oddity.UNUSUAL: "须核对",
        Oddity.UNTRIED: "没有示例",
    }
    assert {oddity: oddity.label for oddity in Oddity} == named
    for oddity, label in named.items():
        assert str(PackWarning(at=fault, oddity=oddity)) == f"a.yaml:3 rows[0]：【{label}】甲"
    whole = PackWarning(at=replace(fault, key=""), oddity=Oddity.DEAD)
    assert str(whole) == "a.yaml:3：【不起作用】甲"

    ended = with_head(draft, until=date(2025, 4, 30), successor="cn-2025")
    odd = with_row(ended, "forest_subsidy", title="高龄津贴", effective=date(2030, 1, 1))
    days = {date(2009, 1, 1): {"days": 6}, date(2010, 1, 1): {"days": 6}}
    found = warnings_of(with_value(odd, "notice.plan", days))
    assert list(found) == sorted(found)
    kinds = {(warning.oddity, warning.at.key) for warning in found}
    forest, aged = place(draft, "forest_subsidy"), place(draft, "aged_allowance")
    assert (Oddity.DEAD, f"benefits[{forest}].effective") in kinds
    assert (Oddity.REPEATED, f"benefits[{aged}].title") in kinds
    assert (Oddity.REPEATED, "parameters.notice.plan.values.2010-01-01") in kinds
    assert (Oddity.UNUSUAL, "parameters.notice.plan.values.2010-01-01.value.days") in kinds
    assert (Oddity.UNUSUAL, "plans") in kinds


@pytest.mark.whole
def test_a_pack_is_looked_at_from_all_sides():
    found = examine(HUICHUAN, day=TODAY)

    assert found.faults == ()
    assert found.failed == ()
    assert len(found.examples) > 40
    assert found.is_sound()
    assert found.is_sound(strict=True) == (not found.warnings)
    assert list(found.warnings) == sorted(found.warnings)


@pytest.mark.whole
def test_old_values_are_told_when_asked_as_of_the_packs_own_last_day(copied):
    text = (copied / "pack.yaml").read_text("utf-8")
    if "\nuntil: 2025-04-30\n" not in text:
        text = text.replace("\nnote:", "\nuntil: 2025-04-30\nsuccessor: cn-2025\nnote:", 1)
        (copied / "pack.yaml").write_text(text, "utf-8")
    new = examine(copied, day=TODAY).warnings

    def old(day, years):
        return set(examine(copied, day=day, unchanged=years).warnings) - set(new)

    assert {warning.oddity for warning in old(TODAY, 16)} == {Oddity.OLD}
    assert old(TODAY, 17) == set()
    assert old(date(2010, 1, 1), 2) == set()


def test_of_a_pack_with_faults_nothing_but_these_is_told(copied):
    (copied / "shares.yaml").write_text("shares: 1\n", "utf-8")

    found = examine(copied, day=TODAY, unchanged=1)

    assert found.faults
    assert (found.warnings, found.examples) == ((), ())
    assert not found.is_sound()


def test_warnings_count_only_strictly_and_failing_examples_always():
    fault = PackFault(file="a.yaml", line=1, key="", sentence="甲")
    odd = Examination(warnings=(PackWarning(at=fault, oddity=Oddity.OLD),))

    assert odd.is_sound()
    assert not odd.is_sound(strict=True)
    assert Examination().is_sound(strict=True)
