"""One act for a whole village at the window: tried, done, killed, gone on with, looked up."""

import pytest

from conversion.services import batch_part, progress

REVIEW = ("case.review", "--as", "village1", "--form", "opinion=情况属实，同意上报。")


@pytest.fixture
def counter(counter_at):
    """A village whose three households wait for the village's review."""
    return counter_at("founded")


@pytest.fixture
def without_third(counter):
    """The same after the third household has withdrawn."""
    reason = ("--form", "reason=本户自愿撤回申请。", "--evidence", "withdrawal_request=卷3")
    done = counter.run("case", "advance", "0003", "case.withdraw", "--as", "taskforce1", *reason)
    assert done.code == 0, done.err
    return counter


def states(counter):
    return [line["case"] for line in counter.run("case", "list", "--json").json]


def test_a_dry_run_tells_who_would_be_refused_and_why_and_writes_nothing(without_third):
    before = without_third.run("history", "verify", "--json").json

    tried = without_third.run("batch", "preview", *REVIEW)

    assert tried.code == 1
    assert "520303105202-0003" in tried.out
    assert "现处于“已撤回”" in tried.out
    assert "共 3 案，可办 2 案，不可办 1 案；没有写入任何记录。" in tried.out
    assert without_third.run("history", "verify", "--json").json == before
    assert without_third.run("batch", "list", "--json").json == []


def test_a_script_reads_of_each_case_in_a_dry_run_what_it_lacks(without_third):
    tried = without_third.run("batch", "preview", *REVIEW, "--json")

    assert tried.code == 1
    assert [case["permits"] for case in tried.json["cases"]] == [True, True, False]
    assert [r["rule"] for r in tried.json["cases"][2]["unmet"]] == ["position"]
    assert list(tried.json["reasons"].values()) == [1]


def test_a_dry_run_that_refuses_nobody_says_so(counter):
    tried = counter.run("batch", "preview", *REVIEW)

    assert tried.code == 0
    assert tried.out.startswith("“案件·村级初审”共 3 案，可办 3 案")


def test_a_batch_does_them_all_and_is_found_again(counter):
    done = counter.run("batch", "run", *REVIEW)

    assert (done.code, done.err) == (0, "")
    assert done.out == "B0001“案件·村级初审”：待办 0 案，已办 3 案，未办 0 案。\n"
    assert states(counter) == ["reviewed"] * 3
    (line,) = counter.run("batch", "list", "--json").json
    assert (line["serial"], line["act"], line["done"]) == ("B0001", "case.review", 3)
    shown = counter.run("batch", "show", "B0001")
    assert shown.code == 0
    assert "案件·村级初审" in counter.run("batch", "list").out
    assert shown.out.count("已办 │") == 3


def test_who_is_refused_is_told_with_the_reason_and_stops_nobody(without_third):
    done = without_third.run("batch", "run", *REVIEW)

    assert done.code == 1
    assert "已办 2 案，未办 1 案" in done.out
    assert "已撤回" in done.out
    assert "520303105202-0001" not in done.out
    assert states(without_third) == ["reviewed", "reviewed", "withdrawn"]
    told = without_third.run("batch", "show", "B0001", "--json").json
    assert told["counts"] == {"done": 2, "refused": 1}
    assert [bool(case["reasons"]) for case in told["cases"]] == [False, False, True]


def test_a_batch_that_was_stopped_goes_on_where_it_stopped(counter, monkeypatch):
    monkeypatch.setattr(batch_part, "CHUNK", 1)
    taken, calls = progress.take_within, []

    def stopped(*args, **named):
        calls.append(args)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return taken(*args, **named)

    monkeypatch.setattr(batch_part, "take_within", stopped)
    assert counter.run("batch", "run", *REVIEW).code == 130
    counts = counter.run("batch", "show", "B0001", "--json").json["counts"]
    assert counts == {"done": 1, "waiting": 2}
    monkeypatch.setattr(batch_part, "take_within", taken)

    resumed = counter.run("batch", "resume", "B0001")
    again = counter.run("batch", "resume", "B0001", "--json")

    assert (resumed.code, again.code) == (0, 0)
    assert "已办 3 案" in resumed.out
    assert again.json["counts"] == {"done": 3}
    reviews = [
        len([e for e in counter.run("case", "timeline", h, "--json").json if e["act"] == REVIEW[0]])
        for h in ("0001", "0002", "0003")
    ]
    assert reviews == [1, 1, 1]


@pytest.mark.parametrize(
    ("scope", "households"),
    [
        (("--household", "0003", "--household", "0001"), ["0003", "0001"]),
        (("--group", "一组"), ["0001", "0002", "0003"]),
        (("--state", "case=已受理"), ["0001", "0002", "0003"]),
        (("--state", "case=accepted", "--household", "0002"), ["0002"]),
    ],
)
def test_a_batch_is_for_a_group_a_state_or_some_households(counter, scope, households):
    tried = counter.run("batch", "preview", *REVIEW, *scope, "--json").json

    assert [case["household_number"] for case in tried["cases"]] == households


def test_a_list_says_who_and_what_differs_for_each(counter, tmp_path):
    listed = tmp_path / "名单.csv"
    listed.write_text("户号,意见\n0002,同意上报，附说明\n0001,同意上报\n", encoding="utf-8-sig")

    done = counter.run("batch", "run", *REVIEW[:3], "--list", listed, "--json")

    assert done.code == 0, done.out
    assert [case["chain"][-4:] for case in done.json["cases"]] == ["0002", "0001"]
    assert states(counter) == ["reviewed", "reviewed", "accepted"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("run", "case.object", "--as", "village1"), 1, "逐案办理"),
        (("preview", "case.object", "--as", "village1"), 1, "逐案办理"),
        (("run", "case.jump", "--as", "village1"), 2, "accept（受理申请）"),
        (("run", *REVIEW, "--group", "九组"), 2, "范围内没有案件"),
        (("run", *REVIEW, "--household", "0099"), 2, "范围内没有户号 0099"),
        (("run", *REVIEW, "--state", "case=sold"), 2, "accepted（已受理）"),
        (("run", *REVIEW, "--list", "无此文件.csv"), 1, "无此文件.csv"),
        (("run", "case.review", "--as", "nobody"), 1, "人员表中没有这个账号"),
        (("run", "case.review"), 2, "--as"),
        (("resume", "B0009"), 1, "B0009"),
        (("show", "B0009"), 1, "B0009"),
    ],
)
def test_what_can_not_be_done_for_many_is_a_sentence_and_leaves_no_batch(
    counter, arguments, code, told
):
    answer = counter.run("batch", *arguments)

    assert answer.code == code
    assert told in answer.err
    assert answer.err.count("\n") == 1
    assert counter.run("batch", "list", "--json").json == []
