"""The largest remainder method 最大余数法: whole units shared out so that nothing is lost."""

from collections.abc import Mapping


def apportion(units: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Units by weight; what division leaves goes, one each, to the largest remainders.

    Equal remainders are served in the order of their keys, so the result never depends on the
    order of the input. Without any weight everybody gets nothing.

    >>> apportion(10_000, {"03": 1, "01": 1, "02": 1})
    {'01': 3334, '02': 3333, '03': 3333}
    """
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(sorted(weights), 0)
    shares = {key: divmod(units * weights[key], whole) for key in sorted(weights)}
    left = units - sum(base for base, _ in shares.values())
    by_remainder = sorted(shares, key=lambda key: (-shares[key][1], key))
    lucky = set(by_remainder[:left])
    return {key: base + (key in lucky) for key, (base, _) in shares.items()}
