"""How migrations run: on a connection of their own, the lock taken first, foreign keys checked last.

All migrations of one call are one transaction: it ends at the revision asked for, or
nothing has happened.
"""

from typing import Any, Final, Literal

import sqlalchemy as sa
from alembic import context

from workflow.db import WRITE, make_engine

#: Names the advisory lock under which PostgreSQL is migrated: "workflow" in ASCII.
LOCK: Final = int.from_bytes(b"workflow")


def main() -> None:
    engine = make_engine(context.config.attributes["url"])
    if engine.dialect.name == "sqlite":
        suspend_foreign_keys(engine)
    try:
        with engine.connect().execution_options(**WRITE) as connection, connection.begin():
            if engine.dialect.name == "postgresql":  # SQLite's BEGIN IMMEDIATE is the lock
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            run(connection)
    finally:
        engine.dispose()


def run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=context.config.attributes["metadata"],
        render_as_batch=True,
        render_item=in_plain_types,
    )
    with context.begin_transaction():
        context.run_migrations()


def in_plain_types(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Draft with SQLAlchemy's own types: those of a later release must not change what an earlier one did."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, sa.types.TypeDecorator) else False


def suspend_foreign_keys(engine: sa.Engine) -> None:
    """Batch mode drops and re-creates tables: with foreign keys on, that empties tables that cascade."""

    @sa.event.listens_for(engine, "connect")
    def suspend(connection: Any, _record: object) -> None:  # noqa: ANN401 -- a DB-API connection
        connection.execute("PRAGMA foreign_keys=OFF")  # does nothing once a transaction has begun

    @sa.event.listens_for(engine, "commit")
    def nothing_dangles(connection: sa.Connection) -> None:
        if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"these migrations leave dangling references: {broken[:5]}")


main()
