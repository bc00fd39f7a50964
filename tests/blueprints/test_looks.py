"""Saying "I have looked at this text", and being shown what changed since."""

from datetime import UTC, datetime

import pytest

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.databases import Clock
from tests.web import SignIn


@pytest.fixture
def page(table: Table) -> str:
    """The address of the text on the table."""
    return f"/agreements/{table.agreement.id}"


def test_changes_begin_with_a_look_and_not_with_a_read(
    sign_in: SignIn, writing: Begin, clock: Clock, table: Table, page: str
) -> None:
    adviser = sign_in(table.cast.us_adviser).opens(page).follows("Changes since…")
    assert "You have not said yet that you looked at this text." in adviser.text

    adviser.presses("I have looked at this text")
    assert "Nothing has changed." in adviser.text
    clock.time = datetime.now(UTC)  # the page's time is the database's own
    with writing() as session:
        factories.a_wording(session, session.merge(table.paragraph))

    for _ in range(2):  # reading it changes nothing
        adviser.opens(page).follows("Changes since…")
        assert "Reads otherwise: 1" in adviser.text
        assert [one.text_content() for one in adviser.page.iter("ins")]
    adviser.presses("I have looked at this text")
    assert "Nothing has changed." in adviser.text


def test_nobody_else_learns_of_it(sign_in: SignIn, table: Table, page: str) -> None:
    sign_in(table.cast.us_head).opens(page).presses("I have looked at this text")

    for who in ("us_drafter", "cn_head", "observer", "secretariat"):
        person = sign_in(table.who(who)).opens(f"{page}?mode=changes")
        assert "You have not said yet that you looked at this text." in person.text


def test_who_has_not_seen_the_text_as_it_stands_has_not_looked_at_it(
    sign_in: SignIn, writing: Begin, table: Table, page: str
) -> None:
    head = sign_in(table.cast.us_head).opens(page)
    with writing() as session:
        factories.a_wording(session, session.merge(table.paragraph))

    assert head.presses("I have looked at this text").status == 409
    assert "The text has changed since you opened the page." in head.text


def test_to_others_it_does_not_exist(sign_in: SignIn, table: Table, page: str) -> None:
    assert sends(sign_in(table.outsider).opens("/"), f"{page}/looks", seen="x").status == 404
