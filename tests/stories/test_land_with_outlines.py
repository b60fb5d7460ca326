"""A survey with corners: kept with the parcel, drawn on the paper, and in no leaf."""

from typing import Any

from conversion.standards.outline import square_metres_of_mu
from conversion.store.entries import entries_of
from conversion.store.papers import sealed_facts
from conversion.workflows.land_survey import recorded_area
from tests.office import KEY, number_of
from tests.stages import play


def ring_of(parcel):
    """A strip forty-one metres wide with the parcel's area."""
    area = recorded_area(parcel) or 0
    metres = area if parcel.site_area is not None else square_metres_of_mu(area)
    high = f"{metres / 100 / 41:.2f}"
    return ["7.13,0", "48.13,0", f"48.13,{high}", f"7.13,{high}"]


def test_the_corners_of_a_field_are_drawn_on_the_confirmation_and_stay_out_of_the_leaf(town_at):
    town = town_at("accepted")
    parcel = town.case("0001").parcels["P01"]
    ring = ring_of(parcel)
    town.take("land.survey", "0001", surveyed_on=town.calendar.day, outlines={"P01": ring})
    kept = town.case("0001").parcels["P01"].outline
    assert kept[1] == "48.13,0"

    play(town, "landed", after="accepted")
    case = town.case("0001")
    (number,) = (p.number for p in case.papers.values() if p.kind == "land_confirmation")
    with town.database.reading() as session:
        facts: Any = sealed_facts(session, case.number, KEY)[number]
        leaves = [entry.bytes for entry in entries_of(session, number_of("0001"))]

    drawn = [p for p in facts["parcels"] if p["outline"]]
    assert [p["serial"] for p in drawn] == ["P01"]
    assert tuple(drawn[0]["outline"]) == kept
    assert not [leaf for leaf in leaves if b"48.13" in leaf]
    assert town.verify().is_sound
