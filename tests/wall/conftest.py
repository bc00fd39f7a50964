"""The crawls ask for everything there is: every day on SQLite, and on PostgreSQL in the long run."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the crawls on PostgreSQL as slow; what is compared to the byte is compared on both engines."""
    for item in items:
        is_crawl = item.path.parent.name == "wall" and item.path.stem in {"test_crawl", "test_forms"}
        if is_crawl and item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.slow)
