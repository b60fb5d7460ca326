"""A file is read as plain data with its lines; whatever is more than data is told and refused."""

import pytest

from conversion.policy.marked_yaml import read_marked
from conversion.policy.slip import slip_at


def read(text: str, *, foreign: bool = False):
    data, faults = read_marked(text.encode(), "a.yaml", foreign=foreign)
    assert data is not None, [str(fault) for fault in faults]
    assert faults == ()
    return data


def refused(content: str | bytes) -> list[str]:
    data, faults = read_marked(
        content if isinstance(content, bytes) else content.encode(), "a.yaml"
    )
    assert data is None
    return [str(fault) for fault in faults]


def test_scalars_are_text_whole_numbers_yes_or_no_nothing_and_days():
    text = (
        "text: 甲 \nquoted: ' 乙 '\nzero: 0\nnumber: -12\nyes: true\nno: False\nnothing:\n"
        "tilde: ~\nday: 2009-10-01\nlist: [1, 甲]\n2009-10-01: 丙\n"
    )

    assert read(text).value == {
        "text": "甲",
        "quoted": "乙",
        "zero": 0,
        "number": -12,
        "yes": True,
        "no": False,
        "nothing": None,
        "tilde": None,
        "day": "2009-10-01",
        "list": [1, "甲"],
        "2009-10-01": "丙",
    }
    assert read(text).decimals == frozenset()
    assert read(text).file == "a.yaml"


def test_keys_and_texts_are_in_one_form_of_unicode():
    assert read("cafe\u0301: e\u0301\n").value == {"café": "é"}


def test_a_byte_order_mark_is_no_part_of_the_text():
    data, _ = read_marked("a: 甲\n".encode("utf-8-sig"), "a.yaml")

    assert data == read("a: 甲\n")


def test_every_key_and_entry_knows_its_line():
    data = read("# 说明\na:\n  - b: 1\n    c:\n      2\n  - d\n")

    assert data.lines == {
        (): 2,
        ("a",): 2,
        ("a", 0): 3,
        ("a", 0, "b"): 3,
        ("a", 0, "c"): 4,
        ("a", 1): 6,
    }


def test_what_is_missing_is_told_at_the_nearest_place_above():
    data = read("a:\n  b:\n    c: 1\n")

    assert [data.line(path) for path in (("a", "b", "c"), ("a", "b", "x", "y"), ("x",))] == [
        3,
        2,
        1,
    ]
    assert str(data.fault(("a", "b", "x"), "缺少")) == "a.yaml:2 a.b.x：缺少"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- 1\n", "a.yaml:1 文件的最外层应当是“键: 值”，例如 benefits:"),
        ("", "a.yaml:1 文件的最外层应当是“键: 值”，例如 benefits:"),
        ("甲\n", "a.yaml:1 文件的最外层应当是“键: 值”，例如 benefits:"),
        ("b: 1\na: !x 1\n", "a.yaml:2 不接受 YAML 标签（!…），直接写值，例如 days: 7"),
        ("a: &x 1\n", "a.yaml:1 不接受锚点（&…），把值再写一遍"),
        ("a: *x\n", "a.yaml:1 不接受别名（*…），把值再写一遍"),
        ("%YAML 1.2\n---\na: 1\n", "a.yaml:1 不接受 % 开头的指令，删除这一行"),
        (
            "a: 1\nb:\n  - c: 1\n   d: 2\n",
            "a.yaml:4 YAML 写法有误，核对缩进、冒号后的空格和引号，例如 title: 方案公示",
        ),
        (
            "p:\n    title：方案公示期\n    unit: 天\n",
            "a.yaml:2 YAML 写法有误，冒号是全角的“：”，改成英文冒号加空格，例如 title: 方案公示",
        ),
        (
            "p:\n    title:方案公示期\n    unit: 天\n",
            "a.yaml:2 YAML 写法有误，冒号后面少一个空格，例如 title: 方案公示",
        ),
        (
            "p:\n\ttitle: 方案公示期\n",
            "a.yaml:2 YAML 写法有误，缩进用了制表符（Tab），改成空格，例如 title: 方案公示",
        ),
        (
            "v: {days: 7，rounds: 3}\n",
            "a.yaml:1 YAML 写法有误，逗号是全角的“，”，改成英文逗号加空格，例如 title: 方案公示",
        ),
        (
            "v: ｛days: 7｝\n",
            "a.yaml:1 YAML 写法有误，括号是全角的，改成英文括号，例如 title: 方案公示",
        ),
        (
            "v: {days：7, rounds: 3\n",
            "a.yaml:1 YAML 写法有误，冒号是全角的“：”，改成英文冒号加空格，例如 title: 方案公示",
        ),
        (
            "office: 机关: 遵义\n",
            "a.yaml:1 YAML 写法有误，文字里有“: ”，整段加引号，例如 title: 方案公示",
        ),
        (
            'p:\n  title: "方案公示期\n  unit: 天\n  note: 甲\n',
            "a.yaml:2 YAML 写法有误，引号只有一半，在这一行补上另一半，例如 title: 方案公示",
        ),
        (
            'p:\n  title: "方案公示期\n  unit: 天\n  note: "甲"\n',
            "a.yaml:2 YAML 写法有误，引号只有一半，在这一行补上另一半，例如 title: 方案公示",
        ),
        (
            'm:\n  - {serial: "01, sex: \'1\'}\n  - {serial: "02"}\n',
            "a.yaml:2 YAML 写法有误，引号只有一半，在这一行补上另一半，例如 title: 方案公示",
        ),
        (
            "# 注：\"甲\nq: '它''s' # \"乙\nb: \"\\\"丙\"\nc: it's\nd: [1\n",
            "a.yaml:6 YAML 写法有误，核对缩进、冒号后的空格和引号，例如 title: 方案公示",
        ),
        (
            'a: 1\ntitle: "方案"公示期\nunit: 天\n',
            "a.yaml:2 YAML 写法有误，引号外面还有文字，整段放进同一对引号，例如 title: 方案公示",
        ),
        (
            'title: "方案公示期\nunit: 天"\nnote: 甲\n',
            "a.yaml:1 title：引号里的文字换了行，多半是引号只有一半，写在一行里",
        ),
        (
            "office: @遵义\n",
            "a.yaml:1 YAML 写法有误，以 @ 或 ` 开头的文字要加引号，例如 title: 方案公示",
        ),
        (
            "a: 1\nb: [1,\n",
            "a.yaml:3 YAML 写法有误，核对缩进、冒号后的空格和引号，例如 title: 方案公示",
        ),
        (
            "a: \x00\n",
            "a.yaml:1 YAML 写法有误，核对缩进、冒号后的空格和引号，例如 title: 方案公示",
        ),
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3 a：键“a”在第 1 行已经写过，删除其中一个"),
        ("a:\n  1: x\n", 'a.yaml:2 a：键应当是文字或日期，数字加引号，例如 "01": 或 2009-10-01:'),
        ("? [a]\n: 1\n", 'a.yaml:1 键应当是文字或日期，数字加引号，例如 "01": 或 2009-10-01:'),
        ('a:\n  - "甲\\e乙"\n', "a.yaml:2 a[0]：文字里有看不见的控制字符，删除后重写"),
        ('a: "甲\\u200b乙"\n', "a.yaml:1 a：文字里有看不见的控制字符，删除后重写"),
        ('a: "甲\\ue000"\n', "a.yaml:1 a：文字里有看不见的控制字符，删除后重写"),
    ],
)
def test_whatever_is_more_than_data_is_told_with_its_line(text, found):
    assert refused(text) == [found]


