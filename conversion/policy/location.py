"""Where the policy packs lie."""

from pathlib import Path

from conversion.bundled import bundled


def packs_folder() -> Path:
    """The folder of packs, each in a folder named by its id.

    Raises:
        SetupIncomplete: the installation lacks it.
    """
    return bundled("policies")


def pack_folder(pack: str) -> Path:
    """The folder of a pack given by id, or by a path for one in the making."""
    named = packs_folder() / pack
    return named if named.is_dir() else Path(pack)
