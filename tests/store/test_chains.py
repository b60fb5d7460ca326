from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, text

from conversion.domain.booklet import BookletDelivery, SpoiledBooklet
from conversion.domain.collections import COLLECTIONS, put
from conversion.domain.declaration import Declaration
from conversion.domain.departed import Departed, Departure
from conversion.domain.hold import Hold, HoldKind
from conversion.domain.household import DrawnBenefit, Household
from conversion.domain.household_change import ChangeState, HouseholdChange
from conversion.domain.ledger import (
    Dividend,
    DividendRun,
    Encumbrance,
    EncumbranceKind,
    Posting,
    PostingKind,
    Transaction,
    TransactionState,
)
from conversion.domain.meeting import Meeting
from conversion.domain.notice import Countersignature, Notice, Objection, Paper, PaperStatus
from conversion.domain.override import Override
from conversion.domain.paper_loss import LossOutcome, PaperLoss
from conversion.domain.paper_voiding import PaperVoiding, VoidingOutcome
from conversion.domain.pin import Pin
from conversion.domain.printing import Printing
from conversion.domain.programme import PROGRAMME_COLLECTIONS, BaseDate, ShareClass, SharePlan, Vote
from conversion.domain.reminder import Reminder
from conversion.domain.representation import Representation, RepresentationKind
from conversion.domain.right import (
    Benefit,
    Disposition,
    Entitlement,
    LandRight,
    Membership,
    MembershipStanding,
    Registration,
    RegistrationResult,
    ReservedLot,
    ShareLot,
    Side,
)
from conversion.domain.role import Role
from conversion.domain.staff import Post, StaffMember, Substitution
from conversion.errors import HistoryBroken, NotFound, WrongUse
from conversion.store.chains import (
    case_lines,
    case_numbers,
    load_case,
    load_cases,
    load_programme,
    programmes,
    standing_of,
)
from tests.store.builders import (
    VILLAGE,
    a_member,
    a_parcel,
    a_village,
    accepting,
    an_act,
    number,
    opening_case,
    opening_programme,
    record,
)

DAY = date(2009, 9, 1)
SHA = "a" * 64
NOTICE = Notice.model_validate(
    {"serial": "N01", "level": "shares", "title": "股权公示", "posted_on": DAY, "last_day": date(2009, 9, 8),
     "days": 7, "working_days": True, "content_sha256": SHA, "kind": "notice"}
)  # fmt: skip
HOLD = Hold(
    serial="H01", kind=HoldKind.COURT, blocks=("ledger",), authority="汇川区人民法院", order="（2009）汇执字第8号", since=DAY,
    member="02",
)  # fmt: skip
PIN = Pin(sha256=SHA, since=DAY)
VOIDING = PaperVoiding(
    number="坪社股证〔2009〕0001号", proposed_on=DAY, proposers=("chen", "li"), reason="盖错印章", anew=True,
    outcome=VoidingOutcome.REFUSED, decided_on=DAY,
)  # fmt: skip
PRINTING = Printing(
    number="坪社股证〔2009〕0001号", serial=2, printed_on=DAY, printer="一号", copies=3, reason="存档", booklet="黔000001",
    is_original=False, file_sha256=SHA,
)  # fmt: skip

