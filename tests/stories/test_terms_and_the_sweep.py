"""Nobody waits in silence: what is due is called to mind once, and what is over goes one higher."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from conversion.domain.role import SYSTEM, Role
from conversion.services.agenda import Urgency, agenda
from conversion.services.sweep import sweep
from conversion.standards.day_count import is_working_day
from conversion.store.chains import load_case
from conversion.workflows.definition import CASE_LEVELS
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import number_of
from tests.village_roster import VILLAGE


def due_of(town, household, title):
    return next(i for i in agenda(town.office, VILLAGE).items if (i.household, i.title) == (household, title))  # fmt: skip


def working_days(after: date, until: date) -> int:
    """Working days later than one day, up to another."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(is_working_day(day) for day in days)


def objected(town_at):
    town = town_at("posted")
    town.take("case.object", "0001", raised_by="邻居王五", subject="人口数有误，请核对。")
    return town


def test_the_sweep_run_twice_reminds_once(town_at):
    town = objected(town_at)
    due = due_of(town, "0001", "答复异议")
    town.calendar.day = due.last - timedelta(days=2)

    first, second = sweep(town.office), sweep(town.office)

    assert [r.reminder.subject for r in first.reminded if r.case == number_of("0001")] == [
        "case.objection_reply/O01"
    ]
    assert first.looked_at == 3
    assert not second.did_anything
    assert not second.unswept
    event = town.case("0001").last("case.remind")
    assert (event.actor, event.roles) == (SYSTEM.account, (Role.SYSTEM,))
    assert town.verify().is_sound


def test_an_overdue_reply_goes_one_office_higher_and_only_once(town_at):
    town = objected(town_at)
    due = due_of(town, "0001", "答复异议")
    town.calendar.day = due.last + timedelta(days=1)
    sweep(town.office)
    town.calendar.later(5)
    sweep(town.office)

    told = [r for r in town.case("0001").reminders.values() if r.subject.startswith("case.objec")]

    assert [(r.offset, r.escalated, r.roles) for r in told] == [(-1, True, ("street",))]
    (item,) = [i for i in agenda(town.office, VILLAGE, account="street1").items if i.household == "0001"]  # fmt: skip
    assert item.urgency is Urgency.OVERDUE


def test_what_is_done_in_time_is_called_to_mind_no_more(town_at):
    town = objected(town_at)
    due = due_of(town, "0001", "答复异议")
    found = {"investigators": ["付永秀", "罗文彬"], "findings": "查阅户口簿。"}
    town.take("case.accept_objection", "0001", objection="O01")
    town.take("case.investigate", "0001", objection="O01", **found)
    town.take("case.settle", "0001", objection="O01", upheld=False, reply="经核对，人口数无误。")
    town.calendar.day = due.last + timedelta(days=1)
    sweep(town.office)

    subjects = {r.subject for r in town.case("0001").reminders.values()}
    assert not any(subject.startswith("case.objection_reply") for subject in subjects)


def test_a_person_sees_what_is_theirs(town_at):
    town = town_at("examined")
    every = {i.department for i in agenda(town.office, VILLAGE).items if "会签" in i.title}
    own = {i.department for i in agenda(town.office, VILLAGE, account="minzheng1").items}

    assert "民政局" in every
    assert len(every) > 1
    assert own == {"民政局"}


def test_a_department_that_has_signed_is_waited_for_no_more(town_at):
    town = town_at("examined")
    town.take("case.countersign", "0001", by="minzheng1", opinion="同意。")

    waited = [i.household for i in agenda(town.office, VILLAGE, account="minzheng1").items]
    assert waited == ["0002", "0003"]


def test_a_hold_stops_the_clock_and_its_days_do_not_count(town_at):
    town = town_at("examined")
    held = town.calendar.day
    before = due_of(town, "0001", "部门会签（民政局）")
    town.take(
        "case.suspend", "0001", by="auditor1", kind="discipline", authority="区纪委", order="纪〔2010〕1号",
        reason="核查该户申报材料。", until=town.calendar.day + timedelta(days=60),
    )  # fmt: skip
    stopped = due_of(town, "0001", "部门会签（民政局）")
    assert stopped.urgency is Urgency.SUSPENDED
    town.calendar.later(30)
    sweep(town.office)
    assert not [r for r in town.case("0001").reminders.values() if "countersigning" in r.subject]

    town.take("case.lift_hold", "0001", by="auditor1", hold="H01", paper="纪〔2010〕9号")
    lifted = town.calendar.day
    after = due_of(town, "0001", "部门会签（民政局）")

    assert after.urgency is not Urgency.SUSPENDED
    assert working_days(lifted, after.last) == working_days(held, before.last)


