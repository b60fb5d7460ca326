"""What a correction changes 更正对照: the entries as they were and as they are, for its letter."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from conversion.documents.kinds import kind_of
from conversion.documents.rectification_notice import EndedPaper, Rewritten
from conversion.domain.household import Household, HukouKind, Member
from conversion.domain.notice import Paper
from conversion.domain.standing import Change
from conversion.standards import ethnicity, marital_status, relation, sex
from conversion.standards.chinese_date import format_day
from conversion.standards.masking import mask_phone, mask_resident_number

Said = Callable[[Any], str]

_OF_MEMBER: Final[Mapping[str, tuple[str, Said]]] = {
    "name": ("姓名", str),
    "relation": ("与户主关系", relation.title_of),
    "sex": ("性别", sex.title_of),
    "birth_date": ("出生日期", format_day),
    "resident_number": ("公民身份号码", mask_resident_number),
    "ethnicity": ("民族", ethnicity.title_of),
    "marital_status": ("婚姻状况", marital_status.title_of),
    "hukou_kind": ("户口性质", lambda kind: HukouKind(kind).label),
    "farming_months": ("农龄（月）", str),
    "traits": ("身份特征", "、".join),
    "phone": ("电话", mask_phone),
}
"""Field → its name on paper and how its value is said; what is restricted is not said at all."""

_OF_HOUSEHOLD: Final[Mapping[str, tuple[str, Said]]] = {
    "group": ("村民小组", str),
    "address": ("住址", str),
    "phone": ("电话", mask_phone),
}


def rewritten(
    before: Household,
    members: Mapping[str, Member],
    household: Household | None,
    corrected: tuple[Member, ...],
) -> Iterator[Rewritten]:
    """Each entry of the corrected rows that reads otherwise.

    Args:
        before: the household as it stood.
        members: its members as they stood, by serial.
        household: its corrected row, if that was corrected.
        corrected: the corrected rows of members.
    """
    if household:
        yield from _entries("全户", _OF_HOUSEHOLD, before, household)
    for member in corrected:
        was = members[member.serial]
        yield from _entries(was.name, _OF_MEMBER, was, member)


def _entries(
    whose: str, fields: Mapping[str, tuple[str, Said]], before: Any, after: Any
) -> Iterator[Rewritten]:
    for name, (what, said) in fields.items():
        had, has = getattr(before, name), getattr(after, name)
        if had != has:
            yield Rewritten(
                whose=whose,
                what=what,
                before=said(had) if had else "",
                after=said(has) if has else "",
            )


def ended_papers(papers: Mapping[str, Paper], changes: tuple[Change, ...]) -> Iterator[EndedPaper]:
    """The printed papers that an act's changes end, which have to be brought back."""
    for number in (c.key for c in changes if c.collection == "papers"):
        if papers[number].file_sha256:
            yield EndedPaper(number=number, title=kind_of(papers[number].kind).title)
