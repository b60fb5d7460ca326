"""The page that verifies papers in a bank's browser: no server, no program, no line."""

import base64
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image

from conversion.documents.page_code import SignedCodes
from conversion.documents.verifier_page import verifier_page
from conversion.domain.notice import PaperStatus
from tests.documents import verification_vectors as made
from tests.documents.proofs import a_claim, a_coded_paper
from tests.documents.test_page_code import pictures
from tests.keys import a_key_folder

PUBLISHED = json.loads(made.FILE.read_text(encoding="utf-8"))
TODAY = datetime.now(UTC)  # noqa: TID251  # the browser's own clock is the one that counts here


def the_page(*ended, at=None):
    void = made.listed(*ended, at=at or TODAY).note(made.CODES)
    return verifier_page(made.KEYS, PUBLISHED["keys"], void)


HAPPENED = """
    const happened = (name) =>
      new Promise((done) => document.addEventListener(name, done, { once: true }));"""
READY = "(document.body.dataset.ready || document.body.className)"


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a page from a file, as people do, and does something there."""

    def opened(page, acts="", behind=""):
        file = tmp_path / "page.html"
        file.write_text(page, encoding="utf-8")
        tab = browser.open(file.as_uri() + behind)
        tab.wait(READY)
        return tab.do(HAPPENED + acts)

    return opened


def pasted(text):
    return f"""
        const answered = happened("answered");
        $("text").value = {json.dumps(text)};
        $("ask").requestSubmit();
        await answered;
        const {{ verdict, reason, claim, pages, compare }} = Object.fromEntries(
          ["verdict", "reason", "claim", "pages", "compare"].map((id) => [id, $(id)]));
        return {{ verdict: verdict.innerText, reason: reason.innerText, claim: claim.innerText,
          pages: pages.innerText, compare: compare.hidden, shown: $("answer").className }};"""


def given(field, name, contents, event):
    """A file chosen in a field of the page."""
    data = base64.b64encode(contents).decode()
    return f"""
        const bytes = Uint8Array.from(atob("{data}"), (sign) => sign.charCodeAt(0));
        const files = new DataTransfer();
        files.items.add(new File([bytes], "{name}"));
        const heard = happened("{event}");
        $("{field}").files = files.files;
        $("{field}").dispatchEvent(new Event("change"));
        await heard;"""


def test_the_browser_gives_the_same_answers_as_the_program(opened):
    acts = f"""
        const published = {json.dumps(PUBLISHED)};
        const keys = await Verifier.readKeys(published.keys, published.fingerprint);
        const answers = [], refused = [];
        for (const {{ code, void: note }} of published.cases) {{
          const voided = note && await Verifier.readVoid(note, keys);
          answers.push((await Verifier.verifyCode(code, keys, voided, Date.parse(published.now))).verdict);
        }}
        const told = (promise) => promise.then(() => "taken", (error) => error instanceof Verifier.Refused);
        for (const note of published.refused_keys) refused.push(await told(Verifier.readKeys(note, published.fingerprint)));
        for (const note of published.refused_voids) refused.push(await told(Verifier.readVoid(note, keys)));
        return {{ answers, refused }};"""

    told = opened(the_page(), acts)

    assert told["answers"] == [case["verdict"] for case in PUBLISHED["cases"]]
    assert set(told["refused"]) == {True}
    assert len(told["refused"]) == 9


def test_a_pasted_code_shows_what_the_page_must_say(opened):
    told = opened(the_page(), pasted(made.code()))

    assert told["verdict"] == "真实有效"
    assert told["shown"] == "genuine"
    for words in (
        "股权证书",
        "坪社股证〔2010〕0001号",
        "骆𣒍（户号0001）",
        "4人，共1745股",
        "第1页，共2页",
    ):
        assert words in told["claim"]
    assert told["pages"] == "还没有核验：第2页。"
    assert not told["compare"]


@pytest.mark.parametrize(
    ("status", "word"),
    [(PaperStatus.RECALLED, "已经作废"), (PaperStatus.SUPERSEDED, "已被取代")],
)
def test_a_paper_that_counts_no_more_says_so(status, word, opened):
    told = opened(the_page(made.ended(status, made.SUCCESSOR)), pasted(made.code()))

    assert told["verdict"] == word
    assert "2010-05-30" in told["reason"]
    assert made.SUCCESSOR in told["reason"]
    assert told["shown"] != "genuine"


def test_a_page_that_was_made_last_week_calls_nothing_good_until_it_gets_a_new_list(opened):
    old = the_page(at=TODAY - timedelta(days=7))
    new = made.listed(at=TODAY).note(made.CODES).encode()
    renewed = given("newer", "void-list.txt", new, "loaded") + pasted(made.code())

    assert opened(old, pasted(made.code()))["verdict"] == "清单过期，不能判定"
    assert opened(old, renewed)["verdict"] == "真实有效"


@pytest.mark.parametrize(
    "note",
    [
        made.listed(at=TODAY + timedelta(minutes=1)).note(made.FORGER),
        made.listed(at=TODAY - timedelta(hours=2)).note(made.CODES),
        made.KEYS.note(made.FORGER),
        made.KEYS.model_copy(update={"serial": 2}).note(made.LISTS),
        "%PDF-1.7",
    ],
    ids=["forged", "older", "forged keys", "older keys", "something else"],
)
def test_a_list_that_is_not_newer_and_not_the_offices_changes_nothing(note, opened):
    acts = given("newer", "list.txt", note.encode(), "loaded")

    told = opened(
        the_page(), f'{acts} return [$("refused").innerText, $("keys-serial").innerText];'
    )

    assert told[0]
    assert told[1].startswith("3（")


def a_photo(folder):
    """The first page of a paper, printed, and photographed a little askew on a desk."""
    paper = a_coded_paper()
    page, *_ = pictures(paper.pdf, folder, 200)
    photo = Image.new("L", (page.width + 300, page.height + 300), 120)
    photo.paste(page.rotate(3, fillcolor=120), (150, 150))
    out = BytesIO()
    photo.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def test_a_photo_of_a_printed_page_is_enough(opened, tmp_path):
    keys = a_key_folder().keys()
    note = (a_key_folder().path / "key-list.txt").read_text(encoding="utf-8")
    page = verifier_page(keys, note, None)
    acts = given("photo", "photo.jpg", a_photo(tmp_path), "answered")

    told = opened(page, f'{acts} return [$("verdict").innerText, $("claim").innerText];')

    assert told[0] == "清单过期，不能判定", "it has no void list"
    assert a_claim().number in told[1]


@pytest.mark.parametrize(
    ("contents", "told"), [(b"%PDF-1.7", "不是图片"), (b"", "不是图片")], ids=["pdf", "empty"]
)
def test_what_is_no_photo_is_said(contents, told, opened):
    acts = given("photo", "x", contents, "answered")

    assert told in opened(the_page(), f'{acts} return $("reason").innerText;')


def test_a_photo_without_a_code_is_said(opened):
    blank = BytesIO()
    Image.new("RGB", (400, 300), "white").save(blank, "PNG")
    acts = given("photo", "x.png", blank.getvalue(), "answered")

    assert "没有认出" in opened(the_page(), f'{acts} return $("reason").innerText;')


def test_english_is_one_click_away(opened):
    acts = pasted(made.code()).replace("await answered;", 'await answered; $("language").click();')

    told = opened(the_page(), acts)

    assert told["verdict"] == "Genuine"
    assert told["pages"] == "Still to be verified: page 2."
    assert "股权证书" in told["claim"], "the paper's own words stay"


def test_markup_in_a_paper_is_only_text(opened):
    evil = "<img src=x onerror=alert(1)>"
    text = SignedCodes(claim=replace(made.CLAIM, holder=evil), signer=made.CODES)(1)[0]

    told = opened(the_page(), pasted(text))

    assert evil in told["claim"]


def test_the_page_reaches_out_for_nothing():
    page = the_page()

    assert re.findall(r"""(?:src|href)\s*=\s*["'](?!data:)""", page) == []
    assert "default-src 'none'" in page
    assert "connect-src" not in page
    assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|localStorage", page)
    assert len(page) < 120_000


def test_a_page_whose_lists_were_touched_works_no_more(opened):
    touched = the_page().replace("2011-12-31", "2031-12-31")

    shown = opened(touched, 'return [document.body.className, $("ask").checkVisibility()];')

    assert shown == ["broken", False]


@pytest.mark.parametrize("write", [quote, str], ids=["as it should be", "as it is"])
def test_a_link_with_the_code_behind_it_is_answered_at_once(write, opened):
    acts = """
        while ($("answer").hidden) await new Promise(requestAnimationFrame);
        return $("verdict").innerText;"""

    assert opened(the_page(), acts, "#" + write(made.code())) == "真实有效"
