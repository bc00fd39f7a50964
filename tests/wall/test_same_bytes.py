"""Two databases, one with and one without what a delegation does by itself: to the others they are one, to the byte."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.wall.crawler import alike, crawl
from tests.wall.world import OTHERS, World, made, play
from tests.web import SECRET
from workflow import create_app, migrating
from workflow.config import Settings
from workflow.db import make_engine


@pytest.fixture
def silent(app: Flask, engine: sa.Engine) -> World:
    """Nobody works internally."""
    found = made(app, engine)
    play(found, internally=False)
    return found


@pytest.fixture
def busy(blank_url: str, settings: Settings) -> Iterator[World]:
    """The same acts, and between each and the next everything the United States can do by itself."""
    migrating.upgrade(blank_url)
    app = create_app(Settings(secret_key=SECRET, database_url=blank_url, var=settings.var))
    engine = make_engine(blank_url)
    found = made(app, engine)
    play(found, internally=True)
    yield found
    engine.dispose()
    app.extensions["database"].dispose()


def test_what_others_can_reach_is_the_same_to_the_byte(silent: World, busy: World) -> None:
    for who in OTHERS:
        one, other = (alike(crawl(world.who(who).client)) for world in (silent, busy))
        assert list(one) == list(other), who
        for path, page in one.items():
            assert page[:2] == other[path][:2], f"{who} {path}"
            assert page[2].splitlines() == other[path][2].splitlines(), f"{who} {path}"


def test_the_own_side_tells_them_apart(silent: World, busy: World) -> None:
    one, other = (alike(crawl(world.who("us_drafter").client)) for world in (silent, busy))

    assert list(one) != list(other)
