"""`conversion bench`: how fast this machine is at what a village's office waits for."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns
from typing import Annotated

import typer
from rich.progress import Progress, TaskID

from conversion.bootstrap import Settings, create, open_office
from conversion.bundled import bundled
from conversion.cli.listing import Column, Listing
from conversion.cli.output import JsonOption, progress, show
from conversion.documents.kind import Facts
from conversion.policy.loading import load_pack
from conversion.policy.location import packs_folder
from conversion.roster.reading import read_roster
from conversion.services.bench import Measure, measure
from conversion.services.printing_bench import (
    Compared,
    Printed,
    at_length,
    compare,
    in_batch,
    plainly,
    singly,
    statements,
)
from conversion.services.village_files import read_village

app = typer.Typer(help="测速：在一个虚构的村上量一量，不动任何已有的数据。", no_args_is_help=True)

SIZES = (10, 100, 1000)

APPROVED = date(2009, 10, 12)
"""The day on which the office of the example has approved everything."""

WAYS = {"plain": "排版程序原样", "single": "逐份", "batch": "成批", "long": "成批，连续"}

MEASURES: tuple[Column[Measure], ...] = (
    Column("households", "户数", lambda m: m.households),
    Column("events", "每户已有记录", lambda m: m.events),
    Column("milliseconds", "办理一步（毫秒）", lambda m: m.milliseconds),
    Column("bare_milliseconds", "只写同样的行（毫秒）", lambda m: m.bare_milliseconds),
    Column("times", "倍数", lambda m: m.times),
    Column("rows", "写入行数", lambda m: m.rows),
)


@app.command("advance", help="全村各户都有长记录时，一次办理一步要多久；与只写同样的行相比。")
def advance(
    households: Annotated[
        list[int] | None,
        typer.Option("--households", metavar="户数", min=1, help="可写多次；不写为10、100、1000"),
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Seconds and ratio at each size."""
    found = list(_measured(households or SIZES, as_json=as_json))
    listing = Listing("成批办理一步（SQLite，含完整历史）", MEASURES, found)
    show(listing.records, listing.picture, as_json=as_json)


@app.command("documents", help="同样的权益告知单，用排版程序原样印、逐份印、成批印，各要多久。")
def documents(
    papers: Annotated[
        int, typer.Option("--papers", metavar="份数", min=2, help="每种办法每轮印多少份")
    ] = 20,
    rounds: Annotated[
        int, typer.Option("--rounds", metavar="轮数", min=1, help="几种办法轮流印几轮")
    ] = 3,
    workers: Annotated[
        int, typer.Option("--workers", metavar="进程数", min=1, help="成批印制用几个进程")
    ] = 2,
    long: Annotated[
        int, typer.Option("--long", metavar="份数", min=0, help="再连续成批印多少份，看内存涨不涨")
    ] = 0,
    *,
    as_json: JsonOption = False,
) -> None:
    """Pages a second and memory of each way, and how many times the plain way it is."""
    found = list(_printed(papers, workers, rounds, long, as_json=as_json))
    listing = Listing(f"印制权益告知单，每轮 {papers} 份，共 {rounds} 轮", PRINTED, found)
    show(listing.records, listing.picture, as_json=as_json)


def statements_of_the_example(count: int) -> Iterator[Facts]:
    """Statements of the village that comes with the program, over and over."""
    example = bundled("examples") / "pingshan"
    village = read_village(example / "village.yaml")
    pack = load_pack(packs_folder() / village.pack).on(APPROVED)
    households = read_roster(example / "花名册.xlsx", today=APPROVED).households
    return islice(statements(village, households, pack), count)


def _printed(
    papers: int, workers: int, rounds: int, long: int, *, as_json: bool
) -> Iterable[Compared]:
    few, many = (partial(statements_of_the_example, count) for count in (papers, long))
    ways: dict[str, Callable[[], Printed]] = {
        "plain": lambda: plainly(few, perf_counter_ns),
        "single": lambda: singly(few, perf_counter_ns),
        "batch": lambda: in_batch(few, workers, perf_counter_ns),
    }
    with progress(as_json=as_json) as bars:
        bar = bars.add_task("印制", total=rounds * len(ways) + bool(long))
        found = [[_advanced(way, bars, bar) for way in ways.values()] for _ in range(rounds)]
        compared = compare(found)
        yield from compared
        if long:
            printed = at_length(many, workers, perf_counter_ns)
            times = printed.pages_per_second / compared[0].printed.pages_per_second
            yield Compared(printed=printed, times=times)


def _advanced(way: Callable[[], Printed], bars: Progress, bar: TaskID) -> Printed:
    printed = way()
    bars.advance(bar)
    return printed


PRINTED: tuple[Column[Compared], ...] = (
    Column("way", "办法", lambda c: WAYS[c.printed.way]),
    Column("processes", "进程", lambda c: c.printed.processes),
    Column("papers", "份数", lambda c: c.printed.papers),
    Column("pages", "页数", lambda c: c.printed.pages),
    Column("milliseconds", "毫秒", lambda c: c.printed.milliseconds),
    Column("pages_per_second", "每秒页数", lambda c: round(c.printed.pages_per_second, 1)),
    Column("times", "倍数（各轮的中位数）", lambda c: round(c.times, 1)),
    Column("peak", "内存峰值（MiB）", lambda c: c.printed.peak),
)


def _measured(sizes: Iterable[int], *, as_json: bool) -> Iterable[Measure]:
    village = read_village(bundled("examples") / "pingshan" / "village.yaml")
    with progress(as_json=as_json) as bars:
        for size in sizes:
            bar = bars.add_task(f"{size} 户")
            with TemporaryDirectory(prefix="bench-") as name:
                folder = Path(name)
                settings = Settings(
                    database_url=f"sqlite:///{folder / 'office.db'}", key_file=folder / "bench.key"
                )
                create(settings)
                office = open_office(settings)
                yield measure(
                    office,
                    village,
                    size,
                    folder,
                    stopwatch=perf_counter_ns,
                    told=lambda done, total, bar=bar: bars.update(  # type: ignore[misc]
                        bar, completed=done, total=total
                    ),
                )
                office.database.close()
