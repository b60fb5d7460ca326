"""Work given to the workers, at the command line: given, worked off, looked at, done again."""

import pytest

from conversion.documents.render import render
from conversion.services import issuance

ISSUE = ("document", "queue", "--as", "taskforce1", "--out")
WORK = ("worker", "--until-idle", "--slot", "here-1", "--workers", "1")


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Papers are printed in this process: the same printing, without starting another."""
    monkeypatch.setattr(
        issuance, "render_many", lambda jobs, _: (render(j.kind, j.facts) for j in jobs)
    )


def test_papers_are_given_to_the_workers_and_looked_after(counter_at):
    counter = counter_at("landed")
    folder = counter.folder / "文书"
    count = len(counter.run("document", "list", "--status", "pending", "--json").json)

    given = counter.run(*ISSUE, folder)
    assert given.code == 0, given.err
    assert f"任务 P0001“制成文书”，共 {count} 件" in given.out
    assert "没有工作进程在跑" in given.out
    assert "没有工作进程在跑" in counter.run("job", "list").out
    again = counter.run(*ISSUE, folder)
    assert (again.code, "P0001" in again.err) == (1, True)

    done = counter.run(*WORK)
    assert (done.code, "here-1 已停止工作" in done.out) == (0, True), done.err

    shown = counter.run("job", "show", "P0001")
    assert f"待办 0，办成 {count}，未办成 0" in shown.out
    (listed,) = counter.run("job", "list", "--json").json["jobs"]
    assert (listed["serial"], listed["total"], listed["done"]) == ("P0001", count, count)
    assert len([*folder.rglob("*.pdf")]) == count
    assert counter.run("history", "verify").code == 0


def test_what_failed_is_told_with_its_reason_and_done_again(counter_at):
    counter = counter_at("landed")
    folder = counter.folder / "文书"
    folder.mkdir()
    (folder / "0002").write_bytes(b"")
    counter.run(*ISSUE, folder)
    assert counter.run(*WORK).code == 0

    shown = counter.run("job", "show", "P0001")
    assert "不能写入（有同名文件占着目录的位置）" in shown.out
    assert "conversion job retry P0001" in shown.out
    told = counter.run("job", "show", "P0001", "--json").json
    assert {failure["chain"][-5:] for failure in told["failures"]} == {"-0002"}
    bad = len(told["failures"])

    (folder / "0002").unlink()
    assert f"待办 {bad}，办成 {told['total'] - bad}" in counter.run("job", "retry", "P0001").out
    assert counter.run("job", "retry", "P0001").code == 1
    counter.run(*WORK)
    assert f"待办 0，办成 {told['total']}" in counter.run("job", "show", "P0001").out
    assert "已全部办完" in counter.run("job", "retry", "P0001").err


def test_a_batch_is_given_to_the_workers(counter_at):
    counter = counter_at("founded")
    given = counter.run(
        "batch", "queue", "case.review", "--as", "village1", "--form", "opinion=同意上报。"
    )
    assert "任务 B0001" in given.out, given.err
    counter.run(*WORK)

    assert "办成 3，未办成 0" in counter.run("job", "show", "B0001").out
    assert counter.run("batch", "show", "B0001", "--json").json["counts"] == {"done": 3}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("job", "show", "P0009"), 1, "没有这个任务"),
        (("job", "show", "B0009"), 1, "没有这个批次"),
        (("job", "retry", "P0009"), 1, "没有这个任务"),
        (("worker", "--workers", "0"), 2, "命令行有误"),
        (("document", "queue", "--as", "taskforce1", "--out", "文书"), 1, "没有待制的文书"),
    ],
)
def test_what_can_not_be_done_is_a_sentence(counter, monkeypatch, arguments, code, told):
    monkeypatch.chdir(counter.folder)

    answer = counter.run(*arguments)
    assert (answer.code, told in answer.err) == (code, True), answer.err


def test_nothing_was_given_to_the_workers_yet(counter):
    assert "共 0 项" in counter.run("job", "list").out
