"""核验网页: one file that verifies codes in any browser, and fetches nothing.

It carries the scripts, the key list and the void list of the day it was made. Whoever gets it by
mail or on a stick compares one fingerprint with paper.
"""

import json
from pathlib import Path

from markupsafe import Markup

from conversion.bundled import bundled
from conversion.documents.signed_list import KeyList
from conversion.documents.template import environment

FOLDER = "verification"
SCRIPTS = ("vendor/ed25519.js", "vendor/qr.js", "verify.js", "screen.js")


def verifier_page(keys: KeyList, key_note: str, void_note: str | None) -> str:
    """The page as HTML.

    Args:
        keys: the key list; key_note: as the note it stands in.
        key_note: see keys.
        void_note: the void list's note, None if there is none yet.
    """
    folder = bundled("templates") / FOLDER
    return (
        environment(folder)
        .get_template("page.html")
        .render(
            keys=keys,
            style=_own(folder / "page.css"),
            scripts=[_own(folder / name) for name in SCRIPTS],
            key_note=_data(key_note),
            void_note=_data(void_note),
        )
    )


def _own(file: Path) -> Markup:
    """A file of ours as it stands; it must not end the element that holds it."""
    text = file.read_text(encoding="utf-8")
    assert "</script" not in text.lower()
    assert "</style" not in text.lower()
    return Markup(text)  # noqa: S704 (it is our own file, not anybody's word)


def _data(note: str | None) -> Markup:
    """A note as JSON that no browser can take for markup."""
    return Markup(json.dumps(note).replace("<", "\\u003c"))  # noqa: S704 (escaped here)
