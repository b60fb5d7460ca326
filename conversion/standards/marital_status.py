"""Marital status, GB/T 2261.2-2003 个人基本信息分类与代码 第2部分：婚姻状况代码.

>>> code_of("未婚"), code_of("离异"), title_of("21")
('10', '40', '初婚')
"""

from typing import Final

from conversion.standards.code_table import CodeTable

TABLE: Final = CodeTable(
    standard="GB/T 2261.2 婚姻状况代码",
    titles={
        "10": "未婚",
        "20": "已婚",
        "21": "初婚",
        "22": "再婚",
        "23": "复婚",
        "30": "丧偶",
        "40": "离婚",
        "90": "未说明的婚姻状况",
    },
    aliases={
        "单身": "10",
        "有配偶": "20",
        "结婚": "20",
        "初婚有配偶": "21",
        "再婚有配偶": "22",
        "复婚有配偶": "23",
        "丧妻": "30",
        "丧夫": "30",
        "离异": "40",
        "离婚未再婚": "40",
        "未说明": "90",
        "不详": "90",
    },
)
code_of = TABLE.code_of
title_of = TABLE.title_of
