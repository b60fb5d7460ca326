"""Verifying and reading the history at the command line."""

import hashlib
import json
import sqlite3

import pytest


@pytest.fixture
def tamper(counter):
    """What somebody does who can write to the database file, triggers or not."""

    def change(statement, *dropped):
        connection = sqlite3.connect(counter.folder / "village.db")
        for trigger in dropped:
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(statement)
        connection.commit()
        connection.close()

    return change


def triggers_of(counter, table):
    connection = sqlite3.connect(counter.folder / "village.db")
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    names = [name for (name,) in connection.execute(query, (table,))]
    connection.close()
    return names


def test_an_untouched_history_is_sound_and_its_root_is_readable(counter):
    answer = counter.run("history", "verify")
    assert answer.code == 0
    assert "历史 3 条，分属 3 条链" in answer.out
    assert "没有发现改动" in answer.out

    (report,) = counter.run("history", "verify", "--json").json["programmes"]
    root = report["root"]
    assert " ".join(root[at : at + 8] for at in range(0, 64, 8)) in answer.out


def test_a_name_changed_in_the_tables_only_names_the_case(counter, tamper):
    tamper("UPDATE members SET name = '陈明理' WHERE name = '陈明礼'")

    answer = counter.run("history", "verify", "--json")
    assert answer.code == 1
    findings = answer.json["programmes"][0]["findings"]
    assert {finding["chain"] for finding in findings} == {"520303105202-0001"}
    assert any("陈明理" in finding["sentence"] for finding in findings)
    assert f"发现 {len(findings)} 处不符" in counter.run("history", "verify").out


def test_one_byte_of_an_entry_changed_names_the_case(counter, tamper):
    tamper(
        "UPDATE entries SET bytes = CAST(replace(bytes, '娄文武', '娄文斌') AS BLOB)"
        " WHERE chain = '520303105202-0002'",
        *triggers_of(counter, "entries"),
    )

    answer = counter.run("history", "verify", "--json")
    assert answer.code == 1
    chains = {f["chain"] for f in answer.json["programmes"][0]["findings"]}
    assert "520303105202-0002" in chains
    assert "520303105202-0001" not in chains


def test_the_lines_of_a_chain_are_the_bytes_that_are_hashed(counter):
    (line,) = counter.run("history", "show", "0001").out.splitlines()
    (record,) = counter.run("history", "show", "0001", "--json").json

    assert hashlib.sha256(b"\x00" + line.encode()).hexdigest() == record["leaf_hash"]
    assert json.loads(line) == record["entry"]
    assert record["entry"]["act"] == "case.open"


def test_the_public_record_holds_no_personal_data(counter):
    shown = counter.run("history", "show", "0001").out

    assert "陈明礼" not in shown
    assert counter.people[0][5] not in shown


def test_a_programme_has_a_history_of_its_own(counter):
    (record,) = counter.run("history", "show", counter.village, "--seq", "1", "--json").json

    assert record["entry"]["act"] == "programme.open"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("show", "0001", "--seq", "9"), 1, "没有这一条"),
        (("show", "0001", "--seq", "0"), 2, "命令行有误"),
        (("show", "9999"), 1, "没有这个案件编号"),
        (("verify", "--programme", "1"), 1, "没有这个项目"),
    ],
)
def test_what_is_not_there_is_a_sentence(counter, arguments, code, told):
    answer = counter.run("history", *arguments)

    assert answer.code == code
    assert told in answer.err
