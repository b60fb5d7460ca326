"""What happens to shares once they are booked: every unit is followed, and none gets lost."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest

from conversion.domain.ledger import account_of
from conversion.domain.notice import PaperStatus
from conversion.policy.pack import Pack
from conversion.services import ledger_audit
from conversion.services.stored_chains import all_stored
from conversion.workflows.requirement import RequirementsUnmet
from tests.office import AGREED, Town, number_of, packs
from tests.stages import a_town
from tests.village_roster import VILLAGE

HALF = {"population": 100}
AGREEMENT = {"paper": "股份转让协议（2010）3号"}


@pytest.fixture
def town(tmp_path) -> Iterator[Town]:
    """Nine people hold all shares of a small village, so that its cap has to be wide."""
    town = a_town("certified", tmp_path)
    town.office = replace(town.office, packs={"huichuan-2009": with_cap(1, 2)})
    yield town
    town.database.close()


def with_cap(above: int, below: int, **told: object) -> Pack:
    pack = packs()["huichuan-2009"]
    cap = pack.parameters["ledger.holder_cap"]
    values = {
        since: dated.model_copy(update={"value": dated.value | {"portion": [above, below], **told}})
        for since, dated in cap.values.items()
    }
    wide = cap.model_copy(update={"values": values})
    parameters = MappingProxyType({**pack.parameters, "ledger.holder_cap": wide})
    return replace(pack, parameters=parameters)


def units(town: Town, household: str, member: str, share_class: str = "population") -> int:
    lot = town.case(household).shares.get(f"{member}/{share_class}")
    return lot.units if lot else 0


def post(town: Town, household: str, event: str, **form) -> None:
    town.take(f"ledger.{event}", household, **form)
    town.calendar.later(3)
    town.take("ledger.post", household, **AGREED)


def test_shares_moved_between_two_households_stand_in_both_histories(town):
    before = units(town, "0001", "01"), units(town, "0002", "01")
    certificates = dict(town.case("0001").papers), dict(town.case("0002").papers)

    post(
        town,
        "0001",
        "transfer",
        giver="01",
        to_household="0002",
        receiver="01",
        units=HALF,
        price=50_000,
        **AGREEMENT,
    )

    assert (units(town, "0001", "01"), units(town, "0002", "01")) == (
        before[0] - 100,
        before[1] + 100,
    )
    giver, taker = (list(town.case(h).postings.values())[-1] for h in ("0001", "0002"))
    assert giver.transaction == taker.transaction == f"{number_of('0001')}/T01"
    assert giver.model_dump(exclude={"serial"}) == taker.model_dump(exclude={"serial"})
    assert (taker.source, taker.target) == (
        account_of(number_of("0001"), "01"),
        account_of(number_of("0002"), "01"),
    )
    assert town.case("0002").past[-1].form == {"with": number_of("0001")}
    for household, had in zip(("0001", "0002"), certificates, strict=True):
        (old,) = (number for number, p in had.items() if p.kind == "share_certificate")
        papers = town.case(household).papers
        (new,) = papers.keys() - had.keys()
        assert papers[old].status is PaperStatus.SUPERSEDED
        assert papers[new].replaces == old
    assert town.verify().is_sound


def test_who_proposed_may_not_post_and_what_is_dropped_moves_nothing(town):
    before = units(town, "0001", "01")
    town.take("ledger.give", "0001", giver="01", receiver="02", units=HALF, paper="赠与书1号")

    with pytest.raises(RequirementsUnmet):
        town.take("ledger.post", "0001", by="collective1", **AGREED)
    assert "position" in town.unmet(
        "ledger.give", "0001", giver="01", receiver="02", units=HALF, paper="赠与书2号"
    )
    town.take("ledger.drop", "0001", reason="双方撤回了赠与。")

    assert units(town, "0001", "01") == before
    assert town.case("0001").transactions["T01"].state == "dropped"
    assert town.case("0001").positions["ledger"] == "settled"
    assert town.verify().is_sound


def test_a_frozen_share_cannot_be_given_away_but_its_dividend_waits(town):
    frozen = {"member": "01", "authority": "汇川区人民法院", "order": "（2010）汇执字第8号"}
    town.take("ledger.freeze", "0001", **frozen)

    found = town.unmet(
        "ledger.give", "0001", giver="01", receiver="02", units=HALF, paper="赠与书1号"
    )
    assert "不足" in found["share_transaction"]
    distribute(town)

    (row,) = (d for d in town.case("0001").dividends.values() if d.member == "01")
    assert row.held == row.amount > 0
    assert row.reason == "收益被冻结"
    assert "nothing_holds_dividend" in town.unmet("ledger.pay_held", "0001", run="D01", member="01")
    for serial in town.case("0001").encumbrances:
        town.take("ledger.lift", "0001", encumbrance=serial, paper="（2010）汇执字第8-1号")
    town.take("ledger.pay_held", "0001", run="D01", member="01")

    assert town.case("0001").dividends["D01/01"].released_on == town.calendar.day
    assert town.verify().is_sound


def test_a_freeze_lapses_with_its_term_unless_it_is_renewed(town):
    until = town.calendar.day.replace(year=town.calendar.day.year + 1)
    order = {
        "member": "03",
        "authority": "汇川区人民法院",
        "order": "（2010）汇执字第9号",
        "until": until,
    }
    town.take("ledger.freeze", "0001", units=HALF, **order)
    gift = {
        "giver": "03",
        "receiver": "02",
        "units": {"population": units(town, "0001", "03")},
        "paper": "赠与书1号",
    }
    assert "share_transaction" in town.unmet("ledger.give", "0001", **gift)

    renewed = until.replace(year=until.year + 1)
    town.take(
        "ledger.renew_freeze", "0001", encumbrance="B01", order="（2011）汇执字第2号", until=renewed
    )
    town.calendar.day = until
    town.calendar.later(1)
    assert "share_transaction" in town.unmet("ledger.give", "0001", **gift)
    town.calendar.day = renewed
    town.calendar.later(1)

    assert town.unmet("ledger.give", "0001", **gift) == {}


def test_what_is_frozen_between_proposal_and_posting_is_not_posted(town):
    town.take("ledger.give", "0001", giver="01", receiver="02", units=HALF, paper="赠与书1号")
    order = {"member": "01", "authority": "汇川区人民法院", "order": "（2010）汇执字第8号"}
    town.take("ledger.freeze", "0001", **order)

    assert set(town.unmet("ledger.post", "0001", **AGREED)) == {"share_transaction"}


def test_an_estate_goes_to_its_heirs_whole_and_a_stranger_has_only_the_income(town):
    estate = {
        lot.share_class: lot.units
        for lot in town.case("0001").shares.values()
        if lot.member == "05"
    }
    heirs = {"deceased": "05", "basis": "agreement", "paper": "继承协议1号"}
    portions = [{"member": "01", "units": estate}]
    assert "deceased_recorded" in town.unmet("ledger.inherit", "0001", portions=portions, **heirs)
    town.take(
        "household.register_death",
        "0001",
        member="05",
        died_on=town.calendar.day,
        paper="死亡证明7号",
    )
    town.take("household.approve_change", "0001", **AGREED)
    distribute(town)
    assert town.case("0001").dividends["D01/05"].reason == "遗产，待继承"

    assert "heirs_signed" in town.unmet("ledger.inherit", "0001", portions=portions, **heirs)
    less = [{"member": "01", "units": {"population": 1}}]
    assert "whole_estate" in town.unmet(
        "ledger.inherit", "0001", portions=less, signed=["01"], **heirs
    )
    post(town, "0001", "inherit", portions=portions, signed=["01"], **heirs)

    assert not any(lot.member == "05" for lot in town.case("0001").shares.values())
    town.take("ledger.pay_held", "0001", run="D01", member="05", payee="01")
    assert town.verify().is_sound


def test_shares_bought_back_are_the_collectives_and_land_stays(town):
    land = town.case("0003").land
    terms = {"giver": "01", "units": HALF, "price": 120_000, "paper": "退出协议1号"}
    assert "land_untouched" in town.unmet("ledger.redeem", "0003", land_kept=False, **terms)
    post(town, "0003", "redeem", land_kept=True, **terms)

    assert totals(town)["population"].collective == 100
    assert town.case("0003").land == land
    assert town.verify().is_sound


def test_a_household_that_gives_up_everything_has_its_certificate_recalled(town):
    everything = {lot.share_class: lot.units for lot in town.case("0003").shares.values()}
    post(town, "0003", "cancel", holder="01", units=everything, ground="exit", paper="决议5号")

    (paper,) = (p for p in town.case("0003").papers.values() if p.kind == "share_certificate")
    assert paper.status in {PaperStatus.RECALLED, PaperStatus.VOID}
    assert totals(town)["population"].cancelled == everything["population"]
    assert town.verify().is_sound


def test_nobody_gives_away_a_childs_shares(town):
    gift = {"giver": "04", "receiver": "01", "units": HALF, "paper": "赠与书1号"}

    found = town.unmet("ledger.give", "0001", **gift)

    assert "未成年人" in found["share_transaction"]
    sale = gift | {"price": 1, "minor_benefit": "价款存入本人教育储蓄"}
    assert town.unmet("ledger.transfer", "0001", **sale) == {}


def test_nobody_holds_more_than_the_cap(town):
    town.office = replace(town.office, packs={"huichuan-2009": with_cap(1, 10)})
    gift = {"giver": "01", "receiver": "02", "units": HALF, "paper": "赠与书1号"}

    assert "上限" in town.unmet("ledger.give", "0001", **gift)["share_transaction"]


def test_pledged_shares_stay_until_the_debt_is_paid(town):
    pledge = {
        "member": "01",
        "units": HALF,
        "pledgee": "汇川区农村信用社",
        "contract": "质字2010第3号",
    }
    town.take("ledger.pledge", "0002", **pledge)
    rest = units(town, "0002", "01") - 100
    gift = {"giver": "01", "receiver": "02", "paper": "赠与书1号"}

    assert town.unmet("ledger.give", "0002", units={"population": rest}, **gift) == {}
    assert "share_transaction" in town.unmet(
        "ledger.give", "0002", units={"population": rest + 1}, **gift
    )
    town.take("ledger.lift", "0002", encumbrance="B01", paper="清偿证明1号")
    assert town.unmet("ledger.give", "0002", units={"population": rest + 1}, **gift) == {}


def distribute(town: Town, **others) -> None:
    accounts = {
        "year": 2010,
        "net_income": 100_000_000,
        "loss_cover": 1_000_001,
        "reserve_fund": 29_700_000,
    }
    town.village("distribute", **(accounts | others))


def test_a_dividend_run_shows_its_residue_to_the_last_fen(town):
    distribute(town)

    (run,) = town.programme().dividend_runs.values()
    rows = [d for h in ("0001", "0002", "0003") for d in town.case(h).dividends.values()]
    assert run.distributable == 100_000_000 - 1_000_001 - 29_700_000
    assert run.paid + run.held + run.residue == run.distributable
    assert run.paid == sum(d.amount - d.held for d in rows)
    assert run.held == sum(d.held for d in rows) + run.reserved
    assert 0 < run.residue < len(rows) + run.units // 100 + 1
    assert town.verify().is_sound


def test_the_reserve_fund_comes_first_and_a_year_is_distributed_once(town):
    thin = {"year": 2010, "net_income": 100, "reserve_fund": 29}
    with pytest.raises(RequirementsUnmet) as refused:
        town.village("distribute", **thin)
    assert "低于10分之3" in str(refused.value)
    distribute(town)
    with pytest.raises(RequirementsUnmet) as refused:
        distribute(town)
    assert "已分配的年度：2010" in str(refused.value)


def totals(town: Town) -> dict[str, ledger_audit.ClassTotal]:
    with town.database.reading() as session:
        books, faults = ledger_audit.gather(all_stored(session, VILLAGE))
    assert not faults
    return {t.share_class: t for t in books.totals(town.programme().share_classes)}
