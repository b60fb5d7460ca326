"""Where the policy packs lie."""

from pathlib import Path

from conversion.bundled import bundled


def packs_folder() -> Path:
    """The folder of packs, each in a folder named by its id.

    Raises:
        SetupIncomplete: the installation lacks it.
    """
    return bundled("policies")
