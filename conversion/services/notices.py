"""Public notices of a village: lists drawn up before they hang, as they hang, and compared."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from conversion.documents.board import PostedSheet, board_pages
from conversion.documents.public_notice import PostedText
from conversion.domain.notice import Notice
from conversion.errors import NotFound, WrongUse
from conversion.services.desk import Desk
from conversion.services.filing import Filing
from conversion.services.office import Office
from conversion.store.chains import case_numbers, load_cases, load_programme
from conversion.store.database import Session
from conversion.store.notices import cases_on_notice, notices_by_case
from conversion.workflows.board import Board, CaseList, Part, Sheet, list_of
from conversion.workflows.list_issue import ListOrder


def board_of(session: Session, office: Office, programme: str) -> Board:
    """The village's board today."""
    village = load_programme(session, programme)
    return Board(village, office.pack(village.village.pack, office.today()))


def draft(
    office: Office, programme: str, kind: str, *, group: str | None = None
) -> tuple[Sheet, ...]:
    """The lists of a kind that can be hung next, one for each round that is due.

    Args:
        office: the office.
        programme: the programme's code.
        kind: the pack's kind of notice, e.g. `members`.
        group: only this 村民小组.

    Raises:
        WrongUse: there is no such list.
    """
    with office.database.reading() as session:
        return _drawn(session, board_of(session, office, programme), kind, group)


def listed(desk: Desk, filing: Filing) -> PostedText | None:
    """The list that a step orders, as it can be hung today; None where there is none."""
    try:
        order = ListOrder.model_validate(filing.filled or {})
    except ValidationError:
        return None
    board = Board(desk.programme, desk.pack)
    sheets = _drawn(desk.session, board, order.kind, order.group or None)
    found = next((sheet for sheet in sheets if sheet.round == order.round), None)
    return _text(found, order) if found else None


def _text(sheet: Sheet, order: ListOrder) -> PostedText:
    return PostedText(
        title=sheet.title,
        kind=order.kind,
        round=sheet.round,
        rounds=sheet.rounds,
        group=order.group,
        columns=sheet.columns,
        lines=sheet.lines,
        households=len(sheet.parts),
        days=sheet.days,
        working_days=sheet.working_days,
        objections=sheet.posted.objections,
        code=sheet.code,
        sha256=sheet.sha256,
    )


def _drawn(session: Session, board: Board, kind: str, group: str | None) -> tuple[Sheet, ...]:
    posted = list_of(kind)
    numbers = _near(session, board.programme.code, posted, group)
    return board.drafts(posted, load_cases(session, numbers, with_past=False))


def _near(session: Session, programme: str, posted: CaseList, group: str | None) -> list[str]:
    """Numbers of the cases for which a list hangs or can be hung."""
    found = (
        case_numbers(session, programme, states={posted.level: state}, group=group)
        for state in (*posted.before, posted.posted)
    )
    return sorted({number for numbers in found for number in numbers})


def on_board(office: Office, programme: str, *, kind: str = "") -> tuple[Sheet, ...]:
    """The lists that hang, those hung together as one; only of a kind where one is named."""
    with office.database.reading() as session:
        cases = load_cases(session, cases_on_notice(session, programme), with_past=False)
        return board_of(session, office, programme).hanging(cases, kind=kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """A notice as a line of a list; of the village itself when `household` is empty."""

    case: str
    household: str
    notice: Notice

    def state(self, day: date) -> str:
        """How it stands on a day, in words."""
        if self.notice.voided_on:
            return "作废"
        if self.notice.closed_on:
            return "期满取下"
        return "公示中" if day <= self.notice.last_day else "期满，待取证"


def notice_lines(office: Office, programme: str) -> list[NoticeLine]:
    """Every notice of a village and of its cases."""
    with office.database.reading() as session:
        village = load_programme(session, programme)
        found = notices_by_case(session, programme)
    own = [NoticeLine(case=programme, household="", notice=n) for n in village.notices.values()]
    return own + [NoticeLine(case=c, household=h, notice=notice) for c, h, notice in found]


def notice_of(office: Office, case: str, serial: str) -> tuple[Notice, CaseList, Part]:
    """One notice of a case, with what its list says of the household today.

    Raises:
        NotFound: the case has no such notice.
    """
    with office.database.reading() as session:
        (found,) = load_cases(session, [case], with_past=False)
        board = board_of(session, office, found.programme)
    notice = found.notices.get(serial)
    if notice is None:
        known = "、".join(found.notices) or "无"
        raise NotFound(f"查找案件 {case} 的公示 {serial}", f"本案的公示：{known}", "核对公示编号")
    posted = list_of(notice.kind)
    return notice, posted, board.part(posted, found, notice)


def write_board(office: Office, programme: str, folder: Path) -> list[str]:
    """The public board as pages in a folder; those of lists that hang no more are removed.

    Returns:
        The names of the files, the index first.

    Raises:
        WrongUse: the folder can't be written.
    """
    with office.database.reading() as session:
        village = load_programme(session, programme).village
    sheets = on_board(office, programme)
    listed = [_page(place, sheet) for place, sheet in enumerate(sheets, 1)]
    pages = board_pages(village.before, office.today(), listed)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for stale in folder.glob(f"{_PAGE}*.html"):
            stale.unlink()
        for name, page in pages.items():
            (folder / name).write_text(page, encoding="utf-8")
    except OSError as error:
        found = f"不能写入（{error.strerror}）"
        raise WrongUse(f"写出公示栏 {folder}", found, "换一个目录") from None
    return list(pages)


_PAGE = "notice-"


def _page(place: int, sheet: Sheet) -> PostedSheet:
    return PostedSheet(
        file=f"{_PAGE}{place:02d}.html",
        title=sheet.title,
        columns=sheet.columns,
        lines=sheet.lines,
        households=len(sheet.parts),
        posted_on=sheet.posted_on,
        last_day=sheet.last_day,
        days=sheet.days,
        working_days=sheet.working_days,
        objections=sheet.posted.objections,
        code=sheet.code,
    )
