"""Parameters in OpenFisca's shape: what its country template has, written anew for a test."""

from datetime import date
from fractions import Fraction

import pytest

from conversion.errors import PackInvalid
from conversion.policy.decision import Reference
from conversion.policy.interchange.parameter_folder import load_parameters
from conversion.policy.interchange.parameter_tree import read_tree
from conversion.policy.marked_yaml import read_marked

COUNTRY = {
    "index.yaml": "description: 某地\n",
    "benefits/index.yaml": "# 只说明这一级\ndescription: 待遇\nmetadata: {order: [a, b]}\n",
    "benefits/basic_income.yaml": (
        "description: 基本收入\nreference: https://law.example/income\nunit: currency:EUR\n"
        "values:\n  2015-12-01:\n    value: 600.0\n    reference: https://law.example/2015-12\n"
    ),
    "benefits/parenting.yaml": (
        "description: 育儿津贴\nmetadata:\n  unit: currency-EUR\n  label: 津贴\n"
        "  reference: 育儿办法\nvalues:\n  2015-12-01:\n    value: 600.5\n    metadata:\n"
        "      reference:\n        - {title: 育儿办法, href: 'https://law.example/p'}\n"
        "        - 实施细则\n"
    ),
    "benefits/housing.yaml": (
        "description: 住房补贴\nunit: /1\nvalues:\n  2010-01-01: {value: 0.25}\n"
        "  2016-12-01: {value: null}\n"
    ),
    "general/age.yaml": (
        "description: 退休年龄\nunit: year\nvalues:\n  2017-01-01: 62.0\n  1951-07-01: 60.33\n"
    ),
    "general/zones.yaml": "values:\n  2020-01-01: [甲, 乙]\n  2021-01-01: {value: [1, 0.5, true]}\n",
    "taxes/rate.yaml": "description: 税率\nvalues:\n  2012-01-01: 0.16\n  2015-01-01: 0.15\n  2016-01-01: expected\n  2017-01-01: {expected: 0.2}\n",
    "taxes/housing.yaml": (
        "description: 房产税\nrate:\n  description: 每平方米\n  values:\n    2010-01-01: 10\n"
        "minimal:\n  single:\n    values: {2010-01-01: 200}\n  1:\n    values: {2010-01-01: 300}\n"
    ),
    "taxes/scale.yaml": (
        "description: 累进\nmetadata: {type: marginal_rate}\nbrackets:\n"
        "- rate:\n    2013-01-01: {value: 0.03}\n    2015-01-01: {value: 0.04}\n"
        "  threshold:\n    2013-01-01: {value: 0.0}\n"
        "- amount:\n    values: {2017-01-01: 12}\n  threshold: {2017-01-01: 12400.0}\n"
    ),
    "README.md": "不是参数",
}  # fmt: skip


@pytest.fixture
def country(tmp_path):
    for name, text in COUNTRY.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def values(tree):
    return {
        name: {day.isoformat(): told.value for day, told in parameter.values.items()}
        for name, parameter in tree.parameters.items()
    }


def test_a_country_is_read_with_exact_values_under_the_names_of_its_places(country):
    assert values(load_parameters(country)) == {
        "benefits.basic_income": {"2015-12-01": 600},
        "benefits.housing": {"2010-01-01": Fraction(1, 4), "2016-12-01": None},
        "benefits.parenting": {"2015-12-01": Fraction(1201, 2)},
        "general.age": {"1951-07-01": Fraction(6033, 100), "2017-01-01": 62},
        "general.zones": {"2020-01-01": ("甲", "乙"), "2021-01-01": (1, Fraction(1, 2), True)},
        "taxes.housing.minimal.1": {"2010-01-01": 300},
        "taxes.housing.minimal.single": {"2010-01-01": 200},
        "taxes.housing.rate": {"2010-01-01": 10},
        "taxes.rate": {"2012-01-01": Fraction(4, 25), "2015-01-01": Fraction(3, 20)},
        "taxes.scale[0].rate": {"2013-01-01": Fraction(3, 100), "2015-01-01": Fraction(1, 25)},
        "taxes.scale[0].threshold": {"2013-01-01": 0},
        "taxes.scale[1].amount": {"2017-01-01": 12},
        "taxes.scale[1].threshold": {"2017-01-01": 12400},
    }


