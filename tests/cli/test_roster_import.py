"""Taking in a roster: staged first, written only when asked to, never half."""


def change_phone(people):
    first, *others = people
    return [(*first[:6], "13800000000", first[7]), *others]


def newcomer(number):
    return ("二组", "0003", "周天佑", "周天佑", "户主", number, "", "坪山村二组9号")


def test_without_commit_the_difference_is_shown_field_by_field_and_nothing_is_written(counter):
    people = [*change_phone(counter.people[:3]), newcomer(counter.a_number("19700101", "001"))]
    roster = counter.write_roster(counter.folder / "新册", people)

    answer = counter.run("roster", "import", roster, "--as", "taskforce1", "--json")
    assert answer.code == 0
    assert answer.json["outcomes"] == {"new": 1, "same": 0, "changed": 1, "not_in_file": 1}
    (changed,) = [h for h in answer.json["households"] if h["outcome"] == "changed"]
    assert {(c["field"], c["after"]) for c in changed["changes"]} >= {("phone", "13800000000")}
    assert answer.json["committed"] == []
    assert len(counter.run("case", "list", "--json").json) == 2

    told = counter.run("roster", "import", roster, "--as", "taskforce1").out
    assert "联系电话" in told
    assert "系统中有、文件中没有的户（不会改动）：0002" in told
    assert "没有写入任何内容；确认后加 --commit 写入" in told


def test_committed_households_are_cases_and_the_same_file_again_changes_nothing(counter):
    people = [*counter.people, newcomer(counter.a_number("19700101", "001"))]
    roster = counter.write_roster(counter.folder / "新册", people)

    first = counter.run("roster", "import", roster, "--as", "taskforce1", "--commit", "--json")
    assert first.json["committed"] == ["520303105202-0003"]
    again = counter.run("roster", "import", roster, "--as", "taskforce1", "--commit", "--json")
    assert (again.code, again.json["committed"]) == (0, [])
    assert len(counter.run("case", "list", "--json").json) == 3


def test_a_roster_with_an_error_is_not_taken_in_unless_its_household_is_left_out(counter):
    people = [*change_phone(counter.people), newcomer("520303197001010010")]
    roster = counter.write_roster(counter.folder / "新册", people)
    command = ("roster", "import", roster, "--as", "taskforce1", "--commit")

    refused = counter.run(*command)
    assert refused.code == 1
    assert "没有写入任何内容" in refused.out
    assert len(counter.run("case", "list", "--json").json) == 2

    taken = counter.run(*command, "--leave-out-faulty", "--json").json
    assert (taken["left_out"], taken["committed"]) == (["0003"], ["520303105202-0001"])
    assert any(f["severity"] == "error" for f in taken["findings"])


def test_the_marked_workbook_comes_back_beside_the_refusal(counter):
    people = [newcomer("520303197001010010")]
    roster = counter.write_roster(counter.folder / "新册", people)
    marked = counter.folder / "标注.xlsx"

    answer = counter.run("roster", "import", roster, "--as", "taskforce1", "--marked", marked)
    assert answer.code == 1
    assert marked.is_file()
    assert str(marked) in answer.out


def test_only_the_task_force_takes_in_a_roster(counter):
    roster = counter.write_roster(counter.folder / "新册", change_phone(counter.people))

    answer = counter.run("roster", "import", roster, "--as", "village1", "--commit")
    assert answer.code == 1
    assert "由工作专班人员导入" in answer.err


def test_a_file_that_is_no_roster_is_a_sentence(counter):
    file = counter.folder / "坏.xlsx"
    file.write_bytes(b"PK\x03\x04 broken")

    answer = counter.run("roster", "import", file, "--as", "taskforce1")
    assert answer.code == 1
    assert answer.err.startswith("错误　")
    assert "Traceback" not in answer.err
