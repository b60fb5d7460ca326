"""Commands by noun: each parses, calls one service and shows. No rules here."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper

import typer
from typer import rich_utils

from conversion.cli import (
    agenda,
    batch,
    bench,
    case,
    db,
    definition,
    delivery,
    demo,
    doctor,
    document,
    fault,
    history,
    hold,
    household,
    job,
    keys,
    meeting,
    notice,
    number_series,
    override,
    parameter,
    policy,
    print_order,
    print_out,
    printer,
    roster,
    roster_import,
    serve,
    share,
    stock,
    user,
    verify,
    village,
    whatif,
    why,
    worker,
)
from conversion.errors import ConversionError, WrongUse

rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
rich_utils.OPTIONS_PANEL_TITLE = "选项"
rich_utils.COMMANDS_PANEL_TITLE = "命令"
rich_utils.REQUIRED_LONG_STRING = "[必填]"
rich_utils.DEFAULT_STRING = "[默认 {}]"

app = typer.Typer(
    help="村改社区：一户一案、五个事项并行的办理系统。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command(
    "doctor", help="检查本机能否办理和打印：缺什么、有什么后果、怎样补上；--workflows 核验流程。"
)(doctor.doctor)
app.command("demo", help="用虚构的坪山村演示全过程：从花名册到打印的文书。")(demo.demo)
app.command("agenda", help="待办：谁的事、哪一天到期，逾期和待遇断档排在最前。")(agenda.agenda)
app.command("sweep", help="巡查：催办到期事项，登记中止期满；一天办几次都一样。")(agenda.sweep)
app.add_typer(db.app, name="db")
app.add_typer(user.app, name="user")
app.add_typer(village.app, name="village")
app.add_typer(meeting.app, name="meeting")
app.add_typer(roster.app, name="roster", help="花名册：生成模板、核对、导入。")
app.add_typer(case.app, name="case")
app.add_typer(batch.app, name="batch")
app.add_typer(bench.app, name="bench")
app.add_typer(household.app, name="household")
app.add_typer(share.app, name="share")
app.add_typer(notice.app, name="notice")
app.add_typer(hold.app, name="hold")
app.add_typer(override.app, name="override")
app.add_typer(document.app, name="document")
app.add_typer(stock.app, name="stock")
app.add_typer(printer.app, name="printer")
document.app.command(
    "verify", help="核验文书：PDF、照片或者核验码，凭登记簿，或者只凭公钥清单和作废清单。"
)(verify.verify)
document.app.command(
    "print", help="打印一份文书：给出打印用的文件并登记；第二次起页边注明是副本。"
)(print_order.print_document)
document.app.command(
    "deliver", help="登记送达：谁取走的、与受送达人的关系、出示的证件；拒收的两人见证。"
)(delivery.deliver)
document.app.command(
    "series", help="编号登记：每种文书每年取了多少号、各到哪一步、每个空号的原因。"
)(number_series.series)
document.app.command("void-list", help="重新签发作废清单；有文书失效时各命令会自动重签。")(
    verify.void_list
)
document.app.command("verify-page", help="做成核验网页：一个文件，任何浏览器都能打开，不联网。")(
    verify.verify_page
)
app.add_typer(keys.app, name="keys")
app.add_typer(job.app, name="job")
app.command("worker", help="工作进程：印制文书、成批办理，断电、断网后自动接着办。")(worker.worker)
app.command("serve", help="公开核验网页：任何人凭页上的核验码问文书是否有效。")(serve.serve)
app.add_typer(history.app, name="history")
app.add_typer(policy.app, name="policy")
policy.app.command(
    "parameters", help="查看一个参数文件夹（OpenFisca 的写法）：某一天的值、起始日和依据。"
)(parameter.parameters)
policy.app.command("export", help="把政策包的参数写成 OpenFisca 读得懂的文件夹。")(parameter.export)
app.add_typer(definition.app, name="definition")
roster.app.command("import", help="把花名册与系统比对；加 --commit 写入，有错误则一户也不写入。")(
    roster_import.import_roster
)
case.app.command(
    "whatif", help="试算一户：换一天、换一个政策包、多一人少一人会怎样；不写入任何记录。"
)(whatif.whatif)
case.app.command("why", help="为什么：逐项列出决定的理由和算法；--full 加上事实、参数和依据。")(
    why.why
)
document.app.command(
    "case-history", help="打印一案的全部历史记录，供审计：逐条摘要、核验结果、日志的根。"
)(print_out.case_history)
document.app.command(
    "large-print", help="按封存的内容印一份大字版，给老人和看不清的人读；只供阅读。"
)(print_out.large_print)
document.app.command("day-record", help="打印一天的办理记录和当天前后日志的根，签名后另行保存。")(
    print_out.day_record
)


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str], commands: typer.Typer = app) -> int:
    """Runs one command line and returns its exit code: 0 done, 1 refused or faults, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal in GBK can't show every name: better an escape than a broken command.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    as_json = "--json" in arguments
    try:
        _demand_readable(arguments)
        code = commands(args=list(arguments), prog_name="conversion", standalone_mode=False)
    except ConversionError as error:
        return fault.refuse(error, as_json=as_json)
    except typer.TyperException as error:
        return fault.misuse(error, as_json=as_json)
    except typer.Abort:
        return fault.interrupt(as_json=as_json)
    except Exception as error:  # noqa: BLE001 (the outermost room: no traceback reaches a person)
        return fault.confess(error, as_json=as_json)
    # Typer turns a stop from the keyboard into this code.
    return fault.interrupt(as_json=as_json) if code == fault.INTERRUPTED else code or 0


def _demand_readable(arguments: Sequence[str]) -> None:
    """Refuse what the terminal sent in another encoding: nothing could store, find or show it."""
    for argument in arguments:
        shown = argument.encode("utf-8", "backslashreplace").decode()
        if shown != argument:
            remedy = "把终端改为 UTF-8；文件名是乱码的，先改名"
            raise WrongUse(f"读取命令行 {shown}", "含有不是 UTF-8 的字符", remedy)
