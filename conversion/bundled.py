"""Where the folders that travel with the program lie: templates, policy packs, the sample village.

In a checkout they stand at the top level, where designers and lawyers edit them; in an installed
wheel they stand inside the package.
"""

from pathlib import Path
from typing import Literal

from conversion.errors import SetupIncomplete

PACKAGE = Path(__file__).parent


def bundled(name: Literal["templates", "policies", "examples"]) -> Path:
    """The folder of this name.

    Raises:
        SetupIncomplete: the installation lacks it.
    """
    for place in (PACKAGE / name, PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise SetupIncomplete(f"查找目录 {name}", "安装不完整，没有这个目录", "重新安装本程序")
