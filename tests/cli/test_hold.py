"""Holds and overrides at the window: laid, listed, told, answered."""

from datetime import date

FREEZE = {
    "kind": "court",
    "authority": "汇川区人民法院",
    "order": "（2009）汇法执字第18号",
    "reason": "欠款纠纷执行一案",
    "until": "2010-06-30",
}
INQUIRY = FREEZE | {"kind": "discipline", "authority": "汇川区审计局", "order": "汇审中〔2009〕2号"}
REQUEST = {
    "step": "case.accept",
    "rule": "adults_signed",
    "reason": "罗秀英在外务工，委托书在途，十日内补交",
}


def advance(counter, *case, by, **form):
    filled = [word for name, value in form.items() for word in ("--form", f"{name}={value}")]
    papers = ["hold_order", "lifting_order", "application", "household_sheet"]
    event = case[-1].rpartition(".")[2]
    brought = {"suspend": papers[:1], "lift_hold": papers[1:2], "accept": papers[2:]}.get(event, ())
    evidence = [word for paper in brought for word in ("--evidence", f"{paper}=卷3")]
    noun = "case" if len(case) > 1 else "village"
    return counter.run(noun, "advance", *case, "--as", by, *filled, *evidence)


def test_a_freeze_is_listed_with_its_scope_in_words_until_it_is_lifted(counter):
    laid = advance(counter, "0001", "case.suspend", by="taskforce1", **FREEZE)
    assert (laid.code, laid.err) == (0, "")

    (hold,) = counter.run("hold", "list", "--json").json["holds"]
    assert (hold["household_number"], hold["kind"], hold["until"]) == (
        "0001",
        "court",
        "2010-06-30",
    )
    assert hold["blocks"] == ["ledger", "shares.certify", "shares.reissue"]
    shown = counter.run("hold", "list").out
    assert "法院冻结" in shown
    assert "资产股份化·发放股权证书" in shown
    assert "法院冻结" in counter.run("case", "show", "0001").out

    lifted = advance(
        counter, "0001", "case.lift_hold", by="taskforce1", hold="H01", paper="解除一号"
    )
    assert lifted.code == 0
    assert counter.run("hold", "list", "--json").json["holds"] == []
    (ended,) = counter.run("hold", "list", "--all", "--json").json["holds"]
    assert ended["ending"] == "解除一号"


def test_a_term_that_is_over_is_listed_until_its_lapse_is_recorded(counter):
    advance(counter, "suspend", by="auditor1", **INQUIRY)
    assert counter.run("hold", "list", "--json").json["lapsed"] == []

    counter.on(date(2010, 7, 1))
    (late,) = counter.run("hold", "list", "--json").json["lapsed"]
    assert late["serial"] == "H01"
    assert "全村" in counter.run("hold", "list").out
    assert "纪检监察、审计中止" in counter.run("village", "show").out
    refused = advance(counter, "0001", "case.accept", by="taskforce1", signed="01,02")
    assert "期限已满而未登记" in refused.err
    assert advance(counter, "lapse_hold", by="auditor1", hold="H01").code == 0
    assert counter.run("hold", "list", "--json").json == {"holds": [], "lapsed": []}


def test_an_override_waits_for_the_district_and_shows_in_the_timeline_when_it_has_served(counter):
    asked = advance(counter, "0001", "case.request_override", by="taskforce1", **REQUEST)
    assert (asked.code, asked.err) == (0, "")
    (waiting,) = counter.run("override", "list", "--waiting", "--json").json
    assert (waiting["household_number"], waiting["serial"]) == ("0001", "W01")
    assert "待批准 1 件" in counter.run("override", "list").out

    answer = {"override": "W01", "decision_number": "汇府特〔2009〕1号"}
    assert advance(counter, "0001", "case.grant_override", by="district1", **answer).code == 0
    assert counter.run("override", "list", "--waiting", "--json").json == []
    told = counter.run(
        "case", "explain", "0001", "case.accept", "--as", "taskforce1", "--form", "signed=01"
    ).out
    assert "经特批 W01" in told
    (line,) = [
        line
        for line in counter.run("case", "timeline", "0001", "--json").json
        if line["act"] == "case.request_override"
    ]
    assert line["overrides"] == []
    assert "罗秀英在外务工" in counter.run("case", "show", "0001").out
