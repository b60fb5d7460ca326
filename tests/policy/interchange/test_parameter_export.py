"""A pack's parameters go out in OpenFisca's shape, and come back as they were."""

import shutil
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversion.errors import WrongUse
from conversion.policy.interchange.parameter_export import export_parameters
from conversion.policy.interchange.parameter_folder import load_parameters
from conversion.policy.interchange.parameter_translation import translated
from conversion.policy.loading import check_pack, load_pack, pack_of
from conversion.policy.location import packs_folder
from conversion.policy.marked_yaml import read_marked
from tests.policy.drafting import with_value

PACKS = sorted(file.parent.name for file in packs_folder().glob("*/pack.yaml"))


@pytest.fixture
def moved(copied, huichuan):
    """The copied pack, with a folder of parameters in place of the file."""
    export_parameters(huichuan, copied / "parameters")
    (copied / "parameters.yaml").unlink()
    return copied


@pytest.mark.whole
@pytest.mark.parametrize("name", PACKS)
def test_a_pack_that_went_out_and_came_back_decides_by_the_same_values(name, tmp_path):
    pack, folder = load_pack(packs_folder() / name), tmp_path / name
    shutil.copytree(packs_folder() / name, folder)
    files = export_parameters(pack, folder / "parameters")
    (folder / "parameters.yaml").unlink()

    back = load_pack(folder)

    assert back.parameters == pack.parameters
    assert list(files) == sorted(
        ["index.yaml", *(f"{parameter.replace('.', '/')}.yaml" for parameter in pack.parameters)]
    )


def test_a_file_says_what_a_lawyer_looks_for(huichuan, tmp_path):
    export_parameters(huichuan, tmp_path / "out")

    assert (tmp_path / "out" / "index.yaml").read_text("utf-8") == (
        "description: 遵义市汇川区村改社区政策包（2009年）\n"
        "metadata:\n  issuer: 遵义市汇川区城乡社区建设工作指导委员会办公室\n"
    )
    assert (tmp_path / "out" / "hukou" / "regime.yaml").read_text("utf-8") == (
        "description: 户籍制度\nvalues:\n  2009-01-01:\n    value: dual\n    metadata:\n"
        "      reference:\n      - title: 中华人民共和国户口登记条例\n"
        "        document: hukou-tiaoli\n"
    )
    assert (tmp_path / "out" / "notice" / "shares.yaml").read_text("utf-8") == (
        "description: 股权公示期\nmetadata:\n  unit: 天\ndays:\n  values:\n    2009-01-01:\n"
        "      value: 15\n      metadata:\n        reference:\n"
        "        - title: “村改社区”工作实施方案\n          document: shishi-fangan-2009\n"
        "        illustrative: true\n"
    )


def test_any_reader_of_such_folders_reads_it(huichuan, tmp_path):
    export_parameters(huichuan, tmp_path / "out")

    parameters = load_parameters(tmp_path / "out").parameters

    quorum = parameters["quorum.villagers_meeting.resolve.pass_min.portion"]
    assert quorum.values[date(2010, 10, 28)].value == (1, 2)
    assert (
        quorum.values[date(2010, 10, 28)].references[0].article == "第三条、第二十一条、第二十二条"
    )


@pytest.mark.parametrize(("prepare", "found"), [("mkdir", "文件夹已经存在"), ("", "不能写入")])
def test_nothing_is_written_over(huichuan, tmp_path, prepare, found):
    (tmp_path / "file").write_text("")
    folder = tmp_path / "out" if prepare else tmp_path / "file" / "out"
    if prepare:
        folder.mkdir()

    with pytest.raises(WrongUse) as refusal:
        export_parameters(huichuan, folder)

    told = (refusal.value.asked, refusal.value.found, refusal.value.remedy)
    assert told == (f"把政策包 huichuan-2009 的参数写到 {folder}", found, "换一个文件夹")


def test_a_pack_may_have_some_in_the_file_and_others_in_the_folder(copied, huichuan):
    export_parameters(huichuan, copied.parent / "out")
    (copied / "parameters").mkdir()
    text = (copied / "parameters.yaml").read_text("utf-8")
    start, end = text.index("  notice.plan:"), text.index("  notice.household:")
    (copied / "parameters.yaml").write_text(text[:start] + text[end:], "utf-8")
    (copied / "parameters" / "notice").mkdir()
    shutil.copy(copied.parent / "out" / "notice" / "plan.yaml", copied / "parameters" / "notice")

    assert load_pack(copied).parameters == huichuan.parameters


