"""`conversion user`: the staff who act, with their posts."""

from pathlib import Path
from typing import Annotated

import typer

from conversion.cli.listing import Column, Listing
from conversion.cli.opening import open_office
from conversion.cli.output import JsonOption, show
from conversion.domain.role import Actor
from conversion.services.programme import appoint
from conversion.services.village_files import read_staff
from conversion.store.staff import all_actors

app = typer.Typer(help="人员：登记、查看各岗位的办理人。", no_args_is_help=True)

COLUMNS: tuple[Column[Actor], ...] = (
    Column("account", "账号", lambda a: a.account),
    Column("name", "姓名", lambda a: a.name),
    Column("roles", "岗位", lambda a: a.roles),
    Column("department", "部门", lambda a: a.department),
    Column("kin", "应回避的户号", lambda a: a.kin),
)


@app.command("list", help="列出全部人员和岗位。")
def list_users(*, as_json: JsonOption = False) -> None:
    """The staff table."""
    with open_office() as office:
        with office.database.reading() as session:
            actors = all_actors(session)
        listing = Listing("人员", COLUMNS, actors)
        show(listing.records, listing.picture, f"共 {len(actors)} 人。", as_json=as_json)


@app.command("load", help="从 YAML 文件登记人员；账号已有的，按文件更新。")
def load(
    file: Annotated[
        Path, typer.Argument(metavar="文件", help="人员名单：account、name、roles、department、kin")
    ],
    *,
    as_json: JsonOption = False,
) -> None:
    """All people of the file, or none when it has a fault."""
    actors = read_staff(file)
    with open_office() as office:
        appoint(office, actors)
    listing = Listing("已登记", COLUMNS, actors)
    show(listing.records, listing.picture, f"已登记 {len(actors)} 人。", as_json=as_json)
