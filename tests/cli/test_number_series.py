"""The register of numbers at the command line."""

from sqlalchemy import text


def test_the_register_of_numbers_answers_and_tells_a_gap(counter_at):
    counter = counter_at("accepted")
    sound = counter.run("document", "series", "--json")
    assert sound.code == 0
    (receipts,) = (s for s in sound.json["series"] if s["kind"] == "acceptance_receipt")
    assert receipts["drawn"] == receipts["pending"]
    assert (receipts["issued"], receipts["gaps"], sound.json["findings"]) == (0, 0, [])

    with counter.town.database.writing() as session:
        session.execute(text("UPDATE series SET last = last + 1"))
    told = counter.run("document", "series")

    assert told.code == 1
    assert "没有这份文书" in told.out
    assert "没有说明" in told.out
