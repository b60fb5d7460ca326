"""Where the page templates lie: inside an installed package, or at the top of a checkout."""

from pathlib import Path

from conversion.errors import SetupIncomplete

_PACKAGE = Path(__file__).resolve().parent.parent


def templates_folder() -> Path:
    """The folder `templates/documents`.

    Raises:
        SetupIncomplete: neither place has it.
    """
    places = (_PACKAGE / "templates", _PACKAGE.parent / "templates")
    for place in places:
        if (place / "documents").is_dir():
            return place / "documents"
    raise SetupIncomplete(
        "打开文书模板", "没有找到模板文件夹 templates/documents", "重新安装本系统"
    )
