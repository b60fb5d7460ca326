"""Households split, join and part, and nothing is lost on the way."""

import pytest

from conversion.domain.notice import PaperStatus
from conversion.domain.right import MembershipStanding
from conversion.store.entries import entries_of
from conversion.workflows.facts import facts_of
from conversion.workflows.requirement import RequirementsUnmet
from tests.changes import APPROVER, change
from tests.office import REASON, number_of

SIGNED = ["01", "02", "03", "05"]


def a_split(town, **others):
    """The son and his sister move into a house of their own."""
    stays = {
        "number": "0001",
        "head": "01",
        "members": ["01", "02", "05"],
        "parcels": ["P01", "P03"],
    }
    goes = {"number": "0099", "head": "03", "members": ["03", "04"], "parcels": ["P02"]}
    return {"signed": SIGNED, "moved_on": town.calendar.day, "portions": [stays, goes]} | others


def everything(*cases):
    """What a split may move and never make or unmake."""
    return {
        "people": sorted(m.name for c in cases for m in c.members.values()),
        "land": sorted(
            (p.code, p.contract_area, p.site_area) for c in cases for p in c.parcels.values()
        ),
        "areas": sum(right.area for c in cases for right in c.land.values()),
        "units": sum(c.units for c in cases),
        "lots": sorted((lot.share_class, lot.units) for c in cases for lot in c.shares.values()),
    }


def test_a_split_conserves_shares_and_land_and_everybody(town_at):
    town = town_at("signed")
    before = town.case("0001")
    kept = change(town, "split", "0001", **a_split(town))
    opened = town.case("0099")

    assert everything(kept, opened) == everything(before)
    assert opened.head.name == "张浩然"
    assert opened.members["04"].relation == "77"
    assert all(right.holders == ("03", "04") for right in opened.land.values())
    assert kept.departed["03"].went_to.endswith("-0099/03")
    assert opened.memberships["03"].standing is MembershipStanding.CONFIRMED
    assert opened.positions == kept.positions
    assert opened.done_on("case.approve") == before.done_on("case.approve")
    assert town.verify().is_sound


def test_a_household_that_split_off_is_issued_papers_of_its_own(town_at):
    town = town_at("signed")
    town.issue()
    change(town, "split", "0001", **a_split(town))
    town.take("shares.reissue", "0001", **REASON)

    own = town.case("0099").papers.values()
    assert {p.kind for p in own} == {
        "hukou_certificate",
        "share_certificate",
        "land_confirmation",
        "benefit_assessment",
        "entitlement_statement",
    }
    old = [p for p in town.case("0001").papers.values() if p.status is PaperStatus.SUPERSEDED]
    assert {p.kind for p in old} == {p.kind for p in own}
    town.issue()
    assert {p.status for p in town.case("0099").papers.values()} == {PaperStatus.ISSUED}
    assert town.verify().is_sound


def test_an_undone_split_leaves_everything_as_it_was(town_at):
    town = town_at("signed")
    before = town.case("0001")
    change(town, "split", "0001", **a_split(town))
    town.take("household.undo_change", "0001", by=APPROVER, change="C01", **REASON)

    after, closed = town.case("0001"), town.case("0099")
    for name in ("members", "departed", "parcels", "land", "shares", "memberships", "benefits"):
        assert getattr(after, name) == getattr(before, name), name
    assert after.positions == before.positions
    assert closed.positions["case"] == "merged"
    assert not closed.members
    assert not closed.shares
    assert town.verify().is_sound


def test_what_was_declared_goes_with_whom_it_is_of_and_the_income_of_all_with_nobody(town_at):
    town = town_at("registered")
    town.take("benefits.assess", "0001", service_years={"01": 4, "03": 2}, monthly_income=90_123)
    stays, goes = a_split(town)["portions"]
    portions = [stays, goes | {"monthly_income": 30_456}]

    kept = change(town, "split", "0001", **a_split(town, portions=portions))
    opened = town.case("0099")

    assert {d.key: d.service_years for d in kept.declarations.values()} == {"01": 4}
    assert {d.key: (d.service_years, d.monthly_income) for d in opened.declarations.values()} == {
        "03": (2, None),
        "household": (None, 30_456),
    }
    facts = facts_of(opened, None, town.calendar.day, "")
    assert (facts.service_years, facts.monthly_income) == ({"03": 2}, 30_456)
    assert facts_of(kept, None, town.calendar.day, "").monthly_income is None
    with town.database.reading() as session:
        sealed = [e.bytes.decode() for e in entries_of(session, number_of("0001"))]
    assert not any("90123" in entry or "30456" in entry for entry in sealed)
    assert not any('"service_years"' in entry for entry in sealed)

    town.take("household.undo_change", "0001", by=APPROVER, change="C01", **REASON)
    back = town.case("0001").declarations
    assert {key: (d.service_years, d.monthly_income) for key, d in back.items()} == {
        "01": (4, None),
        "03": (2, None),
        "household": (None, 90_123),
    }
    assert town.verify().is_sound


