"""What the codes of a pack's files mean 代码含义, for whoever has to write one of them."""

from collections.abc import Iterable, Mapping
from typing import Final

from conversion.domain.household import HukouKind
from conversion.domain.ledger import EncumbranceKind, PostingKind
from conversion.domain.parcel import ParcelKind
from conversion.domain.right import Disposition, MembershipStanding
from conversion.policy.amount import Pay
from conversion.policy.ground import Effect
from conversion.policy.parameter_shape import HukouRegime, NoticeKind
from conversion.policy.span import StartEvent
from conversion.standards import member_flag, sex

_LAND: Mapping[str, str] = {kind: kind.label for kind in ParcelKind}
OPERATIONS: Final[Mapping[str, str]] = {
    **{kind: kind.label for kind in PostingKind},
    "pledge": EncumbranceKind.PLEDGE.label,
}
"""What may be done with booked shares, and the first allocation."""

_TAKEN = ("allocation", "transfer", "gift")
MEANINGS: Final[tuple[Mapping[str, str], ...]] = (
    {code: code.label for code in HukouKind},
    {code: code.label for code in MembershipStanding},
    {code: code.label for code in Disposition},
    {code: code.label for code in Effect},
    {code: code.label for code in StartEvent},
    {code: code.label for code in NoticeKind},
    {code: code.label for code in HukouRegime},
    {code: code.label for code in Pay},
    {code: told for code, told in OPERATIONS.items() if code != PostingKind.ALLOCATION},
    {code: OPERATIONS[code] for code in _TAKEN},
    _LAND,
    {code: _LAND[code] for code in (ParcelKind.CONTRACTED, ParcelKind.PRIVATE_PLOT)},
    {code: sex.title_of(code) for code in ("1", "2")},
    {code: member_flag.title_of(code) for code in ("1", "2", "3", "4", "6", "7", "8")},
    {"person": "每个人一份", "household": "每户一份"},
    {"kept": "原有的", "gained": "新增的"},
    {"all": "全体应到人员", "present": "到会人员"},
    {"static": "静态管理", "dynamic": "动态管理"},
    {"half_year_up": "满半年算一年", "down": "不足的不算", "up": "不足的算一个"},
    {"half_up": "四舍五入", "down": "不足的不算", "up": "不足的算一个"},
    {"contract": "合同面积", "measured": "实测面积"},
    {"members": "户内成员平分", "head": "户主"},
    {"head": "户主在先", "member_key": "编号小的在先"},
    {"collective": "集体股", "welfare_fund": "公益金"},
    {"largest_remainder": "余数大的先得"},
    {"member_key": "编号小的在先"},
    {"true": "是"},
    {
        "assess_benefits": "核定过渡期待遇",
        "map_entitlements": "列出权益",
        "propose_registrations": "拟定户口登记",
        "propose_membership": "研判成员身份",
        "meets_quorum": "表决是否有效",
        "notice_window": "公示期限",
        "allot": "折股量化",
    },
    {
        "chapter": "部分",
        "key": "编号",
        "member": "成员",
        "result": "结果",
        "amount": "数额",
        "since": "起",
        "until": "止",
        "until_event": "到何事为止",
    },
)
"""Every closed set of codes that a file may take one of, each code with its meaning."""


def explained(codes: Iterable[str]) -> str:
    """A closed set of codes as a message offers them, each with its meaning, if it needs any.

    >>> explained(["person", "household"]), explained(["1", "2"]), explained(["高龄", "低保"])
    ('person（每个人一份）、household（每户一份）', '"1"（男）、"2"（女）', '高龄、低保')
    """
    offered = tuple(codes)
    meant = next((one for one in MEANINGS if one.keys() == {*offered}), {})
    written = ((code, f'"{code}"' if code.isdecimal() else code) for code in offered)
    return "、".join(told + (f"（{meant[code]}）" if meant else "") for code, told in written)
