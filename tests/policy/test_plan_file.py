"""A plan in a file of its own is proven like those of a pack, before it is tried on anybody."""

import pytest

from conversion.errors import PackInvalid
from conversion.policy.location import packs_folder
from conversion.policy.plan_file import read_plan

TEXT = (packs_folder() / "huichuan-2009" / "shares.yaml").read_text("utf-8")


def refused(pack, text):
    with pytest.raises(PackInvalid) as refusal:
        read_plan(text.encode(), "plan.yaml", pack)
    assert str(refusal.value.remedy) == "照着政策包的 shares.yaml 逐条改正"
    first, *faults = refusal.value.found.splitlines()
    assert first == "有以下错误"
    return faults


def test_the_first_plan_of_the_file_is_read(huichuan):
    assert read_plan(TEXT.encode(), "plan.yaml", huichuan) == huichuan.share_plans[0]


def test_every_fault_is_told_with_its_line(huichuan):
    spoilt = TEXT.replace("portion: [7, 10]", "portion: [8, 10]", 1)
    spoilt = spoilt.replace("{document: jicheng-fa, article: 第三条}", "{document: nowhere}", 1)

    whole, document = refused(huichuan, spoilt)
    assert whole == (
        "plan.yaml:14 plans[0].classes：集体股和各股种的比例合计应当是 1，现为 11/10，"
        "例如 [7, 10] 和 [3, 10]"
    )
    assert document == (
        "plan.yaml:45 plans[0].statements.dead_after.reference.document："
        "pack.yaml 没有文件“nowhere”，例如 bingyi-fa、binzang-tiaoli、chafeng-2004"
    )


def test_what_is_no_yaml_and_what_is_no_plan_is_told(huichuan):
    assert refused(huichuan, "plans: [") == [
        "plan.yaml:1 YAML 写法有误，核对缩进、冒号后的空格和引号，例如 title: 方案公示"
    ]
    (fault,) = refused(huichuan, "plans: []")
    assert fault.startswith("plan.yaml:1 plans：")
