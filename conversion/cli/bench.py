"""`conversion bench`: how fast this machine is at what a village's office waits for."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns
from typing import Annotated

import typer

from conversion.bootstrap import Settings, create, open_office
from conversion.bundled import bundled
from conversion.cli.listing import Column, Listing
from conversion.cli.output import JsonOption, progress, show
from conversion.services.bench import Measure, measure
from conversion.services.village_files import read_village

app = typer.Typer(help="测速：在一个虚构的村上量一量，不动任何已有的数据。", no_args_is_help=True)

SIZES = (10, 100, 1000)

MEASURES: tuple[Column[Measure], ...] = (
    Column("households", "户数", lambda m: m.households),
    Column("events", "每户已有记录", lambda m: m.events),
    Column("milliseconds", "办理一步（毫秒）", lambda m: m.milliseconds),
    Column("bare_milliseconds", "只写同样的行（毫秒）", lambda m: m.bare_milliseconds),
    Column("times", "倍数", lambda m: m.times),
    Column("rows", "写入行数", lambda m: m.rows),
)


@app.callback()
def bench() -> None:
    """A group of its own, for what is measured later."""


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
