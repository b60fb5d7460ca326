"""What must hold of the grounds of membership. Each check returns faults with line and example."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from conversion.policy.draft import Draft
from conversion.policy.forbidden_ground import (
    CONFIDENTIAL,
    NARROWING,
    made_a_ground,
    named,
    turned_against,
)
from conversion.policy.ground import Effect, Ground
from conversion.policy.pack_fault import DataPath, PackFault

_LAW = "（农村集体经济组织法、妇女权益保障法）"
_RIGHT = "例如 finding: member_elsewhere（已是其他集体经济组织成员）"

Found: TypeAlias = Iterator[tuple[DataPath, str]]
"""Where in a ground, and what is wrong there."""


def check_grounds(draft: Draft) -> Iterator[PackFault]:
    """Nobody is kept from membership for what the law protects, nor by what nobody established."""
    effects = {ground.code: ground.effect for ground in draft.membership.grounds}
    for place, ground in enumerate(draft.membership.grounds):
        found = [fault for test in _TESTS for fault in test(ground)]
        for path, sentence in (*found, *_exceptions(ground, effects)):
            yield draft.marked["membership.yaml"].fault(("grounds", place, *path), sentence)


def _conditions(ground: Ground) -> Found:
    """A finding alone is adverse, a remark only protects, and something establishes each."""
    structural = {"hukou_kind": ground.hukou_kind, "has_land": ground.has_land, "flag": ground.flag}
    used = [key for key, value in structural.items() if value]
    if ground.effect.is_adverse and used:
        yield (used[0],), f"{_told(ground)}的理由只能由调查结论成立，删除这一项，{_RIGHT}"
    elif ground.effect.is_adverse and not ground.finding:
        yield ("effect",), f"{_told(ground)}的理由只能由调查结论成立，{_RIGHT}"
    elif ground.effect is Effect.CONFIRM and ground.flag:
        yield ("flag",), '成员备注只起保护作用，例如 effect: protect 和 flag: ["1"]'
    elif not (used or ground.finding):
        yield ("code",), "没有写这一条由什么成立，例如 hukou_kind: [agricultural]"


def _fields_of_effects(ground: Ground) -> Found:
    """What is to be cleared up says by which papers; other fields stand where they mean a thing."""
    if ground.effect is Effect.CLEAR_UP and not ground.evidence:
        yield ("effect",), "先核对的理由要写明需要的材料，例如 evidence: [对方集体经济组织的证明]"
    if ground.kept_rights and ground.effect is not Effect.EXCLUDE:
        yield ("kept_rights",), "只有不予确认的理由才写保留的权益，例如 effect: exclude"
    if ground.unless and not ground.effect.is_adverse:
        yield ("unless",), "确认和保护的理由没有例外，删除这一项，例如 effect: exclude 才写 unless"


def _exceptions(ground: Ground, effects: Mapping[str, Effect]) -> Found:
    for place, code in enumerate(ground.unless):
        effect = effects.get(code)
        if effect is None or effect.is_adverse:
            known = next((c for c, e in effects.items() if not e.is_adverse), "registered_here")
            found = "没有这一条" if effect is None else "本身就是不利的理由"
            yield ("unless", place), f"“{code}”{found}，写可以确认或者保护的理由，例如 {known}"


def _names(ground: Ground) -> Found:
    """What ids, titles and papers may not speak of, by the ground's effect."""
    spoken: dict[DataPath, str] = {
        ("code",): ground.code,
        ("finding",): ground.finding or "",
        ("title",): ground.title,
    }
    if ground.effect.is_adverse:
        spoken |= {("evidence", n): paper for n, paper in enumerate(ground.evidence)}
    for path, text in spoken.items():
        if ground.effect.is_adverse and (subject := named(text)):
            yield path, f"{subject}不得作为{_told(ground)}的理由{_LAW}，{_RIGHT}"
        elif ground.effect is Effect.CONFIRM and (subject := named(text, (NARROWING,))):
            yield path, f"确认的理由不得限于{subject}{_LAW}，例如 title: 户口在本村"
        elif subject := named(text, CONFIDENTIAL):
            yield (
                path,
                f"{subject}不写进理由，身份照常确认、不留记录，删除这一条，例如只写户口在本村",
            )


def _clauses(ground: Ground) -> Found:
    """What clauses may not say, by the ground's effect."""
    spoken: dict[DataPath, str] = {
        ("clause",): ground.clause,
        ("kept_rights",): ground.kept_rights or "",
        ("reference", "article"): ground.reference.article,
    }
    for path, text in spoken.items():
        if ground.effect.is_adverse:
            if subject := made_a_ground(text):
                yield path, f"{subject}不得作为{_told(ground)}的理由{_LAW}，{_RIGHT}"
        elif subject := turned_against(text):
            yield (
                path,
                f"不得因{subject}取消、限制成员权益{_LAW}，例如 clause: 不因结婚、上学改变身份。",
            )
        elif ground.effect is Effect.CONFIRM and (subject := made_a_ground(text, (NARROWING,))):
            yield path, f"确认的理由不得限于{subject}{_LAW}，例如 clause: 户口在本村。"


def _told(ground: Ground) -> str:
    return "不予确认" if ground.effect is Effect.EXCLUDE else "暂不确认"


_TESTS: tuple[Callable[[Ground], Found], ...] = (
    _conditions,
    _fields_of_effects,
    _names,
    _clauses,
)
