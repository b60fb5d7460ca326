"""A second delivery is compared with what is stored before anything is written."""

from dataclasses import replace

from conversion.roster.staging import Outcome, StoredHousehold, stage


def _stored(roster, *, frozen=False):
    return {
        h.number: StoredHousehold(
            frozen=frozen,
            household=h.household,
            members=h.members,
            drawn=h.drawn,
            parcels=h.parcels,
        )
        for h in roster.households
    }


def test_everything_is_new_the_first_time(read, book):
    staging = stage(read(book), {})

    assert [h.outcome for h in staging.households] == [Outcome.NEW, Outcome.NEW]


def test_the_same_file_again_changes_nothing(read, book):
    roster = read(book)

    staging = stage(roster, _stored(roster, frozen=True))

    assert [h.outcome for h in staging.households] == [Outcome.SAME, Outcome.SAME]
    assert staging.findings == ()


def test_rows_in_another_order_are_no_change(read, book):
    stored = _stored(read(book))
    heads = book["成员"]
    heads[2][:7], heads[3][:7] = heads[3][:7], heads[2][:7]
    heads[2][7], heads[3][7] = heads[3][7], heads[2][7]
    book["土地"][1], book["土地"][2] = book["土地"][2], book["土地"][1]

    assert stage(read(book), stored).of(Outcome.CHANGED) == ()


def test_a_change_is_shown_field_by_field(read, book):
    stored = _stored(read(book))
    book["成员"][2][7] = "苗族"
    book["土地"][1][3] = "1.30"

    (changed,) = stage(read(book), stored).of(Outcome.CHANGED)

    assert [(c.who, c.field, c.before, c.after) for c in changed.changes] == [
        ("李秀英", "ethnicity", "15", "06"),
        ("5203031052020000001", "contract_area", 12_500, 13_000),
    ]


def test_a_person_added_in_the_middle_leaves_the_others_their_serials(read, book):
    stored = _stored(read(book))
    book["成员"].insert(2, [None, None, None, "周玉兰", "母亲", "女", None, None, "补录中"])
    book["成员"][0] += ["出生日期"]
    book["成员"][2] += ["1938-01-02"]

    (changed,) = stage(read(book), stored).of(Outcome.CHANGED)

    assert changed.delivered is not None
    assert [(m.name, m.serial) for m in changed.delivered.members] == [
        ("张国强", "01"),
        ("周玉兰", "04"),
        ("李秀英", "02"),
        ("张浩然", "03"),
    ]
    assert [(c.key, c.who, c.before) for c in changed.changes] == [("04", "周玉兰", None)]


def test_a_corrected_number_is_a_change_of_one_person(read, book):
    stored = _stored(read(book))
    book["成员"][3][6] = "522121199001010019"

    (changed,) = stage(read(book), stored).of(Outcome.CHANGED)

    assert [(c.key, c.field) for c in changed.changes] == [
        ("03", "resident_number"),
        ("03", "birth_date"),
    ]


def test_households_that_vanished_are_named(read, book):
    stored = _stored(read(book))
    book["成员"].pop()
    book["土地"].pop()
    book["待遇"].pop()

    assert [h.number for h in stage(read(book), stored).of(Outcome.NOT_IN_FILE)] == ["0002"]


def test_an_accepted_household_is_not_changed_by_a_roster(read, book):
    stored = _stored(read(book), frozen=True)
    book["成员"][2][7] = "苗族"

    staging = stage(read(book), stored)

    assert [(f.code, f.place) for f in staging.findings] == [("staging.frozen", "成员!2")]
    assert staging.has_errors


def test_a_person_in_another_village_or_household_is_found(read, book):
    roster = read(book)
    moved = _stored(roster)
    moved["0009"] = replace(moved.pop("0002"))

    elsewhere = {"522121198807080038": "上坝村 0003 号案件"}
    staging = stage(roster, moved, elsewhere=elsewhere)

    assert {(f.code, f.row) for f in staging.findings} == {
        ("staging.elsewhere", 4),
        ("staging.moved", 5),
    }
