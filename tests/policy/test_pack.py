"""A pack on a day: its values with their sources, its rows in force, its clauses and counters."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from conversion.errors import NotFound, PackInvalid
from conversion.policy.decision import Reference
from conversion.policy.loading import check_pack, load_pack, load_packs, pack_of
from conversion.policy.location import packs_folder
from conversion.policy.pack_part import PackReference
from tests.policy.drafting import with_head, with_row, with_value

DAY = date(2009, 12, 1)


def told(refusal):
    return refusal.value.asked, refusal.value.found, refusal.value.remedy


def test_a_value_is_used_with_its_first_day_and_its_source(huichuan):
    use = huichuan.on(date(2010, 10, 28)).use("quorum.villagers_meeting.resolve")

    assert use.name == "quorum.villagers_meeting.resolve"
    assert use.title == "村民会议同意村改社区"
    assert use.since == date(2010, 10, 28)
    assert use.illustrative is False
    assert use.reference == Reference(
        title="中华人民共和国村民委员会组织法", article="第三条、第二十一条、第二十二条"
    )
    before = huichuan.on(date(2010, 10, 27)).use("quorum.villagers_meeting.resolve")
    assert (before.since, before.illustrative) == (date(2009, 1, 1), True)


def test_the_number_of_a_paper_stands_before_the_article(huichuan):
    at = PackReference(document="shishi-fangan-2009", article="第二条")

    assert str(huichuan.reference(at)) == "《“村改社区”工作实施方案》（汇办发〔2009〕108号）第二条"
    assert huichuan.on(DAY).reference(at) == huichuan.reference(at)


def test_a_value_that_is_not_there_is_told_with_what_to_do(draft):
    day = pack_of(with_value(draft, "notice.plan", {date(2009, 12, 2): {"days": 7}})).on(DAY)

    assert not day.has("notice.plan")
    assert not day.has("notice.never")
    for name in ("notice.plan", "notice.never"):
        with pytest.raises(NotFound) as refusal:
            day.use(name)
        assert told(refusal) == (
            f"取用参数“{name}”",
            f"政策包“{day.pack.title}”在2009年12月1日没有这一项的值",
            "在政策包的 parameters.yaml 中补上该日有效的值及其依据",
        )
    assert pack_of(draft).on(DAY).has("notice.plan")


def test_a_pack_decides_from_its_first_day_to_its_last(draft):
    ended = replace(pack_of(with_head(draft, until=date(2025, 4, 30))), later=None)
    endless = replace(pack_of(with_head(draft, until=None)), later=None)

    assert ended.on(date(2009, 1, 1)).day == date(2009, 1, 1)
    assert ended.on(date(2025, 4, 30)).day == date(2025, 4, 30)
    assert endless.on(date(2099, 1, 1)).day == date(2099, 1, 1)
    for pack, day, words, end in (
        (ended, date(2008, 12, 31), "2008年12月31日", "至2025年4月30日"),
        (ended, date(2025, 5, 1), "2025年5月1日", "至2025年4月30日"),
        (endless, date(2008, 12, 31), "2008年12月31日", "起"),
    ):
        with pytest.raises(NotFound) as refusal:
            pack.on(day)
        assert refusal.value.asked == f"按政策包“{pack.title}”办理{words}的事项"
        assert refusal.value.found.startswith(f"该政策包自2009年1月1日{end}适用")


def test_rows_count_from_the_day_they_are_law(draft):
    pack = pack_of(with_row(draft, "home_care", effective=date(2010, 1, 1)))

    def rows(day):
        found = pack.on(day)
        return {row.id for row in (*found.benefits, *found.entitlements)}

    assert {"old_veteran_subsidy", "home_care"}.isdisjoint(rows(date(2009, 12, 31)))
    assert "home_care" in rows(date(2010, 1, 1))
    assert "old_veteran_subsidy" not in rows(date(2011, 7, 31))
    assert "old_veteran_subsidy" in rows(date(2011, 8, 1))


def test_a_plan_that_the_pack_does_not_have_is_told_with_those_it_has(huichuan):
    day = huichuan.on(DAY)
    first, *_, last = day.share_plans

    assert day.share_plan() is first
    assert day.share_plan(last.id) is last
    with pytest.raises(NotFound) as refusal:
        day.share_plan("never")
    assert told(refusal) == (
        "取用折股量化方案“never”",
        f"政策包“{huichuan.title}”没有这个方案",
        f"从中选择：{'、'.join(f'{plan.id}（{plan.title}）' for plan in day.share_plans)}",
    )


def test_counters_and_departments_as_papers_print_them(huichuan):
    day = huichuan.on(DAY)

    assert day.window("land") == "国土农业窗口（0851-00000005（示例））"
    assert [d.name for d in day.countersigners] == [
        d.name for d in huichuan.departments if d.countersigns
    ]
    assert len(day.countersigners) < len(huichuan.departments)


def test_a_pack_holds_what_its_files_say(draft, huichuan):
    head = draft.pack
    assert (huichuan.id, huichuan.title, huichuan.office, huichuan.note) == (
        head.id,
        head.title,
        head.office,
        head.note,
    )
    assert (huichuan.since, huichuan.until) == (head.since, head.until)
    assert huichuan.documents == head.documents
    assert huichuan.windows == head.windows
    assert huichuan.departments == head.departments
    assert huichuan.clauses == draft.clauses.clauses
    assert huichuan.grounds == draft.membership.grounds
    assert huichuan.benefits == draft.benefits.benefits
    assert huichuan.entitlements == draft.entitlements.entitlements
    assert len(huichuan.sha256) == 64


def test_what_cannot_be_read_is_told_file_by_file(copied, tmp_path):
    with pytest.raises(NotFound) as refusal:
        load_pack(tmp_path / "nowhere")
    assert told(refusal) == (
        "读取政策包 nowhere",
        f"没有文件夹 {tmp_path / 'nowhere'}",
        "核对政策包的名称",
    )
    (copied / "shares.yaml").rename(copied / "share.yaml")
    (copied / "examples" / "note.txt").write_text("甲", "utf-8")
    known = "pack.yaml、parameters.yaml、clauses.yaml、membership.yaml、shares.yaml、benefits.yaml、entitlements.yaml"
    assert [str(fault) for fault in check_pack(copied)] == [
        f"examples/note.txt:1 不认识的文件，政策包只有 {known}、parameters/*.yaml 和 examples/*.yaml",
        f"share.yaml:1 不认识的文件，政策包只有 {known}、parameters/*.yaml 和 examples/*.yaml",
        "shares.yaml:1 缺少这个文件，照着其他政策包的同名文件写一份",
    ]
    with pytest.raises(PackInvalid) as refused:
        load_pack(copied)
    assert told(refused) == (
        "读取政策包 huichuan-2009",
        "\n".join(["有以下错误", *map(str, check_pack(copied))]),
        "逐条改正后重新检查",
    )


def test_a_link_in_a_pack_leads_nowhere(copied, tmp_path):
    (copied / "shares.yaml").rename(tmp_path / "shares.yaml")
    (copied / "shares.yaml").symlink_to(tmp_path / "shares.yaml")

    assert [str(fault) for fault in check_pack(copied)] == [
        "shares.yaml:1 不接受链接，把文件本身放进来",
        "shares.yaml:1 缺少这个文件，照着其他政策包的同名文件写一份",
    ]


def test_a_folder_without_a_head_is_no_pack(tmp_path):
    shutil.copytree(packs_folder() / "cn-2025", tmp_path / "cn-2025")
    (tmp_path / "notes").mkdir()
    (tmp_path / "note.txt").write_text("甲", "utf-8")

    assert list(load_packs(tmp_path)) == ["cn-2025"]
