"""公示榜: a list as it is hung on the village's boards, with where and until when to object."""

from typing_extensions import override

from conversion.documents.kind import DocumentKind, Facts, Part, VillageOccasion
from conversion.domain.programme import Programme


class PostedText(Part):
    """A list, line by line.

    Attributes:
        title: with its round; columns: headings; lines: cells, the household's code the last.
        kind: the pack's kind of notice, e.g. `members`; round: which list of its kind, from 1.
        group: the 村民小组 that it is for, empty for the whole village.
        days: length of the window, in working days or in days; the day of hanging isn't counted.
        objections: to whom; code: of the whole list, from the first characters of `sha256`.
    """

    title: str
    kind: str
    round: int
    rounds: int
    group: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    households: int
    days: int
    working_days: bool
    objections: str
    code: str
    sha256: str

    @property
    def is_wide(self) -> bool:
        """Whether the sheet lies on its side."""
        return len(self.columns) > _UPRIGHT

    @property
    def widths(self) -> tuple[int, ...]:
        """Of the columns in mm, together the type area's."""
        area = _LYING_AREA if self.is_wide else _UPRIGHT_AREA
        wanted = [_WIDTHS[title] for title in self.columns]
        *most, _ = (width * area // sum(wanted) for width in wanted)
        return (*most, area - sum(most))


_UPRIGHT = 7
"""Columns that an upright sheet has room for."""

_UPRIGHT_AREA, _LYING_AREA = 170, 257
"""Widths of the type area in mm, of A4 with 20 mm on both sides."""

_WIDTHS = {
    "户号": 18,
    "村民小组": 26,
    "姓名": 28,
    "与户主关系": 30,
    "成员身份": 26,
    "股份类别": 26,
    "股数": 18,
    "地块": 24,
    "权利": 34,
    "面积": 24,
    "四至": 50,
    "共有人": 36,
    "校验码": 24,
}
"""Column → its width beside the others, in mm."""


class PublicNotice(Facts):
    """The facts of a 公示榜.

    Attributes:
        issuing_office: who posts it; programme: the programme's code; before: the village.
    """

    issuing_office: str
    programme: str
    before: str
    text: PostedText

    @property
    @override
    def gist(self) -> str:
        """Which list, of how many households, with its code."""
        return f"{self.text.title}，{self.text.households}户，校验码{self.text.code}"


_OF_COLLECTIVE = frozenset({"members", "shares"})
"""Kinds of lists that the collective posts; the villagers' committee posts the others."""


def facts(occasion: VillageOccasion[PostedText]) -> PublicNotice:
    """The list as the act that issues it drew it up."""
    return PublicNotice(
        number=occasion.number,
        day=occasion.day,
        nonce=occasion.nonce,
        issuing_office=_office(occasion.told.kind, occasion.programme),
        programme=occasion.programme.code,
        before=occasion.programme.village.before,
        text=occasion.told,
    )


def _office(kind: str, programme: Programme) -> str:
    village = programme.village
    return (
        village.collective_name if kind in _OF_COLLECTIVE else f"{village.village_name}村民委员会"
    )


PUBLIC_NOTICE = DocumentKind(
    id="public_notice",
    title="公示",
    series="公示",
    template="public_notice.html",
    version="1",
    facts_model=PublicNotice,
    facts=facts,
    signers=("张贴人", "见证人", "公示单位"),
    copies=("公示栏", "各组公告牌", "工作专班存档"),
)
