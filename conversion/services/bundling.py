"""Bundles for the printer: a group's papers as they lie in their folder, household by household.

What is bound is what was recorded: a file that is missing, or is not the paper as issued, is left
out and told.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from conversion.documents.batch import Failure, Job, render_many
from conversion.documents.bundle import (
    BUNDLE_COVER,
    BoundPaper,
    BundleCover,
    Fetching,
    Leaf,
    bound,
    pages_of,
)
from conversion.documents.kinds import KINDS, kind_of
from conversion.domain.notice import PaperStatus
from conversion.domain.programme import Programme
from conversion.errors import NotFound
from conversion.services.issuance import issuer
from conversion.services.office import Office
from conversion.services.paper_file import write_whole
from conversion.services.printing import file_name, paper_path
from conversion.standards.masking import mask_name
from conversion.standards.natural_order import natural_order
from conversion.store.chains import CaseLine, case_lines, load_programme
from conversion.store.paper_records import making_of
from conversion.store.papers import PaperLine, paper_lines

_ORDER = {kind.id: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A file for the printer.

    Attributes:
        pages: with the list on top and the blank pages.
    """

    group: str
    path: Path
    households: int
    papers: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A paper of the group that is not in its bundle, and why."""

    number: str
    household_number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A paper with its file."""

    line: PaperLine
    case: CaseLine
    pdf: bytes


def bundle(
    office: Office,
    programme: str,
    account: str,
    papers: Path,
    out: Path,
    *,
    group: str | None = None,
    kinds: Sequence[str] = (),
    told: Callable[[int, int], None] = lambda *_: None,
) -> tuple[list[Bundle], list[LeftOut]]:
    """Bind the issued papers of each group's households, in the order in which they are delivered.

    Args:
        office: the office.
        programme: the programme's code.
        account: who binds; it takes the post of whoever issues papers.
        papers: the folder in which the papers lie.
        out: the folder for the bundles, one file for each group.
        group: 村民小组; all of them unless one is named.
        kinds: ids of the kinds of paper; all unless some are named.
        told: after each group, how many papers of how many are through.

    Raises:
        StepRefused: the person may not issue papers.
        NotFound: there is no such group or kind of paper.
        DocumentRefused: a bundle can't be written.
    """
    for kind in kinds:
        kind_of(kind)
    with office.database.reading() as session:
        issuer(session, office, programme, account)
        village = load_programme(session, programme)
        cases = {line.number: line for line in case_lines(session, programme, group=group)}
        lines = [line for line in paper_lines(session, programme) if line.chain in cases]
    if group is not None and not cases:
        raise NotFound(f"装订 {group} 的文书", "没有这个村民小组，或组内没有案件", "核对组别")
    wanted = [line for line in lines if not kinds or line.kind in kinds]
    left = [_unmade(line) for line in wanted if line.status is PaperStatus.PENDING]
    made = sorted(_issued(wanted, cases), key=_delivery)
    bundles: list[Bundle] = []
    through = 0
    for name, of_group in groupby(made, key=lambda pair: pair[1].group):
        pairs = list(of_group)
        path = out / _name(office, village, name, kinds)
        bundled, missing = _bind_group(office, village, papers, pairs, path)
        bundles += bundled
        left += missing
        through += len(pairs)
        told(through, len(made))
    return bundles, left


def _bind_group(
    office: Office,
    village: Programme,
    papers: Path,
    pairs: Iterable[tuple[PaperLine, CaseLine]],
    path: Path,
) -> tuple[list[Bundle], list[LeftOut]]:
    """One group's papers bound, unless none is there; only one group's lie in memory at a time."""
    found = [_read(office, papers, line, case) for line, case in pairs]
    missing = [paper for paper in found if isinstance(paper, LeftOut)]
    there = [paper for paper in found if isinstance(paper, _Found)]
    return [_bind(office, village, there, path)] if there else [], missing


def _issued(
    lines: Iterable[PaperLine], cases: dict[str, CaseLine]
) -> Iterator[tuple[PaperLine, CaseLine]]:
    return ((line, cases[line.chain]) for line in lines if line.status is PaperStatus.ISSUED)


def _delivery(pair: tuple[PaperLine, CaseLine]) -> tuple[object, ...]:
    """By group and household, numbers by their value; a household's papers as in its file."""
    line, case = pair
    return (
        natural_order(case.group),
        natural_order(case.household_number),
        _ORDER[line.kind],
        line.number,
    )


def _unmade(line: PaperLine) -> LeftOut:
    reason = "还没有制成"
    return LeftOut(number=line.number, household_number=line.household_number, reason=reason)


def _read(office: Office, papers: Path, line: PaperLine, case: CaseLine) -> _Found | LeftOut:
    path = paper_path(papers, line)
    try:
        pdf = path.read_bytes()
    except OSError:
        reason = f"文件不在 {path}，可用 conversion document reprint 重印到那里"
    else:
        if _is_genuine(office, line, hashlib.sha256(pdf).hexdigest()):
            return _Found(line=line, case=case, pdf=pdf)
        reason = f"文件 {path} 与制成时登记的不一致，核对后重印"
    return LeftOut(number=line.number, household_number=line.household_number, reason=reason)


def _is_genuine(office: Office, line: PaperLine, sha256: str) -> bool:
    """Whether a file is the paper as issued, or its page printed again, which is not signed."""
    if sha256 == line.file_sha256:
        return True
    with office.database.reading() as session:
        return sha256 == making_of(session, line.chain, line.number, office.key).page_sha256


def _name(office: Office, village: Programme, group: str, kinds: Sequence[str]) -> str:
    titles = "、".join(kind_of(kind).title for kind in kinds) or "全部文书"
    day = office.today().isoformat()
    return file_name(f"{village.village.village_name}{group}_{titles}_{day}.pdf")


def _bind(office: Office, village: Programme, found: Sequence[_Found], path: Path) -> Bundle:
    group = found[0].case.group
    (cover,) = render_many([Job(kind=BUNDLE_COVER, facts=_cover(office, village, group, found))], 1)
    if isinstance(cover, Failure):
        raise cover.error
    leaves = [
        Leaf(name=BUNDLE_COVER.title, pdf=cover.pdf),
        *(Leaf(name=_bookmark(paper), pdf=paper.pdf) for paper in found),
    ]
    whole = bound(leaves)
    write_whole(path, whole.pdf, office.random(8).hex())
    households = len({paper.case.number for paper in found})
    return Bundle(
        group=group, path=path, households=households, papers=len(found), pages=whole.pages
    )


def _cover(office: Office, village: Programme, group: str, found: Sequence[_Found]) -> BundleCover:
    papers = tuple(
        BoundPaper(
            household=paper.case.household_number,
            head=mask_name(paper.case.head_name),
            title=kind_of(paper.line.kind).title,
            number=paper.line.number,
            pages=pages_of(paper.pdf),
            copies=len(kind_of(paper.line.kind).copies),
        )
        for paper in found
    )
    fetching = (
        Fetching(household=household, head=head, papers=len([*of_household]))
        for (household, head), of_household in groupby(papers, lambda p: (p.household, p.head))
    )
    return BundleCover(
        number=f"{village.village.before}{group}",
        day=office.today(),
        nonce="",
        issuing_office=village.village.issuing_office,
        before=village.village.before,
        group=group,
        papers=papers,
        fetching=tuple(fetching),
    )


def _bookmark(paper: _Found) -> str:
    return f"{paper.case.household_number} {kind_of(paper.line.kind).title} {paper.line.number}"
