"""Ethnic groups, GB/T 3304-1991 中国各民族名称的罗马字母拼写法和代码.

Codes 97 and 98 are those of the household register for what the standard doesn't list; the words
the person uses (in Guizhou 穿青人, for one) are kept beside the code as free text. A spreadsheet
that took 01 for a number leaves 1; one digit can mean nothing else here.

>>> code_of("汉"), code_of("汉族"), code_of("1"), title_of("37"), code_of("穿青人")
('01', '01', '01', '仡佬族', '97')
"""

from collections.abc import Iterator
from typing import Final

from conversion.standards.code_table import CodeTable

# fmt: off
_GROUPS = (
    "汉族", "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族",
    "满族", "侗族", "瑶族", "白族", "土家族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族",
    "佤族", "畲族", "高山族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族",
    "土族", "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族",
    "阿昌族", "普米族", "塔吉克族", "怒族", "乌孜别克族", "俄罗斯族", "鄂温克族", "德昂族",
    "保安族", "裕固族", "京族", "塔塔尔族", "独龙族", "鄂伦春族", "赫哲族", "门巴族", "珞巴族",
    "基诺族",
)
# fmt: on
_TITLES = {f"{place:02}": group for place, group in enumerate(_GROUPS, start=1)}


def _aliases() -> Iterator[tuple[str, str]]:
    for code, title in _TITLES.items():
        yield title.removesuffix("族"), code
        yield code.removeprefix("0"), code
    yield from (("乌兹别克族", "43"), ("毛难族", "36"), ("崩龙族", "46"), ("穿青人", "97"))
    yield from (("穿青族", "97"), ("其它", "97"), ("未识别民族", "97"), ("外国血统", "98"))


TABLE: Final = CodeTable(
    standard="GB/T 3304 民族代码",
    titles=_TITLES | {"97": "其他", "98": "外国血统中国籍人士"},
    aliases=dict(_aliases()),
)
code_of = TABLE.code_of
title_of = TABLE.title_of