def test_a_benefit_never_ends_silently(town_at):
    town = town_at("in_force")
    with_day = [
        (h, key, b)
        for h in ("0001", "0002", "0003")
        for key, b in town.case(h).benefits.items()
        if b.until
    ]
    household, key, benefit = min(with_day, key=lambda found: found[2].until)
    for ahead in (90, 30, 0):
        day = benefit.until - timedelta(days=ahead)
        if day < town.calendar.day:
            continue
        town.calendar.day = day
        sweep(town.office)
        assert f"benefits.until/{key}@{ahead}" in town.case(household).reminders

    town.calendar.day = benefit.until + timedelta(days=3)
    sweep(town.office)

    assert town.case(household).benefits[key].disposition is benefit.disposition
    assert town.case(household).reminders[f"benefits.until/{key}@-1"].escalated
    open_breaches = [i for i in agenda(town.office, VILLAGE).items if i.urgency is Urgency.BREACH]
    assert household in {i.household for i in open_breaches}

    town.take("benefits.switch", household, benefit=key, decision="民〔2015〕7号", then="由城乡居民制度接续")  # fmt: skip
    left = [i for i in agenda(town.office, VILLAGE).items if i.urgency is Urgency.BREACH]
    assert len(left) == len(open_breaches) - 1


def test_the_first_sweep_of_a_late_village_raises_each_term_once_and_not_every_mark(town_at):
    town = town_at("in_force")
    town.calendar.later(10 * 365)

    swept = sweep(town.office)

    raised = [(r.case, r.reminder.subject) for r in swept.reminded]
    assert len(raised) == len(set(raised)) > 10
    assert {r.reminder.offset for r in swept.reminded} == {-1}
    given = [reminder for h in town.households() for reminder in town.case(h).reminders.values()]
    assert len(given) == len(raised)
    assert not sweep(town.office).did_anything


def test_a_lapsed_hold_is_ended_by_the_sweep(town_at):
    town = town_at("examined")
    last = town.calendar.day + timedelta(days=10)
    town.take(
        "case.suspend", "0002", by="auditor1", kind="discipline", authority="区纪委", order="纪〔2010〕2号",
        reason="核查该户申报材料。", until=last,
    )  # fmt: skip
    town.calendar.day = last + timedelta(days=1)

    swept = sweep(town.office)

    assert swept.lapsed == (f"{number_of('0002')} H01",)
    assert town.case("0002").holds["H01"].lifted_on == town.calendar.day
    assert sweep(town.office).lapsed == ()


def test_one_broken_case_stops_no_other(town_at):
    town = objected(town_at)
    town.take("case.object", "0003", raised_by="邻居王五", subject="人口数有误，请核对。")
    due = due_of(town, "0001", "答复异议")
    with town.database.writing() as session:
        session.execute(
            text("UPDATE members SET relation = '从前' WHERE chain = :c"), {"c": number_of("0001")}
        )
        session.execute(
            text("PRAGMA ignore_check_constraints = ON"),
        )
        session.execute(
            text("UPDATE objections SET state = 'lost' WHERE chain = :c"), {"c": number_of("0001")}
        )
    town.calendar.day = due.last + timedelta(days=1)

    swept = sweep(town.office)

    assert [u.chain for u in swept.unswept] == [number_of("0001")]
    assert any(r.case == number_of("0003") for r in swept.reminded)
    assert [line.split("：")[0] for line in agenda(town.office, VILLAGE).unread] == [
        number_of("0001")
    ]


def test_the_system_can_do_nothing_but_what_a_day_brings_about():
    own = {f"{t.name}.{s.event}" for t in CASE_LEVELS for s in t.steps if Role.SYSTEM in s.roles}

    assert own == {"case.remind", "case.lapse_hold"}


def test_nobody_is_appointed_to_be_the_system(town_at):
    town = town_at("taken_in")
    with pytest.raises(RequirementsUnmet) as refused:
        town.appoint("robot", Role.SYSTEM)
    assert "只属于系统自己" in str(refused.value)


def test_nobody_reminds_before_it_is_time(town_at):
    town = objected(town_at)
    with pytest.raises(RequirementsUnmet):
        town.take("case.remind", "0001", by=SYSTEM.account)


def test_days_are_the_packs_and_end_on_a_working_day(town_at):
    town = objected(town_at)
    due = due_of(town, "0001", "答复异议")
    with town.database.reading() as session:
        raised = load_case(session, number_of("0001")).objections["O01"].raised_on

    assert due.last >= raised + timedelta(days=7)
    assert due.last.weekday() < 5
    assert isinstance(due.last, date)


def test_two_basic_insurances_neither_part_nor_overlap(town_at):
    town = town_at("in_force")
    rows = {row.id: row for row in town.office.packs["huichuan-2009"].benefits}
    household, benefit = next(
        (h, b)
        for h in ("0001", "0002", "0003")
        for b in town.case(h).benefits.values()
        if b.until and rows[b.item].exclusive and b.disposition in {"kept", "dual", "to_switch"}
    )
    form = {"benefit": benefit.key, "decision": "人社〔2010〕3号", "then": "转为城镇居民保险"}
    for days in (-5, 0, 2):
        since = benefit.until + timedelta(days=days)
        assert "succession_joins" in town.unmet("benefits.switch", household, **form, since=since)

    after = benefit.until + timedelta(days=1)
    assert not town.unmet("benefits.switch", household, **form, since=after)