def test_two_households_that_join_have_the_income_of_both_where_both_have_said_it(town_at):
    town = town_at("registered")
    town.take("benefits.assess", "0002", service_years={"03": 5}, monthly_income=50_000)
    town.take("benefits.assess", "0003", service_years={"01": 3}, monthly_income=20_000)

    told = {"into": "0002", "moved_on": town.calendar.day, "signed": ["01"]}
    closed = change(town, "merge", "0003", **told)

    joined = town.case("0002").declarations
    assert {key: (d.service_years, d.monthly_income) for key, d in joined.items()} == {
        "03": (5, None),
        "04": (3, None),
        "household": (None, 70_000),
    }
    assert not closed.declarations


def test_whoever_approved_the_household_before_it_split_is_remembered_in_both(town_at):
    """Four eyes look back over the whole case, the time before the split included."""
    town = town_at("signed")
    change(town, "split", "0001", **a_split(town))
    born = {"name": "张新", "relation": "20", "sex": "1", "birth_date": town.calendar.day}
    town.take("household.register_birth", "0099", **born)

    unmet = town.unmet("household.approve_change", "0099", by="street1", opinion="同意。")
    assert set(unmet) == {"four_eyes"}


@pytest.mark.parametrize(
    ("portions", "rule"),
    [
        ([("0001", "01", "01 02 05", "P01 P03"), ("0099", "03", "03", "P02")], "members_once"),
        ([("0001", "01", "01 02 03 05", "P01 P03"), ("0099", "03", "03 04", "P02")], "members_once"),
        ([("0001", "01", "01 02 05", "P01"), ("0099", "03", "03 04", "P02")], "parcels_once"),
        ([("0001", "01", "01 02 05", "P01 P03"), ("0002", "03", "03 04", "P02")], "portions_numbered"),
        ([("0098", "01", "01 02 05", "P01 P03"), ("0099", "03", "03 04", "P02")], "portions_numbered"),
        ([("0001", "01", "01 02 05", "P01 P03"), ("0099", "04", "03 04", "P02")], "portion_heads"),
    ],
)  # fmt: skip
def test_a_split_that_leaves_something_out_or_gives_it_twice_is_refused(town_at, portions, rule):
    town = town_at("certified")
    told = [
        {"number": n, "head": h, "members": people.split(), "parcels": plots.split()}
        for n, h, people, plots in portions
    ]
    assert rule in town.unmet("household.split", "0001", **a_split(town, portions=told))


def test_a_household_joins_another_and_its_history_stays(town_at):
    town = town_at("signed")
    before = town.case("0002"), town.case("0003")
    told = {
        "into": "0002",
        "moved_on": town.calendar.day,
        "signed": ["01"],
        "relations": {"01": "81"},
    }
    closed = change(town, "merge", "0003", **told)
    joined = town.case("0002")

    assert everything(joined, closed) == everything(*before)
    assert closed.positions["case"] == "merged"
    assert closed.head.name == "骆仕林"
    assert joined.members["04"].relation == "81"
    assert joined.memberships["04"].standing is MembershipStanding.CONFIRMED
    assert [r.parcel for r in joined.land.values()] == ["P01", "P02"]
    assert len(closed.past) > len(before[1].past)
    assert town.verify().is_sound


def test_a_merger_is_undone_and_both_households_are_as_before(town_at):
    town = town_at("certified")
    before = town.case("0002"), town.case("0003")
    told = {"into": "0002", "moved_on": town.calendar.day, "signed": ["01"]}
    change(town, "merge", "0003", **told)
    town.take("household.undo_change", "0003", by=APPROVER, change="C01", **REASON)

    after = town.case("0002"), town.case("0003")
    assert everything(*after) == everything(*before)
    assert [c.members for c in after] == [c.members for c in before]
    assert [c.positions for c in after] == [c.positions for c in before]
    assert town.verify().is_sound


def test_households_at_different_steps_do_not_join(town_at):
    town = town_at("registered")
    town.take("benefits.assess", "0003")
    told = {"into": "0002", "moved_on": town.calendar.day, "signed": ["01"]}
    assert "same_stage" in town.unmet("household.merge", "0003", **told)


