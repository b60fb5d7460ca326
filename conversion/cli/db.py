"""`conversion db`: the database and the key that this office works with."""

from contextlib import closing

import typer

from conversion.bootstrap import Settings, create
from conversion.cli.output import JsonOption, show, table
from conversion.errors import SetupIncomplete
from conversion.store.chains import case_lines, programmes
from conversion.store.database import Database
from conversion.store.entries import log_head

app = typer.Typer(help="数据库：建立、升级、查看。", no_args_is_help=True)


@app.command("migrate", help="建立或升级数据库的表；没有密钥时一并生成。可以重复运行。")
def migrate(*, as_json: JsonOption = False) -> None:
    """The tables of this version, and a key."""
    settings = Settings.read()
    try:
        create(settings)
    except OSError as error:
        asked = f"写入密钥 {settings.key_file}"
        raise SetupIncomplete(asked, "目录不存在或不可写", "核对 CONVERSION_KEY_FILE") from error
    with closing(Database(settings.database_url)) as database:
        name = database.name
    show(
        {"database": name, "key_file": settings.key_file},
        f"数据库已就绪：{name}",
        f"密钥：{settings.key_file}。请另行备份：丢失密钥后，历史中的个人信息不能再读出。",
        as_json=as_json,
    )


@app.command("status", help="查看数据库在哪里、版本是否相符、有多少项目和记录。")
def status(*, as_json: JsonOption = False) -> None:
    """Where the database lies and what is in it; exit code 1 when it can't be worked with."""
    settings = Settings.read()
    with closing(Database(settings.database_url)) as database:
        is_current, has_key = database.is_current(), settings.key_file.is_file()
        programmes_found = _programmes(database) if is_current else []
    show(
        {
            "database": database.name,
            "is_current": is_current,
            "key_file": settings.key_file,
            "has_key": has_key,
            "programmes": programmes_found,
        },
        table(
            ("项目", "现状"),
            [
                ("数据库", database.name),
                ("表结构", "与程序相符" if is_current else "尚未建立，或与程序版本不符"),
                ("密钥", f"{settings.key_file}{'' if has_key else '（没有）'}"),
                *(
                    (p["code"], f"{p['cases']} 案，历史 {p['entries']} 条")
                    for p in programmes_found
                ),
            ],
        ),
        "可以使用。" if is_current and has_key else "还不能使用：请先运行 conversion db migrate。",
        as_json=as_json,
    )
    raise typer.Exit(0 if is_current and has_key else 1)


def _programmes(database: Database) -> list[dict[str, object]]:
    with database.reading() as session:
        return [
            {
                "code": code,
                "cases": len(case_lines(session, code)),
                "entries": log_head(session, code).size,
            }
            for code in programmes(session)
        ]
