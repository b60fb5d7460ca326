"""Every number that was drawn is accounted for, and one that isn't is told."""

from sqlalchemy import text

from conversion.domain.notice import PaperStatus
from conversion.services.number_series import series_counts
from tests.village_roster import VILLAGE


def counted(town, kind):
    with town.database.reading() as session:
        (found,) = (s for s in series_counts(session, VILLAGE) if s.kind == kind)
    return found


def change(town, statement, **values):
    """What somebody does who has the database but not the office's program."""
    with town.database.writing() as session:
        session.execute(text(statement), values)


def test_numbers_are_counted_by_what_became_of_them(town_at):
    town = town_at("accepted")
    series = counted(town, "acceptance_receipt")
    drawn = series.drawn
    assert drawn == len(town.households(case="accepted")) > 1
    assert series.statuses == {PaperStatus.PENDING: drawn}

    town.issue()

    series = counted(town, "acceptance_receipt")
    assert series.statuses == {PaperStatus.ISSUED: drawn}
    assert (series.gaps, series.findings) == ((), ())
    assert town.verify().is_sound


def test_a_drawn_number_without_a_paper_is_a_finding(town_at):
    town = town_at("accepted")
    change(town, "UPDATE series SET last = last + 1 WHERE kind = 'acceptance_receipt'")

    series = counted(town, "acceptance_receipt")

    (gap,) = series.gaps
    assert (gap.number, gap.reason) == (f"〔2009〕{series.drawn}号", "")
    assert any(f"〔2009〕{series.drawn}号 已取号" in f.sentence for f in town.verify().findings)


def test_a_paper_beyond_what_was_drawn_is_a_finding(town_at):
    town = town_at("accepted")
    last = counted(town, "acceptance_receipt").drawn
    change(town, "UPDATE series SET last = last - 1 WHERE kind = 'acceptance_receipt'")

    series = counted(town, "acceptance_receipt")

    (beyond,) = series.beyond
    assert beyond.endswith(f"〔2009〕{last}号")
    assert not town.verify().is_sound