def test_lines_within_a_text_are_no_control_characters():
    assert read("a: |\n  甲\n  乙\n").value == {"a": "甲\n乙"}


@pytest.mark.parametrize(
    "scalar", ["1.5", ".5", "1e3", "012", "0x1F", "0o7", ".inf", ".nan", "2009-02-30",
               "2009-10-01T00:00:00Z", "1000000000000000", "+5"],
)  # fmt: skip
def test_other_scalars_are_told_with_what_to_write(scalar):
    (told,) = refused(f"a: 1\nb: {scalar}\n")
    assert told == (
        f"a.yaml:2 b：“{scalar}”不是可以接受的值：小数不用（金额写成分的整数，比例写成 [2, 3]），"
        '日期写成 2009-10-01，编号加引号，例如 "01"'
    )


def test_the_largest_whole_number_has_fifteen_digits():
    assert read(f"a: {'9' * 15}\nb: -{'9' * 15}\n").value == {"a": 10**15 - 1, "b": 1 - 10**15}


def test_other_systems_write_decimals_and_numbers_as_keys():
    data = read("a: 0.15\nb: [1, 600.0]\n1: +5\nc: 12_400\n", foreign=True)

    assert data.value == {"a": "0.15", "b": [1, "600.0"], "1": "+5", "c": "12_400"}
    assert data.decimals == {("a",), ("b", 1), ("1",), ("c",)}


def test_of_other_systems_too_no_number_is_endless():
    for scalar in ("1e3", ".inf", "1" * 16):
        _, faults = read_marked(f"a: {scalar}\n".encode(), "a.yaml", foreign=True)
        sentence = "数写成 600 或 0.15，不用指数；日期写成 2015-12-01"
        assert [str(fault) for fault in faults] == [
            f"a.yaml:1 a：“{scalar}”不是可以接受的值：{sentence}"
        ]


def test_a_file_may_have_512_kilobytes_and_no_more():
    whole = b"a: 1\n#" + b"x" * (512 * 1024 - 6)

    assert read_marked(whole, "a.yaml")[1] == ()
    assert refused(whole + b"x") == ["a.yaml:1 文件超过 512 KB，拆成更小的文件"]


def test_values_may_be_nested_sixteen_deep_and_no_deeper():
    deepest = "a: " + "[" * 15 + "]" * 15

    assert read(deepest).value
    assert refused("b: 1\n" + "a: " + "[" * 16 + "]" * 16) == ["a.yaml:2 嵌套超过 16 层，减少层次"]
    assert refused("a: " + "[" * 5000) == ["a.yaml:1 嵌套超过 16 层，减少层次"]
    shallow = "".join(f"k{n}: [[1], {{a: 1}}]\n" for n in range(40))
    assert len(read(shallow).value) == 40, "what is closed again doesn't count"


def test_another_encoding_is_told_with_the_line_where_it_shows():
    assert refused("# 第一行\n# ".encode() + "参数".encode("gb18030")) == [
        "a.yaml:2 不是 UTF-8 文本，用 UTF-8 编码另存"
    ]


def test_all_refusals_of_a_file_are_told_at_once():
    assert refused("a: !x 1\nb: &y 2\n") == [
        "a.yaml:1 不接受 YAML 标签（!…），直接写值，例如 days: 7",
        "a.yaml:2 不接受锚点（&…），把值再写一遍",
    ]
    assert len(refused("a: 1.5\nb: 012\na: 3\n")) == 3


def test_a_slip_is_looked_for_in_no_more_of_a_line_than_people_write():
    assert slip_at("x" * 500 + "：", 1) is None
    assert slip_at("x" * 499 + "：", 1) == (1, "冒号是全角的“：”，改成英文冒号加空格")
