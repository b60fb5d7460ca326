"""Binding for the printer: a group's papers as recorded, each on a front page, with a list to sign."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from conversion.documents.render import render
from conversion.errors import NotFound, StepRefused
from conversion.services import bundling, issuance
from conversion.services.bundling import bundle
from conversion.services.printing import paper_path
from conversion.store.papers import paper_lines
from tests.village_roster import HOUSES, VILLAGE


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Papers are printed in this process: the same printing, without starting another."""
    for module in (issuance, bundling):
        monkeypatch.setattr(
            module, "render_many", lambda jobs, _: (render(j.kind, j.facts) for j in jobs)
        )


def bind(town, by="taskforce1", **options):
    return bundle(town.office, VILLAGE, by, town.papers_folder, town.folder / "装订", **options)


def lines(town):
    with town.database.reading() as session:
        return [line for line in paper_lines(session, VILLAGE) if line.household_number]


def pages(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def places(path: Path) -> dict[str, int]:
    """Bookmark → page, from 0."""
    reader = PdfReader(path)
    return {
        str(item.title): reader.get_destination_page_number(item) or 0
        for item in reader.outline
        if not isinstance(item, list)
    }


def test_a_groups_papers_come_household_by_household_each_on_a_front_page(town_at):
    town = town_at("landed")
    town.issue()
    ((made,), left) = bind(town, group="一组")

    assert left == []
    assert (made.group, made.households, made.papers) == ("一组", 3, len(lines(town)))
    found = places(made.path)
    assert all(place % 2 == 0 for place in found.values())
    assert [name[:4] for name in found][1:] == sorted(line.household_number for line in lines(town))
    assert {name.split()[-1] for name in found} - {"文书装订清单"} == {
        line.number for line in lines(town)
    }
    text = pages(made.path)
    for name, place in list(found.items())[1:]:
        assert name.split()[-1] in text[place].replace("\n", "")
    assert (len(text), len(text) % 2) == (made.pages, 0)


def test_the_list_on_top_names_papers_and_no_more_of_a_person_than_must_be(town_at):
    town = town_at("landed")
    town.issue()
    ((made,), _) = bind(town)
    text = "".join(pages(made.path)[:4])

    assert all(line.number in text for line in lines(town))
    assert "文书领取签收单" in text
    for house in HOUSES:
        head = house.people[0].split()[0]
        assert head not in text
        assert f"{head[0]}{'*' * (len(head) - 1)}" in text
    members = [m for n in ("0001", "0002", "0003") for m in town.case(n).members.values()]
    assert not any(m.resident_number and m.resident_number in text for m in members)


def test_a_file_that_is_missing_or_not_the_paper_is_left_out_and_told(town_at):
    town = town_at("landed")
    town.issue()
    one, other, *rest = lines(town)
    paper_path(town.papers_folder, one).unlink()
    altered = paper_path(town.papers_folder, other)
    altered.write_bytes(altered.read_bytes() + b"%")

    ((made,), left) = bind(town)

    assert {paper.number: paper.reason.split()[0] for paper in left} == {
        one.number: "文件不在",
        other.number: "文件",
    }
    assert made.papers == len(rest)


def test_a_paper_that_is_not_made_yet_is_told(town_at):
    town = town_at("landed")
    made, left = bind(town)

    assert made == []
    assert {paper.number for paper in left} == {line.number for line in lines(town)}
    assert {paper.reason for paper in left} == {"还没有制成"}


def test_one_kind_of_paper_alone_is_bound(town_at):
    town = town_at("landed")
    town.issue()
    ((made,), left) = bind(town, kinds=("land_confirmation",))

    assert (made.papers, left) == (3, [])
    assert "土地权属确认书" in made.path.name
    assert sum("土地权属确认书" in name for name in places(made.path)) == 3


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"by": "auditor1"}, StepRefused),
        ({"by": "village1"}, StepRefused),
        ({"group": "九组"}, NotFound),
        ({"kinds": ("passport",)}, NotFound),
    ],
)
def test_what_can_not_be_bound_is_refused(asked, refusal, town_at):
    town = town_at("landed")

    with pytest.raises(refusal):
        bind(town, **asked)
    assert not (town.folder / "装订").exists()