def test_a_parameter_in_the_file_and_in_the_folder_is_told(copied, huichuan):
    export_parameters(huichuan, copied.parent / "out")
    (copied / "parameters").mkdir()
    shutil.copy(copied.parent / "out" / "remedies.yaml", copied / "parameters")

    (fault,) = check_pack(copied)
    assert (fault.file, fault.line, fault.key) == (
        "parameters/remedies.yaml",
        1,
        "parameters.remedies",
    )
    assert fault.sentence == "参数“remedies”在别的文件里已经写过，删除其中一个"


def test_a_pack_without_either_lacks_the_file(copied):
    (copied / "parameters.yaml").unlink()

    assert [str(fault) for fault in check_pack(copied)] == [
        "parameters.yaml:1 缺少这个文件，照着其他政策包的同名文件写一份"
    ]


# file of the folder, what stands there, what is written instead, line, key, sentence
SLIPS = {
    "unknown name": (
        "notice/plan.yaml", "description:", "plans: {values: {2009-01-01: 1}}\ndescription:",
        1, "parameters.notice.plan.values.2009-01-01.value.plans", "“plans”",
    ),
    "no title": (
        "notice/plan.yaml", "description: 方案公示期\n", "", 1, "parameters.notice.plan.title", "缺少“title”",
    ),
    "no source": (
        "hukou/regime.yaml", "    metadata:\n      reference:\n      - title: 中华人民共和国户口登记条例\n        document: hukou-tiaoli\n", "",
        3, "parameters.hukou.regime.values.2009-01-01.reference", "缺少“reference”，例如 reference: {",
    ),
    "a law that the pack doesn't know": (
        "hukou/regime.yaml", "        document: hukou-tiaoli\n", "", 3, "", "",
    ),
    "a title of no document": (
        "hukou/regime.yaml", "      - title: 中华人民共和国户口登记条例\n        document: hukou-tiaoli\n",
        "      - title: 某某条例\n", 3, "values.2009-01-01",
        "依据不是 pack.yaml 里的文件，写它的编号、名称或网址，例如 {document: …}",
    ),
    "an unknown id": (
        "hukou/regime.yaml", "document: hukou-tiaoli", "document: hukou", 3,
        "parameters.hukou.regime.values.2009-01-01.reference.document", "没有文件“hukou”",
    ),
    "a figure on a title alone": (
        "notice/shares.yaml", "        illustrative: true\n", "", 6,
        "parameters.notice.shares.values.2009-01-01.reference.document", "illustrative: true",
    ),
    "wrong shape": (
        "notice/shares.yaml", "value: 15", "value: 十五", 6,
        "parameters.notice.shares.values.2009-01-01.value.days", "应当是整数",
    ),
    "a decimal where days are counted": (
        "notice/shares.yaml", "value: 15", "value: 15.5", 6,
        "parameters.notice.shares.values.2009-01-01.value.days", "应当是整数",
    ),
    "other sources on one day": (
        "quorum/villagers_meeting/confirm_roll.yaml",
        "          - title: “村改社区”工作实施方案\n            document: shishi-fangan-2009",
        "          - title: 中华人民共和国民法通则\n            document: minfa-tongze",
        5, "present_min.portion.values.2009-01-01",
        "同一天各部分的依据应当相同，例如各写 reference: {document: …}",
    ),
    "ended without a value": (
        "hukou/regime.yaml", "value: dual", "value: null", 3,
        "parameters.hukou.regime.values.2009-01-01.value", "",
    ),
    "unreadable": ("hukou/regime.yaml", "values:", "values: &a", 2, "", "不接受锚点"),
    "misspelt": ("hukou/regime.yaml", "values:", "valuse:", 3, "parameters.hukou.regime.values.2009-01-01.value", "之一"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=list(SLIPS))
def test_a_slip_in_a_folder_is_told_with_the_line_it_stands_in(moved, slip):
    file, old, new, line, key, words = SLIPS[slip]
    path = moved / "parameters" / file
    text = path.read_text("utf-8")
    assert old in text, text
    path.write_text(text.replace(old, new, 1), "utf-8")

    faults = check_pack(moved)

    if slip == "a law that the pack doesn't know":
        assert faults == (), "its title is enough"
        return
    told = [
        (f.line, f.key) for f in faults if f.file == f"parameters/{file}" and words in f.sentence
    ]
    assert (line, key) in told, [str(f) for f in faults]


def as_pack(text: str, name: str, documents: Any = None) -> Any:
    """What a file of the folder says of a parameter, as `parameters.yaml` would have it."""
    data, faults = read_marked(text.encode(), "parameters/a.yaml", foreign=True)
    assert data, faults
    pack, faults = translated(data, name, documents)
    assert faults == ()
    value: Any = pack.value
    return value["parameters"][name]


def document(**fields):
    return {"title": "某法"} | fields


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        ("{document: a}", {"document": "a"}),
        ("{document: a, article: 第一条}", {"document": "a", "article": "第一条"}),
        ("{title: 某法, article: 第二条}", {"document": "old", "article": "第二条"}),
        ("某法", {"document": "old"}),
        ("'https://law.example/new'", {"document": "new"}),
        ("[{title: 其他, href: 'https://law.example/new'}]", {"document": "new"}),
        ("{title: 旧规}", {"document": "gone"}),
    ],
)
def test_a_source_is_the_document_of_that_id_address_or_title_in_force_on_the_day(cited, found):
    documents = {
        "new": document(since="2010-01-01", href="https://law.example/new"),
        "old": document(since="2009-01-01", until="2009-12-31"),
        "gone": document(title="旧规", until="2000-01-01"),
    }
    text = f"description: 甲\nmetadata: {{reference: {cited}}}\nvalues: {{2009-12-31: 乙}}\n"

    assert as_pack(text, "remedies", documents)["values"]["2009-12-31"]["reference"] == found


