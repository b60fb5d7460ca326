"""`conversion job`: what was given to the workers, how far it is, what failed and why."""

from typing import Annotated, Any

import typer
from rich.text import Text

from conversion.cli.listing import Column, Listing, pictures
from conversion.cli.opening import ProgrammeOption, chosen_programme, open_office
from conversion.cli.output import JsonOption, show
from conversion.domain.print_run import Made
from conversion.services import queued_work as service
from conversion.services.office import Office
from conversion.services.queued_work import Failed, Work
from conversion.store.queue import JobState, QueuedJob

app = typer.Typer(help="交给工作进程的任务：办到哪里、哪些没办成、重办。", no_args_is_help=True)

SerialArgument = Annotated[
    str, typer.Argument(metavar="任务", help="印制任务如 P0001，成批办理如 B0001")
]
SILENT = 60
"""Seconds without a sign of life after which a worker is told as silent."""

WORKS: tuple[Column[Work], ...] = (
    Column("serial", "任务", lambda w: w.serial),
    Column("title", "内容", lambda w: w.title),
    Column("account", "办理人", lambda w: w.account),
    Column("ordered", "时间", lambda w: w.ordered),
    Column("total", "共", lambda w: w.total),
    *(
        Column(state.value, state.label, lambda w, state=state: w.counts.get(state, 0))  # type: ignore[misc]
        for state in Made
    ),
    Column("running", "在办部分", lambda w: _parts(w, JobState.RUNNING)),
    Column("queued", "排队部分", lambda w: _parts(w, JobState.WAITING)),
    Column("broken", "中断部分", lambda w: _parts(w, JobState.FAILED)),
    Column("pages_per_second", "页/秒", lambda w: w.pages_per_second),
)
FAILED: tuple[Column[Failed], ...] = (
    Column("number", "编号", lambda f: f.number),
    Column("chain", "案件", lambda f: f.chain),
    Column("reason", "原因", lambda f: f.reason),
)
PARTS: tuple[Column[QueuedJob], ...] = (
    Column("first", "从第几件", lambda p: int(p.key.rpartition("/")[2])),
    Column("state", "情形", lambda p: p.state),
    Column("slot", "席位", lambda p: p.slot),
    Column("reason", "原因", lambda p: p.reason),
)


@app.command("list", help="列出交给工作进程的全部任务，各办到哪里。")
def list_jobs(programme: ProgrammeOption = None, *, as_json: JsonOption = False) -> None:
    """All print runs, and the batches that were given to the workers."""
    with open_office() as office:
        found = service.all_work(office, chosen_programme(office, programme))
        workers = service.workers_seen(office)
    listing = Listing("任务", WORKS, found)
    idle = [_no_worker()] if any(w.is_moving for w in found) and not _awake(workers) else []
    show(
        {"jobs": listing.records, "workers": workers},
        *pictures([listing]),
        *idle,
        f"共 {len(found)} 项；工作进程 {len(_awake(workers))} 个。",
        as_json=as_json,
    )


@app.command("show", help="查看一项任务：共多少、办了多少、多快，没办成的逐项说明原因。")
def show_job(
    serial: SerialArgument, programme: ProgrammeOption = None, *, as_json: JsonOption = False
) -> None:
    """One of them."""
    with open_office() as office:
        work = service.work(office, chosen_programme(office, programme), serial)
        _show(office, work, as_json=as_json)


@app.command("retry", help="没办成的再交给工作进程办一次；已办的不再办。")
def retry(
    serial: SerialArgument, programme: ProgrammeOption = None, *, as_json: JsonOption = False
) -> None:
    """What could not be done, once more."""
    with open_office() as office:
        work = service.retry(office, chosen_programme(office, programme), serial)
        _show(office, work, as_json=as_json)


def told(office: Office, work: Work, *, as_json: bool) -> None:
    """What has just been given to the workers."""
    sentence = (
        f"已交给工作进程：任务 {work.serial}“{work.title}”，共 {work.total} 件、"
        f"{len(work.parts)} 部分；进度见 conversion job show {work.serial}"
    )
    idle = [] if _awake(service.workers_seen(office)) else [_no_worker()]
    show(_record(work), sentence, *idle, as_json=as_json)


def _show(office: Office, work: Work, *, as_json: bool) -> None:
    listings: list[Listing[Any]] = [
        Listing("没办成的", FAILED, work.failed),
        Listing("中断的部分", PARTS, work.broken),
        Listing("在办的部分", PARTS, [p for p in work.parts if p.state is JobState.RUNNING]),
    ]
    silent = work.is_moving and not _awake(service.workers_seen(office))
    show(
        _record(work),
        *pictures(listings),
        *([_no_worker()] if silent else []),
        *_left(work),
        _sentence(work),
        as_json=as_json,
    )


def _record(work: Work) -> dict[str, object]:
    (record,) = Listing("", WORKS, [work]).records
    return record | {
        "folder": work.folder,
        "failures": Listing("", FAILED, work.failed).records,
        "parts": Listing("", PARTS, work.parts).records,
    }


def _sentence(work: Work) -> str:
    pace = f"；近来每秒 {work.pages_per_second} 页" if work.pages_per_second else ""
    folder = f"；存放在 {work.folder}" if work.folder else ""
    counted = "，".join(f"{state.label} {work.counts.get(state, 0)}" for state in Made)
    return f"{work.serial}“{work.title}”共 {work.total} 件：{counted}{pace}{folder}。"


def _left(work: Work) -> list[Text]:
    """What to do about what is not done and that nobody has in hand."""
    left = work.total - work.counts.get(Made.DONE, 0)
    if not left or work.is_moving:
        return []
    return [Text(f"有 {left} 件没有办成；处理原因后运行 conversion job retry {work.serial}", "red")]


def _no_worker() -> Text:
    return Text("没有工作进程在跑：在本机或别的机器上运行 conversion worker", "red")


def _awake(workers: dict[str, int]) -> list[str]:
    return [slot for slot, seconds in workers.items() if seconds <= SILENT]


def _parts(work: Work, state: JobState) -> int:
    return sum(part.state is state for part in work.parts)