OF_CASE = {
    "household": Household(number="0001", group="一组", address="坪头村 1 号", phone="0851", remark="“备注”\n"),
    "members": a_member(hukou_kind="resident", farming_months=480, resident_number="520303197005010011"),
    "departed": Departed.model_validate(
        a_member(resident_number="").model_dump()
        | {"serial": "02", "departure": Departure.MOVED, "left_on": DAY, "went_to": f"{number(3)}/01"}
    ),
    "representations": Representation(
        member="01", kind=RepresentationKind.PROXY, name="王五", paper="公证书", since=DAY, until=DAY
    ),
    "drawn": DrawnBenefit(serial="1", member="01", item="低保", since=DAY, monthly=2**40),
    "declarations": Declaration(member="01", service_years=4, declared_on=DAY),
    "parcels": a_parcel().model_copy(update={"joint_households": ("0002", "0003"), "east": "路"}),
    "memberships": Membership(member="01", standing=MembershipStanding.CONFIRMED, grounds=("birth", "户籍")),
    "registrations": Registration(member="01", result=RegistrationResult.REGISTERED, day=DAY, receipt="回 1"),
    "shares": ShareLot(member="01", share_class="population", units=2**53 - 1),
    "reserved": ReservedLot(member="02", share_class="population", units=0),
    "land": LandRight(parcel="P01", right="土地承包经营权", area=0, holders=("01", "02"), confirmed_on=DAY),
    "benefits": Benefit(item="pension", title="养老", disposition=Disposition.FOR_LIFE, since=DAY, illustrative=True),
    "entitlements": Entitlement(item="school", title="入学", category="子女入学", side=Side.GAINED, until=DAY),
    "notices": NOTICE,
    "objections": Objection(serial="O01", level="land", raised_on=DAY, raised_by="王五", subject="少算一分地"),
    "countersignatures": Countersignature(department="民政局", signed_on=DAY, signed_by="赵六", opinion="同意"),
    "papers": Paper(
        number="坪社权告〔2009〕0001号", kind="statement", template="1", prepared_on=DAY, facts_sha256=SHA,
        status=PaperStatus.VOID, ended_on=DAY, end_reason="更正", returned_on=DAY, replaces="坪社权告〔2009〕0000号",
    ),
    "losses": PaperLoss(
        number="坪社股证〔2009〕0001号", declared_on=DAY, days=30, working_days=True, last_day=DAY, place="公开栏",
        outcome=LossOutcome.CONTESTED, ended_on=DAY,
    ),
    "voidings": VOIDING,
    "printings": PRINTING,
    "holds": HOLD,
    "overrides": Override(
        serial="W01", act="case.accept", rule="adults_signed", title="受理申请", reason="一人在外服役，有公证委托", requested_on=DAY,
        requested_by="chen", requester_name="陈明",
    ),
    "changes": HouseholdChange(
        serial="C01", kind="birth", title="出生", state=ChangeState.APPLIED, proposed_on=DAY, proposed_by="chen",
        form="{}", others=(number(3),),
    ),
    "postings": Posting(
        serial="L001", transaction="T01", kind=PostingKind.GIFT, share_class="population", units=5,
        source=f"{number(2)}/01", target=f"{number(3)}/02", day=DAY,
    ),
    "transactions": Transaction(
        serial="T01", kind=PostingKind.RELEASE, state=TransactionState.DROPPED, proposed_on=DAY, paper="决议1号",
        legs="[]", form="{}",
    ),
    "encumbrances": Encumbrance(
        serial="B01", kind=EncumbranceKind.PLEDGE, member="01", share_class="population", units=3, holder="信用社",
        order="质字1号", since=DAY,
    ),
    "dividends": Dividend(run="D01", member="01", units=5, amount=1_234, held=34, reason="冻结", released_on=DAY),
    "reminders": Reminder(subject="reply/O01", title="答复异议", due=DAY, offset=-3, raised_on=DAY, roles=("village",)),
    "pins": PIN,
}  # fmt: skip
OF_PROGRAMME = {
    "village": a_village(),
    "votes": Vote(
        serial="V01", matter="resolve", body="villagers_meeting", held_on=DAY, noticed_on=DAY, eligible=900,
        present=800, in_favour=700, against=60, abstained=37, passed=True, meeting="M01", invalid=3,
    ),
    "notices": NOTICE,
    "base_date": BaseDate(day=DAY),
    "plan": SharePlan(
        version="2009-1", scheme="full", title="折股量化方案", unit="份", decimals=2, review_years=3,
        adopted_on=DAY, base_date=DAY, total_units=10**10, collective_units=1, reserved_units=2,
        asset_value=10**12, mode="static", allotment_sha256=SHA,
    ),
    "share_classes": ShareClass(share_class="population", title="人口股", units=10**9, weight_total=4000, reserved=7),
    "holds": HOLD,
    "meetings": Meeting(
        serial="M01", body="members_meeting", matters=("confirm_roll",), noticed_on=DAY, planned_on=DAY, eligible=900,
        eligible_sha256=SHA, held_on=DAY, present=800,
    ),
    "dividend_runs": DividendRun(
        serial="D01", year=2010, day=DAY, net_income=10**9, loss_cover=1, reserve_fund=2, distributable=10**9 - 3,
        units=10**6, per_unit=99, paid=10**8, held=5, residue=7, reserved=5,
    ),
    "papers": Paper(number="坪社公〔2009〕0001号", kind="roll", template="1", prepared_on=DAY, facts_sha256=SHA),
    "voidings": VOIDING,
    "printings": PRINTING,
    "booklets": BookletDelivery(
        serial="D01", kind="share_certificate", prefix="黔", first=1, last=2**40, width=13, received_on=DAY,
        supplier="印刷厂，送货单1号",
    ),
    "spoiled": SpoiledBooklet(booklet="黔0000000000001", spoiled_on=DAY, reason="卡纸", witness="li"),
    "staff": StaffMember(account="chen", name="陈明", kin=("0003",)),
    "posts": Post(account="chen", role=Role.VILLAGE, place="一组", since=DAY),
    "substitutions": Substitution(serial="S01", account="li", principal="chen", since=DAY, until=DAY),
    "pins": PIN,
}  # fmt: skip


@pytest.fixture
def village(database):
    """One programme with twelve cases, of which the first was accepted."""
    with database.writing() as session:
        record(session, opening_programme())
        record(
            session,
            *[opening_case(n, group="一组" if n < 7 else "二组") for n in range(1, 13)],
            accepting(),
        )
    return database