def test_days_stand_in_order_however_the_file_has_them(country):
    age = load_parameters(country).parameters["general.age"]

    assert list(age.values) == [date(1951, 7, 1), date(2017, 1, 1)]


def test_a_value_holds_until_the_next_and_ends_where_it_is_null(country):
    tree = load_parameters(country)
    housing = tree.parameters["benefits.housing"]

    assert housing.since(date(2009, 12, 31)) is None
    assert housing.since(date(2010, 1, 1)) == date(2010, 1, 1)
    assert housing.since(date(2016, 11, 30)) == date(2010, 1, 1)
    assert housing.since(date(2016, 12, 1)) is None


def test_what_is_only_expected_is_no_value(country):
    rate = load_parameters(country).parameters["taxes.rate"]

    assert rate.expected == (date(2016, 1, 1), date(2017, 1, 1))
    assert rate.since(date(2018, 1, 1)) == date(2015, 1, 1)


def test_what_is_said_beside_the_values_and_in_metadata_is_the_same(country):
    parameters = load_parameters(country).parameters

    assert parameters["benefits.basic_income"].about == {
        "description": "基本收入",
        "reference": "https://law.example/income",
        "unit": "currency:EUR",
    }
    assert parameters["benefits.parenting"].about == {
        "description": "育儿津贴",
        "unit": "currency-EUR",
        "label": "津贴",
        "reference": "育儿办法",
    }
    assert parameters["taxes.scale[1].amount"].about == {
        "description": "累进",
        "type": "marginal_rate",
    }


def test_sources_are_addresses_titles_or_both(country):
    parameters = load_parameters(country).parameters
    address = "https://law.example/2015-12"

    assert parameters["benefits.basic_income"].values[date(2015, 12, 1)].references == (
        Reference(title=address, href=address),
    )
    assert parameters["benefits.parenting"].references == (Reference(title="育儿办法"),)
    assert parameters["benefits.parenting"].values[date(2015, 12, 1)].references == (
        Reference(title="育儿办法", href="https://law.example/p"),
        Reference(title="实施细则"),
    )
    assert parameters["general.age"].references == ()


def test_folders_and_nodes_say_what_they_are(country):
    nodes = load_parameters(country).nodes

    assert nodes[""].about == {"description": "某地"}
    assert nodes["benefits"].about == {"description": "待遇", "order": ["a", "b"]}
    assert nodes["taxes.housing"].about == {"description": "房产税"}
    assert nodes["taxes.housing.rate"].path == ("rate",)


