"""Delivery 送达: how a paper came to whom it is for (民事诉讼法 87-95, as offices apply it)."""

from enum import StrEnum


class Manner(StrEnum):
    """The way a paper was delivered; the days of its remedies run from then."""

    DIRECT = "direct"
    HOUSEHOLD = "household"
    AGENT = "agent"
    LEFT = "left"
    MAILED = "mailed"

    @property
    def label(self) -> str:
        """The manner's Chinese name."""
        return {
            "direct": "直接送达本人",
            "household": "同住成年家属签收",
            "agent": "代理人、代收人签收",
            "left": "留置送达",
            "mailed": "邮寄送达",
        }[self]
