"""Days as papers write them and as people type them.

GB/T 9704-2012 §7.3.5.4: Arabic figures, the full year, no leading zeros.

>>> format_day(date(2009, 6, 30))
'2009年6月30日'
>>> parse_day("2009.6.30"), parse_day("2009年2月30日")
(datetime.date(2009, 6, 30), None)
"""

import re
import unicodedata
from datetime import date

_MIDNIGHT = r"(?:[ T]0{1,2}:00(?::00)?(?:\.0+)?)?"  # spreadsheets append it
_FORMS = (
    re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_MIDNIGHT}"),
    re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})"),
    re.compile(r"([0-9]{4})\s*(年)\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"),
)


def format_day(day: date) -> str:
    """The day as a paper prints it."""
    return f"{day.year}年{day.month}月{day.day}日"


def parse_day(text: str) -> date | None:
    """The day a text names; None when it names none or there is no such day."""
    half_width = unicodedata.normalize("NFKC", text).strip()
    for form in _FORMS:
        if found := form.fullmatch(half_width):
            return _day(int(found[1]), int(found[3]), int(found[4]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
