"""A browser and a served demonstration, one of each for all the tests of a worker."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.site import browser, demonstration, flags
from tests.browser.visitors import Visitor

# Patience for a machine that has other tests to run at the same time.
expect.set_options(timeout=20_000)


class Visit(Protocol):
    """What `visit` is to a test: ``drafter = visit("us.drafter")``."""

    def __call__(self, who: str | None = None, *, scripts: bool = True, locale: str = "en") -> Visitor:
        """Return a visitor in front of a window, signed in as `who`, if anybody."""
        ...


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """This machine's Chromium, without a screen."""
    path = browser()
    if path is None:
        pytest.skip("Chromium is not installed")
    # As root the browser's own sandbox cannot be had; it sees nothing here but our pages.
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=flags())
        yield started
        started.close()


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration keeps what it stores."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site(chromium: Browser, site_folder: Path) -> Iterator[str]:
    """Where the demonstration is served, once there is a browser to look at it."""
    with demonstration(site_folder) as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Visit]:
    """Return a function that lets somebody in. When the test ends, nothing may have been complained of."""
    visitors: list[Visitor] = []

    def come(who: str | None = None, *, scripts: bool = True, locale: str = "en") -> Visitor:
        visitor = Visitor(chromium, site, scripts=scripts, locale=locale)
        visitors.append(visitor)
        return visitor.signs_in(who) if who else visitor

    yield come
    for one in visitors:
        one.leaves()