def test_every_row_of_a_case_comes_back_as_it_went_in(village):
    assert OF_CASE.keys() == COLLECTIONS.keys()
    act = an_act(
        number(2), 1, "case.note", changes=[put(c, "k/é", row) for c, row in OF_CASE.items()]
    )
    with village.writing() as session:
        record(session, act)

    with village.reading() as session:
        case = load_case(session, number(2))
        standing = standing_of(session, number(2))
    for collection, row in OF_CASE.items():
        assert standing.rows[collection]["k/é"] == row.model_dump(mode="json")
        if collection != "household":
            assert getattr(case, collection)["k/é"] == row


def test_every_row_of_a_programme_comes_back_as_it_went_in(village):
    assert OF_PROGRAMME.keys() == PROGRAMME_COLLECTIONS.keys()
    keys = dict.fromkeys(OF_PROGRAMME, "01") | {
        "village": "village",
        "base_date": "base_date",
        "plan": "plan",
    }
    changes = [put(collection, keys[collection], row) for collection, row in OF_PROGRAMME.items()]
    with village.writing() as session:
        record(session, an_act(VILLAGE, 1, "programme.note", changes=changes))

    with village.reading() as session:
        programme = load_programme(session, VILLAGE)
        rows = standing_of(session, VILLAGE).rows
    assert rows == {c: {keys[c]: row.model_dump(mode="json")} for c, row in OF_PROGRAMME.items()}
    assert (programme.plan, programme.base_date) == (OF_PROGRAMME["plan"], DAY)
    assert (programme.version, programme.state) == (2, "drafting")


def test_a_list_of_cases_takes_as_many_queries_as_one(village):
    def queries(numbers) -> int:
        sent = []
        with village.reading() as session:
            engine = session.connection().engine
            event.listen(engine, "before_cursor_execute", lambda *given: sent.append(given))
            load_cases(session, numbers)
        return len(sent)

    assert (
        queries([number(1)]) == len(COLLECTIONS) + 2 == queries([number(n) for n in range(1, 13)])
    )


def test_cases_come_in_the_order_asked_for(village):
    with village.reading() as session:
        assert [c.number for c in load_cases(session, [number(9), number(2)])] == [
            number(9),
            number(2),
        ]
        assert load_cases(session, []) == []


def test_cases_are_found_by_state_group_and_words(village):
    with village.reading() as session:
        assert case_numbers(session, VILLAGE) == [number(n) for n in range(1, 13)]
        assert case_numbers(session, VILLAGE, states={"case": "accepted", "land": "open"}) == [
            number(1)
        ]
        assert case_numbers(session, VILLAGE, group="二组") == [number(n) for n in range(7, 13)]
        assert case_numbers(session, "999") == []
        (line,) = case_lines(session, VILLAGE, search="0011之")
        assert (line.head_name, line.household_number, line.positions["case"]) == (
            "李0011之1",
            "0011",
            "draft",
        )
        assert case_lines(session, VILLAGE, search="%") == []
        assert programmes(session) == [VILLAGE]


def test_a_level_that_cases_do_not_have_is_named(village):
    with village.reading() as session, pytest.raises(WrongUse, match="weather"):
        case_numbers(session, VILLAGE, states={"weather": "fine"})


def test_what_does_not_exist_is_named(village):
    with village.reading() as session:
        for asked in (load_case, load_programme, standing_of):
            with pytest.raises(NotFound, match="520-x"):
                asked(session, "520-x")


def test_a_hand_made_change_shows_as_it_is(village):
    with village.writing() as session:
        session.execute(
            text("UPDATE cases SET land_state = 'issued' WHERE number = :n"), {"n": number(3)}
        )
        session.execute(
            text("UPDATE members SET name = '外人' WHERE chain = :n AND row_key = '02'"),
            {"n": number(3)},
        )
        standing = standing_of(session, number(3))

    assert standing.positions["land"] == "issued"
    assert standing.rows["members"]["02"]["name"] == "外人"


def test_a_day_that_is_none_breaks_the_history(sqlite_database):
    with sqlite_database.writing() as session:
        record(session, opening_programme(), opening_case())
        session.execute(text("PRAGMA ignore_check_constraints = ON"))
        session.execute(text("UPDATE members SET birth_date = '不详'"))
        session.execute(text("PRAGMA ignore_check_constraints = OFF"))

        with pytest.raises(HistoryBroken, match="members"):
            standing_of(session, number(1))


def test_a_household_that_split_off_has_the_past_it_comes_from(village):
    opened = replace(opening_case(13), form={"with": number(1)})
    approval = an_act(number(1), 2, "household.approve_change")
    with village.writing() as session:
        record(session, approval, opened)
        record(session, an_act(number(1), 3, "case.note"), an_act(number(13), 1, "case.note"))

    with village.reading() as session:
        split_off, source = load_case(session, number(13)), load_case(session, number(1))
    assert [(e.act, e.seq) for e in split_off.past] == [
        ("case.open", 1),
        ("case.accept", 2),
        ("household.approve_change", 3),
        ("case.open", 1),
        ("case.note", 2),
    ]
    assert len(source.past) == 4
    assert split_off.version == 2
