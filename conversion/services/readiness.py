"""Whether this machine can do the office's work: what is there, what a lack costs, what to type."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from conversion.errors import ConversionError, StoreUnavailable
from conversion.policy.loading import load_packs
from conversion.services.machine import Machine
from conversion.store.database import Database


class Verdict(StrEnum):
    """How a check came out."""

    FINE = "fine"
    WARNING = "warning"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return {"fine": "正常", "warning": "注意", "failed": "不可用"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at; cost and remedy are empty where all is well."""

    name: str
    verdict: Verdict
    found: str
    cost: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A character that papers need, the family that should have it, and the package it comes in.

    An empty family means that any will do.
    """

    character: str
    family: str
    package: str
    lack: Verdict
    cost: str

    @property
    def title(self) -> str:
        """The check's name on the screen."""
        return f"字体：{self.family or '生僻字'}（{self.character} U+{ord(self.character):04X}）"


_COMMON = "文书的正文缺字，一律拒绝出具"
_RARE = "姓名、地名中有这类生僻字的户，其文书拒绝出具"
FACES = (
    Face(
        character="龙",
        family="Noto Serif CJK SC",
        package="fonts-noto-cjk",
        lack=Verdict.FAILED,
        cost=_COMMON,
    ),
    Face(
        character="龙",
        family="Noto Sans CJK SC",
        package="fonts-noto-cjk",
        lack=Verdict.FAILED,
        cost=_COMMON,
    ),
    Face(
        character="𣒍",
        family="",
        package="fonts-babelstone-han",
        lack=Verdict.WARNING,
        cost=_RARE,
    ),
    Face(
        character="𮧵",
        family="",
        package="fonts-babelstone-han",
        lack=Verdict.WARNING,
        cost=_RARE,
    ),
)

# WeasyPrint 70 documents Pango 1.44 as its lowest.
LOWEST_PANGO = (1, 44, 0)
LOWEST_PYTHON = (3, 11)
# Nothing was decided with this program before it was written, nor can it be for long after.
PLAUSIBLE_YEARS = range(2025, 2100)
BEIJING = timedelta(hours=8)


def readiness(
    machine: Machine,
    *,
    now: datetime,
    probe_database: Callable[[], Check],
    newest_entry: datetime | None = None,
) -> tuple[Check, ...]:
    """Every check, in the order of the screen.

    Args:
        machine: What was found on the machine.
        now: The machine's own clock, with its zone.
        probe_database: Asks the database; see `database_check`.
        newest_entry: The instant of the newest history entry; None when there is none.
    """
    return (
        python_check(machine.python),
        pango_check(machine.pango),
        subset_check(machine.harfbuzz_subset),
        *(face_check(face, machine.families[face.character]) for face in FACES),
        probe_database(),
        clock_check(now, newest_entry),
        zone_check(now),
        calendar_check(machine.calendar_until, now.year),
    )


def is_ready(checks: tuple[Check, ...]) -> bool:
    """Whether nothing that is needed is lacking."""
    return all(check.verdict is not Verdict.FAILED for check in checks)


def python_check(version: tuple[int, int, int]) -> Check:
    """The interpreter."""
    found = dotted(version)
    if version >= LOWEST_PYTHON:
        return Check(name="Python", verdict=Verdict.FINE, found=found)
    return Check(
        name="Python",
        verdict=Verdict.FAILED,
        found=found,
        cost="程序用到 3.11 才有的语言功能，随时可能中断",
        remedy="apt-get install python3 python3-venv（Debian 12、Ubuntu 24.04 或更新的系统）",
    )


def pango_check(version: tuple[int, int, int] | None) -> Check:
    """The text layout library."""
    name = "排版库 Pango"
    if version is not None and version >= LOWEST_PANGO:
        return Check(name=name, verdict=Verdict.FINE, found=dotted(version))
    return Check(
        name=name,
        verdict=Verdict.FAILED,
        found="没有装载成功" if version is None else f"{dotted(version)}，低于 1.44",
        cost="任何文书都不能排版和打印",
        remedy="apt-get install libpango-1.0-0 libpangoft2-1.0-0",
    )


