"""The database: base of the models, column types, engines and the two kinds of transaction.

Reading is the default on both engines; whoever wants to write says so before the first
read, and then holds the write lock (SQLite) or a writable transaction (PostgreSQL) until
the act is complete. Nothing here knows of the web: a shell, a job and a test use the same
two context managers as a request.

Source:
    SQLite's locking: sqlite.org/lang_transaction.html and sqlite.org/wal.html; the versions
    that carry the mended WAL reset: sqlite.org/wal.html#walresetbug.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any, ClassVar, Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.engine import make_url

WRITE: Final[dict[str, Any]] = {"rw": True, "postgresql_readonly": False}
"""Execution options of a connection whose transactions may write."""

PATIENCE: Final = 10.0
"""Seconds to wait for a lock that somebody else holds; then the act fails, and may be tried again."""

MENDED_SQLITE: Final = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""The first release of each line in which SQLite's WAL-reset fault is mended."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC, aware on both engines; SQLite keeps no zone, so it is put back on reading."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return `value` in UTC.

        Raises:
            ValueError: If it has no zone; a naive time is somebody's guess.

        """
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a time without a zone: {value!r}"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Return the stored moment, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(sa.types.TypeDecorator[frozenset[str]]):
    """A small set of words, stored sorted and parted by blanks, so that equal sets are equal texts."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: frozenset[str] | None, _dialect: sa.Dialect) -> str | None:
        """Return the words as one text."""
        return None if value is None else " ".join(sorted(value))

    def process_result_value(self, value: str | None, _dialect: sa.Dialect) -> frozenset[str] | None:
        """Return the words as a set."""
        return None if value is None else frozenset(value.split())


class Base(orm.MappedAsDataclass, orm.DeclarativeBase, eq=False, repr=False):
    """Base of every model: typed constructors, and predictable constraint names.

    Rows compare by identity and print without touching the database, hence `eq` and
    `repr` are off. Subclasses say ``kw_only=True`` so that type checkers see it too.
    """

    metadata: ClassVar[sa.MetaData] = sa.MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        # The value ("ad_referendum") is stored, not the name, and checked by the database.
        Enum: sa.Enum(
            Enum,
            native_enum=False,
            create_constraint=True,
            validate_strings=True,
            length=40,  # a longer word in a vocabulary must not widen columns
            values_callable=lambda enum: [member.value for member in enum],
        ),
        datetime: UtcDateTime(),
        str: sa.Text(),
        frozenset[str]: Words(),
        dict[str, Any]: sa.JSON(),
    }


new_key = uuid4

Key = Annotated[UUID, orm.mapped_column(primary_key=True)]


def sqlite_module() -> Any:  # noqa: ANN401 -- one of two modules with the same interface
    """Return the DB-API module to use: the bundled SQLite where the system's predates the WAL-reset fix."""
    if is_mended(sqlite3.sqlite_version_info):
        return sqlite3
    try:
        import pysqlite3.dbapi2 as bundled  # noqa: PLC0415 -- not every platform has a wheel of it
    except ImportError:
        return sqlite3  # `workflow check` says so
    return bundled


def is_mended(version: tuple[int, ...]) -> bool:
    """Whether this SQLite release has the WAL-reset fault mended."""
    newest, *lines = MENDED_SQLITE
    return version >= newest or any(version[:2] == line[:2] and version >= line for line in lines)


def make_engine(url: str, **options: Any) -> sa.Engine:  # noqa: ANN401 -- handed on to SQLAlchemy
    """Return an engine whose transactions are read-only unless begun with `WRITE`.

    The safe case is the default on both engines: a lazy load after a commit, an error
    page, a forgotten session must never take the write lock by accident.
    """
    parsed = make_url(url)
    options = {"hide_parameters": True} | options  # an error in the log must not quote a draft
    if parsed.get_backend_name() != "sqlite":
        if parsed.drivername in {"postgres", "postgresql"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        pool = {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 4} | options
        engine = sa.create_engine(parsed, **pool)

        @sa.event.listens_for(engine, "connect")
        def be_patient(connection: Any, _record: object) -> None:  # noqa: ANN401 -- a DB-API connection
            connection.execute(f"SET lock_timeout = {round(PATIENCE * 1000)}")
            connection.commit()

        return engine.execution_options(postgresql_readonly=True)

    engine = sa.create_engine(parsed, module=sqlite_module(), **options)

    @sa.event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:  # noqa: ANN401 -- a DB-API connection
        connection.isolation_level = None  # the driver must not emit BEGIN; `begin` does
        for pragma in (
            f"busy_timeout={round(PATIENCE * 1000)}",
            "journal_mode=WAL",
            "synchronous=FULL",  # an "agreed" must survive a power cut
            "foreign_keys=ON",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = _may_write(connection)
        if connection.info.get("writes") is not writes:  # said only where the last transaction was of the other kind
            connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
            connection.info["writes"] = writes
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")

    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[orm.Session]:
    """Give a session that can only read."""
    with orm.Session(engine, expire_on_commit=False) as session:
        yield session


@contextmanager
def writing(engine: sa.Engine) -> Iterator[orm.Session]:
    """Give a session whose one transaction is committed when the block ends, and rolled back when it raises."""
    with orm.Session(engine, expire_on_commit=False) as session:
        begin_writing(session)
        yield session
        session.commit()


def begin_writing(session: orm.Session) -> None:
    """Begin a transaction of `session` that may write, before its first read."""
    session.connection(execution_options=WRITE)


def is_writing(session: orm.Session) -> bool:
    """Return whether the present transaction of `session` may write; begins one that may not where there is none."""
    return _may_write(session.connection())


def _may_write(connection: sa.Connection) -> bool:
    return bool(connection.get_execution_options().get("rw", False))
