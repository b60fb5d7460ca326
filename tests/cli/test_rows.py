"""Lists on a narrow and on a wide screen: everything legible, nothing that is copied is broken."""

import pytest
from rich.cells import cell_len
from rich.text import Text

from conversion.cli.output import show, table

HEADINGS = ("编号", "文书", "案件", "失效日", "说明")
NUMBER = "坪社股证〔2010〕0128号"
CASE = "520303105202-0159"
REASON = "本户分户，依照《集体经济组织章程》第十二条第三款换发，原证由工作专班收回，编号520303。"
PAPERS = [(NUMBER, "股权证书", CASE, "2010-03-29", REASON), (NUMBER, "权益告知单", CASE, None, "")]


@pytest.fixture
def drawn(monkeypatch, capsys):
    """What a screen of so many columns shows, line by line."""

    def draw(width, headings, rows, **options):
        monkeypatch.setenv("COLUMNS", str(width))
        show(None, table(headings, rows, **options), as_json=False)
        return [line.rstrip() for line in capsys.readouterr().out.splitlines()]

    return draw


def test_a_wide_screen_shows_a_table(drawn):
    lines = drawn(200, HEADINGS, PAPERS, title="文书")

    assert lines[0].strip() == "文书"
    assert f"│ {NUMBER} │ 股权证书   │ {CASE} │ 2010-03-29 │ {REASON} │" in lines


def test_a_narrow_screen_shows_each_paper_by_itself_and_leaves_out_what_is_empty(drawn):
    assert drawn(50, HEADINGS, PAPERS, title="文书")[1:] == [
        f"{NUMBER}　股权证书",
        f"  案件：{CASE}　失效日：2010-03-29",
        "  说明：本户分户，依照《集体经济组织章程》第十二条",
        "  第三款换发，原证由工作专班收回，编号520303。",
        f"{NUMBER}　权益告知单",
        f"  案件：{CASE}",
    ]


@pytest.mark.parametrize("width", range(40, 200, 7))
def test_no_number_is_broken_and_no_line_is_wider_than_the_screen(drawn, width):
    lines = drawn(width, HEADINGS, PAPERS)
    whole = "\n".join(lines)

    assert max(map(cell_len, lines)) <= width
    assert [w for w in (NUMBER, CASE, "2010-03-29", "520303。") if w not in whole] == []


@pytest.mark.parametrize("width", range(60, 130, 7))
def test_a_long_text_takes_few_lines_of_a_table_or_a_paragraph(drawn, width):
    lines = drawn(width, HEADINGS, PAPERS)

    assert len([line for line in lines if line.startswith("│")]) in {0, 3, 4, 5}


def test_a_field_of_several_lines_stands_below_its_heading(drawn):
    form = f"weights 权数\n{'依据' * 13}"
    rows = [("shares.allocate", "配股", form, "集体经济组织理事会" * 3)]

    assert drawn(50, ("步骤", "名称", "表单", "由谁办理"), rows) == [
        "shares.allocate　配股",
        "  表单：",
        "    weights 权数",
        "    依据依据依据依据依据依据依据依据依据依据依据依",
        "    据依据",
        "  由谁办理：集体经济组织理事会集体经济组织理事会集",
        "  体经济组织理事会",
    ]


def test_a_mark_without_heading_stands_alone(drawn):
    assert drawn(24, ("甲", "乙", ""), [("一" * 9, "二" * 9, Text("本程序", "red"))])[-1] == (
        "  本程序"
    )


def test_an_address_longer_than_the_screen_is_folded_and_not_cut(drawn):
    address = "/" + "village" * 30

    assert "".join(drawn(80, ("文件",), [(address,)])) == address


@pytest.mark.parametrize("width", range(30, 40))
def test_no_line_begins_with_a_comma_or_ends_with_an_opening_mark(drawn, width):
    prose = "有的户。" + "，".join("“一二三四五”" for _ in range(12))
    lines = [line.strip("│ ") for line in drawn(width, ("说明",), [(prose,)])]

    assert len(lines) > 4
    assert [line for line in lines if line.startswith(("，", "”")) or line.endswith("“")] == []
