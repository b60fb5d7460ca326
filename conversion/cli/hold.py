"""`conversion hold`: what stands still in a village, in whose name, and until when."""

from typing import Annotated

import typer

from conversion.cli.hold_list import HOLDS, of_village
from conversion.cli.listing import Listing, pictures
from conversion.cli.opening import ProgrammeOption, chosen_programme, open_office
from conversion.cli.output import JsonOption, show
from conversion.store.holds import hold_lines

app = typer.Typer(
    help="中止：列出法院冻结、纪检审计中止、争议、死亡待核实，及其期限。",
    no_args_is_help=True,
)

LINES = of_village(HOLDS)


@app.command("list", help="列出一个村和各户仍然有效的中止，期限已满而未登记的单列。")
def list_holds(
    every: Annotated[bool, typer.Option("--all", help="连同已经解除、已经期满的")] = False,
    programme: ProgrammeOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Holds in force, and those whose term is over without its lapse being recorded."""
    with open_office() as office:
        code = chosen_programme(office, programme)
        with office.database.reading() as session:
            lines = [h for h in hold_lines(session, code) if every or h.row.is_in_force]
        day = office.today()
    lapsed = [h for h in lines if h.row.is_in_force and h.row.has_lapsed(day)]
    holds = Listing("中止", LINES, lines)
    late = Listing("期限已满、尚未登记期满（lapse_hold）", LINES, lapsed)
    data = {"holds": holds.records, "lapsed": late.records}
    told = f"共 {len(lines)} 件，期限已满而未登记 {len(lapsed)} 件。"
    show(data, *pictures([holds, late]), told, as_json=as_json)