def test_parts_that_change_on_different_days_make_one_value_for_each_of_them():
    text = (
        "description: 公示\nmetadata: {unit: 天, reference: {document: a}}\n"
        "days:\n  values: {2009-01-01: 7, 2011-01-01: 10}\n"
        "working_days:\n  values: {2010-01-01: true, 2012-01-01: null}\n"
    )

    told = as_pack(text, "notice.plan")

    assert (told["title"], told["unit"]) == ("公示", "天")
    assert {day: value["value"] for day, value in told["values"].items()} == {
        "2009-01-01": {"days": 7},
        "2010-01-01": {"days": 7, "working_days": True},
        "2011-01-01": {"days": 10, "working_days": True},
        "2012-01-01": {"days": 10},
    }
    assert {str(value["reference"]) for value in told["values"].values()} == {"{'document': 'a'}"}


def test_a_decimal_is_a_portion_and_a_list_stays_one():
    source = "reference: {document: a}"
    share = f"description: 甲\nvalues: {{2009-01-01: {{value: 0.3, {source}}}}}\n"
    days = f"description: 甲\nvalues: {{2009-01-01: {{value: [90, 30], {source}}}}}\n"

    portion = as_pack(share, "dividend.reserve_min")
    reminders = as_pack(days, "benefits.reminder_days")

    assert portion["values"]["2009-01-01"]["value"] == [3, 10]
    assert reminders["values"]["2009-01-01"]["value"] == [90, 30]


def test_what_names_nothing_comes_back_as_nothing(draft, tmp_path):
    name, first = "hukou.exceptions", date(2009, 1, 1)
    empty = with_value(draft, name, {first: {}})
    later = with_value(draft, "ledger.permitted", {first: []})

    for found, parameter in ((empty, name), (later, "ledger.permitted")):
        folder = tmp_path / parameter
        export_parameters(pack_of(found), folder)
        text = (folder / f"{parameter.replace('.', '/')}.yaml").read_text("utf-8")
        told = as_pack(text, parameter, {})
        value = pack_of(found).parameters[parameter].values[first].value
        assert told["values"]["2009-01-01"]["value"] == value


@pytest.mark.whole
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    values=st.dictionaries(
        st.dates(date(2009, 1, 2), date(2030, 1, 1)),
        st.tuples(st.integers(1, 3660), st.booleans(), st.integers(1, 9), st.booleans()),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_the_values_over_time_they_come_back(values, huichuan, tmp_path_factory):
    name = "notice.members"
    old = huichuan.parameters[name]
    first = next(iter(old.values.values()))
    dated = {
        day: first.model_copy(
            update={
                "value": {"days": days, "working_days": working, "rounds": rounds},
                "illustrative": illustrative,
            }
        )
        for day, (days, working, rounds, illustrative) in sorted(values.items())
    }
    parameter = old.model_copy(update={"values": dated})
    folder = tmp_path_factory.mktemp("out") / "parameters"
    export_parameters(replace(huichuan, parameters={name: parameter}), folder)
    text = (folder / "notice" / "members.yaml").read_text("utf-8")

    documents = {"shishi-fangan-2009": {"title": "“村改社区”工作实施方案"}}

    told = as_pack(text, name, documents)
    assert told == parameter.model_dump(mode="json", exclude_defaults=True)
