"""Acts and rows for the tests of the store; only what matters is named in a test."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count

from sqlmodel import SQLModel

from conversion.domain.collections import put
from conversion.domain.household import Household, Member, Trait
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.programme import Village
from conversion.domain.right import ShareLot
from conversion.domain.role import Actor, Role
from conversion.domain.standing import Change, Json
from conversion.history.act import Act
from conversion.store.append import Receipt, append
from conversion.store.database import Session

VILLAGE = "520303105202"
KEY = bytes(range(32))
CLERK = Actor(account="chen", name="陈明", roles=(Role.VILLAGE,))
DAY = date(2009, 8, 3)
TRACKS = ("hukou", "shares", "land", "benefits", "entitlements")


class Randomness:
    """Bytes that look random and never repeat, the same in every run."""

    def __init__(self) -> None:
        self._drawn = count()

    def __call__(self, length: int) -> bytes:
        return sha256(str(next(self._drawn)).encode()).digest()[:length]


RANDOM = Randomness()


def number(household: int) -> str:
    return f"{VILLAGE}-{household:04d}"


def a_village() -> Village:
    texts = dict.fromkeys(Village.model_fields, "某")
    return Village.model_validate(texts | {"village_name": "坪头村", "village_code": VILLAGE})


def an_act(
    chain: str,
    version: int,
    name: str,
    *,
    source: str | None = None,
    target: str | None = None,
    moves: Mapping[str, str] | None = None,
    changes: Sequence[Change] = (),
    form: Mapping[str, Json] | None = None,
) -> Act:
    return Act(
        chain=chain,
        version=version,
        at=datetime(2009, 8, 3, 1, tzinfo=UTC) + timedelta(minutes=version),
        day=DAY,
        actor=CLERK,
        name=name,
        source=source,
        target=target,
        moves=moves or {},
        changes=tuple(changes),
        form=form or {},
    )


def opening_programme(code: str = VILLAGE) -> Act:
    return an_act(
        code,
        0,
        "programme.open",
        target="drafting",
        moves={"assets": "open"},
        changes=[put("village", "village", a_village())],
    )


def a_member(serial: str = "01", name: str = "李志强", **facts: object) -> Member:
    given: dict[str, object] = {
        "serial": serial,
        "name": name,
        "relation": "02" if serial == "01" else "20",
        "sex": "1",
        "birth_date": date(1970, 5, 1),
        "traits": (Trait.VETERAN,),
    }
    return Member.model_validate(given | facts)


def a_parcel(serial: str = "P01") -> Parcel:
    return Parcel(serial=serial, kind=ParcelKind.CONTRACTED, contract_area=12_345)


def opening_case(
    household: int = 1, *, members: int = 2, parcels: int = 1, group: str = "一组"
) -> Act:
    serial = f"{household:04d}"
    rows = [put("household", "household", Household(number=serial, group=group))]
    for place in range(1, members + 1):
        member = a_member(f"{place:02d}", name=f"李{serial}之{place}")
        rows.append(put("members", member.serial, member))
    for place in range(1, parcels + 1):
        parcel = a_parcel(f"P{place:02d}")
        rows.append(put("parcels", parcel.serial, parcel))
    return an_act(
        number(household),
        0,
        "case.open",
        target="draft",
        moves=dict.fromkeys(TRACKS, "open"),
        changes=rows,
    )


def accepting(household: int = 1, version: int = 1) -> Act:
    return an_act(number(household), version, "case.accept", source="draft", target="accepted")


def booking(units: int, version: int, household: int = 1) -> Act:
    """An act that moves nothing and sets one lot of shares."""
    lot = ShareLot(member="01", share_class="population", units=units)
    return an_act(
        number(household), version, "shares.allocate", changes=[put("shares", lot.key, lot)]
    )


def setting(collection: str, key: str, row: SQLModel, *, version: int = 1) -> Act:
    return an_act(number(1), version, "case.note", changes=[put(collection, key, row)])


def record(session: Session, *acts: Act, programme: str = VILLAGE) -> list[Receipt]:
    return append(session, programme, acts, key=KEY, random=RANDOM)
