"""The passphrase of the signing keys, from whoever sits at the terminal."""

import sys

import typer

from conversion.bootstrap import no_passphrase


def ask_passphrase() -> str:
    """The passphrase from whoever sits at the terminal.

    Raises:
        SetupIncomplete: nobody does.
    """
    if not sys.stdin.isatty():
        return no_passphrase()
    return str(typer.prompt("密钥的口令", hide_input=True, err=True))


def new_passphrase() -> str:
    """A passphrase typed twice."""
    if not sys.stdin.isatty():
        return no_passphrase()
    asked = "设定密钥的口令（至少 12 个字符）"
    again = "再输一遍"
    return str(typer.prompt(asked, hide_input=True, confirmation_prompt=again, err=True))
