"""`conversion agenda` and `conversion sweep`: what is due of whom, what the day brings about."""

from collections.abc import Iterable
from typing import Annotated

import typer

from conversion.cli.alike import Alike, alike, columns
from conversion.cli.listing import Column, Listing, pictures
from conversion.cli.opening import GroupOption, ProgrammeOption, chosen_programme, open_office
from conversion.cli.output import JsonOption, progress, show
from conversion.cli.pack_of_day import pack_record, taken_over
from conversion.services.agenda import Item, Urgency
from conversion.services.agenda import agenda as service
from conversion.services.sweep import Reminded, Unswept
from conversion.services.sweep import sweep as sweep_service

ITEMS: tuple[Column[Item], ...] = (
    Column("urgency", "缓急", lambda i: i.urgency),
    Column("household", "户号", lambda i: i.household),
    Column("group", "组别", lambda i: i.group),
    Column("head", "户主", lambda i: i.head),
    Column("title", "事项", lambda i: i.title),
    Column("last", "期限", lambda i: i.last),
    Column("days", "剩余天数", lambda i: i.days),
    Column("roles", "由谁办理", lambda i: i.roles),
    Column("provisional", "暂定", lambda i: i.provisional, lambda yes: "暂定" if yes else ""),
    Column("case", "案件编号", lambda i: i.case),
)
MATTERS = columns(
    (
        ITEMS[0],
        Column("matter", "事项", lambda i: i.matter),
        *(column for column in ITEMS if column.name in {"last", "days", "roles", "provisional"}),
    )
)
REMINDED: tuple[Column[Reminded], ...] = (
    Column("case", "案件编号", lambda r: r.case),
    Column("title", "事项", lambda r: r.reminder.title),
    Column("due", "期限", lambda r: r.reminder.due),
    Column("offset", "提前天数", lambda r: r.reminder.offset),
    Column(
        "escalated", "报上一级", lambda r: r.reminder.escalated, lambda yes: "是" if yes else ""
    ),
)
RAISED = columns(
    (
        Column("matter", "事项", lambda r: r.matter),
        *REMINDED[2:],
        Column("programme", "项目", lambda r: r.programme),
    )
)
UNSWEPT: tuple[Column[Unswept], ...] = (
    Column("chain", "案件编号", lambda u: u.chain),
    Column("reason", "没有办成的原因", lambda u: u.reason),
)
LEFT = columns(UNSWEPT[1:], whose="案件编号")


def agenda(
    account: Annotated[
        str | None, typer.Option("--as", metavar="账号", help="只看这个人要办、要督办的")
    ] = None,
    group: GroupOption = None,
    within: Annotated[
        int | None, typer.Option("--within", metavar="天数", min=0, help="只看这么多天内到期的")
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="逐户逐项列出，不把同类事项并成一行")
    ] = False,
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """What is due, the most urgent first; exit code 1 when something is overdue."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        found = service(office, code, account=account, group=group, within=within)
    listing = Listing("待办", ITEMS, found.items)
    shown = listing if each else Listing("待办", MATTERS, _matters(found.items))
    late = [i for i in found.items if i.urgency in {Urgency.OVERDUE, Urgency.BREACH}]
    told = f"共 {len(found.items)} 项，逾期 {len(late)} 项。"
    data = {"items": listing.records, "unread": found.unread, "policy": pack_record(found.pack)}
    heads = taken_over(found.pack)
    show(data, *heads, *pictures([shown]), *found.unread, told, as_json=as_json)
    raise typer.Exit(1 if late or found.unread else 0)


def sweep(programme: ProgrammeOption = None, *, as_json: JsonOption = False) -> None:
    """What the day brings about, done once; exit code 1 when a case had to be left."""
    with open_office() as office, progress(as_json=as_json) as bars:
        bar = bars.add_task("巡查")
        codes = [chosen_programme(office, programme)] if programme else []
        swept = sweep_service(
            office,
            codes,
            told=lambda done, total: bars.update(bar, completed=done, total=total),
        )
    reminded = Listing("催办", REMINDED, swept.reminded)
    unswept = Listing("没有办成", UNSWEPT, swept.unswept)
    lapsed = f"登记中止期满 {len(swept.lapsed)} 件{'：' if swept.lapsed else ''}"
    show(
        {
            "looked_at": swept.looked_at,
            "reminded": reminded.records,
            "lapsed": swept.lapsed,
            "unswept": unswept.records,
        },
        *pictures([_raised(swept.reminded), _left(swept.unswept)]),
        f"巡查 {swept.looked_at} 案：催办 {len(swept.reminded)} 项，"
        f"{lapsed}{'、'.join(swept.lapsed)}；{len(swept.unswept)} 案没有办成。",
        as_json=as_json,
    )
    raise typer.Exit(1 if swept.unswept else 0)


def _matters(items: Iterable[Item]) -> list[Alike[Item]]:
    return alike(items, lambda i: (i.urgency, i.matter, i.last, i.roles), lambda i: i.household)


def _raised(reminded: Iterable[Reminded]) -> Listing[Alike[Reminded]]:
    def kind(raised: Reminded) -> tuple[object, ...]:
        return raised.programme, raised.matter, raised.reminder.due, raised.reminder.offset

    return Listing("催办", RAISED, alike(reminded, kind, lambda r: r.household))


def _left(unswept: Iterable[Unswept]) -> Listing[Alike[Unswept]]:
    return Listing("没有办成", LEFT, alike(unswept, lambda u: u.reason, lambda u: u.chain))
