"""What doesn't fit a shape is said in Chinese, with an example of what does."""

from datetime import date
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, TypeAdapter, create_model, model_validator

from conversion.domain.right import Side
from conversion.policy.marked_yaml import read_marked
from conversion.policy.model_fault import validated
from conversion.policy.pack_part import Id, PackPart, Sourced
from conversion.policy.parameter_shape import Portion


class Inner(PackPart):
    days: Annotated[int, Field(ge=1, le=10)] = 1


class Shape(PackPart):
    count: int = 1
    text: Annotated[str, Field(min_length=1, max_length=3)] = "甲"
    flag: bool = True
    day: date = date(2009, 1, 1)
    pair: tuple[int, int] = (1, 2)
    many: list[int] = Field(default_factory=list)
    named: dict[Id, int] = Field(default_factory=dict)
    inner: Inner = Inner()
    side: Side = Side.KEPT
    word: Literal["a", "b"] = "a"
    only: Literal[True] | None = None
    code: Id = "x"
    portion: Portion = (1, 2)
    above: Annotated[int, Field(gt=5)] = 6
    below: Annotated[int, Field(lt=5)] = 4
    sex: Literal["1", "2"] = "1"
    value: Inner = Inner()
    until: Inner = Inner()
    amount: Inner = Inner()
    when: tuple[int, ...] = ()
    phone: str = ""
    number: str = ""
    article: str = ""
    document: Id = "x"
    window: Id = "x"
    odd: Annotated[str, Field(pattern="^x$")] | None = None
    every: set[int] = Field(default_factory=set)

    @model_validator(mode="after")
    def _agrees(self):
        if self.count == 13:
            message = "count 不写 13，例如 count: 12"
            raise ValueError(message)
        return self


def faults(text: str, shape: type[PackPart] = Shape) -> list[tuple[int, str, str]]:
    data, unreadable = read_marked(text.encode(), "a.yaml")
    assert data, unreadable
    part, found = validated(shape, data)
    assert (part is None) == bool(found)
    return [(fault.line, fault.key, fault.sentence) for fault in found]


@pytest.mark.parametrize(
    ("text", "key", "sentence"),
    [
        ("count: x", "count", "应当是整数，例如 7（金额以分为单位）"),
        ("count: true", "count", "应当是整数，例如 7（金额以分为单位）"),
        ("text: 3", "text", "应当是文字，例如 民政局"),
        ("text: ''", "text", "不能为空，例如 民政局"),
        ("text: 甲乙丙丁", "text", "文字过长，不超过 3 个字，例如 民政局"),
        ("flag: 1", "flag", "应当是 true 或 false，例如 illustrative: true"),
        ("day: x", "day", "应当是日期，例如 2009-10-01"),
        ("day: 3", "day", "应当是日期，例如 2009-10-01"),
        ("pair: 1", "pair", "应当是列表，例如 [2, 3]"),
        ("pair: [1, 2, 3]", "pair", "个数或长度不符合要求，例如 [2, 3] 是两个数"),
        ("many: 1", "many", "应当是列表，例如 [2, 3]"),
        ("named: 1", "named", "应当是“键: 值”，例如 title: 方案公示"),
        ("inner: 1", "inner", "应当是“键: 值”，例如 title: 方案公示"),
        ("inner: {days: 0}", "inner.days", "应当不小于 1，例如 1"),
        ("inner: {days: 11}", "inner.days", "应当不大于 10，例如 10"),
        ("above: 5", "above", "应当大于 5，例如 6"),
        ("below: 5", "below", "应当小于 5，例如 4"),
        ("side: lost", "side", "“lost”不是可以写的值，写 kept（原有的）、gained（新增的） 之一"),
        ("word: c", "word", "“c”不是可以写的值，写 a、b 之一"),
        ("code: 甲", "code", "“甲”写法不对，编号例如 land_subsidy，月日例如 01-01"),
        ("named: {甲: 1}", "named.甲", "“甲”写法不对，编号例如 land_subsidy，月日例如 01-01"),
        ("sex: 2", "sex", '“2”要加引号，写 "1"（男）、"2"（女） 之一'),
        ("sex: 3", "sex", '“3”不是可以写的值，写 "1"（男）、"2"（女） 之一'),
        ("only: false", "only", "“false”不是可以写的值，写 true（是）"),
        ("value: 7", "value", "应当是“键: 值”，例如 value: {days: 7}"),
        ("until: 5", "until", "应当是“键: 值”，例如 until: {years: 5}"),
        ("amount: 5", "amount", "应当是“键: 值”，例如 amount: {fixed: 5000, per: month}"),
        ("when: {}", "when", "应当是列表，例如 when: [{age_at_least: 60}]"),
        ("phone: 28880002", "phone", '应当是文字，例如 phone: "28880002"'),
        ("number: 108", "number", "应当是文字，例如 number: 汇办发〔2009〕108号"),
        ("article: 8", "article", "应当是文字，例如 article: 第八条"),
        (
            "document: 方案",
            "document",
            "“方案”写法不对，写 pack.yaml 里的编号，例如 document: tudi-chengbao-fa",
        ),
        (
            "window: 窗口",
            "window",
            "“窗口”写法不对，写 pack.yaml 里的编号，例如 window: one_stop",
        ),
        ("portion: [3, 2]", "portion", "比例写成 [分子, 分母]，在 0 和 1 之间，例如 [2, 3]"),
        ("count: 13", "", "count 不写 13，例如 count: 12"),
        ("every: 1", "every", "写法不对，对照其他政策包的同名项改写"),
        ("coutn: 1", "coutn", "不认识的键“coutn”，是否应为 count: …"),
        ("zzzzzzzz: 1", "zzzzzzzz", "不认识的键“zzzzzzzz”，删除这一项"),
        ("days: 1", "days", "这里没有“days”这一项，删除这一项"),
        ("from: 1", "from", "这里没有“from”这一项，删除这一项"),
    ],
)
def test_each_misfit_is_told_with_its_key_and_what_would_fit(text, key, sentence):
    assert faults(text) == [(1, key, sentence)]


