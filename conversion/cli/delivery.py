"""`conversion document deliver`: who took a paper away, or how else it came to whom it is for."""

from datetime import datetime
from typing import Annotated

import typer

from conversion.cli.case_step import take_step
from conversion.cli.form import Typed
from conversion.cli.opening import AccountOption, open_office
from conversion.cli.output import JsonOption
from conversion.domain.delivery import Manner
from conversion.services.impression import find_line

ACT = "case.record_delivery"


def deliver(
    number: Annotated[str, typer.Argument(metavar="文书编号", help="见 conversion document list")],
    *,
    account: AccountOption,
    manner: Annotated[
        Manner,
        typer.Option(
            "--manner",
            help="direct 本人、household 同住成年家属、agent 代收人、left 留置、mailed 邮寄",
        ),
    ],
    day: Annotated[
        datetime, typer.Option("--on", formats=["%Y-%m-%d"], metavar="日期", help="送达日期")
    ],
    receipt: Annotated[
        str, typer.Option("--receipt", metavar="存放处", help="签收的送达回证存在哪里")
    ],
    signed_by: Annotated[str, typer.Option("--signed-by", metavar="姓名", help="签收人")] = "",
    relation: Annotated[
        str, typer.Option("--relation", metavar="关系", help="与受送达人的关系，委托书")
    ] = "",
    id_kind: Annotated[
        str, typer.Option("--id-kind", metavar="证件", help="出示的证件，例如 居民身份证")
    ] = "",
    id_last4: Annotated[
        str, typer.Option("--id-last4", metavar="末四位", help="证件号码末四位")
    ] = "",
    mail_number: Annotated[
        str, typer.Option("--mail-number", metavar="号码", help="邮寄的邮件号码")
    ] = "",
    witness: Annotated[
        list[str] | None, typer.Option("--witness", metavar="姓名", help="留置的见证人，两名以上")
    ] = None,
    told: Annotated[str, typer.Option("--account", metavar="经过", help="拒收的理由和经过")] = "",
    as_json: JsonOption = False,
) -> None:
    """A delivery as its receipt says, for one paper of a household."""
    fields = {
        "papers": [number],
        "manner": [manner.value],
        "delivered_on": [f"{day:%Y-%m-%d}"],
        "signed_by": [signed_by],
        "relation": [relation],
        "id_kind": [id_kind],
        "id_last4": [id_last4],
        "mail_number": [mail_number],
        "witnesses": witness or [],
        "account": [told],
    }
    form = [f"{name}={value}" for name, values in fields.items() for value in values if value]
    with open_office() as office:
        _, line = find_line(office, number)
    typed = Typed(form, None, [f"signed_receipt={receipt}"])
    take_step(ACT, line.chain, account, typed, as_json=as_json)
