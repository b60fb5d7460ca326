"""`conversion batch`: one act on many cases, tried first, then done part by part."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from conversion.cli.form import EvidenceOption, FormFileOption, FormOption, Typed
from conversion.cli.job import told
from conversion.cli.listing import Column, Listing
from conversion.cli.opening import (
    AccountOption,
    GroupOption,
    ProgrammeOption,
    chosen_programme,
    chosen_state,
    open_office,
)
from conversion.cli.output import JsonOption, progress, show, table
from conversion.domain.batch import BatchCase, BatchState
from conversion.services import batches as service
from conversion.services.batch_rows import read_batch_rows
from conversion.services.batches import Order, Report, Scope, Weighed
from conversion.services.office import Office
from conversion.services.queued_work import work
from conversion.workflows.definition import act_title, level
from conversion.workflows.engine import step_at

app = typer.Typer(help="成批办理：一次决定、多案办理；先试算，可中断续办。", no_args_is_help=True)

StepArgument = Annotated[
    str, typer.Argument(metavar="步骤", help="例如 case.approve；只限依规定可以一次决定多户的步骤")
]
SerialArgument = Annotated[str, typer.Argument(metavar="批次", help="例如 B0001")]
StateOption = Annotated[
    list[str] | None,
    typer.Option("--state", metavar="事项=状态", help="只办处于这个状态的案件，可写多次"),
]
HouseholdOption = Annotated[
    list[str] | None, typer.Option("--household", metavar="户号", help="只办这一户，可写多次")
]
ListOption = Annotated[
    Path | None,
    typer.Option(
        "--list", metavar="名单", help="只办名单上的户；各户不同的内容也写在里面（表格、CSV、JSON）"
    ),
]

WEIGHED: tuple[Column[Weighed], ...] = (
    Column("number", "案件编号", lambda w: w.number),
    Column("household_number", "户号", lambda w: w.household_number),
    Column("permits", "可办", lambda w: w.is_permitted, lambda yes: "可办" if yes else "不可办"),
    Column("unmet", "缺什么", lambda w: w.unmet, lambda found: "\n".join(map(str, found))),
    Column("fault", "不能读取", lambda w: w.fault),
)
CASES: tuple[Column[BatchCase], ...] = (
    Column("chain", "案件编号", lambda c: c.chain),
    Column("state", "结果", lambda c: c.state),
    Column("seq", "记录", lambda c: c.seq),
    Column("reasons", "原因", lambda c: c.reasons, "\n".join),
)
BATCHES: tuple[Column[Report], ...] = (
    Column("serial", "批次", lambda r: r.batch.serial),
    Column("act", "步骤", lambda r: r.batch.act, act_title),
    Column("account", "办理人", lambda r: r.batch.account),
    Column("opened_on", "日期", lambda r: r.batch.opened_on),
    *(
        Column(state.value, state.label, lambda r, state=state: r.counts.get(state, 0))  # type: ignore[misc]
        for state in BatchState
    ),
)


def _ordering(then: Callable[[Office, Order, bool], None]) -> Callable[..., None]:
    """The command that asks one act for many cases: tried or done, it is asked the same way."""

    def order(
        step: StepArgument,
        *,
        account: AccountOption,
        group: GroupOption = None,
        state: StateOption = None,
        household: HouseholdOption = None,
        listed: ListOption = None,
        form: FormOption = None,
        form_file: FormFileOption = None,
        evidence: EvidenceOption = None,
        programme: ProgrammeOption = None,
        as_json: JsonOption = False,
    ) -> None:
        with open_office() as office:
            code = chosen_programme(office, programme)
            typed = Typed(form, form_file, evidence)
            asked = _Asked(step, account, group, state, household, listed, typed)
            then(office, asked.order(office, code), as_json)

    return order


def _preview(office: Office, order: Order, as_json: bool) -> None:
    """A dry run; exit code 1 when a case would be refused."""
    weighed = service.preview(office, order)
    reasons = service.reasons(weighed)
    refused = [case for case in weighed if not case.is_permitted]
    listing = Listing("不能办的案件", WEIGHED, refused)
    show(
        {"cases": Listing("", WEIGHED, weighed).records, "reasons": reasons},
        *([listing.picture] if refused else []),
        *([table(("缺什么", "户数"), reasons.most_common())] if refused else []),
        f"“{act_title(order.act)}”共 {len(weighed)} 案，可办 {len(weighed) - len(refused)} 案，"
        f"不可办 {len(refused)} 案；没有写入任何记录。",
        as_json=as_json,
    )
    raise typer.Exit(1 if refused else 0)


def _run(office: Office, order: Order, as_json: bool) -> None:
    """The act on all of them; exit code 1 when a case was refused."""
    batch = service.start(office, order)
    _resume(office, order.programme, batch.serial, as_json=as_json)


def _queue(office: Office, order: Order, as_json: bool) -> None:
    """The act on all of them, given to the workers."""
    batch = service.start(office, order, queued=True)
    told(office, work(office, order.programme, batch.serial), as_json=as_json)


app.command("preview", help="试算：逐案说明能不能办、缺什么；不写入任何记录。")(_ordering(_preview))
app.command("run", help="成批办理：列明案件后分段办理，逐案记下结果；中断后用 batch resume 续办。")(
    _ordering(_run)
)


app.command("queue", help="成批办理：列明案件后交给工作进程（conversion worker），不在这里等。")(
    _ordering(_queue)
)


@app.command("resume", help="续办一个中断的批次：办过的不再办。")
def resume(
    serial: SerialArgument, programme: ProgrammeOption = None, *, as_json: JsonOption = False
) -> None:
    """What still waits; exit code 1 when a case was refused."""
    with open_office() as office:
        _resume(office, chosen_programme(office, programme), serial, as_json=as_json)


@app.command("show", help="查看一个批次：每案的结果和原因。")
def show_batch(
    serial: SerialArgument, programme: ProgrammeOption = None, *, as_json: JsonOption = False
) -> None:
    """One batch."""
    with open_office() as office:
        report = service.show(office, chosen_programme(office, programme), serial)
    _show(report, report.cases, as_json=as_json)


@app.command("list", help="列出全部批次。")
def list_batches(programme: ProgrammeOption = None, *, as_json: JsonOption = False) -> None:
    """All batches of a village."""
    with open_office() as office:
        reports = service.reports(office, chosen_programme(office, programme))
    listing = Listing("批次", BATCHES, reports)
    show(listing.records, listing.picture, f"共 {len(reports)} 批。", as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed for a batch: the act, by whom, on which cases, with which form."""

    act: str
    account: str
    group: str | None
    states: list[str] | None
    households: list[str] | None
    listed: Path | None
    typed: Typed

    def order(self, office: Office, code: str) -> Order:
        """The batch as it is asked for."""
        name, _, event = self.act.partition(".")
        track = level(name, office.definition)
        model = step_at(track, event, track.initial).form
        filing = self.typed.filing(code, model)
        rows = read_batch_rows(self.listed, model) if self.listed else {}
        return Order(
            programme=code,
            act=self.act,
            account=self.account,
            scope=Scope(
                group=self.group,
                states=dict(_state(told) for told in self.states or ()),
                households=(*(self.households or ()), *rows),
            ),
            form=filing.filled or {},
            evidence=filing.evidence,
            rows=rows,
        )


def _state(told: str) -> tuple[str, str]:
    name, _, state = told.partition("=")
    return name, chosen_state(name, state, asked=f"按状态选案 {told}")


def _resume(office: Office, code: str, serial: str, *, as_json: bool) -> None:
    with progress(as_json=as_json) as bars:
        bar = bars.add_task("成批办理")
        report = service.resume(
            office,
            code,
            serial,
            told=lambda done, total: bars.update(bar, completed=done, total=total),
        )
    refused = tuple(case for case in report.cases if case.state is BatchState.REFUSED)
    _show(report, refused, as_json=as_json)
    raise typer.Exit(1 if refused else 0)


def _show(report: Report, cases: tuple[BatchCase, ...], *, as_json: bool) -> None:
    counted = "，".join(f"{state.label} {report.counts.get(state, 0)} 案" for state in BatchState)
    listing = Listing(f"批次 {report.batch.serial}", CASES, cases)
    told = f"{report.batch.serial}“{act_title(report.batch.act)}”：{counted}。"
    data = {
        "batch": report.batch,
        "counts": report.counts,
        "cases": Listing("", CASES, report.cases).records,
    }
    show(data, *([listing.picture] if cases else []), told, as_json=as_json)
