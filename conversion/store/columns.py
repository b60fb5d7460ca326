"""How the fields of a domain class become columns: every type and CHECK derives from the field.

SQLModel alone would store an enum by its name, an integer in four bytes and a tuple not at all,
and it leaves a field's bounds to a validator that table classes do not run. So the bounds stand
in the database too, where a hand-made INSERT meets them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from types import NoneType
from typing import Any, ClassVar, TypeAlias, get_args, get_origin

from annotated_types import Ge, Gt, MinLen
from pydantic.fields import FieldInfo
from sqlalchemy import JSON, BigInteger, CheckConstraint, String
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel
from sqlmodel.main import FieldInfoMetadata
from typing_extensions import override

SQLModel.metadata.naming_convention = {
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
}

SEXES = ("0", "1", "2", "9")
"""GB/T 2261.1-2003: unknown, male, female, not stated."""

_CODES = {"sex": SEXES}
"""Columns that hold a code of a standard which has no enum."""

_Check: TypeAlias = tuple[str, str]
"""Name and condition."""


class Stored(SQLModel):
    """What every table class inherits: columns that hold exactly what their fields may hold."""

    __table_args__: ClassVar[tuple[SchemaItem, ...]] = ()

    @classmethod
    @override
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Give each field its column type and checks, before SQLModel builds the columns."""
        super().__pydantic_init_subclass__(**kwargs)
        checks: list[SchemaItem] = []
        for name, info in cls.model_fields.items():
            field = _Field.of(name, info)
            kept = [item for item in info.metadata if not isinstance(item, FieldInfoMetadata)]
            info.metadata = [*kept, _described(field, info)]
            checks += (*_everywhere(field), *_on_sqlite(field))
        cls.__table_args__ = (*vars(cls).get("__table_args__", ()), *checks)


def octets(value: object) -> bytes:
    """Bytes as stored; SQLite keeps what it is given, so bytes edited by hand may be text.

    >>> octets(b"x"), octets("x"), octets(7)
    (b'x', b'x', b'7')
    """
    return value if isinstance(value, bytes) else str(value).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """A field as its column needs it; `kind` is the type of one value."""

    name: str
    kind: type
    bounds: tuple[Any, ...]

    @classmethod
    def of(cls, name: str, info: FieldInfo) -> "_Field":
        annotation = info.annotation
        parts = [part for part in get_args(annotation) if part is not NoneType]
        origin = get_origin(annotation)
        kind = tuple if origin is tuple else [*parts, annotation][0]
        assert isinstance(kind, type)
        return cls(name=name, kind=kind, bounds=tuple(info.metadata))

    @property
    def is_whole(self) -> bool:
        """Whether it holds a whole number."""
        return issubclass(self.kind, int) and not issubclass(self.kind, bool)


def _described(field: _Field, info: FieldInfo) -> FieldInfoMetadata:
    given = [item for item in info.metadata if isinstance(item, FieldInfoMetadata)]
    column = replace(given[0]) if given else FieldInfoMetadata()
    column_type = _column_type(field)
    if column_type is not None:
        column.sa_type = column_type
    return column


def _column_type(field: _Field) -> TypeEngine[Any] | None:
    """The column type, where SQLModel would not choose it by itself."""
    if issubclass(field.kind, tuple):
        return JSON()
    if issubclass(field.kind, Enum):
        return String(max(len(item.value) for item in field.kind))
    return BigInteger() if field.is_whole else None


def _everywhere(field: _Field) -> Iterator[CheckConstraint]:
    for name, condition in (*_bound_checks(field), *_code_checks(field)):
        yield CheckConstraint(condition, name=name)


def _bound_checks(field: _Field) -> Iterator[_Check]:
    for bound in field.bounds:
        match bound:
            case Ge(ge=least):
                yield f"{field.name}_least", f'"{field.name}" >= {least}'
            case Gt(gt=below):
                yield f"{field.name}_above", f'"{field.name}" > {below}'
            case MinLen(min_length=length):
                yield f"{field.name}_length", f'length("{field.name}") >= {length}'
            case _:
                pass


def _code_checks(field: _Field) -> Iterator[_Check]:
    codes = _CODES.get(field.name, ())
    if issubclass(field.kind, Enum):
        codes = tuple(item.value for item in field.kind)
    if codes:
        listed = ", ".join(f"'{code}'" for code in codes)
        yield f"{field.name}_code", f'"{field.name}" IN ({listed})'


def _on_sqlite(field: _Field) -> Iterator[CheckConstraint]:
    """SQLite keeps whatever it is given in any column, so its own checks say the type."""
    column, check = f'"{field.name}"', None
    if field.is_whole:
        check = f"typeof({column}) IN ('integer', 'null')"
    elif issubclass(field.kind, bool):
        check = f"{column} IN (0, 1)"
    elif issubclass(field.kind, date):
        check = f"{column} IS date({column})"
    elif issubclass(field.kind, tuple):
        check = f"json_valid({column})"
    if check:
        yield CheckConstraint(check, name=f"{field.name}_type").ddl_if(dialect="sqlite")
