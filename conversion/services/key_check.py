"""Whether papers can be signed here, today and in two months, and whether the void list holds."""

from datetime import datetime, timedelta
from typing import Final

from conversion.documents.signed_list import KeyList
from conversion.errors import ConversionError
from conversion.services.keys import SAFE, KeyFolder
from conversion.services.readiness import Check, Verdict
from conversion.standards.beijing_time import CHINA

NAME: Final = "签名密钥"
NOTICE: Final = timedelta(days=60)
"""How long before their last day the keys' change is called to mind: it takes two persons."""


def keys_check(folder: KeyFolder, now: datetime) -> Check:
    """The office's keys and lists."""
    if not folder.is_founded:
        return _lacking(
            Verdict.WARNING,
            f"{folder.path} 中没有密钥",
            "文书没有核验码和电子签名，银行、学校无从核验",
            "conversion keys init（两人在场）",
        )
    try:
        keys, void = folder.keys(), folder.void()
    except ConversionError as error:
        cost = "制不成文书，也不能核验"
        return _lacking(Verdict.FAILED, error.found, cost, "从备份恢复密钥目录中的清单")
    return (
        _terms(keys, now)
        or _in_the_safe(folder, keys, now)
        or (None if void and void.is_current(now) else _stale())
        or Check(name=NAME, verdict=Verdict.FINE, found=f"公钥清单第{keys.serial}号")
    )


def _terms(keys: KeyList, now: datetime) -> Check | None:
    """What is wrong with the keys' last days."""
    day = now.astimezone(CHINA).date()
    last = min(
        max((line.until for line in lines if line.revoked_on is None), default=keys.issued_on)
        for lines in (keys.codes, keys.signers)
    )
    revoked = keys.codes[-1].revoked_on or keys.signers[-1].revoked_on
    remedy = "conversion keys rotate（取出保险柜中的密钥，两人在场）"
    if revoked or last < day:
        found = f"{revoked} 作废" if revoked else f"{last} 到期"
        return _lacking(Verdict.FAILED, found, "制不成文书", remedy)
    if last - day < NOTICE:
        return _lacking(Verdict.WARNING, f"{last} 到期", "到期以后制不成文书", remedy)
    return None


def _in_the_safe(folder: KeyFolder, keys: KeyList, now: datetime) -> Check | None:
    """Keys of the safe that were left on the machine after the day of the ceremony."""
    left = [name for name in SAFE if (folder.path / name).exists()]
    if not left or now.astimezone(CHINA).date() <= keys.issued_on:
        return None
    return _lacking(
        Verdict.WARNING,
        f"{'、'.join(left)} 还在机器上",
        "谁拷走密钥目录、知道口令，就能另立密钥冒充本单位",
        "拷到两个介质存入保险柜，再从机器上删去",
    )


def _stale() -> Check:
    cost = "凭清单核验的单位一律得到“清单过期，不能判定”"
    remedy = "conversion document void-list，每天一次；或设置 CONVERSION_KEYS_PASSPHRASE 自动重签"
    return _lacking(Verdict.WARNING, "作废清单没有签发或已经过期", cost, remedy)


def _lacking(verdict: Verdict, found: str, cost: str, remedy: str) -> Check:
    return Check(name=NAME, verdict=verdict, found=found, cost=cost, remedy=remedy)