def subset_check(version: str | None) -> Check:
    """The font subsetting library: a matter of speed only, but of forty times."""
    name = "字体子集库 HarfBuzz-subset"
    if version is not None:
        return Check(name=name, verdict=Verdict.FINE, found=version)
    return Check(
        name=name,
        verdict=Verdict.FAILED,
        found="没有装载成功",
        cost="一页中文权益告知单从约半秒变成二十秒以上",
        remedy="apt-get install libharfbuzz-subset0",
    )


def face_check(face: Face, families: frozenset[str]) -> Check:
    """Whether a character that papers need can be printed in its face."""
    if face.family in families or (not face.family and families):
        return Check(
            name=face.title,
            verdict=Verdict.FINE,
            found=face.family or "、".join(sorted(families)),
        )
    return Check(
        name=face.title,
        verdict=face.lack,
        found="没有找到",
        cost=face.cost,
        remedy=f"apt-get install fontconfig {face.package}",
    )


def database_check(database: Database) -> Check:
    """Whether the database answers, with the tables of this version."""
    try:
        with database.reading():
            return Check(name="数据库", verdict=Verdict.FINE, found=database.name)
    except StoreUnavailable as error:
        return Check(
            name="数据库",
            verdict=Verdict.FAILED,
            found=f"{database.name}：{error.found}",
            cost="不能查询，也不能办理任何事项",
            remedy=error.remedy,
        )


def clock_check(now: datetime, newest_entry: datetime | None) -> Check:
    """The clock: history is ordered by it and every deadline is counted from it."""
    found = now.isoformat(sep=" ", timespec="seconds")
    if newest_entry is not None and now < newest_entry:
        newest = newest_entry.isoformat(sep=" ", timespec="seconds")
        found = f"{found}，早于最新一条办理记录 {newest}"
    elif now.year in PLAUSIBLE_YEARS:
        return Check(name="时钟", verdict=Verdict.FINE, found=found)
    return Check(
        name="时钟",
        verdict=Verdict.FAILED,
        found=found,
        cost="办理时间和各项期限都会记错，且不能事后更改",
        remedy="timedatectl set-ntp true（不能联网校时的，用 timedatectl set-time 设定）",
    )


def zone_check(now: datetime) -> Check:
    """The machine's time zone."""
    offset = now.utcoffset()
    found = f"{now.tzname()}（{now:%z}）"
    if offset == BEIJING:
        return Check(name="时区", verdict=Verdict.FINE, found=found)
    return Check(
        name="时区",
        verdict=Verdict.WARNING,
        found=f"{found}，不是北京时间",
        cost="操作系统和数据库的日志与办理记录的时间对不上，核查时须逐条换算",
        remedy="timedatectl set-timezone Asia/Shanghai",
    )


def calendar_check(until: int, year: int) -> Check:
    """The working-day calendar: 国务院办公厅关于部分节假日安排的通知, one a year."""
    found = f"已公布到 {until} 年"
    if year <= until:
        return Check(name="工作日历", verdict=Verdict.FINE, found=found)
    return Check(
        name="工作日历",
        verdict=Verdict.WARNING,
        found=f"{found}，今年是 {year} 年",
        cost="按工作日计算的期限未计入放假和调休，只是暂定，公布后须重算",
        remedy="script/lock --upgrade-package chinesecalendar，再执行 script/bootstrap",
    )


def packs_check(folder: Path) -> Check:
    """The policy packs: each sound, and each handing over to the next."""
    try:
        found = "、".join(load_packs(folder))
    except ConversionError as error:
        return Check(
            name="政策包",
            verdict=Verdict.FAILED,
            found=f"{error.asked}：{error.found}".replace("\n", "；"),
            cost="适用这个政策包的村，各步骤都不能办理",
            remedy="conversion policy check",
        )
    return Check(name="政策包", verdict=Verdict.FINE, found=found)


def dotted(version: tuple[int, ...]) -> str:
    """A version as it is written.

    >>> dotted((1, 50, 12))
    '1.50.12'
    """
    return ".".join(str(part) for part in version)
