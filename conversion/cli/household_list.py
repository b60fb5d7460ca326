"""Lists about who is in a household: who left, who acts for whom, and what was changed."""

from collections.abc import Iterable

from conversion.cli.listing import Column, Listing
from conversion.domain.departed import Departed
from conversion.domain.household_change import HouseholdChange
from conversion.domain.representation import Representation

DEPARTED: tuple[Column[Departed], ...] = (
    Column("serial", "序号", lambda p: p.serial),
    Column("name", "姓名", lambda p: p.name),
    Column("departure", "离户原因", lambda p: p.departure),
    Column("left_on", "日期", lambda p: p.left_on),
    Column("paper", "凭证", lambda p: p.paper),
    Column("went_to", "去往", lambda p: p.went_to),
)

REPRESENTATIONS: tuple[Column[Representation], ...] = (
    Column("member", "成员序号", lambda r: r.member),
    Column("kind", "身份", lambda r: r.kind),
    Column("name", "由谁办理", lambda r: r.name),
    Column("since", "自", lambda r: r.since),
    Column("until", "至", lambda r: r.until),
    Column("paper", "凭证", lambda r: r.paper),
)

CHANGES: tuple[Column[HouseholdChange], ...] = (
    Column("serial", "编号", lambda c: c.serial),
    Column("kind", "种类代码", lambda c: c.kind),
    Column("title", "变更", lambda c: c.title),
    Column("state", "状态", lambda c: c.state),
    Column("proposed_on", "提出", lambda c: c.proposed_on),
    Column("settled_on", "办结", lambda c: c.settled_on),
    Column("difference", "变更前后对照", lambda c: c.difference),
)


def departed_listing(people: Iterable[Departed]) -> Listing[Departed]:
    """Who was of the household."""
    return Listing("离户人员", DEPARTED, [*people])


def representation_listing(rows: Iterable[Representation]) -> Listing[Representation]:
    """Who acts for whom."""
    return Listing("代理与监护", REPRESENTATIONS, [*rows])


def change_listing(changes: Iterable[HouseholdChange]) -> Listing[HouseholdChange]:
    """Every change of the household, dropped and undone ones too."""
    return Listing("户内变更", CHANGES, [*changes])
