"""A migration plan 迁移方案 as a file: outlined for the office to fill in, and read back."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from conversion.errors import WrongUse
from conversion.services.definitions import impact
from conversion.services.office import Office
from conversion.workflows.migration import MigrationPlan, outline
from conversion.workflows.procedure import Procedures

_HEADING = """\
流程迁移方案：逐项写明旧状态迁往哪个新状态（states），空着的必须填写；
reason 理由、decision 决定文号、decided_by 决定机关必须填写；households 空着即全部案件。
carry 写明随案转入的在办事项：
  hold 中止，objection 未办结的异议，change 待批准的变更，notice 正在公示。
"""


def write_outline(
    office: Office, programme: str, old: Procedures, new: Procedures, path: Path
) -> dict[str, Any]:
    """Write the outline of a plan: every state in use of every changed level.

    Raises:
        WrongUse: the file exists, or can't be written.
    """
    used: dict[str, list[str]] = {}
    for touched in impact(office, programme, old, new):
        used.setdefault(touched.level, []).append(touched.state)
    data = outline(old, new, used)
    yaml = YAML()
    yaml.allow_unicode = True
    try:
        with path.open("x", encoding="utf-8") as file:
            file.writelines(f"# {line}\n" for line in _HEADING.splitlines())
            yaml.dump(data, file)
    except OSError as error:
        found = "文件已经存在" if isinstance(error, FileExistsError) else "文件不可写"
        raise WrongUse(f"写出迁移方案 {path}", found, "换一个文件名") from error
    return data


def read_plan(path: Path) -> MigrationPlan:
    """The plan that a file describes.

    Raises:
        WrongUse: the file can't be read, or has faults; every one is named.
    """
    asked = f"读取迁移方案 {path}"
    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(asked, "文件不存在或不是 UTF-8 文本", "核对文件") from error
    except (YAMLError, ValueError) as error:
        raise WrongUse(
            asked, "不是合格的 YAML", "由 conversion definition plan 重新生成"
        ) from error
    try:
        return MigrationPlan.model_validate(data)
    except ValidationError as error:
        faults = "；".join(
            f"{'.'.join(map(str, fault['loc'])) or '方案'} {_CHINESE.get(fault['type'], '不合格')}"
            for fault in error.errors()
        )
        raise WrongUse(asked, faults, "按方案开头的说明填写") from error


_CHINESE = {
    "missing": "没有填写",
    "string_too_short": "没有填写，或太短",
    "extra_forbidden": "不是方案的项目",
    "string_pattern_mismatch": "不是流程版本号",
    "enum": "不在可选之列",
}
