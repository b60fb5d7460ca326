"""What the law protects is no ground against a membership, however it is written down."""

from types import SimpleNamespace
from typing import Any

import pytest

from conversion.policy.checks.ground_check import check_grounds
from conversion.policy.forbidden_ground import (
    NARROWING,
    made_a_ground,
    named,
    turned_against,
)
from conversion.policy.marked_yaml import read_marked
from conversion.policy.model_fault import validated
from conversion.policy.pack_file import MembershipFile

LAW = "（农村集体经济组织法、妇女权益保障法）"
RIGHT = "例如 finding: member_elsewhere（已是其他集体经济组织成员）"
START = """grounds:
  - code: registered_here
    title: 户口在本村
    effect: confirm
    clause: 户口在本村。
    hukou_kind: [agricultural]
    reference: {document: law}
  - code: civil_servant
    title: 公务员
    effect: exclude
    clause: 已经录用为公务员，不建议确认。
    finding: civil_servant
    reference: {document: law}
"""


def written(**fields):
    """Key and sentence of all faults of one more ground, as a lawyer would write it."""
    ground = {
        "code": "one_more", "title": "另一情形", "effect": "exclude", "clause": "经核对，不建议确认。",
        "finding": "one_more", "reference": "{document: law}",
    } | fields  # fmt: skip
    if ground["effect"] == "clear_up":
        ground.setdefault("evidence", "[村民小组证明]")
    lines = [f"{key}: {value}" for key, value in ground.items() if value is not None]
    text = START + "  - " + "\n    ".join(lines) + "\n"
    marked, unreadable = read_marked(text.encode(), "membership.yaml")
    assert marked
    assert unreadable == ()
    membership, faults = validated(MembershipFile, marked)
    if membership:
        draft: Any = SimpleNamespace(membership=membership, marked={"membership.yaml": marked})
        faults = tuple(check_grounds(draft))
    return [(fault.key.removeprefix("grounds[2]."), fault.sentence) for fault in faults]


ATTEMPTS = {
    "married out": ({"title": "外嫁女"}, "title", "婚姻"),
    "married out, in its clause": ({"clause": "出嫁后不在本村居住，不建议确认。"}, "clause", "婚姻"),
    "the husband's home": ({"clause": "户口在夫家的，不建议确认。"}, "clause", "婚姻"),
    "married out, spaced": ({"title": "外 嫁 女"}, "title", "婚姻"),
    "married out, in full width": ({"title": "ＭＡＲＲＩＥＤ 人员"}, "title", "婚姻"),
    "married, in traditional characters": ({"clause": "結婚遷出，不建議確認。"}, "clause", "婚姻"),
    "married, with dots": ({"clause": "结·婚的，不建议确认。"}, "clause", "婚姻"),
    "married out, in pinyin": ({"code": "wai_jia_nv"}, "code", "婚姻"),
    "married out, in one word": ({"code": "marriedout"}, "code", "婚姻"),
    "married out, cut up": ({"code": "mar-ried_out"}, "code", "婚姻"),
    "divorce as a finding": ({"finding": "divorced"}, "finding", "婚姻"),
    "widowhood": ({"title": "丧偶未再留村"}, "title", "婚姻"),
    "son-in-law": ({"title": "上门女婿"}, "title", "婚姻"),
    "taken in as son-in-law": ({"clause": "入赘满三年才算。"}, "clause", "婚姻"),
    "wife": ({"code": "wife_of_member"}, "code", "婚姻"),
    "a divorce paper asked for": ({"evidence": "[离婚证]"}, "evidence[0]", "婚姻"),
    "sex": ({"title": "女性成员"}, "title", "性别"),
    "sex in the code": ({"code": "female_heir"}, "code", "性别"),
    "daughters": ({"code": "extra_daughters"}, "code", "性别"),
    "no son": ({"title": "无儿户"}, "title", "有无儿子"),
    "no son in the code": ({"code": "no_son"}, "code", "有无儿子"),
    "study": ({"clause": "在校期间户口迁出的，不列入。"}, "clause", "就学"),
    "study in the code": ({"finding": "college_student"}, "finding", "就学"),
    "graduates": ({"title": "大专毕业"}, "title", "就学"),
    "service": ({"title": "军士"}, "title", "服役"),
    "service in pinyin": ({"finding": "fu-yi"}, "finding", "服役"),
    "veterans": ({"code": "veterans"}, "code", "服役"),
    "work elsewhere": ({"clause": "常年在外，不建议确认。"}, "clause", "务工经商"),
    "work in pinyin": ({"code": "waichu_dagong"}, "code", "务工经商"),
    "trade": ({"title": "在县城做生意"}, "title", "务工经商"),
    "migrants": ({"code": "migrant"}, "code", "务工经商"),
    "prison": ({"clause": "被判刑的，不建议确认。"}, "clause", "服刑、戒毒"),
    "drug rehabilitation": ({"title": "强制戒毒"}, "title", "服刑、戒毒"),
    "a release paper asked for": ({"evidence": "[刑满释放证明]"}, "evidence[0]", "服刑、戒毒"),
    "faith": ({"title": "信教"}, "title", "宗教、民族"),
    "people": ({"clause": "不是汉族的，提交会议。"}, "clause", "宗教、民族"),
    "disability": ({"title": "重度残疾"}, "title", "健康"),
    "illness in the code": ({"code": "mental_illness"}, "code", "健康"),
    "birth beyond the plan": ({"title": "超生子女"}, "title", "出生情况"),
    "unregistered child": ({"clause": "没有户口的孩子不列入。"}, "clause", "出生情况"),
    "denial turned round": ({"clause": "不因贫困而因结婚不列入。"}, "clause", "婚姻"),
    "denial that is none": ({"clause": "结婚的不予确认并不影响他人。"}, "clause", "婚姻"),
    "denial elsewhere": ({"clause": "不论何种情形，结婚迁出的不列入。"}, "clause", "婚姻"),
    "kept only until marriage": ({"kept_rights": "结婚前保留。"}, "kept_rights", "婚姻"),
    "hidden in the article": (
        {"reference": "{document: law, article: 第三条（出嫁）}"},
        "reference.article", "婚姻",
    ),
    "only cleared up": ({"effect": "clear_up", "title": "外嫁女核对"}, "title", "婚姻"),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "key", "subject"), ATTEMPTS.values(), ids=list(ATTEMPTS))
