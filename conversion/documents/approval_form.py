"""审批表: the case on one form, with every office's opinion and a place for its seal."""

from collections.abc import Iterable
from datetime import date

from typing_extensions import override

from conversion.documents.household_paper import HouseholdPaper, Person, person, shared
from conversion.documents.kind import DocumentKind, HouseholdOccasion, Part
from conversion.documents.trace import words
from conversion.domain.case import TRACK_TITLES, TRACKS, Case
from conversion.domain.event import Event
from conversion.domain.hold import Hold
from conversion.domain.notice import Countersignature, Notice, Objection
from conversion.domain.override import Override
from conversion.domain.parcel import Parcel
from conversion.domain.programme import Village
from conversion.standards.masking import mask_phone

_LEVEL_TITLES = TRACK_TITLES | {"case": "转居"}
_NOT_APPLIED = frozenset({"not_applicable", "not_required", "waived"})


class Track(Part):
    """One of the five matters, and whether the household applies for it."""

    title: str
    applied: bool


class Opinion(Part):
    """What one office says; the text is empty and the day None while it has not spoken."""

    office: str
    opinion: str
    name: str
    day: date | None


class PostedNotice(Part):
    """A notice as posted: its window, when it was taken down, the objections that came in."""

    title: str
    place: str
    posted_on: date
    last_day: date
    days: int
    working_days: bool
    closed_on: date | None
    objections: int


class RaisedObjection(Part):
    """An objection without the person and the subject, which stay in the file."""

    serial: str
    matter: str
    raised_on: date
    outcome: str
    settled_on: date | None


class Standstill(Part):
    """A hold that stopped the notices: its days don't count for them."""

    title: str
    order: str
    since: date
    lifted_on: date | None


class SetAside(Part):
    """特批: a requirement set aside, why, and on whose word."""

    title: str
    reason: str
    decision: str
    requester: str
    granter: str
    granted_on: date | None
    used_on: date


class Plot(Part):
    """Kind, number and area of the household's land of one kind.

    Attributes:
        mu: 0.0001 亩; square_metres: 0.01 m².
    """

    title: str
    parcels: int
    mu: int
    square_metres: int


class ApprovalForm(HouseholdPaper):
    """The facts of the 审批表.

    Attributes:
        decision_number: 批准文号 of the district, empty before it has approved.
        attachments: number of papers listed as evidence, None when it is filled in by hand.
    """

    phone: str
    accepted_on: date | None
    members: tuple[Person, ...]
    plots: tuple[Plot, ...]
    tracks: tuple[Track, ...]
    notices: tuple[PostedNotice, ...]
    objections: tuple[RaisedObjection, ...]
    standstills: tuple[Standstill, ...]
    set_aside: tuple[SetAside, ...]
    village_opinion: Opinion
    street_opinion: Opinion
    department_opinions: tuple[Opinion, ...]
    district_opinion: Opinion
    decision_number: str
    attachments: int | None

    @property
    @override
    def gist(self) -> str:
        """How many people, and the decision."""
        decided = f"，{self.decision_number}" if self.decision_number else ""
        return f"{len(self.members)}人{decided}"


def facts(occasion: HouseholdOccasion) -> ApprovalForm:
    """The form as the case stands."""
    case, village = occasion.case, occasion.programme.village
    return ApprovalForm(
        **shared(occasion),
        phone=mask_phone(case.household.phone),
        accepted_on=case.done_on("case.accept"),
        members=tuple(person(m) for m in case.members.values()),
        plots=_plots(case.parcels.values()),
        tracks=tuple(_track(case, track) for track in TRACKS),
        notices=tuple(_notice(n, case) for n in case.notices.values()),
        objections=tuple(_objection(o) for o in case.objections.values()),
        standstills=tuple(_standstill(h) for h in _holds(occasion) if _stops_notice(h, case)),
        set_aside=tuple(_set_aside(w, w.used_on) for w in case.overrides.values() if w.used_on),
        decision_number=words(case.last("case.approve"), "decision_number"),
        attachments=_attachments(case.past),
        department_opinions=_departments(case),
        **_opinions(case, village),
    )


def _opinions(case: Case, village: Village) -> dict[str, Opinion]:
    return {
        "village_opinion": _opinion(village.village_name + "村民委员会", case, "case.review"),
        "street_opinion": _opinion(village.street_name + "办事处", case, "case.examine"),
        "district_opinion": _opinion(village.district_name + "人民政府", case, "case.approve"),
    }


