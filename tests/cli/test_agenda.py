"""What is due, as the office sees it in the morning; and the sweep that the night runs."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from conversion.store.database import Database

OBJECTION = {"raised_by": "邻居王五", "subject": "人口数有误，请核对。"}


@pytest.fixture
def counter(counter_at):
    """A village in which one household's list has met an objection."""
    counter = counter_at("posted")
    form = [word for name, said in OBJECTION.items() for word in ("--form", f"{name}={said}")]
    done = counter.run("case", "advance", "0001", "case.object", "--as", "village1", *form)
    assert done.code == 0, done.err
    return counter


def due(counter):
    """The objection's answer, as the agenda has it."""
    items = counter.run("agenda", "--json").json["items"]
    return next(i for i in items if (i["household"], i["title"]) == ("0001", "答复异议"))


def last_day(counter):
    return date.fromisoformat(due(counter)["last"])


def test_what_is_due_is_listed_soonest_first_and_nothing_is_overdue(counter):
    answer = counter.run("agenda")
    items = counter.run("agenda", "--json").json["items"]

    assert answer.code == 0
    assert "答复异议" in answer.out
    assert answer.out.endswith(f"共 {len(items)} 项，逾期 0 项。\n")
    assert [i["last"] for i in items] == sorted(i["last"] for i in items)
    assert "公民身份号码" not in answer.out


def test_what_is_overdue_stands_first_goes_one_office_higher_and_fails_the_command(counter):
    before = due(counter)
    counter.on(last_day(counter) + timedelta(days=1))

    answer = counter.run("agenda", "--json")

    assert answer.code == 1
    first = answer.json["items"][0]
    assert (first["urgency"], first["title"], first["days"]) == ("overdue", "答复异议", -1)
    assert set(before["roles"]) < set(first["roles"])


def test_what_is_alike_in_many_households_is_one_line_unless_each_is_asked_for(counter_at):
    counter = counter_at("in_force")
    counter.on(counter.day + timedelta(days=10 * 365))
    medical = "衔接待遇：新型农村合作医疗"
    items = counter.run("agenda", "--json").json["items"]
    alike = [i for i in items if i["title"].startswith(medical)]

    together, each = counter.run("agenda"), counter.run("agenda", "--each")

    (line,) = [line for line in together.out.splitlines() if medical in line]
    assert f"│ {len(alike)} " in line
    assert "0001、0002、0003" in line
    assert "（成员" not in together.out
    assert each.out.count(medical) == len(alike)
    assert together.out.splitlines()[-1] == each.out.splitlines()[-1]
    (raised,) = [line for line in counter.run("sweep").out.splitlines() if medical in line]
    assert f"│ {len(alike)} " in raised


def test_a_person_sees_only_what_is_theirs_and_a_group_only_its_own(counter):
    own = counter.run("agenda", "--as", "minzheng1", "--json").json["items"]
    assert own == []
    assert counter.run("agenda", "--group", "九组", "--json").json["items"] == []
    everything = counter.run("agenda", "--json").json["items"]
    assert counter.run("agenda", "--group", "一组", "--json").json["items"] == everything


def test_what_ends_later_than_asked_is_left_out(counter):
    days = due(counter)["days"]

    def titles(within):
        items = counter.run("agenda", "--within", within, "--json").json["items"]
        return [i["title"] for i in items]

    assert "答复异议" in titles(days)
    assert "答复异议" not in titles(days - 1)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("agenda", "--as", "nobody"), 1, "人员表中没有这个账号"),
        (("agenda", "--within", "-1"), 2, "--within"),
        (("agenda", "--programme", "1"), 1, "没有这个项目"),
        (("sweep", "--programme", "1"), 1, "没有这个项目"),
        (("sweep", "all"), 2, "all"),
    ],
)
def test_what_has_no_meaning_is_a_sentence_and_an_exit_code(counter, arguments, code, told):
    answer = counter.run(*arguments)

    assert answer.code == code
    assert told in answer.err
    assert answer.err.count("\n") == 1


def test_a_sweep_run_twice_reminds_once(counter):
    counter.on(last_day(counter) - timedelta(days=1))

    first, second = counter.run("sweep"), counter.run("sweep")

    assert (first.code, second.code) == (0, 0)
    assert "答复异议" in first.out
    assert "巡查 3 案：催办 0 项，登记中止期满 0 件；0 案没有办成。" in second.out
    reminded = counter.run("case", "timeline", "0001", "--json").json
    assert [e["act"] for e in reminded].count("case.remind") == 1


def test_a_script_reads_what_a_sweep_did(counter):
    counter.on(last_day(counter) + timedelta(days=1))

    swept = counter.run("sweep", "--programme", counter.village, "--json").json

    told = next(r for r in swept["reminded"] if r["title"] == "答复异议")
    assert (told["case"], told["offset"], told["escalated"]) == ("520303105202-0001", -1, True)
    assert (swept["looked_at"], swept["lapsed"], swept["unswept"]) == (3, [], [])


def test_a_hold_whose_term_is_over_is_ended_by_the_sweep(counter):
    until = counter.day + timedelta(days=10)
    form = {
        "kind": "discipline", "authority": "汇川区审计局", "order": "汇审中〔2010〕2号",
        "reason": "核查该户申报材料。", "until": until,
    }  # fmt: skip
    filled = [word for name, said in form.items() for word in ("--form", f"{name}={said}")]
    paper = ("--evidence", "hold_order=卷3")
    laid = counter.run(
        "case", "advance", "0002", "case.suspend", "--as", "auditor1", *filled, *paper
    )
    assert laid.code == 0, laid.err
    counter.on(until + timedelta(days=1))

    assert "登记中止期满 1 件：520303105202-0002 H01" in counter.run("sweep").out
    assert counter.run("hold", "list", "--json").json == {"holds": [], "lapsed": []}


def test_a_case_that_can_not_be_read_is_told_by_both_and_stops_no_other(counter):
    counter.on(last_day(counter) + timedelta(days=1))
    database = Database(counter.settings.database_url)
    with database.writing() as session:
        session.execute(text("PRAGMA ignore_check_constraints = ON"))
        session.execute(text("UPDATE objections SET state = 'lost'"))
    database.close()

    swept, seen = counter.run("sweep", "--json"), counter.run("agenda", "--json")

    assert (swept.code, seen.code) == (1, 1)
    assert [u["chain"] for u in swept.json["unswept"]] == ["520303105202-0001"]
    assert swept.json["looked_at"] == 3
    assert seen.json["unread"][0].startswith("520303105202-0001：")
    assert "520303105202-0001" in counter.run("sweep").out
