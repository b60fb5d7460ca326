"""The office's void list, drawn up anew as soon as it no longer says what is so."""

from datetime import datetime

from conversion.documents.signed_list import NEXT, EndedPaper, VoidList, tag_of, void_list
from conversion.errors import SetupIncomplete
from conversion.services.keys import VOID_LIST, KeyFolder
from conversion.services.office import Office
from conversion.store.chains import programmes
from conversion.store.paper_records import ended_count, ended_papers


def renew_void_list(office: Office, folder: KeyFolder) -> VoidList:
    """Draw up the list of all papers of all villages that count no more, and publish it.

    Raises:
        SetupIncomplete: the office has no keys, or they can't be opened.
    """
    signers = office.signers()
    if signers is None:
        raise SetupIncomplete("签发作废清单", "还没有密钥", "先运行 conversion keys init 建立密钥")
    listed = void_list(signers.office, signers.origin, _ended(office), office.now())
    folder.publish(VOID_LIST, listed.note(signers.codes))
    return listed


def is_renewal_due(office: Office, folder: KeyFolder) -> bool:
    """Whether a paper ended since the list was drawn up, or half of its time is over.

    Raises:
        NotGenuine: a list was changed on the disk.
    """
    if not folder.is_founded:
        return False
    listed = folder.void()
    if listed is None:
        return True
    with office.database.reading() as session:
        count = ended_count(session)
    return count != len(listed.papers) or not _is_fresh(listed, office.now())


def _is_fresh(listed: VoidList, now: datetime) -> bool:
    return listed.is_current(now) and listed.is_current(now + NEXT / 2)


def _ended(office: Office) -> list[EndedPaper]:
    with office.database.reading() as session:
        found = [record for code in programmes(session) for record in ended_papers(session, code)]
    return [
        EndedPaper(
            tag=tag_of(record.facts_sha256),
            ended_on=record.ended_on or office.today(),
            status=record.status,
            successor=record.successor,
        )
        for record in found
    ]
