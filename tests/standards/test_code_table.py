"""The code tables of persons: sex, marriage, ethnic group, member remarks."""

import pytest

from conversion.errors import WrongUse
from conversion.standards import ethnicity, marital_status, member_flag, relation, sex

TABLES = [sex.TABLE, marital_status.TABLE, ethnicity.TABLE, member_flag.TABLE, relation.TABLE]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.standard)
def test_every_code_and_every_title_leads_back_to_its_code(table):
    assert [table.code_of(code) for code in table.titles] == list(table.titles)
    assert [table.code_of(title) for title in table.titles.values()] == list(table.titles)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.standard)
def test_every_synonym_means_a_code_of_the_table(table):
    assert {table.code_of(alias) for alias in table.aliases} <= set(table.titles)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.standard)
def test_no_synonym_takes_the_place_of_another_code_or_title(table):
    taken = {alias: code for alias, code in table.aliases.items() if table.code_of(alias) != code}

    assert taken == {}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.standard)
def test_a_code_outside_the_table_is_refused_by_name(table):
    with pytest.raises(WrongUse, match="没有代码“XX”"):
        table.title_of("XX")


@pytest.mark.parametrize(
    ("table", "typed", "code"),
    [
        (sex, "男", "1"),
        (sex, "女", "2"),
        (sex, "１", "1"),
        (sex, "男女", None),
        (marital_status, "已婚", "20"),
        (marital_status, "离异", "40"),
        (marital_status, "丧偶", "30"),
        (marital_status, "未婚 ", "10"),
        (marital_status, "同居", None),
        (ethnicity, "汉", "01"),
        (ethnicity, "汉族", "01"),
        (ethnicity, "3", "03"),
        (ethnicity, "苗族", "06"),
        (ethnicity, "彝族", "07"),
        (ethnicity, "布依", "09"),
        (ethnicity, "侗族", "12"),
        (ethnicity, "土家族", "15"),
        (ethnicity, "仡佬族", "37"),
        (ethnicity, "基诺族", "56"),
        (ethnicity, "穿青人", "97"),
        (ethnicity, "57", None),
        (ethnicity, "火星族", None),
        (member_flag, "外嫁女", "1"),
        (member_flag, "在校大学生", "3"),
        (member_flag, "在校大中专学生", "3"),
        (member_flag, "服刑人员", "5"),
        (member_flag, "9", None),
        (member_flag, "", None),
    ],
)
def test_what_a_clerk_types_becomes_the_code(table, typed, code):
    assert table.code_of(typed) == code


def test_the_fifty_six_ethnic_groups_keep_the_order_of_the_standard():
    spot_checks = ["01", "03", "06", "07", "08", "11", "14", "22", "30", "34", "43", "50", "54"]

    assert [ethnicity.title_of(code) for code in spot_checks] == [
        "汉族", "回族", "苗族", "彝族", "壮族", "满族", "白族",
        "畲族", "土族", "布朗族", "乌孜别克族", "塔塔尔族", "门巴族",
    ]  # fmt: skip
    assert len(ethnicity.TABLE.titles) == 58


def test_that_somebody_is_in_prison_never_leaves_the_restricted_zone():
    assert {member_flag.title_of(code) for code in member_flag.RESTRICTED} == {"服刑人员"}
