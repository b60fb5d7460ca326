"""Verifying papers: at the office against its records, elsewhere against the public lists."""

from datetime import datetime
from functools import partial
from pathlib import Path

from conversion.documents.page_code import PREFIX, Claim
from conversion.documents.photo import codes_on
from conversion.documents.signed_list import read_key_list, read_void_list
from conversion.documents.verification import Answer, Recorded, Trust, verify_code, verify_file
from conversion.domain.printing import Printing
from conversion.errors import NotFound, WrongUse
from conversion.history.merkle import root_at
from conversion.services.keys import KeyFolder
from conversion.services.office import Office
from conversion.store.chains import programmes
from conversion.store.database import Session
from conversion.store.entries import log_head, node
from conversion.store.paper_records import PaperRecord, loss_of, making_of, paper_record
from conversion.store.printings import printing_lines

PDF = b"%PDF-"
LARGEST = 64 << 20
"""Bytes of a file that is verified."""


def trust_of_office(office: Office, folder: KeyFolder) -> Trust:
    """What the office itself goes by: its key list and its own records.

    Raises:
        SetupIncomplete: it has no keys.
        NotGenuine: its key list was changed.
    """
    return Trust(keys=folder.keys(), now=office.now(), records=partial(_recorded, office))


def trust_of_lists(keys: Path, void: Path | None, fingerprint: str, now: datetime) -> Trust:
    """What anybody can go by: the office's public lists as files.

    Args:
        keys: the key list; void: the void list, None if there is none.
        void: see keys.
        fingerprint: of the key that signs key lists; empty to trust the list as it is.
        now: the time.

    Raises:
        NotFound: there is no such file.
        NotGenuine: a list was changed, or is another office's.
    """
    listed = read_key_list(_text(keys), fingerprint)
    return Trust(keys=listed, now=now, void=read_void_list(_text(void), listed) if void else None)


def verify(asked: str, trust: Trust) -> list[Answer]:
    """What there is to say of what is laid before us.

    Args:
        asked: the text of a code, or the path of a PDF file, a photo or a scan.
        trust: what to go by.

    Returns:
        One answer for a code or a PDF file; one for each code on a photo.

    Raises:
        NotFound: there is no such file.
        WrongUse: it is too large, or a picture without a code.
    """
    if asked.strip().startswith(PREFIX):
        return [verify_code(asked, trust)]
    data = _read(Path(asked))
    if PDF in data[:1024]:
        return [verify_file(data, trust)]
    return [verify_code(text, trust) for text in codes_on(data)]


def _text(path: Path) -> str:
    return _read(path).decode("utf-8", "replace")


def _read(path: Path) -> bytes:
    asked = f"核验 {path}"
    try:
        if path.stat().st_size > LARGEST:
            raise WrongUse(asked, "文件大于 64 MB", "只核验文书本身")
        return path.read_bytes()
    except OSError as error:
        remedy = "核对文件名；核验码的文字以 HJ1: 开头，要加引号"
        raise NotFound(asked, f"不能读取（{error.strerror}）", remedy) from None


def _recorded(office: Office, claim: Claim) -> Recorded | None:
    with office.database.reading() as session:
        if claim.log not in programmes(session):
            return None
        record = paper_record(session, claim.log, claim.number)
        if record is None:
            return None
        making = making_of(session, record.chain, record.number, office.key)
        return Recorded(
            status=record.status,
            facts_sha256=record.facts_sha256,
            file_sha256=record.file_sha256,
            page_sha256=making.page_sha256,
            ended_on=record.ended_on,
            successor=record.successor,
            alarm=_contradiction(session, claim),
            sought=_sought(session, record),
            printed=_printed(session, claim),
        )


def _sought(session: Session, record: PaperRecord) -> str:
    """That somebody looks for a paper, so that whoever is shown it asks how it came there."""
    loss = loss_of(session, record.chain, record.number)
    if loss is None or not loss.is_open:
        return ""
    return f"持有人{loss.declared_on}声明遗失，公告至{loss.last_day}，请核对持件人身份"


def _printed(session: Session, claim: Claim) -> dict[str, str]:
    """What the files are that were given out for printing, by digest."""
    lines = printing_lines(session, claim.log, number=claim.number)
    return {line.printing.file_sha256: _told(line.printing) for line in lines}


def _told(printing: Printing) -> str:
    what = "文件" if printing.is_original else "副本"
    return f"第{printing.serial}次打印的{what}（{printing.printed_on}）"


def _contradiction(session: Session, claim: Claim) -> str:
    """How the history denies the root that was signed on a paper; empty when it doesn't."""
    size = log_head(session, claim.log).size
    if claim.size > size:
        return f"本件制成时历史有 {claim.size} 条，现在只有 {size} 条：数据库可能被换成旧备份"
    if root_at(partial(node, session, claim.log), claim.size).hex() != claim.root:
        return f"前 {claim.size} 条历史的树根与本件所载不同：历史被改写过"
    return ""
