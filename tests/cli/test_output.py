"""A command's answer: drawn for people, exact for programs."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rich.text import Text

from conversion.cli.output import progress, show, table


class Outcome(StrEnum):
    GRANTED = "granted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    name: str
    day: date
    outcome: Outcome
    shares: tuple[int, ...]


ANSWER = Answer(
    name="李𮧵", day=date(2009, 9, 1), outcome=Outcome.GRANTED, shares=(3334, 3333, 3333)
)


def test_json_keeps_chinese_as_it_is_and_days_in_iso_form(capfdbinary):
    show([ANSWER], "不显示", as_json=True)
    out = capfdbinary.readouterr().out

    assert "李𮧵".encode() in out
    assert json.loads(out) == [
        {"name": "李𮧵", "day": "2009-09-01", "outcome": "granted", "shares": [3334, 3333, 3333]}
    ]


def test_people_see_the_pictures_and_not_the_data(capsys):
    show(ANSWER, table(("姓名", "股数"), [("李𮧵", 3334), (Text("张三"), None)]), as_json=False)
    out = capsys.readouterr().out

    assert "│ 李𮧵 │ 3334 │" in out
    assert "│ 张三 │      │" in out
    assert "2009" not in out


def test_brackets_in_a_value_are_not_taken_for_markup(capsys):
    show(None, table(("备注",), [("[red]村[/red]",)]), "[bold]文号[2009]12号", as_json=False)
    out = capsys.readouterr().out

    assert "[red]村[/red]" in out
    assert "[bold]文号[2009]12号" in out


def test_a_sentence_is_never_broken_so_that_it_can_be_copied(capsys):
    sentence = "文书存放在 " + "/很长的文件夹" * 20

    show(None, sentence, as_json=False)
    assert capsys.readouterr().out == f"{sentence}\n"


def test_bars_are_silent_away_from_a_terminal_and_lose_no_case(capfd):
    with progress(as_json=False) as bars:
        cases = list(bars.track(["甲户", "乙户"], description="打印告知单"))

    assert cases == ["甲户", "乙户"]
    assert capfd.readouterr() == ("", "")


def test_bars_are_silent_with_json_on_a_terminal_too(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert progress(as_json=True).disable
    assert not progress(as_json=False).disable
