"""Relation to the head of household, GB/T 4761-2008 家庭关系代码, two-digit codes.

01 本人 is the person a questionnaire is about, 02 户主 the head of the household; `is_head` is the
only place that says so. The standard also has one-digit codes, in which 2 means a son: a
single digit may be that or an 02 that a spreadsheet has cut, so none is accepted. 媳妇 is a wife
in one village and a daughter-in-law in the next, so it isn't guessed either.

>>> code_of("户主"), code_of("长子"), code_of("妻子"), code_of("2"), code_of("媳妇")
('02', '22', '12', None, None)
>>> title_of("38"), implied_sex("38"), generation("38")
('儿媳', '2', -1)
"""

from dataclasses import dataclass
from typing import Final

from conversion.standards.code_table import CodeTable
from conversion.standards.sex import FEMALE, MALE

HEAD: Final = "02"


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of the standard.

    Attributes:
        code: Two digits.
        title: The standard's wording.
        sex: The sex (GB/T 2261.1) that the words imply, or None.
        generation: How many generations above the head (−1 is a child), or None when unsaid.
    """

    code: str
    title: str
    sex: str | None
    generation: int | None


RELATIONS: Final = (
    Relation("01", "本人", None, 0),
    Relation(HEAD, "户主", None, 0),
    Relation("10", "配偶", None, 0),
    Relation("11", "夫", MALE, 0),
    Relation("12", "妻", FEMALE, 0),
    Relation("20", "子", MALE, -1),
    Relation("21", "独生子", MALE, -1),
    Relation("22", "长子", MALE, -1),
    Relation("23", "次子", MALE, -1),
    Relation("24", "三子", MALE, -1),
    Relation("25", "四子", MALE, -1),
    Relation("26", "五子", MALE, -1),
    Relation("27", "养子或继子", MALE, -1),
    Relation("28", "女婿", MALE, -1),
    Relation("29", "其他儿子", MALE, -1),
    Relation("30", "女", FEMALE, -1),
    Relation("31", "独生女", FEMALE, -1),
    Relation("32", "长女", FEMALE, -1),
    Relation("33", "次女", FEMALE, -1),
    Relation("34", "三女", FEMALE, -1),
    Relation("35", "四女", FEMALE, -1),
    Relation("36", "五女", FEMALE, -1),
    Relation("37", "养女或继女", FEMALE, -1),
    Relation("38", "儿媳", FEMALE, -1),
    Relation("39", "其他女儿", FEMALE, -1),
    Relation("40", "孙子、孙女或外孙子、外孙女", None, -2),
    Relation("41", "孙子", MALE, -2),
    Relation("42", "孙女", FEMALE, -2),
    Relation("43", "外孙子", MALE, -2),
    Relation("44", "外孙女", FEMALE, -2),
    Relation("45", "孙媳妇或外孙媳妇", FEMALE, -2),
    Relation("46", "孙女婿或外孙女婿", MALE, -2),
    Relation("47", "曾孙子或外曾孙子", MALE, -3),
    Relation("48", "曾孙女或外曾孙女", FEMALE, -3),
    Relation("49", "其他孙子、孙女或外孙子、外孙女", None, -2),
    Relation("50", "父母", None, 1),
    Relation("51", "父亲", MALE, 1),
    Relation("52", "母亲", FEMALE, 1),
    Relation("53", "公公", MALE, 1),
    Relation("54", "婆婆", FEMALE, 1),
    Relation("55", "岳父", MALE, 1),
    Relation("56", "岳母", FEMALE, 1),
    Relation("57", "继父或养父", MALE, 1),
    Relation("58", "继母或养母", FEMALE, 1),
    Relation("59", "其他父母关系", None, 1),
    Relation("60", "祖父母或外祖父母", None, 2),
    Relation("61", "祖父", MALE, 2),
    Relation("62", "祖母", FEMALE, 2),
    Relation("63", "外祖父", MALE, 2),
    Relation("64", "外祖母", FEMALE, 2),
    Relation("65", "配偶的祖父母或外祖父母", None, 2),
    Relation("66", "曾祖父", MALE, 3),
    Relation("67", "曾祖母", FEMALE, 3),
    Relation("68", "配偶的曾祖父母或外曾祖父母", None, 3),
    Relation("69", "其他祖父母或外祖父母关系", None, 2),
    Relation("70", "兄弟姐妹", None, 0),
    Relation("71", "兄", MALE, 0),
    Relation("72", "嫂", FEMALE, 0),
    Relation("73", "弟", MALE, 0),
    Relation("74", "弟媳", FEMALE, 0),
    Relation("75", "姐姐", FEMALE, 0),
    Relation("76", "姐夫", MALE, 0),
    Relation("77", "妹妹", FEMALE, 0),
    Relation("78", "妹夫", MALE, 0),
    Relation("79", "其他兄弟姐妹", None, 0),
    Relation("80", "其他", None, None),
    Relation("81", "伯父", MALE, 1),
    Relation("82", "伯母", FEMALE, 1),
    Relation("83", "叔父", MALE, 1),
    Relation("84", "婶母", FEMALE, 1),
    Relation("85", "舅父", MALE, 1),
    Relation("86", "舅母", FEMALE, 1),
    Relation("87", "姨父", MALE, 1),
    Relation("88", "姨母", FEMALE, 1),
    Relation("89", "姑父", MALE, 1),
    Relation("90", "姑母", FEMALE, 1),
    Relation("91", "堂兄弟、堂姐妹", None, 0),
    Relation("92", "表兄弟、表姐妹", None, 0),
    Relation("93", "侄子", MALE, -1),
    Relation("94", "侄女", FEMALE, -1),
    Relation("95", "外甥", MALE, -1),
    Relation("96", "外甥女", FEMALE, -1),
    Relation("97", "其他亲属", None, None),
    Relation("99", "非亲属", None, None),
)

_SYNONYMS = {
    HEAD: "户主本人 家长",
    "10": "爱人 夫妻",
    "11": "丈夫 老公 夫君",
    "12": "妻子 老婆",
    "20": "儿子 儿 男孩",
    "21": "独子 独生儿子",
    "22": "大儿子 长儿",
    "23": "二子 二儿子",
    "24": "三儿子",
    "25": "四儿子",
    "26": "五儿子",
    "27": "养子 继子",
    "28": "婿",
    "29": "六子",
    "30": "女儿 闺女",
    "31": "独女 独生女儿",
    "32": "大女儿 大女",
    "33": "二女 二女儿",
    "34": "三女儿",
    "35": "四女儿",
    "36": "五女儿",
    "37": "养女 继女",
    "38": "儿媳妇 儿媳 媳 子媳",
    "39": "六女",
    "40": "孙辈 孙子、孙女、外孙子、外孙女",
    "41": "孙 孙儿 长孙 次孙",
    "42": "孙女儿 长孙女 次孙女",
    "43": "外孙",
    "44": "外孙女儿",
    "45": "孙媳 孙媳妇 外孙媳 外孙媳妇",
    "46": "孙女婿 孙婿 外孙女婿 外孙婿",
    "47": "曾孙 曾孙子 重孙 重孙子 外曾孙 外曾孙子 曾外孙 曾外孙子",
    "48": "曾孙女 重孙女 外曾孙女 曾外孙女",
    "49": "其他孙子、孙女、外孙子、外孙女",
    "51": "父 爸爸 爹",
    "52": "母 妈妈 娘",
    "53": "公爹",
    "54": "婆母",
    "55": "丈人",
    "56": "丈母娘",
    "57": "继父 养父",
    "58": "继母 养母",
    "60": "祖父母 外祖父母 祖父母、外祖父母",
    "61": "爷爷",
    "62": "奶奶",
    "63": "外公 姥爷",
    "64": "外婆 姥姥",
    "66": "太爷爷",
    "67": "太奶奶",
    "70": "兄、弟、姐、妹 兄弟 姐妹",
    "71": "哥 哥哥 兄长",
    "72": "嫂子 嫂嫂",
    "73": "弟弟",
    "74": "弟妹 弟媳妇 弟妇",
    "75": "姐",
    "77": "妹",
    "80": "其它 其他关系",
    "81": "伯伯 大伯",
    "82": "大妈 伯娘",
    "83": "叔叔 叔",
    "84": "婶婶 婶子 婶娘 婶",
    "85": "舅舅 舅",
    "86": "舅妈",
    "87": "姨夫 姨丈",
    "88": "姨 姨妈 阿姨",
    "89": "姑夫 姑丈",
    "90": "姑 姑姑 姑妈",
    "91": "堂兄弟姐妹 堂兄 堂弟 堂姐 堂妹 堂哥",
    "92": "表兄弟姐妹 表兄 表弟 表姐 表妹 表哥",
    "93": "侄 侄儿 侄男",
    "94": "侄女儿",
    "95": "外甥儿 外甥子",
    "96": "外甥女儿",
    "97": "其它亲属 亲属",
    "99": "非亲属关系 无亲属关系",
}

TABLE: Final = CodeTable(
    standard="GB/T 4761 家庭关系代码",
    titles={relation.code: relation.title for relation in RELATIONS},
    aliases={word: code for code, words in _SYNONYMS.items() for word in words.split()},
)
code_of = TABLE.code_of
title_of = TABLE.title_of

_BY_CODE = {relation.code: relation for relation in RELATIONS}


def is_head(code: str) -> bool:
    """Whether the code says head of household (户主), 户口登记条例 art. 5.

    >>> is_head("02"), is_head("01")
    (True, False)
    """
    return code == HEAD


def implied_sex(code: str) -> str | None:
    """The sex the relation implies, as a GB/T 2261.1 code; None when it implies none."""
    relation = _BY_CODE.get(code)
    return relation.sex if relation else None


def generation(code: str) -> int | None:
    """Generations above the head: 1 a parent, 0 the same, −1 a child; None when unsaid."""
    relation = _BY_CODE.get(code)
    return relation.generation if relation else None
