"""A form as filled in, read into its model: every fault is a requirement, told in Chinese."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from conversion.workflows.requirement import Requirement
from conversion.workflows.step import Form


def read_form(
    form: type[Form], filled: Mapping[str, Any] | None, *, clause: str
) -> tuple[Form | None, tuple[Requirement, ...]]:
    """The form, or one requirement for each fault; None with nothing to fill in is an empty form.

    Args:
        form: the step's form model.
        filled: as filled in; None when the step is only explained.
        clause: what a form's being filled in rests on.
    """
    needed = [f for f in form.model_fields.items() if f[1].is_required()]
    if filled is None and needed:
        return None, (_unfilled(needed, clause),)
    try:
        return form.model_validate(filled or {}), ()
    except ValidationError as error:
        return None, tuple(_form_faults(form, error, clause))


def _unfilled(needed: list[tuple[str, FieldInfo]], clause: str) -> Requirement:
    fields = "、".join(f"“{field.title or name}”（{name}）" for name, field in needed)
    return Requirement(
        rule="form",
        title="表单已填写",
        clause=clause,
        satisfied=False,
        found="尚未填写",
        remedy=f"填写{fields}",
    )


def _form_faults(form: type[Form], error: ValidationError, clause: str) -> Iterator[Requirement]:
    for fault in error.errors(include_url=False):
        name, *within = [str(part) for part in fault["loc"]] or [""]
        field = form.model_fields.get(name)
        label = (field.title if field else None) or name or "表单"
        place = f"{'.'.join(within)} " if within else ""
        yield Requirement(
            rule=f"form.{name}",
            title=f"表单“{label}”填写正确",
            clause=clause,
            satisfied=False,
            found=place + _FORM_FAULTS.get(fault["type"], "格式不对"),
            remedy=f"{'填写' if field else '删去'}“{label}”（{name}）",
        )


_FORM_FAULTS = {
    "missing": "未填写",
    "extra_forbidden": "没有这一项",
    "string_type": "应填文字",
    "string_pattern_mismatch": "格式不对",
    "string_too_short": "内容太短",
    "string_too_long": "内容太长",
    "date_from_datetime_parsing": "日期有误，应如 2009-06-30",
    "date_parsing": "日期有误，应如 2009-06-30",
    "date_type": "日期有误，应如 2009-06-30",
    "int_parsing": "应填整数",
    "int_type": "应填整数",
    "greater_than": "数值太小",
    "greater_than_equal": "数值太小",
    "bool_parsing": "应填是或否",
    "bool_type": "应填是或否",
    "dict_type": "应逐项填写",
    "tuple_type": "应列出各项",
    "enum": "不是可选的值",
    "too_short": "至少填一项",
}
