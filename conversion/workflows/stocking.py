"""Stock of pre-printed booklets 预印证书本: received by serial, destroyed before two persons.

Which booklet bears which paper is told where the paper is printed (`services/impression.py`).
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from pydantic import Field

from conversion.documents.kinds import kind_of
from conversion.domain.booklet import BookletDelivery, SpoiledBooklet
from conversion.domain.collections import put
from conversion.domain.role import Role
from conversion.domain.standing import Change
from conversion.policy.decision import Decision
from conversion.workflows.certificates import CERTIFIED_BY
from conversion.workflows.guards import past_day
from conversion.workflows.step import (
    Check,
    Evidence,
    Form,
    Guard,
    Part,
    ProgrammeCircumstances,
    Step,
)

_KEEPERS: Final = (Role.TASK_FORCE, Role.COLLECTIVE)
_MOST = 100_000
"""Booklets of one delivery."""


class Receiving(Form):
    """A delivery of booklets, by their printed serials."""

    kind: str = Field(title="用于哪种证书（文书代码）", max_length=40)
    prefix: str = Field(default="", max_length=10, title="编号的前缀")
    first: str = Field(title="起号（按印的写，含前面的零）", pattern=r"^\d{1,12}$")
    last: str = Field(title="止号", pattern=r"^\d{1,12}$")
    received_on: date = Field(title="收到日期")
    supplier: str = Field(title="送货单位和送货单号", min_length=2, max_length=200)


class Spoiling(Form):
    """A booklet that can't be used any more."""

    booklet: str = Field(title="证书本编号（按印的写）", min_length=1, max_length=20)
    spoiled_on: date = Field(title="销毁日期")
    reason: str = Field(title="损坏的原因", min_length=4, max_length=200)
    witness: str = Field(title="监销人（账号）", min_length=1, max_length=40)


def _delivery(c: ProgrammeCircumstances) -> BookletDelivery:
    assert isinstance(c.form, Receiving)
    form = c.form
    return BookletDelivery(
        serial=f"D{len(c.programme.booklets) + 1:02d}",
        kind=form.kind,
        prefix=form.prefix,
        first=int(form.first),
        last=int(form.last),
        width=len(form.first),
        received_on=form.received_on,
        supplier=form.supplier,
    )


def _receive(c: ProgrammeCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    delivery = _delivery(c)
    return (put("booklets", delivery.key, delivery),)


def _spoil(c: ProgrammeCircumstances, _decision: Decision | None) -> tuple[Change, ...]:
    assert isinstance(c.form, Spoiling)
    spoiled = SpoiledBooklet(**c.form.model_dump())
    return (put("spoiled", spoiled.key, spoiled),)


# --- what they require ---------------------------------------------------------------------------


def _for_certificate(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, Receiving)
    known = "、".join(f"{kind}（{kind_of(kind).title}）" for kind in CERTIFIED_BY)
    return Check(
        satisfied=c.form.kind in CERTIFIED_BY, found=c.form.kind, remedy=f"从中填写：{known}"
    )


def _range_fits(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, Receiving)
    new = _delivery(c)
    twice = [d.serial for d in c.programme.booklets.values() if _overlap(d, new)]
    fits = 0 < new.count <= _MOST and len(c.form.first) == len(c.form.last)
    found = f"{new.printed(new.first)} 到 {new.printed(new.last)}，{new.count} 本"
    return Check(
        satisfied=fits and not twice,
        found=found + (f"；与 {'、'.join(twice)} 重号" if twice else ""),
        remedy=f"起号、止号位数相同，止号不小于起号，一次不超过 {_MOST} 本，不与收过的重号",
    )


def _overlap(one: BookletDelivery, other: BookletDelivery) -> bool:
    series = (one.prefix, one.width) == (other.prefix, other.width)
    return series and one.first <= other.last and other.first <= one.last


def _in_stock(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, Spoiling)
    known = delivery_of(c.programme.booklets.values(), c.form.booklet)
    before = c.programme.spoiled.get(c.form.booklet)
    told = f"属 {known.serial} 批" if known else "没有收到过这个编号"
    return Check(
        satisfied=known is not None and before is None,
        found=f"{before.spoiled_on} 已销毁" if before else told,
        remedy="按印在证书本上的编号填写，一本只销毁一次",
    )


def _witnessed(c: ProgrammeCircumstances) -> Check:
    assert isinstance(c.form, Spoiling)
    staff = {actor.account: actor for actor in c.programme.staff_table.on(c.day)}
    witness = staff.get(c.form.witness)
    other = c.form.witness not in c.actor.persons
    return Check(
        satisfied=witness is not None and other,
        found=witness.name if witness else f"没有在岗的账号 {c.form.witness}",
        remedy="监销人是办理人以外的在岗人员",
    )


def delivery_of(deliveries: Iterable[BookletDelivery], booklet: str) -> BookletDelivery | None:
    """The delivery that a printed serial is of; None when no such booklet was received."""
    return next((d for d in deliveries if d.figure_of(booklet) is not None), None)


def stocking_steps(source: Iterable[str]) -> tuple[Step[ProgrammeCircumstances], ...]:
    """Receiving booklets, and destroying a spoiled one.

    Args:
        source: the states in which the office keeps booklets.
    """
    everywhere = tuple(source)
    return (
        Step(
            event="receive_booklets",
            title="登记收到证书本",
            source=everywhere,
            target=None,
            roles=_KEEPERS,
            part=Part.RECORD,
            form=Receiving,
            evidence=(Evidence(id="delivery_list", title="送货单和点验记录"),),
            guards=(
                Guard(
                    rule="booklets_for_certificate",
                    title="用于一种证书",
                    test=_for_certificate,
                    reads_form=True,
                ),
                Guard(
                    rule="booklets_once",
                    title="编号连续，没有收过",
                    test=_range_fits,
                    reads_form=True,
                ),
                past_day("received_on", "收到日期"),
            ),
            effect=_receive,
        ),
        Step(
            event="spoil_booklet",
            title="登记证书本损坏销毁",
            source=everywhere,
            target=None,
            roles=_KEEPERS,
            part=Part.RECORD,
            form=Spoiling,
            evidence=(Evidence(id="destruction_record", title="销毁记录（两人签名）"),),
            guards=(
                Guard(
                    rule="booklet_in_stock",
                    title="收到过这一本，没有销毁",
                    test=_in_stock,
                    reads_form=True,
                ),
                Guard(
                    rule="spoiling_witnessed",
                    title="有另一名在岗人员监销",
                    test=_witnessed,
                    reads_form=True,
                ),
                past_day("spoiled_on", "销毁日期"),
            ),
            effect=_spoil,
        ),
    )
