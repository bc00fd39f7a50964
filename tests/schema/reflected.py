"""A schema as the database itself describes it, so that two databases can be held against each other.

Alembic's own comparison does not see checks and triggers.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

import sqlalchemy as sa

Schema: TypeAlias = dict[str, dict[str, Any]]


def schema_of(engine: sa.Engine) -> Schema:
    """Return every table of the database but Alembic's own, by its name."""
    with engine.connect() as connection:
        inspector = sa.inspect(connection)
        names = [name for name in inspector.get_table_names() if name != "alembic_version"]
        return {name: _table(inspector, name) for name in names}


def triggers_of(engine: sa.Engine) -> set[str]:
    """Return the names of all triggers somebody has made."""
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
    )
    with engine.connect() as connection:
        return set(connection.scalars(sa.text(asked)))


def _table(inspector: sa.Inspector, name: str) -> dict[str, Any]:
    return {
        "columns": {
            column["name"]: (str(column["type"]), column["nullable"], column["default"])
            for column in inspector.get_columns(name)
        },
        "primary key": _named(inspector.get_pk_constraint(name)),
        "unique": sorted(map(_named, inspector.get_unique_constraints(name))),
        "foreign keys": sorted(map(_named, inspector.get_foreign_keys(name))),
        "checks": sorted(map(_named, inspector.get_check_constraints(name))),
        "indexes": sorted(map(_named, inspector.get_indexes(name))),
    }


def _named(found: Mapping[str, Any]) -> tuple[str, str]:
    return str(found["name"]), _written(found)


def _written(found: object) -> str:
    """Return `found` as text, the same for the same whatever object stands for it."""
    if isinstance(found, Mapping):
        return repr(sorted((key, _written(value)) for key, value in found.items()))
    return str(found)
