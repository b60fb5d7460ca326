"""A page printed plainly: WeasyPrint as it comes, which is what `conversion bench documents` beats.

The same template and the same words, dressed as anybody would: tables as browsers lay them out,
whole faces, everything read anew for each paper, and none of what a record needs besides.
"""

import re
from typing import Final

from weasyprint import CSS, HTML

from conversion.documents.kind import AnyKind, Facts
from conversion.documents.location import templates_folder
from conversion.documents.stage import STYLE
from conversion.documents.template import fill

_OURS: Final = re.compile(
    r'"Conversion (?:Song|Title|Hei)", |table-layout: fixed;? ?|border-collapse: separate;? ?'
)
"""The cut faces, and the tables that are quick to lay out."""

_AS_USUAL: Final = "table { border-collapse: collapse }"


def print_plainly(kind: AnyKind, facts: Facts) -> tuple[bytes, int]:
    """The paper as a PDF, and its number of pages."""
    page = _OURS.sub("", fill(kind, facts, templates_folder()))
    style = (templates_folder() / STYLE).read_text(encoding="utf-8")
    document = HTML(string=page).render(stylesheets=[CSS(string=_OURS.sub("", style) + _AS_USUAL)])
    return document.write_pdf(), len(document.pages)