def _opinion(office: str, case: Case, act: str) -> Opinion:
    event = case.last(act)
    return Opinion(
        office=office,
        opinion=words(event, "opinion"),
        name=event.actor_name if event else "",
        day=event.day if event else None,
    )


def _departments(case: Case) -> tuple[Opinion, ...]:
    """In the order in which they signed, as the case's own acts tell it."""
    signed = [(e.day, e.actor_name) for e in case.past if e.act == "case.countersign"]

    def turn(row: Countersignature) -> tuple[date, int]:
        signature = (row.signed_on, row.signed_by)
        return row.signed_on, signed.index(signature) if signature in signed else len(signed)

    return tuple(
        Opinion(office=row.department, opinion=row.opinion, name=row.signed_by, day=row.signed_on)
        for row in sorted(case.countersignatures.values(), key=turn)
    )


def _track(case: Case, track: str) -> Track:
    applied = case.positions.get(track, "not_applicable") not in _NOT_APPLIED
    return Track(title=TRACK_TITLES[track], applied=applied)


def _notice(notice: Notice, case: Case) -> PostedNotice:
    return PostedNotice(
        title=notice.title,
        place=notice.place,
        posted_on=notice.posted_on,
        last_day=notice.last_day,
        days=notice.days,
        working_days=notice.working_days,
        closed_on=notice.closed_on,
        objections=sum(_falls_in(objection, notice) for objection in case.objections.values()),
    )


def _falls_in(objection: Objection, notice: Notice) -> bool:
    on_time = notice.posted_on <= objection.raised_on <= notice.last_day
    return on_time and objection.level == notice.level


def _objection(objection: Objection) -> RaisedObjection:
    return RaisedObjection(
        serial=objection.serial,
        matter=_LEVEL_TITLES.get(objection.level, ""),
        raised_on=objection.raised_on,
        outcome=objection.state.label if objection.state.is_settled else "办理中",
        settled_on=objection.settled_on,
    )


def _holds(occasion: HouseholdOccasion) -> tuple[Hold, ...]:
    return (*occasion.case.holds.values(), *occasion.programme.holds.values())


def _stops_notice(hold: Hold, case: Case) -> bool:
    """Whether a notice of the case hung while the hold lay on its level."""
    return any(
        hold.stops(n.level)
        and hold.since <= n.last_day
        and (hold.lifted_on is None or n.posted_on <= hold.lifted_on)
        for n in case.notices.values()
    )


def _standstill(hold: Hold) -> Standstill:
    return Standstill(
        title=hold.kind.label,
        order=hold.authority + hold.order,
        since=hold.since,
        lifted_on=hold.lifted_on,
    )


def _set_aside(override: Override, used_on: date) -> SetAside:
    return SetAside(
        title=override.title,
        reason=override.reason,
        decision=override.decision,
        requester=override.requester_name,
        granter=override.granter_name,
        granted_on=override.granted_on,
        used_on=used_on,
    )


def _plots(parcels: Iterable[Parcel]) -> tuple[Plot, ...]:
    kinds: dict[str, list[Parcel]] = {}
    for parcel in parcels:
        kinds.setdefault(parcel.kind.label, []).append(parcel)
    return tuple(
        Plot(
            title=title,
            parcels=len(found),
            mu=sum(p.measured_area or p.contract_area or 0 for p in found),
            square_metres=sum(p.site_area or 0 for p in found),
        )
        for title, found in kinds.items()
    )


def _attachments(past: tuple[Event, ...]) -> int | None:
    """How many papers the case's own acts list as evidence, each once by where it lies."""
    listed = [event.form["evidence"] for event in past if "evidence" in event.form]
    places = {place for papers in listed if isinstance(papers, dict) for place in papers.values()}
    return len(places) or None


APPROVAL_FORM = DocumentKind(
    id="approval_form",
    title="村改社区农户转居审批表",
    series="审",
    template="approval_form.html",
    version="3",
    facts_model=ApprovalForm,
    facts=facts,
    signers=("村民委员会", "街道办事处", "会签部门", "区人民政府"),
    copies=("工作专班存档", "区人民政府"),
)
