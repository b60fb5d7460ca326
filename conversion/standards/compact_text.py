"""The compact form of a code or a code's name as people type it.

Full-width letters and digits become half-width, letters become capitals, and what only separates
or can't be seen (spaces, hyphens, control, zero-width and direction marks, the apostrophe with
which spreadsheets mark text) is removed. For identifiers only: a person's name has rules of its
own in `conversion.standards.name`.
"""

import unicodedata

_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Pd", "Zl", "Zp", "Zs"})
_DROPPED_CHARACTERS = frozenset("'`‘’−")


def compact(text: str) -> str:
    r"""The characters that count.

    >>> compact(" ５２０３０３-19900101\u200b-123x\n")
    '52030319900101123X'
    """
    if text.isascii() and text.isalnum():
        return text.upper()
    half_width = unicodedata.normalize("NFKC", text)
    return unicodedata.normalize("NFC", "".join(filter(_is_kept, half_width)).upper())


def _is_kept(character: str) -> bool:
    return (
        character not in _DROPPED_CHARACTERS
        and unicodedata.category(character) not in _DROPPED_CATEGORIES
    )
