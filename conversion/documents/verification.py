"""核验: whether a page's code or a file is the office's, and whether it still counts.

The answer rests on the key list and on either the office's own records or a void list that is in
date. Whoever asks must still compare what the code says with the page: that is the check.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from conversion.documents.page_code import Claim, PageCode, read_code
from conversion.documents.signature import SignedFile, demand_signed, read_file
from conversion.documents.signed_list import CodeKeyLine, KeyList, VoidList
from conversion.domain.notice import PaperStatus
from conversion.errors import NotGenuine
from conversion.standards.beijing_time import day_of


class Verdict(StrEnum):
    """What became of a verification."""

    GENUINE = "genuine"
    VOID = "void"
    SUPERSEDED = "superseded"
    NOT_GENUINE = "not_genuine"
    KEY_UNKNOWN = "key_unknown"
    LIST_OUT_OF_DATE = "list_out_of_date"

    @property
    def label(self) -> str:
        """The verdict as it is told."""
        return {
            "genuine": "真实有效",
            "void": "已经作废",
            "superseded": "已被取代",
            "not_genuine": "不是真件",
            "key_unknown": "不认识的密钥",
            "list_out_of_date": "清单过期，不能判定",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A verdict with its reason.

    Attributes:
        claim: what the code says; None where it proves nothing.
        ended_on: since when the paper counts no more; successor: the one in its place.
        sought: that its holder declared it lost, and until when the notice runs; mostly empty.
        alarm: what the office's auditors must hear of, whatever the verdict; mostly empty.
    """

    verdict: Verdict
    reason: str
    claim: Claim | None = None
    ended_on: date | None = None
    successor: str = ""
    sought: str = ""
    alarm: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A paper as the office's own records have it.

    Attributes:
        file_sha256, page_sha256: of the file as issued, and before it was signed.
        sought, alarm: see `Answer`.
        printed: digest of a file that was given out for printing → what it is, e.g. a copy.
    """

    status: PaperStatus
    facts_sha256: str
    file_sha256: str
    page_sha256: str = ""
    ended_on: date | None = None
    successor: str = ""
    sought: str = ""
    alarm: str = ""
    printed: Mapping[str, str] = field(default_factory=dict)


Lookup = Callable[[Claim], Recorded | None]
"""The record of the paper that a code claims to be of; None if the office knows none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What a verification rests on: the keys, and the records or else a void list."""

    keys: KeyList
    now: datetime
    void: VoidList | None = None
    records: Lookup | None = None


def verify_code(text: str, trust: Trust) -> Answer:
    """What there is to say of the code of one page."""
    try:
        code = read_code(text)
    except NotGenuine as error:
        return _not_genuine(error.found)
    line = trust.keys.code_line(code.key_id)
    if line is None:
        found = f"公钥清单（第{trust.keys.serial}号）中没有密钥 {code.key_id}"
        return Answer(
            verdict=Verdict.KEY_UNKNOWN, reason=f"{found}：换用最新的清单，仍没有的不是真件"
        )
    return _unproven(code, line, trust) or _standing(code.claim, trust)


def verify_file(pdf: bytes, trust: Trust) -> Answer:
    """What there is to say of a PDF file: its pages, its attachment, its signature, its paper."""
    try:
        file = read_file(pdf)
        codes = [read_code(text) for text in file.codes]
    except NotGenuine as error:
        return _not_genuine(error.found)
    if not codes:
        return _not_genuine("文件没有页")
    answer = verify_code(codes[0].text, trust)
    if answer.claim is None:
        return answer
    fault = _misjoined(codes, trust.keys) or _strange_facts(file, answer.claim)
    if fault:
        return _not_genuine(fault)
    return _unlike_record(file, answer, trust) or _unsigned(pdf, file, trust) or answer


def _unproven(code: PageCode, line: CodeKeyLine, trust: Trust) -> Answer | None:
    """Why a code proves nothing although its key is known."""
    if not code.is_signed_by(trust.keys.code_key(line)):
        return _not_genuine("码中的内容被改动过")
    if code.claim.day > line.until:
        return _not_genuine(f"密钥 {line.id} 只用到 {line.until}，文书日期在其后")
    if line.revoked_on and trust.records is None:
        return _not_genuine(f"密钥 {line.id} 已于 {line.revoked_on} 作废，只能到发件窗口核对")
    return None


def _standing(claim: Claim, trust: Trust) -> Answer:
    if trust.records:
        return _by_record(claim, trust.records(claim))
    return _by_void_list(claim, trust.void, trust.now)


def _by_record(claim: Claim, record: Recorded | None) -> Answer:
    if record is None or record.facts_sha256 != claim.facts_sha256:
        return _not_genuine(f"登记簿中没有内容相同的 {claim.number}")
    if record.status is PaperStatus.PENDING:
        return _not_genuine(f"{claim.number} 已取号，还没有制成")
    answer = Answer(verdict=Verdict.GENUINE, reason="与登记簿一致", claim=claim, alarm=record.alarm)
    if record.status is PaperStatus.ISSUED:
        return replace(answer, sought=record.sought)
    return _ended(answer, record.status, record.ended_on, record.successor)


def _by_void_list(claim: Claim, void: VoidList | None, now: datetime) -> Answer:
    ended = void.find(claim.facts_sha256) if void else None
    answer = Answer(verdict=Verdict.GENUINE, reason="不在作废清单中", claim=claim)
    if ended:
        # What has ended never counts again, however old the list.
        return _ended(answer, ended.status, ended.ended_on, ended.successor)
    if void is None:
        reason = "码是真的，但是没有作废清单，不知道是否已经失效"
    elif not void.is_current(now):
        reason = (
            f"码是真的，但是作废清单应在 {void.next_at:%Y-%m-%d %H:%M}Z 以前更新，以后失效的查不出"
        )
    else:
        return answer
    return replace(answer, verdict=Verdict.LIST_OUT_OF_DATE, reason=reason)


def _ended(answer: Answer, status: PaperStatus, day: date | None, successor: str) -> Answer:
    superseded = status is PaperStatus.SUPERSEDED
    by = f"，由 {successor} 取代" if successor else ""
    return replace(
        answer,
        verdict=Verdict.SUPERSEDED if superseded else Verdict.VOID,
        reason=f"曾经有效，{day} 起{status.label}{by}",
        ended_on=day,
        successor=successor,
    )


def _misjoined(codes: Sequence[PageCode], keys: KeyList) -> str:
    """How the pages of a file don't belong together; empty when they do."""
    first = codes[0]
    for n, code in enumerate(codes, 1):
        line = keys.code_line(code.key_id)
        if line is None or not code.is_signed_by(keys.code_key(line)):
            return f"第{n}页的码不是真的"
        if code.claim.without_page != first.claim.without_page:
            return f"第{n}页是另一份文书的页"
        if code.claim.page != n:
            return f"第{n}页应在第{code.claim.page}页：页被调换、增减过"
    missing = first.claim.pages != len(codes)
    return f"全文{first.claim.pages}页，文件有{len(codes)}页" if missing else ""


