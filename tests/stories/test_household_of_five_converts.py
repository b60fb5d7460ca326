"""From a row of the roster to six papers on the table and a verified history."""

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from conversion.services.recording import Issued
from conversion.standards.masking import mask_resident_number
from conversion.store.database import Database
from tests.office import Town, number_of
from tests.stages import play
from tests.village_roster import FIVE


def test_household_of_five_converts(database: Database, tmp_path: Path) -> None:
    town = Town(database, tmp_path)

    town.register()
    taken = town.take_in([FIVE])
    assert taken.committed == (number_of("0001"),)
    assert town.case("0001").positions["case"] == "draft"
    assert [m.name for m in town.case("0001").members.values()] == names()

    play(town, "certified", after="taken_in")
    held = town.case("0001")
    assert len({lot.member for lot in held.shares.values()}) == 5
    plan = town.programme().plan
    assert plan
    assert held.units + plan.collective_units + plan.reserved_units == plan.total_units

    play(town, "signed", after="certified")
    assert dict(town.case("0001").positions) == {
        "case": "approved",
        "hukou": "handed_over",
        "shares": "certified",
        "land": "issued",
        "benefits": "in_force",
        "entitlements": "signed",
        "household": "settled",
        "ledger": "settled",
    }

    papers = [p for p in town.issue() if isinstance(p, Issued) and p.chain == held.number]
    assert len(papers) == 8
    for paper in papers:
        assert paper.path.parent == tmp_path / "文书" / "0001"
        read = text_of(paper.path.read_bytes())
        assert "张国强" in read
        assert paper.number in read
        for member in held.members.values():
            assert member.resident_number not in read
    (certificate,) = [p.path for p in papers if p.path.name.startswith("股权证书")]
    read = text_of(certificate.read_bytes())
    assert str(held.units) in read.replace(",", "")
    assert mask_resident_number(held.head.resident_number) in read

    town.take("case.close", "0001")
    town.take("case.archive", "0001")
    report = town.verify()
    assert report.findings == ()
    assert report.chains == 2


def names() -> list[str]:
    return [told.split()[0] for told in FIVE.people]


def text_of(pdf: bytes) -> str:
    """All that a reader sees, without the breaks of lines and pages."""
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)
