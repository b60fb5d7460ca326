"""A kind of paper: its number series, its facts, its template, who signs and how many copies."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict

from conversion.domain.case import Case
from conversion.domain.programme import Programme


class Facts(BaseModel):
    """What a paper says, complete and frozen: strings, integers, booleans and days only.

    Attributes:
        number: the paper's number; day: its date.
        nonce: 80 random bits as hex, so that the digest of the facts can't be guessed from them.
        replaces: number of the superseded paper in whose place it stands, empty for the first.
        reissued: whether that paper was lost, which the new one has to say 补发
            (不动产登记暂行条例实施细则 22).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    day: date
    nonce: str
    replaces: str = ""
    reissued: bool = False

    @property
    def holder(self) -> str:
        """Whose paper it is, as printed; empty for a paper of the village."""
        return ""

    @property
    def gist(self) -> str:
        """The figures that matter, as the code on each page says them in a few words."""
        return ""


class Part(BaseModel):
    """A row or block of a paper's facts, frozen like the whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What every paper is made from: the programme as sealed, and the number the paper takes."""

    number: str
    day: date
    nonce: str
    programme: Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdOccasion(Occasion):
    """What a household's paper is made from.

    Attributes:
        case: the case including the act that issues the paper.
        told: what the step itself tells (`Step.tells`) beyond what the chain shows.
    """

    case: Case
    told: Any = None


ToldT = TypeVar("ToldT")
"""What a step tells its papers beyond what the village's chain says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageOccasion(Occasion, Generic[ToldT]):
    """What a paper of the village is made from; its programme includes the act that issues it.

    Attributes:
        told: what the step itself tells (`Step.tells`): fields of its form that the chain does not
            show, or what was worked out for it over many cases.
    """

    told: ToldT


OccasionT = TypeVar("OccasionT", bound=Occasion)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind(Generic[OccasionT]):
    """One kind of paper; its occasion says whether a household's case or the village issues it.

    Attributes:
        id: English id; title: as printed; series: the words of its number, e.g. `权告`.
        template: file in `templates/documents/`; version: raised whenever the template changes.
        facts_model: the frozen model; facts: builds it from an occasion.
        signers: who signs or seals, in order, as labels of measured empty places.
        copies: how many are printed and for whom.
        explains: acts of the case whose decisions it quotes; their argument is kept outside the
            leaf, so it is opened for those papers only.
        letter: it is an official letter (公文, GB/T 9704-2012), numbered without leading zeros.
        lasting: it tells what was done on its day, as every letter does, so that nothing that
            changes later outdates it.
    """

    id: str
    title: str
    series: str
    template: str
    version: str
    facts_model: type[Facts]
    facts: Callable[[OccasionT], Facts]
    signers: tuple[str, ...]
    copies: tuple[str, ...]
    explains: tuple[str, ...] = ()
    letter: bool = False
    lasting: bool = False

    @property
    def stays(self) -> bool:
        """Whether what it tells stays so, whatever changes."""
        return self.letter or self.lasting

    def number(self, prefix: str, year: int, serial: int) -> str:
        """The number as printed (GB/T 9704: six-cornered brackets, no leading 第).

        Certificates and forms count in four digits, so that they sort; letters as the standard
        has it, without leading zeros.

        >>> STATEMENT = DocumentKind(id="s", title="权益告知单", series="权告", template="s.html",
        ...     version="1", facts_model=Facts, facts=lambda o: Facts(number="", day=o.day,
        ...     nonce=""), signers=(), copies=())
        >>> STATEMENT.number("坪社", 2009, 7)
        '坪社权告〔2009〕0007号'
        """
        counted = str(serial) if self.letter else f"{serial:04d}"
        return f"{prefix}{self.series}〔{year}〕{counted}号"


_COUNTED = re.compile(r"〔(\d{4})〕(\d+)号$")


def year_and_serial(number: str) -> tuple[int, int] | None:
    """The year and the serial that a paper's number tells; None where it tells none.

    >>> year_and_serial("坪社权告〔2009〕0007号")
    (2009, 7)
    """
    found = _COUNTED.search(number)
    return (int(found[1]), int(found[2])) if found else None


AnyKind: TypeAlias = DocumentKind[Any]
HouseholdKind: TypeAlias = DocumentKind[HouseholdOccasion]
