"""Papers for the tests, and eyes to read a PDF with."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import copy
from typing import Any

from pypdf import PdfReader

from conversion.documents.kind import AnyKind, HouseholdKind, HouseholdOccasion
from conversion.documents.kinds import kind_of
from conversion.documents.location import templates_folder
from conversion.documents.render import STYLE
from conversion.documents.rendering import Rendering
from conversion.domain.case import TRACKS, Case
from conversion.domain.household import Member
from tests.builders import a_case, a_programme

DAY = date(2009, 10, 12)


def an_occasion(kind: HouseholdKind, case: Case) -> HouseholdOccasion:
    number = kind.number("坪社", 2009, 7)
    return HouseholdOccasion(
        number=number, day=DAY, nonce="0a" * 10, case=case, programme=a_programme()
    )


def the_facts(
    kind: HouseholdKind, members: int | Sequence[Member] = 3, parcels: int = 2, **others: Any
) -> Any:
    """The facts of a paper for a household all of whose tracks are done."""
    return facts_of(kind, a_case(members=members, parcels=parcels, done=TRACKS, **others))


def facts_of(kind: HouseholdKind, case: Case) -> Any:
    """The facts of a paper; of the kind's own model, so the tests ask for its fields."""
    return kind.facts(an_occasion(kind, case))


def a_page(folder: Path, body: str, style: str = "") -> AnyKind:
    """A kind with a one-page template of its own in a folder of its own."""
    copy(templates_folder() / STYLE, folder / STYLE)
    with (folder / STYLE).open("a", encoding="utf-8") as sheet:
        sheet.write(style)
    (folder / "page.html").write_text(f"<!doctype html><html><body>{body}", encoding="utf-8")
    return replace(kind_of("hukou_certificate"), template="page.html")


def opened(rendering: Rendering) -> Any:
    return PdfReader(BytesIO(rendering.pdf))


def text_of(rendering: Rendering) -> str:
    """The text layer in the order of drawing, without the white space of the layout."""
    pages = (page.extract_text() for page in opened(rendering).pages)
    return re.sub(r"\s", "", "".join(pages))
