"""What is to be printed, from the facts as they were sealed, and where it is to lie."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from pydantic import ValidationError

from conversion.documents.batch import Failure, Job
from conversion.documents.kind import Facts
from conversion.documents.kinds import kind_of
from conversion.domain.standing import Json
from conversion.errors import ConversionError, DocumentRefused
from conversion.services.office import Office
from conversion.store.database import Session
from conversion.store.papers import PaperLine, sealed_facts

VILLAGE = "村"
"""Folder of the papers that are no household's."""


def jobs_of(session: Session, office: Office, lines: Iterable[PaperLine]) -> list[Job | Failure]:
    """What to print; a paper whose facts are gone or broken stops no other."""
    return [
        job
        for chain, of_chain in groupby(lines, lambda line: line.chain)
        for job in _of_chain(session, office, chain, list(of_chain))
    ]


def _of_chain(
    session: Session, office: Office, chain: str, lines: Sequence[PaperLine]
) -> list[Job | Failure]:
    try:
        facts = sealed_facts(session, chain, office.key)
    except ConversionError as error:
        return [Failure(number=line.number, error=error) for line in lines]
    return [_job(line, facts.get(line.number)) for line in lines]


def _job(line: PaperLine, sealed: Json) -> Job | Failure:
    try:
        return Job(kind=kind_of(line.kind), facts=read_facts(line.number, line.kind, sealed))
    except ConversionError as error:
        return Failure(number=line.number, error=error)


def read_facts(number: str, kind: str, sealed: Json) -> Facts:
    """Facts as they were sealed.

    Raises:
        DocumentRefused: they were erased, or are of another shape than this version prints.
    """
    if sealed is None:
        raise DocumentRefused(f"印制文书{number}", "封存的内容已依法删除", "停用该编号，重新制发")
    try:
        return kind_of(kind).facts_model.model_validate(sealed)
    except ValidationError as error:
        found = "封存的内容与现用版式不符"
        raise DocumentRefused(f"印制文书{number}", found, "改用封存时的程序版本") from error


def paper_path(folder: Path, line: PaperLine) -> Path:
    """Where a paper lies: by household or with the village's, named by its title and number."""
    name = f"{kind_of(line.kind).title}_{line.number}.pdf"
    return folder / file_name(line.household_number or VILLAGE) / file_name(name)


def file_name(name: str) -> str:
    """A roster's or a village's words as the name of one file, whatever they hold.

    >>> file_name("../1号")
    '__1号'
    """
    return _NOT_IN_NAMES.sub("_", name)


_NOT_IN_NAMES = re.compile(r'^\.+|[\x00-\x1f/\\:*?"<>|]')
