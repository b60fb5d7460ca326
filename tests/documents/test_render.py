"""What is printed is what is recorded, and nothing comes in from outside."""

import hashlib
import json
import subprocess
import sys
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from pypdf.generic import ArrayObject

from conversion.documents import stage
from conversion.documents.kinds import HOUSEHOLD_KINDS, KINDS, kind_of
from conversion.documents.record import facts_bytes, facts_sha256
from conversion.documents.render import ATTACHMENT, render
from conversion.errors import DocumentRefused, SetupIncomplete
from conversion.history.canonical import parse
from tests.builders import a_member, members_of
from tests.documents.papers import a_page, opened, text_of, the_facts

HUKOU = kind_of("hukou_certificate")
NAMING = tuple(kind for kind in KINDS if not kind.stays)
"""Papers that name everybody; a letter or a receipt is addressed to a household."""
RARE = "张𣒍𮧵龘"
LONG = "买买提艾力·阿卜杜热合曼·吐尔逊尼亚孜·阿布都克里木"


@pytest.mark.parametrize("kind", NAMING, ids=lambda k: k.id)
@pytest.mark.parametrize("members", [1, 12])
def test_every_paper_names_every_member_of_small_and_large_families(kind, members):
    facts = the_facts(kind, members=members)

    rendering = render(kind, facts)

    text = text_of(rendering)
    assert all(m.name in text for m in members_of(members))
    assert kind.title in text
    assert facts.number in text
    assert f"第{rendering.pages}页共{rendering.pages}页" in text
    assert rendering.sha256 == hashlib.sha256(rendering.pdf).hexdigest()


@pytest.mark.parametrize("kind", NAMING, ids=lambda k: k.id)
def test_long_and_rare_names_are_in_the_text_layer_as_they_are_in_the_record(kind):
    family = [a_member(name=LONG), a_member("02", RARE, "12", "2")]

    text = text_of(render(kind, the_facts(kind, members=family)))

    assert LONG in text
    assert RARE in text


@pytest.mark.parametrize(
    "kind", [kind for kind in HOUSEHOLD_KINDS if kind in NAMING], ids=lambda k: k.id
)
def test_a_paper_issued_anew_names_the_one_it_replaces(kind):
    facts = the_facts(kind, members=1)
    old = kind.number("坪社", 2009, 3)

    assert "取代" not in text_of(render(kind, facts)).split("第1页")[0]
    anew = text_of(render(kind, facts.model_copy(update={"replaces": old})))
    assert f"本件换发，取代{old}；原件已经失效。" in anew


def test_a_family_of_twelve_and_fourteen_parcels_go_on_to_further_pages():
    land = kind_of("land_confirmation")

    rendering = render(land, the_facts(land, members=12, parcels=14))

    text = text_of(rendering)
    assert all(f"P{n:02d}" in text for n in range(1, 15))


@pytest.mark.parametrize(
    ("kind", "pages"),
    [
        ("approval_form", 2),
        ("hukou_certificate", 1),
        ("share_certificate", 3),
        ("land_confirmation", 2),
        ("entitlement_statement", 2),
    ],
)
def test_a_usual_familys_papers_are_short(kind, pages):
    paper = kind_of(kind)

    assert render(paper, the_facts(paper, members=5, parcels=6)).pages <= pages


def test_the_head_of_a_long_member_table_is_repeated_on_the_next_page():
    form = kind_of("approval_form")

    pages = opened(render(form, the_facts(form, members=20))).pages

    assert [page.extract_text().count("公民身份号码") for page in pages][:2] == [1, 1]


@pytest.mark.parametrize(
    "kind", [k for k in KINDS if k.id != "village_void_announcement"], ids=lambda k: k.id
)
def test_fonts_are_embedded_cut_to_what_is_used_and_have_every_glyph(kind):
    family = [a_member(name=RARE), a_member("02", LONG, "12", "2")]
    reader = opened(render(kind, the_facts(kind, members=family)))

    fonts = {
        name: font.get_object()
        for page in reader.pages
        for name, font in page["/Resources"]["/Font"].items()
    }
    names = {font["/BaseFont"] for font in fonts.values()}
    assert {name.split("+")[1] for name in names} >= {"Conversion-Song", "BabelStone-Han"}
    for font in fonts.values():
        descendant = font["/DescendantFonts"][0].get_object()
        descriptor = descendant["/FontDescriptor"].get_object()
        file = descriptor.get("/FontFile3") or descriptor["/FontFile2"]
        embedded = TTFont(BytesIO(file.get_data()))
        used = _glyphs(descendant["/W"])
        assert "/ToUnicode" in font
        assert len(file.get_data()) < 1_000_000
        assert min(used) > 0
        assert max(used) < embedded["maxp"].numGlyphs


