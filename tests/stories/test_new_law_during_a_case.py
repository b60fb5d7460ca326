"""The law changes on 1 May 2025 while a village is in the middle of its work."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversion.domain.role import Role
from conversion.history.entry import Entry
from conversion.services.agenda import agenda
from conversion.services.staff_check import check_staff
from conversion.store.entries import entries_of
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import AGREED, BOARD, Town, number_of
from tests.stages import a_town, of_department
from tests.village_roster import VILLAGE
from tests.window import Window

LAST_OLD, FIRST_NEW = date(2025, 4, 30), date(2025, 5, 1)

AFTER_REFORM = {
    "自然资源局": "guotu1",
    "农业农村局": "nongmu1",
    "人力资源和社会保障局": "renshe1",
    "卫生健康局": "jisheng1",
    "住房和城乡建设局": "jianshe1",
}


@pytest.fixture
def town_on(tmp_path) -> Iterator[Callable[[str, date], Town]]:
    """The town at a stage, on a day of the year 2025."""
    opened: list[Town] = []

    def at(stage: str, day: date) -> Town:
        town = a_town(stage, tmp_path)
        town.calendar.day = day
        opened.append(town)
        return town

    yield at
    for town in opened:
        town.database.close()


def waiting(town, household, act, by):
    """What the countersigning says of who is still to sign."""
    return town.unmet(act, household, by=by, **AGREED)["department_due"]


# --- departments that were renamed, merged or founded ---------------------------------------------


def test_departments_that_were_renamed_go_on_signing_with_the_people_they_had(town_on):
    town = town_on("examined", LAST_OLD)
    town.take("case.countersign", "0001", by="minzheng1", **AGREED)
    town.take("case.countersign", "0001", by="weisheng1", **AGREED)
    assert "国土资源分局" in waiting(town, "0001", "case.countersign", "minzheng1")

    town.calendar.day = FIRST_NEW
    assert waiting(town, "0001", "case.countersign", "jisheng1") == (
        "卫生健康局；待会签：公安分局、自然资源局、农业农村局、人力资源和社会保障局、"
        "医疗保障局、退役军人事务局、教育局"
    )
    signers = ("gongan1", "guotu1", "nongmu1", "renshe1", "yibao1", "tuiyi1", "jiaoyu1")
    for account in signers:
        town.take("case.countersign", "0001", by=account, **AGREED)

    case = town.case("0001")
    assert case.positions["case"] == "countersigned"
    assert {"卫生局", "自然资源局", "医疗保障局"} <= set(case.countersignatures)
    assert town.verify().is_sound


def test_rows_sent_to_a_department_are_answered_by_the_one_that_took_its_place(town_on):
    town = town_on("in_force", LAST_OLD)
    town.take("entitlements.map", "0001")
    town.take("entitlements.dispatch", "0001")
    sent = {row.department for row in town.case("0001").entitlements.values()}
    assert {"国土资源分局", "农牧局", "卫生局", "人口和计划生育局"} <= sent

    town.calendar.day = FIRST_NEW
    due = {item.department for item in agenda(town.office, VILLAGE).items if item.department}
    assert {"自然资源局", "农业农村局", "卫生健康局"} <= due
    assert not due & {"国土资源分局", "农牧局", "卫生局", "人口和计划生育局"}
    today = town.office.pack("huichuan-2009", FIRST_NEW)
    own = agenda(town.office, VILLAGE, account="jisheng1").items
    assert {item.department for item in own} - {""} == {"卫生健康局"}

    for act, form in (("acknowledge", {}), ("settle", {"receipt": "接〔2025〕7号"})):
        for name in sorted({today.department_now(name) for name in sent}):
            answerer = AFTER_REFORM.get(name) or of_department(name)
            town.take(f"entitlements.{act}", "0001", by=answerer, **form)

    case = town.case("0001")
    assert case.positions["entitlements"] == "settled"
    assert {row.department for row in case.entitlements.values()} == sent
    assert town.verify().is_sound


def test_a_new_department_in_which_nobody_will_be_is_told_before_its_day_and_on_it(town_on):
    town = town_on("taken_in", LAST_OLD)
    assert _told_ahead(town) == []
    town.village("retire", by="district1", account="tuiyi1", last_day=LAST_OLD)

    assert check_staff(town.office, VILLAGE).lacks == ()
    (told,) = _told_ahead(town)
    assert told.startswith("自2025年5月1日起按政策包“村改社区政策包（2025年5月1日起的法律）”办理，")
    assert told.endswith(
        "，退役军人事务局还没有人：任用一名退役军人事务局区级部门，since 写 2025-05-01"
    )

    town.calendar.day = FIRST_NEW
    assert _told_ahead(town) == []
    lacks = check_staff(town.office, VILLAGE).lacks
    assert [lack.remedy for lack in lacks] == ["任用一名退役军人事务局区级部门"]
    town.appoint("jun", Role.DEPARTMENT, department="退役军人事务局")
    assert check_staff(town.office, VILLAGE).lacks == ()


def _told_ahead(town):
    return [found for found in check_staff(town.office, VILLAGE).findings if "政策包" in found]


def test_staff_is_appointed_under_the_names_of_the_day_on_which_the_post_begins(town_on):
    town = town_on("taken_in", date(2025, 4, 20))
    town.appoint("zhou", Role.DEPARTMENT, department="医疗保障局", since=FIRST_NEW)
    town.appoint("wang", Role.DEPARTMENT, department="农牧局")
    with pytest.raises(RequirementsUnmet, match="部门（医疗保障局）不是政策包所列的部门"):
        town.appoint("li", Role.DEPARTMENT, department="医疗保障局")

    town.calendar.day = FIRST_NEW
    town.appoint("li", Role.DEPARTMENT, department="医疗保障局")
    town.appoint("zhao", Role.DEPARTMENT, department="农牧局")
    with pytest.raises(RequirementsUnmet, match="部门（水利局）不是政策包所列的部门"):
        town.appoint("chen", Role.DEPARTMENT, department="水利局")


# --- acts before, on and after the day -------------------------------------------------------------


def test_each_act_is_sealed_with_the_pack_of_its_day_and_a_notice_runs_over_the_change(town_on):
    town = town_on("founded", date(2025, 4, 22))
    town.take("case.review", "0001", **AGREED)
    town.calendar.day = date(2025, 4, 24)
    town.take("case.post", "0001", **BOARD)
    hung = town.case("0001").current_notice("case")
    assert hung
    assert (hung.days, hung.last_day) == (7, date(2025, 5, 6))  # Labour Day has five days off

    town.calendar.day = date(2025, 5, 7)
    town.take("case.close_notice", "0001")
    town.take("case.examine", "0001", **AGREED)

    packs = _sealed_packs(town, "0001")
    assert packs["case.review"] == packs["case.post"] == _digest(town, date(2025, 4, 24))
    assert packs["case.close_notice"] == packs["case.examine"] == _digest(town, FIRST_NEW)
    assert _digest(town, LAST_OLD)[0] == "huichuan-2009"
    assert _digest(town, FIRST_NEW)[0] == "cn-2025"
    assert town.verify().is_sound


def _sealed_packs(town, household):
    """Act → the pack, with its digest, under which it was last done."""
    with town.database.reading() as session:
        found = [Entry.from_bytes(e.bytes) for e in entries_of(session, number_of(household))]
    return {e.act: (e.policy.pack, e.policy.sha256) for e in found if e.policy}


def _digest(town, day):
    pack = town.office.pack("huichuan-2009", day).pack
    return pack.id, pack.sha256


def test_a_term_keeps_the_days_it_began_with_and_the_next_one_has_those_of_the_new_law(town_on):
    town = town_on("founded", date(2025, 4, 28))
    later_pack_says(town, "deadline.posting", {"days": 10, "working_days": True})
    town.take("case.review", "0001", **AGREED)
    begun = _due(town, "0001", "张榜公示")
    assert begun == date(2025, 5, 6)  # three working days over the holiday

    town.calendar.day = date(2025, 5, 6)
    town.take("case.review", "0002", **AGREED)

    assert _due(town, "0001", "张榜公示") == begun
    assert _due(town, "0002", "张榜公示") == date(2025, 5, 20)


def _due(town, household, matter):
    (item,) = [
        i
        for i in agenda(town.office, VILLAGE).items
        if (i.household, i.matter) == (household, matter)
    ]
    return item.last


def test_lists_that_began_to_hang_go_on_as_many_as_were_announced(town_on):
    town = town_on("landed", date(2025, 4, 24))
    later_pack_says(town, "notice.members", {"days": 7, "working_days": True, "rounds": 1})
    for household in ("0001", "0002"):
        town.take("shares.propose_members", household)
    town.take("shares.post_members", "0001", **BOARD)
    assert "list_left" not in town.unmet("shares.post_next_list", "0001", **BOARD)

    town.wait_for_notice("0001", "shares")
    assert town.calendar.day > FIRST_NEW
    town.take("shares.post_members", "0002", **BOARD)
    town.take("shares.post_next_list", "0001", **BOARD)

    hung = town.case("0001").current_notice("shares")
    assert hung
    assert hung.round == 2
    assert "共3榜" in town.unmet("shares.confirm_members", "0001")["lists_complete"]
    assert town.unmet("shares.post_next_list", "0002", **BOARD)["list_left"] == "第1榜，共1榜"
    assert "lists_complete" not in town.unmet("shares.confirm_members", "0002")


def later_pack_says(town, name, value):
    """Another value of a parameter in the pack that takes over."""
    old = town.office.packs["huichuan-2009"]
    new = old.later()
    parameter = new.parameters[name]
    told = {
        day: dated.model_copy(update={"value": value}) for day, dated in parameter.values.items()
    }
    changed = parameter.model_copy(update={"values": told})
    later = replace(new, parameters={**new.parameters, name: changed})
    packs = {"huichuan-2009": replace(old, later=lambda: later), "cn-2025": later}
    town.office = replace(town.office, packs=packs)


# --- votes ----------------------------------------------------------------------------------------


def test_a_meeting_called_before_and_held_after_votes_by_the_law_of_the_day_it_is_held(town_on):
    town = town_on("taken_in", date(2025, 4, 14))
    town.village("propose")
    town.village("publish_plan", **BOARD)
    town.calendar.day = date(2025, 5, 8)
    town.village("resolve", **town.meeting(date(2025, 4, 24), matters=["resolve"]))

    (vote,) = town.programme().votes.values()
    assert (vote.noticed_on, vote.held_on) == (date(2025, 4, 24), date(2025, 5, 8))
    decision = town.programme().past[-1].decision
    assert decision
    assert "2025-05-01" in str(decision["parameters"])
    assert "第三条、第二十一条、第二十二条" in str(decision["references"])


def test_what_villagers_voted_on_the_last_day_of_the_old_law_is_recorded_after_it(town_on):
    town = town_on("members_confirmed", LAST_OLD)
    ballot = town.meeting(date(2025, 4, 18))
    town.calendar.day = date(2025, 5, 6)

    town.village("adopt_share_plan", **ballot, version="2025-1")

    plan = town.programme().plan
    assert plan
    assert plan.adopted_on == LAST_OLD
    town.take("shares.allocate", "0001")
    explained = town.decision("0001", "shares.allocate")
    assert explained["granted"]
    assert (
        sum(lot.units for lot in town.case("0001").shares.values())
        == (explained["facts"]["household_units"])
    )
    assert town.verify().is_sound


def test_a_villagers_meeting_held_on_the_first_day_of_the_new_law_adopts_no_plan(town_on):
    town = town_on("members_confirmed", date(2025, 4, 18))
    with pytest.raises(RequirementsUnmet) as refused:
        town.call(date(2025, 4, 18), planned_on=FIRST_NEW)
    (unmet,) = [r for r in refused.value.requirements if not r.satisfied]
    assert unmet.found.startswith(
        "自2025年5月1日起，折股量化方案由成员大会审议决定，村民会议不能代替"
    )

    serial = town.call(date(2025, 4, 18), planned_on=FIRST_NEW, body="members_meeting")
    assert len(town.roll(serial)) == town.programme().meetings[serial].eligible
    town.calendar.day = FIRST_NEW
    present = town.roll(serial)
    town.village("record_attendance", meeting=serial, held_on=FIRST_NEW, present=present)
    votes = {"in_favour": len(present), "against": 0, "abstained": 0}
    town.village("adopt_share_plan", meeting=serial, **votes, version="2025-1")
    assert town.programme().plan


# --- benefits ---------------------------------------------------------------------------------------


def test_what_only_one_of_may_be_drawn_stays_so_when_the_new_law_no_longer_knows_the_row(town_on):
    town = town_on("in_force", date(2025, 5, 6))
    kept = next(
        benefit
        for benefit in town.case("0001").benefits.values()
        if benefit.item == "rural_medical" and benefit.until
    )
    the_day_after = kept.until + timedelta(days=1)
    told = {"benefit": kept.key, "then": "城乡居民医疗保险", "decision": "汇医保〔2025〕3号"}

    refused = town.unmet("benefits.switch", "0001", **told, since=kept.until)
    assert refused["succession_joins"].startswith(f"原待遇到 {kept.until:%Y-%m-%d} 止")
    assert "succession_joins" not in town.unmet(
        "benefits.switch", "0001", **told, since=the_day_after
    )


# --- on the screen ----------------------------------------------------------------------------------


SCREENS = (
    ("case", "show", "0001"),
    ("case", "explain", "0001", "case.review", "--as", "village1"),
    ("agenda",),
    ("village", "show"),
)


@pytest.mark.parametrize("command", SCREENS, ids=lambda command: " ".join(command[:2]))
def test_screens_say_since_when_the_village_is_decided_under_another_pack(
    town_on, monkeypatch, capsys, command
):
    town = town_on("founded", LAST_OLD)
    window = Window(town, monkeypatch, capsys)
    assert "办理，不再按" not in window.run(*command).out
    assert window.run(*command, "--json").json["policy"]["instead_of"] is None

    town.calendar.day = date(2026, 1, 5)

    assert (
        "自2025年5月1日起，本村按政策包“村改社区政策包（2025年5月1日起的法律）”（cn-2025）办理，"
        "不再按“遵义市汇川区村改社区政策包（2009年）”；此前已经办结的不变。"
        "两者的不同：conversion policy diff huichuan-2009 cn-2025"
    ) in window.run(*command).out
    told = window.run(*command, "--json").json["policy"]
    assert (told["id"], told["instead_of"]) == ("cn-2025", "huichuan-2009")
