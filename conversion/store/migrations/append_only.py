"""Triggers that refuse to change or remove what was written.

Prevention only: an administrator can switch them off. The proof is the signed checkpoint.
"""

from collections.abc import Sequence

from alembic import op

MESSAGE = "历史只可追加，不可修改或删除"

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def guard(table: str, *keys: Sequence[str]) -> None:
    """Let rows of a table be added only; `keys` are its unique keys."""
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql(table)
    else:
        _guard_sqlite(table, keys)


def _guard_postgresql(table: str) -> None:
    op.execute(_POSTGRESQL_FUNCTION)
    for when, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        name = f"{table}_refuse_{when.split()[0].lower()}"
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {when} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )


def _guard_sqlite(table: str, keys: Sequence[Sequence[str]]) -> None:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for when in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuse_{when.lower()} BEFORE {when} ON {table} {refusal}"
        )
    # INSERT OR REPLACE removes the row in its way without firing the trigger on DELETE.
    in_the_way = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE "  # noqa: S608
        + " AND ".join(f'"{column}" = NEW."{column}"' for column in key)
        + ")"
        for key in keys
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuse_replace BEFORE INSERT ON {table} "
        f"WHEN {in_the_way} {refusal}"
    )
