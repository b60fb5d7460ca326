"""Words that make giving up land a condition are found; words that protect it are not."""

import pytest

from conversion.policy.checks.land_condition import demands_land


@pytest.mark.parametrize(
    "text",
    [
        "交回承包地后方可享受",
        "须退出宅基地",
        "转户口的，承包地由村里收回",
        "以自愿放弃土地承包经营权为前提",
        "应当注销宅基地使用证，才能申请",
        "不影响低保，但宅基地要退还",
    ],
)
def test_demands(text):
    assert demands_land(text)


@pytest.mark.parametrize(
    "text",
    [
        "您家的承包地还是您家的，不收回，合同照旧有效。",
        "承包期满、依法征收或者本户自愿交回承包地",
        "不得以退出宅基地作为条件",
        "宅基地和房子不变。退出现役后另行办理。",
        "承包期满或者依法征收",
        "无需交回承包地",
    ],
)
def test_protections(text):
    assert not demands_land(text)
