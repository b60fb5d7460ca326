"""Sex, GB/T 2261.1-2003 个人基本信息分类与代码 第1部分：人的性别代码.

>>> code_of("男"), code_of("女性"), title_of("9")
('1', '2', '未说明的性别')
"""

from typing import Final

from conversion.standards.code_table import CodeTable

MALE: Final = "1"
FEMALE: Final = "2"

TABLE: Final = CodeTable(
    standard="GB/T 2261.1 人的性别代码",
    titles={"0": "未知的性别", MALE: "男", FEMALE: "女", "9": "未说明的性别"},
    aliases={
        "男性": MALE,
        "女性": FEMALE,
        "未知": "0",
        "未知性别": "0",
        "未说明": "9",
        "未说明性别": "9",
    },
)
code_of = TABLE.code_of
title_of = TABLE.title_of
