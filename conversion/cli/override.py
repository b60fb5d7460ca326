"""`conversion override`: the requirements that were asked to be set aside, and the answers."""

from typing import Annotated

import typer

from conversion.cli.hold_list import OVERRIDES, of_village
from conversion.cli.listing import Listing, pictures
from conversion.cli.opening import ProgrammeOption, chosen_programme, open_office
from conversion.cli.output import JsonOption, show
from conversion.store.holds import override_lines

app = typer.Typer(
    help="特批：列出申请和结果。",
    no_args_is_help=True,
)

LINES = of_village(OVERRIDES)


@app.command("list", help="列出一个村的特批。")
def list_overrides(
    waiting: Annotated[bool, typer.Option("--waiting", help="只列待批准的")] = False,
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Overrides of all cases, or only those that wait for the district."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        with office.database.reading() as session:
            found = override_lines(session, code)
    lines = [w for w in found if w.row.is_waiting or not waiting]
    listing = Listing("特批", LINES, lines)
    told = f"共 {len(lines)} 件，待批准 {sum(w.row.is_waiting for w in lines)} 件。"
    show(listing.records, *pictures([listing]), told, as_json=as_json)
