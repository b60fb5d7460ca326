"""通用规范汉字表 (国发〔2013〕23号): the 8105 characters that public services must write.

First those in everyday use (3500), then further ones of print (3000), then those of names of
people and places (1605), each in the table's order; the same as Unihan's kTGH.
"""

from functools import cache
from importlib import resources

LEVELS = (3500, 3000, 1605)
"""How many characters stand in each of the table's three levels."""


@cache
def general_characters() -> tuple[str, ...]:
    """The table's characters in its order.

    >>> len(general_characters()), general_characters()[0], general_characters()[-1]
    (8105, '一', '蠼')
    """
    file = resources.files(__package__).joinpath("general_characters.txt")
    return tuple("".join(file.read_text(encoding="utf-8").split()))
