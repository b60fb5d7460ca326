"""Where the page templates lie."""

from pathlib import Path

from conversion.bundled import bundled


def templates_folder() -> Path:
    """The folder of the papers' templates and styles.

    Raises:
        SetupIncomplete: the installation lacks it.
    """
    return bundled("templates") / "documents"
