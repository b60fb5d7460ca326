"""A certificate is printed on a booklet, the booklet is spoiled, copies are made and marked."""

import pytest
from pypdf import PdfReader

from conversion.domain.notice import PaperStatus
from conversion.domain.role import Role
from conversion.errors import DocumentRefused, NotFound, StepRefused
from conversion.services import issuance
from conversion.services.impression import Order, print_paper
from conversion.services.stock import stock_report
from conversion.store.papers import paper_lines
from conversion.store.printers import Printer, put_printer
from tests.village_roster import VILLAGE

pytestmark = pytest.mark.slow

BOOKLETS = {"kind": "share_certificate", "prefix": "黔", "first": "000001", "last": "000010"}
POINTS_A_MM = 72 / 25.4


@pytest.fixture
def town(town_at):
    """Household 0001's share certificate is made; ten booklets lie in the safe."""
    town = town_at("certified")
    with town.database.reading() as session:
        actor = issuance.issuer(session, town.office, VILLAGE, "taskforce1")
        pending = paper_lines(session, VILLAGE, status=PaperStatus.PENDING)
    lines = [p for p in pending if p.household_number == "0001" and p.kind == "share_certificate"]
    issuance.issue(town.office, VILLAGE, actor, lines, town.papers_folder)
    town.village(
        "receive_booklets",
        received_on=town.calendar.day,
        supplier="遵义证照印刷厂1号单",
        **BOOKLETS,
    )
    return town


def certificate(town):
    papers = town.case("0001").papers.values()
    return next(p for p in papers if p.kind == "share_certificate")


def printed(town, *, by="collective1", **others):
    told = {"printer": "一号", "copies": 1, "reason": "发证", **others}
    order = Order(number=certificate(town).number, **told)
    return print_paper(town.office, by, order, town.folder / "打印.pdf")


def text_of(path):
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def content_of(path):
    content = PdfReader(path).pages[0].get_contents()
    assert content is not None
    return content.get_data()


def stock(town):
    with town.database.reading() as session:
        return stock_report(session, VILLAGE)


def test_the_first_printing_is_the_original_and_every_later_one_a_marked_copy(town):
    first = printed(town)
    assert first.printing.is_original
    assert "副本" not in text_of(first.path)

    second = printed(town, reason="银行要一份", copies=2)

    mark = f"第2次打印（{town.calendar.day}）"
    assert not second.printing.is_original
    words = text_of(second.path).replace(" ", "")
    assert "副本" in words
    assert mark in words
    assert certificate(town).number in words
    assert certificate(town).status is PaperStatus.ISSUED
    assert [p.reason for p in town.case("0001").printings.values()] == ["发证", "银行要一份"]
    assert town.case("0001").past[-1].act == "document.print"
    assert town.verify().is_sound


def test_who_may_not_print_gets_no_file(town):
    with pytest.raises(StepRefused):
        printed(town, by="surveyor1")
    with pytest.raises(DocumentRefused, match="原件最多"):
        printed(town, copies=9)
    order = Order(number="坪社股证〔2010〕9999号", printer="一号", copies=1, reason="发证")
    with pytest.raises(NotFound):
        print_paper(town.office, "collective1", order, town.folder / "打印.pdf")
    assert not town.case("0001").printings
    assert not (town.folder / "打印.pdf").exists()


def test_nobody_prints_for_relatives_or_for_a_group_that_the_post_does_not_serve(town):
    group = town.case("0001").household.group
    town.appoint("collective1", Role.COLLECTIVE, kin=("0001",))
    with pytest.raises(StepRefused, match="近亲属"):
        printed(town)

    town.appoint("village9", Role.VILLAGE, place="九组")
    with pytest.raises(StepRefused, match=f"户号 0001 在{group}"):
        printed(town, by="village9")

    assert not town.case("0001").printings
    assert not (town.folder / "打印.pdf").exists()


def test_a_page_is_shifted_onto_the_booklet_and_the_booklet_is_used_once(town):
    with pytest.raises(NotFound, match="偏移"):
        printed(town, booklet="黔000001")
    with town.database.writing() as session:
        put_printer(session, Printer("一号", right=15, down=-8))

    first = printed(town, booklet="黔000001")

    x, y = 1.5 * POINTS_A_MM, 0.8 * POINTS_A_MM
    assert content_of(first.path).startswith(f"q 1 0 0 1 {x:.3f} {y:.3f} cm".encode())
    assert town.case("0001").past[-1].form["right"] == 15
    for wrong in ("黔000001", "黔000011", "000002"):
        with pytest.raises(DocumentRefused):
            printed(town, booklet=wrong)
    (delivery,) = stock(town).stocks
    assert (list(delivery.used), delivery.left, delivery.skipped) == (["黔000001"], 9, ())


def test_a_spoiled_booklet_is_destroyed_by_two_and_the_next_one_bears_the_original(town):
    with town.database.writing() as session:
        put_printer(session, Printer("一号", right=0, down=0))
    printed(town, booklet="黔000001")
    told = {"booklet": "黔000001", "spoiled_on": town.calendar.day, "reason": "卡纸，撕破一角"}
    for witness in ("taskforce1", "nobody"):
        with pytest.raises(Exception, match="监销"):
            town.village("spoil_booklet", by="taskforce1", witness=witness, **told)
    town.village("spoil_booklet", by="taskforce1", witness="collective2", **told)

    second = printed(town, booklet="黔000003")

    assert second.printing.is_original
    (delivery,) = stock(town).stocks
    assert delivery.skipped == ("黔000002",)
    assert (list(delivery.spoiled), delivery.left) == (["黔000001"], 8)
    assert stock(town).findings == ()
    assert town.verify().is_sound


def test_booklets_are_received_once(town):
    again = BOOKLETS | {"first": "000010", "last": "000020"}
    with pytest.raises(Exception, match="没有收过"):
        town.village(
            "receive_booklets", received_on=town.calendar.day, supplier="同一家，2号单", **again
        )