@pytest.mark.parametrize(
    "key", ["lacks_land", "without_land", "gives_up", "surrenders", "returns_land", "no_land"]
)
def test_no_key_asks_for_giving_up_land(key):
    sentence = (
        "不得以交回承包地、退出宅基地作为条件（农村土地承包法），删除这一条件，"
        "例如写成 has_land: [contracted]"
    )
    assert faults(f"count: 1\n{key}: 1") == [(2, key, sentence)]


@pytest.mark.parametrize(
    ("key", "subject", "law"),
    [
        ("marital_status", "婚姻", "妇女权益保障法"),
        ("is_married", "婚姻", "妇女权益保障法"),
        ("without_sons", "有无儿子", "妇女权益保障法"),
        ("religion", "宗教、民族", "宪法第三十三条、第三十六条"),
    ],
)
def test_no_key_asks_for_what_no_right_may_depend_on(key, subject, law):
    assert faults(f"count: 1\n{key}: 1") == [
        (
            2,
            key,
            (
                f"不得写“{key}”：{subject}不得作为享受或者停止待遇、权益、股份的条件（{law}），删除这一项，"
                "按年龄、特征写，例如 when: [{age_at_least: 60}]"
            ),
        )
    ]


@pytest.mark.parametrize(
    ("key", "example"),
    [
        ("reference", "reference: {document: tudi-chengbao-fa, article: 第二十六条}"),
        ("document", "document: tudi-chengbao-fa"),
        ("title", "title: 方案公示天数"),
        ("values", "values: {2009-10-01: {value: 7, reference: {document: …}}}"),
        ("value", "value: 7"),
        ("id", "id: land_subsidy"),
        ("scope", "scope: person"),
        ("disposition", "disposition: kept"),
        ("department", "department: 民政局"),
        ("window", "window: one_stop"),
        ("reason", "reason: 您家的承包地还是您家的。"),
        ("since", "since: 2009-10-01"),
        ("office", "office: 区村改社区工作领导小组办公室"),
        ("expected", "expected: {granted: true}"),
        ("other", "other: …"),
    ],
)
def test_what_is_missing_is_told_with_an_example(key, example):

    fields: Any = {key: (str, ...)}
    shape = create_model("Wanting", __base__=PackPart, **fields)

    assert faults("{}\n", shape) == [(1, key, f"缺少“{key}”，例如 {example}")]


def test_a_fault_within_a_list_is_told_where_it_stands():
    data, _ = read_marked(b"a:\n  - {days: 1}\n  - {days: 99}\n", "a.yaml")
    assert data

    value: Any = data.value

    part, found = validated(TypeAdapter(tuple[Inner, ...]), data, ("a",), value["a"])

    assert part is None
    assert [str(fault) for fault in found] == ["a.yaml:3 a[1].days：应当不大于 10，例如 10"]


def test_what_fits_is_its_shape():
    data, _ = read_marked(b"days: 3\n", "a.yaml")
    assert data

    assert validated(Inner, data) == (Inner(days=3), ())
    assert validated(TypeAdapter(int), data, ("days",), 3) == (3, ())


def test_every_misfit_of_a_file_is_told():
    assert [key for _, key, _ in faults("count: x\ntext: 3\nflag: 1\n")] == [
        "count",
        "text",
        "flag",
    ]


def test_a_source_is_needed_where_something_rests_on_one():
    assert faults("illustrative: true\n", Sourced) == [
        (
            1,
            "reference",
            "缺少“reference”，例如 reference: {document: tudi-chengbao-fa, article: 第二十六条}",
        )
    ]
