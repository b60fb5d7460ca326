"""`conversion meeting`: the roll goes out as a sheet, and comes back signed."""

import csv

from tests.cli.test_village import PROPOSAL

POSTING = (
    "--form",
    "place=村公示栏",
    "--form",
    "posted_at=09:30",
    "--evidence",
    "posting_photo=照片1",
)
NOTICE = (
    "--form", "body=villagers_meeting", "--form", "matters=resolve", "--form", "place=村小学",
    "--evidence", "meeting_notice=村卷1页2",
)  # fmt: skip
SIGNED = ("--as", "village1", "--evidence", "attendance=村卷1页3")


def test_a_sheet_with_a_proxy_to_nobody_is_given_back_by_its_row(counter, tmp_path):
    counter.run("village", "advance", "propose", "--as", "taskforce1", *PROPOSAL)
    counter.run("village", "advance", "publish_plan", "--as", "village1", *POSTING)
    called = counter.run(
        "village", "advance", "call_meeting", "--as", "village1", *NOTICE,
        "--form", "planned_on=2030-01-15",
    )  # fmt: skip
    assert called.code == 0, called.err
    (meeting,) = counter.run("meeting", "list", "--json").json
    assert (meeting["serial"], meeting["matters"]) == ("M01", ["resolve"])

    sheet = tmp_path / "签到.csv"
    assert counter.run("meeting", "roll", "M01", "--out", str(sheet)).code == 0
    rows = list(csv.DictReader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == meeting["eligible"]

    _sign(sheet, rows, "委托")
    refused = counter.run(
        "meeting", "attend", "M01", str(sheet), "--held-on", "2030-01-15", *SIGNED
    )
    assert refused.code == 2
    assert "第 2 行委托没有受托人" in refused.err

    _sign(sheet, rows, "到会")
    early = counter.run("meeting", "attend", "M01", str(sheet), "--held-on", "2030-01-15", *SIGNED)
    assert early.code == 1
    assert "会议日期不晚于今天" in early.err


def _sign(sheet, rows, how):
    lines = [",".join(rows[0]), *(",".join((row | {"签到": how}).values()) for row in rows)]
    sheet.write_text("\n".join(lines), encoding="utf-8-sig")
