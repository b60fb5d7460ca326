"""The land chapter: surveyed, signed, posted, objected to, confirmed, registered, issued."""

from collections.abc import Callable, Iterable, Sequence
from math import isqrt

from conversion.domain.case import Case
from conversion.domain.parcel import Parcel
from conversion.domain.role import Role
from conversion.services.demonstration.forms import filled, signed
from conversion.services.demonstration.notices import (
    object_and_settle,
    posted,
    print_lists,
    taken_down,
    tear_down,
)
from conversion.services.demonstration.stage import Form, Stage
from conversion.standards.outline import square_metres_of_mu
from conversion.workflows.land_survey import recorded_area


def confirm_land(stage: Stage) -> None:
    """Land is surveyed, posted, objected to, confirmed, registered and certified."""
    landed, landless = _by_land(c for c in stage.cases(land="open") if _is_accepted(c))
    reason = {"reason": "经核对土地台账，该户没有承包地和宅基地。"}
    stage.play("land.waive", stage.cast(Role.VILLAGE), landless, filled(reason))
    survey_and_post(stage, landed)
    stage.calendar.later(2)
    object_and_settle(stage, "land", stage.cast(Role.VILLAGE), stage.cast(Role.STREET))
    tear_down(stage)
    confirm_and_issue(stage)


def survey_and_post(stage: Stage, cases: Sequence[Case]) -> None:
    """Land surveyed and signed for, the lists printed and hung."""
    surveyor = stage.cast(Role.SURVEYOR)
    day, outlined = stage.calendar.day, stage.story["outlined"]

    def survey(case: Case) -> Form:
        drawn = case.parcels.values() if case.household.number in outlined else ()
        return {"surveyed_on": day, "outlines": {p.serial: _ring(p) for p in drawn}}

    stage.play("land.survey", surveyor, cases, survey)
    stage.calendar.later(5)
    stage.play("land.sign_boundaries", surveyor, stage.cases(land="surveyed"), signed(stage))
    signed_for = stage.cases(land="signed")
    print_lists(stage, "land", signed_for)
    stage.play("land.post", stage.cast(Role.VILLAGE), signed_for, posted)


def confirm_and_issue(stage: Stage) -> None:
    """What hangs has run its time, is confirmed, registered and certified."""
    stage.wait_for_notices("land", stage.cases(land="on_notice"))
    on_board = stage.cases(land="on_notice")
    stage.play("land.confirm", stage.cast(Role.STREET, 1), on_board, taken_down("land"))
    stage.calendar.later(10)
    stage.play(
        "land.register", stage.cast(Role.REGISTRY), stage.cases(land="confirmed"), _registry(stage)
    )
    stage.play("land.issue", stage.cast(Role.TASK_FORCE), stage.cases(land="registered"))
    stage.issue()


def _is_accepted(case: Case) -> bool:
    return case.positions["case"] != "draft"


def _by_land(cases: Iterable[Case]) -> tuple[list[Case], list[Case]]:
    landed: list[Case] = []
    landless: list[Case] = []
    for case in cases:
        (landed if case.parcels else landless).append(case)
    return landed, landless


def _registry(stage: Stage) -> Callable[[Case], Form]:
    day = stage.calendar.day

    def receipt(case: Case) -> Form:
        number = f"汇土登〔{day.year}〕{case.household.number}"
        return {
            "registered_on": day,
            "registrations": {serial: f"{number}-{serial}" for serial in case.land},
        }

    return receipt


def _ring(parcel: Parcel) -> list[str]:
    """A field half as long again as wide, a little askew, of the area on record."""
    area = recorded_area(parcel) or 0
    square_metres = area if parcel.site_area is not None else square_metres_of_mu(area)
    wide = max(isqrt(square_metres // 150), 1)
    high = square_metres // (100 * wide)
    return ["0,0", f"{wide},0", f"{wide + 2},{high}", f"2,{high}"]
