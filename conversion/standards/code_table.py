"""A table of codes as a standard prints it: each code with its title."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from conversion.errors import WrongUse
from conversion.standards.compact_text import compact


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTable:
    """A standard's codes, their titles, and the other words people write for them.

    >>> colours = CodeTable(standard="颜色", titles={"1": "红"}, aliases={"赤": "1"})
    >>> colours.code_of("１"), colours.code_of("红"), colours.code_of("赤"), colours.code_of("蓝")
    ('1', '1', '1', None)

    Attributes:
        standard: The standard's number and name, for messages.
        titles: Code to title, in the standard's order.
        aliases: Another spelling to the code it stands for.
    """

    standard: str
    titles: Mapping[str, str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    _codes: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index every accepted spelling once."""
        codes = dict(self.aliases)
        codes.update({title: code for code, title in self.titles.items()})
        codes.update({code: code for code in self.titles})
        object.__setattr__(self, "_codes", codes)

    def code_of(self, text: str) -> str | None:
        """The code for a code, a title or a usual synonym; None when the table has none."""
        return self._codes.get(text) or self._codes.get(compact(text))

    def title_of(self, code: str) -> str:
        """The standard's title.

        Raises:
            WrongUse: The table has no such code.
        """
        if code not in self.titles:
            raise WrongUse(f"查找{self.standard}的名称", f"表中没有代码“{code}”", "使用表中的代码")
        return self.titles[code]
