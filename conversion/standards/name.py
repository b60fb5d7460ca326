"""Personal names as public registers write them.

民委发〔2016〕33号: a name field holds at least 25 Chinese characters and the only separator is the
middle dot U+00B7. GB 18030-2022: every Chinese character has a standard code point, so one in a
private-use area means something else on each machine and can't be kept. What can be put right
without doubt (look-alike dots, spaces, invisible marks, compatibility forms) is, and is reported;
the rest is a fault for a person to settle.

>>> normalise("欧阳娜娜")
('欧阳娜娜', ())
>>> name, faults = normalise("阿卜杜拉•买买提 ")
>>> name, [fault.code for fault in faults]
('阿卜杜拉·买买提', ['name.invisible', 'name.separator'])
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from conversion.standards.fault import Fault, error, warning

SEPARATOR: Final = "·"
LONGEST: Final = 100
"""Code points; four times what the notice asks for."""

# Unified ideographs, 〇, and the twelve of the compatibility block that are no duplicates.
_HAN = (
    "〇\u3400-\u4dbf\u4e00-\u9fff\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29"
    "\U00020000-\U0002f7ff\U0002fa20-\U0003fffd"
)
_PLAIN = re.compile(f"[{_HAN}]{{1,{LONGEST}}}")
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_DOTS = "·•‧・･．.∙⋅●∘◦⸱ㆍ᛫﹒˙ᐧ"
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])[{re.escape(_DOTS)}]+(?=[{_HAN}])")
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_VARIATION_SELECTORS = re.compile("[\u115f\u1160\u3164\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_DUPLICATE_FORM = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_REMARKS: Final = (
    (
        re.compile(f"[{re.escape(_DOTS)}]"),
        "name.separator_place",
        "不在两个汉字之间，请核对姓名是否完整。",
    ),
    (
        re.compile("[?？□■〓*＊#＃_＿\ufffd]"),
        "name.unreadable",
        "是占位符，应补录户口簿上的原字。",
    ),
    (_DUPLICATE_FORM, "name.radical", "是部首字形，应改用字形相同的正式汉字。"),
)

# Code points that GB 18030-2000 lent from the private use area and their places since.
_PRIVATE_USE_SINCE = dict(
    zip(
        "\ue816\ue817\ue818\ue81e\ue826\ue82b\ue82c\ue831\ue832\ue83b\ue843\ue854\ue855\ue864",
        "\U00020087\U00020089\U000200cc\u9fb4\u9fb5\u9fb6\u9fb7"
        "\U000215d7\u9fb8\U0002298f\u9fb9\u9fba\U000241fe\u9fbb",
        strict=True,
    )
)


def normalise(text: str) -> tuple[str, tuple[Fault, ...]]:
    """The name to record, and everything that was corrected (warnings) or is wrong (errors)."""
    if _PLAIN.fullmatch(text):
        return text, ()
    faults: list[Fault] = []
    name = "".join(_unified(character, faults) for character in text)
    name = _composed(_visible(name, faults), faults)
    name = _separated(name, faults)
    faults.extend(_size_faults(name))
    faults.extend(_character_faults(name))
    return name, tuple(faults)


def _unified(character: str, faults: list[Fault]) -> str:
    """The character that a radical or a compatibility ideograph repeats."""
    if not _DUPLICATE_FORM.fullmatch(character) or _HAN_CHARACTER.fullmatch(character):
        return character
    unified = unicodedata.normalize("NFKC", character)
    if unified == character:
        return character
    faults.append(
        warning(
            "name.compatibility",
            f"姓名中的“{character}”（{_code_point(character)}）是兼容字或部首字形，"
            f"已改为“{unified}”（{_code_point(unified)}）。",
        )
    )
    return unified


def _visible(text: str, faults: list[Fault]) -> str:
    """Without spaces, controls, zero-width, direction and variation marks."""
    hidden = [character for character in text if _is_invisible(character)]
    if not hidden:
        return text
    shown = "、".join(dict.fromkeys(map(_code_point, hidden)))
    faults.append(warning("name.invisible", f"姓名中的空格或不可见字符（{shown}）已删除。"))
    return "".join(character for character in text if not _is_invisible(character))


def _composed(text: str, faults: list[Fault]) -> str:
    """In NFC, so that one name is one sequence of code points."""
    name = unicodedata.normalize("NFC", text)
    if name != text:
        faults.append(warning("name.composition", f"姓名中的组合字符已合并为“{name}”。"))
    return name


def _is_invisible(character: str) -> bool:
    return (
        unicodedata.category(character) in _INVISIBLE_CATEGORIES
        or _VARIATION_SELECTORS.fullmatch(character) is not None
    )


def _separated(text: str, faults: list[Fault]) -> str:
    """With U+00B7 wherever a look-alike, or several, stand between two Chinese characters."""
    name = _BETWEEN_HAN.sub(SEPARATOR, text)
    if name != text:
        wrong = "、".join(dict.fromkeys(run[0] for run in _wrong_separators(text)))
        faults.append(warning("name.separator", f"姓名中的间隔符“{wrong}”已改为“·”（U+00B7）。"))
    return name


def _wrong_separators(text: str) -> Iterator[re.Match[str]]:
    return (run for run in _BETWEEN_HAN.finditer(text) if run[0] != SEPARATOR)


def _size_faults(name: str) -> Iterator[Fault]:
    if not name:
        yield error("name.empty", "没有填写姓名，应与户口簿一致。")
    elif len(name) > LONGEST:
        yield error("name.length", f"姓名有{len(name)}个字符，最多{LONGEST}个，请核对户口簿。")


def _character_faults(name: str) -> Iterator[Fault]:
    inner = {place for place in range(1, len(name) - 1) if name[place] == SEPARATOR}
    rest = "".join(character for place, character in enumerate(name) if place not in inner)
    strange = dict.fromkeys(_HAN_CHARACTER.sub("", rest))
    foreign = "".join(character for character in strange if _is_letter(character))
    if foreign:
        yield warning("name.foreign", f"姓名中的“{foreign}”不是汉字，请核对是否与户口簿一致。")
    yield from (_character_fault(each) for each in strange if not _is_letter(each))


def _is_letter(character: str) -> bool:
    """A letter or digit of any script; radicals count as symbols."""
    return unicodedata.category(character)[0] in "LN"


def _character_fault(character: str) -> Fault:
    if unicodedata.category(character) == "Co":
        return _private_use_fault(character)
    shown = f"姓名中的“{character}”（{_code_point(character)}）"
    for characters, code, remark in _REMARKS:
        if characters.fullmatch(character):
            return error(code, shown + remark)
    return error("name.character", f"{shown}不能用于姓名，请只填写户口簿上的姓名。")


def _private_use_fault(character: str) -> Fault:
    """A character from a private font: named by its code point, with its standard one if known."""
    standard = _PRIVATE_USE_SINCE.get(character)
    remedy = (
        f"应改为“{standard}”（{_code_point(standard)}）"
        if standard
        else "应按户口簿选用GB 18030中的标准字"
    )
    return error(
        "name.private_use",
        f"姓名中有自造字{_code_point(character)}，换一台电脑就无法显示，{remedy}。",
    )


def _code_point(text: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in text)