def test_what_is_protected_is_refused_as_a_ground_against(fields, key, subject):
    faults = written(**fields)

    told = "暂不确认" if fields.get("effect") == "clear_up" else "不予确认"
    assert faults == [(key, f"{subject}不得作为{told}的理由{LAW}，{RIGHT}")]


ONLY_FOUND = "不予确认的理由只能由调查结论成立，"
PERSONAL = "，删除这一项，例如写成 finding: member_elsewhere"
NARROW = "未婚、性别、有无儿子、宗教"

STRUCTURES = {
    "a remark": ({"flag": '["1"]'}, "flag", f"{ONLY_FOUND}删除这一项，{RIGHT}"),
    "a registration": ({"hukou_kind": "[resident]"}, "hukou_kind", f"{ONLY_FOUND}删除这一项，{RIGHT}"),
    "land": ({"has_land": "[contracted]"}, "has_land", f"{ONLY_FOUND}删除这一项，{RIGHT}"),
    "nothing": ({"finding": None}, "effect", f"{ONLY_FOUND}{RIGHT}"),
    "nothing, for a while": (
        {"finding": None, "effect": "clear_up"}, "effect", f"暂不确认的理由只能由调查结论成立，{RIGHT}",
    ),
    "sex": ({"sex": '"2"'}, "sex", f"成员身份的理由不看“sex”{LAW}{PERSONAL}"),
    "relation": ({"relation": '["28"]'}, "relation", f"成员身份的理由不看“relation”{LAW}{PERSONAL}"),
    "age": ({"age_at_least": "60"}, "age_at_least", f"成员身份的理由不看“age_at_least”{LAW}{PERSONAL}"),
    "marriage": (
        {"marital_status": '"20"'}, "marital_status", f"成员身份的理由不看“marital_status”{LAW}{PERSONAL}",
    ),
    "married": (
        {"married_before": "true"}, "married_before", f"成员身份的理由不看“married_before”{LAW}{PERSONAL}",
    ),
    "the restricted remark": (
        {"flag": '["5"]'}, "flag[0]", ('“5”不是可以写的值，写 "1"（外嫁女）、"2"（入赘男）、"3"（在校大中专学生）、"4"（现役军人）、'
        '"6"（常住人口）、"7"（外出务工人员）、"8"（其他） 之一'),
    ),
    "a misspelt key": ({"findnig": "x"}, "findnig", "不认识的键“findnig”，是否应为 finding: …"),
    "a remark that confirms": (
        {"effect": "confirm", "flag": '["6"]'}, "flag",
        '成员备注只起保护作用，例如 effect: protect 和 flag: ["1"]',
    ),
    "nothing that confirms": (
        {"effect": "confirm", "finding": None}, "code",
        "没有写这一条由什么成立，例如 hukou_kind: [agricultural]",
    ),
    "clearing up without papers": (
        {"effect": "clear_up", "evidence": "[]"}, "effect",
        "先核对的理由要写明需要的材料，例如 evidence: [对方集体经济组织的证明]",
    ),
    "rights kept by whoever is confirmed": (
        {"effect": "confirm", "kept_rights": "照旧。"}, "kept_rights",
        "只有不予确认的理由才写保留的权益，例如 effect: exclude",
    ),
    "exceptions of a protection": (
        {"effect": "protect", "unless": "[registered_here]"}, "unless",
        "确认和保护的理由没有例外，删除这一项，例如 effect: exclude 才写 unless",
    ),
    "an exception that is none": (
        {"unless": "[somebody]"}, "unless[0]",
        "“somebody”没有这一条，写可以确认或者保护的理由，例如 registered_here",
    ),
    "an exception against": (
        {"unless": "[registered_here, civil_servant]"}, "unless[1]",
        "“civil_servant”本身就是不利的理由，写可以确认或者保护的理由，例如 registered_here",
    ),
    "daughters while unmarried": (
        {"effect": "confirm", "title": "未出嫁的女儿"}, "title",
        f"确认的理由不得限于{NARROW}{LAW}，例如 title: 户口在本村",
    ),
    "one son-in-law of a house without sons": (
        {"effect": "confirm", "clause": "有女无儿的户可以招一名女婿。"}, "clause",
        f"确认的理由不得限于{NARROW}{LAW}，例如 clause: 户口在本村。",
    ),
    "men only": (
        {"effect": "confirm", "code": "male_heirs"}, "code",
        f"确认的理由不得限于{NARROW}{LAW}，例如 title: 户口在本村",
    ),
    "women lose it after all": (
        {"effect": "confirm", "clause": "户口在本村，出嫁的除外。"}, "clause",
        f"不得因婚姻取消、限制成员权益{LAW}，例如 clause: 不因结婚、上学改变身份。",
    ),
    "a protection that takes away": (
        {"effect": "protect", "clause": "妇女权益受保护，但结婚后不再享受。"}, "clause",
        f"不得因婚姻取消、限制成员权益{LAW}，例如 clause: 不因结婚、上学改变身份。",
    ),
    "prison named as protected": (
        {"effect": "protect", "title": "服刑人员保护"}, "title",
        "服刑、戒毒不写进理由，身份照常确认、不留记录，删除这一条，例如只写户口在本村",
    ),
    "illness named as confirmed": (
        {"effect": "confirm", "finding": "disabled"}, "finding",
        "健康不写进理由，身份照常确认、不留记录，删除这一条，例如只写户口在本村",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "key", "sentence"), STRUCTURES.values(), ids=list(STRUCTURES))
