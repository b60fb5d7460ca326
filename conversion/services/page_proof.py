"""What proves a paper: the code on each page, and the signature of the file."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from conversion.documents.batch import Failure, Job
from conversion.documents.page_code import SignedCodes, claim_of
from conversion.documents.rendering import Rendering
from conversion.documents.signer import Signers
from conversion.services.office import Office
from conversion.store.database import Session
from conversion.store.entries import log_head


def coded(
    session: Session, office: Office, programme: str, jobs: Iterable[Job | Failure]
) -> list[Job | Failure]:
    """These jobs with what makes the codes of their pages, in an office that has keys.

    All name the root of the history as it stands now.

    Raises:
        SetupIncomplete: the office's keys can't be opened.
    """
    signers = office.signers()
    if signers is None:
        return list(jobs)
    head = log_head(session, programme)
    root = head.root().hex()
    return [
        _coded(job, signers, programme, head.size, root) if isinstance(job, Job) else job
        for job in jobs
    ]


def signed(office: Office, rendering: Rendering) -> Rendering:
    """The paper as the signed file, in an office that has keys.

    Raises:
        SetupIncomplete: see `coded`.
    """
    signers = office.signers()
    if signers is None:
        return rendering
    # The library takes most of a second to import: only those who sign pay it.
    from conversion.documents.signing import sign  # noqa: PLC0415

    pdf = sign(rendering.pdf, signers.papers, office.now())
    return replace(
        rendering, pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest(), page_sha256=rendering.sha256
    )


def _coded(job: Job, signers: Signers, log: str, size: int, root: str) -> Job:
    claim = claim_of(job.kind, job.facts, log=log, size=size, root=root)
    return replace(job, codes=SignedCodes(claim=claim, signer=signers.codes))
