"""The words in which the migrations describe columns.

Steps that have been released rest on these: a word may be added, but none may change its meaning.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op


def table(name: str, *columns: Sequence[sa.schema.SchemaItem], key: Sequence[str]) -> None:
    """Create a table with its primary key."""
    parts = [part for column in columns for part in column]
    op.create_table(name, *parts, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"))


def remade(
    name: str,
    *columns: Sequence[sa.schema.SchemaItem],
    key: Sequence[str],
    added: Mapping[str, str],
) -> None:
    """Make a table that no other refers to anew, with its rows; neither database can alter checks.

    Args:
        name: the table.
        columns: all of them, as they shall be.
        key: columns of the primary key.
        added: column that the rows did not have → what they get, as SQL; null where not named.
    """
    kept = [c["name"] for c in sa.inspect(op.get_bind()).get_columns(name)]
    op.execute(f'CREATE TABLE "{name}_kept" AS SELECT * FROM "{name}"')  # noqa: S608
    op.drop_table(name)
    table(name, *columns, key=key)
    into = ", ".join(f'"{column}"' for column in (*kept, *added))
    values = ", ".join((*(f'"{column}"' for column in kept), *added.values()))
    op.execute(f'INSERT INTO "{name}" ({into}) SELECT {values} FROM "{name}_kept"')  # noqa: S608
    op.drop_table(f"{name}_kept")


def text(
    name: str,
    length: int | None = None,
    *,
    least: int = 0,
    codes: Sequence[str] = (),
    nullable: bool = False,
) -> list[sa.schema.SchemaItem]:
    """Text: at most `length` and at least `least` characters, or one of some codes."""
    parts: list[sa.schema.SchemaItem] = [sa.Column(name, sa.String(length), nullable=nullable)]
    if least:
        parts.append(_check(f"{name}_length", f'length("{name}") >= {least}'))
    if codes:
        listed = ", ".join(f"'{code}'" for code in codes)
        parts.append(_check(f"{name}_code", f'"{name}" IN ({listed})'))
    return parts


def reference(name: str, length: int, target: str) -> list[sa.schema.SchemaItem]:
    """The key of a row in another table, given as `table.column`."""
    return [sa.Column(name, sa.String(length), sa.ForeignKey(target), nullable=False)]


def whole(
    name: str, *, least: int | None = None, above: int | None = None, nullable: bool = False
) -> list[sa.schema.SchemaItem]:
    """A whole number of eight bytes, with its lower bound."""
    parts: list[sa.schema.SchemaItem] = [sa.Column(name, sa.BigInteger(), nullable=nullable)]
    if least is not None:
        parts.append(_check(f"{name}_least", f'"{name}" >= {least}'))
    if above is not None:
        parts.append(_check(f"{name}_above", f'"{name}" > {above}'))
    kind = f"typeof(\"{name}\") IN ('integer', 'null')"
    return [*parts, _sqlite_check(f"{name}_type", kind)]


def day(name: str, *, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    """A calendar day."""
    check = _sqlite_check(f"{name}_type", f'"{name}" IS date("{name}")')
    return [sa.Column(name, sa.Date(), nullable=nullable), check]


def flag(name: str) -> list[sa.schema.SchemaItem]:
    """Yes or no."""
    check = _sqlite_check(f"{name}_type", f'"{name}" IN (0, 1)')
    return [sa.Column(name, sa.Boolean(), nullable=False), check]


def texts(name: str) -> list[sa.schema.SchemaItem]:
    """A list of texts, as JSON."""
    check = _sqlite_check(f"{name}_type", f'json_valid("{name}")')
    return [sa.Column(name, sa.JSON(), nullable=False), check]


def octets(name: str) -> list[sa.schema.SchemaItem]:
    """Bytes."""
    return [sa.Column(name, sa.LargeBinary(), nullable=False)]


def unique(name: str, *columns: str) -> list[sa.schema.SchemaItem]:
    """No two rows with the same values in these columns."""
    return [sa.UniqueConstraint(*columns, name=name)]


def indexes(table_name: str, *columns: str) -> None:
    """An index on each of the columns."""
    for column in columns:
        op.create_index(f"ix_{table_name}_{column}", table_name, [column])


def _check(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=name)


def _sqlite_check(name: str, condition: str) -> sa.CheckConstraint:
    return _check(name, condition).ddl_if(dialect="sqlite")
