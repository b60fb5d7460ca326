"""A sound draft with one thing in it written otherwise, without a file being touched."""

from dataclasses import replace
from typing import Any

from conversion.policy.draft import Draft
from conversion.policy.pack_part import PackPart


def with_row(draft: Draft, row: str, /, **fields: Any) -> Draft:
    """The draft with other fields in one benefit or right."""
    for name in ("benefits", "entitlements"):
        part = getattr(draft, name)
        rows = getattr(part, name)
        if any(one.id == row for one in rows):
            changed = tuple(_other(one, fields) if one.id == row else one for one in rows)
            return replace(draft, **{name: part.model_copy(update={name: changed})})
    raise AssertionError(row)


def with_value(draft: Draft, name: str, values: dict[Any, Any]) -> Draft:
    """The draft with other values of one parameter; what isn't a mapping is its first source's."""
    file, part = next(iter(draft.parameters.items()))
    known = part.parameters.get(name) or next(iter(part.parameters.values()))
    first = next(iter(known.values.values()))
    dated = {day: first.model_copy(update={"value": value}) for day, value in values.items()}
    parameter = known.model_copy(update={"values": dated})
    parameters = part.parameters | {name: parameter}
    return replace(draft, parameters={file: part.model_copy(update={"parameters": parameters})})


def with_head(draft: Draft, **fields: Any) -> Draft:
    """The draft with other fields in `pack.yaml`."""
    return replace(draft, pack=_other(draft.pack, fields))


def with_ground(draft: Draft, ground_code: str, /, **fields: Any) -> Draft:
    """The draft with other fields in one ground."""
    grounds = tuple(
        _other(ground, fields) if ground.code == ground_code else ground
        for ground in draft.membership.grounds
    )
    return replace(draft, membership=draft.membership.model_copy(update={"grounds": grounds}))


def with_example(draft: Draft, example: str, /, **fields: Any) -> Draft:
    """The draft with nothing but one of its examples, found by how it begins, in other words."""
    for file, part in draft.examples.items():
        for one in part.examples:
            if one.name.startswith(example):
                told = type(one).model_validate(one.model_dump(exclude_unset=True) | fields)
                return replace(
                    draft, examples={file: part.model_copy(update={"examples": (told,)})}
                )
    raise AssertionError(example)


def _other(part: Any, fields: dict[str, Any]) -> Any:
    assert isinstance(part, PackPart)
    return part.model_copy(update=fields)


def told(faults: Any) -> list[tuple[str, str, str]]:
    """File, key and sentence of each."""
    return [(fault.file, fault.key, fault.sentence) for fault in faults]
