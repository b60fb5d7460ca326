"""A pack that ends hands over to another: on the day, without a gap, and never in a circle."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from conversion.errors import NotFound, PackInvalid
from conversion.policy.loading import Shelf, check_pack, load_pack, load_packs
from conversion.policy.location import packs_folder

OLD, NEW = "huichuan-2009", "cn-2025"
LAST, FIRST = date(2025, 4, 30), date(2025, 5, 1)


@pytest.fixture
def both(tmp_path):
    """The two shipped packs, in a folder in which a test may spoil them."""
    for name in (OLD, NEW):
        shutil.copytree(packs_folder() / name, tmp_path / name)
    return tmp_path


def rewrite(folder, *changes):
    """Write other words into a pack's `pack.yaml`."""
    file = folder / "pack.yaml"
    text = file.read_text("utf-8")
    for before, after in changes:
        assert text.count(before) == 1
        text = text.replace(before, after)
    file.write_text(text, "utf-8")


# --- which pack decides -----------------------------------------------------------------------


def test_until_its_last_day_the_old_pack_decides_and_from_the_next_day_the_new_one(both):
    pack = load_pack(both / OLD)

    assert (pack.on(LAST).pack.id, pack.on(LAST).day) == (OLD, LAST)
    assert (pack.on(FIRST).pack.id, pack.on(FIRST).day) == (NEW, FIRST)
    assert pack.on(date(2031, 1, 1)).pack == load_pack(both / NEW)


def test_an_office_that_loads_all_packs_follows_them_just_the_same(both):
    packs = load_packs(both)

    assert set(packs) == {OLD, NEW}
    assert packs[OLD].on(FIRST).pack == packs[NEW]
    assert packs[OLD] == load_pack(both / OLD)


def test_nothing_is_decided_before_the_first_day(both):
    pack = load_pack(both / OLD)

    assert pack.on(date(2009, 1, 1)).pack.id == OLD
    with pytest.raises(NotFound) as refusal:
        pack.on(date(2008, 12, 31))
    assert refusal.value.found == "该政策包自2009年1月1日至2025年4月30日适用"


def test_a_pack_without_an_end_says_only_since_when_it_decides(both):
    with pytest.raises(NotFound) as refusal:
        load_pack(both / NEW).on(LAST)

    assert refusal.value.asked == (
        "按政策包“村改社区政策包（2025年5月1日起的法律）”办理2025年4月30日的事项"
    )
    assert refusal.value.found == "该政策包自2025年5月1日起适用"
    assert refusal.value.remedy == "选用当日有效的政策包"


def test_a_pack_that_lies_alone_decides_only_to_its_last_day(both):
    shutil.rmtree(both / NEW)
    pack = load_pack(both / OLD)

    assert pack.on(LAST).pack == pack
    with pytest.raises(NotFound, match="至2025年4月30日适用"):
        pack.on(FIRST)


def test_the_office_is_told_ahead_which_pack_comes_next(both):
    pack = load_pack(both / OLD)

    ahead = pack.on(LAST).next
    assert ahead
    assert (ahead.pack.id, ahead.day) == (NEW, FIRST)
    assert ahead.next is None
    shutil.rmtree(both / NEW)
    assert load_pack(both / OLD).on(LAST).next is None


def test_a_pack_may_begin_before_the_one_it_follows_has_ended(both):
    rewrite(both / NEW, ("since: 2025-05-01\nnote", "since: 2025-04-01\nnote"))
    for file in ("parameters.yaml", "clauses.yaml"):
        text = (both / NEW / file).read_text("utf-8")
        (both / NEW / file).write_text(text.replace("2025-05-01:", "2025-04-01:"), "utf-8")
    pages = (both / NEW / "pack.yaml").read_text("utf-8")
    law = "since: 2025-05-01\n    note: 2024年6月28日公布"
    (both / NEW / "pack.yaml").write_text(pages.replace(law, law.replace("05", "04")), "utf-8")

    packs = load_packs(both)

    assert packs[NEW].on(date(2025, 4, 1)).pack.id == NEW
    assert packs[OLD].on(LAST).pack.id == OLD
    assert packs[OLD].on(FIRST).pack.id == NEW


# --- what is refused at loading -----------------------------------------------------------------


def test_a_pack_whose_successor_is_not_there_is_refused(both):
    shutil.rmtree(both / NEW)

    with pytest.raises(PackInvalid) as refusal:
        load_packs(both)
    assert refusal.value.asked == "读取政策包 huichuan-2009"
    assert refusal.value.found == "没有接替它的政策包 cn-2025"
    assert refusal.value.remedy == "补上这个政策包，或改正 successor"


def test_a_successor_that_lies_nowhere_is_told_on_its_line(both):
    rewrite(both / OLD, ("successor: cn-2025", "successor: cn-2052"))

    assert [str(fault) for fault in check_pack(both / OLD)] == [
        (
            "pack.yaml:9 successor：没有政策包 cn-2052，把它的文件夹放在旁边，或者改正 successor，"
            "例如 successor: cn-2025"
        )
    ]


def test_a_pack_in_the_making_may_name_one_that_is_installed(both):
    shutil.rmtree(both / NEW)

    assert check_pack(both / OLD) == ()


def test_a_lawyer_may_check_the_folder_in_which_she_works(both, monkeypatch):
    monkeypatch.chdir(both / OLD)

    assert check_pack(Path()) == ()


def test_packs_that_follow_one_another_in_a_circle_are_refused(both):
    ends = f"since: 2025-05-01\nuntil: 2025-12-31\nsuccessor: {OLD}\nnote"
    rewrite(both / NEW, ("since: 2025-05-01\nnote", ends))

    (told,) = map(str, check_pack(both / NEW))
    assert told == (
        "pack.yaml:9 successor：huichuan-2009 止于 2025-04-30，应当更晚，不能互相接替，"
        "例如 successor: cn-2025"
    )
    assert check_pack(both / OLD) == ()
    for load in (lambda: load_pack(both / NEW), lambda: load_packs(both)):
        with pytest.raises(PackInvalid, match="不能互相接替"):
            load()


