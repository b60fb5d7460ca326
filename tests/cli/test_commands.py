"""The commands as a whole: every one has a Chinese help text and speaks JSON."""

import pytest
import typer

from conversion import cli

NOUNS = {"case", "db", "document", "history", "policy", "roster", "user", "village"}


def every_command(group, path=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from every_command(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(every_command(typer.main.get_command(cli.app)))


def is_chinese(text):
    return any("\u4e00" <= character <= "\u9fff" for character in text or "")


def test_commands_stand_under_their_nouns():
    assert {path[0] for path in COMMANDS} >= NOUNS


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_each_command_says_in_chinese_what_it_and_its_options_do(path):
    command = COMMANDS[path]

    assert is_chinese(command.help)
    assert [p.name for p in command.params if not is_chinese(getattr(p, "help", ""))] == []


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_each_command_speaks_json(path):
    assert "--json" in [option for p in COMMANDS[path].params for option in p.opts]


def test_help_reads_in_chinese(capsys):
    assert cli.run(["case", "advance", "--help"]) == 0
    shown = capsys.readouterr().out

    assert "选项" in shown
    assert "必填" in shown
    assert "Options" not in shown


@pytest.mark.parametrize(
    "line", [["case", "show", "\udcff"], ["case", "list", "--group", "\udcff"]]
)
def test_a_terminal_in_another_encoding_is_told_so(line, capsys):
    assert cli.run(line) == 2
    assert "含有不是 UTF-8 的字符" in capsys.readouterr().err
