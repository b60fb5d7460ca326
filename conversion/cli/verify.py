"""`conversion document verify`, `void-list`, `verify-page`: is a paper ours, and does it count?"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from conversion.bootstrap import Settings, local_now
from conversion.cli.opening import open_office
from conversion.cli.output import JsonOption, show, table
from conversion.documents.key_ceremony import grouped
from conversion.documents.page_code import Claim
from conversion.documents.verifier_page import verifier_page
from conversion.errors import WrongUse
from conversion.services.keys import KEY_LIST, VOID_LIST, KeyFolder
from conversion.services.void_list import renew_void_list

_COLOURS = {"genuine": "green", "list_out_of_date": "yellow"}


def verify(
    asked: Annotated[
        str,
        typer.Argument(metavar="文件或码", help="PDF、照片、扫描图片，或者核验码的文字（加引号）"),
    ],
    keys: Annotated[
        Path | None,
        typer.Option("--keys", metavar="文件", help="公钥清单；写了就不用数据库，凭清单核验"),
    ] = None,
    void: Annotated[
        Path | None, typer.Option("--void", metavar="文件", help="作废清单，与 --keys 同用")
    ] = None,
    fingerprint: Annotated[
        str,
        typer.Option("--fingerprint", metavar="指纹", help="清单密钥的指纹，抄自密钥启用记录"),
    ] = "",
    *,
    as_json: JsonOption = False,
) -> None:
    """Exit code 0 only where everything that was asked about is genuine and counts."""
    # Taking signatures apart needs a library that is slow to import: only who verifies pays it.
    from conversion.documents.verification import Answer, Verdict  # noqa: PLC0415
    from conversion.services import verification  # noqa: PLC0415

    def told(answer: Answer) -> list[RenderableType]:
        colour = _COLOURS.get(answer.verdict, "red")
        sought = [Text(f"注意：{answer.sought}。", "yellow")] if answer.sought else []
        alarm = [Text(f"报告审计：{answer.alarm}。", "red")] if answer.alarm else []
        return [
            Text(f"{answer.verdict.label}：{answer.reason}。", colour),
            *sought,
            *alarm,
            *(_claimed(answer.claim) if answer.claim else ()),
        ]

    if keys:
        trust = verification.trust_of_lists(keys, void, fingerprint, local_now())
        answers = verification.verify(asked, trust)
    elif void or fingerprint:
        raise WrongUse("凭清单核验", "没有公钥清单", "用 --keys 写明公钥清单的文件")
    else:
        with open_office() as office:
            folder = KeyFolder(path=Settings.read().keys_folder)
            answers = verification.verify(asked, verification.trust_of_office(office, folder))
    show(answers, *(part for answer in answers for part in told(answer)), as_json=as_json)
    good = all(a.verdict is Verdict.GENUINE and not a.alarm for a in answers)
    raise typer.Exit(0 if good else 1)


def void_list(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件", help="另写一份到这个文件")
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """The void list drawn up anew and published beside the keys."""
    with open_office() as office:
        folder = KeyFolder(path=Settings.read().keys_folder)
        listed = renew_void_list(office, folder)
        published = folder.path / VOID_LIST
        if out:
            try:
                out.write_bytes(published.read_bytes())
            except OSError as error:
                raise WrongUse(f"写入 {out}", "目录不存在或不可写", "改用别的文件") from error
        due = listed.next_at.astimezone(local_now().tzinfo)
        told = f"作废清单：{len(listed.papers)} 份失效，{due:%Y-%m-%d %H:%M} 以前有效。{published}"
        show(listed, told, as_json=as_json)


def verify_page(
    out: Annotated[Path, typer.Argument(metavar="文件", help="写到哪个 HTML 文件")],
    *,
    as_json: JsonOption = False,
) -> None:
    """The page for those who have no program: one file, with the lists of today."""
    with open_office() as office:
        folder = KeyFolder(path=Settings.read().keys_folder)
        listed = renew_void_list(office, folder)
        keys, key_note = folder.keys(), folder.note(KEY_LIST)
        page = verifier_page(keys, key_note, folder.note(VOID_LIST))
        try:
            out.write_text(page, encoding="utf-8", newline="\n")
        except OSError as error:
            raise WrongUse(f"写入 {out}", "目录不存在或不可写", "改用别的文件") from error
        made = {"path": out, "fingerprint": keys.fingerprint, "next_at": listed.next_at}
        told = f"核验网页：{out}。用浏览器打开即可，不联网；以后换作废清单在网页里换。"
        show(made, told, f"清单密钥的指纹：{grouped(keys.fingerprint)}", as_json=as_json)


def _claimed(claim: Claim) -> list[RenderableType]:
    rows = (
        ("文书", claim.title),
        ("编号", claim.number),
        ("日期", claim.day),
        ("持有人", claim.holder or "（村的文书）"),
        ("内容", claim.gist),
        ("页", f"第{claim.page}页，共{claim.pages}页"),
        ("历史", f"{claim.log} 前 {claim.size} 条，树根 {claim.root}"),
    )
    return [table(("码中所载", ""), rows), "逐项与手上的文书核对：有一项不同，就不是真件。"]