def test_two_packs_that_end_on_one_day_do_not_follow_one_another(both):
    ends = "since: 2009-01-01\nuntil: 2025-04-30\nsuccessor: other\nnote"
    rewrite(both / NEW, ("since: 2025-05-01\nnote", ends))

    (told,) = map(str, check_pack(both / OLD))
    assert told == (
        "pack.yaml:9 successor：cn-2025 止于 2025-04-30，应当更晚，不能互相接替，"
        "例如 successor: cn-2025"
    )


def test_a_day_on_which_no_pack_would_decide_is_refused(both):
    rewrite(both / OLD, ("until: 2025-04-30", "until: 2025-04-29"))

    assert [str(fault) for fault in check_pack(both / OLD)] == [
        "pack.yaml:8 until：cn-2025 始于 2025-05-01，中间没有政策包，例如 until: 2025-04-30"
    ]


def test_what_is_wrong_in_the_successor_is_told_by_its_own_check_and_when_it_is_asked_for(both):
    (both / NEW / "shares.yaml").write_text("- 1\n", "utf-8")

    assert check_pack(both / OLD) == ()
    assert load_pack(both / OLD).on(LAST).pack.id == OLD
    with pytest.raises(PackInvalid, match="读取政策包 cn-2025"):
        load_pack(both / OLD).on(FIRST)

    for spoilt in ("since: 昨天\n", "[\n"):
        (both / NEW / "pack.yaml").write_text(spoilt, "utf-8")
        assert check_pack(both / OLD) == ()


# --- the shelf: only what is needed is read -----------------------------------------------------


def test_a_pack_is_read_when_it_is_asked_for_and_once(both):
    (both / "心得").mkdir()
    shelf = Shelf(both)

    assert (list(shelf), len(shelf)) == ([NEW, OLD], 2)
    assert OLD in shelf
    assert "心得" not in shelf
    assert shelf[OLD] is shelf[OLD]
    assert shelf[OLD].on(FIRST).pack is shelf[NEW]
    with pytest.raises(KeyError):
        shelf["gz-2010"]
    assert not Shelf(both / "nowhere")


def test_damage_in_one_pack_keeps_no_village_of_another_from_its_work(both):
    (both / OLD / "shares.yaml").write_text("- 1\n", "utf-8")
    shelf = Shelf(both)

    assert shelf[NEW].on(FIRST).pack.id == NEW
    with pytest.raises(PackInvalid, match="读取政策包 huichuan-2009"):
        shelf[OLD]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "until: 2025-04-30",
            "until: 2008-12-31",
            "pack.yaml:8 until：until 应当不早于 since，例如 until: 2009-01-01",
        ),
        (
            "until: 2025-04-30\nsuccessor: cn-2025\n",
            "until: 2025-04-30\n",
            (
                "pack.yaml:8 until：until 和 successor 一起写，"
                "例如 until: 2025-04-30 和 successor: cn-2025"
            ),
        ),
        (
            "until: 2025-04-30\nsuccessor: cn-2025\n",
            "successor: cn-2025\n",
            (
                "pack.yaml:8 successor：until 和 successor 一起写，"
                "例如 until: 2025-04-30 和 successor: cn-2025"
            ),
        ),
        (
            "successor: cn-2025\n",
            "successor: huichuan-2009\n",
            "pack.yaml:9 successor：successor 应当是另一个政策包，例如 cn-2025",
        ),
    ],
    ids=["ends before it begins", "ends for nobody", "handed over for ever", "to itself"],
)
def test_an_end_that_makes_no_sense_is_told_with_its_line(both, before, after, told):
    shutil.rmtree(both / NEW)
    rewrite(both / OLD, (before, after))

    assert [str(f) for f in check_pack(both / OLD) if f.file == "pack.yaml"] == [told]


def test_a_pack_may_end_on_the_day_it_begins(both):
    shutil.rmtree(both / NEW)
    rewrite(both / OLD, ("until: 2025-04-30", "until: 2009-01-01"))

    assert not [f for f in check_pack(both / OLD) if f.key in {"until", "successor"}]


# --- departments under their old and new names ------------------------------------------------------


def test_a_department_is_known_by_the_names_it_bore_before_the_reform(both):
    today = load_pack(both / OLD).on(FIRST)

    assert today.department_now("国土资源分局") == "自然资源局"
    assert today.department_now("卫生局") == "卫生健康局"
    assert today.department_now("人口和计划生育局") == "卫生健康局"
    assert today.department_now("民政局") == "民政局"
    assert today.department_now("水利局") == "水利局"
    assert today.department_now("") == ""
    assert load_pack(both / OLD).on(LAST).department_now("国土资源分局") == "国土资源分局"


def test_every_department_of_the_old_pack_goes_on_under_the_new_one(both):
    pack = load_pack(both / OLD)
    ahead = pack.on(FIRST)

    assert {ahead.department_now(name) for name in pack.on(LAST).departments} <= {
        *ahead.departments
    }


@pytest.mark.parametrize("name", ["民政局", "卫生局"], ids=["borne by another", "borne twice"])
def test_a_name_belongs_to_one_department(both, name):
    rewrite(both / NEW, ("formerly: [农牧局]", f"formerly: [{name}, 农牧局]"))

    (told,) = map(str, check_pack(both / NEW))
    assert told.endswith(
        f"：部门名称“{name}”已经用过，每个名称（包括旧名）只归一个部门，例如 formerly: [卫生局]"
    )
