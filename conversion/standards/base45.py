"""Base45 (RFC 9285): bytes in the alphanumeric alphabet of QR codes, two bytes as three signs."""

from conversion.errors import WrongUse

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_BASE = len(ALPHABET)
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    """The bytes as text.

    >>> encode(b"ietf!")
    'QED8WEX0'
    """
    return "".join(_signs(data[at : at + 2]) for at in range(0, len(data), 2))


def _signs(pair: bytes) -> str:
    rest, signs = int.from_bytes(pair), ""
    for _ in range(len(pair) + 1):
        rest, value = divmod(rest, _BASE)
        signs += ALPHABET[value]
    return signs


def decode(text: str) -> bytes:
    """The bytes that were written as a text.

    >>> decode("QED8WEX0")
    b'ietf!'

    Raises:
        WrongUse: a sign, a length or a group that no bytes are written as.
    """
    return b"".join(_bytes(text[at : at + 3]) for at in range(0, len(text), 3))


def _bytes(signs: str) -> bytes:
    size = len(signs) - 1
    if size < 1 or not _VALUES.keys() >= set(signs):
        raise _refusal(signs)
    value = 0
    for sign in reversed(signs):
        value = value * _BASE + _VALUES[sign]
    if value >> 8 * size:
        raise _refusal(signs)
    return value.to_bytes(size)


def _refusal(signs: str) -> WrongUse:
    return WrongUse("读取 Base45 文字", f"{signs!r} 不是 Base45", "完整照抄或重新扫描")
