"""Who has a draft open: said on the page, to the own side alone."""

import pytest
import sqlalchemy as sa

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.web import SignIn
from workflow.models import Draft, DraftPresence


@pytest.fixture
def shared(writing: Begin, table: Table) -> Draft:
    """A draft that the U.S. delegation writes in."""
    with writing() as session:
        agreement, drafter = session.merge(table.agreement), session.merge(table.cast.us_drafter)
        return factories.a_draft(session, agreement, drafter, is_shared=True)


def test_a_page_that_says_it_is_open_tells_colleagues(sign_in: SignIn, table: Table, shared: Draft) -> None:
    translator = sign_in(table.cast.us_translator).opens(f"/drafts/{shared.id}")
    sends(translator, f"/drafts/{shared.id}/presence", version=str(shared.version))

    drafter = sign_in(table.cast.us_drafter).opens(f"/drafts/{shared.id}")
    assert "US translator has this draft open since" in drafter.text
    assert "US drafter has this draft open" not in drafter.text
    adviser = sign_in(table.cast.us_adviser).opens(f"/drafts/{shared.id}")
    assert "US translator has this draft open since" in adviser.text
    assert "US adviser" not in sign_in(table.cast.us_drafter).opens(f"/drafts/{shared.id}").text


def test_looking_alone_says_nothing_and_writes_nothing(
    sign_in: SignIn, table: Table, shared: Draft, reading: Begin
) -> None:
    sign_in(table.cast.us_translator).opens(f"/drafts/{shared.id}")

    assert "has this draft open" not in sign_in(table.cast.us_drafter).opens(f"/drafts/{shared.id}").text
    with reading() as session:
        assert session.scalars(sa.select(DraftPresence)).all() == []


@pytest.mark.parametrize(
    ("who", "status"), [("us_head", 200), ("us_adviser", 403), ("cn_head", 404), ("secretariat", 404), (None, 401)]
)
def test_an_open_page_says_that_it_still_is(
    sign_in: SignIn, table: Table, shared: Draft, who: str | None, status: int
) -> None:
    person = sign_in(table.who(who) if who else None).opens("/" if who else "/sign-in")
    response = sends(person, f"/drafts/{shared.id}/presence")

    assert response.status == status
