"""The public page, served as it is: whoever holds a page asks whether it counts."""

import http.client
import json
import re
from threading import Thread
from time import sleep
from urllib.parse import urlencode

import pytest
import uvicorn

from conversion.errors import SetupIncomplete, WrongUse
from conversion.services import issuance
from conversion.services.keys import KeyFolder
from conversion.services.reprint import reprint
from conversion.services.void_list import renew_void_list
from conversion.web.verification_page import LARGEST, verification_site
from tests.documents import verification_vectors as another_offices
from tests.keys import OFFICE, give_keys, keys_in
from tests.office import number_of
from tests.services.test_signed_papers import print_here
from tests.stages import a_town

PLENTY = "1000/minute"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The office's keys."""
    folder = KeyFolder(path=tmp_path_factory.mktemp("office") / "keys")
    keys_in(folder)
    return folder


@pytest.fixture(scope="module")
def town(tmp_path_factory, folder):
    """A town whose land confirmations are made and signed; a test that changes it takes 0002."""
    town = a_town("landed", tmp_path_factory.mktemp("town"))
    give_keys(town, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(issuance, "render_many", print_here)
        patch.setattr("conversion.services.reprint.render_many", print_here)
        town.issue()
        yield town
    town.database.close()


@pytest.fixture
def serve(town, folder):
    """Serves the page of the town at a port of its own until the test ends."""
    servers = []

    def serve(allowance=PLENTY):
        site = verification_site(town.office, folder, allowance)
        server = uvicorn.Server(uvicorn.Config(site, port=0, log_level="error"))
        thread = Thread(target=server.run)
        thread.start()
        servers.append((server, thread))
        while not server.started:
            sleep(0.01)
        return server.servers[0].sockets[0].getsockname()[1]

    yield serve
    for server, thread in servers:
        server.should_exit = True
        thread.join()


def ask(port, code="", path="/", **others):
    """What comes back: status, headers, and the page as one would read it."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    form = urlencode({"code": code, **others})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    line.request(*(("POST", path, form, kind) if code else ("GET", path)))
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, dict(answer.getheaders()), text


def shown(page, id):  # noqa: A002
    found = re.search(rf'id="{id}"[^>]*>(.*?)</(?:p|table)>', page, re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", "", found[1]) if found else ""


def the_number(town, household="0001"):
    papers = town.case(household).papers.values()
    return next(p.number for p in papers if p.kind == "land_confirmation")


def a_code(town, household="0001"):
    number = the_number(town, household)
    return reprint(town.office, "auditor1", number_of(household), number).rendering.codes[0]


def test_whoever_holds_a_page_learns_that_it_counts_and_what_it_must_say(town, serve):
    status, _, page = ask(serve(), a_code(town))

    assert status == 200
    assert shown(page, "verdict") == "真实有效Genuine"
    for words in ("土地权属确认书", "坪社地确〔2009〕0001号", "（户号0001）"):
        assert words in shown(page, "claim")


def test_a_declared_loss_shows_at_once_and_so_does_an_end(town, serve):
    port, code, number = serve(), a_code(town, "0002"), the_number(town, "0002")
    told = {"declared_by": "何大勇", "circumstances": "搬家时遗失，多方寻找未果。"}
    town.take("case.declare_loss", "0002", number=number, place="村务公开栏", **told)

    assert "声明遗失" in shown(ask(port, code)[2], "sought")

    town.take("case.find_paper", "0002", number=number)
    damaged = {"number": number, "damage": "水浸，看不清", "returned_on": town.calendar.day}
    town.take("case.replace_paper", "0002", by="taskforce1", **damaged)
    page = ask(port, code)[2]
    assert (shown(page, "verdict"), shown(page, "sought")) == ("已被取代Superseded", "")
    assert "坪社地确" in shown(page, "reason"), "the one in its place"


def test_without_a_signed_code_there_is_nothing_to_learn(town, serve):
    port, number = serve(), the_number(town)

    answers = {shown(ask(port, asked)[2], "reason") for asked in (number, "HJ1:ABC", "' OR 1=1 --")}
    claims = {shown(ask(port, asked)[2], "claim") for asked in (number, "HJ1:ABC")}

    assert claims == {""}
    assert number not in "".join(answers)


def test_what_is_typed_comes_back_as_text(serve):
    page = ask(serve(), '</textarea><script>alert("1")</script>')[2]

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_question_that_is_too_long_is_not_read(serve):
    status, _, page = ask(serve(), "A" * (LARGEST + 1))

    assert status == 400
    assert "AAAA" not in page


def test_who_asks_too_fast_waits(town, serve):
    port, code = serve("2/minute"), a_code(town)

    assert [ask(port, code)[0] for _ in range(3)] == [200, 200, 429]
    assert ask(port)[0] == 200, "the page itself is there for everybody"


def test_the_page_takes_no_script_no_cookie_and_no_frame(town, serve):
    _, headers, page = ask(serve(), a_code(town))

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!/)', page)


def test_the_lists_and_the_offline_page_are_handed_out(town, serve, folder):
    port = serve()

    assert ask(port, path="/void-list.txt")[0] == 404
    assert "还没有签发" in ask(port, path="/void-list.txt")[2]
    renew_void_list(town.office, folder)
    assert ask(port, path="/void-list.txt")[2] == folder.note("void-list.txt")
    assert ask(port, path="/key-list.txt")[2] == folder.note("key-list.txt")
    _, headers, page = ask(port, path="/offline.html")
    assert headers["content-disposition"].startswith("attachment")
    assert folder.keys().fingerprint in page


def test_a_history_that_cannot_be_read_gives_no_answer(town, serve, monkeypatch):
    port, code = serve(), a_code(town)

    def broken(*_):
        raise SetupIncomplete("核验", "数据库不可用", "稍后再试")

    monkeypatch.setattr("conversion.web.verification_page.verify_code", broken)
    status, _, page = ask(port, code)

    assert status == 503
    assert "请到发件窗口核对" in page
    assert "数据库" not in page


def test_an_office_without_keys_serves_no_page(town, tmp_path):
    with pytest.raises(SetupIncomplete):
        verification_site(town.office, KeyFolder(path=tmp_path / "none"), PLENTY)


@pytest.mark.parametrize("allowance", ["", "often", "30/fortnight"])
def test_an_allowance_that_says_nothing_is_wrong_use(allowance, town, folder):
    with pytest.raises(WrongUse, match="30/minute"):
        verification_site(town.office, folder, allowance)


def test_a_code_of_another_office_is_of_an_unknown_key(serve):
    assert shown(ask(serve(), another_offices.code())[2], "verdict") == "不认识的密钥Keyunknown"


def test_in_a_browser_it_is_asked_and_turned_to_english_without_a_script(town, serve, browser):
    tab = browser.open(f"http://127.0.0.1:{serve()}/")
    tab.wait('!!document.getElementById("ask")')
    tab.do(f'$("code").value = {json.dumps(a_code(town))}; $("ask").requestSubmit();')
    tab.wait('!!document.getElementById("answer")')

    assert tab.do('return $("verdict").innerText;') == "真实有效"
    assert OFFICE in tab.do("return document.body.innerText;")
    tab.do('$("language").click();')
    tab.wait('document.documentElement.lang === "en"')
    assert tab.do('return $("verdict").innerText;') == "Genuine"
    assert "Compare each line" in tab.do('return $("compare").innerText;')
    assert tab.do("return document.body.scrollWidth <= window.innerWidth;"), "it fits the screen"
