"""Attendance 签到: who of a meeting's roll came, and who voted for whom by written proxy."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from conversion.domain.meeting import Attendance, Voter
from conversion.domain.standing import Json
from conversion.history.canonical import canonical


def roll_sha256(roll: Sequence[Voter]) -> str:
    """Hex SHA-256 of the canonical roll: who may come."""
    return _digest([v.person] for v in roll)


def attendance_sha256(roll: Sequence[Voter]) -> str:
    """Hex SHA-256 of the canonical attendance: who came, and how."""
    return _digest([v.person, v.attendance.value, v.proxy] for v in roll)


def attended(
    roll: Sequence[Voter], present: Sequence[str], proxies: Mapping[str, str]
) -> tuple[Voter, ...]:
    """The roll with its attendance.

    Args:
        roll: as frozen.
        present: who came, as rolls name a person.
        proxies: who was absent and gave a written proxy → who held it.
    """
    came = frozenset(present)
    return tuple(_entered(voter, came, proxies) for voter in roll)


def attendance_faults(
    roll: Sequence[Voter],
    present: Sequence[str],
    proxies: Mapping[str, str],
    holders: frozenset[str],
) -> Iterator[str]:
    """Every fault of an attendance sheet, one Chinese phrase each.

    Args:
        roll: as frozen.
        present: see `attended`.
        proxies: see `attended`.
        holders: everybody who may hold a proxy.
    """
    on_roll = frozenset(voter.person for voter in roll)
    yield from (f"{p} 签到 {n} 次" for p, n in Counter(present).items() if n > 1)
    strangers = sorted({*present, *proxies} - on_roll)
    yield from (f"{person} 不在应到名册上" for person in strangers)
    for principal, holder in proxies.items():
        fault = _proxy_fault(principal, holder, frozenset(present), on_roll, holders)
        if fault:
            yield f"{principal} 委托 {holder}：{fault}"


def _proxy_fault(
    principal: str,
    holder: str,
    present: frozenset[str],
    on_roll: frozenset[str],
    holders: frozenset[str],
) -> str:
    """What is wrong with one proxy (农村集体经济组织法 27); empty when nothing."""
    if principal in present:
        return "委托人本人已到会"
    if _household(principal) != _household(holder):
        return "受托人不是同一户的成员"
    if holder == principal or holder not in holders:
        return "受托人不是本户另一个具有完全民事行为能力的成员"
    if holder in on_roll and holder not in present:
        return "受托人没有到会"
    return ""


def _household(person: str) -> str:
    return person.rpartition("/")[0]


def _entered(voter: Voter, came: frozenset[str], proxies: Mapping[str, str]) -> Voter:
    if voter.person in came:
        return voter.model_copy(update={"attendance": Attendance.PRESENT, "proxy": ""})
    if holder := proxies.get(voter.person):
        told = {"attendance": Attendance.PROXY, "proxy": holder.rpartition("/")[2]}
        return voter.model_copy(update=told)
    return voter.model_copy(update={"attendance": Attendance.ABSENT, "proxy": ""})


def _digest(rows: Iterator[list[Json]]) -> str:
    return hashlib.sha256(canonical(sorted(rows, key=str))).hexdigest()
