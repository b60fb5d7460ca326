"""Whatever goes wrong, a person reads a sentence and a script reads an exit code."""

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
import typer

from conversion import cli
from conversion.cli.output import JsonOption
from conversion.errors import NotFound, StepRefused, WrongUse

FAILURES = {
    "missing": NotFound("查看案件 HC-2009-0007", "没有这个案件", "核对案件编号"),
    "senseless": WrongUse("设定日期 2月30日", "没有这一天", "按 2009-02-28 的格式输入"),
    "stopped": KeyboardInterrupt(),
    "broken": ZeroDivisionError("王家的股份"),
}

commands = typer.Typer()


@commands.command("open")
def fail(failure: str, *, as_json: JsonOption = False) -> None:
    _ = as_json
    raise FAILURES[failure]


@commands.command("count")
def count(households: int) -> None:
    typer.echo(households)


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "conversion"


@pytest.mark.parametrize(
    ("failure", "code", "sentence"),
    [
        ("missing", 1, "查看案件 HC-2009-0007：没有这个案件。请核对案件编号。"),
        ("senseless", 2, "设定日期 2月30日：没有这一天。请按 2009-02-28 的格式输入。"),
        ("stopped", 130, "已按要求中断：没有做完的这一步未写入任何记录。"),
    ],
)
def test_a_refusal_is_one_sentence_on_standard_error(failure, code, sentence, capsys):
    assert cli.run(["open", failure], commands) == code
    assert capsys.readouterr() == ("", f"错误　{sentence}\n")


def test_a_script_reads_the_three_parts_of_a_refusal_on_standard_output(capsys):
    assert cli.run(["open", "missing", "--json"], commands) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "error": {
            "kind": "NotFound",
            "message": "查看案件 HC-2009-0007：没有这个案件。请核对案件编号。",
            "exit_code": 1,
            "asked": "查看案件 HC-2009-0007",
            "found": "没有这个案件",
            "remedy": "核对案件编号",
        }
    }


def test_a_script_reads_whatever_else_a_refusal_carries(monkeypatch, capsys):
    refusal = StepRefused("批准", "公示期未满", "公示期满后办理")
    monkeypatch.setattr(refusal, "earliest", date(2009, 9, 8), raising=False)
    monkeypatch.setitem(FAILURES, "early", refusal)

    assert cli.run(["open", "early", "--json"], commands) == 1
    assert json.loads(capsys.readouterr().out)["error"]["earliest"] == "2009-09-08"


def test_an_unexpected_fault_shows_no_traceback_but_says_where_it_lies(state, capsys):
    assert cli.run(["open", "broken"], commands) == 1
    out, err = capsys.readouterr()
    (log,) = state.glob("fault-*.log")
    assert out == ""
    assert "Traceback" not in err
    assert "王家的股份" not in err
    assert "未写入任何记录" in err
    assert str(log) in err
    assert "ZeroDivisionError: 王家的股份" in log.read_text(encoding="utf-8")


def test_only_the_clerk_who_ran_the_command_may_read_the_traceback(state):
    cli.run(["open", "broken"], commands)
    (log,) = state.glob("fault-*.log")

    assert log.stat().st_mode & 0o077 == 0


def test_without_a_state_folder_the_traceback_goes_to_the_temporary_one(
    tmp_path, monkeypatch, capsys
):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))

    assert cli.run(["open", "broken", "--json"], commands) == 1
    log = Path(json.loads(capsys.readouterr().out)["error"]["log"])
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    log.unlink()


@pytest.mark.parametrize("line", [["shut"], ["open"], ["open", "x", "--soon"], ["count", "三"]])
def test_wrong_use_is_code_2(line, capsys):
    assert cli.run(line, commands) == 2
    assert capsys.readouterr().err.startswith("错误　命令行有误：")


def test_a_line_without_a_command_shows_the_commands(capsys):
    assert cli.run([]) == 2
    assert "doctor" in capsys.readouterr().out


def test_a_command_that_is_done_is_code_0(capsys):
    assert cli.run(["count", "33"], commands) == 0
    assert capsys.readouterr().out == "33\n"


def test_a_terminal_that_lacks_a_character_shows_its_code_point(monkeypatch):
    screen = io.TextIOWrapper(io.BytesIO(), encoding="gbk")
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setitem(FAILURES, "missing", NotFound("查找 李𮧵", "没有此人", "核对姓名"))

    assert cli.run(["open", "missing"], commands) == 1
    screen.flush()
    assert screen.buffer.getvalue().decode("gbk").startswith("错误　查找 李\\U0002e9f5：")
