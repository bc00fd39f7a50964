"""Persons of one side are named to the others while all sides consent, for what they do meanwhile, and never else."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.wall.crawler import A_FEW, crawl
from tests.wall.world import PERSON, World, made, play, work_internally

#: One of each kind of those who take part beside the United States: what they read is the same in every role.
HERE = ("cn_drafter", "observer", "secretariat")


@pytest.fixture
def world(app: Flask, engine: sa.Engine) -> World:
    """A dialogue in which everybody has acted, and the United States by itself too."""
    found = made(app, engine)
    play(found, internally=False)
    work_internally(found)
    return found


def _say(world: World, who: str, button: str) -> None:
    world.who(who).opens(f"/dialogues/{world.table.cast.dialogue.id}/naming").presses(button)


def _remark(world: World) -> None:
    world.who("us_adviser").opens(f"/paragraphs/{world.table.paragraph.id}").presses(
        "Comment to both sides", comment="A remark in my own name."
    )


def _telling(world: World, who: str) -> list[str]:
    return [path for path, page in crawl(world.who(who).client, queries=A_FEW).items() if PERSON.encode() in page.whole]


def test_no_page_names_a_person_before_all_sides_consent_or_for_what_was_done_before(world: World) -> None:
    _say(world, "us_head", "Consent")
    assert _telling(world, "cn_drafter") == []

    _say(world, "cn_head", "Consent")
    assert [who for who in HERE if _telling(world, who)] == []


def test_pages_name_who_acts_while_all_sides_consent_and_nobody_once_one_does_not(world: World) -> None:
    _say(world, "us_head", "Consent")
    _say(world, "cn_head", "Consent")
    _remark(world)

    for who in HERE:
        telling = _telling(world, who)
        assert f"/paragraphs/{world.table.paragraph.id}" in telling, who
        for path in telling:
            page = world.who(who).client.get(path).text
            assert page.count(PERSON) == page.count(world.table.cast.us_adviser.account.name), (who, path)
            assert PERSON.lower() not in page, "no address"
    assert _telling(world, "outsider") == []

    _say(world, "cn_head", "Take our consent back")
    assert [who for who in HERE if _telling(world, who)] == []
