"""One act on a whole village: tried first, taken part by part, and told case by case."""

import hashlib
import json
from typing import Any

import pytest

from conversion.domain.batch import BatchState
from conversion.errors import StepRefused, WrongUse
from conversion.history.canonical import canonical
from conversion.history.entry import Entry
from conversion.services import batch_part, progress
from conversion.services.batches import Order, Scope, preview, reasons, resume, run, show, start
from conversion.store.entries import entries_of
from tests.office import AGREED, number_of
from tests.village_roster import VILLAGE

APPROVAL = AGREED | {"decision_number": "汇府批〔2010〕7号"}


def an_order(act, account, form=AGREED, **scope):
    rows = scope.pop("rows", {})
    return Order(
        programme=VILLAGE, act=act, account=account, scope=Scope(**scope), form=form, rows=rows
    )


def data_of(town, household, seq):
    with town.database.reading() as session:
        stored = entries_of(session, number_of(household))[seq - 1]
    data: Any = Entry.from_bytes(stored.bytes).data
    return data


def test_a_dry_run_tells_why_each_of_the_refused_would_be_refused(town_at):
    town = town_at("founded")
    town.take("case.withdraw", "0003", reason="本户自愿撤回申请。")
    before = town.verify().root

    weighed = preview(town.office, an_order("case.review", "village1"))

    assert [(w.household_number, w.is_permitted) for w in weighed] == [
        ("0001", True),
        ("0002", True),
        ("0003", False),
    ]
    assert {r.rule for r in weighed[2].unmet} == {"position"}
    assert weighed[2].unmet[0].found == "现处于“已撤回”"
    assert list(reasons(weighed).values()) == [1]
    assert town.verify().root == before


def test_one_approval_decides_many_and_every_entry_names_it(town_at):
    town = town_at("countersigned")

    report = run(town.office, an_order("case.approve", "district1", APPROVAL))

    assert report.counts == {BatchState.DONE: 3}
    numbers = [number_of(h) for h in ("0001", "0002", "0003")]
    digest = hashlib.sha256(canonical(list(numbers))).hexdigest()
    for case in report.cases:
        told = data_of(town, case.chain.rpartition("-")[2], case.seq)
        assert told["form"]["decision_number"] == "汇府批〔2010〕7号"
        assert told["batch"] == {"serial": "B0001", "cases_sha256": digest}
    with town.database.reading() as session:
        sealed = Entry.from_bytes(entries_of(session, VILLAGE)[-1].bytes)
    listed: Any = sealed.data["form"]
    assert (sealed.act, listed["cases"]) == ("batch.open", numbers)
    assert town.verify().is_sound


def test_what_is_refused_is_told_with_its_reasons_and_stops_no_other(town_at):
    town = town_at("founded")
    town.take("case.withdraw", "0002", reason="本户自愿撤回申请。")

    report = run(town.office, an_order("case.review", "village1"))

    assert [case.state for case in report.cases] == ["done", "refused", "done"]
    assert "已撤回" in report.cases[1].reasons[0]
    assert town.households(case="reviewed") == ["0001", "0003"]


def test_a_batch_killed_in_the_middle_is_resumed_without_a_case_done_twice(town_at, monkeypatch):
    town = town_at("founded")
    monkeypatch.setattr(batch_part, "CHUNK", 1)
    taken = progress.take_within
    calls: list[Any] = []

    def killed(*args, **named):
        if len(calls) == 1:
            raise KeyboardInterrupt
        calls.append(args)
        return taken(*args, **named)

    monkeypatch.setattr(batch_part, "take_within", killed)
    with pytest.raises(KeyboardInterrupt):
        run(town.office, an_order("case.review", "village1"))
    assert show(town.office, VILLAGE, "B0001").counts == {BatchState.DONE: 1, BatchState.WAITING: 2}
    monkeypatch.setattr(batch_part, "take_within", taken)

    report = resume(town.office, VILLAGE, "B0001")
    again = resume(town.office, VILLAGE, "B0001")

    assert report.is_complete
    assert again == report
    assert [sum(e.act == "case.review" for e in town.case(h).past) for h in ("0001", "0002", "0003")] == [1, 1, 1]  # fmt: skip
    assert town.verify().is_sound


def test_what_the_law_wants_decided_case_by_case_is_decided_for_nobody_at_once(town_at):
    town = town_at("posted")
    order = an_order("case.object", "village1", {"raised_by": "王五", "subject": "人口有误"})

    for asked in (preview, run):
        with pytest.raises(StepRefused) as refused:
            asked(town.office, order)
        assert "逐案办理" in refused.value.found


def test_a_list_narrows_a_batch_and_each_case_brings_its_own_fields(town_at):
    town = town_at("countersigned")
    rows = {"0001": {"decision_number": "汇府批〔2010〕1号"}, "0003": {"decision_number": "汇府批〔2010〕3号"}}  # fmt: skip

    report = run(
        town.office,
        an_order("case.approve", "district1", households=("0003", "0001"), rows=rows),
    )

    assert [case.chain for case in report.cases] == [number_of("0003"), number_of("0001")]
    told = data_of(town, "0003", report.cases[0].seq)["form"]
    assert told["decision_number"] == "汇府批〔2010〕3号"
    assert town.households(case="approved") == ["0001", "0003"]
    assert json.loads(report.cases[1].form) == rows["0001"]


@pytest.mark.parametrize(
    "scope", [{"households": ("0099",)}, {"group": "九组"}, {"rows": {"0099": {}}}]
)
def test_a_scope_that_names_nobody_is_refused(town_at, scope):
    town = town_at("founded")

    with pytest.raises(WrongUse):
        start(town.office, an_order("case.review", "village1", **scope))