def _glyphs(widths: ArrayObject) -> list[int]:
    """The glyph numbers of a /W array: runs of `first [widths…]`."""
    runs = zip(widths[::2], widths[1::2], strict=True)
    return [first + place for first, run in runs for place in range(len(run))]


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_the_attached_facts_are_the_canonical_record(kind):
    facts = the_facts(kind)

    reader = opened(render(kind, facts))

    (attached,) = reader.attachments[ATTACHMENT]
    assert attached == facts_bytes(facts)
    assert kind.facts_model.model_validate(parse(attached)) == facts
    (file,) = reader.trailer["/Root"]["/AF"]
    assert file.get_object()["/AFRelationship"] == "/Data"


def test_the_file_says_what_it_is():
    facts = the_facts(HUKOU)

    reader = opened(render(HUKOU, facts))

    assert reader.metadata.title == f"户口转换证明 {facts.number}"
    assert reader.metadata.author == "汇川区村改社区工作专班"
    assert reader.metadata["/CreationDate"] == "D:20091012"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert reader.trailer["/ID"][0].original_bytes == bytes.fromhex(facts_sha256(facts))[:16]
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfaid:conformance="U"' in xmp


def test_the_same_facts_give_the_same_bytes_in_any_process_and_order():
    facts = {kind.id: the_facts(kind, members=4) for kind in KINDS}
    here = {kind.id: render(kind, facts[kind.id]).sha256 for kind in KINDS}

    program = (
        "import json; from conversion.documents.kinds import KINDS;"
        "from conversion.documents.render import render;"
        "from tests.documents.papers import the_facts;"
        "print(json.dumps({k.id: render(k, the_facts(k, members=4)).sha256 for k in KINDS[::-1]}))"
    )
    there = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert json.loads(there.stdout) == here


def test_other_facts_give_another_file():
    facts = the_facts(HUKOU)
    other = facts.model_copy(update={"nonce": "0b" * 10})

    assert render(HUKOU, facts).sha256 != render(HUKOU, other).sha256


@pytest.mark.parametrize(
    ("character", "place"),
    [
        ("\ue000", "U+E000"),
        ("\u0378", "U+0378"),
        ("\u0e01", "U+0E01"),
        ("\u200b", "U+200B"),
        ("\u202e", "U+202E"),
        ("\x07", "U+0007"),
    ],
    ids=["private use", "unassigned", "Thai", "zero width", "bidi override", "control"],
)
def test_a_name_that_no_face_can_print_refuses_the_paper(character, place):
    facts = the_facts(HUKOU, members=[a_member(name=f"张{character}明")])

    with pytest.raises(DocumentRefused) as refused:
        render(HUKOU, facts)

    assert place in str(refused.value)
    assert facts.number in str(refused.value)


@pytest.mark.parametrize(
    "name",
    [
        "<img src=file:///etc/passwd>",
        "<link rel=attachment href=file:///etc/passwd>",
        "</style><style>@import url(file:///etc/passwd);",
        "<svg><image href='data:image/png;base64,AA=='/></svg>",
        "{{7*7}}{% include '_page.css' %}",
        "&#xE000;&amp;",
    ],
)
def test_markup_and_template_syntax_in_a_name_are_only_text(name):
    text = text_of(render(HUKOU, the_facts(HUKOU, members=[a_member(name=name)])))

    assert name.replace(" ", "") in text
    assert "root:" not in text


