"""The one way a command speaks: a table for people, or JSON for programs."""

from collections.abc import Iterable
from typing import Annotated

import typer
from pydantic_core import to_json
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from conversion.cli.rows import Rows

JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出，供程序读取")]


def show(data: object, *pictures: RenderableType, as_json: bool) -> None:
    """Puts a command's answer on standard output.

    Args:
        data: The answer: dataclasses, pydantic models, days, enums, mappings, sequences.
        pictures: The same for people: tables, sentences.
        as_json: Whether to print the data (UTF-8, whatever the terminal's encoding) instead.
    """
    if as_json:
        typer.echo(to_json(data, indent=2, fallback=str))
        return
    console = Console(highlight=False)
    for picture in pictures:
        console.print(picture, markup=False, soft_wrap=isinstance(picture, str | Text))


def table(
    columns: Iterable[str], rows: Iterable[Iterable[object]], *, title: str | None = None
) -> Rows:
    """Plain values under headings; a cell is never read as markup, and None is an empty cell."""
    return Rows(title, [*columns], [[_cell(value) for value in row] for row in rows])


def _cell(value: object) -> Text:
    if isinstance(value, Text):
        return value
    return Text("" if value is None else str(value))


def progress(*, as_json: bool) -> Progress:
    """Bars for long work, on standard error; silent away from a terminal and with --json.

    `with progress(as_json=…) as bars: for case in bars.track(cases, description="打印告知单"): …`
    """
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=as_json or not console.is_terminal,
    )
