"""国家标准时间 (北京时间): the time of every office, whatever its machine is set to."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

CHINA: Final = ZoneInfo("Asia/Shanghai")
"""Days count by China Standard Time."""


def day_of(moment: datetime) -> date:
    """The day on which something happens at an office.

    >>> from datetime import UTC
    >>> day_of(datetime(2026, 11, 27, 22, 54, tzinfo=UTC))
    datetime.date(2026, 11, 28)
    """
    return moment.astimezone(CHINA).date()
