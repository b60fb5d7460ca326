"""土地权属确认书: the rights confirmed to a household, parcel by parcel."""

from datetime import date

from typing_extensions import override

from conversion.documents.household_paper import HouseholdPaper, Person, person, shared
from conversion.documents.kind import DocumentKind, HouseholdOccasion, Part
from conversion.documents.sketch_map import SketchMap, sketch_map
from conversion.documents.trace import words
from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.domain.parcel import Parcel
from conversion.domain.programme import Programme
from conversion.domain.right import LandRight
from conversion.errors import DocumentRefused
from conversion.standards.area import format_mu, format_square_metres
from conversion.standards.outline import read_outline

_FULL_AGE = 18


class ConfirmedParcel(Part):
    """One parcel with the right on it.

    Attributes:
        contract_area, measured_area: 0.0001 亩; site_area: 0.01 m².
        area: as confirmed, 0.01 m² when `by_square_metre`, else 0.0001 亩.
        holders: names of all co-holders; joint_households: other households that hold it too.
        registration: number in the real-estate register, empty before registration.
        outline: its corners as surveyed; none where the survey gave none.
    """

    serial: str
    kind: str
    right: str
    code: str
    name: str
    location: str
    east: str
    south: str
    west: str
    north: str
    contract_area: int | None
    measured_area: int | None
    site_area: int | None
    area: int
    by_square_metre: bool
    contract_number: str
    certificate_number: str
    acquisition: str
    holders: tuple[str, ...]
    joint_households: tuple[str, ...]
    surveyed_on: date | None
    confirmed_on: date | None
    registration: str
    registered_on: date | None
    outline: tuple[str, ...] = ()

    @property
    def sketch(self) -> SketchMap:
        """The sketch map of its outline."""
        return sketch_map(self.outline)

    @property
    def enclosed(self) -> int:
        """What the outline encloses, 0.01 m²."""
        return read_outline(self.outline).area


class LandConfirmation(HouseholdPaper):
    """The facts of the 土地权属确认书.

    Attributes:
        place: the village, or the community and the village it was, once it is founded.
        granted_by: the collective 发包方; sharing: 共有方式.
        period: of the right, as entered at the survey, or where it is written.
        restrictions: mortgage, freeze or dispute, `无` when there is none.
        posted_on, last_day: the window of the land notice.
        signers: names of the co-holders who are of age on the paper's day (民法典 17).
    """

    place: str
    granted_by: str
    registry: str
    sharing: str
    period: str
    restrictions: str
    posted_on: date | None
    last_day: date | None
    holders: tuple[Person, ...]
    signers: tuple[str, ...]
    parcels: tuple[ConfirmedParcel, ...]

    @property
    @override
    def gist(self) -> str:
        """How many parcels, with their areas together."""
        fields = sum(p.area for p in self.parcels if not p.by_square_metre)
        sites = sum(p.area for p in self.parcels if p.by_square_metre)
        told = (
            f"{len(self.parcels)}块",
            f"{format_mu(fields)}亩" if fields else "",
            f"{format_square_metres(sites)}平方米" if sites else "",
        )
        return "，".join(filter(None, told))

    @property
    def drawn(self) -> tuple[ConfirmedParcel, ...]:
        """The parcels of which there is an outline."""
        return tuple(parcel for parcel in self.parcels if parcel.outline)

    @property
    def same_days(self) -> bool:
        """Whether all parcels were surveyed on one day, and confirmed and registered so."""
        return len({(p.surveyed_on, p.confirmed_on, p.registered_on) for p in self.parcels}) == 1

    @property
    def same_holders(self) -> bool:
        """Whether all holders hold all parcels, and no other household does."""
        everybody = tuple(holder.name for holder in self.holders)
        return all(p.holders == everybody and not p.joint_households for p in self.parcels)


def _place(programme: Programme) -> str:
    """Where the land lies, under the names of the paper's day."""
    village = programme.village
    founded = programme.has_reached("founded")
    return f"{village.after}（原{village.before}）" if founded else village.before


def facts(occasion: HouseholdOccasion) -> LandConfirmation:
    """The confirmation as the land track established it.

    Raises:
        DocumentRefused: no right has been confirmed.
    """
    case, village = occasion.case, occasion.programme.village
    if not case.land:
        raise DocumentRefused(
            f"为案件{case.number}印制土地权属确认书", "还没有确认任何地块", "先完成权属确认"
        )
    notice = case.current_notice("land")
    holding = {serial for right in case.land.values() for serial in right.holders}
    holders = [m for m in case.members.values() if m.serial in holding]
    return LandConfirmation(
        **shared(occasion),
        place=_place(occasion.programme),
        granted_by=village.collective_name,
        registry=village.registry_office,
        sharing="家庭共同共有" if len(holders) > 1 else "单独所有",
        period=_period(case.past),
        restrictions="有未办结的异议" if case.open_objections("land") else "无",
        posted_on=notice.posted_on if notice else None,
        last_day=notice.last_day if notice else None,
        holders=tuple(person(m) for m in holders),
        signers=tuple(m.name for m in holders if m.age_on(occasion.day) >= _FULL_AGE),
        parcels=tuple(
            _confirmed(case.parcels[right.parcel], right, case) for right in case.land.values()
        ),
    )


def _period(past: tuple[Event, ...]) -> str:
    entered = [words(event, "period") for event in past if event.level == "land"]
    return next(filter(None, reversed(entered)), "以承包合同和原权属证书记载为准")


def _confirmed(parcel: Parcel, right: LandRight, case: Case) -> ConfirmedParcel:
    return ConfirmedParcel(
        **parcel.model_dump(
            include={"serial", "code", "name", "east", "south", "west", "north", "acquisition"}
            | {"contract_area", "measured_area", "site_area"}
            | {"contract_number", "certificate_number", "joint_households", "outline"}
        ),
        **right.model_dump(
            include={"right", "area", "surveyed_on", "confirmed_on"}
            | {"registration", "registered_on"}
        ),
        kind=parcel.kind.label,
        location=case.household.group,
        by_square_metre=parcel.site_area is not None,
        holders=tuple(case.members[serial].name for serial in right.holders),
    )


LAND_CONFIRMATION = DocumentKind(
    id="land_confirmation",
    title="土地权属确认书",
    series="地确",
    template="land_confirmation.html",
    version="4",
    facts_model=LandConfirmation,
    facts=facts,
    signers=("户主和成年共有人（签名）", "发包方", "街道办事处", "区土地和农业主管部门"),
    copies=("农户", "发包方", "工作专班存档"),
)