def test_a_ground_holds_only_what_its_effect_may(fields, key, sentence):
    assert written(**fields) == [(key, sentence)]


LEGITIMATE = [
    {"clause": "已经录用为公务员，聘任制公务员除外，不建议确认。"},
    {"clause": "不论是否结婚，别处已经是成员的，不建议确认。"},
    {"clause": "核对别处的成员身份，与上学、服役、务工无关。"},
    {"clause": "基准日以后去世，份额由其子女继承。", "title": "子女继承"},
    {"title": "国家机关工作人员退休"},
    {"code": "member_elsewhere_checked", "title": "两头占"},
    {"effect": "clear_up", "title": "没有登记的养子女", "clause": "先补办收养登记。"},
    {"effect": "confirm", "clause": "因成员结婚落户，男方女方一样对待，一般应当确认。"},
    {"effect": "confirm", "title": "因结婚落户", "finding": "joined_by_marriage_too"},
    {"effect": "confirm", "clause": "不论未婚已婚，户口在本村的应当确认。"},
    {"effect": "protect", "clause": "不因就学、服役、务工、经商、离婚、丧偶、服刑等原因丧失。"},
    {"effect": "protect", "clause": "任何人不得以妇女未婚、结婚为由，取消其成员权益。"},
    {"effect": "protect", "clause": "失去联系的，身份不变。"},
]


@pytest.mark.parametrize("fields", LEGITIMATE, ids=lambda f: "，".join(f.values()))
def test_what_is_lawful_may_be_written(fields):
    assert written(**fields) == []


def test_each_subject_is_found_by_itself_and_in_no_word_that_only_sounds_like_it():
    assert named("一般成员") is None
    assert named("two_members_or_more") is None
    assert named("persons") is None
    assert named("sons") == "有无儿子"
    assert named("男", (NARROWING,)) is None


def test_a_denial_must_be_in_the_same_breath():
    assert made_a_ground("不因结婚、离婚取消。") is None
    assert made_a_ground("结婚不影响身份。") is None
    assert made_a_ground("married的不列入。") == "婚姻"
    assert turned_against("务工的照旧。上学的取消。") == "就学"
    assert turned_against("去世的终止。") is None