def a_divorce(town, **others):
    """The wife leaves with her mother-in-law's field and her daughter."""
    stays = {
        "number": "0001",
        "head": "01",
        "members": ["01", "03", "05"],
        "parcels": ["P01", "P03"],
    }
    goes = {"number": "0099", "head": "02", "members": ["02", "04"], "parcels": ["P02"]}
    told = {"husband": "01", "wife": "02", "moved_on": town.calendar.day}
    return told | {"signed": ["01", "02"], "portions": [stays, goes]} | others


def test_a_divorced_wife_keeps_her_land_her_shares_and_her_membership(town_at):
    town = town_at("signed")
    before = town.case("0001")
    kept = change(town, "divorce", "0001", **a_divorce(town))
    hers = town.case("0099")

    assert hers.memberships["02"] == before.memberships["02"]
    assert {
        k: lot for k, lot in before.shares.items() if lot.member == "02"
    }.items() <= hers.shares.items()
    assert [r.holders for r in hers.land.values()] == [("02", "04")]
    assert (kept.members["01"].marital_status, hers.members["02"].marital_status) == ("40", "40")
    assert everything(kept, hers) == everything(before)
    assert town.verify().is_sound


def test_a_divorce_without_land_for_the_wife_or_without_her_signature_is_refused(town_at):
    town = town_at("certified")
    told = a_divorce(town)
    told["portions"][0]["parcels"], told["portions"][1]["parcels"] = ["P01", "P02", "P03"], []
    assert "wife_keeps_land" in town.unmet("household.divorce", "0001", **told)

    told = a_divorce(town, signed=["01"])
    assert "divorce_agreed" in town.unmet("household.divorce", "0001", **told)
    told["judgment"] = "（2010）汇民初字第31号"
    assert not town.unmet("household.divorce", "0001", **told)


def test_two_records_of_one_person_are_united_by_two_persons(town_at):
    town = town_at("landed")
    twin = town.case("0002").members["03"]
    told = {"name": twin.name, "relation": "97", "sex": "1", "birth_date": "1989-06-07"}
    change(town, "admit_late", "0001", **told, resolution="坪村决〔2010〕2号")
    united = {"member": "03", "other": "0001", "other_member": "06", "paper": "泗渡所核〔2010〕1号"}
    town.take("household.unite_records", "0002", **united, found_on=town.calendar.day)
    for household in ("0001", "0002"):
        assert "hold" in town.unmet("shares.propose_members", household)
    town.take("household.drop_change", "0002", **REASON)
    assert not any(h.is_in_force for n in ("0001", "0002") for h in town.case(n).holds.values())
    case = change(town, "unite_records", "0002", **united, found_on=town.calendar.day)
    assert not any(h.is_in_force for n in ("0001", "0002") for h in town.case(n).holds.values())

    other = town.case("0001")
    assert "06" not in other.members
    assert other.departed["06"].went_to == f"{case.number}/03"
    assert town.verify().is_sound


def test_a_change_decided_on_another_standing_is_not_approved(town_at):
    """The son who was to leave dies first: what the approver would get is not what was shown."""
    town = town_at("certified")
    told = {"into": "0002", "moved_on": town.calendar.day, "signed": ["01"]}
    town.take("household.merge", "0003", **told)
    change(
        town,
        "register_death",
        "0002",
        member="02",
        died_on=town.calendar.day,
        paper="死亡证2010-003",
    )

    with pytest.raises(RequirementsUnmet, match="对照已不一致"):
        town.take("household.approve_change", "0003", by=APPROVER, opinion="同意。")
    town.take("household.drop_change", "0003", **REASON)


def test_what_was_proposed_may_be_approved_days_later(town_at):
    town = town_at("in_force")
    told = {"name": "张安然", "relation": "41", "sex": "1", "birth_date": town.calendar.day}
    town.take("household.register_birth", "0001", **told)
    town.take("household.split", "0002", **_son_leaves(town))
    town.calendar.later(20)
    town.take("household.approve_change", "0001", by=APPROVER, opinion="同意。")
    town.take("household.approve_change", "0002", by=APPROVER, opinion="同意。")

    assert town.case("0001").members["06"].name == "张安然"
    assert town.case("0099").head.name == "何鹏飞"
    assert town.verify().is_sound


def _son_leaves(town):
    stays = {"number": "0002", "head": "01", "members": ["01", "02"], "parcels": ["P01"]}
    goes = {"number": "0099", "head": "03", "members": ["03"]}
    signed = {"signed": ["01", "02", "03"], "moved_on": town.calendar.day}
    return signed | {"portions": [stays, goes]}
