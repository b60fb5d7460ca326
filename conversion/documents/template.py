"""A paper's template filled with its facts: always escaped, never lenient."""

from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError

from conversion.documents.kind import AnyKind, Facts
from conversion.errors import DocumentRefused
from conversion.standards.amount import format_yuan, integer_in_words
from conversion.standards.area import format_mu, format_square_metres
from conversion.standards.chinese_date import format_day


def fill(kind: AnyKind, facts: Facts, folder: Path, *, coded: bool = False) -> str:
    """The page as HTML; `coded` keeps a place for the code on each page.

    Raises:
        DocumentRefused: the template asks for a fact that the paper doesn't have.
    """
    template = environment(folder).get_template(kind.template)
    try:
        return template.render(facts=facts, kind=kind, coded=coded)
    except UndefinedError as error:
        raise DocumentRefused(
            f"印制文书{facts.number}", f"模板 {kind.template} 要的内容没有：{error}", "改正模板"
        ) from None


@cache
def environment(folder: Path) -> Environment:
    """Jinja2 with the papers' filters, reading templates from one folder only."""
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(folder),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "day": _day,
        "mu": format_mu,
        "square_metres": format_square_metres,
        "words": integer_in_words,
        "yuan": format_yuan,
    }
    return made


def _day(value: date | None) -> str:
    return format_day(value) if value else ""
