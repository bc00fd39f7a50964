"""Two databases, one with and one without what a delegation does by itself: to the others they are one, to the byte."""

from collections.abc import Iterator

import pytest

from tests.databases import Server
from tests.wall.crawler import alike
from tests.wall.world import OTHERS, World, play, served


@pytest.fixture(scope="module")
def silent(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Nobody works internally."""
    with served(server.kept(), tmp_path_factory.mktemp("silent")) as found:
        play(found, internally=False)
        yield found


@pytest.fixture(scope="module")
def busy(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The same acts, and between each and the next everything the United States can do by itself."""
    with served(server.kept(), tmp_path_factory.mktemp("busy")) as found:
        play(found, internally=True)
        yield found


def test_what_others_can_reach_is_the_same_to_the_byte(silent: World, busy: World) -> None:
    for who in OTHERS:
        one, other = (alike(world.pages(who)) for world in (silent, busy))
        assert list(one) == list(other), who
        for path, page in one.items():
            assert page[:2] == other[path][:2], f"{who} {path}"
            assert page[2].splitlines() == other[path][2].splitlines(), f"{who} {path}"


def test_the_own_side_tells_them_apart(silent: World, busy: World) -> None:
    one, other = (alike(world.pages("us_drafter")) for world in (silent, busy))

    assert list(one) != list(other)
