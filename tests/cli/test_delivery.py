"""A paper handed out at the counter, by its number."""


def test_a_paper_is_handed_to_an_agent_by_its_number(counter_at):
    counter = counter_at("accepted")
    counter.town.issue()
    papers = counter.run("document", "list", "--case", "0001", "--json").json
    (number,) = (p["number"] for p in papers if p["kind"] == "acceptance_receipt")
    told = ("--as", "village2", "--manner", "agent", "--on", counter.day, "--receipt", "卷1页2")
    who = ("--signed-by", "张德才", "--relation", "侄，委托书", "--id-kind", "居民身份证")

    short = counter.run("document", "deliver", number, *told, *who)
    done = counter.run("document", "deliver", number, *told, *who, "--id-last4", "001X")

    assert short.code == 1
    assert "末四位" in short.err + short.out
    assert done.code == 0, done.err
    papers = counter.run("document", "list", "--case", "0001", "--json").json
    assert any(p["number"] == number and p["delivered_on"] for p in papers)
    assert counter.run("document", "deliver", "无此号", *told).code == 1
