"""The difference 变更前后对照: what a change does, a line each, as approvers read it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from conversion.documents.kinds import kind_of
from conversion.domain.case import Case
from conversion.domain.declaration import Declaration
from conversion.domain.departed import Departed
from conversion.domain.household import Household, HukouKind, Member
from conversion.domain.parcel import Parcel
from conversion.domain.representation import Representation
from conversion.domain.right import Benefit, Membership, ShareLot
from conversion.standards import marital_status, relation
from conversion.standards.amount import format_yuan
from conversion.standards.masking import mask_resident_number
from conversion.workflows.changes.comparing import Rows, rows
from conversion.workflows.changes.planning import Planned

_LEVELS: Final[Mapping[str, str]] = {
    "case": "本户情况重新公示，以后各步重新办理",
    "shares": "本户名单或股权重新公示",
    "land": "本户土地权属重新公示",
    "benefits": "过渡期待遇重新宣读",
    "entitlements": "权利义务重新列明",
}
"""Level → what has to be done again when it goes back."""

_ENDS: Final[Mapping[str, str]] = {
    "merged": "本户并入他户，案件终止",
    "extinct": "整户消亡，案件终止",
}


def difference(planned: Planned) -> str:
    """What a change does, as it is kept with the proposal."""
    return "\n".join(lines(planned))


def lines(planned: Planned) -> Iterator[str]:
    """Every household that a change touches, with all that becomes different there."""
    for number, after in planned.after.items():
        before = planned.before.get(number)
        opened = "" if before else "（新立户）"
        yield f"户 {after.household.number}{opened}"
        yield from (f"　{line}" for line in _household(before, after))
        then = "须换发" if after.members else "不再换发"
        for paper in planned.outdated.get(number, ()):
            yield f"　文书失效，{then}：{paper.number}《{kind_of(paper.kind).title}》"
        first = "、".join(f"《{kind.title}》" for kind in planned.papers.get(number, ()))
        if first:
            yield f"　发放：{first}"


def _household(before: Case | None, after: Case) -> Iterator[str]:
    had, has = rows(before), rows(after)
    for collection, told in _TOLD.items():
        yield from _rows(collection, told, had, has)
    if before:
        yield from _levels(before, after)


def _rows(collection: str, told: "Told", had: Rows, has: Rows) -> Iterator[str]:
    title, sentence = told
    before, after = had[collection], has[collection]
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if old is None:
            yield f"{title} {key}：增加，{sentence(new)}"
        elif new is None:
            yield f"{title} {key}：转出，原为{sentence(old)}"
        elif sentence(old) != sentence(new):
            yield f"{title} {key}：{sentence(old)} → {sentence(new)}"


def _levels(before: Case, after: Case) -> Iterator[str]:
    for level, sentence in _LEVELS.items():
        state = after.positions[level]
        if before.positions[level] != state:
            yield _ENDS.get(state, sentence)


# --- rows in words -------------------------------------------------------------------------------


def _member(m: Member) -> str:
    parts = [
        m.name,
        relation.TABLE.titles.get(m.relation, m.relation),
        mask_resident_number(m.resident_number) if m.resident_number else "无号码",
        f"{m.birth_date:%Y-%m-%d} 生",
        marital_status.TABLE.titles.get(m.marital_status, ""),
        HukouKind(m.hukou_kind).label,
    ]
    return "，".join(filter(None, parts))


def _departed(p: Departed) -> str:
    went = f"，去往 {p.went_to}" if p.went_to else ""
    return f"{p.name}，{p.departure.label}（{p.left_on:%Y-%m-%d}）{went}"


def _membership(m: Membership) -> str:
    ended = f"（{m.ended_on:%Y-%m-%d} 终止）" if m.ended_on else ""
    return f"{m.standing.label}{ended}"


def _lot(lot: ShareLot) -> str:
    return f"{lot.units} 股"


def _parcel(p: Parcel) -> str:
    return f"{p.kind.label}{p.name or p.code}"


def _benefit(b: Benefit) -> str:
    until = f"至 {b.until:%Y-%m-%d}" if b.until else ""
    return f"{b.title}{b.disposition.label}{until}"


def _representation(r: Representation) -> str:
    until = f"，至 {r.until:%Y-%m-%d}" if r.until else ""
    return f"{r.kind.label}{r.name}{until}"


def _declaration(d: Declaration) -> str:
    if d.member:
        return f"服役{d.service_years}年"
    return f"家庭月收入{format_yuan(d.monthly_income or 0)}元"


def _address(h: Household) -> str:
    return f"{h.group}，{h.address}"


Told = tuple[str, Callable[..., str]]

_TOLD: Final[Mapping[str, Told]] = {
    "household": ("户", _address),
    "members": ("成员", _member),
    "departed": ("离户人员", _departed),
    "representations": ("代理与监护", _representation),
    "declarations": ("申报", _declaration),
    "memberships": ("成员身份", _membership),
    "shares": ("份额", _lot),
    "parcels": ("地块", _parcel),
    "benefits": ("待遇", _benefit),
}
"""Collection → its title and how one of its rows is told."""
