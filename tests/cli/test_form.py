"""What is typed for a form, read as the form wants it."""

from datetime import date

import pytest
from pydantic import Field

from conversion.cli.form import Typed
from conversion.errors import WrongUse
from conversion.workflows.step import Form


class Everything(Form):
    """One field of each kind that forms have."""

    opinion: str = ""
    day: date | None = None
    count: int = 0
    upheld: bool = False
    signed: tuple[str, ...] = ()
    areas: dict[str, int] = Field(default_factory=dict)


def read(*form, file=None, evidence=()):
    return Typed(form, file, evidence).filing("0001", Everything)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("opinion=同意", "同意"),
        ("opinion=true", "true"),
        ("opinion=a=b", "a=b"),
        ("count=860", 860),
        ("count=八百", "八百"),
        ("count=3.5", "3.5"),
        ("upheld=true", True),
        ("day=2009-12-01", "2009-12-01"),
        ('signed=["01", "02"]', ["01", "02"]),
        ("signed=01,02，03、04", ["01", "02", "03", "04"]),
        ("signed=01", ["01"]),
        ("signed=12", ["12"]),
        ('areas={"P01": 33127}', {"P01": 33127}),
        ("stranger=1", 1),
    ],
)
def test_a_typed_value_is_read_as_its_field_is(typed, value):
    name = typed.partition("=")[0]

    assert dict(read(typed).filled) == {name: value}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("opinion",), "没有等号或项目名"),
        (("=同意",), "没有等号或项目名"),
        (("opinion=一", "opinion=二"), "写了两次"),
        (("areas=33127",), "应当是 JSON"),
        (("areas={",), "应当是 JSON"),
        (("areas=" + "[" * 100_000,), "应当是 JSON"),
        (("opinion=坏\udcff",), "不能保存的字符"),
        (('areas={"\\u0000": 1}',), "不能保存的字符"),
    ],
)
def test_a_value_that_can_not_be_read_is_wrong_use(typed, told):
    with pytest.raises(WrongUse, match=told):
        read(*typed)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[1]", "最外层不是 JSON 对象"),
        (b"{", "不是 UTF-8 编码的 JSON"),
        (b"\xff\xfe{}", "不是 UTF-8 编码的 JSON"),
        (b"[" * 100_000, "不是 UTF-8 编码的 JSON"),
        (b'{"opinion": "\\ud800"}', "不能保存的字符"),
    ],
)
def test_a_form_file_that_can_not_be_read_is_wrong_use(tmp_path, content, told):
    file = tmp_path / "表单.json"
    file.write_bytes(content)

    with pytest.raises(WrongUse, match=told):
        read(file=file)


def test_a_missing_form_file_is_wrong_use(tmp_path):
    with pytest.raises(WrongUse, match="文件不存在"):
        read(file=tmp_path / "没有.json")


def test_a_proof_told_as_a_file_is_kept_by_name_and_digest(tmp_path):
    photo = tmp_path / "张贴.jpg"
    photo.write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    told = read(evidence=[f"posting_photo=@{photo}"]).evidence
    assert told == {"posting_photo": f"张贴.jpg（SHA-256 {digest}）"}


def test_a_proof_whose_file_is_missing_is_wrong_use(tmp_path):
    with pytest.raises(WrongUse, match="文件不存在"):
        read(evidence=[f"posting_photo=@{tmp_path / '没有.jpg'}"])


def test_evidence_says_where_each_paper_lies():
    assert read(evidence=["photo=卷1", "minutes=卷2第3页"]).evidence == {
        "photo": "卷1",
        "minutes": "卷2第3页",
    }
