"""Relations to a new head of household, derived from those to the old one (GB/T 4761).

Only what follows of necessity is derived; where two answers are possible (whose wife is the
daughter-in-law, now that one of two sons is head?) there is none, and somebody has to say.
"""

from datetime import date
from typing import Final, Protocol

from conversion.standards.relation import HEAD
from conversion.standards.sex import FEMALE


class Person(Protocol):
    """What a relation is derived from."""

    @property
    def relation(self) -> str:
        """GB/T 4761 code, to the old head."""

    @property
    def sex(self) -> str:
        """GB/T 2261.1 code."""

    @property
    def birth_date(self) -> date:
        """Day of birth."""


_SPOUSES: Final = frozenset({"10", "11", "12"})
_OWN_CHILDREN: Final = frozenset({*map(str, range(20, 27)), *map(str, range(30, 37))})
_DESCENDANTS: Final = frozenset({*_OWN_CHILDREN, "28", "38", *map(str, range(41, 49))})
_OWN_PARENTS: Final = frozenset({"51", "52"})
_TO_A_WIFE: Final = {"51": "53", "52": "54", "55": "51", "56": "52"}
_TO_A_HUSBAND: Final = {"51": "55", "52": "56", "53": "51", "54": "52"}
_PARENTS_OF_A_FATHER: Final = {"51": "61", "52": "62", "55": "63", "56": "64"}
_PARENTS_OF_A_MOTHER: Final = {"51": "63", "52": "64", "53": "61", "54": "62"}


def rebased(person: Person, head: Person, old_head: Person) -> str | None:
    """A person's relation to the new head, or None where it doesn't follow.

    Args:
        person: whose relation is asked.
        head: who becomes head; the relation is still the one to the old head.
        old_head: who was head.
    """
    if person is head:
        return HEAD
    found: str | None = None
    if head.relation == HEAD:
        found = person.relation
    elif head.relation in _SPOUSES:
        found = _to_spouse(person, head)
    elif head.relation in _OWN_CHILDREN:
        found = _to_child(person, head, old_head)
    elif head.relation in _OWN_PARENTS:
        found = _to_parent(person, old_head)
    return found


def _by_sex(person: Person, male: str, female: str) -> str:
    return female if person.sex == FEMALE else male


def _to_spouse(person: Person, head: Person) -> str | None:
    """The new head was the old one's wife or husband: their descendants are both of theirs."""
    if person.relation == HEAD:
        return _by_sex(person, "11", "12")
    if person.relation in _DESCENDANTS:
        return person.relation
    table = _TO_A_WIFE if head.sex == FEMALE else _TO_A_HUSBAND
    return table.get(person.relation)


def _to_child(person: Person, head: Person, old_head: Person) -> str | None:
    if person.relation == HEAD or person.relation in _SPOUSES:
        return _by_sex(person, "51", "52")
    if person.relation in _OWN_CHILDREN:
        return _sibling(person, head)
    table = _PARENTS_OF_A_MOTHER if old_head.sex == FEMALE else _PARENTS_OF_A_FATHER
    return table.get(person.relation)


def _sibling(person: Person, head: Person) -> str:
    elder = person.birth_date < head.birth_date
    return _by_sex(person, "71", "75") if elder else _by_sex(person, "73", "77")


def _to_parent(person: Person, old_head: Person) -> str | None:
    if person.relation == HEAD:
        return _by_sex(person, "20", "30")
    if person.relation in _SPOUSES:
        return _by_sex(person, "28", "38")
    if person.relation in _OWN_PARENTS:
        return _by_sex(person, "11", "12")
    if person.relation in _OWN_CHILDREN:
        male, female = ("43", "44") if old_head.sex == FEMALE else ("41", "42")
        return _by_sex(person, male, female)
    return None
