"""Printing a paper again, from its sealed facts, for the file and the court."""

from dataclasses import dataclass

from conversion.documents.batch import Failure, Job, render_many
from conversion.documents.kinds import kind_of
from conversion.documents.large_print import LARGE
from conversion.documents.page_code import SealedCodes
from conversion.documents.rendering import Rendering
from conversion.domain.notice import Paper
from conversion.errors import DocumentRefused, NotFound
from conversion.services.office import Office
from conversion.services.paper_access import READERS, demand_access
from conversion.services.printing import read_facts
from conversion.store.chains import load_case, load_programme, programmes
from conversion.store.database import Session
from conversion.store.paper_records import making_of
from conversion.store.papers import sealed_facts
from conversion.workflows.paper_life import Holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """The page of a paper again, and how the paper stands today: it may count no more.

    Attributes:
        job: what it was printed from, for whoever puts it on paper in another way.
    """

    paper: Paper
    rendering: Rendering
    job: Job


def reprint(office: Office, account: str, chain: str, number: str) -> Reprint:
    """The page of a paper again, for whoever may have it before them.

    Args:
        office: the office.
        account: who asks.
        chain: the case, or the programme for a paper of the village.
        number: the paper's.

    Raises:
        StepRefused: the person may not have this paper.
        NotFound, DocumentRefused: see `page_again`.
    """
    _demand_reader(office, account, chain, f"重印 {number}")
    return page_again(office, chain, number)


def page_again(office: Office, chain: str, number: str) -> Reprint:
    """The page of a paper again, from its sealed facts and codes, to the same bytes.

    A superseded or recalled paper is printed too, for the file and the court. No key is needed,
    so the signature of the file is not there again: it stood behind these bytes.

    Raises:
        NotFound: the case or village has no such paper, or its facts were erased.
        DocumentRefused: it was never made, or no longer comes out as it was made.
    """
    asked = f"重印 {number}"
    with office.database.reading() as session:
        paper = holder_of(session, chain).papers.get(number)
        facts = sealed_facts(session, chain, office.key).get(number)
        making = making_of(session, chain, number, office.key)
    if paper is None or facts is None:
        raise NotFound(asked, "案卷中没有这份文书，或其内容已依法删除", "核对文书编号")
    if not paper.file_sha256:
        raise DocumentRefused(asked, "这个编号没有制成有效的文书", "先制成文书")
    if making.page_sha256 and not making.codes:
        raise NotFound(asked, "它的核验码已依法删除", "从案卷中复印原件")
    codes = SealedCodes(number=number, texts=making.codes) if making.codes else None
    job = Job(kind=kind_of(paper.kind), facts=read_facts(number, paper.kind, facts), codes=codes)
    (printed,) = render_many([job], 1)
    if isinstance(printed, Failure):
        raise printed.error
    if printed.sha256 != (making.page_sha256 or paper.file_sha256):
        found = "版式、字体或程序已变，印出的与原件不一致"
        raise DocumentRefused(asked, found, "从案卷中复印原件，或用制发时的程序版本重印")
    return Reprint(paper=paper, rendering=printed, job=job)


def large_print(office: Office, account: str, chain: str, number: str) -> Rendering:
    """A paper's facts in large type, to be read; it has no code and takes no number.

    Raises:
        StepRefused: the person may not have this paper.
        NotFound: the case has no such paper, or its facts were erased.
        DocumentRefused: that kind of paper has no large type, or counts no more.
    """
    asked = f"印大字版 {number}"
    _demand_reader(office, account, chain, asked)
    with office.database.reading() as session:
        paper = holder_of(session, chain).papers.get(number)
        facts = sealed_facts(session, chain, office.key).get(number)
    if paper is None or facts is None:
        raise NotFound(asked, "案卷中没有这份文书，或其内容已依法删除", "核对文书编号")
    kind = LARGE.get(paper.kind)
    if kind is None or not paper.is_live:
        known = "、".join(kind_of(id_).title for id_ in LARGE)
        raise DocumentRefused(asked, "这种文书没有大字版，或者已经失效", f"有大字版的：{known}")
    (printed,) = render_many([Job(kind=kind, facts=read_facts(number, paper.kind, facts))], 1)
    if isinstance(printed, Failure):
        raise printed.error
    return printed


def holder_of(session: Session, chain: str) -> Holder:
    """The case, or the programme, whose papers these are.

    Raises:
        NotFound: there is none.
    """
    own = chain in programmes(session)
    return load_programme(session, chain) if own else load_case(session, chain)


def _demand_reader(office: Office, account: str, chain: str, asked: str) -> None:
    with office.database.reading() as session:
        holder = holder_of(session, chain)
        demand_access(session, office, account, holder, asked=asked, roles=READERS)