def _strange_facts(file: SignedFile, claim: Claim) -> str:
    same = file.facts_sha256 == claim.facts_sha256
    return "" if same else "所附的事实与页上的码不符"


def _unlike_record(file: SignedFile, answer: Answer, trust: Trust) -> Answer | None:
    """Why a file is not the one that was recorded, byte for byte; a reprint is unsigned."""
    record = trust.records(answer.claim) if trust.records and answer.claim else None
    if record is None or file.sha256 in {record.file_sha256, record.page_sha256}:
        return None
    if file.sha256 in record.printed:
        told = f"{answer.reason}；本文件是{record.printed[file.sha256]}，不是制成的原件"
        return replace(answer, reason=told)
    return _not_genuine("文件与制成时登记的不是同一个，有字节不同")


def _unsigned(pdf: bytes, file: SignedFile, trust: Trust) -> Answer | None:
    """Why the signature of a file doesn't hold; nothing is wrong with a recorded reprint."""
    if trust.records and not file.signers:
        return None
    try:
        at = demand_signed(pdf, trust.keys.root_der)
    except NotGenuine as error:
        return _not_genuine(error.found)
    line = trust.keys.signer_line(file.signers[0])
    if line is None:
        reason = "签名证书不在公钥清单中：换用最新的清单，仍没有的不是真件"
        return Answer(verdict=Verdict.KEY_UNKNOWN, reason=reason)
    if not line.counts_on(day_of(at)) or (line.revoked_on and trust.records is None):
        return _not_genuine("签名证书当时还没有启用，已经停用，或者已经作废")
    return None


def _not_genuine(reason: str) -> Answer:
    return Answer(verdict=Verdict.NOT_GENUINE, reason=reason)
