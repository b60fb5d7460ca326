"""A number exactly as it is written: whole or decimal, of bounded length, never rounded."""

import re
from fractions import Fraction

_WRITTEN = re.compile(r"[-+]?(?=[0-9]|\.[0-9])[0-9]{0,15}(?:\.[0-9]{0,15})?")
_MOST_PLACES = 16


def exact_number(text: str) -> int | Fraction | None:
    """The number that a text writes; None when it writes none, or not in plain digits.

    Exponents, infinities and what is no number are none: they say nothing that a law says.

    >>> exact_number("0.15"), exact_number("600.0"), exact_number("12_400"), exact_number("1e9")
    (Fraction(3, 20), 600, 12400, None)
    """
    plain = text.replace("_", "")
    if not _WRITTEN.fullmatch(plain):
        return None
    number = Fraction(plain.removesuffix("."))
    return number.numerator if number.denominator == 1 else number


def written(number: int | Fraction) -> str:
    """An exact number in decimal digits; as a fraction where these would have no end.

    >>> written(Fraction(3, 20)), written(600), written(Fraction(-1, 8)), written(Fraction(2, 3))
    ('0.15', '600', '-0.125', '2/3')
    """
    places = next((n for n in range(_MOST_PLACES) if (number * 10**n).denominator == 1), None)
    if places is None:
        return str(number)
    digits = str(abs(number * 10**places)).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    whole = digits[: len(digits) - places]
    return f"{sign}{whole}.{digits[len(whole) :]}" if places else f"{sign}{whole}"