ELSEWHERE = (
    "file:///etc/passwd",
    "http://127.0.0.1:9/x",
    "x.png",
    "data:image/gif;base64,R0lGODlh",
)
_REACHED: list[str] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: every name that is looked up, every socket, every file outside is seen."""
    if event in {"socket.connect", "socket.getaddrinfo"}:
        _REACHED.append(event)
    elif event == "open" and str(arguments[0]).endswith(("passwd", "x.png")):
        _REACHED.append(str(arguments[0]))


sys.addaudithook(_watch)


@pytest.fixture
def reached():
    """What was opened outside while the test ran."""
    _REACHED.clear()
    return _REACHED


REFERENCES = {
    "image": '<img src="{}"/>',
    "attachment link": '<link rel="attachment" href="{}"/>',
    "attachment anchor": '<a rel="attachment" href="{}">附件</a>',
    "style sheet": '<link rel="stylesheet" href="{}"/>',
    "inline SVG": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
    "object": '<object data="{}"></object>',
    "embed": '<embed src="{}"/>',
    "background": '<p style="background: url({})">底</p>',
    "content": "<style>p::before {{ content: url({}) }}</style><p>前</p>",
    "bullet": '<ul style="list-style-image: url({})"><li>项</li></ul>',
    "import": "<style>@import url({});</style>",
    "face": "<style>@font-face {{ font-family: F; src: url({}) }}</style>",
    "source of a picture": '<picture><source srcset="{}"/><img alt="甲"/></picture>',
    "set of sources": '<img srcset="{} 2x" alt="甲"/>',
    "poster": '<video poster="{}"></video>',
    "sound": '<audio src="{}"></audio>',
    "frame": '<iframe src="{}"></iframe>',
    "button": '<input type="image" src="{}"/>',
    "script": '<script src="{}"></script>',
    "refresh": '<meta http-equiv="refresh" content="0;url={}"/>',
    "base": '<base href="{}"/>',
    "link": '<a href="{}">链接</a>',
    "SVG use": '<svg xmlns="http://www.w3.org/2000/svg"><use href="{}#a"/></svg>',
    "SVG image by XLink": '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image xlink:href="{}" width="9" height="9"/></svg>',
    "SVG style": '<svg xmlns="http://www.w3.org/2000/svg"><style>@import url({});</style></svg>',
    "SVG filter": '<svg xmlns="http://www.w3.org/2000/svg"><filter><feImage href="{}"/></filter></svg>',
    "background of the page": "<style>@page {{ background: url({}) }}</style><p>底</p>",
    "border": '<p style="border: 3px solid; border-image: url({}) 30">底</p>',
    "set of images": "<p style=\"background: image-set('{}' 1x)\">底</p>",
    "profile": "<style>@color-profile --c {{ src: url({}) }}</style><p>底</p>",
    "marker": "<style>li::marker {{ content: url({}) }}</style><ul><li>项</li></ul>",
}


@pytest.mark.parametrize("address", ELSEWHERE, ids=["file", "http", "relative", "data"])
@pytest.mark.parametrize("reference", REFERENCES.values(), ids=REFERENCES)
def test_a_template_that_reaches_out_is_refused_and_nothing_is_fetched(
    reference, address, tmp_path, reached
):
    kind = a_page(tmp_path, reference.format(address))

    with pytest.raises(DocumentRefused) as refused:
        render(kind, the_facts(HUKOU), tmp_path)

    assert "不成形" not in str(refused.value), "it is refused for what it says"
    assert reached == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>底",
        "<p>底<br></p>",
        "<p class=note>底</p>",
        "<p>甲&nbsp;乙</p>",
        "<p>甲&乙</p>",
        "<P>底</p>",
    ],
    ids=["unfinished", "void", "without quotes", "entity", "ampersand", "capital"],
)
def test_a_page_that_is_not_well_formed_is_refused_by_its_line(body, tmp_path):
    kind = a_page(tmp_path, f"\n{body}")

    with pytest.raises(DocumentRefused, match="页面第2行不成形"):
        render(kind, the_facts(HUKOU), tmp_path)


def test_a_page_that_declares_entities_is_refused(tmp_path):
    kind = a_page(tmp_path, "<p>&a;</p>")
    page = (tmp_path / "page.html").read_text("utf-8")
    bomb = page.replace("html>", 'html [<!ENTITY a "底"><!ENTITY b "&a;&a;">]>', 1)
    (tmp_path / "page.html").write_text(bomb, encoding="utf-8")

    with pytest.raises(DocumentRefused, match="不成形"):
        render(kind, the_facts(HUKOU), tmp_path)


@pytest.mark.parametrize(
    "style",
    [
        "@import url(file:///etc/passwd);",
        "@font-face { font-family: F; src: url(file:///etc/passwd) }",
        "@import url(asset:other.css);",
        "p { colour: red }",
    ],
    ids=["import", "face", "unknown asset", "misspelt property"],
)
def test_a_style_sheet_that_reaches_out_or_is_wrong_is_refused(style, tmp_path):
    kind = a_page(tmp_path, "<p>底</p>", style)

    with pytest.raises(DocumentRefused):
        render(kind, the_facts(HUKOU), tmp_path)


def test_a_plain_page_from_the_same_folder_is_printed(tmp_path):
    kind = a_page(tmp_path, "<p>底</p>", "p { color: black }")

    assert text_of(render(kind, the_facts(HUKOU), tmp_path)) == "底"


def test_what_the_engine_complains_of_refuses_the_paper(tmp_path):
    kind = a_page(tmp_path, "<style>p { widht: 1mm }</style><p>底</p>")

    with pytest.raises(DocumentRefused) as refused:
        render(kind, the_facts(HUKOU), tmp_path)

    assert "widht" in str(refused.value)


def test_a_folder_without_the_common_sheets_is_named(tmp_path):
    kind = a_page(tmp_path, "<p>底</p>")
    (tmp_path / "_elements.css").unlink()

    with pytest.raises(SetupIncomplete) as incomplete:
        render(kind, the_facts(HUKOU), tmp_path)

    assert "_elements.css" in incomplete.value.found


def test_without_the_subset_library_nothing_is_printed(monkeypatch):
    module = stage
    monkeypatch.setattr(module, "harfbuzz_subset", None)

    with pytest.raises(SetupIncomplete) as incomplete:
        module._fonts.__wrapped__()

    assert incomplete.value.remedy == "运行 apt-get install libharfbuzz-subset0"


def test_a_cut_that_fontconfig_cannot_read_is_said(monkeypatch, tmp_path):
    module = stage
    broken = tmp_path / "broken.otf"
    broken.write_bytes(b"no font")
    monkeypatch.setattr(module, "cut_file", lambda *_: broken)

    with pytest.raises(SetupIncomplete) as incomplete:
        module._fonts.__wrapped__()

    assert "损坏" in incomplete.value.found
