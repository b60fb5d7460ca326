"""How a page is put on paper: shifted onto a pre-printed booklet 套打, or marked as a copy 副本.

What is said stays the same; only the place of the page and a line in its margin differ.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Impression:
    """How a page is put on paper.

    Attributes:
        mark: a line in the upper margin of each page; empty on an original.
        right, down: tenths of a millimetre by which the whole page is shifted, not scaled.
    """

    mark: str = ""
    right: int = 0
    down: int = 0

    @property
    def style(self) -> str:
        """The mark as a style sheet: a margin box takes no room from the text."""
        words = self.mark.replace("\\", "").replace('"', "”")
        return (
            f'@page {{ @top-center {{ content: "{words}"; white-space: nowrap;'
            ' vertical-align: middle; font: 12pt "Conversion Hei", "Noto Sans CJK SC",'
            ' "BabelStone Han"; border-bottom: .75pt solid #000 } }'
            if words
            else ""
        )


AS_ISSUED = Impression()


def copy_mark(number: str, serial: int, day: date) -> str:
    """What stands on a copy.

    >>> copy_mark("坪社股证〔2010〕0001号", 2, date(2010, 3, 5))
    '副本　第2次打印（2010-03-05）　原件：坪社股证〔2010〕0001号'
    """
    return f"副本　第{serial}次打印（{day}）　原件：{number}"
