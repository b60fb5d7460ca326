"""A household asks at the window what would be if; the answer decides nothing."""

import pytest

FIVE = "0001"


@pytest.fixture
def booked(counter_at):
    return counter_at("booked")


def changed(answer):
    return {
        (line["chapter"], line["key"], line["member"]): line
        for line in answer.json["lines"]
        if line["turn"] != "same"
    }


def shares(lines, side):
    return {
        (key, member): line[side]["amount"]
        for (chapter, key, member), line in lines.items()
        if chapter == "shares" and line[side]
    }


def test_nothing_supposed_changes_nothing_and_it_says_that_it_decides_nothing(booked):
    answer = booked.run("case", "whatif", FIVE)

    assert answer.code == 0
    assert "【" not in answer.out
    assert "不同的 0 项" in answer.out
    assert answer.out.rstrip().endswith("试算，不是决定：什么也没有写入，以办理当日的决定为准。")


def test_what_is_tried_first_is_what_the_plan_gave(booked):
    lines = booked.run("case", "whatif", FIVE, "--all", "--json").json["lines"]

    tried = {
        (line["key"], line["member"]): line["before"]["amount"]
        for line in lines
        if line["chapter"] == "shares" and line["before"]["amount"]
    }
    held = booked.town.case(FIVE).shares.values()
    assert tried == {(lot.share_class, lot.member): lot.units for lot in held}


def test_without_the_grandmother_her_shares_fall_to_everybody_else(booked):
    lines = changed(booked.run("case", "whatif", FIVE, "--without", "05", "--json"))

    assert lines["membership", "membership", "05"]["turn"] == "lost"
    assert lines["benefit", "rural_minimum_living", ""]["turn"] == "lost"
    assert lines["benefit", "rural_minimum_living", ""]["before"]["amount"] == 6500
    was, now = shares(lines, "before"), shares(lines, "after")
    assert was["population", "05"]
    assert ("population", "05") not in now
    assert now["population", "01"] > was["population", "01"]
    assert lines["shares", "population", "01"]["tendency"] == "better"


def test_a_child_born_after_the_base_date_has_the_school_and_no_shares(booked):
    child = "born=2009-12-05,relation=31,traits=在校生"
    lines = changed(booked.run("case", "whatif", FIVE, "--with", child, "--json"))

    assert lines["membership", "membership", "06"]["after"]["result"] == "不是成员"
    assert lines["benefit", "urban_school", "06"]["tendency"] == "better"
    assert not [place for place in lines if place[0] == "shares"]


def test_a_newcomer_may_be_described_in_a_file(booked, tmp_path):
    file = tmp_path / "新成员.yaml"
    file.write_text("relation: '38'\nborn: 1990-01-02\nsex: '2'\ntraits: [残疾]\n", "utf-8")

    answer = booked.run("case", "whatif", FIVE, "--with", file)

    assert "【多出】成员身份　成员身份　06 假设成员06" in answer.out


def test_what_only_starts_later_is_told_in_one_sentence(booked):
    out = booked.run("case", "whatif", FIVE, "--on", "2010-06-01").out

    assert "其余不变，只是起始日由2010年3月3日改为2010年6月1日的" in out
    assert "【改变】过渡期待遇　村级福利　全户" in out
    assert "期限由“到2013年3月3日止”改为“到2013年6月1日止”，推迟90天" in out


def test_other_facts_of_a_member_and_of_the_household(booked):
    told = ("--set", "02.hukou=resident", "--set", "land=homestead")
    out = booked.run("case", "whatif", FIVE, *told).out

    assert "由“拟登记为居民户口”改为“无需转换”。" in out
    assert "【不再有】过渡期待遇　承包地　全户" in out
    assert "还没有批准或者还没有登记户口的，按试算当日批准、登记计算。" in out


def test_memberships_proposed_afresh_forget_what_the_meeting_decided(booked):
    told = ("--set", "02.findings=member_elsewhere")
    lines = changed(booked.run("case", "whatif", FIVE, *told, "--json"))

    assert lines["membership", "membership", "02"]["after"]["result"] == "不是成员"
    assert lines["membership", "membership", "02"]["tendency"] == "worse"
    assert changed(booked.run("case", "whatif", FIVE, "--afresh", "--json")) == {}


def test_nothing_is_written(booked):
    version = booked.town.case(FIVE).version
    before = booked.run("history", "verify", "--json").json

    booked.run("case", "whatif", FIVE, "--without", "05")

    assert booked.town.case(FIVE).version == version
    assert booked.run("history", "verify", "--json").json == before


def test_a_program_is_told_that_it_is_a_trial_and_by_which_pack(booked):
    told = booked.run("case", "whatif", FIVE, "--json").json

    assert told["decides"] is False
    assert [side["day"] for side in told["sides"]] == ["2010-03-03", "2010-03-03"]
    assert [side["pack"] for side in told["sides"]] == ["huichuan-2009", "huichuan-2009"]
    assert all(len(side["sha256"]) == 64 for side in told["sides"])


def test_another_plan_is_tried_on_the_whole_village(booked):
    answer = booked.run("case", "whatif", FIVE, "--plan", "basic", "--json")
    lines = changed(answer)

    assert [side["plan"] for side in answer.json["sides"]] == ["standard", "basic"]
    assert lines["shares", "farming", "01"]["turn"] == "lost"
    assert lines["shares", "population", "01"]["tendency"] == "better"
    assert {place[0] for place in lines} == {"shares"}


def test_a_pack_outside_its_time_is_tried_with_its_nearest_day_and_says_so(booked):
    out = booked.run("case", "whatif", FIVE, "--pack", "cn-2025").out

    assert "在2010年3月3日不适用，试算用的是它在2025年5月1日的规定。" in out


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (
            ("--set", "02.hukou=城市"),
            "读取假设：--set 02.hukou：“城市”不是可以写的值，写 agricultural（农业）",
        ),
        (("--set", "02.wealth=1"), "不认识的键“wealth”"),
        (("--set", "02.farming_months=多"), "应当是整数"),
        (("--set", "hukou"), "读取假设 hukou：没有等号或项目名。请写成 项目=内容"),
        (("--with", "born=2009-12-05"), "缺少“relation”"),
        (("--with", "没有.yaml"), "读取 --with 没有.yaml：文件不存在或不能读取。"),
        (("--without", "09"), "户内没有成员“09”"),
        (("--pack", "nowhere"), "使用政策包 nowhere：没有这个政策包。"),
    ],
)
def test_what_can_not_be_supposed_is_refused_in_words(booked, told, says):
    answer = booked.run("case", "whatif", FIVE, *told)

    assert answer.code in {1, 2}
    assert says in answer.err


def test_a_faulty_file_is_told_with_its_line(booked, tmp_path):
    file = tmp_path / "新成员.yaml"
    file.write_text("relation: '38'\nborn: 1990-13-02\n", "utf-8")

    answer = booked.run("case", "whatif", FIVE, "--with", file)

    assert answer.code == 2
    assert f"{file}:2 born：" in answer.err


def test_a_household_whose_benefits_are_decided_hears_that_the_decision_stands(counter_at):
    answer = counter_at("in_force").run("case", "whatif", FIVE)

    assert "本户的待遇已经核定，以核定的为准；两栏都是按规则重新试算的。" in answer.out
    assert "按试算当日批准、登记计算" not in answer.out
    assert "不同的 0 项" in answer.out
