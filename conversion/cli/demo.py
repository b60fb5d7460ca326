"""`conversion demo`: a whole village from its workbook to its printed papers, in a few minutes."""

import os
from dataclasses import asdict, replace
from pathlib import Path
from secrets import token_urlsafe
from typing import Annotated, Any

import typer
from rich.console import Group
from rich.panel import Panel
from rich.progress import Progress, TaskID
from rich.text import Text
from ruamel.yaml import YAML

from conversion.bootstrap import Settings, create, local_now, open_office
from conversion.bundled import bundled
from conversion.cli.output import JsonOption, progress, show
from conversion.documents.verifier_page import verifier_page
from conversion.errors import WrongUse
from conversion.services.audit import AuditReport, verify
from conversion.services.demonstration.chapters import perform
from conversion.services.demonstration.stage import Stage, StagedCalendar
from conversion.services.keys import KEY_LIST, VOID_LIST, KeyFolder, found_keys
from conversion.services.office import Office
from conversion.services.summary import in_words, summarise
from conversion.services.village_files import read_staff, read_village
from conversion.services.void_list import renew_void_list

GUIDE = "说明.txt"
PAGE = "核验.html"
_PASSPHRASE_BYTES = 12


def demo(
    out: Annotated[Path, typer.Option("--out", help="放置结果的目录，不存在或为空")] = Path("demo"),
    as_json: JsonOption = False,
) -> None:
    """Plays the sample village's conversion into a folder."""
    _prepare(out)
    settings = Settings(
        database_url=f"sqlite:///{out / 'conversion.db'}",
        key_file=out / "conversion.key",
        keys_folder=out / "keys",
        passphrase=token_urlsafe(_PASSPHRASE_BYTES),
    )
    create(settings)
    sample = bundled("examples") / "pingshan"
    story: dict[str, Any] = YAML(typ="safe").load(sample / "story.yaml")
    village = read_village(sample / "village.yaml")
    calendar = StagedCalendar(story["start"])
    keys = KeyFolder(path=settings.keys_folder)
    found_keys(
        keys,
        office=village.issuing_office,
        origin="demo/pingshan",
        passphrase=settings.passphrase,
        day=calendar.day,
    )
    office = open_office(settings, clock=calendar)
    with progress(as_json=as_json) as bars:
        stage = Stage(
            office=office,
            calendar=calendar,
            code=village.village_code,
            staff=read_staff(sample / "staff.yaml"),
            story=story,
            folder=out / "documents",
            workers=os.cpu_count() or 1,
            told=_Bars(bars).told,
        )
        perform(stage, village, sample / "花名册.xlsx")
        report = verify(office, village.village_code)
    _leave_page(out / PAGE, office, keys)
    summary = summarise(office, village.village_code)
    lines = [*in_words(summary), _verdict(report), *_guide(out, stage, settings)]
    (out / GUIDE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    picture = Panel(Group(*(Text(line) for line in lines)), title="演示完成")
    show(asdict(summary) | {"verified": report.is_sound}, picture, as_json=as_json)
    if not report.is_sound:
        raise typer.Exit(1)


class _Bars:
    """One bar a title: chapters above, what is being printed below."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._chapters = bars.add_task("准备", total=None)
        self._papers: TaskID | None = None

    def told(self, title: str, done: int, total: int) -> None:
        """Show how far a chapter, or the printing within it, has come."""
        if title != "印制文书":
            self._bars.update(self._chapters, description=title, completed=done, total=total)
            return
        if self._papers is None:
            self._papers = self._bars.add_task(title, total=total)
        self._bars.update(self._papers, completed=done, total=total)


def _prepare(out: Path) -> None:
    """A demonstration never writes over anything, least of all over an earlier one."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WrongUse(f"在 {out} 演示", "这个目录不是空的", "换一个目录，或先把它移走")
    out.mkdir(parents=True, exist_ok=True)


def _leave_page(file: Path, office: Office, keys: KeyFolder) -> None:
    """The page that verifies the papers, whose void list is of today and not of the story."""
    renew_void_list(replace(office, clock=local_now), keys)
    page = verifier_page(keys.keys(), keys.note(KEY_LIST), keys.note(VOID_LIST))
    file.write_text(page, encoding="utf-8")


def _verdict(report: AuditReport) -> str:
    if report.is_sound:
        return (
            f"历史核验：{report.entries} 条记录、{report.chains} 条链逐条相符，"
            f"重演的结果与状态表一致。树根 {report.root[:16]}…"
        )
    return f"历史核验不通过：{len(report.findings)} 处。"


def _guide(out: Path, stage: Stage, settings: Settings) -> list[str]:
    return [
        f"文书：{stage.folder}/<户号>/，例如 {stage.folder / '0001'}",
        f"数据库：{out / 'conversion.db'}；密钥：{out / 'conversion.key'}（演示用）",
        f"核验网页：{out / PAGE}",
        f"签名密钥：{settings.keys_folder}，口令 {settings.passphrase}（演示用）",
        "接着可以试：",
        f"  export CONVERSION_DATABASE_URL=sqlite:///{out / 'conversion.db'}",
        f"  export CONVERSION_KEY_FILE={out / 'conversion.key'}",
        "  conversion case show 0001",
        "  conversion case timeline 0018",
        "  conversion history verify",
        f"  conversion document verify {next(iter(sorted(stage.folder.glob('0001/*.pdf'))), '')}",
    ]
