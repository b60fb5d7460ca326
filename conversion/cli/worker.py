"""`conversion worker`: a process that works off what was given to the workers."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Annotated

import typer

from conversion.cli import fault
from conversion.cli.opening import open_office
from conversion.cli.output import JsonOption, show
from conversion.jobs import STALE, Worker


def worker(
    slot: Annotated[
        str,
        typer.Option("--slot", metavar="席位", help="本进程固定的名字，同时在跑的进程不得同名"),
    ] = f"{socket.gethostname()}-1",
    processes: Annotated[
        int, typer.Option("--workers", min=1, metavar="个数", help="同时排版的进程数")
    ] = os.cpu_count() or 1,
    stale: Annotated[
        float,
        typer.Option("--take-over", min=1, metavar="秒", help="别的席位几秒没有音讯就接手其任务"),
    ] = STALE,
    *,
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help="全部办完即退出；不写则一直等候，直到叫停")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Works until told to stop (Ctrl-C, SIGTERM); the part under way is finished first."""
    with open_office() as office, _told_to_stop() as stopping:
        here = Worker(
            office=office, slot=slot, processes=processes, confessed=fault.keep, stale=stale
        )
        here.run(stopping, until_idle=until_idle)
    sentence = f"席位 {slot} 已停止工作；没办完的留待下次或由别的席位接手。"
    show({"slot": slot}, sentence, as_json=as_json)


@contextmanager
def _told_to_stop() -> Iterator[Event]:
    """Set when the keyboard or the system asks this process to end."""
    stopping = Event()
    asked = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: stopping.set()) for number in asked]
    try:
        yield stopping
    finally:
        for number, handler in zip(asked, before, strict=True):
            signal.signal(number, handler)
