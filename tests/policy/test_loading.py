"""A lawyer's slip in a pack is told with file, line, key and what would be right."""

from datetime import date

import pytest

from conversion.errors import NotFound, PackInvalid
from conversion.policy.loading import check_pack, load_pack, load_packs
from conversion.policy.location import packs_folder

PARAMETERS, BENEFITS, MEMBERS = "parameters.yaml", "benefits.yaml", "membership.yaml"
ENTITLEMENTS, SHARES, PACK = "entitlements.yaml", "shares.yaml", "pack.yaml"
CLAUSES = "clauses.yaml"

# file, what stands there, what is written instead (⟂ marks the line of the fault), key, words
SLIPS = {
    "unknown key": (
        PARAMETERS, "    unit: 天\n", "    ⟂unti: 天\n", "parameters.notice.plan.unti", "是否应为 un",
    ),
    "duplicate key": (
        PARAMETERS, "    unit: 天\n", "    unit: 天\n    ⟂unit: 天\n",
        "parameters.notice.plan.unit", "已经写过",
    ),
    "value without reference": (
        PARAMETERS,
        "        value: {days: 15}\n        reference: {document: shishi-fangan-2009}\n",
        "        value: {days: 15}\n",
        "parameters.notice.shares.values.2009-01-01.reference", "缺少“reference”，例如 reference: {",
    ),
    "row without reference": (
        BENEFITS, "    reference: {document: liangshi-2004}\n", "", "benefits[11].reference", "缺少",
    ),
    "unknown document": (
        BENEFITS, "    reference: {document: liangshi-2004}\n",
        "    ⟂reference: {document: liangshi-2005}\n",
        "benefits[11].reference.document", "没有文件“liangshi-2005”",
    ),
    "figure on a title alone": (
        PARAMETERS,
        "{days: 15}\n        reference: {document: shishi-fangan-2009}\n        illustrative: true\n",
        "{days: 15}\n        ⟂reference: {document: shishi-fangan-2009}\n",
        "parameters.notice.shares.values.2009-01-01.reference.document", "illustrative: true",
    ),
    "unsorted days": (
        PARAMETERS, "        value: dual\n        reference: {document: hukou-tiaoli}\n",
        ("        value: dual\n        reference: {document: hukou-tiaoli}\n"
        "      ⟂2008-01-01: {value: dual, reference: {document: hukou-tiaoli}}\n"),
        "parameters.hukou.regime.values.2008-01-01", "从早到晚",
    ),
    "the same day twice": (
        PARAMETERS, "        value: dual\n        reference: {document: hukou-tiaoli}\n",
        ("        value: dual\n        reference: {document: hukou-tiaoli}\n"
        "      ⟂2009-01-01: {value: dual, reference: {document: hukou-tiaoli}}\n"),
        "parameters.hukou.regime.values.2009-01-01", "已经写过",
    ),
    "no such day": (
        PARAMETERS, "      2009-01-01:\n        value: dual", "      ⟂2009-02-30:\n        value: dual",
        "parameters.hukou.regime.values.2009-02-30", "日期，例如 2009-10-01",
    ),
    "parameter nobody reads": (
        PARAMETERS, "  notice.plan:", "  ⟂notice.plans:", "parameters.notice.plans", "没有规则使用",
    ),
    "value of the wrong shape": (
        PARAMETERS, "value: {days: 15}", "⟂value: {days: 零}",
        "parameters.notice.shares.values.2009-01-01.value.days", "整数",
    ),
    "number out of bounds": (
        PARAMETERS, "value: {days: 15}", "⟂value: {days: 999999999}",
        "parameters.notice.shares.values.2009-01-01.value.days", "不大于 3660",
    ),
    "several lists of what hangs once": (
        PARAMETERS, "value: {days: 15}", "⟂value: {days: 15, rounds: 3}",
        "parameters.notice.shares.values.2009-01-01.value.rounds", "这里没有“rounds”",
    ),
    "fraction above one": (
        PARAMETERS, "          pass_min: {portion: [2, 3]}\n", "          ⟂pass_min: {portion: [3, 2]}\n",
        "parameters.quorum.villagers_meeting.confirm_roll.values.2009-01-01.value.pass_min.portion",
        "[分子, 分母]",
    ),
    "an amount of two kinds": (
        BENEFITS, "    amount: {per_mu: 6000, per: year, illustrative: true}\n",
        "    amount: ⟂{per_mu: 6000, fixed: 1}\n", "benefits[11].amount", "amount 里写一种金额",
    ),
    "an amount that doesn't say how often": (
        BENEFITS, "    amount: {per_mu: 6000, per: year, illustrative: true}\n",
        "    ⟂amount: {per_mu: 6000, illustrative: true}\n", "benefits[11].amount",
        "没有写多久发一次，按月、按年、一次性分别是 per: month、per: year、per: once，例如 amount: {per_mu",
    ),
    "land counted for a person": (
        BENEFITS, "    amount: {fixed: 5000, per: month, illustrative: true}\n",
        "    amount: ⟂{per_mu: 6000, per: month}\n", "benefits[17].amount.per_mu",
        "per_mu 只用于 scope: household，例如改写 {fixed: 5000, per: month}",
    ),
    "income counted for a person": (
        BENEFITS, "    amount: {fixed: 5000, per: month, illustrative: true}\n",
        "    amount: ⟂{standard_less_income: 6000}\n", "benefits[17].amount.standard_less_income",
        "standard_less_income 只用于 scope: household，例如改写 {fixed: 5000, per: month}",
    ),
    "service counted for a household": (
        BENEFITS, "    amount: {per_mu: 6000, per: year, illustrative: true}\n",
        "    amount: ⟂{per_year_of_service: 6000, per: year}\n", "benefits[11].amount.per_year_of_service",
        "per_year_of_service 只用于 scope: person，例如改写 {fixed: 5000, per: month}",
    ),
    "what is drawn under no name": (
        BENEFITS, "    from: approval\n    until: {event: 退役安置办理完毕}\n",
        "    from: approval\n    amount: ⟂{drawn: true}\n    until: {event: 退役安置办理完毕}\n",
        "benefits[14].amount.drawn", "金额写 drawn 就要写 drawn_as，例如 drawn_as: [农村低保]",
    ),
    "a mode that the district has not": (
        ENTITLEMENTS, "    modes: [上门服务, 日托, 邻里互助, 日间照料]\n",
        "    modes: [上门服务, 邻里互助, 日间照料]\n", "entitlements[14]",
        "“航天社区”的方式只能从 modes 里选，至少一种，例如 上门服务、邻里互助、日间照料",
    ),
    "a community that offers nothing": (
        ENTITLEMENTS, "      北新社区: [邻里互助]\n", "      北新社区: []\n", "entitlements[14]",
        "“北新社区”的方式只能从 modes 里选，至少一种",
    ),
    "restricted remark": (
        PARAMETERS, '          "4": ', '          ⟂"5": ',
        "parameters.hukou.exceptions.values.2009-01-01.value.5", "之一",
    ),
    "clause that nothing asks for": (
        CLAUSES, "  four_eyes:\n", "  ⟂six_eyes:\n", "clauses.six_eyes", "没有步骤要求“six_eyes”",
    ),
    "requirement without a clause": (
        CLAUSES, "  four_eyes:\n", "  six_eyes:\n", "clauses", "缺少步骤要求“four_eyes”的依据",
    ),
    "clause that comes too late": (
        CLAUSES, "  four_eyes:\n    2009-01-01", "  ⟂four_eyes:\n    2009-01-02",
        "clauses.four_eyes", "从2009-01-01起适用",
    ),
    "clauses in disorder": (
        CLAUSES, "    2010-10-28: {reference: {document: cunweihui-zuzhifa-2010, article: 第三条}}",
        "    ⟂2008-10-28: {reference: {document: cunweihui-zuzhifa}}",
        "clauses.milestone.approved.2008-10-28", "从早到晚",
    ),
    "clause of a law that is not yet in force": (
        CLAUSES, "    2009-01-01: {reference: {document: cunweihui-zuzhifa, article: 第十九条}}",
        "    ⟂2009-01-01: {reference: {document: cunweihui-zuzhifa-2010, article: 第二十四条}}",
        "clauses.milestone.roll_confirmed.2009-01-01.reference.document", "2010-10-28至今有效",
    ),
    "clause of a law that has been replaced": (
        CLAUSES, "    2010-10-28: {reference: {document: cunweihui-zuzhifa-2010, article: 第三条}}\n", "",
        "clauses.milestone.approved.2009-01-01.reference.document", "1998-11-04至2010-10-27有效",
    ),
    "value of a law that has been replaced": (
        PARAMETERS, "      2010-10-28:\n", "      2010-11-28:\n",
        "parameters.quorum.villagers_meeting.resolve.values.2009-01-01.reference.document",
        "其余日子另写",
    ),
    "decimal": (
        SHARES, "total_units: 100000\n", "⟂total_units: 1000.5\n", "plans[0].total_units", "小数不用",
    ),
    "parts that make no whole": (
        SHARES, "    classes:\n      - id: population\n        title: 人口股\n        portion: [7, 10]",
        "    ⟂classes:\n      - id: population\n        title: 人口股\n        portion: [8, 10]",
        "plans[0].classes", "合计应当是 1，现为 11/10",
    ),
    "class that weighs two ways": (
        SHARES, "      - id: population\n        title: 人口股\n",
        ("      ⟂- id: population\n        farming: {from_age: 16, to_age: 60, cap_years: 1, rounding: up}\n"
        "        title: 人口股\n"),
        "plans[0].classes[0]", "写且只写一个",
    ),
    "class id twice": (
        SHARES, "      - id: farming", "      - ⟂id: population", "plans[0].classes[1].id", "已经用过",
    ),
    "id twice": (
        BENEFITS, "  - id: forest_subsidy", "  - ⟂id: grain_subsidy", "benefits[12].id", "已经用过",
    ),
    "id of a benefit in the rights": (
        ENTITLEMENTS, "  - id: home_care", "  - ⟂id: rural_medical", "entitlements[14].id", "已经用过",
    ),
    "badly written id": (
        BENEFITS, "  - id: forest_subsidy", "  - ⟂id: 退耕还林", "benefits[12].id", "land_subsidy",
    ),
    "no such disposition": (
        BENEFITS, "    disposition: for_life\n    reason: 响应", "    ⟂disposition: 终身\n    reason: 响应",
        "benefits[1].disposition", "kept（保留）",
    ),
    "two ends": (
        BENEFITS, "until: {years: 5}", "⟂until: {years: 5, life: true}", "benefits[0].until", "写一种终点",
    ),
    "no start": (
        BENEFITS, "  - id: new_homestead\n    title: 新申请宅基地\n    category: 土地权益\n    scope: household\n    from: approval\n",
        "  ⟂- id: new_homestead\n    title: 新申请宅基地\n    category: 土地权益\n    scope: household\n",
        "benefits[22]", "from 和 after",
    ),
    "no such window": (
        BENEFITS, "    window: land\n    reference: {document: liangshi-2004}",
        "    ⟂window: somewhere\n    reference: {document: liangshi-2004}",
        "benefits[11].window", "没有窗口“somewhere”，例如 one_stop",
    ),
    "no such department": (
        BENEFITS, "    department: 林业局", "    ⟂department: 水利局", "benefits[12].department", "没有部门“水利局”",
    ),
    "draws without names": (
        BENEFITS, "    ⟂when: [{draws: true}]\n    drawn_as: [退耕还林]\n".replace("⟂", ""),
        "    ⟂when: [{draws: true}]\n", "benefits[12].when", "drawn_as: [农村低保]",
    ),
    "two medical insurances at once": (
        BENEFITS, "    after: rural_medical\n    ⟂exclusive".replace("⟂", ""),
        "    from: approval\n    ⟂exclusive", "benefits[4].exclusive", "after: rural_medical",
    ),
    "a gap between two insurances": (
        BENEFITS, 'until: {next: "01-01"}', "until: {event: 年底}", "benefits[4].after", "终点为日期",
    ),
    "successor for other people": (
        BENEFITS, "    when: [{hukou_kind: [agricultural]}]\n    drawn_as: [新农合, 合作医疗]\n    after",
        "    ⟂when: [{hukou_kind: [resident]}]\n    drawn_as: [新农合, 合作医疗]\n    after",
        "benefits[4].when", "应当与它相同",
    ),
    "a right that follows another": (
        ENTITLEMENTS, "    from: approval\n    modes", "    ⟂after: rural_medical\n    modes",
        "entitlements[14].after", "写 from",
    ),
    "land as a condition in words": (
        BENEFITS, "    reason: 低保先照农村的标准发，三个月内按城市的标准重新算。",
        "    ⟂reason: 交回承包地后，方可享受低保。", "benefits[7].reason", "不得以交回承包地",
    ),
    "homestead as a condition in an end": (
        BENEFITS, "until: {event: 补贴按征地批准的名单落实到位}", "⟂until: {event: 本户退出宅基地}",
        "benefits[6].until.event", "退出宅基地作为条件",
    ),
    "land as a condition in a key": (
        BENEFITS, "    when: [{traits_any: [低保]}]\n    from: approval",
        "    ⟂when: [{traits_any: [低保], lacks_land: [homestead]}]\n    from: approval",
        "benefits[21].when[0].lacks_land", "不得以交回承包地",
    ),
    "marriage as a ground": (
        MEMBERS, "    title: 空挂户", "    ⟂title: 外嫁女", "grounds[15].title", "婚姻不得作为不予确认的理由",
    ),
    "prison as a ground": (
        MEMBERS, "    finding: civil_servant", "    ⟂finding: in_prison", "grounds[17].finding", "服刑",
    ),
    "a remark that excludes": (
        MEMBERS, "    effect: exclude\n    clause: 经核对，已经录用",
        '    effect: exclude\n    ⟂flag: ["8"]\n    clause: 经核对，已经录用',
        "grounds[17].flag", "finding: member_elsewhere",
    ),
    "sex as a condition of a ground": (
        MEMBERS, "    finding: civil_servant", '    finding: civil_servant\n    ⟂sex: "2"',
        "grounds[17].sex", "不看“sex”",
    ),
    "ground twice": (
        MEMBERS, "  - code: once_registered", "  - ⟂code: registered_here", "grounds[1].code", "已经用过",
    ),
    "another folder's id": (PACK, "id: huichuan-2009", "⟂id: zunyi-2009", "id", "id: huichuan-2009"),
    "broken indentation": (PACK, "    item: 户口登记\n", "   item: 户口登记\n", "", "缩进"),
    "tag": (PACK, "office: ", "⟂office: !!python/name:os.system ", "", "标签"),
    "anchor": (PACK, "office: ", "⟂office: &a ", "", "锚点"),
    "alias": (PACK, "office: 遵义市", "⟂office: *a # ", "", "别名"),
    "directive": (PACK, "# 政策包说明", "⟂%YAML 1.1\n---\n# 政策包说明", "", "指令"),
    "merge key": (PACK, "  zhidao-yijian-2005:\n", "  zhidao-yijian-2005:\n    ⟂<<: {title: 甲}\n", "documents.zhidao-yijian-2005", "键应当是"),
    "bare number as key": (PARAMETERS, '          "4": ', "          ⟂4: ", "parameters.hukou.exceptions.values.2009-01-01.value", "加引号"),
    "number with a leading zero": (PACK, "phone: 0851-00000001（示例）", "⟂phone: 0851", "windows.one_stop.phone", "加引号"),
    "control character": (PACK, "    item: 户口登记\n", '    ⟂item: "户口\\e[31m登记"\n', "departments[1].item", "控制字符"),
    "text that is too long": (PACK, "    phone: 0851-00000001（示例）", "    ⟂phone: " + "长" * 40, "windows.one_stop.phone", "不超过 36 个字"),
    "empty text": (PACK, "    item: 户口登记\n", '    ⟂item: ""\n', "departments[1].item", "不能为空"),
    "text instead of a list": (BENEFITS, "drawn_as: [退耕还林]", "⟂drawn_as: 退耕还林", "benefits[12].drawn_as", "列表"),
    "list instead of keys": (PACK, "  land:\n    name: 国土农业窗口\n", "  ⟂land: [国土农业窗口]\n  land2:\n    name: 国土农业窗口\n", "windows.land", "键: 值"),
    "number instead of text": (PACK, "    item: 户口登记\n", "    ⟂item: 3\n", "departments[1].item", "应当是文字"),
    "text instead of yes or no": (BENEFITS, "{document: guizhou-jisheng-tiaoli}\n    illustrative: true", "{document: guizhou-jisheng-tiaoli}\n    ⟂illustrative: 是", "benefits[0].illustrative", "true 或 false"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS.values(), ids=list(SLIPS))
def test_each_slip_is_told_with_its_line(copied, slip):
    file, old, new, key, words = slip
    before = (copied / file).read_text("utf-8")
    assert old in before, "the slip must be made somewhere"
    spoilt = before.replace(old, new, 1)
    line = spoilt[: spoilt.find("⟂")].count("\n") + 1 if "⟂" in new else None
    (copied / file).write_text(spoilt.replace("⟂", ""), "utf-8")

    faults = check_pack(copied)

    found = [f for f in faults if f.file == file and f.key == key and words in f.sentence]
    assert found, [str(f) for f in faults]
    assert line is None or found[0].line == line


def test_all_faults_are_told_at_once(copied):
    text = (copied / BENEFITS).read_text("utf-8")
    spoilt = text.replace("department: 林业局", "department: 水利局").replace("liangshi-2004", "x")
    (copied / BENEFITS).write_text(spoilt, "utf-8")

    with pytest.raises(PackInvalid) as refusal:
        load_pack(copied)

    assert "benefits.yaml:" in str(refusal.value)
    assert "水利局" in str(refusal.value)
    assert "没有文件“x”" in str(refusal.value)


def test_a_missing_and_an_unknown_file_are_told(copied):
    (copied / SHARES).rename(copied / "share.yaml")

    faults = check_pack(copied)

    assert [(f.file, f.line) for f in faults] == [("share.yaml", 1), ("shares.yaml", 1)]


def test_a_file_that_is_no_mapping_is_told(copied):
    (copied / SHARES).write_text("- 1\n", "utf-8")

    assert "最外层" in check_pack(copied)[0].sentence


def test_deep_nesting_large_files_and_other_encodings_are_refused(copied):
    (copied / SHARES).write_text("a: " + "[" * 5000 + "]" * 5000, "utf-8")
    (copied / MEMBERS).write_text("# " + "长" * 200_000, "utf-8")
    (copied / PARAMETERS).write_bytes("# 第一行\n# ".encode() + "参数".encode("gb18030"))

    faults = {f.file: f for f in check_pack(copied)}

    assert "嵌套" in faults[SHARES].sentence
    assert "512 KB" in faults[MEMBERS].sentence
    assert (faults[PARAMETERS].line, "UTF-8" in faults[PARAMETERS].sentence) == (2, True)


def test_a_faulty_example_file_is_told_by_its_name(copied):
    (copied / "examples" / "more.yaml").write_text("examples:\n  - name: 少了规则\n", "utf-8")

    faults = check_pack(copied)

    assert {(f.file, f.line) for f in faults} == {("examples/more.yaml", 2)}
    assert any("缺少“rule”" in f.sentence for f in faults)


def test_every_fault_gives_an_example_of_what_is_right(copied):
    text = (copied / PACK).read_text("utf-8").replace("id: huichuan-2009", "id: x")
    (copied / PACK).write_text(text, "utf-8")

    assert [str(f) for f in check_pack(copied)] == [
        "pack.yaml:4 id：id 应当与文件夹同名，例如 id: huichuan-2009"
    ]


def test_a_clause_is_the_one_in_force_on_the_day(huichuan):
    law = "《中华人民共和国村民委员会组织法》"
    last, first = date(2010, 10, 27), date(2010, 10, 28)

    assert huichuan.on(last).clause("milestone.approved") == law + "第八条"
    assert huichuan.on(first).clause("milestone.approved") == law + "第三条"


def test_what_the_office_arranged_for_itself_is_shown_as_an_example(huichuan):
    told = huichuan.on(date(2009, 12, 1)).clause("four_eyes")

    assert told == "《“村改社区”工作实施方案》（汇办发〔2009〕108号），示例"


def test_an_unknown_pack_is_not_found(tmp_path):
    with pytest.raises(NotFound, match="没有文件夹"):
        load_pack(tmp_path / "nowhere")


def test_the_hash_follows_the_content_and_not_the_layout(copied, huichuan):
    text = (copied / SHARES).read_text("utf-8")
    (copied / SHARES).write_text("# 说明\n" + text, "utf-8")
    assert load_pack(copied).sha256 == huichuan.sha256

    (copied / SHARES).write_text(text.replace("cap_years: 30", "cap_years: 29"), "utf-8")
    assert load_pack(copied).sha256 != huichuan.sha256


def test_all_packs_load_by_id():
    packs = load_packs(packs_folder())

    assert "huichuan-2009" in packs
    assert all(name == pack.id for name, pack in packs.items())
