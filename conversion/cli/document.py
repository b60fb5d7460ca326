"""`conversion document`: the numbered papers, listed, made and printed again."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from conversion.cli.job import told
from conversion.cli.listing import Column, Listing, pictures
from conversion.cli.opening import (
    AccountOption,
    GroupOption,
    ProgrammeOption,
    chosen_chain,
    chosen_programme,
    open_office,
)
from conversion.cli.output import JsonOption, progress, show
from conversion.documents.kinds import kind_of
from conversion.domain.notice import Paper, PaperStatus
from conversion.errors import WrongUse
from conversion.services import bundling, print_run
from conversion.services.bundling import Bundle, LeftOut
from conversion.services.issuance import issue_pending
from conversion.services.office import Office
from conversion.services.queued_work import work
from conversion.services.recording import Issued, Unissued
from conversion.services.reprint import reprint as reprint_paper
from conversion.store.chains import load_case, programmes
from conversion.store.database import Session
from conversion.store.papers import PaperLine, paper_lines

app = typer.Typer(help="文书：列出、制成、重印。", no_args_is_help=True)

FolderOption = Annotated[Path, typer.Option("--out", metavar="目录", help="文书存放的目录")]

_UNSIGNED = Text(
    "本单位还没有密钥：这些文书没有核验码和电子签名，别人无从核验。"
    "先用 conversion keys init 建立密钥。",
    "yellow",
)

CHAIN_HELP = "案件编号或户号；村的文书写项目代码"

LINES: tuple[Column[PaperLine], ...] = (
    Column("number", "编号", lambda p: p.number),
    Column("kind", "文书", lambda p: p.kind, lambda kind: kind_of(kind).title),
    Column("chain", "案件", lambda p: p.chain),
    Column("household_number", "户号", lambda p: p.household_number),
    Column("status", "状态", lambda p: p.status),
    Column("replaces", "取代", lambda p: p.replaces),
    Column("ended_on", "失效日", lambda p: p.ended_on),
    Column("end_reason", "失效原因", lambda p: p.end_reason),
    Column("delivered_on", "送达日", lambda p: p.delivered_on),
    Column("returned_on", "缴销日", lambda p: p.returned_on),
)

BUNDLES: tuple[Column[Bundle], ...] = (
    Column("group", "组别", lambda b: b.group),
    Column("households", "户数", lambda b: b.households),
    Column("papers", "份数", lambda b: b.papers),
    Column("pages", "页数", lambda b: b.pages),
    Column("path", "文件", lambda b: str(b.path)),
)
LEFT_OUT: tuple[Column[LeftOut], ...] = (
    Column("number", "编号", lambda p: p.number),
    Column("household_number", "户号", lambda p: p.household_number),
    Column("reason", "原因", lambda p: p.reason),
)


@app.command("list", help="列出文书，可按案件和状态查找；村的文书在前。")
def list_papers(
    case: Annotated[str | None, typer.Option("--case", metavar="案件", help=CHAIN_HELP)] = None,
    status: Annotated[
        PaperStatus | None,
        typer.Option(
            "--status",
            help="pending 待制成、issued 已制成、superseded 已被取代、recalled 已撤销、void 作废",
        ),
    ] = None,
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """The papers of a programme, or of one case or the village alone."""
    with open_office() as office:
        chain = chosen_chain(office, case) if case else None
        chosen = None if chain else chosen_programme(office, programme)
        with office.database.reading() as session:
            code = chosen or _programme_of(session, str(chain))
            lines = paper_lines(session, code, status=status)
        listing = Listing("文书", LINES, [p for p in lines if chain in {None, p.chain}])
        told = f"共 {len(listing.rows)} 份。"
        show(listing.records, *pictures([listing]), told, as_json=as_json)


@app.command("issue", help="制成全部待制文书，按户存放，村的放在“村”目录；个别制不成的不妨碍其余。")
def issue(
    account: AccountOption,
    folder: FolderOption,
    workers: Annotated[
        int, typer.Option("--workers", min=1, metavar="个数", help="同时排版的进程数")
    ] = os.cpu_count() or 1,
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Every pending paper, made; exit code 1 when one could not be."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        _demand_folder(folder)
        # Before the bars appear: whoever sits here may be asked for the keys' passphrase.
        signed = office.signers() is not None
        done = _issued(office, code, account, folder, workers=workers, as_json=as_json)
        failed = [paper for paper in done if isinstance(paper, Unissued)]
        issued = [paper for paper in done if isinstance(paper, Issued)]
        show(
            {"issued": issued, "failed": failed, "signed": signed},
            *(Text(f"未能制成 {p.number}（案件 {p.chain}）：{p.reason}", "red") for p in failed),
            f"已制成 {len(issued)} 份，未能制成 {len(failed)} 份；存放在 {folder}",
            *((_UNSIGNED,) if issued and not signed else ()),
            as_json=as_json,
        )
        raise typer.Exit(1 if failed else 0)


@app.command("queue", help="把待制文书交给工作进程（conversion worker）制成，不在这里等。")
def queue(
    account: AccountOption,
    folder: FolderOption,
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Every pending paper that no worker has in hand yet, given to the workers."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        _demand_folder(folder)
        run = print_run.order(office, code, account, folder)
        told(office, work(office, code, run.serial), as_json=as_json)


@app.command("bundle", help="把一个组的文书按户装订成一个印制文件：奇数页起，附清单和签收单。")
def bundle(
    account: AccountOption,
    papers: Annotated[Path, typer.Option("--from", metavar="目录", help="文书存放的目录")],
    out: Annotated[Path, typer.Option("--out", metavar="目录", help="装订文件放到哪里，每组一个")],
    group: GroupOption = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="种类", help="只装这一种，可写多次；例如 share_certificate"),
    ] = None,
    *,
    programme: ProgrammeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The issued papers of each group as one file; exit code 1 when one had to be left out."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        with progress(as_json=as_json) as bars:
            task = bars.add_task("装订", total=None)
            bound, left = bundling.bundle(
                office,
                code,
                account,
                papers,
                out,
                group=group,
                kinds=kind or (),
                told=lambda done, total: bars.update(task, completed=done, total=total),
            )
    show(
        {"bundles": bound, "left_out": left},
        *pictures([Listing("装订文件", BUNDLES, bound), Listing("没有装入的", LEFT_OUT, left)]),
        f"装订 {sum(b.papers for b in bound)} 份，共 {len(bound)} 个文件；{len(left)} 份没有装入。",
        as_json=as_json,
    )
    raise typer.Exit(1 if left else 0)


@app.command("reprint", help="按封存的内容重印一份文书，与原件逐字节相同。")
def reprint(
    case: Annotated[str, typer.Argument(metavar="案件", help=CHAIN_HELP)],
    number: Annotated[str, typer.Argument(metavar="文书编号", help="见 conversion document list")],
    account: AccountOption,
    out: Annotated[Path, typer.Option("--out", metavar="文件", help="写到哪个 PDF 文件")],
    *,
    as_json: JsonOption = False,
) -> None:
    """A paper's page again, from its sealed facts."""
    with open_office() as office:
        printed = reprint_paper(office, account, chosen_chain(office, case), number)
        paper, rendering = printed.paper, printed.rendering
        try:
            out.write_bytes(rendering.pdf)
        except OSError as error:
            raise WrongUse(f"写入 {out}", "目录不存在或不可写", "改用别的文件") from error
        made = {"path": out, "pages": rendering.pages, "sha256": rendering.sha256}
        ended = {"ended_on": paper.ended_on, "end_reason": paper.end_reason}
        show(
            {"number": number, "status": paper.status, **ended, **made},
            *_ending(paper),
            f"已重印 {number}：{out}（{rendering.pages} 页，SHA-256 {rendering.sha256}）",
            *(("核验码照印；电子签名只在原来的文件上。",) if rendering.codes else ()),
            as_json=as_json,
        )


def _programme_of(session: Session, chain: str) -> str:
    return chain if chain in programmes(session) else load_case(session, chain).programme


def _ending(paper: Paper) -> Iterator[Text]:
    """A warning over the reprint of a paper that counts no more."""
    if not paper.is_live:
        told = f"{paper.number} {paper.status.label}（{paper.ended_on}，{paper.end_reason}）"
        yield Text(f"{told}：重印件只供查档，不得作为有效文书使用。", "red")


def _issued(
    office: Office, programme: str, account: str, folder: Path, *, workers: int, as_json: bool
) -> list[Issued | Unissued]:
    with progress(as_json=as_json) as bars:
        task = bars.add_task("制成文书", total=None)

        def tell(_paper: Issued | Unissued, done: int, total: int) -> None:
            bars.update(task, completed=done, total=total)

        return issue_pending(office, programme, account, folder, workers=workers, told=tell)


def _demand_folder(folder: Path) -> None:
    """Refuse a folder that can't be written before the first paper is made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUse(f"把文书存放到 {folder}", "不能建立这个目录", "改用别的目录") from error
    if not os.access(folder, os.W_OK):
        raise WrongUse(f"把文书存放到 {folder}", "目录不可写", "改用别的目录")
