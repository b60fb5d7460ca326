"""A list as it is hung: what is on it, what is not, and how it lies on the sheet."""

from io import BytesIO

from pypdf import PdfReader

from conversion.documents.public_notice import PUBLIC_NOTICE
from conversion.documents.render import render
from tests.documents.papers import a_list, facts_of_meeting, text_of

LAND = ("户号", "村民小组", "地块", "权利", "面积", "四至", "共有人", "校验码")


def page(**told):
    return render(PUBLIC_NOTICE, facts_of_meeting(PUBLIC_NOTICE, told=a_list(**told)))


def test_a_list_says_who_is_on_it_how_long_it_hangs_and_where_to_object():
    text = text_of(page())

    for said in (
        "大坪股份经济合作社",
        "集体经济组织成员名单公示（第一榜）",
        "坪社公示〔2009〕0007号",
        "现将1户的情况公示如下",
        "自张贴次日起算，共7个工作日",
        "向集体经济组织、村民委员会书面或者当面提出",
        "0012一组吴应成户主拟确认7F00A1B2",
        "整榜校验码0123ABCD",
        "张贴人签字",
        "见证人签字",
        "（盖章处）",
    ):
        assert said in text, said


def test_lists_of_land_are_posted_by_the_committee_and_lie_on_their_side():
    line = ("0012", "一组", "长田", "土地承包经营权", "1.25亩", "东至小路", "吴应成", "7F00A1B2")

    made = page(kind="land", title="土地权属公示", columns=LAND, lines=(line,), working_days=False)

    assert "大坪村村民委员会" in text_of(made)
    assert "共7天" in text_of(made)
    box = PdfReader(BytesIO(made.pdf)).pages[0].mediabox
    assert box.width > box.height


def test_columns_fill_the_sheet_and_the_head_stands_on_every_page():
    line = ("0012", "一组", "吴应成", "户主", "拟确认", "7F00A1B2")
    long = page(lines=(line,) * 120)

    assert long.pages > 3
    # The last page may hold nothing but the places to sign.
    assert text_of(long).count("与户主关系") in {long.pages, long.pages - 1}
    assert sum(a_list().widths) == 170
    assert sum(a_list(columns=LAND).widths) == 257
