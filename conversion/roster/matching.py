"""Recognising in a new roster the people, parcels and benefits that are stored already."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from conversion.domain.household import DrawnBenefit, Member
from conversion.domain.parcel import Parcel

RowT = TypeVar("RowT", Member, DrawnBenefit, Parcel)


def in_stored_order(
    found: Sequence[RowT], stored: Sequence[RowT], *, prefix: str = ""
) -> tuple[RowT, ...]:
    """The delivered rows, each under the serial of the stored row it is, or the next free one.

    >>> from datetime import date
    >>> born = date(1970, 1, 1)
    >>> def person(serial: str, name: str) -> Member:
    ...     return Member(serial=serial, name=name, relation="02", sex="1", birth_date=born)
    >>> kept = in_stored_order([person("01", "乙"), person("02", "甲")], [person("01", "甲")])
    >>> [(m.name, m.serial) for m in kept]
    [('乙', '02'), ('甲', '01')]
    """
    serials, known = _recognised(found, stored), {row.serial: row for row in stored}
    free = _after(stored, prefix)
    result = []
    for place, row in enumerate(found):
        serial = serials.get(place)
        if serial is None:
            free += 1
            serial = f"{prefix}{free:02}"
        kept = _surveyed(known.get(serial))
        result.append(row.model_copy(update={"serial": serial} | kept))
    return tuple(result)


def _surveyed(stored: Member | DrawnBenefit | Parcel | None) -> dict[str, object]:
    """What a survey found of a parcel, which no roster tells."""
    return {"outline": stored.outline} if isinstance(stored, Parcel) else {}


def _after(stored: Sequence[RowT], prefix: str) -> int:
    return max((int(row.serial.removeprefix(prefix)) for row in stored), default=0)


def _recognised(found: Sequence[RowT], stored: Sequence[RowT]) -> dict[int, str]:
    """Place in the file → stored serial; what identifies best is tried first."""
    serials: dict[int, str] = {}
    left = list(stored)
    for identity in _IDENTITIES:
        for place, row in enumerate(found):
            key = identity(row)
            same = next((s for s in left if key is not None and identity(s) == key), None)
            if place not in serials and same is not None:
                serials[place] = same.serial
                left.remove(same)
    return serials


Identity = Callable[[Member | DrawnBenefit | Parcel], Hashable | None]


def _by_number(row: Member | DrawnBenefit | Parcel) -> Hashable | None:
    match row:
        case Member():
            return row.resident_number or None
        case Parcel():
            return row.code or None
        case DrawnBenefit():
            return row.member, row.item, row.since


def _by_name(row: Member | DrawnBenefit | Parcel) -> Hashable | None:
    match row:
        case Member():
            return row.name, row.birth_date
        case Parcel():
            return row.kind, row.name, row.contract_area, row.site_area
        case DrawnBenefit():
            return row.member, row.item


def _by_place(row: Member | DrawnBenefit | Parcel) -> Hashable | None:
    """A person of the same name and relation, whose number and birth date were corrected."""
    match row:
        case Member():
            return row.name, row.relation
        case Parcel():
            return row.kind, row.name
        case DrawnBenefit():
            return row.item


_IDENTITIES: tuple[Identity, ...] = (_by_number, _by_name, _by_place)
