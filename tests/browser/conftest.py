"""A browser for all the tests of a worker, and a served demonstration for all that look at it on the same screen."""

import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.site import browser, flags, load, served
from tests.browser.visitors import Visitor

# Patience for a machine that has other tests to run at the same time.
expect.set_options(timeout=20_000)


class Screen(NamedTuple):
    """How wide a window is, and in which language its pages speak."""

    width: int
    locale: str

    def __str__(self) -> str:
        return f"{self.width}-{self.locale}"


SCREENS: Final = tuple(Screen(width, locale) for width, locale in product((1360, 820, 390), ("en", "zh_Hans")))


class Visit(Protocol):
    """What `visit` is to a test: ``drafter = visit("us.drafter")``."""

    def __call__(self, who: str | None = None, *, scripts: bool = True, locale: str | None = None) -> Visitor:
        """Return a visitor in front of a window as wide as the screen, signed in as `who`, if anybody.

        The pages speak `locale`, or what the screen says.
        """
        ...


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have every test that looks at a site run on each of the screens, unless it is marked `own_screen`.

    Every day it runs on one of them, the next test of its file on the next; the others are left to the long run.
    """
    if own := metafunc.definition.get_closest_marker("own_screen"):
        assert own.args, "it says why"
        return
    if "screen" not in metafunc.fixturenames:
        assert "chromium" not in metafunc.fixturenames, "a test in a browser asks for a screen, or says why it does not"
        return
    turn = _place(metafunc) % len(SCREENS)
    metafunc.parametrize(
        "screen",
        [
            pytest.param(screen, id=str(screen), marks=() if nth == turn else pytest.mark.slow)
            for nth, screen in enumerate(SCREENS)
        ],
        indirect=True,
    )


def _place(metafunc: pytest.Metafunc) -> int:
    """Return the place of a test among those of its file, which start each from another number."""
    tests = [name for name in vars(metafunc.module) if name.startswith("test_")]
    return tests.index(metafunc.function.__name__) + sum(metafunc.module.__name__.encode())


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
def screen(request: pytest.FixtureRequest) -> Screen:
    """The screen that a test runs on: of a desk, in English, where the test brings its own."""
    given: Screen = getattr(request, "param", SCREENS[0])
    return given


@pytest.fixture(scope="session")
def loaded(chromium: Browser, _catalogues: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a demonstration stores when it has been loaded, once there is a browser to look at it."""
    folder = tmp_path_factory.mktemp("loaded")
    load(folder)
    return folder


@pytest.fixture(scope="session")
def site_folder(screen: Screen, loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration for a screen keeps what it stores: what was done on another has not been done here."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(loaded, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """Where it is served."""
    with served(site_folder) as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, site: str, screen: Screen) -> Iterator[Visit]:
    """Return a function that lets somebody in. When the test ends, nothing may have been complained of."""
    visitors: list[Visitor] = []

    def come(who: str | None = None, *, scripts: bool = True, locale: str | None = None) -> Visitor:
        visitor = Visitor(chromium, site, scripts=scripts, locale=locale or screen.locale, width=screen.width)
        visitors.append(visitor)
        return visitor.signs_in(who) if who else visitor

    yield come
    for one in visitors:
        one.leaves()