SLIPS = {
    "empty file": ("", 1, "", "文件的最外层应当是“键: 值”，例如 benefits:"),
    "no values": ("values:\n", 1, "values", "应当按日期写值，例如 2015-12-01: 0.15"),
    "values in a list": ("values: [1]\n", 1, "values", "应当按日期写值，例如 2015-12-01: 0.15"),
    "no day": (
        "values:\n  2015-12-01: 1\n  Dec-2015: 1\n", 3, "values.Dec-2015",
        "“Dec-2015”不是日期，日期写成 2015-12-01",
    ),
    "no such day": (
        "values:\n  2015-02-30: 1\n", 2, "values.2015-02-30",
        "“2015-02-30”不是日期，日期写成 2015-12-01",
    ),
    "misspelt key": (
        "values:\n  2015-12-01: 1\ndescripton: 甲\n", 3, "descripton",
        "不认识的键“descripton”，这里只有 values",
    ),
    "misspelt value": (
        "values:\n  2015-12-01:\n    valeu: 1\n", 2, "values.2015-12-01", "缺少“value”，例如 value: 0.15",
    ),
    "value in parts": (
        "values:\n  2015-12-01: {value: {a: 1}}\n", 2, "values.2015-12-01.value",
        "值应当是数、文字、true、false 或列表，例如 value: 0.15",
    ),
    "no brackets": (
        "brackets: {rate: 1}\n", 1, "brackets", "应当是列表，例如 - threshold: {2017-01-01: 0}",
    ),
    "misspelt bracket": (
        "brackets:\n- rates: {2017-01-01: 0}\n", 2, "brackets[0].rates",
        "不认识的键“rates”，这里只有 amount、average_rate、base、rate、threshold",
    ),
    "bracket without days": (
        "brackets:\n- rate: 1\n", 2, "brackets[0].rate", "应当按日期写值，例如 2015-12-01: 0.15",
    ),
    "name without anything": (
        "rate: 1\n", 1, "rate", "应当是参数或者下一级的名称，例如 values: {2015-12-01: 0.15}",
    ),
    "exponent": (
        "values:\n  2015-12-01: 1e1000000000\n", 2, "values.2015-12-01",
        "“1e1000000000”不是可以接受的值：数写成 600 或 0.15，不用指数；日期写成 2015-12-01",
    ),
    "tag": ("values: !!python/name:os.system\n", 1, "", "不接受 YAML 标签（!…），直接写值，例如 days: 7"),
    "anchor": ("values: &a\n", 1, "", "不接受锚点（&…），把值再写一遍"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS.values(), ids=list(SLIPS))
def test_each_slip_is_told_with_its_line(tmp_path, slip):
    text, line, key, sentence = slip
    (tmp_path / "a.yaml").write_text(text, "utf-8")

    with pytest.raises(PackInvalid) as refusal:
        load_parameters(tmp_path)

    place = f"a.yaml:{line} {key}：" if key else f"a.yaml:{line} "
    assert place + sentence in refusal.value.found.split("\n")


@pytest.mark.parametrize("scalar", [".inf", "-.inf", ".nan", "1e9", "0x7fffffff", "9" * 5000])
def test_no_number_is_endless(scalar):
    data, faults = read_marked(f"values: {{2015-12-01: {scalar}}}\n".encode(), "a", foreign=True)

    assert data is None
    assert len(faults) == 1


def test_a_bomb_of_aliases_is_not_unfolded():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]

    data, faults = read_marked("\n".join(lines).encode(), "bomb.yaml", foreign=True)

    assert data is None
    assert faults[0].sentence == "不接受锚点（&…），把值再写一遍"


def test_very_long_lines_and_deep_names_are_read_or_refused_at_once():
    long = read_marked(b"values: {2015-12-01: " + b"x" * 400_000 + b"}", "a", foreign=True)[0]
    deep = read_marked(b"a: " + b"{a: " * 5000, "a", foreign=True)

    assert long is not None
    assert len(read_tree(long, "a").parameters["a"].values) == 1
    assert [fault.sentence for fault in deep[1]] == ["嵌套超过 16 层，减少层次"]


def test_a_name_in_two_files_is_told(tmp_path):
    (tmp_path / "taxes").mkdir()
    (tmp_path / "taxes.yaml").write_text("rate: {values: {2015-12-01: 1}}\n", "utf-8")
    (tmp_path / "taxes" / "rate.yaml").write_text("values: {2015-12-01: 2}\n", "utf-8")

    with pytest.raises(PackInvalid) as refusal:
        load_parameters(tmp_path)

    assert refusal.value.asked == f"读取参数文件夹 {tmp_path.name}"
    assert refusal.value.remedy == "逐条改正后重新读取"
    assert refusal.value.found == (
        "有以下错误\ntaxes.yaml:1 taxes.rate：参数“taxes.rate”在别的文件里已经写过，删除其中一个"
    )


def test_all_faults_are_told_at_once_and_nothing_is_half_read(tmp_path):
    (tmp_path / "a.yaml").write_text("values: 1\n", "utf-8")
    (tmp_path / "b.yml").write_bytes(b"values: \xff\n")
    (tmp_path / "c.yaml").symlink_to(tmp_path / "a.yaml")

    with pytest.raises(PackInvalid) as refusal:
        load_parameters(tmp_path)

    assert refusal.value.found.split("\n") == [
        "有以下错误",
        "a.yaml:1 values：应当按日期写值，例如 2015-12-01: 0.15",
        "b.yml:1 不是 UTF-8 文本，用 UTF-8 编码另存",
        "c.yaml:1 不接受链接，把文件本身放进来",
    ]
