"""What every test may ask for: a clean database on either engine, transactions on it, a clock to set."""

from collections.abc import Iterator
from typing import Final

import pytest
import sqlalchemy as sa

from tests.databases import (
    ENGINES,
    Begin,
    Clock,
    Postgres,
    Server,
    Sqlite,
    Transactions,
    engine_on,
    let_go,
    postgres_server,
)

#: The tests of services that ask what engines do differently: to wait, to sort, to compare, to join.
ON_BOTH: Final = frozenset(
    {
        "test_at_one_instant",
        "test_desk",
        "test_gathering",
        "test_journal",
        "test_kept_readings",
        "test_locks",
        "test_news",
        "test_reading",
        "test_table_views",
        "test_tasks",
        "test_visible",
        "test_wall",
    }
)

pytest_plugins = ["tests.skips", "tests.web"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave some of the tests on PostgreSQL to the long run: of single pages and services, crawls, and drawn cases.

    Schema, locks, the gate, what is read in one statement and what each side may read are tried on both engines every
    time, and so are the journeys, which lead through nearly all pages and services. Cases are drawn by the dozen for
    the rules, which know of no engine.
    """
    for item in items:
        is_of_one = item.path.parent.name in {"blueprints", "services"} and item.path.stem not in ON_BOTH
        draws = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if (is_of_one or draws or _is_crawl(item)) and item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.slow)


def _is_crawl(item: pytest.Item) -> bool:
    return item.path.parent.name == "wall"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure coverage on SQLite, without a browser, and not in crawls through all pages.

    There the same lines run once more, and measuring takes half as long again as running them.
    """
    measuring = item.config.pluginmanager.getplugin("_cov")
    is_told_before = _is_crawl(item) or any(map(item.get_closest_marker, ("postgresql", "browser")))
    if measuring is None or measuring.cov_controller is None or not is_told_before:
        return (yield)
    measuring.cov_controller.pause()
    try:
        return (yield)
    finally:
        measuring.cov_controller.resume()


@pytest.fixture(
    scope="session",
    params=[pytest.param(name, marks=pytest.mark.postgresql) if name == "postgresql" else name for name in ENGINES],
)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Where the databases come from: a test that asks for one runs once on each engine."""
    if request.param == "sqlite":
        made: Server = Sqlite(tmp_path_factory.mktemp("sqlite"))
    else:
        found = postgres_server(tmp_path_factory.getbasetemp())
        if isinstance(found, str):
            pytest.skip(found)
        made = Postgres(found)
    yield made
    made.close()


@pytest.fixture
def database_url(server: Server) -> str:
    """A clean database at head."""
    return server.fresh()


@pytest.fixture
def blank_url(server: Server) -> str:
    """A database that was never migrated."""
    return server.blank()


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    """An engine on a clean database, as the application makes it."""
    made = engine_on(database_url)
    yield made
    let_go(made)


@pytest.fixture
def clock() -> Clock:
    """The time of every act in `writing` and `reading`: 5 January 2026, 09:00 UTC, and a second later at each look."""
    return Clock()


@pytest.fixture
def transactions(engine: sa.Engine, clock: Clock) -> Transactions:
    """Both kinds of transaction on a clean database."""
    return Transactions(engine, clock)


@pytest.fixture
def writing(transactions: Transactions) -> Begin:
    """Begin a transaction that commits when the block ends, and rolls back when it raises."""
    return transactions.writing


@pytest.fixture
def reading(transactions: Transactions) -> Begin:
    """Begin a transaction that can only read."""
    return transactions.reading
