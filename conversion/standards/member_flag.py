"""The remark on a member (成员备注), NY/T 2539-2016, table C.18.

>>> code_of("外嫁女"), code_of("在校大学生"), title_of("7")
('1', '3', '外出务工人员')
"""

from typing import Final

from conversion.standards.code_table import CodeTable

RESTRICTED: Final = frozenset({"5"})
"""Remarks that never leave the restricted zone: no notice, list or statement shows them
(个人信息保护法 art. 28)."""

TABLE: Final = CodeTable(
    standard="NY/T 2539 成员备注代码",
    titles={
        "1": "外嫁女",
        "2": "入赘男",
        "3": "在校大中专学生",
        "4": "现役军人",
        "5": "服刑人员",
        "6": "常住人口",
        "7": "外出务工人员",
        "8": "其他",
    },
    aliases={
        "出嫁女": "1",
        "外嫁": "1",
        "入赘": "2",
        "入赘婿": "2",
        "上门女婿": "2",
        "在校大学生": "3",
        "在校学生": "3",
        "在校中专学生": "3",
        "大中专学生": "3",
        "大学生": "3",
        "现役": "4",
        "军人": "4",
        "服兵役": "4",
        "义务兵": "4",
        "服刑": "5",
        "常住": "6",
        "外出务工": "7",
        "务工人员": "7",
        "外出打工": "7",
        "其它": "8",
    },
)
code_of = TABLE.code_of
title_of = TABLE.title_of
