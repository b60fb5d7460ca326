"""The public board 公示栏 as pages that need no server: the lists that hang, for anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from conversion.bundled import bundled
from conversion.documents.template import environment

INDEX = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedSheet:
    """One list as the board shows it.

    Attributes:
        file: name of its page; columns, lines: its table, the last cell of a line the code.
        days: length of the window; objections: to whom.
    """

    file: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    households: int
    posted_on: date | None
    last_day: date | None
    days: int
    working_days: bool
    objections: str
    code: str


def board_pages(village: str, day: date, sheets: Sequence[PostedSheet]) -> Mapping[str, str]:
    """File name → HTML: an index, and a page for each list.

    Raises:
        SetupIncomplete: the installation lacks the templates.
    """
    templates = environment(board_folder())
    index = templates.get_template(INDEX).render(village=village, day=day, sheets=sheets)
    page = templates.get_template("sheet.html")
    return {INDEX: index} | {s.file: page.render(village=village, sheet=s) for s in sheets}


def board_folder() -> Path:
    """The folder of the board's templates.

    Raises:
        SetupIncomplete: the installation lacks it.
    """
    return bundled("templates") / "board"
