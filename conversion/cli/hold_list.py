"""Holds and overrides as lists: on a case's sheet, a village's, and over a whole village."""

from collections.abc import Iterable, Sequence

from conversion.cli.listing import Column, Listing
from conversion.domain.hold import EVERYTHING, Hold
from conversion.domain.override import Override
from conversion.store.holds import Line, RowT
from conversion.workflows.definition import DEFINITION, act_title


def scope_title(blocks: Sequence[str]) -> str:
    """What a hold blocks, as people call it.

    >>> scope_title(["land", "shares.certify"])
    '土地确权、资产股份化·发放股权证书'
    """
    titles = {track.name: track.title for track in DEFINITION} | {EVERYTHING: "全部事项"}
    return "、".join(act_title(b) if "." in b else titles.get(b, b) for b in blocks)


HOLDS: tuple[Column[Hold], ...] = (
    Column("serial", "编号", lambda h: h.serial),
    Column("kind", "种类", lambda h: h.kind),
    Column("blocks", "中止范围", lambda h: list(h.blocks), scope_title),
    Column("authority", "作出机关", lambda h: h.authority),
    Column("order", "文号", lambda h: h.order),
    Column("member", "所涉成员", lambda h: h.member),
    Column("since", "自", lambda h: h.since),
    Column("until", "至", lambda h: h.until),
    Column("lifted_on", "解除日", lambda h: h.lifted_on),
    Column("ending", "解除依据", lambda h: h.ending),
)
OVERRIDES: tuple[Column[Override], ...] = (
    Column("serial", "编号", lambda w: w.serial),
    Column("title", "特批事项", lambda w: w.title),
    Column("act", "步骤", lambda w: w.act),
    Column("rule", "要求", lambda w: w.rule),
    Column("reason", "理由", lambda w: w.reason),
    Column("requested_on", "申请日", lambda w: w.requested_on),
    Column("requester_name", "申请人", lambda w: w.requester_name),
    Column("state", "进度", lambda w: w.state),
    Column("decision", "批准文号", lambda w: w.decision),
    Column("granter_name", "批准人", lambda w: w.granter_name),
    Column("used_on", "使用日", lambda w: w.used_on),
)


def of_village(columns: Iterable[Column[RowT]]) -> tuple[Column[Line[RowT]], ...]:
    """The columns of rows that lie on many chains, the chain before them."""
    return (
        Column("chain", "案件", lambda line: line.chain),
        Column("household_number", "户号", lambda line: line.household_number, _household),
        *(_of_row(column) for column in columns),
    )


def _household(number: str) -> str:
    return number or "全村"


def _of_row(column: Column[RowT]) -> Column[Line[RowT]]:
    return Column(column.name, column.title, lambda line: column.value(line.row), column.shown)


def hold_listing(holds: Iterable[Hold]) -> Listing[Hold]:
    """Holds, ended ones too."""
    return Listing("中止", HOLDS, [*holds])


def override_listing(overrides: Iterable[Override]) -> Listing[Override]:
    """Overrides, refused and used ones too."""
    return Listing("特批", OVERRIDES, [*overrides])
