"""No right may depend on giving up contracted land or a homestead.

农村土地承包法 (2003) art. 26 and 物权法 arts. 126, 130 and 152: contracted land isn't taken back
within its term. A pack has no condition for lacking land; this looks for one hidden in words.
"""

import re

_LAND = re.compile("承包地|承包土地|承包经营权|责任田|宅基地")
_GIVING_UP = re.compile("交回|退出|退回|退还|放弃|腾退|收回|交出|上交|注销")
_DENIAL = re.compile("不|无需|没有")
_DEMAND = re.compile("条件|前提|方可|才能|才可|才予|必须|应当|须")
_SENTENCE_END = re.compile("[。；;！!？?\n]")
_CLAUSE_END = re.compile("[，,、：:]")


def demands_land(text: str) -> bool:
    """Whether a text makes giving up land a condition; free will and plain denial are no demand.

    >>> demands_land("交回承包地后，方可享受。"), demands_land("不得要求交回承包地。")
    (True, False)
    >>> demands_land("承包期满或本户自愿交回承包地"), demands_land("以自愿退出宅基地为条件")
    (False, True)
    """
    return any(map(_is_demand, _SENTENCE_END.split(text)))


def _is_demand(sentence: str) -> bool:
    if not _LAND.search(sentence):
        return False
    clauses = [c for c in _CLAUSE_END.split(sentence) if _GIVING_UP.search(c)]
    if "自愿" in sentence and not _is_denied(sentence) and _DEMAND.search(sentence):
        return bool(clauses)
    return not all(map(_is_denied_or_free, clauses))


def _is_denied(clause: str) -> bool:
    """Whether a denial stands before the giving up."""
    found = _GIVING_UP.search(clause)
    return found is not None and _DENIAL.search(clause[: found.start()]) is not None


def _is_denied_or_free(clause: str) -> bool:
    return _is_denied(clause) or "自愿" in clause
